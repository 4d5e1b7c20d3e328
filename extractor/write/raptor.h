/* raptor.h: a finished graph through one of raptor2's serializers. */
#ifndef CLAIMANT_WRITE_RAPTOR_H
#define CLAIMANT_WRITE_RAPTOR_H

#include "base/buffer.h"
#include "graph/graph.h"

/* Appends the graph to `out`, or nothing of it. `syntax` is "turtle", "ntriples", "rdfxml" or "dot".
 * Returns OK, NO_MEMORY, BAD_DATA (RDF/XML has no name for a property) or INTERNAL; the graph says so when
 * raptor2 is not there. RDF/XML begins the same, up to the first node, whatever the letter. */
ClaimantStatus raptor_write(Graph *graph, const char *syntax, Buffer *out);

#endif
