/* unicode.h: what a word is made of, and lower case, without locale.
 *
 * The tables are those of the Unicode Character Database 14.0, as PCRE2 10.42
 * has them, so that scanner and patterns agree. */
#ifndef CLAIMANT_BASE_UNICODE_H
#define CLAIMANT_BASE_UNICODE_H

#include <stdbool.h>
#include <stdint.h>

/* Letters (L), combining marks (M) and decimal digits (Nd). */
bool unicode_is_word(uint32_t code);

/* The simple lower-case form, or the code point itself. */
uint32_t unicode_lower(uint32_t code);

/* Upper and title case letters that have a lower-case form. */
bool unicode_is_upper(uint32_t code);

#endif
