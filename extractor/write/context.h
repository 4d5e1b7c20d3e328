/* context.h: the JSON-LD context that documents are written with, vocab/context.jsonld, built into the program.
 *
 * It gives prefixes, and terms: short names of properties and classes, with what their values are taken for. */
#ifndef CLAIMANT_WRITE_CONTEXT_H
#define CLAIMANT_WRITE_CONTEXT_H

#include "base/arena.h"
#include "claimant.h"

extern const unsigned char context_jsonld[]; /* 0-terminated; build/context.c, made of the file */

typedef struct {
  const char *name; /* as documents have it */
  const char *iri;
  const char *type;     /* IRI of the datatype that a value given as text has; "@id": it is an IRI; NULL: words */
  bool        no_words; /* text is of no language */
} ContextTerm;

typedef struct {
  const char *name, *iri;
} ContextPrefix;

/* All strings are the arena's. */
typedef struct {
  const char    *json; /* the context object on one line */
  ContextPrefix *prefixes;
  size_t         prefix_count;
  ContextTerm   *terms; /* sorted by IRI */
  size_t         term_count;
} Context;

/* Returns OK, NO_MEMORY or INTERNAL (the text is no context of this kind). */
ClaimantStatus context_read(Arena *arena, const char *text, Context *context);

/* NULL: none has this IRI. */
const ContextTerm *context_term(const Context *context, const char *iri);

#endif
