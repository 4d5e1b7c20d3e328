#include "rules/intern.h"

#include "base/hash.h"

#include <string.h>

typedef struct {
  const char *text;
  size_t      bytes;
  uint64_t    hash;
} Name;

struct Interner {
  Arena *arena;
  Name  *slots; /* open addressing; size is a power of two, never more than half full */
  size_t size, count;
};

Interner *interner_new(Arena *arena)
{
  Interner *names = arena_alloc(arena, sizeof *names);
  if (!names) return NULL;
  names->arena = arena;
  names->size = 256;
  names->slots = arena_alloc(arena, names->size * sizeof *names->slots);
  return names->slots ? names : NULL;
}

static Name *slot_for(Name *slots, size_t size, uint64_t hash, const char *text, size_t bytes)
{
  size_t at = (size_t)hash & (size - 1);
  while (slots[at].text && (slots[at].hash != hash || slots[at].bytes != bytes ||
                            memcmp(slots[at].text, text, bytes) != 0))
    at = (at + 1) & (size - 1);
  return &slots[at];
}

static int grow(Interner *names)
{
  size_t size = names->size * 2;
  Name  *slots = arena_alloc(names->arena, size * sizeof *slots);
  if (!slots) return 0;
  for (size_t i = 0; i < names->size; ++i) {
    const Name *old = &names->slots[i];
    if (old->text) *slot_for(slots, size, old->hash, old->text, old->bytes) = *old;
  }
  names->slots = slots;
  names->size = size;
  return 1;
}

const char *intern_find(const Interner *names, const char *text, size_t bytes)
{
  return slot_for(names->slots, names->size, hash_bytes(HASH_START, text, bytes), text, bytes)->text;
}

const char *intern(Interner *names, const char *text, size_t bytes)
{
  uint64_t hash = hash_bytes(HASH_START, text, bytes);
  Name    *slot = slot_for(names->slots, names->size, hash, text, bytes);
  if (slot->text) return slot->text;
  if (names->count * 2 >= names->size) {
    if (!grow(names)) return NULL;
    slot = slot_for(names->slots, names->size, hash, text, bytes);
  }
  char *copy = arena_copy(names->arena, text, bytes);
  if (!copy) return NULL;
  *slot = (Name){copy, bytes, hash};
  names->count++;
  return copy;
}
