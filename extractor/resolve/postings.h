/* postings.h: which numbers were filed under a text: a small inverted index. */
#ifndef CLAIMANT_RESOLVE_POSTINGS_H
#define CLAIMANT_RESOLVE_POSTINGS_H

#include "base/arena.h"

#include <stdint.h>

typedef struct Posting {
  uint32_t        number;
  struct Posting *next; /* filed before it */
} Posting;

typedef struct Postings Postings;

/* The arena has a rescue set: running out of memory jumps there. */
Postings      *postings_new(Arena *arena);
void           postings_add(Postings *postings, const char *text, size_t bytes, uint32_t number);
const Posting *postings_of(const Postings *postings, const char *text, size_t bytes); /* the latest; NULL: none */

#endif
