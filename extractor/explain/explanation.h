/* explanation.h: a letter matched with a trace, so that each of its items can be explained. */
#ifndef CLAIMANT_EXPLAIN_EXPLANATION_H
#define CLAIMANT_EXPLAIN_EXPLANATION_H

#include "explain/explained.h"
#include "match/matcher.h"
#include "session.h"

typedef struct {
  const char *date, *genre; /* as in ClaimantInput; may be NULL */
  bool        plain;
} ExplanationOptions;

/* Lives in the letter's arena. */
typedef struct {
  Trace              trace;
  MatchResult        result;
  Document           document;
  const Annotation **sorted; /* those that items are made of, by place */
  size_t             sorted_count;
} Explanation;

/* Finds the items of a letter divided into units; `list` takes what there is to say, `sha256` is that of
 * the letter's bytes. Returns OK, NO_MEMORY or LIMIT (a match limit was crossed: see the list). */
ClaimantStatus explanation_make(const ClaimantRules *rules, Letter *letter, Diagnostics *list,
                                const char *sha256, ExplanationOptions options, Explanation *x);

/* One item of the document; its `match` is NULL where no pattern found it. */
Explained explanation_of(const Explanation *x, const Item *item);

#endif
