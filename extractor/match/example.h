/* example.h: runs the examples and counters that a rule carries.
 *
 * A text is one unit of the first kind and zone in the rule's scope, or with
 * unit="document" a letter of its own; the rule set runs over it up to the
 * rule's phase. */
#ifndef CLAIMANT_MATCH_EXAMPLE_H
#define CLAIMANT_MATCH_EXAMPLE_H

#include "match/matcher.h"

typedef struct {
  bool passed;
  bool won; /* an item of the rule itself came out, not of one whose like it was merged with */
} ExampleOutcome;

/* Two rules found items of the same layer that only the order of the rules in their files tells apart. */
typedef struct {
  const Rule *winner, *loser;
} ExampleTie;

/* What does not come out as the example says is reported as errors that name its line, with a code of
 * "no-match", "elsewhere", "lost", "vetoed", "incomplete", "role", "feature" or "counter"; notes say why.
 * `options` are taken but for the last phase. `diagnostics` is NULL: only whether it passes is asked.
 * Returns OK, NO_MEMORY or LIMIT. */
ClaimantStatus example_run(const Matcher *matcher, const Rule *rule, const Example *example, MatchOptions options,
                           Diagnostics *diagnostics, ExampleOutcome *outcome);

/* The first exact tie that the rule has a part in; *tie is all NULL when there is none. */
ClaimantStatus example_tie(const Matcher *matcher, const Rule *rule, const Example *example, ExampleTie *tie);

#endif
