/* resolve.h: from annotations to a document: items, entities, metadata, identifiers. */
#ifndef CLAIMANT_RESOLVE_RESOLVE_H
#define CLAIMANT_RESOLVE_RESOLVE_H

#include "match/matcher.h"
#include "resolve/document.h"

/* Fills items, entities, writer, addressee and meta of a document whose letter, rules and
 * arena are set. `date` and `genre` may be NULL. Returns OK or NO_MEMORY. */
ClaimantStatus resolve_document(Document *document, const MatchResult *matches, const char *date, const char *genre);

#endif
