/* periods.h: what stands between two dates, or before or after one.
 *
 * A rule finds "from March to May", "since 2015", "by 1 June" around items of
 * type Date and says in the feature kind how it is bounded; here the values of
 * the dates become the value and the half-open interval of the whole. */
#ifndef CLAIMANT_RESOLVE_PERIODS_H
#define CLAIMANT_RESOLVE_PERIODS_H

#include "resolve/document.h"

/* To be called once the dates have their values. Marks with no type, and tells in *dropped, periods whose
 * dates are gone or give no value. Returns OK or NO_MEMORY. */
ClaimantStatus periods_resolve(Document *document, bool *dropped);

#endif
