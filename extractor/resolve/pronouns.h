/* pronouns.h: whom "she" and "it" stand for, where only one can be meant. */
#ifndef CLAIMANT_RESOLVE_PRONOUNS_H
#define CLAIMANT_RESOLVE_PRONOUNS_H

#include "match/annotation.h"
#include "resolve/document.h"

/* What is resolved this way is no surer than this. */
#define PRONOUN_CONFIDENCE 0.6

/* The entity an annotation stands for whose feature "refers" names a type, once mentions have theirs; NULL where none
 * is near, or several are. */
const Entity *pronoun_antecedent(const Document *document, const Annotation *pronoun);

#endif
