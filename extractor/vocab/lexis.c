#include "vocab/lexis.h"

#include <string.h>

enum { FIRST_SLOTS = 64, FILTER_BITS = 16 };

typedef struct Term Term;
struct Term {
  Term       *next; /* in its slot */
  const char *text;
  uint64_t    hash;
  uint32_t    bytes;
  int         list;
  bool        fold;
  unsigned char next_bytes[2]; /* see term_next */
  const void *payload;
};

/* A term as it is asked for: those of one slot are neighbours. */
typedef struct {
  uint32_t      hash; /* the upper half */
  unsigned char next_bytes[2];
  bool          last; /* of its slot */
} Probe;

struct Lexis {
  Arena *arena;
  Probe       *probes; /* when sealed; the first stands for no term */
  uint32_t    *first;  /* [slot]: of its probes; 0: none */
  const Term **terms;
  Term **slots;
  size_t slot_count; /* a power of two */
  size_t count;
  uint64_t filter[(1 << FILTER_BITS) / 64]; /* a bit a first word: most words of a text stop here */
};

static size_t filter_bit(uint64_t hash) { return (size_t)(hash >> (64 - FILTER_BITS)); }

Lexis *lexis_new(Arena *arena)
{
  Lexis *lexis = arena_alloc(arena, sizeof *lexis);
  if (!lexis) return NULL;
  lexis->arena = arena;
  lexis->slot_count = FIRST_SLOTS;
  lexis->slots = arena_alloc(arena, FIRST_SLOTS * sizeof *lexis->slots);
  return lexis->slots ? lexis : NULL;
}

size_t lexis_count(const Lexis *lexis) { return lexis->count; }

static void insert(Term **slots, size_t slot_count, Term *term)
{
  Term **slot = &slots[term->hash & (slot_count - 1)];
  term->next = *slot;
  *slot = term;
}

/* Keeps slots at least as many as terms; on failure the table stays as it was. */
static bool grow(Lexis *lexis)
{
  if (lexis->count < lexis->slot_count) return true;
  size_t larger = lexis->slot_count * 2;
  Term **slots = arena_alloc(lexis->arena, larger * sizeof *slots);
  if (!slots) return false;
  for (size_t i = 0; i < lexis->slot_count; ++i)
    for (Term *term = lexis->slots[i], *next; term; term = next) {
      next = term->next;
      insert(slots, larger, term);
    }
  lexis->slots = slots;
  lexis->slot_count = larger;
  return true;
}

static bool known(const Lexis *lexis, const Term *wanted)
{
  for (const Term *term = lexis->slots[wanted->hash & (lexis->slot_count - 1)]; term; term = term->next)
    if (term->list == wanted->list && term->fold == wanted->fold && term->bytes == wanted->bytes &&
        !memcmp(term->text, wanted->text, term->bytes))
      return true;
  return false;
}

static ClaimantStatus add_folded(Lexis *lexis, Term wanted)
{
  WordKey key = word_key(wanted.text, wanted.bytes);
  wanted.hash = key.hash;
  if (!key.bytes) return CLAIMANT_BAD_ARGUMENT;
  if (known(lexis, &wanted)) return CLAIMANT_OK;
  Term *term = arena_alloc(lexis->arena, sizeof *term);
  wanted.text = arena_copy(lexis->arena, wanted.text, wanted.bytes);
  if (!term || !wanted.text || !grow(lexis)) return CLAIMANT_NO_MEMORY;
  *term = wanted;
  term_next(term->text, term->bytes, key.bytes, term->next_bytes);
  lexis->filter[filter_bit(term->hash) / 64] |= UINT64_C(1) << (filter_bit(term->hash) % 64);
  insert(lexis->slots, lexis->slot_count, term);
  lexis->count++;
  return CLAIMANT_OK;
}

ClaimantStatus lexis_add(Lexis *lexis, int list, const char *term, size_t bytes, bool fold,
                         const void *payload)
{
  if (bytes > TERM_MAX_BYTES) return CLAIMANT_BAD_ARGUMENT;
  Buffer folded = {0};
  term_fold(&folded, term, bytes, fold);
  ClaimantStatus status = folded.failed ? CLAIMANT_NO_MEMORY : CLAIMANT_BAD_ARGUMENT;
  if (!folded.failed && folded.size)
    status = add_folded(lexis, (Term){.text = folded.data,
                                      .bytes = (uint32_t)folded.size,
                                      .list = list,
                                      .fold = fold,
                                      .payload = payload});
  buffer_free(&folded);
  return status;
}

/* A chain of terms becomes a row: most are passed over by what a row says of them. */
bool lexis_seal(Lexis *lexis)
{
  uint32_t count = 1;
  lexis->probes = arena_alloc(lexis->arena, (lexis->count + 1) * sizeof *lexis->probes);
  lexis->terms = arena_alloc(lexis->arena, (lexis->count + 1) * sizeof *lexis->terms);
  lexis->first = arena_alloc(lexis->arena, lexis->slot_count * sizeof *lexis->first);
  if (!lexis->probes || !lexis->terms || !lexis->first) return false;
  for (size_t slot = 0; slot < lexis->slot_count; ++slot) {
    if (lexis->slots[slot]) lexis->first[slot] = count;
    for (const Term *term = lexis->slots[slot]; term; term = term->next, ++count) {
      lexis->terms[count] = term;
      lexis->probes[count] = (Probe){.hash = (uint32_t)(term->hash >> 32), .last = !term->next};
      memcpy(lexis->probes[count].next_bytes, term->next_bytes, sizeof term->next_bytes);
    }
  }
  return true;
}

size_t lexis_match(const Lexis *lexis, WordKey key, const char *text, size_t bytes, const Endings *endings,
                   VocabHit *hits, size_t max)
{
  bool may_be = lexis->filter[filter_bit(key.hash) / 64] >> (filter_bit(key.hash) % 64) & 1U;
  if (!key.bytes || !may_be) return 0;
  size_t        count = 0;
  unsigned char next[2];
  term_next(text, bytes, key.bytes, next);
  const Probe *probe = &lexis->probes[lexis->first[key.hash & (lexis->slot_count - 1)]];
  for (bool more = probe != lexis->probes; more; ++probe) {
    more = !probe->last;
    if (probe->hash != (uint32_t)(key.hash >> 32) || !term_may_go_on(probe->next_bytes, next)) continue;
    const Term *term = lexis->terms[probe - lexis->probes];
    size_t      length = term->hash == key.hash ? term_at(term->text, term->bytes, term->fold, text, bytes, endings) : 0;
    if (!length) continue;
    count = hits_add(hits, count, max,
                     (VocabHit){.list = term->list, .bytes = (uint32_t)length, .payload = term->payload});
  }
  return count;
}
