/* output.h: where results go. A file appears under its name only when it is whole. */
#ifndef CLAIMANT_CLI_OUTPUT_H
#define CLAIMANT_CLI_OUTPUT_H

#include "base/buffer.h"

typedef struct {
  const char *name; /* for messages */
  int         fd;
  char       *path;      /* -o, links followed; NULL: straight to fd */
  char       *temporary; /* beside it, until output_finish */
  Buffer      pending;   /* append here, then call output_ready */
  bool        closed;    /* the reader has gone: nothing more is wanted */
  bool        failed;    /* told already */
} Output;

/* A reader who has gone, and a file that grows too large, are told by write(2) alone. */
void output_ignore_pipe(void);

/* NULL is standard output. Tells what is wrong and returns false when it cannot be opened. */
bool output_open(Output *output, const char *path);

/* Writes what is pending once that is worth it. False: stop, see `closed` and `failed`. */
bool output_ready(Output *output);

/* The same with bytes that need not be appended first. */
bool output_put(Output *output, const char *data, size_t size);

/* Writes all that is pending. */
bool output_flush(Output *output);

/* The end: writes, syncs and renames, or (keep false) leaves no trace. Returns the status to exit
 * with: STATUS_FINE, also when the reader has gone, STATUS_OUTPUT or STATUS_INTERNAL. */
int output_finish(Output *output, bool keep);

#endif
