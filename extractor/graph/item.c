#include "base/utf8.h"
#include "graph/builder.h"
#include "graph/names.h"

#include <string.h>

enum { LABEL_LENGTH = 100 }; /* code points, at most */

/* What an item's own words are called; others are clm:text. */
static const struct {
  const char *class, *property;
} own_words[] = {{NS_CLM "Claim", NS_CLM "content"}, {NS_CLM "Demand", NS_CLM "action"}};

/* ---- Items ---------------------------------------------------------------------------------- */

static void write_classes(Builder *builder, const char *subject, const Type *type)
{
  for (; type; type = type_parent(builder->rules, type))
    for (size_t i = 0; i < type->class_count; ++i)
      graph_add_iri(builder->graph, subject, RDF_TYPE, type->classes[i]);
}

static const char *shortened(Builder *builder, const char *words)
{
  size_t at = 0, border = 0, count = 0;
  for (; words[at] && count < LABEL_LENGTH; ++count) {
    if (words[at] == ' ') border = at;
    at += utf8_sequence(words + at, strnlen(words + at, 4));
  }
  if (!words[at]) return words;
  return graph_text(builder->graph, "%.*s…", (int)(border ? border : at), words);
}

static void write_origin(Builder *builder, const char *subject, const Item *item)
{
  Graph *graph = builder->graph;
  const char *rule = item->rule ? graph_text(graph, "%s#%s", builder->rule_base, item->rule->id) : NULL;
  if (rule) graph_add_iri(graph, subject, NS_CLM "rule", rule);
  graph_add_iri(graph, subject, NS_PROV "wasGeneratedBy", builder->run);
}

/* Without printf's %f, which writes the point of the locale. */
static void write_confidence(Builder *builder, const char *subject, double confidence)
{
  Graph   *graph = builder->graph;
  unsigned thousandths = (unsigned)((confidence < 0 ? 0 : confidence > 1 ? 1 : confidence) * 1000 + 0.5);
  graph_add_literal(graph, subject, NS_CLM "confidence",
                    graph_text(graph, "%u.%03u", thousandths / 1000, thousandths % 1000), XSD_DECIMAL);
}

const char *own_words_property(const RuleSet *rules, const Type *type)
{
  for (size_t i = 0; i < sizeof own_words / sizeof *own_words; ++i)
    if (type_has_class(rules, type, own_words[i].class)) return own_words[i].property;
  return NS_CLM "text";
}

static bool is_piece(const Item *item, const ItemRole *role, const char *property)
{
  if (!role->type || !role->type->property || strcmp(role->type->property, property) != 0) return false;
  return role->has_span && span_inside(role->span, item->span);
}

/* The words as a whole, or in the pieces that a role of the same property names. */
static void write_own_words(Builder *builder, const ItemNode *node, const char *words)
{
  const Item *item = node->item;
  const char *property = own_words_property(builder->rules, item->type);
  size_t      pieces = 0;
  for (size_t i = 0; i < item->role_count; ++i) pieces += is_piece(item, &item->roles[i], property);
  if (pieces < 2) graph_add_words(builder->graph, node->iri, property, words);
  for (size_t i = 0; pieces > 1 && i < item->role_count; ++i)
    if (is_piece(item, &item->roles[i], property))
      graph_add_words(builder->graph, node->iri, property, builder_span_words(builder, item->roles[i].span));
}

static void write_statement(Builder *builder, const ItemNode *node, const char *words)
{
  const Item *item = node->item;
  if (!builder->options->no_words) write_own_words(builder, node, words);
  roles_write(builder, node);
  bool        known = item->section < builder->document->letter->section_count;
  const char *section = known ? builder->sections[item->section] : NULL;
  if (section) graph_add_iri(builder->graph, node->iri, NS_CLM "inSection", section);
  const char *extent = graph_text(builder->graph, "%s-x", node->iri);
  if (!extent) return;
  graph_add_iri(builder->graph, node->iri, NS_CLM "extent", extent);
  position_write(builder->graph, builder->document->letter, extent, item->span);
}

static void write_part(Builder *builder, const ItemNode *node, const char *words)
{
  Graph *graph = builder->graph;
  graph_add_iri(graph, node->part, RDF_TYPE, NS_CLM "Provision");
  graph_add_words(graph, node->part, RDFS_LABEL, words);
  graph_add_iri(graph, node->part, NS_DCTERMS "isPartOf", node->iri);
  write_origin(builder, node->part, node->item);
  write_confidence(builder, node->part, node->item->confidence);
  builder_add_evidence(builder, node->part, evidence_span(node));
}

/* A mention of an entity: the entity itself is written once, by entities_write. */
static void write_mention(Builder *builder, const ItemNode *node, const char *words)
{
  const Item *item = node->item;
  const char *label = node->entity->label ? builder_words(builder, node->entity->label) : NULL;
  if (!builder->graph->status && is_name(node) && label && strcmp(label, words) != 0)
    graph_add_words(builder->graph, node->iri, NS_SCHEMA "alternateName", words);
  write_classes(builder, node->iri, item->type);
  roles_write(builder, node);
}

/* A modifier's trigger is evidence for what the item says, and its rule one of those behind it. */
static void write_modifiers(Builder *builder, const ItemNode *node)
{
  for (size_t i = 0; i < node->item->modifier_count; ++i) {
    const ItemModifier *m = &node->item->modifiers[i];
    graph_add_iri(builder->graph, node->iri, NS_CLM "rule", graph_text(builder->graph, "%s#%s", builder->rule_base, m->rule->id));
    builder_add_evidence(builder, node->iri, m->trigger);
  }
}

static void write_item(Builder *builder, const ItemNode *node)
{
  const Item *item = node->item;
  const char *words = builder_span_words(builder, item->span);
  if (!words) return;
  if (node->entity) write_mention(builder, node, words);
  else {
    write_classes(builder, node->iri, item->type);
    builder_add_label(builder, node->iri, shortened(builder, words));
    write_confidence(builder, node->iri, item->confidence);
    if (node->statement) write_statement(builder, node, words);
    else roles_write(builder, node);
  }
  write_origin(builder, node->iri, item);
  builder_add_evidence(builder, node->iri, evidence_span(node));
  write_modifiers(builder, node);
  if (node->part) write_part(builder, node, words);
  features_write(builder, node);
}

void items_write(Builder *builder)
{
  for (size_t i = 0; i < builder->item_count && !builder->graph->status; ++i)
    write_item(builder, &builder->items[i]);
}

/* ---- Entities ---------------------------------------------------------------------------------- */

static void write_entity(Builder *builder, const EntityNode *node)
{
  Graph        *graph = builder->graph;
  const Entity *entity = node->entity;
  if (node->alias) return;
  const char   *label = entity->label ? builder_words(builder, entity->label) : NULL;
  if (entity->type) write_classes(builder, node->iri, entity->type);
  else graph_add_iri(graph, node->iri, RDF_TYPE, NS_PROV "Agent");
  if (label && *label) {
    graph_add_words(graph, node->iri, RDFS_LABEL, label);
    graph_add_words(graph, node->iri, SCHEMA_NAME, label);
  } else graph_add_literal(graph, node->iri, RDFS_LABEL, entity->id, NULL);
  links_write(builder, node);
  if (node->mentions) write_confidence(builder, node->iri, node->confidence);
  graph_add_iri(graph, node->iri, NS_PROV "wasGeneratedBy", builder->run);
  if (!node->mentions && node->words.end) builder_add_evidence(builder, node->iri, node->words);
}

void entities_write(Builder *builder)
{
  for (size_t i = 0; i < builder->entity_count && !builder->graph->status; ++i)
    write_entity(builder, &builder->entities[i]);
}
