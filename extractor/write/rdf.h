/* rdf.h: what the writers of RDF formats share: a document becomes a graph, and that is written. */
#ifndef CLAIMANT_WRITE_RDF_H
#define CLAIMANT_WRITE_RDF_H

#include "graph/graph.h"
#include "write/writer.h"

/* Appends a finished graph, or nothing of it; what went wrong stands in the graph where there are words for it.
 * Returns OK, NO_MEMORY or INTERNAL. */
typedef ClaimantStatus (*GraphWriteFn)(Graph *graph, Buffer *out);

/* What WriteFn promises, by way of the document's graph. */
ClaimantStatus rdf_write(const Document *document, const WriteOptions *options, GraphWriteFn write,
                         Buffer *out);

#endif
