/* Packed documents: DOCX and ODT. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  fuzz_read(data, size, CLAIMANT_WORD);
  return 0;
}
