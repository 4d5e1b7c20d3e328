/* What reviewers said of items, as provenance of the nodes. */
#include "graph/builder.h"
#include "graph/names.h"

#include "base/hash.h"

#include <inttypes.h>
#include <string.h>

/* The node of an item; NULL: it has none. */
static const char *node_of(const Builder *builder, const ItemDecision *decision)
{
  if (decision->entity) {
    const EntityNode *node = entity_node(builder, decision->entity);
    return node ? node->iri : NULL;
  }
  for (size_t i = 0; i < builder->item_count; ++i)
    if (!strcmp(builder->items[i].item->id, decision->item)) return builder->items[i].iri;
  return NULL;
}

/* Named as the audit page names it, so that both can be loaded together. */
static const char *name_decision(Builder *builder, const ItemDecision *decision)
{
  uint64_t hash = hash_bytes(HASH_START, decision->reviewer, strlen(decision->reviewer));
  return builder_fragment(builder, graph_text(builder->graph, "%s-by-%08" PRIx64, decision->item, hash >> 32));
}

static void write_decision(Builder *builder, const ItemDecision *decision)
{
  Graph      *graph = builder->graph;
  const char *iri = name_decision(builder, decision), *node = node_of(builder, decision);
  graph_add_iri(graph, iri, RDF_TYPE, NS_CLM "Decision");
  graph_add_iri(graph, iri, RDF_TYPE, NS_PROV "Entity");
  graph_add_iri(graph, iri, NS_CLM "decides", builder_fragment(builder, decision->item));
  graph_add_iri(graph, iri, NS_CLM "verdict", graph_text(graph, NS_CLM "verdict-%s", decision->verdict));
  graph_add_literal(graph, iri, NS_CLM "reviewer", decision->reviewer, NULL);
  if (*decision->note) graph_add_literal(graph, iri, NS_RDFS "comment", decision->note, NULL);
  if (node) graph_add_iri(graph, node, NS_PROV "wasInfluencedBy", iri);
}

void decisions_write(Builder *builder)
{
  for (size_t i = 0; i < builder->document->decision_count && !builder->graph->status; ++i)
    write_decision(builder, &builder->document->decisions[i]);
}
