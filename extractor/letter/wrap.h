/* wrap.h: lines seen together: which are only wrapped, and which begin list items.
 *
 * A page is wrapped when sentences run on from line to line; its width is then
 * known from those lines, and a line that had room for the next line's first
 * word was ended on purpose. */
#ifndef CLAIMANT_LETTER_WRAP_H
#define CLAIMANT_LETTER_WRAP_H

#include "letter/lines.h"

/* Finds the wrap width and accepts or drops the marks of body lines; call once, before the below. */
void lines_settle(Lines *lines);

/* Whether line `at + 1` goes on where line `at` was only wrapped. */
bool lines_joined(const Lines *lines, size_t at);

/* The first word of the next line would not have fitted on this one. */
bool line_is_full(const Lines *lines, const Line *line);

#endif
