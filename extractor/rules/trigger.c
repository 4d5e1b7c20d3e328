#include "rules/trigger.h"

#include "base/utf8.h"
#include "rules/pattern.h"

#include <ctype.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* What is known of a part of a pattern: the strings it can match, when they are few; and
 * clauses: sets of which one string must occur somewhere in the text. Strings are in lower
 * case, every digit is 0; a placeholder stands in them as its UTF-8 bytes. */
enum { MAX_POWER = 4, LONG = 12 /* bytes */, MAX_STRINGS = 512, MAX_PRODUCT = 128, MAX_CLASS = 24, MAX_GROUPS = 64 };
enum { KELVIN = 0x212A, LONG_S = 0x17F };

typedef struct {
  const char *text;
  size_t      bytes;
} String;

typedef struct {
  String *items;
  size_t  count;
} Strings;

typedef struct {
  bool    exact;
  Strings strings;                  /* when exact */
  Strings clauses[TRIGGER_CLAUSES]; /* the best, in any order */
  double  chance[TRIGGER_CLAUSES];  /* how likely a sentence satisfies it, roughly */
  size_t  clause_count;
} Info;

typedef struct {
  const char *name;
  size_t      bytes;
  Info        info;
} NamedGroup;

typedef struct {
  Arena      *arena;
  const char *at;
  bool        caseless;
  bool        lost; /* something it does not know: no trigger */
  NamedGroup  groups[MAX_GROUPS];
  size_t      group_count;
  int         depth;
} Parser;

static Info parse_alternatives(Parser *p);

/* Zero-width things that a string may begin or end with: no letter stands beyond here; the
 * text begins here (see TRIGGER_START). Within a string a border tells nothing and is left out. */
static const char BORDER = '\x01';

/* ---- Sets of strings ---- */

static Info nothing_known(void) { return (Info){0}; }

static Info exactly(Parser *p, const char *text, size_t bytes)
{
  Info info = {.exact = true};
  info.strings.items = arena_alloc(p->arena, sizeof *info.strings.items);
  info.strings.items[0] = (String){arena_copy(p->arena, text, bytes), bytes};
  info.strings.count = 1;
  return info;
}

static Info empty(Parser *p) { return exactly(p, "", 0); }

static Strings unite(Parser *p, Strings a, Strings b)
{
  Strings both = {arena_alloc(p->arena, (a.count + b.count + 1) * sizeof *both.items), a.count + b.count};
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

static bool product_is_small(Strings a, Strings b)
{
  return a.count * b.count <= MAX_PRODUCT && longest(a) + longest(b) <= TRIGGER_MAX_BYTES;
}

static Strings product(Parser *p, Strings a, Strings b)
{
  Strings result = {arena_alloc(p->arena, (a.count * b.count + 1) * sizeof *result.items), 0};
  for (size_t i = 0; i < a.count; ++i)
    for (size_t j = 0; j < b.count; ++j) {
      String x = a.items[i], y = b.items[j];
      char  *text = arena_alloc(p->arena, x.bytes + y.bytes + 1);
      if (x.bytes > 1 && y.bytes && x.text[x.bytes - 1] == BORDER) x.bytes--;
      if (x.bytes && y.bytes && y.text[0] == BORDER && (y.bytes > 1 || x.text[x.bytes - 1] == BORDER)) y.text++, y.bytes--;
      if (x.bytes && y.bytes && x.text[x.bytes - 1] == TRIGGER_START && y.text[0] == TRIGGER_START) y.text++, y.bytes--;
      memcpy(text, x.text, x.bytes);
      memcpy(text + x.bytes, y.text, y.bytes);
      result.items[result.count++] = (String){text, x.bytes + y.bytes};
    }
  return result;
}

static bool holds(Strings s, String one)
{
  for (size_t i = 0; i < s.count; ++i)
    if (s.items[i].bytes == one.bytes && memcmp(s.items[i].text, one.text, one.bytes) == 0) return true;
  return false;
}

/* ---- Clauses ---- */

static bool is_placeholder(const char *text) { return (unsigned char)text[0] == 0xF4U; }

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
static void add_parts(Parser *p, Info *info, Strings strings, String (*part_of)(String))
{
  double  chance = 0;
  Strings clause = {arena_alloc(p->arena, (strings.count + 1) * sizeof *clause.items), 0};
  for (size_t i = 0; i < strings.count; ++i) {
    String part = part_of(strings.items[i]);
    if (is_everywhere(part)) return;
    if (holds(clause, part)) continue;
    chance += chance_of(part);
    clause.items[clause.count++] = part;
  }
  if (clause.count) add_clause(info, clause, chance);
}

/* Strings that hold text and annotations are asked for both: neither says all. */
static void add_strings(Parser *p, Info *info, Strings strings)
{
  add_parts(p, info, strings, telling_part);
  for (size_t i = 0; i < strings.count; ++i)
    if (telling_part(strings.items[i]).bytes != placeholder_of(strings.items[i]).bytes ||
        telling_part(strings.items[i]).text != placeholder_of(strings.items[i]).text) {
      add_parts(p, info, strings, placeholder_of);
      return;
    }
}

static void add_clauses_of(Info *info, const Info *from)
{
  for (size_t i = 0; i < from->clause_count; ++i) add_clause(info, from->clauses[i], from->chance[i]);
}

/* No longer exact: what must occur stays known. */
static Info loosened(Parser *p, Info info)
{
  if (info.exact) add_strings(p, &info, info.strings);
  info.exact = false;
  return info;
}

/* ---- Concatenation and alternation ---- */

static bool best_clause(Parser *p, Info info, Strings *clause)
{
  info = loosened(p, info);
  size_t best = 0;
  for (size_t i = 1; i < info.clause_count; ++i)
    if (info.chance[i] < info.chance[best]) best = i;
  if (!info.clause_count) return false;
  *clause = info.clauses[best];
  return true;
}

static Info alternate(Parser *p, Info a, Info b)
{
  if (a.exact && b.exact && a.strings.count + b.strings.count <= MAX_STRINGS)
    return (Info){.exact = true, .strings = unite(p, a.strings, b.strings)};
  Info    either = {0};
  Strings x, y;
  if (best_clause(p, a, &x) && best_clause(p, b, &y) && x.count + y.count <= MAX_STRINGS)
    add_strings(p, &either, unite(p, x, y));
  return either;
}

/* ---- Characters ---- */

static Info character(Parser *p, uint32_t code)
{
  char   bytes[4];
  size_t length;
  if (code < ' ') return nothing_known();
  if (code >= 'A' && code <= 'Z') code += 'a' - 'A';
  if (code >= '0' && code <= '9') code = '0';
  if (code >= 0x80U && p->caseless && code < PLACEHOLDER_FIRST) return nothing_known();
  if (code == KELVIN) code = 'k'; /* as fold_for_triggers has them */
  if (code == LONG_S) code = 's';
  length = utf8_encode(code, bytes);
  return exactly(p, bytes, length);
}

/* \x{h...} or \xhh; at the character after the x. */
static uint32_t read_hex(Parser *p)
{
  char *end;
  if (*p->at != '{') {
    char digits[3] = {p->at[0], p->at[0] ? p->at[1] : '\0', '\0'};
    uint32_t code = (uint32_t)strtoul(digits, &end, 16);
    p->at += end - digits;
    return code;
  }
  uint32_t code = (uint32_t)strtoul(p->at + 1, &end, 16);
  p->at = *end == '}' ? end + 1 : end;
  return code;
}

static void skip_braces(Parser *p)
{
  const char *end = *p->at == '{' ? strchr(p->at, '}') : NULL;
  if (end) p->at = end + 1;
}

/* 'name', <name> or {name}. */
static String read_name(Parser *p)
{
  char        close = *p->at == '<' ? '>' : *p->at == '{' ? '}' : *p->at;
  const char *start = p->at + 1, *end = *p->at ? strchr(start, close) : NULL;
  if (!end) return p->lost = true, (String){p->at, 0};
  p->at = end + 1;
  return (String){start, (size_t)(end - start)};
}

static Info called(const Parser *p, String name)
{
  for (size_t i = 0; i < p->group_count; ++i)
    if (p->groups[i].bytes == name.bytes && memcmp(p->groups[i].name, name.text, name.bytes) == 0)
      return p->groups[i].info;
  return nothing_known();
}

static Info parse_escape(Parser *p)
{
  static const char start = TRIGGER_START;
  char c = *p->at++;
  switch (c) {
  case 'b': return exactly(p, &BORDER, 1);
  case 'A': return exactly(p, &start, 1);
  case 'B': case 'z': case 'Z': case 'G': case 'K': case 'E': return empty(p);
  case 'x': return character(p, read_hex(p));
  case 'n': return character(p, '\n');
  case 't': return character(p, '\t');
  case 'p': case 'P':
    if (*p->at == '{') skip_braces(p);
    else p->at++;
    return nothing_known();
  case 'k': return read_name(p), nothing_known();
  case 'g': return called(p, read_name(p));
  case 'Q': case 'c': case 'o': case 'N': case '0': return p->lost = true, nothing_known();
  default: break;
  }
  return isalnum((unsigned char)c) ? nothing_known() : character(p, (unsigned char)c);
}

/* ---- Classes ---- */

/* One member; false when it is a set by itself (\w, [:alpha:]). */
static bool class_member(Parser *p, uint32_t *code)
{
  if (p->at[0] == '[' && p->at[1] == ':') {
    const char *end = p->at + 2 + strspn(p->at + 2, "^abcdefghijklmnopqrstuvwxyz");
    bool        posix = end[0] == ':' && end[1] == ']'; /* [:alpha:] */
    p->at = posix ? end + 2 : p->at + 1;
    return false;
  }
  if (*p->at != '\\') {
    size_t length;
    *code = utf8_decode(p->at, &length);
    p->at += length;
    return true;
  }
  char c = p->at[1];
  p->at += 2;
  if (c == 'x') return *code = read_hex(p), true;
  if (c == 'p' || c == 'P') return skip_braces(p), false;
  if (c == 'Q' || c == 'c') p->lost = true;
  *code = (unsigned char)c;
  return !isalnum((unsigned char)c);
}

static Info parse_class(Parser *p)
{
  bool     negated = *p->at == '^', simple = !negated;
  Info     info = {0};
  uint32_t members = 0;
  if (negated) p->at++;
  for (bool first = true; *p->at && (*p->at != ']' || first); first = false) {
    uint32_t low = 0, high;
    bool     known = class_member(p, &low);
    high = low;
    if (known && p->at[0] == '-' && p->at[1] != ']' && p->at[1]) {
      p->at++;
      known = class_member(p, &high);
    }
    simple = simple && known && high >= low && high - low < MAX_CLASS && (members += high - low + 1) <= MAX_STRINGS &&
             (high >= PLACEHOLDER_FIRST || members <= MAX_CLASS);
    for (uint32_t code = low; simple && code <= high; ++code) {
      Info one = character(p, code);
      simple = one.exact;
      if (simple && !(info.exact && holds(info.strings, one.strings.items[0])))
        info = info.exact ? alternate(p, info, one) : one;
    }
  }
  if (*p->at == ']') p->at++;
  return simple ? info : nothing_known();
}

/* ---- Groups ---- */

static Info inside(Parser *p)
{
  bool caseless = p->caseless;
  if (++p->depth > 200) p->lost = true;
  Info info = p->lost ? nothing_known() : parse_alternatives(p);
  p->depth--;
  p->caseless = caseless;
  if (*p->at == ')') p->at++;
  else p->lost = true;
  return info;
}

/* Is what stands in these brackets one class with every letter in it? */
static bool is_any_letter(const char *text)
{
  bool        class = *text == '[';
  const char *end = class ? strchr(text, ']') : text + (text[0] == '\\' && text[1] == 'w' ? 2 : 0);
  if (!end || end == text || text[1] == '^' || end[class] != ')') return false;
  for (const char *at = text; at < end; ++at)
    if (strncmp(at, "\\w", 2) == 0 || strncmp(at, "\\p{L}", 5) == 0) return true;
  return false;
}

/* A look-around consumes nothing; what a positive one needs must still be there. */
static Info look_around(Parser *p, bool positive)
{
  bool border = !positive && is_any_letter(p->at);
  Info within = loosened(p, inside(p)), info = empty(p);
  if (border) return exactly(p, &BORDER, 1);
  if (positive) add_clauses_of(&info, &within);
  return info;
}

static bool skip(Parser *p, const char *prefix)
{
  size_t length = strlen(prefix);
  if (strncmp(p->at, prefix, length) != 0) return false;
  p->at += length;
  return true;
}

static Info named_group(Parser *p)
{
  p->at--;
  String name = read_name(p);
  Info   info = inside(p);
  if (p->group_count < MAX_GROUPS) p->groups[p->group_count++] = (NamedGroup){name.text, name.bytes, info};
  else p->lost = true;
  return info;
}

static Info flags_group(Parser *p)
{
  bool caseless = p->caseless, off = false;
  for (; *p->at && *p->at != ':' && *p->at != ')'; ++p->at) {
    if (*p->at == '-') off = true;
    else if (*p->at == 'i') caseless = !off;
    else if (*p->at == 'x') p->lost = true;
  }
  if (*p->at == ')') {
    p->at++;
    p->caseless = caseless;
    return empty(p);
  }
  bool outer = p->caseless;
  p->at += *p->at == ':';
  p->caseless = caseless;
  Info info = inside(p);
  p->caseless = outer;
  return info;
}

/* "(?(...)": DEFINE only names groups; of another condition nothing is known. */
static Info conditional(Parser *p)
{
  bool define = skip(p, "DEFINE)");
  if (!define) {
    const char *end = strchr(p->at, ')');
    if (end) p->at = end + 1;
    else p->lost = true;
  }
  inside(p);
  return define ? empty(p) : nothing_known();
}

static Info parse_group(Parser *p)
{
  if (skip(p, "(?=") || skip(p, "(*pla:") || skip(p, "(*plb:") || skip(p, "(*napla:")) return look_around(p, true);
  if (skip(p, "(?!") || skip(p, "(*nla:") || skip(p, "(*nlb:")) return look_around(p, false);
  if (skip(p, "(?:") || skip(p, "(?>") || skip(p, "(*atomic:") || skip(p, "(?|")) return inside(p);
  if (skip(p, "(?P>")) {
    const char *start = p->at, *end = strchr(start, ')');
    if (!end) return p->lost = true, nothing_known();
    p->at = end + 1;
    return called(p, (String){start, (size_t)(end - start)});
  }
  if (skip(p, "(?'")) return named_group(p);
  if (skip(p, "(?(")) return conditional(p);
  if (strncmp(p->at, "(*ACCEPT", 8) == 0) return p->lost = true, nothing_known(); /* nothing behind it is needed */
  if (strncmp(p->at, "(*", 2) == 0 || strncmp(p->at, "(?#", 3) == 0) {
    const char *end = strchr(p->at, ')');
    if (!end) return p->lost = true, nothing_known();
    p->at = end + 1;
    return empty(p);
  }
  if (strncmp(p->at, "(?", 2) == 0) {
    p->at += 2;
    if (strspn(p->at, "imsxnJU-") == 0) return p->lost = true, nothing_known();
    return flags_group(p);
  }
  p->at++;
  return inside(p);
}

/* ---- Sequences ---- */

static Info parse_atom(Parser *p)
{
  static const char start = TRIGGER_START;
  size_t   length;
  uint32_t code;
  switch (*p->at) {
  case '(': return parse_group(p);
  case '[': return p->at++, parse_class(p);
  case '\\': return p->at++, parse_escape(p);
  case '.': return p->at++, nothing_known();
  case '^': return p->at++, exactly(p, &start, 1);
  case '$': return p->at++, empty(p);
  default: break;
  }
  code = utf8_decode(p->at, &length);
  p->at += length;
  return character(p, code);
}

/* {n}, {n,} or {n,m}: false when the brace is a literal. */
static bool read_counts(Parser *p, long *least, long *most)
{
  char *end;
  if (*p->at != '{' || !isdigit((unsigned char)p->at[1])) return false;
  *least = *most = strtol(p->at + 1, &end, 10);
  if (*end == ',') *most = isdigit((unsigned char)end[1]) ? strtol(end + 1, &end, 10) : (end++, LONG_MAX);
  if (*end != '}') return false;
  p->at = end + 1;
  return true;
}

/* What `least` to `most` of an exact part in a row can be. */
static Info powers(Parser *p, Info atom, long least, long most)
{
  Info power = empty(p), all = {0};
  for (long n = 0; n <= most; ++n) {
    if (n) {
      if (!product_is_small(power.strings, atom.strings)) return least ? loosened(p, atom) : nothing_known();
      power.strings = product(p, power.strings, atom.strings);
    }
    if (n == least) all = power;
    else if (n > least) all = alternate(p, all, power);
  }
  return all;
}

static Info quantified(Parser *p, Info atom)
{
  long least = 1, most = 1;
  if (skip(p, "*")) least = 0, most = LONG_MAX;
  else if (skip(p, "+")) most = LONG_MAX;
  else if (skip(p, "?")) least = 0;
  else if (!read_counts(p, &least, &most)) return atom;
  if (*p->at == '?' || *p->at == '+') p->at++;
  if (most <= MAX_POWER && atom.exact && atom.clause_count == 0) return powers(p, atom, least, most);
  return least == 0 ? nothing_known() : loosened(p, atom);
}

/* Neighbouring exact parts are multiplied out as long as that stays small. */
static Info parse_sequence(Parser *p)
{
  Info run = empty(p), whole = {.exact = true};
  while (*p->at && *p->at != '|' && *p->at != ')' && !p->lost) {
    Info part = quantified(p, parse_atom(p));
    add_clauses_of(&whole, &part);
    if (part.exact && product_is_small(run.strings, part.strings)) {
      run.strings = product(p, run.strings, part.strings);
      continue;
    }
    add_strings(p, &whole, run.strings);
    whole.exact = false;
    run = part.exact ? part : empty(p);
  }
  if (whole.exact) whole.strings = run.strings;
  else add_strings(p, &whole, run.strings);
  return whole;
}

static Info parse_alternatives(Parser *p)
{
  Info either = parse_sequence(p);
  while (*p->at == '|' && !p->lost) {
    p->at++;
    either = alternate(p, either, parse_sequence(p));
  }
  return either;
}

/* ---- Result ---- */

static TriggerAlternative alternative(Arena *arena, String s)
{
  size_t length;
  if (s.bytes == PLACEHOLDER_BYTES && is_placeholder(s.text))
    return (TriggerAlternative){.type = (uint16_t)(utf8_decode(s.text, &length) - PLACEHOLDER_FIRST)};
  bool first = s.text[0] == BORDER, last = s.text[s.bytes - 1] == BORDER;
  if (first) s.text++, s.bytes--;
  if (last) s.bytes--;
  return (TriggerAlternative){.literal = arena_copy(arena, s.text, s.bytes),
                              .word_start = first && isalpha((unsigned char)s.text[0]),
                              .word_end = last && isalpha((unsigned char)s.text[s.bytes - 1])};
}

static void keep(Arena *arena, const Info *info, Trigger *trigger)
{
  bool taken[TRIGGER_CLAUSES] = {false};
  for (size_t n = 0; n < info->clause_count; ++n) {
    size_t best = info->clause_count;
    for (size_t i = 0; i < info->clause_count; ++i)
      if (!taken[i] && (best == info->clause_count || info->chance[i] < info->chance[best])) best = i;
    taken[best] = true;
    TriggerClause *clause = &trigger->clauses[trigger->count++];
    clause->alternatives = arena_alloc(arena, info->clauses[best].count * sizeof *clause->alternatives);
    for (size_t i = 0; i < info->clauses[best].count; ++i)
      clause->alternatives[clause->count++] = alternative(arena, info->clauses[best].items[i]);
  }
}

bool trigger_derive(Arena *arena, const char *expanded, Trigger *trigger)
{
  jmp_buf rescue;
  Arena  *scratch = arena_new();
  *trigger = (Trigger){0};
  if (!scratch) return false;
  if (setjmp(rescue)) {
    arena_free(scratch);
    return false;
  }
  arena_rescue(scratch, &rescue);
  Parser parser = {.arena = scratch, .at = expanded};
  Info   info = loosened(&parser, parse_alternatives(&parser));
  if (!parser.lost && *parser.at == '\0') keep(arena, &info, trigger);
  arena_free(scratch);
  return true;
}
