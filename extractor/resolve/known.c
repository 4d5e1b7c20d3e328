#include "resolve/known.h"

#include <string.h>

#define SPATIAL "http://purl.org/dc/terms/spatial"

const char *known_folded(Arena *arena, const char *text)
{
  Buffer folded = {0};
  term_fold(&folded, text, strlen(text), false);
  const char *name = folded.failed ? NULL : arena_copy(arena, folded.data ? folded.data : "", folded.size);
  buffer_free(&folded);
  return name;
}

bool known_fits(const NameSource *source, int list, const Type *type)
{
  const uint64_t *bits = source->list_links[list].bits;
  return type && bits[type->index / 64] >> type->index % 64 & 1U;
}

static size_t whole_hits(const NameSource *source, const char *text, size_t bytes, VocabHit *hits)
{
  size_t kept = 0, count = vocab_match(source->vocab, word_key(text, bytes), text, bytes, NULL, hits, MAX_HITS);
  for (size_t i = 0; i < count; ++i)
    if (hits[i].bytes == bytes) hits[kept++] = hits[i];
  return kept;
}

size_t known_hits(const NameSource *source, const char *folded, VocabHit *hits)
{
  return whole_hits(source, folded, strlen(folded), hits);
}

size_t known_concepts(const VocabHit *hit, const uint32_t **concepts)
{
  *concepts = hit->concept ? &hit->concept : hit->candidates;
  return hit->concept ? 1 : hit->candidate_count;
}

KnownConcept known_as(const Document *document, const Type *type, const char *folded)
{
  KnownConcept found = {NULL, 0};
  for (size_t i = 0; i < document->source_count; ++i) {
    const NameSource *source = &document->sources[i];
    VocabHit          hits[MAX_HITS];
    size_t            count = known_hits(source, folded, hits);
    for (size_t j = 0; j < count; ++j) {
      if (!known_fits(source, hits[j].list, type)) continue;
      bool other = found.vocab && (found.vocab != source->vocab || found.concept != hits[j].concept);
      if (!hits[j].concept || other || vocab_list_info(source->vocab, hits[j].list).ambiguous) return (KnownConcept){NULL, 0};
      found = (KnownConcept){source->vocab, hits[j].concept};
    }
  }
  return found;
}

uint32_t known_home(const Vocab *vocab, uint32_t concept)
{
  const char *country = vocab_value(vocab, concept, SPATIAL, 0);
  uint32_t    home = country ? vocab_concept(vocab, country) : 0;
  return home ? home : concept;
}

bool known_home_of(const Document *document, KnownConcept known, const char *folded, size_t bytes)
{
  const uint32_t  home = known_home(known.vocab, known.concept);
  const uint32_t *concepts;
  for (size_t i = 0; i < document->source_count; ++i) {
    VocabHit hits[MAX_HITS];
    if (document->sources[i].vocab != known.vocab) continue;
    size_t count = whole_hits(&document->sources[i], folded, bytes, hits);
    for (size_t j = 0; j < count; ++j) {
      size_t several = known_concepts(&hits[j], &concepts);
      for (size_t k = 0; k < several; ++k)
        if (known_home(known.vocab, concepts[k]) == home) return true;
    }
  }
  return false;
}
