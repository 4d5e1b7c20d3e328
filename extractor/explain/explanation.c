#include "explain/explanation.h"

#include "resolve/resolve.h"

#include <stdio.h>
#include <stdlib.h>

static int by_start(const void *a, const void *b)
{
  const Annotation *x = *(const Annotation *const *)a, *y = *(const Annotation *const *)b;
  if (x->span.start != y->span.start) return x->span.start < y->span.start ? -1 : 1;
  return x->id < y->id ? -1 : x->id > y->id;
}

/* False: no memory. */
static bool sort_annotations(Explanation *x)
{
  x->sorted = arena_alloc(x->document.arena, (x->result.count + 1) * sizeof *x->sorted);
  for (size_t i = 0; x->sorted && i < x->result.count; ++i) {
    const Annotation *a = x->result.annotations[i];
    if (a->live && a->rule) x->sorted[x->sorted_count++] = a;
  }
  if (x->sorted_count) qsort(x->sorted, x->sorted_count, sizeof *x->sorted, by_start);
  return x->sorted;
}

ClaimantStatus explanation_make(const ClaimantRules *rules, Letter *letter, Diagnostics *list,
                                const char *sha256, ExplanationOptions options, Explanation *x)
{
  *x = (Explanation){0};
  MatchOptions how = {.last_phase = UINT32_MAX, .trace = &x->trace, .plain = options.plain};
  x->document = (Document){.arena = letter->arena, .letter = letter, .rules = rules->set,
                           .language = letter_language(letter), .rules_hash = rules->hash, .sources = rules->matcher.sources,
                           .source_count = rules->matcher.source_count};
  snprintf(x->document.sha256, sizeof x->document.sha256, "%s", sha256);
  ClaimantStatus st = match_letter(&rules->matcher, letter, how, list, &x->result);
  x->document.diagnostics = *list;
  if (!st) st = resolve_document(&x->document, &x->result, options.date, options.genre);
  return st || sort_annotations(x) ? st : CLAIMANT_NO_MEMORY;
}

/* Items keep the rule and the start of the annotation they were made of, and mostly its end. */
static const Annotation *annotation_of(const Explanation *x, const Item *item)
{
  const Annotation *near = NULL;
  size_t            low = 0, high = x->sorted_count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (x->sorted[middle]->span.start < item->span.start) low = middle + 1;
    else high = middle;
  }
  for (; low < x->sorted_count && x->sorted[low]->span.start == item->span.start; ++low) {
    const Annotation *a = x->sorted[low];
    if (a->rule != item->rule) continue;
    if (a->span.end == item->span.end) return a;
    near = a;
  }
  return near;
}

Explained explanation_of(const Explanation *x, const Item *item)
{
  const Annotation *annotation = annotation_of(x, item);
  return (Explained){.document = &x->document,
                     .item = item,
                     .annotation = annotation,
                     .match = trace_of(&x->trace, annotation)};
}
