/* starts.h: what a match of a pattern begins with, so that only places are tried that begin so.
 *
 * Derived from the pattern's parse together with its trigger (trigger.h), and kept as a small set of hashed
 * prefixes: a place that the set does not pass cannot begin a match; one that passes may. */
#ifndef CLAIMANT_RULES_STARTS_H
#define CLAIMANT_RULES_STARTS_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { START_BYTES = 4 /* of a prefix, at most; this many can be read at any place of a text */ };

/* ---- While a pattern is parsed ---- */

/* A prefix, as triggers see text (trigger_fold). */
typedef struct {
  char    text[START_BYTES];
  uint8_t bytes;
  bool    word;  /* no letter stands before it */
  bool    front; /* nothing stands before it */
  bool    open;  /* what follows in the pattern belongs to it */
} Start;

typedef struct {
  Start *items;
  size_t count; /* 0: nothing is known */
} StartSet;

StartSet starts_empty(Arena *arena, bool word, bool front); /* of what consumes nothing: a border of words, the text's front */
StartSet starts_text(Arena *arena, const char *text, size_t bytes);
StartSet starts_join(Arena *arena, StartSet first, StartSet then);
StartSet starts_either(Arena *arena, StartSet a, StartSet b);
StartSet starts_repeated(Arena *arena, StartSet once, bool required, bool again);

/* ---- For use ---- */

typedef struct {
  uint64_t *bits; /* NULL: a match may begin anywhere */
  uint32_t  shift;
  uint8_t   lengths; /* bit n: there are prefixes of n bytes */
  bool      tokens;  /* a match begins with a placeholder, or with a letter that none stands before */
  bool      front;   /* a match begins where the text does */
} Starts;

Starts starts_made(Arena *arena, StartSet set);
size_t starts_words(const Starts *starts);     /* of bits */
bool   starts_are_sound(const Starts *starts); /* shift and lengths, as read from a file */

static inline uint32_t start_slot(uint32_t gram, uint32_t bytes, uint32_t shift)
{
  uint32_t key = bytes < START_BYTES ? gram & ((1U << 8 * bytes) - 1U) : gram;
  return ((key ^ bytes << 27) * 2654435761U) >> shift;
}

/* May a match begin at this place of a text as triggers see it? */
static inline bool starts_pass(const Starts *starts, const char *at)
{
  uint32_t gram;
  memcpy(&gram, at, sizeof gram);
  for (uint32_t lengths = starts->lengths; lengths; lengths &= lengths - 1U) {
    uint32_t slot = start_slot(gram, (uint32_t)__builtin_ctz(lengths), starts->shift);
    if (starts->bits[slot / 64] >> (slot % 64) & 1U) return true;
  }
  return false;
}

#endif
