/* date_joins.h: neighbours that are one expression: two ends of a range in a letter, a day and a time in
 * news. */
#ifndef CLAIMANT_RESOLVE_DATE_JOINS_H
#define CLAIMANT_RESOLVE_DATE_JOINS_H

#include "resolve/date_values.h"

/* One item on the way through the document. */
typedef struct {
  Item     *item;
  DateParts parts;
  Resolved  result;
} DateMention;

/* Where `second` continues `first`: makes `first`'s item cover both, gives it the value of both,
 * takes the type from `second`'s item (so that it is dropped) and makes `second` that mention.
 * Returns OK or NO_MEMORY. */
ClaimantStatus date_join(Resolver *resolver, const DateMention *first, DateMention *second);

#endif
