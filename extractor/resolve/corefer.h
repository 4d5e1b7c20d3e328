/* corefer.h: which mentions name the same person, body or law.
 *
 * Orthographic: equal words, a surname for the one full name that ends in it, an acronym
 * for the name it abbreviates, the end of a longer name. Where two could be meant
 * neither is: a wrong merge is worse than a missed one. */
#ifndef CLAIMANT_RESOLVE_COREFER_H
#define CLAIMANT_RESOLVE_COREFER_H

#include "resolve/items.h"

/* Gives every item whose type says node="entity" its entity. The document's arena has a rescue set. */
void corefer(Document *document, const MatchResult *matches, const ItemMap *map);

/* A new entity of the document, labelled with a copy of `label` (white space collapsed; may be NULL). */
Entity *entity_new(Document *document, const Type *type, const char *label);

#endif
