#include "graph/builder.h"
#include "graph/identifier.h"
#include "graph/names.h"

#include <stdio.h>

static const char *const methods[] = {
    [NAMED_BY_ACRONYM] = NS_CLM "method-acronym",
    [NAMED_BY_LABEL] = NS_CLM "method-label",
    [NAMED_BY_PREFERRED] = NS_CLM "method-preferredLabel",
    [NAMED_LIKE_IT] = NS_CLM "method-likeLabel",
};

static void write_candidate(Builder *builder, const EntityNode *node, const Link *link)
{
  Graph      *graph = builder->graph;
  const char *text = graph_text(graph, "%s %s", node->entity->id, link->concept);
  const char *iri = text ? builder_fragment(builder, fragment_name(graph->arena, "link", text, 1)) : NULL;
  if (!iri) return;
  graph_add_iri(graph, iri, RDF_TYPE, NS_CLM "CandidateLink");
  graph_add_iri(graph, iri, NS_CLM "linkFrom", node->iri);
  graph_add_iri(graph, iri, NS_CLM "linkTo", link->concept);
  graph_add_words(graph, iri, RDFS_LABEL, *link->label ? link->label : link->name);
  graph_add_literal(graph, iri, NS_CLM "score", graph_text(graph, "%.2f", link->score), XSD_DECIMAL);
  graph_add_iri(graph, iri, NS_CLM "method", methods[link->naming]);
  graph_add_iri(graph, iri, NS_PROV "wasGeneratedBy", builder->run);
}

/* One of the letter's own nodes that the name may be short for. */
static void write_rival(Builder *builder, const EntityNode *node, const EntityNode *rival)
{
  Graph      *graph = builder->graph;
  const char *text = graph_text(graph, "%s %s", node->entity->id, rival->entity->id);
  const char *iri = text ? builder_fragment(builder, fragment_name(graph->arena, "link", text, 1)) : NULL;
  if (!iri) return;
  graph_add_iri(graph, iri, RDF_TYPE, NS_CLM "CandidateLink");
  graph_add_iri(graph, iri, NS_CLM "linkFrom", node->iri);
  graph_add_iri(graph, iri, NS_CLM "linkTo", rival->iri);
  graph_add_words(graph, iri, RDFS_LABEL, rival->entity->label);
  graph_add_literal(graph, iri, NS_CLM "score", graph_text(graph, "%.2f", 1.0 / (double)(node->entity->rival_count + 1)), XSD_DECIMAL);
  graph_add_iri(graph, iri, NS_CLM "method", NS_CLM "method-shortForm");
  graph_add_iri(graph, iri, NS_PROV "wasGeneratedBy", builder->run);
}

void links_write(Builder *builder, const EntityNode *node)
{
  const Entity *entity = node->entity;
  for (size_t i = 0; i < entity->rival_count && !builder->graph->status; ++i) {
    const EntityNode *rival = entity_node(builder, entity->rivals[i]);
    if (rival) write_rival(builder, node, rival);
  }
  for (size_t i = 0; i < entity->link_count && !builder->graph->status; ++i) {
    const Link *link = &entity->links[i];
    if (link->verdict == LINK_EXACT) graph_add_iri(builder->graph, node->iri, NS_SKOS "exactMatch", link->concept);
    if (link->verdict == LINK_CANDIDATE) write_candidate(builder, node, link);
  }
}
