/* term.h: what may stand in a statement, checked before it gets there.
 *
 * RDF libraries write bad data without a word; these checks are the wall
 * before them. They follow RFC 3987 (IRIs), RFC 5646 (language tags) and XML
 * Schema 1.1 part 2 (lexical and canonical forms). */
#ifndef CLAIMANT_GRAPH_TERM_H
#define CLAIMANT_GRAPH_TERM_H

#include "base/arena.h"
#include "base/iri.h"
#include "claimant.h"

typedef enum { TERM_IRI, TERM_LITERAL } TermKind;

/* A literal has a language, or a datatype, or neither (then it is an xsd:string). */
typedef struct {
  TermKind    kind;
  const char *text; /* UTF-8, 0-terminated */
  const char *language;
  const char *datatype;
} Term;

/* Checks `text` against an XML Schema datatype and brings it into canonical form where that
 * differs in RDF syntaxes ("5" as xsd:decimal is "5.0"). Text of datatypes it does not know is
 * only checked for being UTF-8. U+FFFE and U+FFFF, at which raptor2 cuts a text short without a word,
 * become U+FFFD, which is as long. Returns OK with the form in *canonical (`text` itself or a copy
 * in the arena), BAD_DATA or NO_MEMORY. */
ClaimantStatus literal_canonical(Arena *arena, const char *text, const char *datatype,
                                 const char **canonical);

/* A calendar date, year and month, or year, as written in ISO 8601. */
bool date_is_valid(const char *text, size_t bytes); /* YYYY-MM-DD that exists */
bool year_month_is_valid(const char *text, size_t bytes);
bool year_is_valid(const char *text, size_t bytes); /* four digits */

#endif
