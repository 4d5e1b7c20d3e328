/* identifier.h: how the nodes of a graph are named.
 *
 * The letter has an IRI of its own; all other nodes are fragments of it, made
 * from what they say and not from where they stand, so that an edit elsewhere
 * in the letter leaves them as they were. */
#ifndef CLAIMANT_GRAPH_IDENTIFIER_H
#define CLAIMANT_GRAPH_IDENTIFIER_H

#include "base/arena.h"
#include "base/hash.h"
#include "claimant.h"

enum { FRAGMENT_HASH = 16 };

/* The IRI of a letter: `doc_iri` where given, else `base` with the hash behind it, else the hash
 * as an ni: name (RFC 6920). `sha256_digits` are 64 hex digits.
 * Returns OK, NO_MEMORY, or BAD_ARGUMENT when the result is no IRI that takes a fragment. */
ClaimantStatus letter_iri(Arena *arena, const char *doc_iri, const char *base, const char *sha256_digits,
                          const char **iri);

/* ni:///sha-256;... of 64 hex digits; NULL when out of memory or when they are none. */
const char *ni_name(Arena *arena, const char *sha256_digits);

/* `kind`, a hyphen, and the beginning of the SHA-256 of kind, text and ordinal with line feeds between them;
 * NULL when out of memory. */
const char *fragment_name(Arena *arena, const char *kind, const char *text, unsigned ordinal);

/* The names of `count` texts given in the order of the letter, equal ones counted from 1.
 * NULL when out of memory. */
const char **fragment_names(Arena *arena, const char *kind, const char *const *texts, size_t count);

/* Text with each run of white space as one space and none at its ends; NULL when out of memory.
 * `text` must be valid UTF-8. */
const char *collapse_space(Arena *arena, const char *text, size_t bytes);

#endif
