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

/* Whether it is a time of day in a letter, which has no item of its own: it goes to the day beside it. */
bool date_is_clock(const Resolver *resolver, const DateMention *mention);

/* Gives the hour and minute to the item of a day that stands next to them, as its feature time. Returns OK or
 * NO_MEMORY. */
ClaimantStatus date_give_time(Resolver *resolver, const DateMention *clock, const DateMention *day);

#endif
