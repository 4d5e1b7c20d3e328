#include "write/rdf.h"

#include "graph/build.h"

ClaimantStatus rdf_write(const Document *document, const WriteOptions *options, GraphWriteFn write,
                         Buffer *out)
{
  Graph         *graph = NULL;
  GraphOptions   wanted = {.base = options->base,
                           .doc_iri = options->doc_iri,
                           .timestamp = options->timestamp,
                           .compact = options->compact,
                           .no_words = options->no_words};
  ClaimantStatus st = graph_build(document, &wanted, &graph);
  if (!st) st = write(graph, out);
  const char *fault = graph && options->report ? (st ? graph->fault : graph->remark) : NULL;
  if (fault) {
    const char *name = document->letter ? document->letter->name : NULL;
    diagnostics_add(options->report, st ? CLAIMANT_ERROR : CLAIMANT_WARNING, "bad-graph", (Place){.file = name}, "%s", fault);
  }
  graph_free(graph);
  return st;
}
