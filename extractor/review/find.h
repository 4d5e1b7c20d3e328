/* find.h: the item that a decision is about, in the letter as it is now. */
#ifndef CLAIMANT_REVIEW_FIND_H
#define CLAIMANT_REVIEW_FIND_H

#include "resolve/document.h"
#include "review/decision.h"

/* A letter that decisions may be about: its name and the SHA-256 of its bytes. */
typedef struct {
  const char *name, *sha256;
} LetterKey;

typedef enum { OF_OTHER, OF_EDITED, OF_SAME } LetterMatch;

/* The very letter, one of the same file name whose bytes differ, or another. */
LetterMatch decision_letter(const Decision *decision, const LetterKey *letter);

/* By identifier, type and exact text; in an edited letter where the same words stand more than once, the
 * sentence must be the same too. NULL: it is not there, and *why says why. */
Item *find_item(const Document *document, const Decision *decision, LetterMatch match, const char **why);

/* Where a missed item's words stand: in the same letter at their place, in an edited one where its paragraph
 * and the words in it stand once. False: nowhere, and *why says why. */
bool find_missed(const Document *document, const Decision *decision, LetterMatch match, Span *span, const char **why);

/* The link that a decision on one (its type is "Link") is about: a candidate of *entity, by identifier. NULL: none
 * has it, or no memory. */
Link *find_link(const Document *document, const Decision *decision, const Entity **entity);

/* Why a decision finds nothing: an item, missed words or a link. NULL: it does. */
const char *decision_lost(const Document *document, const Decision *decision, LetterMatch match);

/* Code points to bytes. False: the letter has no such place. */
bool find_place(const Letter *letter, uint32_t start, uint32_t end, Span *span);

/* Words between two bytes that stand exactly once. */
bool find_once(const Letter *letter, Span inside, const char *words, Span *span);

#endif
