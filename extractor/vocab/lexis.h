/* lexis.h: small term lists in memory, matched as the compiled vocabulary is:
 * the inline lists of rule files, and names learnt from a letter. */
#ifndef CLAIMANT_VOCAB_LEXIS_H
#define CLAIMANT_VOCAB_LEXIS_H

#include "base/arena.h"
#include "claimant.h"
#include "vocab/term.h"

typedef struct Lexis Lexis;

Lexis *lexis_new(Arena *arena); /* NULL when out of memory; freed with the arena */

/* Adds a term to a list of the caller's numbering; `term` is folded and copied. The same term added to
 * the same list again is left out, and the first payload stays.
 * Returns OK, NO_MEMORY or BAD_ARGUMENT (it does not begin with a letter, digit or mark, or is too long). */
ClaimantStatus lexis_add(Lexis *lexis, int list, const char *term, size_t bytes, bool fold,
                         const void *payload);

size_t lexis_count(const Lexis *lexis); /* terms */

/* Makes it ready to be asked; nothing is added later. False when out of memory. */
bool lexis_seal(Lexis *lexis);

/* As vocab_match, of a sealed lexis; the hits carry payloads. */
size_t lexis_match(const Lexis *lexis, WordKey key, const char *text, size_t bytes, const Endings *endings,
                   VocabHit *hits, size_t max);

#endif
