/* apply.h: what reviewers decided, done to what was found. */
#ifndef CLAIMANT_REVIEW_APPLY_H
#define CLAIMANT_REVIEW_APPLY_H

#include "resolve/document.h"
#include "review/find.h"

typedef enum { KEEP_ALL, KEEP_ACCEPTED, DROP_REJECTED } ReviewKeep;

/* Items: accepted where more reviewers accept (or correct) than reject, rejected where more reject. Those that
 * are accepted take the correction that was read last; those not wanted are taken out. The decisions that found
 * their item stay with the document as its provenance. Entities are left as they are.
 * Returns OK or NO_MEMORY. */
ClaimantStatus review_apply(const DecisionSet *set, const LetterKey *letter, ReviewKeep keep, Document *document);

/* How many accept or correct, less how many reject; *decided says whether anybody did. */
int review_balance(const DecisionSet *set, const LetterKey *letter, const Document *document, const Item *item,
                   bool *decided);

#endif
