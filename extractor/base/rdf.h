/* rdf.h: the triples of a file of Turtle, TriG, N-Triples or N-Quads, one after another; graphs are not told apart.
 *
 * Made for files of others: what cannot be read is reported with its line, left out up to
 * the end of its statement, and the rest is read. */
#ifndef CLAIMANT_BASE_RDF_H
#define CLAIMANT_BASE_RDF_H

#include "claimant.h"

#include <stdio.h>

typedef enum { RDF_TURTLE, RDF_NTRIPLES, RDF_TRIG, RDF_NQUADS } RdfSyntax;

/* Strings are UTF-8, 0-terminated, and live as long as the call. Literals may hold what stood there
 * undecodable as U+FFFD. Triples with a blank node are not passed on. */
typedef struct {
  const char *subject, *predicate; /* IRIs as written, with prefixes and base put in; not checked further */
  const char *object;
  bool        literal;
  const char *language, *datatype; /* of a literal, or NULL */
  size_t      line;                /* where the statement ends, or begins to end */
} RdfTriple;

typedef struct {
  /* Anything but CLAIMANT_OK stops the reading and is returned. */
  ClaimantStatus (*triple)(void *user, const RdfTriple *triple);
  /* `message` says what is wrong there. */
  void (*fault)(void *user, size_t line, const char *message);
  void *user;
} RdfSink;

/* By the ending of a file's name; Turtle, of which N-Triples is a part, where it says nothing. */
RdfSyntax rdf_syntax(const char *path);

/* Reads to the end of the file. Relative IRIs are resolved against `base`, which may be NULL.
 * Returns OK (also after faults), NO_MEMORY, NO_INPUT (errno tells why) or what the sink returned. */
ClaimantStatus rdf_read(FILE *file, RdfSyntax syntax, const char *base, const RdfSink *sink);

#endif
