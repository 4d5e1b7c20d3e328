/* serd.h: a finished graph through serd, which writes a statement as it gets it and keeps nothing. */
#ifndef CLAIMANT_WRITE_SERD_H
#define CLAIMANT_WRITE_SERD_H

#include "base/buffer.h"
#include "graph/graph.h"

/* Each appends the graph to `out`, or nothing of it; where the format has named graphs, as the one
 * graph->name names. What several calls append to one buffer is one valid document.
 * Return OK, NO_MEMORY or INTERNAL. */
ClaimantStatus serd_ntriples(Graph *graph, Buffer *out);
ClaimantStatus serd_nquads(Graph *graph, Buffer *out);
ClaimantStatus serd_trig(Graph *graph, Buffer *out);

#endif
