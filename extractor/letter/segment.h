/* segment.h: divides a letter into blocks, lists, sections and units.
 *
 * What it needs to know of languages comes in lexicons; how a page is laid
 * out (blank lines, bullets, wrapped lines, indents) it knows itself. */
#ifndef CLAIMANT_LETTER_SEGMENT_H
#define CLAIMANT_LETTER_SEGMENT_H

#include "letter/letter.h"
#include "letter/lexicon.h"

enum { UNIT_MAX_CODE_POINTS = 8192 };

/* Fills languages, blocks, units, lists and sections of a letter made by letter_new. `language` is what somebody
 * says it is in; NULL: what its source says, or else what its words tell (see languages.h).
 * Units longer than UNIT_MAX_CODE_POINTS are cut at white space, with the
 * diagnostic "unit-cut" in the letter's list. Returns OK or NO_MEMORY. */
ClaimantStatus letter_segment(Letter *letter, const Lexicons *lexicons, const char *language);

#endif
