/* parts.h: which lines are a letter's head, salutation, closing and signature.
 *
 * A page with neither salutation nor closing is no letter and keeps all its
 * lines as body. Runs after page_mark and looks only at body lines. */
#ifndef CLAIMANT_LETTER_PARTS_H
#define CLAIMANT_LETTER_PARTS_H

#include "letter/lines.h"

void parts_mark(Lines *lines);

/* A line that gives a date, with a place before it at most. */
bool is_date_line(const Lines *lines, size_t at);

/* Running text: a sentence, or a part of one too long for a name or an address. */
bool is_prose(const Lines *lines, size_t at);

#endif
