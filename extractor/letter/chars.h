/* chars.h: what kind of character stands at a place of UTF-8 text.
 *
 * Enough of Unicode to divide a page: white space, case of the alphabetic
 * scripts, quotes, brackets, dashes. Independent of any locale. */
#ifndef CLAIMANT_LETTER_CHARS_H
#define CLAIMANT_LETTER_CHARS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum {
  CHAR_OTHER,
  CHAR_SPACE, /* every Unicode space, line end and control, and the zero-width ones */
  CHAR_LOWER,
  CHAR_UPPER,
  CHAR_LETTER, /* of a script without case; combining marks too */
  CHAR_DIGIT,
  CHAR_OPEN,  /* an opening bracket or quotation mark */
  CHAR_CLOSE, /* a closing one; U+2019, which is also an apostrophe, is one */
  CHAR_QUOTE, /* ASCII " and ': opening or closing */
  CHAR_DASH,
  CHAR_STOP /* . ! ? and their kin, the ellipsis included */
} CharClass;

CharClass char_class(uint32_t code);

extern const uint8_t char_ascii[128]; /* CharClass of ASCII */

/* Classifies the non-ASCII character at `at`. */
CharClass char_class_wide(const char *text, uint32_t at, uint32_t *length);

/* Decodes and classifies the character at `at` of valid text; its bytes go to *length. */
static inline CharClass char_class_at(const char *text, uint32_t at, uint32_t *length)
{
  unsigned char byte = (unsigned char)text[at];
  if (byte >= 128) return char_class_wide(text, at, length);
  *length = 1;
  return (CharClass)char_ascii[byte];
}

/* The same for the character that ends just before `at`, not looking before `floor`. */
static inline CharClass char_class_before(const char *text, uint32_t floor, uint32_t at, uint32_t *length)
{
  uint32_t start = at - 1;
  while (start > floor && ((unsigned char)text[start] & 0xC0U) == 0x80U) --start;
  CharClass class = char_class_at(text, start, length);
  *length = at - start;
  return class;
}

static inline bool char_is_letter(CharClass c)
{
  return c == CHAR_LOWER || c == CHAR_UPPER || c == CHAR_LETTER;
}

/* `at` moved forward, or back, over white space, within [at, end) or [floor, at). */
uint32_t skip_space(const char *text, uint32_t at, uint32_t end);
uint32_t skip_space_back(const char *text, uint32_t floor, uint32_t at);

#endif
