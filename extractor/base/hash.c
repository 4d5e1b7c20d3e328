#include "base/hash.h"

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
