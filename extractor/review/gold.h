/* gold.h: decisions as a measure: a letter's items as reviewers left them. */
#ifndef CLAIMANT_REVIEW_GOLD_H
#define CLAIMANT_REVIEW_GOLD_H

#include "review/apply.h"
#include "write/writer.h"

/* Appends one line: the record of write_jsonl with the items that were accepted, as corrected, and those that
 * were missed; "ignore" lists what nobody decided on, or not alike, so that it counts neither way. Changes the
 * document. Returns OK, NO_MEMORY or what write_jsonl does. */
ClaimantStatus gold_write(const DecisionSet *set, const LetterKey *letter, Document *document, const WriteOptions *options,
                          Buffer *out);

#endif
