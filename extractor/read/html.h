/* html.h: a page of HTML to a letter.
 *
 * The letter's text is what the page shows: white space runs are one blank,
 * blocks (paragraphs, headings, list items, table rows) stand apart by an empty
 * line, <br> and the lines of <pre> by a line end. Scripts, styles and the like
 * are left out; navigation, page feet and what is hidden stay in the text and
 * are marked as furniture; what "lang" says of the page and of its blocks is kept. libxml2 reads the page, which is older than HTML5:
 * where a page is broken, the order of its text is kept, its nesting may differ
 * from a browser's. Nothing is ever fetched. */
#ifndef CLAIMANT_READ_HTML_H
#define CLAIMANT_READ_HTML_H

#include "letter/letter.h"

enum { HTML_MAX_DEPTH = 20000 }; /* elements within elements */

/* A letter of this page, not yet divided, with hints for headings, list items, notes and
 * furniture. Returns OK, NO_MEMORY, TOO_LARGE, BAD_DATA ("html-depth") or INTERNAL. */
ClaimantStatus read_html(const char *bytes, size_t size, const char *name, Diagnostics *diagnostics,
                         Letter **letter);

#endif
