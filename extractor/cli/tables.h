/* tables.h: --output-dir with -t csv: a file for each kind of item, all letters in it.
 *
 * The files appear together at the end, each in place of one of that name, or not at all. */
#ifndef CLAIMANT_CLI_TABLES_H
#define CLAIMANT_CLI_TABLES_H

#include "cli/output.h"
#include "cli/task.h"
#include "rules/ruleset.h"

typedef struct {
  Output *outputs;
  char  **paths;
  size_t  count;
} Tables;

/* Makes the folder where it is missing, and writes the names of the columns. Tells what is wrong; returns GO_ON or the
 * status to exit with. Close in any case. */
int tables_open(Tables *tables, const char *folder, const RuleSet *rules, const char *const *names, size_t count);

/* False: it could not be written, which was told. */
bool tables_put(Tables *tables, const Answer *answer);

/* Returns the status to exit with. */
int tables_close(Tables *tables, bool keep);

#endif
