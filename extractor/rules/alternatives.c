#include "rules/alternatives.h"

#include "rules/loader.h"
#include "rules/source_map.h"

#include <ctype.h>
#include <string.h>

enum { MAX_NESTING = 250, NEVER_FAST = 1 << 30 };

/* ---- Reading a source ---- */

typedef struct {
  size_t from;      /* where the alternative in hand begins */
  size_t bars;      /* before it */
  bool   is_choice; /* false: the branches of a condition */
} Level;

typedef struct {
  Arena             *arena;
  AlternativeSource *source;
  size_t             capacity;
  Level              levels[MAX_NESTING];
  size_t             depth;
} Reader;

/* Bytes of what opens a group, up to what may hold bars; *is_choice: its bars are a choice. */
static size_t opening(const char *text, bool *is_choice)
{
  *is_choice = true;
  if (text[1] == '*') {
    size_t length = 2 + strspn(text + 2, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_");
    return length + (text[length] == ':');
  }
  if (text[1] != '?') return 1;
  if (text[2] == '\'') return 3 + strcspn(text + 3, "'") + (strchr(text + 3, '\'') != NULL);
  if (text[2] == '(') {
    *is_choice = false;
    bool name = text[3] != '?' && text[3] != '*';
    return name ? 2 + strcspn(text + 2, ")") + (strchr(text + 2, ')') != NULL) : 2;
  }
  if (text[2] == '#') return strcspn(text, ")");
  if (text[2] == 'P') return 3 + strcspn(text + 3, ">)");
  if (text[2] && strchr("|=!>", text[2])) return 3;
  size_t flags = 2 + strspn(text + 2, "imsxnJU-^");
  return text[flags] == ':' ? flags + 1 : strcspn(text, ")");
}

static void add(Reader *r, Span words, Span cut)
{
  AlternativeSource *source = r->source;
  source->alternatives = arena_grow(r->arena, source->alternatives, source->count, &r->capacity, sizeof *source->alternatives);
  source->alternatives[source->count++] = (Alternative){words, cut};
}

/* A bar or the group's end at byte `at`. */
static void close_alternative(Reader *r, size_t at, bool bar)
{
  Level *level = &r->levels[r->depth];
  Span   words = {(uint32_t)level->from, (uint32_t)at}, cut = words;
  if (bar) cut.end++;
  else cut.start--;
  if (level->is_choice && (bar || level->bars)) add(r, words, cut);
  level->bars += bar;
  level->from = at + 1;
}

static void open_level(Reader *r, size_t from, bool is_choice)
{
  r->levels[r->depth] = (Level){.from = from, .is_choice = is_choice};
}

static void read_source(Arena *arena, AlternativeSource *source)
{
  Reader     *r = arena_alloc(arena, sizeof *r);
  const char *text = source->text;
  size_t      i = 0;
  *r = (Reader){.arena = arena, .source = source};
  open_level(r, 0, true);
  while (text[i]) {
    bool is_choice;
    if (text[i] == '\\') i += escape_bytes(text + i);
    else if (text[i] == '[') i += class_bytes(text + i);
    else if (text[i] == '{' && !isdigit((unsigned char)text[i + 1])) i += strcspn(text + i, "}") + 1;
    else if (text[i] == '(') {
      i += opening(text + i, &is_choice);
      if (r->depth + 1 == MAX_NESTING) return;
      r->depth++;
      open_level(r, i, is_choice);
    } else if (text[i] == ')' || text[i] == '|') {
      close_alternative(r, i, text[i] == '|');
      if (text[i] == ')' && r->depth) r->depth--;
      i++;
    } else i++;
  }
  close_alternative(r, i, false);
}

/* ---- All of a rule set ---- */

/* A rule has no until, and a modifier no before. */
static Pattern **edge_of(Rule *rule) { return rule->until ? &rule->until : &rule->before; }

size_t rule_pattern_count(const Rule *rule) { return rule->pattern_count + (*edge_of((Rule *)rule) != NULL) + rule->unless_count; }

Pattern *rule_pattern(const Rule *rule, size_t index)
{
  if (index < rule->pattern_count) return rule->patterns[index];
  Pattern *edge = *edge_of((Rule *)rule);
  index -= rule->pattern_count;
  if (edge && index == 0) return edge;
  return rule->unless[index - (edge != NULL)].pattern;
}

void rule_put_pattern(Rule *rule, size_t index, Pattern *pattern)
{
  size_t others = rule->pattern_count + (*edge_of(rule) != NULL);
  if (index < rule->pattern_count) rule->patterns[index] = pattern;
  else if (index < others) *edge_of(rule) = pattern;
  else rule->unless[index - others].pattern = pattern;
}

/* Alternatives come in the order of their ends. */
static const char *with_callouts(Arena *arena, const AlternativeSource *source)
{
  Buffer   out = {0};
  uint32_t at = 0;
  for (size_t i = 0; i < source->count; ++i) {
    uint32_t end = source->alternatives[i].words.end;
    buffer_append(&out, source->text + at, end - at);
    buffer_printf(&out, "(?C\"%zu\")", source->first + i);
    at = end;
  }
  buffer_append_string(&out, source->text + at);
  const char *text = arena_copy(arena, out.data ? out.data : "", out.size);
  buffer_free(&out);
  return text;
}

static void add_source(Arena *arena, Alternatives *list, AlternativeSource source)
{
  source.first = list->total;
  read_source(arena, &source);
  source.with_callouts = with_callouts(arena, &source);
  list->sources[list->count++] = source;
  list->total += source.count;
}

void alternatives_list(const RuleSet *rules, Arena *arena, Alternatives *list)
{
  size_t count = rules->macro_count;
  for (size_t i = 0; i < rules->rule_count; ++i) count += rule_pattern_count(rules->rules[i]);
  *list = (Alternatives){.sources = arena_alloc(arena, (count + 1) * sizeof *list->sources)};
  for (size_t i = 0; i < rules->macro_count; ++i) {
    const Macro *macro = &rules->macros[i];
    add_source(arena, list, (AlternativeSource){.text = macro->text, .file = macro->file, .line = macro->line, .macro = macro});
  }
  for (size_t i = 0; i < rules->rule_count; ++i) {
    const Rule *rule = rules->rules[i];
    for (size_t j = 0; j < rule_pattern_count(rule); ++j) {
      const Pattern *p = rule_pattern(rule, j);
      add_source(arena, list, (AlternativeSource){.text = p->source, .file = rule->file, .line = p->line, .rule = rule, .pattern = p});
    }
  }
}

/* ---- Variants ---- */

struct Variants {
  const RuleSet *rules;
  Loader        *loader;
  Diagnostics    diagnostics; /* faults of variants interest nobody */
  Arena         *arena;       /* of what was made last */
  pcre2_code   **codes;
  size_t         code_count;
};

static void drop_made(Variants *v)
{
  for (size_t i = 0; i < v->code_count; ++i) pcre2_code_free(v->codes[i]);
  v->code_count = 0;
  arena_free(v->arena);
  v->arena = NULL;
}

Variants *variants_begin(const RuleSet *rules, Arena *arena)
{
  Variants *v = arena_alloc(arena, sizeof *v);
  size_t    most = 1;
  for (size_t i = 0; i < rules->rule_count; ++i)
    if (rule_pattern_count(rules->rules[i]) > most) most = rule_pattern_count(rules->rules[i]);
  v->rules = rules;
  v->codes = arena_alloc(arena, most * sizeof(pcre2_code *));
  v->loader = arena_alloc(arena, sizeof *v->loader);
  v->loader->rules = (RuleSet *)rules; /* which expansion only reads */
  v->loader->diagnostics = &v->diagnostics;
  v->loader->macros = arena_alloc(arena, (rules->macro_count + 1) * sizeof(Macro));
  v->loader->macro_count = rules->macro_count;
  return v;
}

void variants_end(Variants *v)
{
  if (!v) return;
  drop_made(v);
  buffer_free(&v->loader->scratch);
}

static void begin(Variants *v)
{
  drop_made(v);
  v->diagnostics = (Diagnostics){.arena = arena_new()};
  v->arena = v->diagnostics.arena;
  v->loader->arena = v->arena;
  for (size_t i = 0; i < v->rules->macro_count; ++i) {
    v->loader->macros[i] = v->rules->macros[i];
    v->loader->macros[i].used = false;
  }
}

static bool make(Variants *v, const Pattern *original, const char *source, Pattern **made)
{
  Pattern *pattern = load_variant(v->loader, original, source);
  *made = pattern && pattern->code ? pattern : NULL;
  if (*made) {
    atomic_store(&pattern->uses, NEVER_FAST);
    v->codes[v->code_count++] = pattern->code;
  }
  return pattern != NULL;
}

static const char *without(Arena *arena, const char *text, Span cut)
{
  return arena_printf(arena, "%.*s%s", (int)cut.start, text, text + cut.end);
}

bool variants_without(Variants *v, const AlternativeSource *source, size_t index, const Rule *rule, Pattern **patterns)
{
  jmp_buf rescue;
  begin(v);
  if (!v->arena || setjmp(rescue)) return false;
  arena_rescue(v->arena, &rescue);
  const char *text = without(v->arena, source->text, source->alternatives[index].cut);
  if (source->macro) v->loader->macros[source->macro - v->rules->macros].text = text;
  bool good = true;
  for (size_t i = 0; i < rule_pattern_count(rule) && good; ++i) {
    const Pattern *original = rule_pattern(rule, i);
    good = make(v, original, original == source->pattern ? text : original->source, &patterns[i]);
  }
  arena_rescue(v->arena, NULL);
  return good;
}

bool variants_with_callouts(Variants *v, const Alternatives *list, const Rule *rule, Pattern **patterns)
{
  jmp_buf rescue;
  begin(v);
  if (!v->arena || setjmp(rescue)) return false;
  arena_rescue(v->arena, &rescue);
  for (size_t i = 0; i < list->count && list->sources[i].macro; ++i)
    v->loader->macros[i].text = list->sources[i].with_callouts;
  bool good = true;
  for (size_t i = 0, j = 0; i < list->count; ++i) {
    if (list->sources[i].rule != rule) continue;
    good &= make(v, list->sources[i].pattern, list->sources[i].with_callouts, &patterns[j++]);
  }
  arena_rescue(v->arena, NULL);
  return good;
}

bool variants_used(const Variants *v, const Macro *macro) { return v->loader->macros[macro - v->rules->macros].used; }
