/* languages.h: which language each stretch of a letter is in.
 *
 * Told by common words, of which each lexicon may have a list: the language of the most is the letter's, and a
 * stretch goes by another where it has clearly more of that one's. What somebody says of the letter, or of a
 * stretch, is taken as it is. */
#ifndef CLAIMANT_LETTER_LANGUAGES_H
#define CLAIMANT_LETTER_LANGUAGES_H

#include "letter/letter.h"
#include "letter/lexicon.h"

/* Fills languages and stretches of a letter. `said` is the language of all of it, or NULL: what its source says
 * of it, or its words. Returns OK or NO_MEMORY. */
ClaimantStatus letter_find_languages(Letter *letter, const Lexicons *lexicons, const char *said);

/* Index into the letter's languages of the one at a byte. */
uint16_t letter_language_at(const Letter *letter, uint32_t byte);

#endif
