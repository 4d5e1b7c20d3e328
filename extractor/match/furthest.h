/* furthest.h: how far a pattern came that did not match, and what it needed there. */
#ifndef CLAIMANT_MATCH_FURTHEST_H
#define CLAIMANT_MATCH_FURTHEST_H

#include "match/trace.h"

/* A way on that was open where the pattern came no further. */
typedef struct {
  const char *text;  /* of the source; inside a macro, of its text */
  const char *macro; /* "{name}" it stands in, or NULL */
  bool        types; /* the text is {Type} or {A|B} */
  bool        plain; /* the text is words as they are to stand in the letter */
} WayOn;

typedef struct {
  const Pattern   *pattern;
  const TraceView *view;
  uint32_t         start, end; /* what was matched, in the view; nothing when equal */
  uint32_t         step;
  WayOn           *ways;
  size_t           way_count;
  bool             cut; /* the text was not searched to its end: it takes too long */
} Furthest;

/* The furthest point in any of the views; sets a rescue of its own on the arena, and takes it away. False:
 * there is none, or no memory. */
bool furthest_find(Arena *arena, const RuleSet *rules, const Pattern *pattern, TraceView *const *views,
                   size_t count, Furthest *result);

#endif
