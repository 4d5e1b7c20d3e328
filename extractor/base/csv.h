/* csv.h: comma-separated values as RFC 4180 has them, cell by cell. */
#ifndef CLAIMANT_BASE_CSV_H
#define CLAIMANT_BASE_CSV_H

#include "base/arena.h"
#include "base/buffer.h"

#include <stdbool.h>

typedef struct {
  const char *data;
  size_t      size, at;
  size_t      line;        /* that `at` is in, from 1 */
  const char *fault;       /* what is wrong, static; or NULL */
  size_t      fault_line;
} Csv;

void csv_begin(Csv *csv, const char *data, size_t size);

/* The next row that is not blank: *count cells in the arena, and the line it begins on. A cell written with '
 * before it, so that no spreadsheet takes it for a formula, loses that; one that would be a formula is a
 * fault. False at the end, on a fault, and when out of memory (then *cells is NULL, with no fault). */
bool csv_row(Csv *csv, Arena *arena, const char ***cells, size_t *count, size_t *line);

/* Appends a cell and no comma. */
void csv_put(Buffer *out, const char *text);

#endif
