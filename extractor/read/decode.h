/* decode.h: a file's bytes to UTF-8, whatever it is written in. */
#ifndef CLAIMANT_READ_DECODE_H
#define CLAIMANT_READ_DECODE_H

#include "base/buffer.h"
#include "base/diagnostics.h"

#include <stdbool.h>

/* Whether the bytes begin with a byte order mark of UTF-16. */
bool is_utf16(const char *bytes, size_t size);

/* Whether bytes that say nothing of their encoding are Windows-1252, or Latin-1, which is part of it: there are bytes
 * that are no UTF-8, all of them are characters that letters have, and next to nothing is UTF-8 of more than one
 * byte. */
bool is_windows_1252(const char *bytes, size_t size);

/* Appends Windows-1252 as UTF-8, with a diagnostic that says so. Returns OK or NO_MEMORY. */
ClaimantStatus decode_windows_1252(const char *bytes, size_t size, const char *name, Diagnostics *diagnostics,
                                   Buffer *out);

/* Appends UTF-16 with its byte order mark, or HTML in the encoding its byte order mark or
 * its <meta charset> names, as clean UTF-8. Without either, and where the name is not known
 * or the text is plainly UTF-8 all the same, it is taken for UTF-8. What cannot be read
 * becomes U+FFFD, with one diagnostic. Returns OK or NO_MEMORY. */
ClaimantStatus decode_utf16(const char *bytes, size_t size, const char *name, Diagnostics *diagnostics,
                            Buffer *out);
ClaimantStatus decode_html(const char *bytes, size_t size, const char *name, Diagnostics *diagnostics,
                           Buffer *out);

#endif
