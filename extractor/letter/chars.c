#include "letter/chars.h"

#include "base/unicode.h"
#include "base/utf8.h"

enum { O = CHAR_OTHER, S = CHAR_SPACE, L = CHAR_LOWER, U = CHAR_UPPER, D = CHAR_DIGIT };
enum { B = CHAR_OPEN, C = CHAR_CLOSE, Q = CHAR_QUOTE, H = CHAR_DASH, T = CHAR_STOP };

const uint8_t char_ascii[128] = {
    S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S,
    S, T, Q, O, O, O, O, Q, B, C, O, O, O, H, T, O, D, D, D, D, D, D, D, D, D, D, O, O, O, O, O, T,
    O, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, B, O, C, O, O,
    O, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, B, O, C, O, S,
};

static CharClass punctuation_class(uint32_t code)
{
  switch (code) {
  case 0x2018:
  case 0x201A:
  case 0x201C:
  case 0x201E:
  case 0x2039:
  case 0x3008:
  case 0x300A:
  case 0x300C: return CHAR_OPEN;
  case 0x2019:
  case 0x201B:
  case 0x201D:
  case 0x201F:
  case 0x203A:
  case 0x3009:
  case 0x300B:
  case 0x300D:
  case 0x2032:
  case 0x2033: return CHAR_CLOSE;
  case 0x2026:
  case 0x3002:
  case 0x203C:
  case 0x203D:
  case 0x2047:
  case 0x2048:
  case 0x2049: return CHAR_STOP;
  case 0x202F:
  case 0x205F:
  case 0x3000:
  case 0x2028:
  case 0x2029:
  case 0x2060: return CHAR_SPACE;
  default:
    if (code >= 0x2010 && code <= 0x2015) return CHAR_DASH;
    return code >= 0x2000 && code <= 0x200F ? CHAR_SPACE : CHAR_OTHER;
  }
}

static CharClass latin1_class(uint32_t code)
{
  if (code <= 0xA0) return CHAR_SPACE;
  if (code == 0xAB) return CHAR_OPEN;
  if (code == 0xBB) return CHAR_CLOSE;
  if (code == 0xAA || code == 0xB5 || code == 0xBA) return CHAR_LOWER;
  return CHAR_OTHER;
}

static bool is_symbol(uint32_t code)
{
  return (code >= 0x2000 && code <= 0x2BFF) || (code >= 0x3000 && code <= 0x303F) ||
         (code >= 0xD800 && code <= 0xF8FF) || (code >= 0xFE10 && code <= 0xFF20) || code == 0xFFFD ||
         (code >= 0x1F000 && code <= 0x1FAFF) || code >= 0xF0000;
}

CharClass char_class(uint32_t code)
{
  if (code < 128) return (CharClass)char_ascii[code];
  if (code < 0xC0) return latin1_class(code);
  if (code == 0xD7 || code == 0xF7) return CHAR_OTHER;
  if (code == 0xFEFF || code == 0x1680) return CHAR_SPACE;
  if (code == 0xFF0E || code == 0xFF01 || code == 0xFF1F) return CHAR_STOP;
  if (is_symbol(code)) return punctuation_class(code);
  if (unicode_is_upper(code)) return CHAR_UPPER;
  if (code < 0x250 || (code >= 0x370 && code < 0x588) || (code >= 0x1E00 && code < 0x2000)) return CHAR_LOWER;
  return CHAR_LETTER;
}

CharClass char_class_wide(const char *text, uint32_t at, uint32_t *length)
{
  size_t bytes;
  CharClass class = char_class(utf8_decode(text + at, &bytes));
  *length = (uint32_t)bytes;
  return class;
}

uint32_t skip_space(const char *text, uint32_t at, uint32_t end)
{
  uint32_t length;
  while (at < end && char_class_at(text, at, &length) == CHAR_SPACE) at += length;
  return at;
}

uint32_t skip_space_back(const char *text, uint32_t floor, uint32_t at)
{
  uint32_t length;
  while (at > floor && char_class_before(text, floor, at, &length) == CHAR_SPACE) at -= length;
  return at;
}
