/* term.h: what is common to the compiled vocabulary and to lists in memory:
 * how a term is folded, keyed and compared, and where a word ends. */
#ifndef CLAIMANT_VOCAB_TERM_H
#define CLAIMANT_VOCAB_TERM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"

enum { TERM_MAX_BYTES = 1000 };

/* A term found at the place that was asked about. */
typedef struct {
  int      list;
  uint32_t bytes;         /* of the text */
  bool     common;        /* an ordinary word too: no name by itself */
  uint32_t concept;       /* its number in the vocabulary, from 1; 0: the list has none, or the term has several */
  const uint32_t *candidates; /* numbers of the concepts of a term of several, else NULL */
  uint32_t candidate_count;
  const void *payload;    /* as given to lexis_add; NULL from the compiled vocabulary */
} VocabHit;

/* The run of letters, digits and combining marks at a place, without regard to
 * case. Made once for a place and used for every table that is asked about it. */
typedef struct {
  uint64_t hash;
  uint32_t bytes; /* 0: no word begins here */
  bool     upper; /* it begins with a capital letter */
} WordKey;

WordKey word_key(const char *text, size_t bytes);

/* Moves *at, where a word of the text ends, behind the next word, and makes *key that of all words so far.
 * False: no word begins within a few bytes. */
bool word_key_extend(const char *text, size_t bytes, size_t *at, uint64_t *key);

/* The two bytes after the first word in lower case, to tell terms of one first word apart without
 * reading them; 0 for what is not there or not ASCII, which says nothing. */
static inline void term_next(const char *text, size_t bytes, size_t first_word, unsigned char next[2])
{
  for (size_t i = 0; i < 2; ++i) {
    unsigned char byte = first_word + i < bytes ? (unsigned char)text[first_word + i] : 0;
    next[i] = byte >= 'A' && byte <= 'Z' ? (unsigned char)(byte | 0x20U) : byte < 0x80U ? byte : 0;
  }
}

static inline bool term_may_go_on(const unsigned char term[2], const unsigned char text[2])
{
  return (!term[0] || !text[0] || term[0] == text[0]) && (!term[1] || !text[1] || term[1] == text[1]);
}

/* Appends a term as it is compared: white space collapsed and trimmed, ' for a
 * right single quotation mark, - for a non-breaking hyphen, no soft hyphens,
 * lower case when `lower`. `term` is valid UTF-8. */
void term_fold(Buffer *out, const char *term, size_t bytes, bool lower);

/* What may stand behind a word and is no part of it, as the language has it: "'s". They begin with an apostrophe
 * (ASCII), and are in lower case; the text's case does not count. */
typedef struct {
  const char *const *terms;
  size_t             count;
} Endings;

/* Whether the text goes on with one of them at a byte, and a word ends behind it. `endings` may be NULL: none. */
bool term_ending_at(const Endings *endings, const char *text, size_t bytes, size_t at);

/* Bytes of the text that a folded term covers when the text begins with it and
 * a word ends there; 0 when not. `fold`: the term is in lower case and the
 * case of the text does not count.
 * A word ends before anything but a letter, digit or mark; but not before an
 * inner apostrophe (that of an ending excepted) or an inner hyphen (excepted before
 * a lower-case letter: "EU-funded" holds "EU", "Jean-Pierre" no "Jean"). */
size_t term_at(const char *term, size_t term_bytes, bool fold, const char *text, size_t bytes, const Endings *endings);

/* Adds a hit, longest first, at most one a list. Returns how many there are now. */
size_t hits_add(VocabHit *hits, size_t count, size_t max, VocabHit hit);

#endif
