#include "base/unicode.h"
#include "base/utf8.h"
#include "graph/builder.h"
#include "graph/names.h"

#include <string.h>

enum { MAX_WORDS = 24, MAX_LETTERS = 32, MIN_LETTERS = 4 };

/* The longer words of a heading, in lower case; short ones are mostly grammar in any language. */
typedef struct {
  uint32_t letters[MAX_WORDS][MAX_LETTERS];
  size_t   lengths[MAX_WORDS];
  size_t   count;
} Words;

/* Reads the next word of at least MIN_LETTERS; false at the end. Letters beyond MAX_LETTERS are left out. */
static bool next_word(const char **at, const char *end, uint32_t letters[MAX_LETTERS], size_t *length)
{
  *length = 0;
  while (*at < end) {
    size_t   bytes = 0;
    uint32_t code = utf8_decode(*at, &bytes);
    bool     in_word = unicode_is_word(code);
    if (!in_word && *length >= MIN_LETTERS) return true;
    if (!in_word) *length = 0;
    else if (*length < MAX_LETTERS) letters[(*length)++] = unicode_lower(code);
    *at += bytes;
  }
  return *length >= MIN_LETTERS;
}

static void words_of(Words *words, const char *text, Span span)
{
  const char *at = text + span.start, *end = text + span.end;
  size_t     *count = &words->count;
  for (*count = 0; *count < MAX_WORDS; ++*count)
    if (!next_word(&at, end, words->letters[*count], &words->lengths[*count])) return;
}

/* Forms of one word, such as "free" and "freedom": their beginnings are alike, for at least four letters and
 * three quarters of the shorter. */
static bool alike(const uint32_t *a, size_t a_length, const uint32_t *b, size_t b_length)
{
  size_t shorter = a_length < b_length ? a_length : b_length, same = 0;
  while (same < shorter && a[same] == b[same]) same++;
  return same >= MIN_LETTERS && same * 4 >= shorter * 3;
}

/* Whether at least half of the heading's words are among those of the span. */
static bool covers(const Words *heading, const char *text, Span span)
{
  bool        found[MAX_WORDS] = {false};
  size_t      count = 0, length = 0;
  uint32_t    letters[MAX_LETTERS];
  const char *at = text + span.start, *end = text + span.end;
  while (next_word(&at, end, letters, &length))
    for (size_t i = 0; i < heading->count; ++i) {
      if (found[i] || !alike(heading->letters[i], heading->lengths[i], letters, length)) continue;
      found[i] = true;
      count++;
    }
  return count && count * 2 >= heading->count;
}

static bool is_heading(const Item *item)
{
  for (size_t i = 0; i < item->feature_count; ++i) {
    const FeatureType *type = item->features[i].type;
    if (!type || !type->property || !item->features[i].value) continue;
    if (!strcmp(type->property, NS_CLM "form")) return !strcmp(item->features[i].value, "heading");
  }
  return false;
}

static bool is_demand(const Builder *builder, const ItemNode *node)
{
  return node->statement && type_has_class(builder->rules, node->item->type, NS_CLM "Demand");
}

void restatements_write(Builder *builder)
{
  const char *text = builder->document->letter->text;
  Words       words;
  for (size_t i = 0; i < builder->item_count && !builder->graph->status; ++i) {
    const ItemNode *heading = &builder->items[i];
    if (!is_demand(builder, heading) || !is_heading(heading->item)) continue;
    words_of(&words, text, heading->item->span);
    for (size_t j = i + 1; j < builder->item_count; ++j) {
      const ItemNode *other = &builder->items[j];
      if (other->item->section != heading->item->section) break;
      if (!is_demand(builder, other) || is_heading(other->item)) continue;
      if (covers(&words, text, other->item->span))
        graph_add_iri(builder->graph, other->iri, NS_CLM "restates", heading->iri);
    }
  }
}
