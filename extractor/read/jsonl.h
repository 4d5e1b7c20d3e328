/* jsonl.h: one line of JSON Lines into one document to extract. */
#ifndef CLAIMANT_READ_JSONL_H
#define CLAIMANT_READ_JSONL_H

#include "claimant.h"

/* What a line asks for. Strings are 0-terminated UTF-8 without U+0000, owned by the line, NULL
 * where the field is absent or null. */
typedef struct {
  const char            *id_json; /* the id as it stands in the line, a JSON value; NULL: unknown */
  const char            *text;    /* of `text`, else of `html`; NULL: read the file at `path` */
  size_t                 size;    /* bytes of text */
  ClaimantFormat         format;  /* of text */
  const char            *path;
  const char            *date, *genre, *language, *iri;
  const char            *remark;     /* what was not understood and left out: a date of another form; or NULL */
  const char            *error_code; /* static; NULL: the line is fine */
  const char            *error_message;
  struct JsonLineMemory *memory;
} JsonLine;

/* Reads a line without its line break. Where several of text, html and path are given the first
 * of them, in this order, is the document. Returns OK; BAD_DATA, when the error fields say what is
 * wrong and id_json still names the document if it can be told; or NO_MEMORY.
 * Free the line in every case. */
ClaimantStatus jsonl_read(const char *line, size_t bytes, JsonLine *out);
void           jsonl_free(JsonLine *line);

#endif
