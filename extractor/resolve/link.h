/* link.h: which concepts of gazetteers the entities of a letter are.
 *
 * An entity goes by the names of its mentions. A name that one concept of a gazetteer has, and none other there
 * of a type that fits, says which concept it is, if it is all of the entity's longest name, or all but the country that
 * stands before it. A name that several have, or that the gazetteer itself calls
 * ambiguous, says it only together with another name of the entity; else its concepts are candidates, each with
 * a share of the whole by how it has the name (preferred label, other label, acronym) and by the company it keeps:
 * the other names in the letter of the same concept or of its country. Each gazetteer answers for itself. */
#ifndef CLAIMANT_RESOLVE_LINK_H
#define CLAIMANT_RESOLVE_LINK_H

#include "match/matcher.h"
#include "resolve/document.h"

/* Links all entities, and makes one of those of one type that are exactly the same concept. The document's arena
 * has a rescue set. */
void link_entities(Document *document, const MatchResult *matches);

/* Links an entity that has no mention, by its label. Returns OK or NO_MEMORY. */
ClaimantStatus link_by_label(const Document *document, Arena *arena, Entity *entity);

#endif
