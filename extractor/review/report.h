/* report.h: decisions as a person reads them: counts, precision, agreement, what was missed and what is lost. */
#ifndef CLAIMANT_REVIEW_REPORT_H
#define CLAIMANT_REVIEW_REPORT_H

#include "base/buffer.h"
#include "review/tally.h"

/* Why a decision no longer finds its item: [decision]; NULL: it does, or nobody looked. */
typedef struct {
  const DecisionSet *set;
  const char *const *orphans;
} Report;

/* Both append. False: no memory. */
bool report_text(Arena *arena, const Report *report, Buffer *out);
bool report_json(Arena *arena, const Report *report, Buffer *out);

#endif
