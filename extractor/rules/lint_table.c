/* Words that a group can match and its table does not have: the feature is then not set. A table that has
 * less than half of them is one of exceptions, and means it. */
#include "rules/lint.h"
#include "rules/source_map.h"

#include <ctype.h>
#include <string.h>

enum { MAX_WORDS = 400, MAX_BYTES = 80 /* of a word */, MAX_DEPTH = 24, MAX_STEPS = 20000 /* for one rule */, TOLD = 6 };

typedef struct {
  const char **items;
  size_t       count, capacity;
} Words;

typedef struct {
  Arena      *arena;
  const char *pattern; /* whole, for the definitions in it */
  int         depth;
  size_t      steps;
} Finder;

static bool words_of_body(Finder *f, const char *text, size_t bytes, Words *out);

static size_t item_length(const char *text)
{
  if (*text == '(') return group_bytes(text);
  if (*text == '\\') return escape_bytes(text);
  return *text == '[' ? class_bytes(text) : 1;
}

static bool add_word(Finder *f, Words *words, const char *word)
{
  if (words->count == MAX_WORDS || ++f->steps > MAX_STEPS || strlen(word) > MAX_BYTES) return false;
  words->items = arena_grow(f->arena, words->items, words->count, &words->capacity, sizeof *words->items);
  words->items[words->count++] = word;
  return true;
}

static bool append_each(Finder *f, Words *words, const Words *more)
{
  Words both = {0};
  for (size_t i = 0; i < words->count; ++i)
    for (size_t j = 0; j < more->count; ++j)
      if (!add_word(f, &both, *more->items[j] ? arena_printf(f->arena, "%s%s", words->items[i], more->items[j]) : words->items[i]))
        return false;
  *words = both;
  return true;
}

/* A class of a few plain characters. */
static bool words_of_class(Finder *f, const char *text, size_t bytes, Words *out)
{
  for (size_t i = 1; i + 1 < bytes; ++i) {
    if (strchr("^\\-[", text[i]) || (unsigned char)text[i] >= 0x80) return false;
    if (!add_word(f, out, arena_copy(f->arena, text + i, 1))) return false;
  }
  return out->count > 0;
}

static bool words_of_call(Finder *f, const char *text, size_t bytes, Words *out)
{
  const char *open = arena_printf(f->arena, "(?'%.*s'", (int)(bytes - 5), text + 4);
  const char *definition = strstr(f->pattern, open);
  return definition && words_of_body(f, definition + strlen(open), group_bytes(definition) - strlen(open) - 1, out);
}

static bool words_of_item(Finder *f, const char *text, size_t bytes, Words *out)
{
  bool look = false;
  if (*text == '(') {
    size_t opening = opening_bytes(text, &look);
    if (look) return add_word(f, out, "");
    if (strncmp(text, "(?P>", 4) == 0) return words_of_call(f, text, bytes, out);
    if (!opening || strncmp(text, "(?(", 3) == 0) return false;
    return words_of_body(f, text + opening, bytes - opening - 1, out);
  }
  if (*text == '[') return words_of_class(f, text, bytes, out);
  if (*text == '\\' && (text[1] == 'b' || text[1] == 'B')) return add_word(f, out, "");
  if (*text == '\\') return !isalnum((unsigned char)text[1]) && add_word(f, out, arena_copy(f->arena, text + 1, bytes - 1));
  if (strchr(".^$*+", *text)) return false;
  return add_word(f, out, arena_copy(f->arena, text, 1));
}

static bool words_of_sequence(Finder *f, const char *text, size_t bytes, Words *out)
{
  *out = (Words){0};
  if (!add_word(f, out, "")) return false;
  for (size_t i = 0; i < bytes;) {
    Words  item = {0};
    size_t length = item_length(text + i);
    if (!words_of_item(f, text + i, length, &item)) return false;
    i += length;
    if (i < bytes && strchr("*+{", text[i])) return false;
    if (i < bytes && text[i] == '?') {
      if (!add_word(f, &item, "")) return false;
      i += i + 1 < bytes && strchr("?+", text[i + 1]) ? 2 : 1;
    }
    if (!append_each(f, out, &item)) return false;
  }
  return true;
}

/* Bytes up to the next bar of this level. */
static size_t alternative_length(const char *text, size_t bytes)
{
  size_t i = 0;
  while (i < bytes && text[i] != '|') i += item_length(text + i);
  return i < bytes ? i : bytes;
}

static bool words_of_body(Finder *f, const char *text, size_t bytes, Words *out)
{
  if (++f->depth > MAX_DEPTH) return false;
  for (size_t i = 0; i <= bytes;) {
    size_t length = alternative_length(text + i, bytes - i);
    Words  some;
    if (!words_of_sequence(f, text + i, length, &some)) return false;
    for (size_t j = 0; j < some.count; ++j)
      if (!add_word(f, out, some.items[j])) return false;
    i += length + 1;
  }
  f->depth--;
  return true;
}

/* ---- Tables ---- */

static bool table_has(Arena *arena, const Table *table, const char *word)
{
  const char *key = folded_key(arena, word, strlen(word));
  for (size_t i = 0; i < table->row_count; ++i)
    if (strcmp(table->rows[i].key, key) == 0) return true;
  return false;
}

/* Another <set> gives the feature a value: a default, or another table. */
static bool has_other(const Rule *rule, const Set *set)
{
  for (size_t i = 0; i < rule->set_count; ++i)
    if (&rule->sets[i] != set && rule->sets[i].feature == set->feature) return true;
  return false;
}

typedef struct {
  Loader     *loader;
  const Rule *rule;
  const Set  *set;
  Buffer      missing;
  size_t      count, total;
} Search;

static void look_up(Search *s, const Words *words)
{
  for (size_t i = 0; i < words->count; ++i) {
    s->total += *words->items[i] != '\0';
    if (!*words->items[i] || table_has(s->loader->arena, s->set->table, words->items[i])) continue;
    if (s->count++ < TOLD) buffer_printf(&s->missing, "%s\"%s\"", s->count > 1 ? ", " : "", words->items[i]);
  }
}

static void search_pattern(Search *s, const Pattern *pattern)
{
  Finder      f = {.arena = s->loader->arena, .pattern = pattern->expanded};
  const char *open = arena_printf(f.arena, "(?'%s'", s->set->from);
  for (const char *at = strstr(pattern->expanded, open); at; at = strstr(at + 1, open)) {
    const char *text = at + strlen(open);
    size_t      bytes = group_bytes(at) - strlen(open) - 1;
    for (size_t i = 0; i <= bytes;) { /* what cannot be listed in one alternative does not hide the others */
      size_t length = alternative_length(text + i, bytes - i);
      Words  words;
      f.depth = 0;
      if (f.steps > MAX_STEPS) return;
      if (words_of_sequence(&f, text + i, length, &words)) look_up(s, &words);
      i += length + 1;
    }
  }
}

void lint_tables(Loader *loader, const Rule *rule)
{
  for (size_t i = 0; i < rule->set_count; ++i) {
    const Set *set = &rule->sets[i];
    Search     s = {.loader = loader, .rule = rule, .set = set};
    if (!set->table || !set->from || set->fn || has_other(rule, set)) continue;
    for (size_t j = 0; j < rule->pattern_count; ++j) search_pattern(&s, rule->patterns[j]);
    if (s.count && 2 * s.count < s.total)
      diagnostics_add(loader->diagnostics, CLAIMANT_WARNING, "missing-row",
                      (Place){.file = rule->file, .line = set->line, .rule = rule->id},
                      "the table %s has no row for %s%s, which (?'%s'...) can match, so that %s stays unset; add rows, or a <set> before "
                      "with a value for the rest",
                      set->table->name, s.missing.data ? s.missing.data : "", s.count > TOLD ? " and others" : "", set->from, set->feature);
    buffer_free(&s.missing);
  }
}
