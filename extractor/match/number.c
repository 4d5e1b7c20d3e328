#include "match/number.h"

#include "rules/table.h"

#include <string.h>

enum { MAX_DIGITS = 18, MAX_SCALE = 9, MAX_KEY = 80 /* bytes */, GROUP = 3 /* digits */ };

/* value / 10^scale */
typedef struct {
  int64_t  value;
  unsigned scale;
} Decimal;

static const int64_t LIMIT = INT64_C(999999999999999999);

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* ---- Arithmetic ---- */

static bool multiply(int64_t a, int64_t b, int64_t *out) { return !__builtin_mul_overflow(a, b, out) && *out <= LIMIT; }

static Decimal reduced(Decimal d)
{
  while (d.scale && d.value % 10 == 0) d.value /= 10, d.scale--;
  return d;
}

static bool times(Decimal *a, Decimal b)
{
  if (!multiply(a->value, b.value, &a->value)) return false;
  a->scale += b.scale;
  *a = reduced(*a);
  return a->scale <= MAX_SCALE;
}

static bool plus(Decimal *a, Decimal b)
{
  for (; a->scale < b.scale; ++a->scale)
    if (!multiply(a->value, 10, &a->value)) return false;
  for (; b.scale < a->scale; ++b.scale)
    if (!multiply(b.value, 10, &b.value)) return false;
  a->value += b.value;
  *a = reduced(*a);
  return a->value <= LIMIT;
}

/* ---- Reading ---- */

typedef struct {
  NumberKind   kind;
  const Table *words;
  const char  *at;
  Decimal      total, current; /* of whole thousands; of what stands behind them */
  size_t       parts;
} Reader;

static const char *look_up(const Reader *r, const char *key, size_t bytes)
{
  return r->words ? table_look_up(r->words, key, bytes) : NULL;
}

static bool comma_is_decimal(const Reader *r)
{
  const char *value = look_up(r, ",", 1);
  return value && strcmp(value, ".") == 0;
}

static bool add_digit(Decimal *d, char digit)
{
  return multiply(d->value, 10, &d->value) && (d->value += digit - '0') <= LIMIT;
}

/* "1,250,000", "2.5"; what stands behind is left. */
static bool read_digits(Reader *r, Decimal *d)
{
  char decimal = comma_is_decimal(r) ? ',' : '.', group = decimal == '.' ? ',' : '.';
  *d = (Decimal){0};
  while (is_digit(*r->at)) {
    if (!add_digit(d, *r->at++)) return false;
    if (*r->at == group && strspn(r->at + 1, "0123456789") == GROUP) r->at++;
  }
  if (*r->at != decimal || !is_digit(r->at[1])) return true;
  for (r->at++; is_digit(*r->at); ++d->scale)
    if (d->scale == MAX_SCALE || !add_digit(d, *r->at++)) return false;
  *d = reduced(*d);
  return true;
}

static bool is_end(char c) { return c == '\0' || c == ' ' || c == '-'; }

/* The longest row that the text goes on with, of whole words; moves behind it. */
static const char *read_words(Reader *r)
{
  size_t      end = 0;
  const char *found = NULL, *from = r->at;
  for (size_t i = 1; i <= MAX_KEY && from[i - 1]; ++i) {
    const char *value = is_end(from[i]) ? look_up(r, from, i) : NULL;
    if (value) found = value, end = i;
  }
  r->at = from + end;
  return found;
}

static bool parse_constant(const char *text, Decimal *d)
{
  Reader r = {.at = text};
  return is_digit(*text) && read_digits(&r, d) && !*r.at;
}

/* "*100" multiplies what was collected, and from a thousand on closes it. */
static bool scale_up(Reader *r, Decimal factor)
{
  Decimal one = {1, 0};
  if (!r->current.value) r->current = one;
  if (!times(&r->current, factor)) return false;
  if (factor.scale || factor.value < 1000) return true;
  bool fits = plus(&r->total, r->current);
  r->current = (Decimal){0};
  return fits;
}

static bool take_words(Reader *r)
{
  Decimal     d;
  const char *value = read_words(r);
  if (!value) return false;
  if (strcmp(value, "+") == 0) return true;
  r->parts++;
  if (*value == '*') return parse_constant(value + 1, &d) && scale_up(r, d);
  return parse_constant(value, &d) && plus(&r->current, d);
}

static bool take_digits(Reader *r)
{
  Decimal d;
  if (!read_digits(r, &d) || !plus(&r->current, d)) return false;
  r->parts++;
  if (r->kind == NUMBER_ORDINAL)
    while (!is_end(*r->at) && !is_digit(*r->at)) r->at++;
  return is_end(*r->at);
}

/* One number, up to the end of the text. */
static bool read_number(Reader *r, Decimal *out)
{
  for (; *r->at; r->at += *r->at != '\0') {
    if (*r->at == ' ' || *r->at == '-') continue;
    if (!(is_digit(*r->at) ? take_digits(r) : take_words(r))) return false;
    if (!*r->at) break;
  }
  *out = r->total;
  return r->parts && plus(out, r->current);
}

/* ---- The whole ---- */

static const char *written(Arena *arena, Decimal d)
{
  char   *digits = arena_printf(arena, "%0*lld", (int)d.scale + 1, (long long)d.value);
  size_t  whole = digits ? strlen(digits) - d.scale : 0;
  return d.scale && digits ? arena_printf(arena, "%.*s.%s", (int)whole, digits, digits + whole) : digits;
}

const char *number_value(Arena *arena, NumberKind kind, const Table *words, const char *text)
{
  char    sign = kind == NUMBER_SUM ? '+' : '*';
  Decimal result = {kind == NUMBER_PRODUCT, 0}, one;
  do {
    const char *end = kind == NUMBER_SUM || kind == NUMBER_PRODUCT ? strchr(text, sign) : NULL;
    Reader      r = {.kind = kind, .words = words};
    r.at = arena_copy(arena, text, end ? (size_t)(end - text) : strlen(text));
    if (!r.at || !read_number(&r, &one)) return NULL;
    if (!(kind == NUMBER_PRODUCT ? times(&result, one) : plus(&result, one))) return NULL;
    text = end ? end + 1 : NULL;
  } while (text);
  return written(arena, result);
}
