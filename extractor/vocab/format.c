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
