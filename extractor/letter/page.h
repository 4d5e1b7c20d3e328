/* page.h: what stands on a page without being the letter.
 *
 * Front matter, running heads and feet, page numbers, navigation and share
 * lines, footnotes. Marks lines with ROLE_FRONT_MATTER, ROLE_FURNITURE and
 * ROLE_NOTE, and leaves all others alone. */
#ifndef CLAIMANT_LETTER_PAGE_H
#define CLAIMANT_LETTER_PAGE_H

#include "letter/lines.h"

/* Front matter alone: looks at single lines, so it comes before lines_settle. */
void page_mark_front_matter(Lines *lines);

/* All else. Returns OK or NO_MEMORY. */
ClaimantStatus page_mark(Lines *lines);

#endif
