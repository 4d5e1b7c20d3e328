#include "letter/chars.h"

#include "base/utf8.h"

enum { O = CHAR_OTHER, S = CHAR_SPACE, L = CHAR_LOWER, U = CHAR_UPPER, D = CHAR_DIGIT };
enum { B = CHAR_OPEN, C = CHAR_CLOSE, Q = CHAR_QUOTE, H = CHAR_DASH, T = CHAR_STOP };

static const uint8_t ascii[128] = {
    S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S,
    S, T, Q, O, O, O, O, Q, B, C, O, O, O, H, T, O, D, D, D, D, D, D, D, D, D, D, O, O, O, O, O, T,
    O, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, B, O, C, O, O,
    O, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, B, O, C, O, S,
};

typedef struct {
  uint16_t first, last;
  int16_t  shift; /* to lower case; EVEN and ODD: every other code, shifted by one */
} CaseRange;

enum { EVEN = INT16_MAX, ODD = INT16_MAX - 1 };

/* Upper-case letters of Latin, Greek, Cyrillic, Armenian and Georgian (Unicode, UnicodeData.txt). */
static const CaseRange upper_ranges[] = {
    {0xC0, 0xD6, 32},       {0xD8, 0xDE, 32},       {0x100, 0x137, EVEN},   {0x139, 0x148, ODD},
    {0x14A, 0x177, EVEN},   {0x178, 0x178, -121},   {0x179, 0x17E, ODD},    {0x1CD, 0x1DC, ODD},
    {0x1DE, 0x1EF, EVEN},   {0x1F8, 0x21F, EVEN},   {0x222, 0x233, EVEN},   {0x386, 0x386, 38},
    {0x388, 0x38A, 37},     {0x38C, 0x38C, 64},     {0x38E, 0x38F, 63},     {0x391, 0x3AB, 32},
    {0x400, 0x40F, 80},     {0x410, 0x42F, 32},     {0x460, 0x481, EVEN},   {0x48A, 0x4BF, EVEN},
    {0x4C0, 0x4C0, 15},     {0x4C1, 0x4CE, ODD},    {0x4D0, 0x52F, EVEN},   {0x531, 0x556, 48},
    {0x10A0, 0x10C5, 7264}, {0x1E00, 0x1E95, EVEN}, {0x1EA0, 0x1EFF, EVEN}, {0xFF21, 0xFF3A, 32},
};

uint32_t char_lower(uint32_t code)
{
  if (code < 128) return ascii[code] == CHAR_UPPER ? code + 32 : code;
  for (size_t i = 0; i < sizeof upper_ranges / sizeof *upper_ranges; ++i) {
    const CaseRange *range = upper_ranges + i;
    if (code < range->first) return code;
    if (code > range->last) continue;
    if (range->shift == EVEN) return code | 1U;
    if (range->shift == ODD) return code + (code & 1U);
    return (uint32_t)((int32_t)code + range->shift);
  }
  return code;
}

static CharClass punctuation_class(uint32_t code)
{
  switch (code) {
  case 0x2018: case 0x201A: case 0x201C: case 0x201E: case 0x2039: case 0x3008: case 0x300A: case 0x300C:
    return CHAR_OPEN;
  case 0x2019: case 0x201B: case 0x201D: case 0x201F: case 0x203A: case 0x3009: case 0x300B: case 0x300D:
  case 0x2032: case 0x2033:
    return CHAR_CLOSE;
  case 0x2026: case 0x3002: case 0x203C: case 0x203D: case 0x2047: case 0x2048: case 0x2049:
    return CHAR_STOP;
  case 0x202F: case 0x205F: case 0x3000: case 0x2028: case 0x2029: case 0x2060:
    return CHAR_SPACE;
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
  if (code < 128) return (CharClass)ascii[code];
  if (code < 0xC0) return latin1_class(code);
  if (code == 0xD7 || code == 0xF7) return CHAR_OTHER;
  if (code == 0xFEFF || code == 0x1680) return CHAR_SPACE;
  if (code == 0xFF0E || code == 0xFF01 || code == 0xFF1F) return CHAR_STOP;
  if (is_symbol(code)) return punctuation_class(code);
  if (char_lower(code) != code) return CHAR_UPPER;
  if (code < 0x250 || (code >= 0x370 && code < 0x588) || (code >= 0x1E00 && code < 0x2000)) return CHAR_LOWER;
  return CHAR_LETTER;
}

CharClass char_class_at(const char *text, uint32_t at, uint32_t *length)
{
  unsigned char byte = (unsigned char)text[at];
  *length = 1;
  if (byte < 128) return (CharClass)ascii[byte];
  size_t    bytes;
  CharClass class = char_class(utf8_decode(text + at, &bytes));
  *length = (uint32_t)bytes;
  return class;
}

CharClass char_class_before(const char *text, uint32_t floor, uint32_t at, uint32_t *length)
{
  uint32_t start = at - 1, ignored;
  while (start > floor && ((unsigned char)text[start] & 0xC0U) == 0x80U) --start;
  *length = at - start;
  return char_class_at(text, start, &ignored);
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
