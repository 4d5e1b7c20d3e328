/* raptor.h: a finished graph through one of raptor2's serializers. */
#ifndef CLAIMANT_WRITE_RAPTOR_H
#define CLAIMANT_WRITE_RAPTOR_H

#include "base/buffer.h"
#include "graph/graph.h"

/* Appends the graph to `out`, or nothing of it. `syntax` is a name raptor2 knows ("turtle").
 * Returns OK, NO_MEMORY or INTERNAL. */
ClaimantStatus raptor_write(const Graph *graph, const char *syntax, Buffer *out);

#endif
