/* evidence.h: nodes that point into the letter's text.
 *
 * A range of the text is one node however many items rest on it: an
 * oa:SpecificResource with the position in code points (and in UTF-8 bytes)
 * and the quotation with what stands before and after it. */
#ifndef CLAIMANT_GRAPH_EVIDENCE_H
#define CLAIMANT_GRAPH_EVIDENCE_H

#include "graph/graph.h"
#include "letter/letter.h"

enum { QUOTE_CONTEXT = 32 }; /* code points of prefix and suffix, at most */

typedef struct {
  Span        span;
  const char *iri;
} Evidence;

typedef struct {
  Evidence *items; /* sorted by span once named */
  size_t    count, capacity;
} EvidenceSet;

/* Collects a range; one that is empty or outside the text is BAD_DATA of the graph. */
void evidence_collect(EvidenceSet *set, Graph *graph, const Letter *letter, Span span);

/* How much is said of a range. */
typedef struct {
  bool compact; /* its node is the oa:TextPositionSelector itself, in code points, and nothing more */
  bool quote;   /* its words, and those around them */
} EvidenceSize;

/* Names what was collected and writes its statements. */
void evidence_write(EvidenceSet *set, Graph *graph, const Letter *letter, const char *letter_iri,
                    EvidenceSize size);

/* The node of a collected range; NULL when it was not collected. */
const char *evidence_of(const EvidenceSet *set, Span span);

/* `subject` gets `start` and `end` of the range as an oa:TextPositionSelector. */
void position_write(Graph *graph, const Letter *letter, const char *subject, Span span);

#endif
