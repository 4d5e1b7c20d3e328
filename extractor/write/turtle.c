#include "write/raptor.h"
#include "write/rdf.h"

static ClaimantStatus to_turtle(Graph *graph, Buffer *out) { return raptor_write(graph, "turtle", out); }

ClaimantStatus write_turtle(const Document *document, const WriteOptions *options, Buffer *out)
{
  return rdf_write(document, options, to_turtle, out);
}
