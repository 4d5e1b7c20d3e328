#include "base/memory.h"

#include "claimant.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* The one thing that belongs to the process: set before the library is used, and only read from then on. */
static ClaimantAllocator hooks;

ClaimantStatus claimant_set_allocator(const ClaimantAllocator *allocator)
{
  ClaimantAllocator none = {0};
  if (allocator && (!allocator->allocate || !allocator->resize || !allocator->release)) return CLAIMANT_BAD_ARGUMENT;
  hooks = allocator ? *allocator : none;
  return CLAIMANT_OK;
}

void *memory_alloc(size_t size) { return hooks.allocate ? hooks.allocate(hooks.user, size) : malloc(size); }

void *memory_zeroed(size_t count, size_t size)
{
  if (!hooks.allocate) return calloc(count, size);
  if (size && count > SIZE_MAX / size) return NULL;
  void *memory = hooks.allocate(hooks.user, count * size);
  return memory ? memset(memory, 0, count * size) : NULL;
}

void *memory_resize(void *memory, size_t size)
{
  if (!hooks.resize) return realloc(memory, size);
  return memory ? hooks.resize(hooks.user, memory, size) : hooks.allocate(hooks.user, size);
}

void memory_free(void *memory)
{
  if (!memory) return;
  if (hooks.release) hooks.release(hooks.user, memory);
  else free(memory);
}
