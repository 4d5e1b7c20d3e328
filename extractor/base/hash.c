#include "base/hash.h"

#include <string.h>

#include <nettle/sha2.h>

void sha256(const char *text, size_t bytes, uint8_t digest[SHA256_BYTES])
{
  struct sha256_ctx context;
  sha256_init(&context);
  sha256_update(&context, bytes, (const uint8_t *)text);
  sha256_digest(&context, SHA256_BYTES, digest);
}

void sha256_hex(const char *text, size_t bytes, char hex[SHA256_HEX + 1])
{
  static const char digits[] = "0123456789abcdef";
  uint8_t           digest[SHA256_BYTES];
  sha256(text, bytes, digest);
  for (size_t i = 0; i < SHA256_BYTES; ++i) {
    hex[2 * i] = digits[digest[i] >> 4];
    hex[2 * i + 1] = digits[digest[i] & 15U];
  }
  hex[SHA256_HEX] = '\0';
}

uint64_t hash_bytes(uint64_t hash, const char *text, size_t bytes)
{
  for (size_t i = 0; i < bytes; ++i) hash = hash_byte(hash, (unsigned char)text[i]);
  return hash;
}

enum { LANES = 8, WORD = 8 };

static uint64_t mix(uint64_t lane, uint64_t word)
{
  lane = (lane ^ word) * UINT64_C(0x9E3779B97F4A7C15);
  return lane << 29 | lane >> 35;
}

uint64_t hash_checksum(const void *data, size_t count)
{
  const unsigned char *bytes = data;
  uint64_t lanes[LANES] = {1, 2, 3, 4, 5, 6, 7, 8}, word;
  size_t   at = 0;
  for (; at + LANES * WORD <= count; at += LANES * WORD)
    for (size_t i = 0; i < LANES; ++i) {
      memcpy(&word, bytes + at + i * WORD, WORD);
      lanes[i] = mix(lanes[i], word);
    }
  for (; at < count; ++at) lanes[0] = mix(lanes[0], bytes[at]);
  uint64_t sum = count;
  for (size_t i = 0; i < LANES; ++i) sum = mix(sum, lanes[i]);
  return sum;
}
