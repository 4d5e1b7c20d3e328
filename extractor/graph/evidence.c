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

static bool name_all(EvidenceSet *set, Graph *graph, const Letter *letter, const char *letter_iri)
{
  const char **words = arena_alloc(graph->arena, set->count * sizeof *words);
  if (!words) return false;
  for (size_t i = 0; i < set->count; ++i) {
    Span span = set->items[i].span;
    words[i] = collapse_space(graph->arena, letter->text + span.start, span.end - span.start);
    if (!words[i]) return false;
  }
  const char **names = fragment_names(graph->arena, "evidence", words, set->count);
  for (size_t i = 0; names && i < set->count; ++i)
    set->items[i].iri = graph_text(graph, "%s#%s", letter_iri, names[i]);
  return names;
}

/* ---- Statements ------------------------------------------------------------------ */

static void write_offset(Graph *graph, const char *subject, const char *predicate, uint32_t offset)
{
  graph_add_literal(graph, subject, predicate, graph_text(graph, "%u", offset), XSD_NON_NEGATIVE);
}

void position_write(Graph *graph, const Letter *letter, const char *subject, Span span)
{
  graph_add_iri(graph, subject, RDF_TYPE, NS_OA "TextPositionSelector");
  write_offset(graph, subject, NS_OA "start", letter_code_point(letter, span.start));
  write_offset(graph, subject, NS_OA "end", letter_code_point(letter, span.end));
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

static void write_text(Graph *graph, const Letter *letter, const char *subject, const char *predicate,
                       Span span)
{
  if (span.start == span.end) return;
  const char *text = arena_copy(graph->arena, letter->text + span.start, span.end - span.start);
  graph_add_literal(graph, subject, predicate, text, NULL);
}

static void write_quote(Graph *graph, const Letter *letter, const char *subject, Span span)
{
  graph_add_iri(graph, subject, RDF_TYPE, NS_OA "TextQuoteSelector");
  write_text(graph, letter, subject, NS_OA "exact", span);
  Span prefix = {back(letter, span.start, QUOTE_CONTEXT), span.start};
  Span suffix = {span.end, forward(letter, span.end, QUOTE_CONTEXT)};
  write_text(graph, letter, subject, NS_OA "prefix", prefix);
  write_text(graph, letter, subject, NS_OA "suffix", suffix);
}

static void write_full(Graph *graph, const Letter *letter, const char *letter_iri, const Evidence *evidence,
                       bool with_quote)
{
  const char *position = graph_text(graph, "%s-p", evidence->iri);
  const char *quote = with_quote ? graph_text(graph, "%s-q", evidence->iri) : NULL;
  if (graph->status) return;
  graph_add_iri(graph, evidence->iri, RDF_TYPE, NS_OA "SpecificResource");
  graph_add_iri(graph, evidence->iri, NS_OA "hasSource", letter_iri);
  graph_add_iri(graph, evidence->iri, NS_OA "hasSelector", position);
  position_write(graph, letter, position, evidence->span);
  write_offset(graph, position, NS_CLM "byteStart", evidence->span.start);
  write_offset(graph, position, NS_CLM "byteEnd", evidence->span.end);
  if (!quote) return;
  graph_add_iri(graph, evidence->iri, NS_OA "hasSelector", quote);
  write_quote(graph, letter, quote, evidence->span);
}

void evidence_write(EvidenceSet *set, Graph *graph, const Letter *letter, const char *letter_iri,
                    EvidenceSize size)
{
  if (graph->status || !set->count) return;
  qsort(set->items, set->count, sizeof *set->items, compare_spans);
  drop_repeats(set);
  if (!name_all(set, graph, letter, letter_iri)) graph_fail(graph, CLAIMANT_NO_MEMORY, NULL);
  for (size_t i = 0; i < set->count && !graph->status; ++i) {
    const Evidence *evidence = &set->items[i];
    if (size.compact) position_write(graph, letter, evidence->iri, evidence->span);
    else write_full(graph, letter, letter_iri, evidence, size.quote);
  }
}

const char *evidence_of(const EvidenceSet *set, Span span)
{
  Evidence        key = {span, NULL};
  const Evidence *found =
      set->count ? bsearch(&key, set->items, set->count, sizeof *set->items, compare_spans) : NULL;
  return found ? found->iri : NULL;
}
