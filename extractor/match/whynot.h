/* whynot.h: what became of a rule on a letter, in words. */
#ifndef CLAIMANT_MATCH_WHYNOT_H
#define CLAIMANT_MATCH_WHYNOT_H

#include "base/buffer.h"
#include "match/trace.h"

/* Appends lines of text. The trace is of this rule, from match_letter with `plain` (so that nothing is left
 * out) and, to hear of hidden text, with `shadow`, whose diagnostics are then given; they may be NULL.
 * Returns OK or NO_MEMORY. */
ClaimantStatus whynot_tell(const RuleSet *rules, const Rule *rule, Letter *letter, const Trace *trace,
                           const Diagnostics *shadows, Buffer *out);

/* "a sentence of the body" */
void whynot_put_unit(const Unit *unit, Buffer *out);

/* Has the rule a scope that this unit is in? */
bool whynot_in_scope(const Rule *rule, const Unit *unit);

#endif
