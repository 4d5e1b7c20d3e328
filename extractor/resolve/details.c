#include "resolve/details.h"

#include "resolve/items.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_FILLERS = 8, MAX_CONCEPTS = 12 };

/* Everything that may be a detail, by start. */
typedef struct {
  Document          *document;
  const Annotation **found;
  const char       **concepts; /* of each, IRI or NULL */
  size_t             count;
} Details;

/* ---- What there is ---------------------------------------------------------------------------- */

static bool takes(const RuleSet *rules, uint16_t from, uint16_t type)
{
  return from && ruleset_is_a(rules, type, (uint16_t)(from - 1));
}

static bool is_source(const RuleSet *rules, const Type *wanting, uint16_t type)
{
  for (size_t i = 0; i < wanting->role_count; ++i)
    if (takes(rules, wanting->roles[i].from, type)) return true;
  for (size_t i = 0; i < wanting->feature_count; ++i)
    if (takes(rules, wanting->features[i].from, type)) return true;
  return false;
}

static bool is_detail(const RuleSet *rules, uint16_t type)
{
  for (size_t i = 0; i < rules->type_count; ++i)
    if (is_source(rules, &rules->types[i], type)) return true;
  return false;
}

static int by_place(const void *a, const void *b)
{
  const Annotation *x = *(const Annotation *const *)a, *y = *(const Annotation *const *)b;
  if (x->span.start != y->span.start) return x->span.start < y->span.start ? -1 : 1;
  if (x->span.end != y->span.end) return x->span.end > y->span.end ? -1 : 1;
  return x->id < y->id ? -1 : x->id > y->id;
}

static void collect(Details *details, const MatchResult *matches)
{
  const RuleSet *rules = details->document->rules;
  Arena         *arena = details->document->arena;
  bool          *wanted = arena_alloc(arena, rules->type_count + 1);
  for (size_t i = 0; i < rules->type_count; ++i) wanted[i] = is_detail(rules, (uint16_t)i);
  details->found = arena_alloc(arena, (matches->count + 1) * sizeof *details->found);
  for (size_t i = 0; i < matches->count; ++i) {
    const Annotation *annotation = matches->annotations[i];
    if (annotation->live && wanted[annotation->type])
      details->found[details->count++] = annotation;
  }
  if (details->count) qsort(details->found, details->count, sizeof *details->found, by_place);
  details->concepts = arena_alloc(arena, (details->count + 1) * sizeof *details->concepts);
  for (size_t i = 0; i < details->count; ++i) {
    const Annotation *found = details->found[i];
    details->concepts[i] =
        found->concept ? vocab_iri(details->document->sources[found->source].vocab, found->concept, arena) : NULL;
  }
}

/* The first that starts at `start` or behind it. */
static size_t first_from(const Details *details, uint32_t start)
{
  size_t low = 0, high = details->count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (details->found[middle]->span.start < start) low = middle + 1;
    else high = middle;
  }
  return low;
}

/* ---- Roles ---------------------------------------------------------------------------------------- */

static bool has_role(const Item *item, const char *name)
{
  for (size_t i = 0; i < item->role_count; ++i)
    if (item->roles[i].name == name) return true;
  return false;
}

static bool alone_in_unit(const Document *document, const Item *item)
{
  size_t at = (size_t)(item - document->items);
  for (size_t i = at; i-- > 0 && document->items[i].evidence.end > item->evidence.start;)
    if (document->items[i].type == item->type) return false;
  for (size_t i = at + 1; i < document->item_count && document->items[i].span.start < item->evidence.end; ++i)
    if (document->items[i].type == item->type) return false;
  return true;
}

/* The entity of a mention with exactly these words. */
static const Entity *entity_at(const Document *document, Span span)
{
  size_t low = 0, high = document->item_count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (document->items[middle].span.start < span.start) low = middle + 1;
    else high = middle;
  }
  for (; low < document->item_count && document->items[low].span.start == span.start; ++low)
    if (document->items[low].span.end == span.end && document->items[low].entity) return document->items[low].entity;
  return NULL;
}

static void add_role(Document *document, Item *item, const RoleType *type, Span span)
{
  ItemRole *roles = arena_alloc(document->arena, (item->role_count + 1) * sizeof *roles);
  if (item->role_count) memcpy(roles, item->roles, item->role_count * sizeof *roles);
  item->roles = roles;
  items_insert_role(document, item,
                    (ItemRole){.type = type,
                               .name = type->name,
                               .has_span = true,
                               .span = span,
                               .text = items_text(document, span),
                               .entity = entity_at(document, span)});
}

/* Adds what stands inside `where` but not inside `except`; how many. */
static size_t fill_from(const Details *details, Item *item, const RoleType *role, Span where, Span except)
{
  Document *document = details->document;
  size_t    filled = 0;
  for (size_t i = first_from(details, where.start); i < details->count; ++i) {
    const Annotation *found = details->found[i];
    if (found->span.start >= where.end || filled == MAX_FILLERS || (filled && !role->many)) break;
    if (found->span.end > where.end || !takes(document->rules, role->from, found->type)) continue;
    if (found->span.start < except.end && except.start < found->span.end) continue;
    add_role(document, item, role, found->span);
    filled++;
  }
  return filled;
}

static void fill_role(const Details *details, Item *item, const RoleType *role)
{
  if (!role->from || has_role(item, role->name)) return;
  if (fill_from(details, item, role, item->span, (Span){0, 0})) return;
  if (alone_in_unit(details->document, item)) fill_from(details, item, role, item->evidence, item->span);
}

/* ---- Features -------------------------------------------------------------------------------------- */

typedef struct {
  const char *values[MAX_CONCEPTS];
  size_t      count, bytes;
} Concepts;

static void take_concept(Concepts *concepts, const char *iri, const char *scheme)
{
  size_t length = strlen(scheme);
  if (!iri || strncmp(iri, scheme, length) != 0 || concepts->count == MAX_CONCEPTS) return;
  for (size_t i = 0; i < concepts->count; ++i)
    if (!strcmp(concepts->values[i], iri + length)) return;
  concepts->values[concepts->count++] = iri + length;
  concepts->bytes += strlen(iri + length) + 1;
}

static void take_concepts(const Details *details, Concepts *concepts, const FeatureType *feature, Span where)
{
  for (size_t i = first_from(details, where.start); i < details->count; ++i) {
    const Annotation *found = details->found[i];
    if (found->span.start >= where.end) return;
    if (takes(details->document->rules, feature->from, found->type))
      take_concept(concepts, details->concepts[i], feature->scheme);
  }
}

static Span heading_of(const Document *document, const Item *item)
{
  const Letter *letter = document->letter;
  if (item->section >= letter->section_count) return (Span){0, 0};
  uint32_t heading = letter->sections[item->section].heading;
  return heading == NO_INDEX ? (Span){0, 0} : letter->blocks[heading].span;
}

static void add_feature(Document *document, Item *item, const FeatureType *type, const Concepts *concepts)
{
  char  *value = arena_alloc(document->arena, concepts->bytes);
  size_t at = 0;
  for (size_t i = 0; i < concepts->count; ++i) {
    size_t length = strlen(concepts->values[i]);
    memcpy(value + at, concepts->values[i], length);
    at += length;
    value[at++] = i + 1 < concepts->count ? ' ' : '\0';
  }
  ItemFeature *features = arena_alloc(document->arena, (item->feature_count + 1) * sizeof *features);
  if (item->feature_count) memcpy(features, item->features, item->feature_count * sizeof *features);
  features[item->feature_count++] = (ItemFeature){type, type->name, value};
  item->features = features;
}

static void set_feature(const Details *details, Item *item, const FeatureType *feature)
{
  if (!feature->from) return;
  Concepts concepts = {.count = 0};
  take_concepts(details, &concepts, feature, item->span);
  take_concepts(details, &concepts, feature, item->evidence);
  take_concepts(details, &concepts, feature, heading_of(details->document, item));
  if (concepts.count) add_feature(details->document, item, feature, &concepts);
}

void details_add(Document *document, const MatchResult *matches)
{
  Details details = {.document = document};
  collect(&details, matches);
  for (size_t i = 0; details.count && i < document->item_count; ++i) {
    Item *item = &document->items[i];
    for (const Type *type = item->type; type; type = type->parent == NO_TYPE ? NULL : &document->rules->types[type->parent]) {
      for (size_t j = 0; j < type->role_count; ++j) fill_role(&details, item, &type->roles[j]);
      for (size_t j = 0; j < type->feature_count; ++j) set_feature(&details, item, &type->features[j]);
    }
  }
}
