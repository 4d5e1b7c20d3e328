/* open_quotes.h: quotations that are opened and never closed. */
#ifndef CLAIMANT_LETTER_OPEN_QUOTES_H
#define CLAIMANT_LETTER_OPEN_QUOTES_H

#include "letter/letter.h"

/* One diagnostic for all paragraphs whose last opening mark has no closing one, unless the next paragraph opens
 * with the mark again, as those of one quotation do. Marks that look alike at both ends are not counted. */
void open_quotes_report(const Letter *letter);

#endif
