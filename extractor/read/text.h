/* text.h: plain text to a letter. */
#ifndef CLAIMANT_READ_TEXT_H
#define CLAIMANT_READ_TEXT_H

#include "letter/letter.h"

/* A letter of these bytes, not yet divided: the bytes themselves where they are UTF-8, so that
 * offsets fit the file; UTF-16 with a byte order mark
 * and Windows-1252 are decoded. Bytes that are plainly no text
 * are refused ("not-text"); a letter without text is a warning ("empty").
 * Returns OK, NO_MEMORY, TOO_LARGE or BAD_DATA. */
ClaimantStatus read_text(const char *bytes, size_t size, const char *name, Diagnostics *diagnostics,
                         Letter **letter);

/* Warns when the letter has nothing but white space. */
void report_empty(const Letter *letter, Diagnostics *diagnostics);

#endif
