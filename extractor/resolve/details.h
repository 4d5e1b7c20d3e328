/* details.h: roles and features that a type takes from what other rules found (`from` in its declaration).
 *
 * A role that no rule has filled is filled by the items of its type inside the item: by all of them where it may
 * have several fillers, else by the first. Where there are none it is filled by those beside the item in its
 * unit, if the item is the only one of its type there. The values of a feature are the concepts, below its
 * scheme, of the hits of its list in the item's unit and in the heading of its section. */
#ifndef CLAIMANT_RESOLVE_DETAILS_H
#define CLAIMANT_RESOLVE_DETAILS_H

#include "match/matcher.h"
#include "resolve/document.h"

/* After roles are filled. Uses the document's arena, which must be able to jump when it runs out. */
void details_add(Document *document, const MatchResult *matches);

#endif
