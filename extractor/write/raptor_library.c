#include "write/raptor_library.h"

#include <dlfcn.h>
#include <string.h>

/* A pointer to a function out of one to data, which C does not convert. */
static bool find(void *library, const char *name, void *function)
{
  void *symbol = dlsym(library, name);
  memcpy(function, &symbol, sizeof symbol);
  return symbol != NULL;
}

bool raptor_library_load(RaptorLibrary *library)
{
  void *handle = dlopen("libraptor2.so.0", RTLD_LAZY | RTLD_LOCAL | RTLD_NODELETE);
  if (!handle) return false;
  bool all = true;
#define RAPTOR_FIND(name) all = find(handle, "raptor_" #name, &library->name) && all;
  RAPTOR_FUNCTIONS(RAPTOR_FIND)
#undef RAPTOR_FIND
  dlclose(handle);
  return all;
}
