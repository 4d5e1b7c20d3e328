/* utf8.h: UTF-8 as RFC 3629 defines it: no surrogates, nothing above U+10FFFF, no overlong forms. */
#ifndef CLAIMANT_BASE_UTF8_H
#define CLAIMANT_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes of the valid sequence at `text` (1 to 4), or 0 when there is none in the `bytes` left. */
size_t utf8_sequence(const char *text, size_t bytes);

/* Offset in bytes of the first byte that is not valid UTF-8, or `bytes` when all is. */
size_t utf8_valid_prefix(const char *text, size_t bytes);

/* Decodes one code point of text known to be valid; its length in bytes goes to *length. */
uint32_t utf8_decode(const char *text, size_t *length);

/* Writes one code point, 1 to 4 bytes; returns how many. */
size_t utf8_encode(uint32_t code, char out[4]);

/* Bytes of the longest prefix of valid 0-terminated text that has at most `bytes` and cuts no code point. */
size_t utf8_cut(const char *text, size_t bytes);

/* Number of code points in text known to be valid. */
size_t utf8_count(const char *text, size_t bytes);

#endif
