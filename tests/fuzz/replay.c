/* replay FILE ...: runs a target once on each file; a fault ends it. */
#include "fuzz.h"

#include <stdio.h>

int main(int argc, char **argv)
{
  for (int i = 1; i < argc; ++i) {
    Buffer bytes = {0};
    fprintf(stderr, "%s\n", argv[i]); /* the last of them is at fault, if any is */
    fuzz_load(argv[i], &bytes);
    LLVMFuzzerTestOneInput((const uint8_t *)(bytes.data ? bytes.data : ""), bytes.size);
    buffer_free(&bytes);
  }
  return 0;
}
