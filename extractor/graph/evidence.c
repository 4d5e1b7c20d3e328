#include "graph/evidence.h"

#include "base/utf8.h"
#include "graph/identifier.h"
#include "graph/names.h"

#include <stdlib.h>
#include <string.h>

static bool is_border(const Letter *letter, uint32_t at)
{
  return at == letter->size || ((unsigned char)letter->text[at] & 0xC0U) != 0x80U;
}

void evidence_collect(EvidenceSet *set, Graph *graph, const Letter *letter, Span span)
{
  if (span.start >= span.end || span.end > letter->size || !is_border(letter, span.start) ||
      !is_border(letter, span.end)) {
    graph_fail(graph, CLAIMANT_BAD_DATA, "bytes %u to %u are no range of the text", span.start, span.end);
    return;
  }
  Evidence *items = arena_grow(graph->arena, set->items, set->count, &set->capacity, sizeof *items);
  if (!items) {
    graph_fail(graph, CLAIMANT_NO_MEMORY, NULL);
    return;
  }
  set->items = items;
  items[set->count++] = (Evidence){span, NULL};
}

static int compare_spans(const void *left, const void *right)
{
  const Span *a = &((const Evidence *)left)->span, *b = &((const Evidence *)right)->span;
  if (a->start != b->start) return a->start < b->start ? -1 : 1;
  if (a->end != b->end) return a->end < b->end ? -1 : 1;
  return 0;
}

static void drop_repeats(EvidenceSet *set)
{
  size_t kept = 0;
  for (size_t i = 0; i < set->count; ++i)
    if (!kept || compare_spans(&set->items[kept - 1], &set->items[i])) set->items[kept++] = set->items[i];
  set->count = kept;
}

/* ---- Names: equal texts are counted in the order of the letter ----------------- */

typedef struct {
  const char *text; /* white space collapsed */
  size_t      index;
} Words;

static int compare_words(const void *left, const void *right)
{
  const Words *a = left, *b = right;
  int          order = strcmp(a->text, b->text);
  if (order) return order;
  return a->index < b->index ? -1 : a->index > b->index;
}

static bool name_all(EvidenceSet *set, Graph *graph, const Letter *letter, const char *letter_iri)
{
  Words *words = arena_alloc(graph->arena, set->count * sizeof *words);
  if (!words) return false;
  for (size_t i = 0; i < set->count; ++i) {
    Span span = set->items[i].span;
    words[i] = (Words){collapse_space(graph->arena, letter->text + span.start, span.end - span.start), i};
    if (!words[i].text) return false;
  }
  qsort(words, set->count, sizeof *words, compare_words);
  unsigned ordinal = 1;
  for (size_t i = 0; i < set->count; ++i) {
    ordinal = i && !strcmp(words[i - 1].text, words[i].text) ? ordinal + 1 : 1;
    const char *name = fragment_name(graph->arena, "evidence", words[i].text, ordinal);
    if (!name) return false;
    set->items[words[i].index].iri = graph_text(graph, "%s#%s", letter_iri, name);
  }
  return true;
}

/* ---- Statements ------------------------------------------------------------------ */

void position_write(Graph *graph, const Letter *letter, const char *subject, Span span)
{
  graph_add_iri(graph, subject, RDF_TYPE, NS_OA "TextPositionSelector");
  graph_add_literal(graph, subject, NS_OA "start", graph_text(graph, "%u", letter_code_point(letter, span.start)),
                    XSD_NON_NEGATIVE);
  graph_add_literal(graph, subject, NS_OA "end", graph_text(graph, "%u", letter_code_point(letter, span.end)),
                    XSD_NON_NEGATIVE);
}

static uint32_t back(const Letter *letter, uint32_t at, size_t code_points)
{
  for (; at && code_points; --code_points)
    do at--;
    while (!is_border(letter, at));
  return at;
}

static uint32_t forward(const Letter *letter, uint32_t at, size_t code_points)
{
  for (; at < letter->size && code_points; --code_points)
    do at++;
    while (!is_border(letter, at));
  return at;
}

static void write_text(Graph *graph, const Letter *letter, const char *subject, const char *predicate, Span span)
{
  if (span.start == span.end) return;
  const char *text = arena_copy(graph->arena, letter->text + span.start, span.end - span.start);
  graph_add_literal(graph, subject, predicate, text, NULL);
}

static void write_quote(Graph *graph, const Letter *letter, const char *subject, Span span)
{
  graph_add_iri(graph, subject, RDF_TYPE, NS_OA "TextQuoteSelector");
  write_text(graph, letter, subject, NS_OA "exact", span);
  write_text(graph, letter, subject, NS_OA "prefix", (Span){back(letter, span.start, QUOTE_CONTEXT), span.start});
  write_text(graph, letter, subject, NS_OA "suffix", (Span){span.end, forward(letter, span.end, QUOTE_CONTEXT)});
}

static void write_one(Graph *graph, const Letter *letter, const char *letter_iri, const Evidence *evidence)
{
  const char *position = graph_text(graph, "%s-p", evidence->iri);
  const char *quote = graph_text(graph, "%s-q", evidence->iri);
  if (graph->status) return;
  graph_add_iri(graph, evidence->iri, RDF_TYPE, NS_OA "SpecificResource");
  graph_add_iri(graph, evidence->iri, NS_OA "hasSource", letter_iri);
  graph_add_iri(graph, evidence->iri, NS_OA "hasSelector", position);
  graph_add_iri(graph, evidence->iri, NS_OA "hasSelector", quote);
  position_write(graph, letter, position, evidence->span);
  graph_add_literal(graph, position, NS_CLM "byteStart", graph_text(graph, "%u", evidence->span.start),
                    XSD_NON_NEGATIVE);
  graph_add_literal(graph, position, NS_CLM "byteEnd", graph_text(graph, "%u", evidence->span.end), XSD_NON_NEGATIVE);
  write_quote(graph, letter, quote, evidence->span);
}

void evidence_write(EvidenceSet *set, Graph *graph, const Letter *letter, const char *letter_iri)
{
  if (graph->status || !set->count) return;
  qsort(set->items, set->count, sizeof *set->items, compare_spans);
  drop_repeats(set);
  if (!name_all(set, graph, letter, letter_iri)) graph_fail(graph, CLAIMANT_NO_MEMORY, NULL);
  for (size_t i = 0; i < set->count && !graph->status; ++i) write_one(graph, letter, letter_iri, &set->items[i]);
}

const char *evidence_of(const EvidenceSet *set, Span span)
{
  Evidence        key = {span, NULL};
  const Evidence *found =
      set->count ? bsearch(&key, set->items, set->count, sizeof *set->items, compare_spans) : NULL;
  return found ? found->iri : NULL;
}
