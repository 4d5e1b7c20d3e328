#include "resolve/likeness.h"

#include "base/unicode.h"
#include "base/utf8.h"
#include "resolve/items.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum { FEWEST_WORDS = 4, MOST_WORDS = 64, MAX_HITS = 16 };

/* Of 100: how like a name must be, and how much more so than the next best. */
enum { LIKE_ENOUGH = 50, CLEARLY = 10 };

/* A word of a label. */
typedef struct {
  const char *word;
  uint32_t    label;
} Occurrence;

typedef struct {
  uint32_t concept;
  unsigned weight; /* of all its words */
} Label;

/* The labels of a gazetteer that are names of laws. Made when first asked for, then shared by all letters. */
struct LawLabels {
  Arena      *arena; /* it lies in it, too */
  LawLabels  *next;  /* of another type of items */
  const Type *type;
  Occurrence *words; /* sorted by word, then label; each label's words once */
  size_t      word_count, word_capacity;
  Label      *labels;
  size_t      label_count, label_capacity;
};

typedef struct {
  Document         *document;
  const NameSource *source;
  const LawLabels  *known;
  unsigned         *shared; /* [label]: weight of the words it shares with the name */
} Likeness;

/* ---- Words ---- */

/* In lower case, each once; returns how many. */
static size_t split(Arena *arena, const char *text, const char *words[MOST_WORDS])
{
  size_t count = 0;
  while (*text && count < MOST_WORDS) {
    size_t bytes = 0, length, end = 0;
    while (*text && !unicode_is_word(utf8_decode(text, &length))) text += length;
    while (text[end] && unicode_is_word(utf8_decode(text + end, &length))) end += length;
    char *word = arena_alloc(arena, 2 * end + 1);
    for (const char *stop = text + end; text < stop; text += length)
      bytes += utf8_encode(unicode_lower(utf8_decode(text, &length)), word + bytes);
    word[bytes] = '\0';
    bool known = bytes == 0;
    for (size_t i = 0; i < count && !known; ++i) known = strcmp(words[i], word) == 0;
    if (!known) words[count++] = word;
  }
  return count;
}

static int by_word(const void *left, const void *right)
{
  const Occurrence *a = left, *b = right;
  int               order = strcmp(a->word, b->word);
  if (order) return order;
  return a->label < b->label ? -1 : a->label > b->label;
}

static size_t first_of(const LawLabels *l, const char *word)
{
  size_t low = 0, high = l->word_count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (strcmp(l->words[middle].word, word) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

static size_t labels_with(const LawLabels *l, size_t first, const char *word)
{
  size_t count = 0;
  while (first + count < l->word_count && strcmp(l->words[first + count].word, word) == 0) count++;
  return count;
}

/* How many times the labels can be halved before they are as few as those that have the word, and one. */
static unsigned weight_of(const LawLabels *l, size_t labels)
{
  unsigned weight = 1;
  for (size_t all = l->label_count; all / 2 >= (labels ? labels : 1); all /= 2) weight++;
  return weight;
}

/* ---- The gazetteer's labels ---- */

static bool is_law(const NameSource *source, const Type *type, uint32_t concept, const char *label)
{
  VocabHit hits[MAX_HITS];
  size_t   bytes = strlen(label);
  size_t   count = vocab_match(source->vocab, word_key(label, bytes), label, bytes, NULL, hits, MAX_HITS);
  for (size_t i = 0; i < count; ++i) {
    const uint64_t *types = source->list_links[hits[i].list].bits;
    if (hits[i].concept == concept && types[type->index / 64] >> type->index % 64 & 1U) return true;
  }
  return false;
}

static void add_label(LawLabels *l, uint32_t concept, const char *text)
{
  Arena      *arena = l->arena;
  const char *words[MOST_WORDS];
  size_t      count = split(arena, text, words);
  l->labels = arena_grow(arena, l->labels, l->label_count, &l->label_capacity, sizeof *l->labels);
  l->labels[l->label_count] = (Label){.concept = concept};
  for (size_t i = 0; i < count; ++i) {
    l->words = arena_grow(arena, l->words, l->word_count, &l->word_capacity, sizeof *l->words);
    l->words[l->word_count++] = (Occurrence){words[i], (uint32_t)l->label_count};
  }
  l->label_count++;
}

static void read_labels(LawLabels *l, const NameSource *source)
{
  const Vocab *vocab = source->vocab;
  for (uint32_t concept = 1, end = vocab_concept_count(vocab); concept <= end; ++concept) {
    const char *label = vocab_label(vocab, concept);
    if (*label && is_law(source, l->type, concept, label)) add_label(l, concept, label);
  }
  if (l->word_count) qsort(l->words, l->word_count, sizeof *l->words, by_word);
  for (size_t i = 0, run; i < l->word_count; i += run) {
    run = labels_with(l, i, l->words[i].word);
    for (size_t j = i; j < i + run; ++j) l->labels[l->words[j].label].weight += weight_of(l, run);
  }
}

/* NULL: out of memory. */
static LawLabels *make_labels(const NameSource *source, const Type *type)
{
  jmp_buf rescue;
  Arena  *arena = arena_new();
  if (!arena) return NULL;
  if (setjmp(rescue)) {
    arena_free(arena);
    return NULL;
  }
  arena_rescue(arena, &rescue);
  LawLabels *made = arena_alloc(arena, sizeof *made);
  made->arena = arena;
  made->type = type;
  read_labels(made, source);
  arena_rescue(arena, NULL);
  return made;
}

/* Threads may race to make them; both are kept then, which does no harm. */
static const LawLabels *labels_of(Document *document, const NameSource *source, const Type *type)
{
  for (LawLabels *known = atomic_load(source->law_labels); known; known = known->next)
    if (known->type == type) return known;
  LawLabels *made = make_labels(source, type);
  if (!made) {
    arena_alloc(document->arena, SIZE_MAX);
    return NULL;
  }
  made->next = atomic_load(source->law_labels);
  while (!atomic_compare_exchange_weak(source->law_labels, &made->next, made)) continue;
  return made;
}

void likeness_forget(const NameSource *source)
{
  for (LawLabels *known = atomic_load(source->law_labels), *next; known; known = next) {
    next = known->next;
    arena_free(known->arena);
  }
}

/* ---- Which is like it ---- */

static unsigned share_words(Likeness *l, const char *const *words, size_t count)
{
  unsigned         own = 0;
  const LawLabels *known = l->known;
  memset(l->shared, 0, (known->label_count + 1) * sizeof *l->shared);
  for (size_t i = 0; i < count; ++i) {
    size_t   first = first_of(known, words[i]), run = labels_with(known, first, words[i]);
    unsigned weight = weight_of(known, run);
    own += weight;
    for (size_t j = first; j < first + run; ++j) l->shared[known->words[j].label] += weight;
  }
  return own;
}

static unsigned percent(const Likeness *l, size_t label, unsigned own)
{
  unsigned all = own + l->known->labels[label].weight - l->shared[label];
  return all ? 100 * l->shared[label] / all : 0;
}

static void link_to(Likeness *l, Entity *entity, size_t label, unsigned score)
{
  const Vocab *vocab = l->source->vocab;
  Link        *links = arena_alloc(l->document->arena, (entity->link_count + 1) * sizeof *links);
  if (entity->link_count) memcpy(links, entity->links, entity->link_count * sizeof *links);
  links[entity->link_count++] = (Link){.verdict = LINK_CANDIDATE,
                                       .naming = NAMED_LIKE_IT,
                                       .concept = vocab_iri(vocab, l->known->labels[label].concept, l->document->arena),
                                       .label = vocab_label(vocab, l->known->labels[label].concept),
                                       .name = entity->label,
                                       .list = "",
                                       .source = l->source->name,
                                       .number = l->known->labels[label].concept,
                                       .vocab = (uint16_t)(l->source - l->document->sources),
                                       .namesakes = 1,
                                       .score = score / 100.0};
  entity->links = links;
}

static void liken(Likeness *l, Entity *entity)
{
  const char *words[MOST_WORDS];
  size_t      count = split(l->document->arena, entity->label, words), best = 0;
  unsigned    first = 0, second = 0;
  if (count < FEWEST_WORDS) return;
  l->known = labels_of(l->document, l->source, entity->type);
  l->shared = arena_alloc(l->document->arena, (l->known->label_count + 1) * sizeof *l->shared);
  unsigned own = share_words(l, words, count);
  for (size_t i = 0; i < l->known->label_count; ++i) {
    unsigned score = percent(l, i, own);
    if (score > first) second = first, first = score, best = i;
    else if (score > second) second = score;
  }
  if (first >= LIKE_ENOUGH && first < 100 && first >= second + CLEARLY) link_to(l, entity, best, first);
}

static bool is_named(const Item *item)
{
  const char *mention = item_feature(item, "mention");
  return !item_feature(item, "article") && !item_feature(item, "identifier") && mention && strcmp(mention, "named") == 0;
}

void likeness_link(Document *document)
{
  Likeness l = {.document = document, .source = document->sources};
  if (!document->source_count) return;
  for (size_t i = 0; i < document->item_count; ++i) {
    const Item *item = &document->items[i];
    Entity     *entity = (Entity *)item->entity;
    if (item->type->corefer != COREFER_LAW || !entity || !is_named(item)) continue;
    bool linked = false;
    for (size_t j = 0; j < entity->link_count; ++j) linked = linked || entity->links[j].verdict <= LINK_CANDIDATE;
    if (!linked) liken(&l, entity);
  }
}
