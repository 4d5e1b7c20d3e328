/* hash.h: SHA-256 for identifiers and a fast hash for tables. */
#ifndef CLAIMANT_BASE_HASH_H
#define CLAIMANT_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

enum { SHA256_BYTES = 32, SHA256_HEX = 64 };

void sha256(const char *text, size_t bytes, uint8_t digest[SHA256_BYTES]);

/* 64 lower-case hex digits and a final 0. */
void sha256_hex(const char *text, size_t bytes, char hex[SHA256_HEX + 1]);

/* FNV-1a, 64 bits (Fowler, Noll and Vo). Start with HASH_START; feed pieces in order. */
#define HASH_START UINT64_C(14695981039346656037)
static inline uint64_t hash_byte(uint64_t hash, unsigned char byte)
{
  return (hash ^ byte) * UINT64_C(1099511628211);
}
uint64_t hash_bytes(uint64_t hash, const char *text, size_t bytes);

/* Of a whole file, several times as fast: eight bytes a step in eight lanes; a change of any one bit changes
 * it. Tells damage, not forgery. */
uint64_t hash_checksum(const void *data, size_t bytes);

#endif
