#include "cli/tables.h"

#include "cli/options.h"
#include "write/table.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static int open_table(Tables *tables, const char *folder, const RuleSet *rules, const char *name)
{
  Output *output = &tables->outputs[tables->count];
  char  **path = &tables->paths[tables->count];
  if (asprintf(path, "%s/%s.csv", folder, name) < 0) return *path = NULL, STATUS_INTERNAL;
  tables->count++;
  if (!output_open(output, *path)) return STATUS_OUTPUT;
  return table_head(rules, name, &output->pending) ? STATUS_INTERNAL : GO_ON;
}

int tables_open(Tables *tables, const char *folder, const RuleSet *rules, const char *const *names, size_t count)
{
  *tables = (Tables){.outputs = calloc(count, sizeof *tables->outputs), .paths = calloc(count, sizeof *tables->paths)};
  int status = tables->outputs && tables->paths ? GO_ON : STATUS_INTERNAL;
  if (status == GO_ON && mkdir(folder, 0777) < 0 && errno != EEXIST) {
    say(folder, 0, "the folder cannot be made: %s", strerror(errno));
    status = STATUS_OUTPUT;
  }
  for (size_t i = 0; i < count && status == GO_ON; ++i) status = open_table(tables, folder, rules, names[i]);
  return status;
}

bool tables_put(Tables *tables, const Answer *answer)
{
  bool fine = true;
  for (size_t i = 0, start = 0; i < tables->count && fine; start = answer->ends[i++])
    fine = output_put(&tables->outputs[i], answer->out.data + start, answer->ends[i] - start);
  return fine;
}

/* All are written before the first gets its name: what fails, a full disk above all, fails before that. */
int tables_close(Tables *tables, bool keep)
{
  int status = STATUS_FINE;
  for (size_t i = 0; i < tables->count && keep; ++i) keep = output_flush(&tables->outputs[i]);
  for (size_t i = 0; i < tables->count; ++i) {
    int one = output_finish(&tables->outputs[i], keep);
    if (one) status = one, keep = false;
  }
  for (size_t i = 0; tables->paths && i < tables->count; ++i) free(tables->paths[i]);
  free(tables->outputs);
  free(tables->paths);
  *tables = (Tables){0};
  return status;
}
