/* provisions.h: the single provisions that "articles 3 to 5 and 7(1)" stands for. */
#ifndef CLAIMANT_RESOLVE_PROVISIONS_H
#define CLAIMANT_RESOLVE_PROVISIONS_H

#include "resolve/document.h"

/* A range of more provisions than this stays a range ("1-999"), and of a list no more than this many
 * targets are told; a diagnostic says so. */
enum { MAX_PROVISION_RANGE = 100, MAX_PROVISION_TARGETS = 1000 };

/* Gives each law whose `article` holds several numbers the feature `targets`: them all, ranges counted out,
 * spaces between. Which words join the ends of a range is in the rules' table article-range; a hyphen does
 * where the feature `plural` is set. The document's arena has a rescue set. */
void provisions_expand(Document *document);

/* Warns of articles that the law does not have, where its concept says how many it has (clm:articleCount).
 * Entities are linked and targets known. */
void provisions_count(Document *document);

#endif
