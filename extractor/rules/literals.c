#include "rules/literals.h"

#include "rules/pattern.h"

#include <ctype.h>
#include <string.h>

enum { LONG = 12 /* bytes */, MAX_PRODUCT = 128 };

static const char BORDER = LITERAL_BORDER;

/* ---- Sets of strings ---- */

Info nothing_known(void) { return (Info){0}; }

static bool is_zero_width(const char *text, size_t bytes)
{
  return bytes == 1 && (*text == BORDER || *text == TRIGGER_START);
}

Info exactly(Arena *arena, const char *text, size_t bytes)
{
  Info info = {.exact = true};
  info.strings.items = arena_alloc(arena, sizeof *info.strings.items);
  info.strings.items[0] = (String){arena_copy(arena, text, bytes), bytes};
  info.strings.count = 1;
  info.starts = is_zero_width(text, bytes) ? starts_empty(arena, *text == BORDER, *text == TRIGGER_START) : starts_text(arena, text, bytes);
  return info;
}

Info empty_string(Arena *arena) { return exactly(arena, "", 0); }

static Strings unite(Arena *arena, Strings a, Strings b)
{
  Strings both = {arena_alloc(arena, (a.count + b.count + 1) * sizeof *both.items), a.count + b.count};
  if (a.count) memcpy(both.items, a.items, a.count * sizeof *a.items);
  if (b.count) memcpy(both.items + a.count, b.items, b.count * sizeof *b.items);
  return both;
}

static size_t longest(Strings s)
{
  size_t most = 0;
  for (size_t i = 0; i < s.count; ++i)
    if (s.items[i].bytes > most) most = s.items[i].bytes;
  return most;
}

bool product_is_small(Strings a, Strings b)
{
  return a.count * b.count <= MAX_PRODUCT && longest(a) + longest(b) <= TRIGGER_MAX_BYTES;
}

Strings strings_product(Arena *arena, Strings a, Strings b)
{
  Strings result = {arena_alloc(arena, (a.count * b.count + 1) * sizeof *result.items), 0};
  for (size_t i = 0; i < a.count; ++i)
    for (size_t j = 0; j < b.count; ++j) {
      String x = a.items[i], y = b.items[j];
      char  *text = arena_alloc(arena, x.bytes + y.bytes + 1);
      if (x.bytes > 1 && y.bytes && x.text[x.bytes - 1] == BORDER) x.bytes--;
      if (x.bytes && y.bytes && y.text[0] == BORDER && (y.bytes > 1 || x.text[x.bytes - 1] == BORDER)) y.text++, y.bytes--;
      if (x.bytes && y.bytes && x.text[x.bytes - 1] == TRIGGER_START && y.text[0] == TRIGGER_START) y.text++, y.bytes--;
      memcpy(text, x.text, x.bytes);
      memcpy(text + x.bytes, y.text, y.bytes);
      result.items[result.count++] = (String){text, x.bytes + y.bytes};
    }
  return result;
}

bool strings_hold(Strings s, String one)
{
  for (size_t i = 0; i < s.count; ++i)
    if (s.items[i].bytes == one.bytes && memcmp(s.items[i].text, one.text, one.bytes) == 0) return true;
  return false;
}

/* ---- Clauses ---- */

bool is_placeholder(const char *text) { return (unsigned char)text[0] == 0xF4U; }

/* A long string is as rare as its longest word, and many long strings share theirs. */
static String shortened(String s)
{
  size_t best = 0, best_bytes = 0;
  if (s.bytes <= LONG) return s;
  for (size_t i = 0, start = 0; i <= s.bytes; ++i) {
    if (i < s.bytes && s.text[i] != ' ') continue;
    if (i - start > best_bytes) best = start, best_bytes = i - start;
    start = i + 1;
  }
  size_t rest = s.bytes - best;
  while (rest > LONG && ((unsigned char)s.text[best + LONG] & 0xC0U) == 0x80U) best++, rest--; /* whole characters */
  return (String){s.text + best, rest < LONG ? rest : LONG};
}

/* The part of a string that is looked for: its longest stretch of text, or a placeholder. */
static String telling_part(String s)
{
  String best = {s.text, 0}, placeholder = {NULL, 0};
  for (size_t i = 0, start = 0; i <= s.bytes; ++i) {
    bool border = i == s.bytes || is_placeholder(s.text + i);
    if (!border) continue;
    if (i - start > best.bytes) best = (String){s.text + start, i - start};
    if (i < s.bytes) placeholder = (String){s.text + i, PLACEHOLDER_BYTES}, i += PLACEHOLDER_BYTES - 1;
    start = i + 1;
  }
  return placeholder.bytes && best.bytes < 4 ? placeholder : shortened(best);
}

/* Single letters and the commonest marks tell nothing; a word of one letter does, but for "a". */
static bool is_everywhere(String s)
{
  bool first = s.bytes && s.text[0] == BORDER, last = s.bytes > 1 && s.text[s.bytes - 1] == BORDER;
  if (first) s.text++, s.bytes--;
  if (last) s.bytes--;
  if (s.bytes != 1) return s.bytes == 0;
  char c = s.text[0];
  return isalpha((unsigned char)c) ? !(first && last) || c == 'a' : strchr(" ,.'-", c) || c == TRIGGER_START;
}

static double chance_of(String s)
{
  static const double by_length[] = {1.0, 0.3, 0.5, 0.2, 0.08, 0.04, 0.02, 0.01};
  if (s.bytes == PLACEHOLDER_BYTES && is_placeholder(s.text)) return 0.15;
  return by_length[s.bytes < 7 ? s.bytes : 7];
}

static void add_clause(Info *info, Strings clause, double chance)
{
  size_t worst = info->clause_count;
  if (info->clause_count < TRIGGER_CLAUSES) info->clause_count++;
  else {
    worst = 0;
    for (size_t i = 1; i < TRIGGER_CLAUSES; ++i)
      if (info->chance[i] > info->chance[worst]) worst = i;
    if (info->chance[worst] <= chance) return;
  }
  info->clauses[worst] = clause;
  info->chance[worst] = chance;
}

static String placeholder_of(String s)
{
  for (size_t i = 0; i < s.bytes; ++i)
    if (is_placeholder(s.text + i)) return (String){s.text + i, PLACEHOLDER_BYTES};
  return (String){s.text, 0};
}

/* One part of each string as a clause, unless a string has none and so could be anywhere. */
static void add_parts(Arena *arena, Info *info, Strings strings, String (*part_of)(String))
{
  double  chance = 0;
  Strings clause = {arena_alloc(arena, (strings.count + 1) * sizeof *clause.items), 0};
  for (size_t i = 0; i < strings.count; ++i) {
    String part = part_of(strings.items[i]);
    if (is_everywhere(part)) return;
    if (strings_hold(clause, part)) continue;
    chance += chance_of(part);
    clause.items[clause.count++] = part;
  }
  if (clause.count) add_clause(info, clause, chance);
}

/* Strings that hold text and annotations are asked for both: neither says all. */
void add_strings(Arena *arena, Info *info, Strings strings)
{
  add_parts(arena, info, strings, telling_part);
  for (size_t i = 0; i < strings.count; ++i)
    if (telling_part(strings.items[i]).bytes != placeholder_of(strings.items[i]).bytes ||
        telling_part(strings.items[i]).text != placeholder_of(strings.items[i]).text) {
      add_parts(arena, info, strings, placeholder_of);
      return;
    }
}

void add_clauses_of(Info *info, const Info *from)
{
  for (size_t i = 0; i < from->clause_count; ++i) add_clause(info, from->clauses[i], from->chance[i]);
}

/* No longer exact: what must occur stays known. */
Info loosened(Arena *arena, Info info)
{
  if (info.exact) add_strings(arena, &info, info.strings);
  info.exact = false;
  return info;
}

/* ---- Concatenation and alternation ---- */

static bool best_clause(Arena *arena, Info info, Strings *clause)
{
  info = loosened(arena, info);
  size_t best = 0;
  for (size_t i = 1; i < info.clause_count; ++i)
    if (info.chance[i] < info.chance[best]) best = i;
  if (!info.clause_count) return false;
  *clause = info.clauses[best];
  return true;
}

Info alternate(Arena *arena, Info a, Info b)
{
  Info    either = {.starts = starts_either(arena, a.starts, b.starts)};
  Strings x, y;
  if (a.exact && b.exact && a.strings.count + b.strings.count <= MAX_STRINGS) {
    either.exact = true;
    either.strings = unite(arena, a.strings, b.strings);
    return either;
  }
  if (best_clause(arena, a, &x) && best_clause(arena, b, &y) && x.count + y.count <= MAX_STRINGS)
    add_strings(arena, &either, unite(arena, x, y));
  return either;
}
