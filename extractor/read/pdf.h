/* pdf.h: the text of a PDF file, by poppler's pdftotext as a process of its own. */
#ifndef CLAIMANT_READ_PDF_H
#define CLAIMANT_READ_PDF_H

#include "base/buffer.h"
#include "base/deadline.h"
#include "base/diagnostics.h"

/* Appends UTF-8, at most `most` bytes. The process gets 1 GiB of memory, 60 s of processor time, and no longer than
 * the deadline. Returns OK, NO_MEMORY, TOO_LARGE, LIMIT (it took too long), BAD_DATA or INTERNAL; all but
 * NO_MEMORY and TOO_LARGE with a diagnostic. */
ClaimantStatus pdf_to_text(const char *bytes, size_t size, size_t most, Deadline deadline, const char *name,
                           Diagnostics *diagnostics, Buffer *out);

#endif
