#include "write/raptor_library.h"

#include "base/library.h"

bool raptor_library_load(RaptorLibrary *library)
{
#define RAPTOR_ENTRY(name) {"raptor_" #name, offsetof(RaptorLibrary, name)},
  static const LibraryFunction functions[] = {RAPTOR_FUNCTIONS(RAPTOR_ENTRY)};
#undef RAPTOR_ENTRY
  return library_load("libraptor2.so.0", functions, sizeof functions / sizeof *functions, library);
}
