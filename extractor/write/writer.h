/* writer.h: one small interface for every output format. */
#ifndef CLAIMANT_WRITE_WRITER_H
#define CLAIMANT_WRITE_WRITER_H

#include "base/buffer.h"
#include "resolve/document.h"

typedef struct {
  const char  *id_json;   /* the document's id as a JSON value ("\"a\"", "17"), for JSON Lines; else NULL */
  const char  *base;      /* --base, or NULL */
  const char  *doc_iri;   /* --doc-iri, or NULL */
  bool         with_text; /* JSON Lines: carry the extracted text */
  bool         with_head; /* CSV: begin with the names of the columns */
  const char  *table;     /* CSV: the type of the items it holds, or "letters" */
  const char  *timestamp; /* xsd:dateTime of the run for RDF formats, or NULL: none is written */
  bool         compact;   /* RDF formats: evidence without quotations and bytes */
  bool         no_words;  /* what the letter says is left out; names, values and places remain */
  Diagnostics *report;    /* takes what is wrong with data that cannot be written; may be NULL */
} WriteOptions;

/* Appends the whole document to `out`, or nothing of it. Returns OK, NO_MEMORY, BAD_ARGUMENT (base,
 * doc_iri or timestamp are none), BAD_DATA (the document holds what the format cannot) or INTERNAL. */
typedef ClaimantStatus (*WriteFn)(const Document *document, const WriteOptions *options, Buffer *out);

ClaimantStatus write_turtle(const Document *document, const WriteOptions *options, Buffer *out);
ClaimantStatus write_ntriples(const Document *document, const WriteOptions *options, Buffer *out);
ClaimantStatus write_nquads(const Document *document, const WriteOptions *options, Buffer *out);
ClaimantStatus write_trig(const Document *document, const WriteOptions *options, Buffer *out);
ClaimantStatus write_rdfxml(const Document *document, const WriteOptions *options, Buffer *out);
ClaimantStatus write_dot(const Document *document, const WriteOptions *options, Buffer *out);
ClaimantStatus write_jsonld(const Document *document, const WriteOptions *options, Buffer *out);
ClaimantStatus write_jsonl(const Document *document, const WriteOptions *options, Buffer *out);

#endif
