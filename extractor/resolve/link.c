#include "resolve/link.h"

#include "resolve/known.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define NOTATION "http://www.w3.org/2004/02/skos/core#notation"

enum { MOST_NAMES = 32, COMPANY_COUNTS = 3, NO_COUNTRY = 0 };

/* The names that an entity goes by. */
typedef struct {
  const char *folded[MOST_NAMES];
  size_t      count;
} Names;

/* Of one entity, in the order of the letter. */
typedef struct {
  const Item *const *items;
  size_t             count;
  uint32_t          *reach; /* [i]: the last byte that one of the first i + 1 holds, and one */
} Mentions;

typedef struct {
  const Document *document;
  Arena          *arena;
  const Type     *type;
  const char     *label; /* of the entity, folded */
  Link           *links;
  size_t          count, capacity;
  bool            failed; /* out of memory */
} Linking;

/* ---- Names ---- */

static bool is_backref(const Item *item)
{
  for (size_t i = 0; i < item->feature_count; ++i) {
    const ItemFeature *feature = &item->features[i];
    if (!strcmp(feature->name, "head")) return true;
    if (!strcmp(feature->name, "mention") && feature->value && !strcmp(feature->value, "backref")) return true;
  }
  return false;
}

static bool add_name(Arena *arena, Names *names, const char *text)
{
  const char *name = known_folded(arena, text);
  if (!name) return false;
  for (size_t i = 0; i < names->count; ++i)
    if (!strcmp(names->folded[i], name)) return true;
  if (names->count < MOST_NAMES && *name) names->folded[names->count++] = name;
  return true;
}

/* ---- Candidates ---- */

static LinkNaming naming_of(const Vocab *vocab, uint32_t concept, const char *name)
{
  const char *acronym;
  if (!strcasecmp(vocab_label(vocab, concept), name)) return NAMED_BY_PREFERRED;
  for (size_t i = 0; (acronym = vocab_value(vocab, concept, NOTATION, i)) != NULL; ++i)
    if (!strcmp(acronym, name)) return NAMED_BY_ACRONYM;
  return NAMED_BY_LABEL;
}

/* A concept that an earlier name led to already is better known by the better of the two. */
static void add_link(Linking *l, Link link)
{
  for (size_t i = 0; i < l->count; ++i) {
    Link *other = &l->links[i];
    if (other->vocab != link.vocab || other->number != link.number || other->verdict != link.verdict) continue;
    link.whole = other->whole = other->whole || link.whole;
    bool better = other->ambiguous != link.ambiguous ? other->ambiguous : other->namesakes > link.namesakes;
    link.concept = other->concept;
    if (better) *other = link;
    return;
  }
  const NameSource *source = &l->document->sources[link.vocab];
  link.concept = vocab_iri(source->vocab, link.number, l->arena);
  Link *links = arena_grow(l->arena, l->links, l->count, &l->capacity, sizeof *links);
  if (links) l->links = links;
  if (links && link.concept) links[l->count++] = link;
  else l->failed = true;
}

/* How many concepts of lists that fit have the name. One that two lists have counts once. */
static unsigned count_namesakes(const NameSource *source, const VocabHit *hits, size_t count, const Type *type)
{
  uint32_t        seen[MAX_HITS * MAX_HITS];
  const uint32_t *concepts;
  unsigned        found = 0;
  for (size_t i = 0; i < count; ++i) {
    size_t several = known_fits(source, hits[i].list, type) ? known_concepts(&hits[i], &concepts) : 0;
    for (size_t j = 0; j < several && found < MAX_HITS * MAX_HITS; ++j) {
      bool known = false;
      for (unsigned k = 0; k < found && !known; ++k) known = seen[k] == concepts[j];
      if (!known) seen[found++] = concepts[j];
    }
  }
  return found;
}

/* The name is all that the entity is called, or only its country is named before it: "Dutch Council of State". What is
 * said of a law beside its name ("Article 3 of") makes it no other. */
static bool is_whole(const Linking *l, KnownConcept concept, const char *name)
{
  if (l->type->corefer == COREFER_LAW) return true;
  size_t bytes = strlen(name), whole = strlen(l->label);
  if (whole <= bytes) return true;
  if (l->label[whole - bytes - 1] != ' ' || strcmp(l->label + whole - bytes, name)) return false;
  return known_home_of(l->document, concept, l->label, whole - bytes - 1);
}

static void look_up(Linking *l, uint16_t index, const char *name)
{
  const NameSource *source = &l->document->sources[index];
  VocabHit          hits[MAX_HITS];
  size_t            count = known_hits(source, name, hits);
  unsigned          namesakes = count_namesakes(source, hits, count, l->type);
  for (size_t i = 0; i < count; ++i) {
    const uint32_t *concepts;
    size_t          several = known_concepts(&hits[i], &concepts);
    VocabList       list = vocab_list_info(source->vocab, hits[i].list);
    for (size_t j = 0; j < several && !l->failed; ++j)
      add_link(l, (Link){.verdict = known_fits(source, hits[i].list, l->type) ? LINK_CANDIDATE : LINK_OTHER_TYPE,
                         .naming = naming_of(source->vocab, concepts[j], name),
                         .label = vocab_label(source->vocab, concepts[j]),
                         .name = name,
                         .list = list.name,
                         .source = source->name,
                         .number = concepts[j],
                         .vocab = index,
                         .whole = is_whole(l, (KnownConcept){source->vocab, concepts[j]}, name),
                         .ambiguous = list.ambiguous,
                         .namesakes = namesakes});
  }
}

/* ---- Which of them ---- */

static bool is_telling(const Link *link)
{
  return link->verdict == LINK_CANDIDATE && !link->ambiguous && link->namesakes == 1 && link->whole;
}

/* The candidate of a gazetteer that names leave no doubt of; NULL: none, or two. */
static Link *exact_one(Linking *l, uint16_t vocab)
{
  Link *found = NULL;
  for (size_t i = 0; i < l->count; ++i) {
    Link *link = &l->links[i];
    if (link->vocab != vocab || !is_telling(link)) continue;
    if (found) return NULL;
    found = link;
  }
  return found;
}

static double weight(const Link *link)
{
  unsigned company = link->company < COMPANY_COUNTS ? link->company : COMPANY_COUNTS;
  return (1.0 + (int)link->naming) * (1.0 + company);
}

/* Their weights' shares of the whole, to which what the gazetteer does not know adds one. */
static void score(Linking *l, uint16_t vocab)
{
  double all = 1;
  for (size_t i = 0; i < l->count; ++i)
    if (l->links[i].vocab == vocab && l->links[i].verdict == LINK_CANDIDATE) all += weight(&l->links[i]);
  for (size_t i = 0; i < l->count; ++i)
    if (l->links[i].vocab == vocab && l->links[i].verdict == LINK_CANDIDATE)
      l->links[i].score = (double)(long)(100 * weight(&l->links[i]) / all + 0.5) / 100;
}

static void decide(Linking *l, uint16_t vocab)
{
  Link *exact = exact_one(l, vocab);
  if (!exact) {
    score(l, vocab);
    return;
  }
  for (size_t i = 0; i < l->count; ++i)
    if (l->links[i].vocab == vocab && l->links[i].verdict == LINK_CANDIDATE) l->links[i].verdict = LINK_OUTDONE;
  exact->verdict = LINK_EXACT;
  exact->score = 1;
}

/* By gazetteer, then the surest first. */
static int by_score(const void *left, const void *right)
{
  const Link *a = left, *b = right;
  if (a->vocab != b->vocab) return a->vocab < b->vocab ? -1 : 1;
  if (a->verdict != b->verdict) return a->verdict < b->verdict ? -1 : 1;
  if (a->score > b->score || a->score < b->score) return a->score > b->score ? -1 : 1;
  return strcmp(a->concept, b->concept);
}

/* ---- Company ---- */

/* A name in the letter that is of a concept, and where that concept belongs. */
typedef struct {
  uint16_t source;
  uint32_t home;
  Span     span;
} Neighbour;

typedef struct {
  Neighbour *items; /* by source, home, place */
  size_t     count;
} Neighbours;

static int by_home(const void *left, const void *right)
{
  const Neighbour *a = left, *b = right;
  if (a->source != b->source) return a->source < b->source ? -1 : 1;
  if (a->home != b->home) return a->home < b->home ? -1 : 1;
  return (a->span.start > b->span.start) - (a->span.start < b->span.start);
}

static Neighbours list_neighbours(const Document *document, const MatchResult *matches)
{
  Neighbours found = {arena_alloc(document->arena, (matches->count + 1) * sizeof *found.items), 0};
  for (size_t i = 0; i < matches->count; ++i) {
    const Annotation *a = matches->annotations[i];
    if (!a->concept) continue;
    uint32_t home = known_home(document->sources[a->source].vocab, a->concept);
    found.items[found.count++] = (Neighbour){a->source, home, a->span};
  }
  if (found.count) qsort(found.items, found.count, sizeof *found.items, by_home);
  return found;
}

static size_t first_neighbour(Neighbours neighbours, uint16_t source, uint32_t home)
{
  size_t low = 0, high = neighbours.count;
  while (low < high) {
    const size_t     middle = low + (high - low) / 2;
    const Neighbour *n = &neighbours.items[middle];
    if (n->source < source || (n->source == source && n->home < home)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/* Does one of the mentions, which are in the order of the letter, hold the place? */
static bool is_own(Mentions mentions, Span span)
{
  size_t low = 0, high = mentions.count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (mentions.items[middle]->span.start <= span.start) low = middle + 1;
    else high = middle;
  }
  return low && span.end <= mentions.reach[low - 1];
}

/* Counts the names in the letter that belong to each candidate and are none of the entity's own. */
static void count_company(Linking *l, Neighbours neighbours, Mentions mentions)
{
  for (size_t i = 0; i < l->count; ++i) {
    Link *link = &l->links[i];
    if (link->verdict != LINK_CANDIDATE || is_telling(link)) continue;
    uint32_t home = known_home(l->document->sources[link->vocab].vocab, link->number);
    for (size_t j = first_neighbour(neighbours, link->vocab, home); j < neighbours.count; ++j) {
      const Neighbour *n = &neighbours.items[j];
      if (n->source != link->vocab || n->home != home) break;
      if (!is_own(mentions, n->span)) link->company++;
    }
  }
}

/* ---- One entity ---- */

static void link_names(Linking *l, const Names *names)
{
  for (size_t source = 0; source < l->document->source_count; ++source)
    for (size_t i = 0; i < names->count && !l->failed; ++i) look_up(l, (uint16_t)source, names->folded[i]);
}

/* What several longer names may be short for is none of them for sure. */
static void finish(Linking *l, Entity *entity)
{
  for (size_t i = 0; entity->rival_count && i < l->count; ++i) l->links[i].whole = false;
  for (size_t source = 0; source < l->document->source_count; ++source) decide(l, (uint16_t)source);
  if (l->count) qsort(l->links, l->count, sizeof *l->links, by_score);
  entity->links = l->links;
  entity->link_count = l->count;
}

ClaimantStatus link_by_label(const Document *document, Arena *arena, Entity *entity)
{
  Linking l = {.document = document, .arena = arena, .type = entity->type};
  Names   names = {0};
  if (!entity->label || !document->source_count) return CLAIMANT_OK;
  if (!add_name(arena, &names, entity->label)) return CLAIMANT_NO_MEMORY;
  l.label = names.folded[0];
  link_names(&l, &names);
  finish(&l, entity);
  return l.failed ? CLAIMANT_NO_MEMORY : CLAIMANT_OK;
}

/* ---- All ---- */

static int by_entity(const void *left, const void *right)
{
  const Item *a = *(const Item *const *)left, *b = *(const Item *const *)right;
  if (a->entity != b->entity) return a->entity < b->entity ? -1 : 1;
  if (a->span.start != b->span.start) return a->span.start < b->span.start ? -1 : 1;
  return (a->span.end > b->span.end) - (a->span.end < b->span.end);
}

static Mentions mentions_of(Arena *arena, const Item *const *items, size_t count)
{
  Mentions mentions = {items, count, arena_alloc(arena, count * sizeof *mentions.reach)};
  for (size_t i = 0; i < count; ++i) {
    uint32_t before = i ? mentions.reach[i - 1] : 0;
    mentions.reach[i] = items[i]->span.end > before ? items[i]->span.end : before;
  }
  return mentions;
}

static void link_one(Document *document, Neighbours neighbours, Mentions mentions)
{
  Entity *entity = (Entity *)mentions.items[0]->entity;
  Linking l = {.document = document, .arena = document->arena, .type = entity->type};
  Names   names = {0};
  l.label = known_folded(l.arena, entity->label ? entity->label : "");
  for (size_t i = 0; i < mentions.count; ++i) {
    const Item *mention = mentions.items[i];
    if (is_backref(mention)) continue;
    add_name(l.arena, &names, mention->text);
    for (size_t j = 0; j < mention->feature_count; ++j)
      if (!strcmp(mention->features[j].name, "acronym")) add_name(l.arena, &names, mention->features[j].value);
  }
  link_names(&l, &names);
  count_company(&l, neighbours, mentions);
  finish(&l, entity);
}

static const Link *exact_link(const Entity *entity)
{
  for (size_t i = 0; i < entity->link_count; ++i)
    if (entity->links[i].verdict == LINK_EXACT) return &entity->links[i];
  return NULL;
}

static int by_concept(const void *left, const void *right)
{
  const Entity *a = *(Entity *const *)left, *b = *(Entity *const *)right;
  const Link   *x = exact_link(a), *y = exact_link(b);
  if (!x || !y) return x ? -1 : y ? 1 : 0;
  int order = strcmp(x->concept, y->concept);
  if (order) return order;
  return a->type->index < b->type->index ? -1 : a->type->index > b->type->index;
}

/* Whoever may be one of those joined may be the one they are joined to. */
static void repoint(Document *document, Entity *const *joined, size_t count, Entity *into)
{
  for (size_t i = 0; i < document->item_count; ++i)
    for (size_t j = 0; j < document->items[i].candidate_count; ++j)
      for (size_t k = 0; k < count; ++k)
        if (document->items[i].candidates[j] == joined[k]) document->items[i].candidates[j] = into;
}

/* The entities of one concept become one, known by the longest of their names. */
static void join_same(Document *document, Item *const *mentions, size_t mention_count)
{
  size_t   count = document->entity_count, kept = 0;
  Entity **sorted = arena_alloc(document->arena, (count + 1) * sizeof *sorted);
  if (count) memcpy(sorted, document->entities, count * sizeof *sorted);
  if (count) qsort(sorted, count, sizeof *sorted, by_concept);
  for (size_t i = 0, run; i < count && exact_link(sorted[i]); i += run) {
    for (run = 1; i + run < count && exact_link(sorted[i + run]) && !by_concept(&sorted[i], &sorted[i + run]); ++run) continue;
    if (run == 1) continue;
    Entity *into = NULL;
    for (size_t j = 0; j < mention_count; ++j)
      for (size_t k = i; k < i + run; ++k) {
        if (mentions[j]->entity != sorted[k]) continue;
        if (!into) into = sorted[k];
        if (strlen(sorted[k]->label) > strlen(into->label)) into->label = sorted[k]->label;
        mentions[j]->entity = into;
      }
    repoint(document, sorted + i, run, into);
    for (size_t k = i; k < i + run; ++k)
      if (sorted[k] != into) sorted[k]->type = NULL;
  }
  for (size_t i = 0; i < document->entity_count; ++i)
    if (document->entities[i]->type) document->entities[kept++] = document->entities[i];
  document->entity_count = kept;
}

/* In the order of the letter; the laws that provisions belong to are among them. */
static Item **list_mentions(Document *document, size_t *count)
{
  Item **mentions = arena_alloc(document->arena, (2 * document->item_count + 1) * sizeof *mentions);
  *count = 0;
  for (size_t i = 0; i < document->item_count; ++i) {
    Item *item = &document->items[i];
    if (item->entity) mentions[(*count)++] = item;
    if (item->whole && item->whole->entity) mentions[(*count)++] = (Item *)item->whole;
  }
  return mentions;
}

void link_entities(Document *document, const MatchResult *matches)
{
  size_t count;
  if (!document->source_count) return;
  Item       **in_order = list_mentions(document, &count);
  const Item **mentions = arena_alloc(document->arena, (count + 1) * sizeof *mentions);
  for (size_t i = 0; i < count; ++i) mentions[i] = in_order[i];
  if (count) qsort(mentions, count, sizeof *mentions, by_entity);
  Neighbours neighbours = list_neighbours(document, matches);
  for (size_t i = 0, run; i < count; i += run) {
    for (run = 1; i + run < count && mentions[i + run]->entity == mentions[i]->entity; ++run) continue;
    link_one(document, neighbours, mentions_of(document->arena, mentions + i, run));
  }
  join_same(document, in_order, count);
}
