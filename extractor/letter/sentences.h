/* sentences.h: where sentences end.
 *
 * A full stop ends a sentence unless the word before it is an abbreviation,
 * an initial or a number in front of text, or what follows goes on in lower
 * case. Quotation marks, brackets and note numbers behind the stop stay with
 * the sentence. The words come from the lexicon. */
#ifndef CLAIMANT_LETTER_SENTENCES_H
#define CLAIMANT_LETTER_SENTENCES_H

#include "base/span.h"
#include "letter/lexicon.h"

#include <stdbool.h>

typedef struct {
  const char         *text;
  const LexiconIndex *lexicon;
  uint32_t            at, end; /* what is still to be divided */
} Sentences;

/* Takes the next sentence, without white space at its ends; false at the end. */
bool sentence_next(Sentences *sentences, Span *sentence);

/* The lexicon kinds (bits) of the word that the full stop at `stop` ends, with `floor` the first
 * byte that may belong to it. */
uint32_t stop_word_kinds(const LexiconIndex *lexicon, const char *text, uint32_t floor, uint32_t stop);

#endif
