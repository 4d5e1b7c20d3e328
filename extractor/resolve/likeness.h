/* likeness.h: what a law may be whose name no gazetteer has: those that share the words which tell them apart.
 *
 * "United Nations Convention on Civil and Political Rights" is the name of nothing, but is like that of one
 * covenant and of no other. Such a match is a candidate with its score, and never more. */
#ifndef CLAIMANT_RESOLVE_LIKENESS_H
#define CLAIMANT_RESOLVE_LIKENESS_H

#include "resolve/document.h"

/* For each law without any link: the concept of a gazetteer of laws whose preferred label is most like its name,
 * if it is like enough and clearly more so than the next. The score is the weight of the words they share over
 * that of all their words, a word weighing more the fewer labels have it. Names of fewer than four words are like
 * too much. Entities are linked, and the document's arena has a rescue set. */
void likeness_link(Document *document);

/* Frees what likeness_link has made of a gazetteer. */
void likeness_forget(const struct NameSource *source);

#endif
