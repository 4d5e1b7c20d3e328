/* memory.h: where the library's own memory comes from.
 *
 * malloc and its kin, or what the program has given with claimant_set_allocator. What the C library itself hands
 * out (strdup, realpath, scandir) is not from here, and is given back with free. */
#ifndef CLAIMANT_BASE_MEMORY_H
#define CLAIMANT_BASE_MEMORY_H

#include <stddef.h>

/* All return NULL when out of memory; sizes are bytes. */
void *memory_alloc(size_t size);
void *memory_zeroed(size_t count, size_t size);
void *memory_resize(void *memory, size_t size); /* as realloc: on failure the old one stays */
void  memory_free(void *memory);

#endif
