/* metadata.h: who writes to whom: sender, addressee, signatory, from helper types that rule
 * files declare with meta="...". */
#ifndef CLAIMANT_RESOLVE_METADATA_H
#define CLAIMANT_RESOLVE_METADATA_H

#include "resolve/items.h"

/* Sets meta's parties, writer and addressee, after co-reference. The document's arena has a rescue set. */
void metadata_resolve(Document *document, const MatchResult *matches);

#endif
