#include "resolve/jurisdiction.h"

#include "match/matcher.h"

#include <stdlib.h>
#include <string.h>

#define PLACE_TYPE "LawPlace"
#define ALPHA_2 "https://w3id.org/claimant/vocab/iso3166-1-alpha-2"

/* A country's name or adjective in the letter. */
typedef struct {
  const Annotation *annotation;
  const char       *code, *basis;
} Country;

typedef struct {
  Document *document;
  Country  *countries; /* by place */
  size_t    count;
  const Table *kinds;
  const char  *inherited; /* the addressee's, or NULL */
} Search;

static const char *look_up(const Table *table, const char *key)
{
  for (size_t i = 0; table && key && i < table->row_count; ++i)
    if (strcmp(table->rows[i].key, key) == 0) return table->rows[i].value;
  return NULL;
}

static const Table *table_of(const Document *document, const char *name)
{
  return ruleset_table(document->rules, name, strlen(name), document->language);
}

/* ---- Countries ---- */

static int by_place(const void *left, const void *right)
{
  const Annotation *a = ((const Country *)left)->annotation, *b = ((const Country *)right)->annotation;
  if (a->span.start != b->span.start) return a->span.start < b->span.start ? -1 : 1;
  if (a->span.end != b->span.end) return a->span.end > b->span.end ? -1 : 1;
  return a->id < b->id ? -1 : a->id > b->id;
}

static void find_countries(Search *s, const MatchResult *matches)
{
  const Document *document = s->document;
  const Table    *bases = table_of(document, "jurisdiction-basis");
  s->countries = arena_alloc(document->arena, (matches->count + 1) * sizeof *s->countries);
  for (size_t i = 0; bases && i < matches->count; ++i) {
    const Annotation *a = matches->annotations[i];
    const char       *list = a->concept && !a->rule ? document->rules->types[a->type].name : NULL;
    const char       *basis = list && *list == '@' ? look_up(bases, list + 1) : NULL;
    if (!basis || a->source >= document->source_count) continue;
    const Vocab *vocab = document->sources[a->source].vocab;
    const char  *code = vocab_value(vocab, a->concept, ALPHA_2, 0);
    s->countries[s->count++] = (Country){a, code ? code : vocab_label(vocab, a->concept), basis};
  }
  if (s->count) qsort(s->countries, s->count, sizeof *s->countries, by_place);
}

static size_t first_from(const Search *s, uint32_t start)
{
  size_t low = 0, high = s->count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (s->countries[middle].annotation->span.start < start) low = middle + 1;
    else high = middle;
  }
  return low;
}

/* The only one within the span; NULL: none, or several. */
static const Country *only_country(const Search *s, Span span)
{
  const Country *found = NULL;
  for (size_t i = first_from(s, span.start); i < s->count && s->countries[i].annotation->span.start < span.end; ++i) {
    const Country *country = &s->countries[i];
    if (country->annotation->span.end > span.end) continue;
    if (found && strcmp(found->code, country->code) != 0) return NULL;
    if (!found) found = country;
  }
  return found;
}

/* ---- The addressee's ---- */

static bool names_addressee(const Document *document, const Item *item)
{
  for (size_t i = 0; i < document->meta.addressee_count; ++i)
    if (item->entity == document->meta.addressees[i]) return true;
  return false;
}

static const Unit *unit_at(const Letter *letter, uint32_t at)
{
  for (size_t i = 0; i < letter->unit_count; ++i)
    if (letter->units[i].span.start <= at && at < letter->units[i].span.end) return &letter->units[i];
  return NULL;
}

/* That of the head's blocks in which the addressee is named, where they name one only. */
static const char *addressees_country(const Search *s)
{
  const Document *document = s->document;
  const char     *code = NULL;
  for (size_t i = 0; i < document->item_count; ++i) {
    const Item *item = &document->items[i];
    const Unit *unit = names_addressee(document, item) ? unit_at(document->letter, item->span.start) : NULL;
    if (!unit || unit->zone == ZONE_BODY) continue;
    Span           block = document->letter->blocks[unit->block].span;
    const Country *country = only_country(s, block);
    if (!country) continue;
    if (code && strcmp(code, country->code) != 0) return NULL;
    code = country->code;
  }
  return code;
}

/* ---- Laws ---- */

static void set(const Search *s, Item *item, const char *code, const char *basis)
{
  items_set_feature(s->document, item, "jurisdiction", code);
  items_set_feature(s->document, item, "jurisdictionBasis", basis);
}

static void take_inner(const Search *s, Item *item)
{
  const char *kind = item_feature(item, "kind");
  if (item_feature(item, "jurisdiction") || !look_up(s->kinds, kind)) return;
  const Country *country = only_country(s, item->span);
  if (country) set(s, item, country->code, country->basis);
}

static void take_places(const Search *s, const MatchResult *matches, const ItemMap *map)
{
  const Type *type = ruleset_type(s->document->rules, PLACE_TYPE);
  for (size_t i = 0; type && i < matches->count; ++i) {
    const Annotation *a = matches->annotations[i];
    Item             *item = NULL;
    const Country    *country = NULL;
    if (!a->live || !a->rule || a->type != type->index) continue;
    for (size_t j = 0; j < a->role_count; ++j) {
      if (strcmp(a->roles[j].name, "law") == 0) item = items_behind(s->document, map, a->roles[j].annotation);
      if (strcmp(a->roles[j].name, "state") == 0 && a->roles[j].has_span) country = only_country(s, a->roles[j].span);
    }
    const char *kind = item ? item_feature(item, "kind") : NULL;
    if (item && country && !item_feature(item, "jurisdiction") && look_up(s->kinds, kind))
      set(s, item, country->code, country->basis);
  }
}

static const Entity *whole_entity(const Item *item) { return item->whole ? item->whole->entity : item->entity; }

static int by_law(const void *left, const void *right)
{
  const Item   *a = *(Item *const *)left, *b = *(Item *const *)right;
  const Entity *x = whole_entity(a), *y = whole_entity(b);
  if (x != y) return x < y ? -1 : 1;
  return a < b ? -1 : a > b;
}

/* The mentions of one law: the first that says whose it is speaks for those that do not. */
static void share(const Search *s, Item **mentions, size_t count)
{
  const char *code = NULL, *basis = NULL;
  for (size_t i = 0; i < count && !code; ++i) {
    code = item_feature(mentions[i], "jurisdiction");
    basis = item_feature(mentions[i], "jurisdictionBasis");
  }
  for (size_t i = 0; i < count; ++i) {
    const char *kind = look_up(s->kinds, item_feature(mentions[i], "kind"));
    if (item_feature(mentions[i], "jurisdiction") || !kind) continue;
    if (code) set(s, mentions[i], code, basis);
    else if (s->inherited && strcmp(kind, "inherits") == 0) set(s, mentions[i], s->inherited, "inherited");
  }
}

static Search begin(Document *document, const MatchResult *matches)
{
  Search s = {.document = document, .kinds = table_of(document, "jurisdiction-kind")};
  find_countries(&s, matches);
  return s;
}

void jurisdiction_find(Document *document, const MatchResult *matches, const ItemMap *map)
{
  Search s = begin(document, matches);
  for (size_t i = 0; i < document->item_count; ++i)
    if (document->items[i].type->corefer == COREFER_LAW) take_inner(&s, &document->items[i]);
  take_places(&s, matches, map);
}

void jurisdiction_share(Document *document, const MatchResult *matches)
{
  Search s = begin(document, matches);
  Item **laws = arena_alloc(document->arena, (document->item_count + 1) * sizeof *laws);
  size_t count = 0;
  for (size_t i = 0; i < document->item_count; ++i)
    if (document->items[i].type->corefer == COREFER_LAW) laws[count++] = &document->items[i];
  if (!count) return;
  s.inherited = addressees_country(&s);
  qsort(laws, count, sizeof *laws, by_law);
  for (size_t i = 0, run; i < count; i += run) {
    for (run = 1; i + run < count && whole_entity(laws[i + run]) == whole_entity(laws[i]);) run++;
    share(&s, laws + i, run);
  }
}
