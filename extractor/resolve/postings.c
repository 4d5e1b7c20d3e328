#include "resolve/postings.h"

#include "base/hash.h"

#include <string.h>

typedef struct {
  const char *text; /* NULL: free */
  size_t      bytes;
  uint64_t    hash;
  Posting    *latest;
} Slot;

struct Postings {
  Arena *arena;
  Slot  *slots; /* open addressing; a power of two, at most half full */
  size_t size, count;
};

Postings *postings_new(Arena *arena)
{
  Postings *postings = arena_alloc(arena, sizeof *postings);
  *postings = (Postings){.arena = arena, .size = 64};
  postings->slots = arena_alloc(arena, postings->size * sizeof *postings->slots);
  return postings;
}

static Slot *slot_of(Slot *slots, size_t size, uint64_t hash, const char *text, size_t bytes)
{
  size_t at = (size_t)hash & (size - 1);
  while (slots[at].text &&
         (slots[at].hash != hash || slots[at].bytes != bytes || memcmp(slots[at].text, text, bytes) != 0))
    at = (at + 1) & (size - 1);
  return &slots[at];
}

static void grow(Postings *postings)
{
  size_t size = postings->size * 2;
  Slot  *slots = arena_alloc(postings->arena, size * sizeof *slots);
  for (size_t i = 0; i < postings->size; ++i) {
    const Slot *old = &postings->slots[i];
    if (old->text) *slot_of(slots, size, old->hash, old->text, old->bytes) = *old;
  }
  postings->slots = slots;
  postings->size = size;
}

void postings_add(Postings *postings, const char *text, size_t bytes, uint32_t number)
{
  uint64_t hash = hash_bytes(HASH_START, text, bytes);
  if (postings->count * 2 >= postings->size) grow(postings);
  Slot *slot = slot_of(postings->slots, postings->size, hash, text, bytes);
  if (!slot->text) {
    *slot = (Slot){arena_copy(postings->arena, text, bytes), bytes, hash, NULL};
    postings->count++;
  }
  Posting *posting = arena_alloc(postings->arena, sizeof *posting);
  *posting = (Posting){number, slot->latest};
  slot->latest = posting;
}

const Posting *postings_of(const Postings *postings, const char *text, size_t bytes)
{
  return slot_of(postings->slots, postings->size, hash_bytes(HASH_START, text, bytes), text, bytes)->latest;
}
