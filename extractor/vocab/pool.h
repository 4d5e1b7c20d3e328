/* pool.h: the strings section while it is being made: each string once. */
#ifndef CLAIMANT_VOCAB_POOL_H
#define CLAIMANT_VOCAB_POOL_H

#include "base/arena.h"
#include "base/buffer.h"

#include <stdint.h>

typedef struct {
  Arena    *arena;
  Buffer    bytes;
  uint32_t *slots; /* offsets; 0: free */
  size_t    slot_count, used;
} Pool;

/* The offset of a string, added when it is new; 0 for NULL and "". A failure shows in bytes.failed. */
uint32_t pool_add(Pool *pool, const char *text);

#endif
