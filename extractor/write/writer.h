/* writer.h: one small interface for every output format. */
#ifndef CLAIMANT_WRITE_WRITER_H
#define CLAIMANT_WRITE_WRITER_H

#include "base/buffer.h"
#include "resolve/document.h"

typedef struct {
  const char *id_json; /* the document's id as a JSON value ("\"a\"", "17"), for JSON Lines; else NULL */
  const char *base;    /* --base, or NULL */
  const char *doc_iri; /* --doc-iri, or NULL */
  bool        with_text; /* JSON Lines: carry the extracted text */
} WriteOptions;

/* Appends the whole document to `out`. Returns OK, NO_MEMORY, BAD_ARGUMENT (an IRI that is
 * none) or INTERNAL. */
typedef ClaimantStatus (*WriteFn)(const Document *document, const WriteOptions *options, Buffer *out);

ClaimantStatus write_turtle(const Document *document, const WriteOptions *options, Buffer *out);
ClaimantStatus write_ntriples(const Document *document, const WriteOptions *options, Buffer *out);
ClaimantStatus write_jsonl(const Document *document, const WriteOptions *options, Buffer *out);

#endif
