#include "vocab/pool.h"

#include <string.h>

#include "base/hash.h"

enum { FIRST_SLOTS = 4096 };

static uint32_t *find(const Pool *pool, const char *text)
{
  size_t at = hash_bytes(HASH_START, text, strlen(text)) & (pool->slot_count - 1);
  while (pool->slots[at] && strcmp(pool->bytes.data + pool->slots[at], text) != 0)
    at = (at + 1) & (pool->slot_count - 1);
  return &pool->slots[at];
}

/* Keeps half of the slots free. */
static void grow(Pool *pool)
{
  if (pool->used * 2 < pool->slot_count) return;
  Pool larger = *pool;
  larger.slot_count = pool->slot_count ? pool->slot_count * 2 : FIRST_SLOTS;
  larger.slots = arena_alloc(pool->arena, larger.slot_count * sizeof *larger.slots);
  if (!larger.slots) {
    pool->bytes.failed = true;
    return;
  }
  for (size_t i = 0; i < pool->slot_count; ++i)
    if (pool->slots[i]) *find(&larger, pool->bytes.data + pool->slots[i]) = pool->slots[i];
  pool->slots = larger.slots;
  pool->slot_count = larger.slot_count;
}

uint32_t pool_add(Pool *pool, const char *text)
{
  if (!pool->bytes.size) buffer_append_byte(&pool->bytes, '\0');
  if (!text || !*text) return 0;
  grow(pool);
  if (pool->bytes.failed || pool->bytes.size > UINT32_MAX / 2) return pool->bytes.failed = true, 0;
  uint32_t *slot = find(pool, text);
  if (*slot) return *slot;
  *slot = (uint32_t)pool->bytes.size;
  pool->used++;
  buffer_append(&pool->bytes, text, strlen(text) + 1);
  return *slot;
}
