/* clean.h: bytes that claim to be UTF-8 made into text that is.
 *
 * What is not valid UTF-8, and U+0000, becomes U+FFFD, one for each bad byte. */
#ifndef CLAIMANT_BASE_CLEAN_H
#define CLAIMANT_BASE_CLEAN_H

#include "base/diagnostics.h"

#include <stddef.h>

/* Bytes from the start that can be kept as they are. */
size_t clean_prefix(const char *bytes, size_t size);

/* Size in bytes of the clean text; *bad is the number of bytes to be replaced. */
size_t clean_size(const char *bytes, size_t size, size_t *bad);

/* Writes the clean text: `out` has room for clean_size bytes. */
void clean_copy(const char *bytes, size_t size, char *out);

/* Adds one diagnostic ("invalid-utf8") that names the place of the first bad byte, when `bad` is not 0. */
void clean_report(const char *bytes, size_t size, size_t bad, const char *name, Diagnostics *diagnostics);

#endif
