#include "graph/builder.h"
#include "graph/identifier.h"
#include "graph/names.h"

#include <stdlib.h>
#include <string.h>

/* A feature of this property makes a mention a part (a provision) of the thing it names. */
#define PART_PROPERTY NS_CLM "article"

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

static void refer(Builder *builder, const Entity *entity, double confidence, size_t mentions, Span words)
{
  if (!entity || builder->graph->status) return;
  EntityNode *nodes = arena_grow(builder->graph->arena, builder->entities, builder->entity_count,
                                 &builder->entity_capacity, sizeof *nodes);
  if (!nodes) {
    graph_fail(builder->graph, CLAIMANT_NO_MEMORY, NULL);
    return;
  }
  builder->entities = nodes;
  nodes[builder->entity_count++] = (EntityNode){entity, NULL, mentions, confidence, words};
}

static void merge(EntityNode *into, const EntityNode *more)
{
  into->mentions += more->mentions;
  if (more->confidence > into->confidence) into->confidence = more->confidence;
  bool earlier = more->words.end && (!into->words.end || more->words.start < into->words.start);
  if (earlier) into->words = more->words;
}

static void merge_entities(Builder *builder)
{
  EntityNode *nodes = builder->entities;
  if (!builder->entity_count) return;
  qsort(nodes, builder->entity_count, sizeof *nodes, compare_entities);
  size_t kept = 0;
  for (size_t i = 1; i < builder->entity_count; ++i)
    if (compare_entities(&nodes[kept], &nodes[i])) nodes[++kept] = nodes[i];
    else merge(&nodes[kept], &nodes[i]);
  builder->entity_count = kept + 1;
  for (size_t i = 0; i < builder->entity_count; ++i)
    nodes[i].iri = builder_fragment(builder, nodes[i].entity->id);
}

static void refer_all(Builder *builder, const Entity *const *entities, size_t count)
{
  for (size_t i = 0; i < count; ++i) refer(builder, entities[i], 0, 0, (Span){0, 0});
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
  for (size_t i = 0; i < builder->item_count; ++i) {
    const Item *item = builder->items[i].item;
    refer(builder, item->entity, item->confidence, 1, item->span);
    for (size_t j = 0; j < item->role_count; ++j) {
      const ItemRole *role = &item->roles[j];
      refer(builder, role->entity, 0, 0, role->has_span ? role->span : (Span){0, 0});
    }
  }
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
      if (type->roles[i].property) return true;
  return false;
}

static void name_part(Builder *builder, ItemNode *node)
{
  const Item *item = node->item;
  if (!item->entity) return;
  for (size_t i = 0; i < item->feature_count; ++i) {
    const FeatureType *type = item->features[i].type;
    if (!type || !type->property || !type->output || strcmp(type->property, PART_PROPERTY) != 0) continue;
    const char *value = builder_words(builder, item->features[i].value);
    const char *whole = item->entity->label ? builder_words(builder, item->entity->label) : item->entity->id;
    if (!value || !whole) return;
    const char *text = graph_text(builder->graph, "%s %s", value, whole);
    if (!text) return;
    node->part = builder_fragment(builder, fragment_name(builder->graph->arena, "provision", text, 1));
    return;
  }
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
    *node = (ItemNode){.item = item, .statement = is_statement(builder, item->type)};
    node->iri = builder_fragment(builder, item->entity ? item->entity->id : item->id);
    name_part(builder, node);
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
  for (size_t i = 0; i < builder->item_count; ++i) collect(builder, evidence_span(&builder->items[i]));
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
