#include "graph/builder.h"
#include "graph/names.h"

/* What a statement's sentence names, by where it stands: in the statement's own words, or around them. */
typedef struct {
  const ItemNode *statement;
  Span            reach; /* its words and its sentence */
} Reach;

static Reach reach_of(const ItemNode *node)
{
  Span words = node->item->span, sentence = node->item->evidence, reach = words;
  if (sentence.start < sentence.end) {
    if (sentence.start < reach.start) reach.start = sentence.start;
    if (sentence.end > reach.end) reach.end = sentence.end;
  }
  return (Reach){node, reach};
}

static bool in_a_role(const Item *item, Span span)
{
  for (size_t i = 0; i < item->role_count; ++i)
    if (item->roles[i].has_span && spans_touch(item->roles[i].span, span)) return true;
  return false;
}

enum { MAX_SECTION_GROUNDS = 16 }; /* the nearest, so that a long section does not tie all to all */

/* A law or claim that leads up to a demand is what the demand rests on. */
static bool is_ground(const Builder *builder, const Item *statement, const Item *other)
{
  return other->span.end <= statement->span.start &&
         type_has_class(builder->rules, statement->type, NS_CLM "Demand") &&
         (type_has_class(builder->rules, other->type, NS_CLM "Law") ||
          type_has_class(builder->rules, other->type, NS_CLM "Claim"));
}

static void add_ground(Builder *builder, const ItemNode *statement, const ItemNode *other)
{
  graph_add_iri(builder->graph, statement->iri, NS_CLM "groundedIn", other->iri);
  if (other->part) graph_add_iri(builder->graph, statement->iri, NS_CLM "groundedIn", other->part);
}

/* What stands under the same heading. */
static void add_section_grounds(Builder *builder, size_t index)
{
  const ItemNode *statement = &builder->items[index];
  uint32_t        section = statement->item->section;
  if (section >= builder->document->letter->section_count || !builder->sections[section]) return;
  size_t count = 0;
  for (size_t i = index; i-- > 0 && count < MAX_SECTION_GROUNDS;) {
    const ItemNode *other = &builder->items[i];
    if (other->item->section != section) return;
    if (!is_ground(builder, statement->item, other->item)) continue;
    add_ground(builder, statement, other);
    count++;
  }
}

static void relate(Builder *builder, const ItemNode *statement, const ItemNode *other)
{
  Graph *graph = builder->graph;
  Span   words = statement->item->span;
  bool   inside = span_inside(other->item->span, words);
  if (other->statement) {
    bool smaller = other->item->span.end - other->item->span.start < words.end - words.start;
    if (inside && smaller) graph_add_iri(graph, other->iri, NS_CLM "nestedIn", statement->iri);
    else if (is_ground(builder, statement->item, other->item)) add_ground(builder, statement, other);
    return;
  }
  const char *property = NS_CLM "mentions";
  if (!inside) {
    if (spans_touch(other->item->span, words) || in_a_role(statement->item, other->item->span)) return;
    property = is_ground(builder, statement->item, other->item) ? NS_CLM "groundedIn" : NS_CLM "context";
  }
  graph_add_iri(graph, statement->iri, property, other->iri);
  if (other->part) graph_add_iri(graph, statement->iri, property, other->part);
}

void mentions_write(Builder *builder)
{
  for (size_t i = 0; i < builder->item_count && !builder->graph->status; ++i) {
    if (!builder->items[i].statement) continue;
    add_section_grounds(builder, i);
    Reach reach = reach_of(&builder->items[i]);
    for (size_t j = first_item_from(builder, reach.reach.start); j < builder->item_count; ++j) {
      const ItemNode *other = &builder->items[j];
      if (other->item->span.start >= reach.reach.end) break;
      if (j != i && other->item->span.end <= reach.reach.end) relate(builder, reach.statement, other);
    }
  }
}
