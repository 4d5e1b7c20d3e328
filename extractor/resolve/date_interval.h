/* date_interval.h: the stretch of the calendar that a date covers, half open.
 *
 * "2017-05-01/2017-06-01" is all of May: from the first day on, up to and
 * without the second. A time of day gives the minute it names. An end that is
 * open is "..". What a modifier such as "early" leaves open stays open: the
 * stretch is the whole of which it is a part. */
#ifndef CLAIMANT_RESOLVE_DATE_INTERVAL_H
#define CLAIMANT_RESOLVE_DATE_INTERVAL_H

#include "resolve/date_values.h"

enum { INTERVAL_SIZE = 64 };

/* False, and nothing written, where no stretch is known, or one outside the years 1 to 9999. */
bool date_interval(const DateParts *parts, const Resolved *result, char text[INTERVAL_SIZE]);

/* "the last two years", "the next three weeks": from or up to the letter's day. Sets the interval and the
 * basis of `result`, where the letter's day is known and the length is a whole number of units. */
void date_length_from_letter(const Resolver *resolver, const DateParts *parts, Resolved *result);

#endif
