/* raptor.h: a finished graph through one of raptor2's serializers. */
#ifndef CLAIMANT_WRITE_RAPTOR_H
#define CLAIMANT_WRITE_RAPTOR_H

#include "base/buffer.h"
#include "graph/graph.h"

/* Appends the graph to `out`, or nothing of it. `syntax` is a name raptor2 knows ("turtle").
 * Returns OK, NO_MEMORY or INTERNAL; when raptor2 is not there the graph says so. */
ClaimantStatus raptor_write(Graph *graph, const char *syntax, Buffer *out);

#endif
