/* library.h: shared libraries that are loaded only when something needs them. */
#ifndef CLAIMANT_BASE_LIBRARY_H
#define CLAIMANT_BASE_LIBRARY_H

#include <stdbool.h>
#include <stddef.h>

typedef struct {
  const char *name;
  size_t      offset; /* of the pointer in the table that is filled */
} LibraryFunction;

/* Fills a table of function pointers; the library stays loaded until the program ends.
 * False: it is not there, or lacks a function. */
bool library_load(const char *file, const LibraryFunction *functions, size_t count, void *table);

#endif
