#include "vocab/format.h"

#include "base/hash.h"

#include <string.h>

const size_t vocab_record_bytes[SECTION_COUNT] = {
    [SECTION_LISTS] = sizeof(FileList),    [SECTION_SCANNED] = sizeof(FileSlot),
    [SECTION_PRINTS] = sizeof(FilePrint),  [SECTION_LOWER] = sizeof(FileBits),
    [SECTION_ENTRIES] = sizeof(FileEntry), [SECTION_REFS] = sizeof(FileRef),
    [SECTION_VALUES] = sizeof(FileValue),  [SECTION_CONCEPTS] = sizeof(FileConcept),
    [SECTION_STRINGS] = 1,
};

enum { LANES = 8, WORD = 8 };

static uint64_t mix(uint64_t lane, uint64_t word)
{
  lane = (lane ^ word) * UINT64_C(0x9E3779B97F4A7C15);
  return lane << 29 | lane >> 35;
}

uint64_t vocab_checksum(const unsigned char *bytes, size_t count)
{
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

uint64_t vocab_print(int list, const char *text, size_t bytes)
{
  uint64_t hash = hash_byte(hash_byte(HASH_START, (unsigned char)list), (unsigned char)(list >> 8));
  hash = hash_bytes(hash, text, bytes) * UINT64_C(0x9E3779B97F4A7C15);
  return hash ^ hash >> 32;
}

uint32_t vocab_print_tag(uint64_t print)
{
  uint32_t tag = (uint32_t)(print >> 32);
  return tag ? tag : 1;
}
