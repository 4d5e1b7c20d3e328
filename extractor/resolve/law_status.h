/* law_status.h: what has happened to a law, from the events that rules have found.
 *
 * An event is an annotation of the type LawEvent, which rule files declare: its role `law` is a mention of
 * the law, `actor` who did it, `date` when; its feature `event` is what happened. */
#ifndef CLAIMANT_RESOLVE_LAW_STATUS_H
#define CLAIMANT_RESOLVE_LAW_STATUS_H

#include "resolve/items.h"

/* Gives laws the feature `status`: "event|date|actor" in the order of the letter, with ";" between them. The
 * date is YYYY, YYYY-MM or YYYY-MM-DD; date and actor may be empty, and are left out where nothing follows.
 * Dates are resolved, entities set and the document's arena has a rescue set. */
void law_status_resolve(Document *document, const MatchResult *matches, const ItemMap *map);

#endif
