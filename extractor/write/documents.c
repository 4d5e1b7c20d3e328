/* The formats that raptor2 writes, each as one document a letter. */
#include "write/raptor.h"
#include "write/rdf.h"

static ClaimantStatus to_turtle(Graph *graph, Buffer *out) { return raptor_write(graph, "turtle", out); }

ClaimantStatus write_turtle(const Document *document, const WriteOptions *options, Buffer *out)
{
  return rdf_write(document, options, to_turtle, out);
}

static ClaimantStatus to_rdfxml(Graph *graph, Buffer *out) { return raptor_write(graph, "rdfxml", out); }

ClaimantStatus write_rdfxml(const Document *document, const WriteOptions *options, Buffer *out)
{
  return rdf_write(document, options, to_rdfxml, out);
}

static ClaimantStatus to_dot(Graph *graph, Buffer *out) { return raptor_write(graph, "dot", out); }

ClaimantStatus write_dot(const Document *document, const WriteOptions *options, Buffer *out)
{
  return rdf_write(document, options, to_dot, out);
}
