/* build.h: from what was found in a letter to statements about it.
 *
 * Driven by the declarations of types, roles and features in rule files: a
 * type with a class is in the graph, and its roles and features are where
 * they name a property. What holds for every graph beyond that (evidence,
 * provenance, what a statement mentions) is done here. */
#ifndef CLAIMANT_GRAPH_BUILD_H
#define CLAIMANT_GRAPH_BUILD_H

#include "graph/graph.h"
#include "resolve/document.h"

typedef struct {
  const char *base;      /* put before the hash of the letter, or NULL */
  const char *doc_iri;   /* the letter's own IRI, or NULL */
  const char *timestamp; /* xsd:dateTime of the run, or NULL */
  bool        compact;   /* evidence is a position in code points and nothing more */
  bool        no_words;  /* what the letter says is left out: names, values and positions remain */
} GraphOptions;

/* Makes the finished graph of a document. On failure *graph still holds status and fault, when it is
 * not NULL; it is freed by the caller either way.
 * Returns OK, NO_MEMORY, BAD_ARGUMENT (an option), BAD_DATA (the document) or INTERNAL. */
ClaimantStatus graph_build(const Document *document, const GraphOptions *options, Graph **graph);

#endif
