/* jurisdiction.h: whose law a law is.
 *
 * A country that its name holds, by name or adjective ("Kenyan Penal Code", "Constitution of Kenya"); one that the
 * letter says it belongs to ("Kenya's Penal Code": an annotation of the type LawPlace, with the roles law and state);
 * else, for kinds of law that only states have, the country of the letter's addressee. The rule files' tables say
 * which gazetteers hold countries (jurisdiction-basis) and which kinds of law inherit (jurisdiction-kind). */
#ifndef CLAIMANT_RESOLVE_JURISDICTION_H
#define CLAIMANT_RESOLVE_JURISDICTION_H

#include "resolve/items.h"

/* Gives laws whose country is said the features `jurisdiction`, an ISO 3166-1 code or else the country's name, and
 * `jurisdictionBasis`, so that co-reference can keep the laws of two countries apart. What rules have set stays.
 * The document's arena has a rescue set. */
void jurisdiction_find(Document *document, const MatchResult *matches, const ItemMap *map);

/* What one mention says holds for all of the law; the rest inherit. Metadata are known and entities final. */
void jurisdiction_share(Document *document, const MatchResult *matches);

#endif
