/* Compiled rules that are damaged though their checksum says otherwise: bytes of the texts and fields of a good
 * image are changed. Reading must not go astray; PCRE2's own code is believed, as the program that made it is. */
#include "fuzz.h"
#include "base/hash.h"
#include "rules/image.h"
#include "rules/load.h"

#include <string.h>

/* As in extractor/rules/image.c. */
enum { TEXT_BYTES_AT = 160, FIELD_BYTES_AT = 168, CODE_BYTES_AT = 176, CHECKSUM_AT = 184, HEADER_BYTES = 192 };

static uint64_t number_at(const Buffer *file, size_t at)
{
  uint64_t number;
  memcpy(&number, file->data + at, sizeof number);
  return number;
}

static void good_file(Buffer *out)
{
  static Buffer good;
  if (!good.size) {
    const char *path = fuzz_file("rules.bin", "", 0);
    CHECK(image_save(fuzz_small_rules(), path) == CLAIMANT_OK);
    fuzz_load(path, &good);
    CHECK(HEADER_BYTES + number_at(&good, TEXT_BYTES_AT) + number_at(&good, FIELD_BYTES_AT) + number_at(&good, CODE_BYTES_AT) ==
          good.size);
    CHECK(number_at(&good, CHECKSUM_AT) == hash_checksum(good.data + HEADER_BYTES, good.size - HEADER_BYTES));
  }
  buffer_append(out, good.data, good.size);
}

static void edit(Buffer *file, const uint8_t *data, size_t size)
{
  Buffer part = {.data = file->data + HEADER_BYTES};
  part.size = number_at(file, TEXT_BYTES_AT) + number_at(file, FIELD_BYTES_AT);
  fuzz_edit(&part, data, size);
  uint64_t sum = hash_checksum(file->data + HEADER_BYTES, file->size - HEADER_BYTES);
  memcpy(file->data + CHECKSUM_AT, &sum, sizeof sum);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  Buffer   file = {0};
  RuleSet *rules = NULL;
  good_file(&file);
  edit(&file, data, size);
  CHECK(image_open(fuzz_file("rules.bin", file.data, file.size), fuzz_small_path, &rules) == CLAIMANT_OK);
  if (!size) CHECK(rules != NULL);
  if (rules) ruleset_free(rules);
  buffer_free(&file);
  return 0;
}
