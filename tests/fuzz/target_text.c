/* Plain text in any encoding, and how it is divided. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  fuzz_read(data, size, CLAIMANT_TEXT);
  return 0;
}
