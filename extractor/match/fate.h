/* fate.h: what became of one match, in words. */
#ifndef CLAIMANT_MATCH_FATE_H
#define CLAIMANT_MATCH_FATE_H

#include "match/trace.h"

/* From the verb on: `matches "...", but loses to ...`. */
void fate_put(const RuleSet *rules, const Letter *letter, const TraceMatch *match, Buffer *out);

/* Why the winner came before this one: "it is longer". */
void fate_put_reason(const TraceMatch *loser, Buffer *out);

/* "rule ID (FILE:LINE)", and words in quotation marks. */
void fate_put_rule(const Rule *rule, Buffer *out);
void fate_put_quoted(const Letter *letter, Span span, Buffer *out);

#endif
