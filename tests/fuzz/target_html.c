/* Pages of HTML. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  fuzz_read(data, size, CLAIMANT_HTML);
  return 0;
}
