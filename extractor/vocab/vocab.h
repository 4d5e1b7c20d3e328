/* vocab.h: the compiled vocabulary: term lists and concepts, in one file that is
 * mapped into memory and only read. compile.h makes the file.
 *
 * A scanner asks once at each word start which terms begin there:
 *
 *     WordKey key   = word_key(text, bytes);
 *     size_t  count = vocab_match(vocab, key, text, bytes, hits, max);
 *
 * The text is folded: single spaces, ' for a right quotation mark, - for a
 * non-breaking hyphen; its case is kept. Terms have been folded in the same way.
 * Immutable after opening, shared by all threads. */
#ifndef CLAIMANT_VOCAB_VOCAB_H
#define CLAIMANT_VOCAB_VOCAB_H

#include "base/diagnostics.h"
#include "vocab/term.h"

typedef struct Vocab Vocab;

/* Maps and checks the file: a file that was cut short, changed, or made by
 * another version is refused with a diagnostic that says so.
 * Returns OK, NO_MEMORY, NO_INPUT or BAD_DATA. */
ClaimantStatus vocab_open(const char *path, Diagnostics *diagnostics, Vocab **vocab);

/* The bytes of such a file, which it takes over; `image` is empty afterwards. Returns OK, NO_MEMORY or INTERNAL. */
ClaimantStatus vocab_open_image(Buffer *image, Vocab **vocab);

/* Whether a file begins as compiled vocabularies do. */
bool           vocab_is_compiled(const char *path);
void           vocab_close(Vocab *vocab);

/* SHA-256 of the contents as 64 hex digits, 0-terminated. Owned by the vocabulary. */
const char *vocab_hash(const Vocab *vocab);

/* ---- Lists ------------------------------------------------------------------- */

typedef struct {
  const char *name; /* of its file, without the ending */
  const char *title, *source, *licence;
  const char *class; /* IRI of the class of its concepts, or NULL */
  bool        ambiguous; /* its terms mean other things as often */
  bool        scan;  /* vocab_match finds its terms; else only vocab_has does */
  size_t      terms; /* how many */
} VocabList;

int       vocab_list(const Vocab *vocab, const char *name); /* -1: no such list */
int       vocab_list_count(const Vocab *vocab);
VocabList vocab_list_info(const Vocab *vocab, int list); /* strings are owned by the vocabulary */

/* Is the whole of the (folded) text a term of the list? Case counts unless the list's file says
 * that it does not. */
bool vocab_has(const Vocab *vocab, int list, const char *text, size_t bytes);

/* All terms of all scanned lists that begin at `text` and end where a word ends: at
 * most one a list, its longest; longest first, then by list. `key` is that of
 * `text`; `endings` may be NULL. Returns how many hits were written, at most `max`. */
size_t vocab_match(const Vocab *vocab, WordKey key, const char *text, size_t bytes, const Endings *endings,
                   VocabHit *hits, size_t max);

/* ---- Concepts ------------------------------------------------------------------
 *
 * Named by their number in the vocabulary, from 1; 0 names none, and of it nothing is known. */

/* How many there are. */
uint32_t vocab_concept_count(const Vocab *vocab);

/* The concept with this IRI, or 0. */
uint32_t vocab_concept(const Vocab *vocab, const char *iri);

/* Its IRI, in the arena; NULL when out of memory. */
char *vocab_iri(const Vocab *vocab, uint32_t concept, Arena *arena);
bool  vocab_is_iri(const Vocab *vocab, uint32_t concept, const char *iri);

/* What it is called: the skos:prefLabel, else the rdfs:label, English before other languages; "": it has none. */
const char *vocab_label(const Vocab *vocab, uint32_t concept);

/* A property's values, by the property's full IRI, in the order of their bytes: call with
 * index 0, 1, ... until NULL. The literals' languages and datatypes are not kept, but notations with
 * a datatype are found under the datatype's IRI in place of the property's. */
const char *vocab_value(const Vocab *vocab, uint32_t concept, const char *property, size_t index);

#endif
