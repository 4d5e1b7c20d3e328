/* jsonl.h: the record that stands in for a letter that failed. The record of one that did
 * not is write_jsonl in writer.h. */
#ifndef CLAIMANT_WRITE_JSONL_H
#define CLAIMANT_WRITE_JSONL_H

#include "base/buffer.h"

typedef struct {
  const char *id_json; /* the document's id as a JSON value; NULL: unknown */
  size_t      line;    /* of the input, from 1; written where the id is unknown */
  const char *code;    /* a stable word for machines, "bad-json" */
  const char *message;
  const char *rule; /* or NULL */
} ErrorRecord;

/* Appends one line. Running out of memory shows in `out`. */
void write_error_record(const ErrorRecord *record, Buffer *out);

#endif
