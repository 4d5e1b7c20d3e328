/* identify.h: fragments made from content, so that an edit elsewhere leaves them as they are.
 *
 * kind, "-", first 16 hex digits of the SHA-256 of "kind LF text LF ordinal". The ordinal
 * counts equals from 1 in letter order. */
#ifndef CLAIMANT_RESOLVE_IDENTIFY_H
#define CLAIMANT_RESOLVE_IDENTIFY_H

#include "resolve/document.h"

/* Sets the ids of all entities and items. The document's arena has a rescue set. */
void identify(Document *document);

#endif
