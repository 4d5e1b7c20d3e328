/* dates.h: date expressions to calendar values.
 *
 * Rules find the words and say what they are made of (date_parts.h); here that
 * becomes a TIMEX3 value and its EDTF form, worked out against the letter's own
 * date, the dates mentioned before and the kind of text. */
#ifndef CLAIMANT_RESOLVE_DATES_H
#define CLAIMANT_RESOLVE_DATES_H

#include "resolve/document.h"

/* Finds the letter's date (document->meta.date) and sets the features value and
 * edtf of every item of type Date. Items must be in text order; impossible
 * dates are taken out with a diagnostic, and in letters two years joined by a
 * dash become one interval. `given_date` is ISO or NULL; `genre` "letter",
 * "news", "narrative" or NULL for a letter. New strings are in the document's
 * arena. Returns OK or NO_MEMORY. */
ClaimantStatus dates_resolve(Document *document, const char *given_date, const char *genre);

#endif
