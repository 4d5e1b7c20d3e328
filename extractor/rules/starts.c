#include "rules/starts.h"

enum { MAX_STARTS = 1024, MIN_BITS = 8, MAX_BITS = 13, ROOM = 16 /* bits a prefix */ };

static StartSet room_for(Arena *arena, size_t count)
{
  return (StartSet){arena_alloc(arena, (count + 1) * sizeof(Start)), 0};
}

static bool same(const Start *x, const Start *y)
{
  return x->bytes == y->bytes && x->word == y->word && x->front == y->front && x->open == y->open && memcmp(x->text, y->text, x->bytes) == 0;
}

static void add(StartSet *set, Start start)
{
  for (size_t i = 0; i < set->count; ++i)
    if (same(&set->items[i], &start)) return;
  set->items[set->count++] = start;
}

StartSet starts_empty(Arena *arena, bool word, bool front)
{
  StartSet set = room_for(arena, 1);
  add(&set, (Start){.word = word, .front = front, .open = true});
  return set;
}

StartSet starts_text(Arena *arena, const char *text, size_t bytes)
{
  Start    start = {.open = bytes < START_BYTES};
  StartSet set = room_for(arena, 1);
  start.bytes = (uint8_t)(start.open ? bytes : START_BYTES);
  memcpy(start.text, text, start.bytes);
  add(&set, start);
  return set;
}

static Start joined(Start first, Start then)
{
  size_t room = START_BYTES - (size_t)first.bytes;
  size_t bytes = then.bytes < room ? then.bytes : room;
  if (!first.bytes) first.word = first.word || then.word;
  if (!first.bytes) first.front = first.front || then.front;
  memcpy(first.text + first.bytes, then.text, bytes);
  first.bytes = (uint8_t)(first.bytes + bytes);
  first.open = then.open && first.bytes < START_BYTES;
  return first;
}

static bool has_empty(StartSet set)
{
  for (size_t i = 0; i < set.count; ++i)
    if (!set.items[i].bytes) return true;
  return false;
}

/* What follows is not known: prefixes end here, and one of nothing could be anything. */
static StartSet closed(Arena *arena, StartSet set)
{
  StartSet result = room_for(arena, set.count);
  if (has_empty(set)) return result;
  for (size_t i = 0; i < set.count; ++i) {
    Start start = set.items[i];
    start.open = false;
    add(&result, start);
  }
  return result;
}

StartSet starts_join(Arena *arena, StartSet first, StartSet then)
{
  size_t open = 0;
  for (size_t i = 0; i < first.count; ++i) open += first.items[i].open;
  size_t count = first.count - open + open * then.count;
  if (!open) return first;
  if (!then.count || count > MAX_STARTS) return closed(arena, first);
  StartSet result = room_for(arena, count);
  for (size_t i = 0; i < first.count; ++i) {
    if (!first.items[i].open) add(&result, first.items[i]);
    for (size_t j = 0; first.items[i].open && j < then.count; ++j) add(&result, joined(first.items[i], then.items[j]));
  }
  return result;
}

StartSet starts_either(Arena *arena, StartSet a, StartSet b)
{
  StartSet result = room_for(arena, a.count + b.count);
  if (!a.count || !b.count || a.count + b.count > MAX_STARTS) return result;
  for (size_t i = 0; i < a.count; ++i) add(&result, a.items[i]);
  for (size_t i = 0; i < b.count; ++i) add(&result, b.items[i]);
  return result;
}

StartSet starts_repeated(Arena *arena, StartSet once, bool required, bool again)
{
  StartSet set = again ? closed(arena, once) : once;
  return required ? set : starts_either(arena, set, starts_empty(arena, false, false));
}

static bool begins_token(const Start *start)
{
  unsigned char first = (unsigned char)start->text[0];
  return first == 0xF4U || (start->word && first >= 'a' && first <= 'z');
}

Starts starts_made(Arena *arena, StartSet set)
{
  Starts   starts = {.tokens = true, .front = true};
  uint32_t bits = MIN_BITS;
  if (!set.count || has_empty(set)) return (Starts){0};
  while (bits < MAX_BITS && (1U << bits) < ROOM * set.count) bits++;
  starts.shift = 32 - bits;
  starts.bits = arena_alloc(arena, (1U << bits) / 8);
  for (size_t i = 0; i < set.count; ++i) {
    const Start *start = &set.items[i];
    uint32_t     gram = 0;
    memcpy(&gram, start->text, start->bytes);
    uint32_t slot = start_slot(gram, start->bytes, starts.shift);
    starts.bits[slot / 64] |= UINT64_C(1) << (slot % 64);
    starts.lengths |= (uint8_t)(1U << start->bytes);
    starts.tokens = starts.tokens && begins_token(start);
    starts.front = starts.front && start->front;
  }
  return starts;
}

size_t starts_words(const Starts *starts) { return (1U << (32 - starts->shift)) / 64; }

bool starts_are_sound(const Starts *starts)
{
  return starts->shift >= 32 - MAX_BITS && starts->shift <= 32 - MIN_BITS && starts->lengths < 2U << START_BYTES &&
         !(starts->lengths & 1U);
}
