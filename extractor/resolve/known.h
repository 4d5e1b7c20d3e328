/* known.h: names that gazetteers know. */
#ifndef CLAIMANT_RESOLVE_KNOWN_H
#define CLAIMANT_RESOLVE_KNOWN_H

#include "match/matcher.h"
#include "resolve/document.h"

enum { MAX_HITS = 16 /* of one name, by gazetteer */ };

/* A concept of a gazetteer. */
typedef struct {
  const Vocab *vocab; /* NULL: none */
  uint32_t     concept;
} KnownConcept;

/* A name as terms are compared, in the arena; NULL: out of memory. */
const char *known_folded(Arena *arena, const char *text);

/* Concepts of the list may be linked to items of the type. */
bool known_fits(const NameSource *source, int list, const Type *type);

/* What whole name the text is: writes the hits, at most MAX_HITS, and returns how many. The text is folded (term_fold). */
size_t known_hits(const NameSource *source, const char *folded, VocabHit *hits);

/* The concepts of a hit, and how many they are. */
size_t known_concepts(const VocabHit *hit, const uint32_t **concepts);

/* The one concept of that name, of those an item of the type may be, where no gazetteer calls it ambiguous. */
KnownConcept known_as(const Document *document, const Type *type, const char *folded);

/* Is the text a name of the concept's country, or of that country's people, as "Dutch" of a Dutch court's? Folded. */
bool known_home_of(const Document *document, KnownConcept known, const char *folded, size_t bytes);

/* The concept's country, or itself where it has none. */
uint32_t known_home(const Vocab *vocab, uint32_t concept);

#endif
