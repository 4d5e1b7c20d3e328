#include "base/unicode.h"
#include "base/utf8.h"
#include "graph/builder.h"
#include "graph/identifier.h"
#include "graph/names.h"
#include "resolve/link.h"

#include <stdlib.h>
#include <string.h>

/* A feature of this property makes a mention a part (a provision) of the thing it names. */
#define PART_PROPERTY NS_CLM "article"
/* A role of this property holds the words for that thing. */
#define WHOLE_PROPERTY NS_DCTERMS "isPartOf"

/* ---- Entities --------------------------------------------------------------------- */

static int compare_entities(const void *left, const void *right)
{
  return strcmp(((const EntityNode *)left)->entity->id, ((const EntityNode *)right)->entity->id);
}

const EntityNode *entity_node(const Builder *builder, const Entity *entity)
{
  if (!entity || !builder->entity_count) return NULL;
  EntityNode key = {.entity = entity};
  return bsearch(&key, builder->entities, builder->entity_count, sizeof key, compare_entities);
}

static void refer(Builder *builder, EntityNode node)
{
  if (!node.entity || builder->graph->status) return;
  EntityNode *nodes = arena_grow(builder->graph->arena, builder->entities, builder->entity_count,
                                 &builder->entity_capacity, sizeof *nodes);
  if (!nodes) {
    graph_fail(builder->graph, CLAIMANT_NO_MEMORY, NULL);
    return;
  }
  builder->entities = nodes;
  nodes[builder->entity_count++] = node;
}

static void merge(EntityNode *into, const EntityNode *more)
{
  into->mentions += more->mentions;
  if (more->confidence > into->confidence) into->confidence = more->confidence;
  if (!into->alias) into->alias = more->alias;
  bool earlier = more->words.end && (!into->words.end || more->words.start < into->words.start);
  if (earlier) into->words = more->words;
}

/* By label too, so that which of several equal entities is kept does not hang on the sort. */
static int compare_labels(const void *left, const void *right)
{
  const Entity *a = ((const EntityNode *)left)->entity, *b = ((const EntityNode *)right)->entity;
  int           order = compare_entities(left, right);
  if (!order) order = strcmp(a->label ? a->label : "", b->label ? b->label : "");
  return order;
}

static void merge_entities(Builder *builder)
{
  EntityNode *nodes = builder->entities;
  if (!builder->entity_count) return;
  qsort(nodes, builder->entity_count, sizeof *nodes, compare_labels);
  size_t kept = 0;
  for (size_t i = 1; i < builder->entity_count; ++i)
    if (compare_entities(&nodes[kept], &nodes[i])) nodes[++kept] = nodes[i];
    else merge(&nodes[kept], &nodes[i]);
  builder->entity_count = kept + 1;
  for (size_t i = 0; i < builder->entity_count; ++i) {
    if (nodes[i].mentions) nodes[i].alias = NULL;
    nodes[i].iri = nodes[i].alias ? nodes[i].alias : builder_fragment(builder, nodes[i].entity->id);
  }
}

static void refer_all(Builder *builder, const Entity *const *entities, size_t count)
{
  for (size_t i = 0; i < count; ++i) refer(builder, (EntityNode){.entity = entities[i]});
}

static void refer_from(Builder *builder, const ItemNode *node)
{
  const Item *item = node->item;
  refer(builder, (EntityNode){.entity = node->entity, .mentions = 1, .confidence = item->confidence,
                              .words = item->span});
  if (item->entity != node->entity) refer(builder, (EntityNode){.entity = item->entity, .alias = node->part});
  for (size_t i = 0; i < item->role_count; ++i) {
    const ItemRole *role = &item->roles[i];
    refer(builder, (EntityNode){.entity = role->entity, .words = role->has_span ? role->span : (Span){0, 0}});
  }
}

static void collect_entities(Builder *builder)
{
  const Document *document = builder->document;
  const LetterMeta *meta = &document->meta;
  refer_all(builder, &document->writer, 1);
  refer_all(builder, &document->addressee, 1);
  refer_all(builder, meta->senders, meta->sender_count);
  refer_all(builder, meta->addressees, meta->addressee_count);
  refer_all(builder, meta->signatories, meta->signatory_count);
  for (size_t i = 0; i < builder->item_count; ++i) refer_from(builder, &builder->items[i]);
  merge_entities(builder);
}

/* ---- Items -------------------------------------------------------------------------- */

static int compare_items(const void *left, const void *right)
{
  const Item *a = ((const ItemNode *)left)->item, *b = ((const ItemNode *)right)->item;
  if (a->span.start != b->span.start) return a->span.start < b->span.start ? -1 : 1;
  if (a->span.end != b->span.end) return a->span.end > b->span.end ? -1 : 1;
  return strcmp(a->id, b->id);
}

/* A type is in the graph when it, or one it extends, has a class. */
static bool in_graph(const Builder *builder, const Type *type)
{
  for (; type; type = type_parent(builder->rules, type))
    if (type->class_count) return true;
  return false;
}

static bool is_entity_type(const Type *type) { return type->node && !strcmp(type->node, "entity"); }

static bool is_statement(const Builder *builder, const Type *type)
{
  if (is_entity_type(type)) return false;
  for (; type; type = type_parent(builder->rules, type))
    for (size_t i = 0; i < type->role_count; ++i)
      if (type->roles[i].property && !is_reference(type->roles[i].property)) return true;
  return false;
}

static const ItemFeature *part_feature(const Item *item)
{
  for (size_t i = 0; i < item->feature_count; ++i) {
    const FeatureType *type = item->features[i].type;
    bool               written = type && type->property && type->output;
    if (written && !strcmp(type->property, PART_PROPERTY)) return &item->features[i];
  }
  return NULL;
}

static const char *folded(Builder *builder, const char *words)
{
  char *copy = arena_alloc(builder->graph->arena, 2 * strlen(words) + 1), *to = copy;
  if (!copy) return graph_fail(builder->graph, CLAIMANT_NO_MEMORY, NULL), NULL;
  for (size_t length = 0; *words; words += length)
    to += utf8_encode(unicode_lower(utf8_decode(words, &length)), to);
  return copy;
}

/* The instrument as an entity, from the words that name it: with the very identifier that a mention of
 * it elsewhere has, so that the two become one node. */
static const Entity *instrument_of(Builder *builder, const Item *item, const ItemRole *role)
{
  const char *words = builder_span_words(builder, role->span);
  const char *key = words ? folded(builder, words) : NULL;
  const char *kind = key ? folded(builder, item->type->name) : NULL;
  const char *id = kind ? fragment_name(builder->graph->arena, kind, key, 1) : NULL;
  Entity     *entity = id ? arena_alloc(builder->graph->arena, sizeof *entity) : NULL;
  if (!entity) return graph_fail(builder->graph, CLAIMANT_NO_MEMORY, NULL), NULL;
  *entity = (Entity){.type = item->type, .label = words};
  strncpy(entity->id, id, ID_SIZE - 1);
  if (link_by_label(builder->document, builder->graph->arena, entity)) graph_fail(builder->graph, CLAIMANT_NO_MEMORY, NULL);
  return entity;
}

static const Entity *whole_of(Builder *builder, const Item *item)
{
  for (size_t i = 0; i < item->role_count; ++i) {
    const ItemRole *role = &item->roles[i];
    if (!role->type || !role->type->property || strcmp(role->type->property, WHOLE_PROPERTY) != 0) continue;
    if (role->entity && role->entity != item->entity) return role->entity;
    if (role->has_span) return instrument_of(builder, item, role);
  }
  return item->entity;
}

static void name_part(Builder *builder, ItemNode *node)
{
  const ItemFeature *feature = node->entity ? part_feature(node->item) : NULL;
  const char        *value = feature && feature->value ? builder_words(builder, feature->value) : NULL;
  if (!value) return;
  node->entity = whole_of(builder, node->item);
  if (builder->graph->status) return;
  const char *whole = node->entity->label ? builder_words(builder, node->entity->label) : node->entity->id;
  const char *text = whole ? graph_text(builder->graph, "%s %s", value, whole) : NULL;
  const char *name = text ? fragment_name(builder->graph->arena, "provision", text, 1) : NULL;
  node->part = builder_fragment(builder, name);
}

static void collect_items(Builder *builder)
{
  const Document *document = builder->document;
  builder->items = arena_alloc(builder->graph->arena, (document->item_count + 1) * sizeof *builder->items);
  if (!builder->items) {
    graph_fail(builder->graph, CLAIMANT_NO_MEMORY, NULL);
    return;
  }
  for (size_t i = 0; i < document->item_count && !builder->graph->status; ++i) {
    const Item *item = &document->items[i];
    if (!in_graph(builder, item->type)) continue;
    ItemNode *node = &builder->items[builder->item_count++];
    *node = (ItemNode){.item = item, .entity = item->entity, .statement = is_statement(builder, item->type)};
    name_part(builder, node);
    node->iri = builder_fragment(builder, node->entity ? node->entity->id : item->id);
  }
  qsort(builder->items, builder->item_count, sizeof *builder->items, compare_items);
}

size_t first_item_from(const Builder *builder, uint32_t start)
{
  size_t low = 0, high = builder->item_count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (builder->items[middle].item->span.start < start) low = middle + 1;
    else high = middle;
  }
  return low;
}

/* ---- Evidence -------------------------------------------------------------------------- */

static void collect(Builder *builder, Span span)
{
  evidence_collect(&builder->evidence, builder->graph, builder->document->letter, span);
}

Span evidence_span(const ItemNode *node)
{
  bool sentence = node->statement && node->item->evidence.start < node->item->evidence.end;
  return sentence ? node->item->evidence : node->item->span;
}

static void collect_evidence(Builder *builder)
{
  for (size_t i = 0; i < builder->item_count; ++i) {
    const Item *item = builder->items[i].item;
    collect(builder, evidence_span(&builder->items[i]));
    collect(builder, events_evidence(&builder->items[i]));
    for (size_t j = 0; j < item->modifier_count; ++j) collect(builder, item->modifiers[j].trigger);
  }
  for (size_t i = 0; i < builder->entity_count; ++i) {
    const EntityNode *node = &builder->entities[i];
    if (!node->mentions && node->words.end) collect(builder, node->words);
  }
}

void nodes_collect(Builder *builder)
{
  collect_items(builder);
  if (!builder->graph->status) collect_entities(builder);
  if (!builder->graph->status) collect_evidence(builder);
}
