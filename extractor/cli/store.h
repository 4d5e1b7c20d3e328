/* store.h: --output-dir: one file a letter, named by the letter's SHA-256.
 *
 * A file appears under its name only when it is whole, and is never written twice: the first answer
 * to a text stays, so that a run that was cut short and resumed gives what an undisturbed one does.
 * A letter that failed leaves "HASH.error.json", the hash being that of its line or path, until it
 * succeeds. Several processes may fill one folder. */
#ifndef CLAIMANT_CLI_STORE_H
#define CLAIMANT_CLI_STORE_H

#include "cli/options.h"
#include "cli/task.h"

typedef struct {
  const char *path;
  const char *suffix;     /* of answers, ".jsonl" */
  const char *rules_hash; /* of those that answers are to be made with */
  const char *comment;    /* what begins a line that says so at the beginning, or NULL: answers say so somewhere in them */
  int         fd;         /* of the folder */
  bool        resume;
  bool        failed;     /* told already */
  char        part[320];  /* a file that is being written */
} Store;

/* Makes the folder where it is missing. Tells what is wrong; returns GO_ON or the status to exit with:
 * a folder with answers is only for --resume, and only for one that was filled with the same options. */
int store_open(Store *store, const Options *options, const char *rules_hash);

/* Whether the letter was answered with these rules. Any thread may ask. */
bool store_has(const Store *store, const char *sha256);

/* Puts an answer, or the record of a failure, in its place. An answer that is there already becomes
 * `skipped`. False: it could not be written, which was told. */
bool store_put(Store *store, Answer *answer);

/* Returns the status to exit with. */
int store_close(Store *store);

#endif
