/* trigger_index.h: which patterns of a rule set have a chance in a piece of text.
 *
 * Every distinct literal of all triggers is found in one pass over the text, by its
 * rarest four bytes; what is found ticks clauses off. A pattern has a chance when
 * each of its clauses was ticked. */
#ifndef CLAIMANT_RULES_TRIGGER_INDEX_H
#define CLAIMANT_RULES_TRIGGER_INDEX_H

#include "base/buffer.h"
#include "rules/pattern.h"

typedef struct TriggerIndex TriggerIndex;

/* Clauses that were ticked: TRIGGER_CLAUSES rows of `words` 64-bit words, a bit a pattern. */
typedef uint64_t *Ticks;

/* Text of the kind that will be searched, as trigger_fold gives it: tells which bytes are rare. */
typedef struct {
  const char *text;
  size_t      bytes;
} TriggerSample;

/* Takes all patterns of the rules (not of vetoes), whose `ordinal` it sets. Out of memory jumps to the
 * arena's rescue. */
TriggerIndex *trigger_index_new(Arena *arena, Pattern **patterns, size_t count, size_t type_count, TriggerSample sample);

size_t trigger_index_words(const TriggerIndex *index); /* of one row of Ticks */

size_t trigger_index_literals(const TriggerIndex *index); /* how many, and one more */

/* Which literals were found already: literals[i] == stamp. A new stamp for each Ticks, from 1. */
typedef struct {
  uint32_t *literals; /* trigger_index_literals of them, zero at first */
  uint32_t  stamp;
} TriggerSeen;

size_t trigger_index_longest(const TriggerIndex *index); /* bytes of a literal */

/* Ticks what the text, and the presence of a type, satisfy. Ticks are only added. Of literals only those
 * count that begin in the first `starts` bytes of the text. */
void trigger_index_text(const TriggerIndex *index, const char *bytes, size_t size, size_t starts, TriggerSeen seen, Ticks ticks);
void trigger_index_type(const TriggerIndex *index, uint16_t type, Ticks ticks);

/* One byte as triggers see it. */
static inline char trigger_byte(char byte)
{
  if (byte >= '0' && byte <= '9') return '0';
  return byte >= 'A' && byte <= 'Z' ? (char)(byte | 0x20) : byte;
}

/* The two characters beyond ASCII that caseless patterns take for k and s. */
#define TRIGGER_KELVIN "\xE2\x84\xAA"
#define TRIGGER_LONG_S "\xC5\xBF"

/* A unit's text as triggers see it, behind TRIGGER_START: ASCII in lower case, every digit 0, k and s
 * for those two. Replaces what `out` holds. */
void trigger_fold(Buffer *out, const char *text, size_t bytes);

/* Ticks for clauses that a pattern does not have; every row begins as this. */
void trigger_index_begin(const TriggerIndex *index, Ticks ticks);

/* The index as bytes, for image.h, and back: NULL when they are no index. Out of memory shows in
 * the buffer, or jumps to the arena's rescue. */
void          trigger_index_save(const TriggerIndex *index, Buffer *out);
TriggerIndex *trigger_index_load(Arena *arena, const char *bytes, size_t size);

static inline bool trigger_chance(const uint64_t *ticks, size_t words, uint32_t pattern)
{
  uint64_t all = ticks[pattern / 64] & ticks[words + pattern / 64] & ticks[2 * words + pattern / 64];
  return all >> (pattern % 64) & 1U;
}

#endif
