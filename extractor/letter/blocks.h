/* blocks.h: lines gathered into blocks.
 *
 * A plan is a block before its units are known: the lines it is made of, and
 * the mark that made it a list item. */
#ifndef CLAIMANT_LETTER_BLOCKS_H
#define CLAIMANT_LETTER_BLOCKS_H

#include "letter/lines.h"

typedef struct {
  uint32_t first, count; /* lines */
  Span     span;
  Mark     mark;
  uint16_t ends; /* LINE_ENDS_... of its last line */
  uint8_t  kind; /* BlockKind */
  uint8_t  zone; /* Zone */
} Plan;

typedef struct {
  Plan  *items;
  size_t count, capacity;
} Plans;

/* Gathers lines whose roles are known. Returns OK or NO_MEMORY. Free with plans_free. */
ClaimantStatus plans_make(const Lines *lines, Plans *plans);
void           plans_free(Plans *plans);

#endif
