/* tally.h: how far a run has come, told on the way and at the end. */
#ifndef CLAIMANT_CLI_TALLY_H
#define CLAIMANT_CLI_TALLY_H

#include "cli/options.h"
#include "cli/task.h"

enum { TALLY_CODES = 32 };

typedef struct {
  Progress progress;
  size_t   letters, failed, skipped; /* written: the rest */
  size_t   items, bytes, out_bytes;
  size_t   expected; /* bytes of all input, or 0: not known */
  double   began, told; /* seconds of a steady clock */
  bool     shown;       /* a line on the terminal waits to be overwritten */
  struct {
    const char *code;
    size_t      count;
  } faults[TALLY_CODES];
} Tally;

/* `expected` is worked out from the files where that is asked for and can be. */
void tally_begin(Tally *tally, const Options *options);
void tally_add(Tally *tally, const Answer *answer);
void tally_hide(Tally *tally); /* before anything else is said */
void tally_end(Tally *tally);

/* --metrics: one JSON object. Tells what is wrong; returns the status to exit with. */
int tally_write(const Tally *tally, const char *path, const char *rules_hash, int status);

#endif
