/* statements.h: a graph as the page's script takes it: terms in Turtle, each once, and statements by number. */
#ifndef CLAIMANT_AUDIT_STATEMENTS_H
#define CLAIMANT_AUDIT_STATEMENTS_H

#include "graph/graph.h"
#include "write/json.h"

/* Appends an object with "prefixes" (name, IRI, name, IRI ...), "terms" and "statements" (a list for each subject:
 * its number, then predicate and object by turns). Running out of memory shows in the buffer. */
void statements_put(Graph *graph, Buffer *out);

#endif
