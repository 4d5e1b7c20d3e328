#include "rules/trigger.h"

#include "base/utf8.h"
#include "rules/literals.h"
#include "rules/pattern.h"

#include <ctype.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_POWER = 4, MAX_CLASS = 24, MAX_GROUPS = 64, KELVIN = 0x212A, LONG_S = 0x17F };

static const char border = LITERAL_BORDER;

typedef struct {
  const char *name;
  size_t      bytes;
  Info        info;
} NamedGroup;

typedef struct {
  Arena      *arena;
  const char *at;
  bool        caseless;
  bool        lost;  /* something it does not know: no trigger */
  bool        verbs; /* there are some that steer the search: every place must be tried */
  NamedGroup  groups[MAX_GROUPS];
  size_t      group_count;
  int         depth;
} Parser;

static Info parse_alternatives(Parser *p);

/* ---- Characters ---- */

static Info character(Parser *p, uint32_t code)
{
  char   bytes[4];
  size_t length;
  if (code < ' ') return nothing_known();
  if (code >= 'A' && code <= 'Z') code += 'a' - 'A';
  if (code >= '0' && code <= '9') code = '0';
  if (code >= 0x80U && p->caseless && code < PLACEHOLDER_FIRST) return nothing_known();
  if (code == KELVIN) code = 'k'; /* as trigger_fold has them */
  if (code == LONG_S) code = 's';
  length = utf8_encode(code, bytes);
  return exactly(p->arena, bytes, length);
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
  case 'b': return exactly(p->arena, &border, 1);
  case 'A': return exactly(p->arena, &start, 1);
  case 'B': case 'z': case 'Z': case 'G': case 'K': case 'E': return empty_string(p->arena);
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
      if (simple && !(info.exact && strings_hold(info.strings, one.strings.items[0])))
        info = info.exact ? alternate(p->arena, info, one) : one;
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
  bool bordered = !positive && is_any_letter(p->at);
  Info within = loosened(p->arena, inside(p)), info = empty_string(p->arena);
  if (bordered) return exactly(p->arena, &border, 1);
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
    return empty_string(p->arena);
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
  return define ? empty_string(p->arena) : nothing_known();
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
    p->verbs = p->verbs || p->at[1] == '*';
    const char *end = strchr(p->at, ')');
    if (!end) return p->lost = true, nothing_known();
    p->at = end + 1;
    return empty_string(p->arena);
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
  case '^': return p->at++, exactly(p->arena, &start, 1);
  case '$': return p->at++, empty_string(p->arena);
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
  Info power = empty_string(p->arena), all = {0};
  for (long n = 0; n <= most; ++n) {
    if (n) {
      if (!product_is_small(power.strings, atom.strings)) return least ? loosened(p->arena, atom) : nothing_known();
      power.strings = strings_product(p->arena, power.strings, atom.strings);
    }
    if (n == least) all = power;
    else if (n > least) all = alternate(p->arena, all, power);
  }
  return all;
}

static Info repeated(Parser *p, Info atom, long least, long most)
{
  if (most <= MAX_POWER && atom.exact && atom.clause_count == 0) return powers(p, atom, least, most);
  return least == 0 ? nothing_known() : loosened(p->arena, atom);
}

static Info quantified(Parser *p, Info atom)
{
  long least = 1, most = 1;
  if (skip(p, "*")) least = 0, most = LONG_MAX;
  else if (skip(p, "+")) most = LONG_MAX;
  else if (skip(p, "?")) least = 0;
  else if (!read_counts(p, &least, &most)) return atom;
  if (*p->at == '?' || *p->at == '+') p->at++;
  Info all = repeated(p, atom, least, most);
  all.starts = starts_repeated(p->arena, atom.starts, least > 0, most > 1);
  return all;
}

/* Neighbouring exact parts are multiplied out as long as that stays small. */
static Info parse_sequence(Parser *p)
{
  Info     run = empty_string(p->arena), whole = {.exact = true};
  StartSet starts = run.starts;
  while (*p->at && *p->at != '|' && *p->at != ')' && !p->lost) {
    Info part = quantified(p, parse_atom(p));
    add_clauses_of(&whole, &part);
    starts = starts_join(p->arena, starts, part.starts);
    if (part.exact && product_is_small(run.strings, part.strings)) {
      run.strings = strings_product(p->arena, run.strings, part.strings);
      continue;
    }
    add_strings(p->arena, &whole, run.strings);
    whole.exact = false;
    run = part.exact ? part : empty_string(p->arena);
  }
  if (whole.exact) whole.strings = run.strings;
  else add_strings(p->arena, &whole, run.strings);
  whole.starts = starts;
  return whole;
}

static Info parse_alternatives(Parser *p)
{
  Info either = parse_sequence(p);
  while (*p->at == '|' && !p->lost) {
    p->at++;
    either = alternate(p->arena, either, parse_sequence(p));
  }
  return either;
}

/* ---- Result ---- */

static TriggerAlternative alternative(Arena *arena, String s)
{
  size_t length;
  if (s.bytes == PLACEHOLDER_BYTES && is_placeholder(s.text))
    return (TriggerAlternative){.type = (uint16_t)(utf8_decode(s.text, &length) - PLACEHOLDER_FIRST)};
  bool first = s.text[0] == border, last = s.text[s.bytes - 1] == border;
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

bool trigger_derive(Arena *arena, const char *expanded, Trigger *trigger, Starts *starts)
{
  jmp_buf rescue;
  Arena  *scratch = arena_new();
  *trigger = (Trigger){0};
  *starts = (Starts){0};
  if (!scratch) return false;
  if (setjmp(rescue)) {
    arena_free(scratch);
    return false;
  }
  arena_rescue(scratch, &rescue);
  Parser parser = {.arena = scratch, .at = expanded};
  Info   info = loosened(scratch, parse_alternatives(&parser));
  if (!parser.lost && *parser.at == '\0') keep(arena, &info, trigger);
  if (!parser.lost && *parser.at == '\0' && !parser.verbs) *starts = starts_made(arena, info.starts);
  arena_free(scratch);
  return true;
}
