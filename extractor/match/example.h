/* example.h: runs the examples and counters that a rule carries.
 *
 * A text is one unit of the first kind and zone in the rule's scope, or with
 * unit="document" a letter of its own; the rule set runs over it up to the
 * rule's phase. */
#ifndef CLAIMANT_MATCH_EXAMPLE_H
#define CLAIMANT_MATCH_EXAMPLE_H

#include "match/matcher.h"

/* What does not come out as the example says is reported as errors that name its line.
 * `options` are taken but for the last phase.
 * Returns OK, NO_MEMORY or LIMIT; *passed is false when something was reported. */
ClaimantStatus example_run(const Matcher *matcher, const Rule *rule, const Example *example,
                           MatchOptions options, Diagnostics *diagnostics, bool *passed);

#endif
