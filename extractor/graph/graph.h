/* graph.h: the statements about one letter, as a sorted set.
 *
 * Statements are checked as they are added. The first fault sticks: later
 * additions do nothing, and graph_finish returns it, so that a caller checks
 * once at the end. Strings are copied where they have to be; whatever is
 * handed in must live as long as the graph. */
#ifndef CLAIMANT_GRAPH_GRAPH_H
#define CLAIMANT_GRAPH_GRAPH_H

#include "base/arena.h"
#include "graph/term.h"

typedef struct {
  const char *subject;
  const char *predicate;
  Term        object;
} Statement;

typedef struct {
  const char *name;
  const char *iri;
} GraphPrefix;

enum { GRAPH_PREFIXES = 16, GRAPH_CHECKED = 64 };

typedef struct {
  Arena         *arena; /* owned */
  const char    *name;  /* IRI of the graph where a format has named ones; NULL: the default graph */
  Statement     *statements;
  size_t         count, capacity;
  GraphPrefix    prefixes[GRAPH_PREFIXES]; /* in the order to be written */
  size_t         prefix_count;
  const char    *language; /* of literals, a valid tag in lower case, or NULL */
  const char    *checked[GRAPH_CHECKED]; /* strings lately found to be IRIs */
  ClaimantStatus status;   /* the first fault */
  const char    *fault;    /* what it was, in words; NULL when nothing more is to be said */
  const char    *remark;   /* a writer's, on what the format could not hold; static, or NULL */
} Graph;

/* NULL when out of memory. */
Graph *graph_new(void);
void   graph_free(Graph *graph);

/* Literals added with graph_words get this language from now on. */
void graph_set_language(Graph *graph, const char *tag);
void graph_add_prefix(Graph *graph, const char *name, const char *iri);

void graph_add_iri(Graph *graph, const char *subject, const char *predicate, const char *object);
void graph_add_words(Graph *graph, const char *subject, const char *predicate, const char *text);
void graph_add_literal(Graph *graph, const char *subject, const char *predicate, const char *text,
                       const char *datatype); /* NULL: xsd:string */

/* printf into the graph's arena; NULL (and the graph's status) when out of memory. */
const char *graph_text(Graph *graph, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Remembers the first fault. `format` may be NULL. */
void graph_fail(Graph *graph, ClaimantStatus status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Sorts the statements by subject, predicate and object and drops those that say the same.
 * Returns the graph's status: OK, NO_MEMORY, BAD_ARGUMENT or BAD_DATA. */
ClaimantStatus graph_finish(Graph *graph);

#endif
