#include "rules/alternatives.h"

#include "rules/loader.h"
#include "rules/source_map.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { NEVER_FAST = 1 << 30 };

/* ---- Reading a source ---- */

typedef struct {
  Arena             *arena;
  AlternativeSource *source;
  const char        *text;
  size_t             capacity;
} Reader;

/* Bytes of what opens a group, up to what may hold bars; *is_choice: its bars are a choice. 0: it holds none. */
static size_t opening(const char *text, bool *is_choice)
{
  *is_choice = true;
  if (text[1] == '*') {
    size_t length = 2 + strspn(text + 2, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_");
    return text[length] == ':' ? length + 1 : 0;
  }
  if (text[1] != '?') return 1;
  if (text[2] == '\'') return 3 + strcspn(text + 3, "'") + (strchr(text + 3, '\'') != NULL);
  if (text[2] == '(') {
    *is_choice = false;
    bool name = text[3] != '?' && text[3] != '*';
    return name ? 2 + strcspn(text + 2, ")") + (strchr(text + 2, ')') != NULL) : 2;
  }
  if (text[2] && strchr("|=!>", text[2])) return 3;
  size_t flags = 2 + strspn(text + 2, "imsxnJU-^");
  return text[flags] == ':' ? flags + 1 : 0; /* a comment, a call, (?i) */
}

/* Bytes of one thing: a group with all in it, a class, an escape, {...}, a character. */
static size_t thing_bytes(const char *text)
{
  if (*text == '\\') return escape_bytes(text);
  if (*text == '[') return class_bytes(text);
  if (*text == '(') return group_bytes(text);
  if (*text == '{' && !isdigit((unsigned char)text[1])) return strcspn(text, "}") + 1;
  return 1;
}

static bool is_look(const char *text)
{
  bool look = false;
  opening_bytes(text, &look);
  return look;
}

/* A class of a few plain characters. */
static bool is_plain_class(const char *text, size_t bytes)
{
  if (text[1] == '^') return false;
  return !memchr(text, '\\', bytes) && !memchr(text, '-', bytes) && !memchr(text + 1, '[', bytes - 1);
}

/* Nothing but words, however they are spelt or inflected: "critici[sz](?:e|ed|es)(?! of)". */
static bool is_words(const char *text, size_t bytes)
{
  for (size_t i = 0, length; i < bytes; i += length) {
    length = thing_bytes(text + i);
    const char *at = text + i;
    bool        choice, group = *at == '(';
    size_t      open = group ? opening(at, &choice) : 0;
    bool        word_group = !strncmp(at, "(?:", 3) || !strncmp(at, "(?i:", 4) || !strncmp(at, "(?>", 3) || !strncmp(at, "(*atomic:", 9);
    if (group && is_look(at) ? memchr(at, '{', length) != NULL : group && (!word_group || !is_words(at + open, length - open - 1)))
      return false;
    if (*at == '\\' && isalnum((unsigned char)at[1]) && at[1] != 'b') return false;
    if (*at == '[' && !is_plain_class(at, length)) return false;
    if (strchr("{.^$*+", *at)) return false;
  }
  return true;
}

static void add(Reader *r, Alternative alternative)
{
  AlternativeSource *source = r->source;
  const Choice      *choice = alternative.choice;
  alternative.shown = "";
  for (size_t i = 0; i < choice->count; ++i) {
    Span words = choice->parts[i].words;
    if (!alternative_has(&alternative, i)) continue;
    alternative.shown = arena_printf(r->arena, "%s%s%.*s", alternative.shown, *alternative.shown ? "|" : "",
                                     (int)(words.end - words.start), r->text + words.start);
  }
  source->alternatives = arena_grow(r->arena, source->alternatives, source->count, &r->capacity, sizeof *source->alternatives);
  source->alternatives[source->count++] = alternative;
}

static void add_choice(Reader *r, const Choice *choice)
{
  bool list = false;
  for (size_t i = 0; i < choice->count; ++i) {
    bool word = choice->parts[i].is_word;
    if (!word || !list) add(r, (Alternative){.choice = choice, .part = word ? PART_WORDS : i});
    list |= word;
  }
}

static Choice *split_choice(Reader *r, Span body)
{
  Choice *choice = arena_alloc(r->arena, sizeof *choice);
  size_t  capacity = 0, from = body.start;
  *choice = (Choice){.body = body};
  for (size_t i = from; i <= body.end; i += i < body.end ? thing_bytes(r->text + i) : 1) {
    if (i < body.end && r->text[i] != '|') continue;
    Span words = {(uint32_t)from, (uint32_t)i};
    choice->parts = arena_grow(r->arena, choice->parts, choice->count, &capacity, sizeof *choice->parts);
    choice->parts[choice->count++] = (ChoicePart){words, words.end > words.start && is_words(r->text + from, i - from)};
    from = i + 1;
  }
  return choice;
}

static void read_group(Reader *r, Span body, bool is_choice)
{
  Choice *choice = split_choice(r, body);
  bool    counts = is_choice && choice->count > 1;
  if (counts) add_choice(r, choice);
  for (size_t i = 0; i < choice->count; ++i) {
    if (counts && choice->parts[i].is_word) continue;
    Span words = choice->parts[i].words;
    for (size_t at = words.start; at < words.end; at += thing_bytes(r->text + at)) {
      bool   inner = true;
      size_t open = r->text[at] == '(' ? opening(r->text + at, &inner) : 0;
      if (open) read_group(r, (Span){(uint32_t)(at + open), (uint32_t)(at + group_bytes(r->text + at) - 1)}, inner);
    }
  }
}

static void read_source(Arena *arena, AlternativeSource *source)
{
  Reader r = {.arena = arena, .source = source, .text = source->text};
  read_group(&r, (Span){0, (uint32_t)strlen(source->text)}, true);
}

bool alternative_has(const Alternative *alternative, size_t part)
{
  return alternative->part == PART_WORDS ? alternative->choice->parts[part].is_word : alternative->part == part;
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

/* A callout, and the byte of the source in front of which it stands. */
typedef struct {
  uint32_t at;
  size_t   number;
} Callout;

static int by_place(const void *a, const void *b)
{
  const Callout *x = a, *y = b;
  if (x->at != y->at) return x->at < y->at ? -1 : 1;
  return x->number < y->number ? -1 : x->number > y->number;
}

static size_t list_callouts(Arena *arena, const AlternativeSource *source, Callout **callouts)
{
  size_t count = 0, capacity = 0;
  *callouts = NULL;
  for (size_t i = 0; i < source->count; ++i) {
    const Choice *choice = source->alternatives[i].choice;
    for (size_t j = 0; j < choice->count; ++j) {
      if (!alternative_has(&source->alternatives[i], j)) continue;
      *callouts = arena_grow(arena, *callouts, count, &capacity, sizeof **callouts);
      (*callouts)[count++] = (Callout){choice->parts[j].words.end, source->first + i};
    }
  }
  if (count) qsort(*callouts, count, sizeof **callouts, by_place);
  return count;
}

static const char *with_callouts(Arena *arena, const AlternativeSource *source)
{
  Buffer   out = {0};
  uint32_t at = 0;
  Callout *callouts;
  size_t   count = list_callouts(arena, source, &callouts);
  for (size_t i = 0; i < count; ++i) {
    buffer_append(&out, source->text + at, callouts[i].at - at);
    buffer_printf(&out, "(?C\"%zu\")", callouts[i].number);
    at = callouts[i].at;
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

/* Where nothing of the choice is left, nothing can match there. */
const char *source_without(Arena *arena, const char *text, const Alternative *cut)
{
  const Choice *choice = cut->choice;
  const char   *rest = NULL;
  for (size_t i = 0; i < choice->count; ++i) {
    Span words = choice->parts[i].words;
    if (alternative_has(cut, i)) continue;
    rest = arena_printf(arena, "%s%s%.*s", rest ? rest : "", rest ? "|" : "", (int)(words.end - words.start), text + words.start);
  }
  return arena_printf(arena, "%.*s%s%s", (int)choice->body.start, text, rest ? rest : "(*FAIL)", text + choice->body.end);
}

bool variants_without(Variants *v, const AlternativeSource *source, size_t index, const Rule *rule, Pattern **patterns)
{
  jmp_buf rescue;
  begin(v);
  if (!v->arena || setjmp(rescue)) return false;
  arena_rescue(v->arena, &rescue);
  const char *text = source_without(v->arena, source->text, &source->alternatives[index]);
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
