#include "graph/term.h"

#include "base/utf8.h"
#include "graph/names.h"

#include <string.h>

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static bool is_utf8(const char *text)
{
  size_t bytes = strlen(text);
  return utf8_valid_prefix(text, bytes) == bytes;
}

/* ---- Literals ------------------------------------------------------------------ */

static bool matches(const char *text, size_t bytes, const char *shape)
{
  if (strlen(shape) != bytes) return false;
  for (size_t i = 0; i < bytes; ++i)
    if (shape[i] == '0' ? !is_digit(text[i]) : text[i] != shape[i]) return false;
  return true;
}

static int number(const char *text, size_t digits)
{
  int value = 0;
  for (size_t i = 0; i < digits; ++i) value = value * 10 + (text[i] - '0');
  return value;
}

bool year_is_valid(const char *text, size_t bytes)
{
  return matches(text, bytes, "0000") && number(text, 4) > 0;
}

bool year_month_is_valid(const char *text, size_t bytes)
{
  if (!matches(text, bytes, "0000-00") || !year_is_valid(text, 4)) return false;
  int month = number(text + 5, 2);
  return month >= 1 && month <= 12;
}

bool date_is_valid(const char *text, size_t bytes)
{
  static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (!matches(text, bytes, "0000-00-00") || !year_month_is_valid(text, 7)) return false;
  int  year = number(text, 4), month = number(text + 5, 2), day = number(text + 8, 2);
  bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return day >= 1 && day <= days[month - 1] + (month == 2 && leap);
}

static bool zone_is_valid(const char *text)
{
  if (!*text || !strcmp(text, "Z")) return true;
  if ((*text != '+' && *text != '-') || !matches(text + 1, strlen(text + 1), "00:00")) return false;
  return number(text + 1, 2) * 60 + number(text + 4, 2) <= 14 * 60 && number(text + 4, 2) <= 59;
}

static bool datetime_is_valid(const char *text)
{
  if (strlen(text) < 19 || !date_is_valid(text, 10) || !matches(text + 10, 9, "T00:00:00")) return false;
  if (number(text + 11, 2) > 23 || number(text + 14, 2) > 59 || number(text + 17, 2) > 59) return false;
  text += 19;
  if (*text == '.') {
    size_t digits = strspn(text + 1, "0123456789");
    if (!digits) return false;
    text += digits + 1;
  }
  return zone_is_valid(text);
}

/* Skips "12Y", "3M" ... in the order of `letters`; *any tells whether there was one. */
static const char *duration_fields(const char *text, const char *letters, bool *any)
{
  while (is_digit(*text)) {
    size_t digits = strspn(text, "0123456789");
    if (text[digits] == '.' && is_digit(text[digits + 1])) {
      size_t decimals = strspn(text + digits + 1, "0123456789");
      if (text[digits + 1 + decimals] != 'S') return NULL;
      digits += 1 + decimals;
    }
    const char *letter = text[digits] ? strchr(letters, text[digits]) : NULL;
    if (!letter) return NULL;
    letters = letter + 1;
    text += digits + 1;
    *any = true;
  }
  return text;
}

static bool duration_is_valid(const char *text)
{
  if (*text == '-') text++;
  if (*text++ != 'P') return false;
  bool any = false;
  text = duration_fields(text, "YMD", &any);
  if (!text || *text != 'T') return text && !*text && any;
  any = false;
  text = duration_fields(text + 1, "HMS", &any);
  return text && !*text && any;
}

/* Canonical integer: no plus, no leading zeros. NULL: not an integer. */
static const char *canonical_integer(const char *text, bool *negative)
{
  *negative = *text == '-';
  if (*text == '-' || *text == '+') text++;
  size_t digits = strspn(text, "0123456789");
  if (!digits || text[digits]) return NULL;
  while (*text == '0' && text[1]) text++;
  if (!strcmp(text, "0")) *negative = false;
  return text;
}

static ClaimantStatus integer(Arena *arena, const char *text, bool natural, const char **canonical)
{
  bool        negative = false;
  const char *digits = canonical_integer(text, &negative);
  if (!digits || (natural && negative)) return CLAIMANT_BAD_DATA;
  *canonical = negative ? arena_printf(arena, "-%s", digits) : digits;
  return *canonical ? CLAIMANT_OK : CLAIMANT_NO_MEMORY;
}

/* Always with a point: "5.0"; Turtle would read a bare 5 as an integer. */
static ClaimantStatus decimal(Arena *arena, const char *text, const char **canonical)
{
  bool negative = *text == '-';
  if (*text == '-' || *text == '+') text++;
  size_t whole = strspn(text, "0123456789");
  size_t part = text[whole] == '.' ? strspn(text + whole + 1, "0123456789") : 0;
  if (!(whole + part) || text[whole + (text[whole] == '.') + part]) return CLAIMANT_BAD_DATA;
  const char *fraction = part ? text + whole + 1 : "0";
  while (part > 1 && fraction[part - 1] == '0') part--;
  while (whole > 1 && *text == '0') text++, whole--;
  bool zero = strspn(text, "0.") == strlen(text);
  *canonical = arena_printf(arena, "%s%.*s.%.*s", negative && !zero ? "-" : "", whole ? (int)whole : 1,
                            whole ? text : "0", part ? (int)part : 1, fraction);
  return *canonical ? CLAIMANT_OK : CLAIMANT_NO_MEMORY;
}

static ClaimantStatus boolean(const char *text, const char **canonical)
{
  if (!strcmp(text, "true") || !strcmp(text, "1")) *canonical = "true";
  else if (!strcmp(text, "false") || !strcmp(text, "0")) *canonical = "false";
  else return CLAIMANT_BAD_DATA;
  return CLAIMANT_OK;
}

static const char *find_noncharacter(const char *text)
{
  for (const char *at = text; (at = strstr(at, "\xEF\xBF")); at += 2)
    if (at[2] == '\xBE' || at[2] == '\xBF') return at;
  return NULL;
}

static const char *without_noncharacters(Arena *arena, const char *text)
{
  if (!find_noncharacter(text)) return text;
  char *copy = arena_copy_string(arena, text);
  for (const char *at = copy; copy && (at = find_noncharacter(at)); at += 3) copy[at - copy + 2] = '\xBD';
  return copy;
}

ClaimantStatus literal_canonical(Arena *arena, const char *text, const char *datatype,
                                 const char **canonical)
{
  if (!is_utf8(text)) return CLAIMANT_BAD_DATA;
  *canonical = without_noncharacters(arena, text);
  if (!*canonical) return CLAIMANT_NO_MEMORY;
  if (!datatype || strncmp(datatype, NS_XSD, sizeof NS_XSD - 1) != 0) return CLAIMANT_OK;
  const char *type = datatype + sizeof NS_XSD - 1;
  if (!strcmp(type, "integer")) return integer(arena, text, false, canonical);
  if (!strcmp(type, "nonNegativeInteger")) return integer(arena, text, true, canonical);
  if (!strcmp(type, "decimal")) return decimal(arena, text, canonical);
  if (!strcmp(type, "boolean")) return boolean(text, canonical);
  bool valid = true;
  if (!strcmp(type, "date")) valid = date_is_valid(text, strlen(text));
  else if (!strcmp(type, "gYear")) valid = year_is_valid(text, strlen(text));
  else if (!strcmp(type, "gYearMonth")) valid = year_month_is_valid(text, strlen(text));
  else if (!strcmp(type, "dateTime")) valid = datetime_is_valid(text);
  else if (!strcmp(type, "duration")) valid = duration_is_valid(text);
  return valid ? CLAIMANT_OK : CLAIMANT_BAD_DATA;
}
