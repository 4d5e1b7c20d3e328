/* segment.h: divides a letter into blocks, lists, sections and units.
 *
 * What it needs to know of a language comes in a lexicon; how a page is laid
 * out (blank lines, bullets, wrapped lines, indents) it knows itself. */
#ifndef CLAIMANT_LETTER_SEGMENT_H
#define CLAIMANT_LETTER_SEGMENT_H

#include "letter/letter.h"
#include "letter/lexicon.h"

enum { UNIT_MAX_CODE_POINTS = 8192 };

/* Fills blocks, units, lists and sections of a letter made by letter_new.
 * Units longer than UNIT_MAX_CODE_POINTS are cut at white space, with the
 * diagnostic "unit-cut" in the letter's list. Returns OK or NO_MEMORY. */
ClaimantStatus letter_segment(Letter *letter, const Lexicon *lexicon);

#endif
