#include "base/library.h"

#include <dlfcn.h>
#include <string.h>

bool library_load(const char *file, const LibraryFunction *functions, size_t count, void *table)
{
  void *handle = dlopen(file, RTLD_LAZY | RTLD_LOCAL | RTLD_NODELETE);
  if (!handle) return false;
  bool all = true;
  for (size_t i = 0; i < count; ++i) {
    void *symbol = dlsym(handle, functions[i].name);
    memcpy((char *)table + functions[i].offset, &symbol, sizeof symbol); /* C converts no data to functions */
    if (!symbol) all = false;
  }
  dlclose(handle);
  return all;
}
