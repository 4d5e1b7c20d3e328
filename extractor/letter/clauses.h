/* clauses.h: a list written inside a sentence: "We ask for: an inquiry; its report; and a date.",
 * "There are two ways: (1) to wait, and (2) to act." */
#ifndef CLAIMANT_LETTER_CLAUSES_H
#define CLAIMANT_LETTER_CLAUSES_H

#include "base/span.h"
#include "letter/lexicon.h"

#include <stdbool.h>

typedef struct {
  const char *text;
  uint32_t    at, end;  /* what is still to be taken */
  bool        numbered; /* items begin with numbers instead of ending in semicolons */
} Clauses;

/* Whether a sentence is a lead-in that ends in a colon, and items that end in
 * semicolons or begin with numbers or letters in order. If so *leadin and *items are set: take the items with
 * clause_next. */
bool clauses_find(const char *text, Span sentence, const LexiconIndex *lexicon, Span *leadin, Clauses *items);

/* The next item with its semicolon and the conjunction behind it, its number left outside. */
bool clause_next(Clauses *items, const LexiconIndex *lexicon, Span *item);

#endif
