#include "base/utf8.h"

#include <string.h>

static bool is_continuation(char byte) { return ((unsigned char)byte & 0xC0U) == 0x80U; }

size_t utf8_sequence(const char *text, size_t bytes)
{
  if (!bytes) return 0;
  const unsigned char *s = (const unsigned char *)text;
  if (s[0] < 0x80U) return 1;
  size_t length = s[0] >= 0xF0U ? 4 : s[0] >= 0xE0U ? 3 : 2;
  if (s[0] < 0xC2U || s[0] > 0xF4U || length > bytes) return 0;
  for (size_t i = 1; i < length; ++i)
    if (!is_continuation(text[i])) return 0;
  if (s[0] == 0xE0U && s[1] < 0xA0U) return 0; /* overlong */
  if (s[0] == 0xEDU && s[1] > 0x9FU) return 0; /* surrogate */
  if (s[0] == 0xF0U && s[1] < 0x90U) return 0; /* overlong */
  if (s[0] == 0xF4U && s[1] > 0x8FU) return 0; /* above U+10FFFF */
  return length;
}

size_t utf8_valid_prefix(const char *text, size_t bytes)
{
  size_t at = 0;
  while (at < bytes) {
    size_t length = utf8_sequence(text + at, bytes - at);
    if (!length) break;
    at += length;
  }
  return at;
}

uint32_t utf8_decode(const char *text, size_t *length)
{
  const unsigned char *s = (const unsigned char *)text;
  if (s[0] < 0x80U) return *length = 1, s[0];
  if (s[0] < 0xE0U) return *length = 2, (s[0] & 0x1FU) << 6 | (s[1] & 0x3FU);
  if (s[0] < 0xF0U) return *length = 3, (s[0] & 0x0FU) << 12 | (s[1] & 0x3FU) << 6 | (s[2] & 0x3FU);
  *length = 4;
  return (s[0] & 0x07U) << 18 | (s[1] & 0x3FU) << 12 | (s[2] & 0x3FU) << 6 | (s[3] & 0x3FU);
}

size_t utf8_encode(uint32_t code, char out[4])
{
  if (code < 0x80U) return out[0] = (char)code, 1;
  if (code < 0x800U) {
    out[0] = (char)(0xC0U | code >> 6);
    out[1] = (char)(0x80U | (code & 0x3FU));
    return 2;
  }
  if (code < 0x10000U) {
    out[0] = (char)(0xE0U | code >> 12);
    out[1] = (char)(0x80U | (code >> 6 & 0x3FU));
    out[2] = (char)(0x80U | (code & 0x3FU));
    return 3;
  }
  out[0] = (char)(0xF0U | code >> 18);
  out[1] = (char)(0x80U | (code >> 12 & 0x3FU));
  out[2] = (char)(0x80U | (code >> 6 & 0x3FU));
  out[3] = (char)(0x80U | (code & 0x3FU));
  return 4;
}

size_t utf8_count(const char *text, size_t bytes)
{
  const uint64_t low = UINT64_C(0x0101010101010101);
  size_t         count = bytes, at = 0;
  for (uint64_t word; bytes - at >= sizeof word; at += sizeof word) {
    memcpy(&word, text + at, sizeof word);
    uint64_t continuations = (word >> 7) & ~(word >> 6) & low;
    count -= (size_t)((continuations * low) >> 56);
  }
  for (; at < bytes; ++at) count -= is_continuation(text[at]);
  return count;
}

size_t utf8_cut(const char *text, size_t bytes)
{
  size_t length = strnlen(text, bytes + 1);
  if (length <= bytes) return length;
  while (bytes && ((unsigned char)text[bytes] & 0xC0U) == 0x80U) --bytes;
  return bytes;
}
