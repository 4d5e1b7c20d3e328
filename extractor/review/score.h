/* score.h: what a system found against a measure, both as JSON Lines. */
#ifndef CLAIMANT_REVIEW_SCORE_H
#define CLAIMANT_REVIEW_SCORE_H

#include "base/diagnostics.h"

#include <jansson.h>

typedef struct {
  const char *type; /* "all" for the last */
  size_t      gold, found;
  size_t      exact;   /* the same words */
  size_t      overlap; /* at least half of the words of both in common; the exact among them */
} ScoreRow;

typedef struct {
  Arena    *arena; /* not owned */
  ScoreRow *rows;
  size_t    count, capacity;
} Score;

/* Adds one letter: two records as write_jsonl makes them. The gold one may have "ignore", a list of {type,
 * start, end} that count neither way. Returns OK, BAD_DATA (*fault says what, static) or NO_MEMORY. */
ClaimantStatus score_add(Score *score, const json_t *gold, const json_t *system, const char **fault);

/* Sums all types into a last row. False: no memory. */
bool score_sum(Score *score);

#endif
