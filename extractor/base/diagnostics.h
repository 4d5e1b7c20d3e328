/* diagnostics.h: the one way to report a problem.
 *
 * A list of ClaimantDiagnostic in an arena. Adding never fails: when memory
 * runs out the list remembers that something was dropped. */
#ifndef CLAIMANT_BASE_DIAGNOSTICS_H
#define CLAIMANT_BASE_DIAGNOSTICS_H

#include "base/arena.h"
#include "claimant.h"

typedef struct {
  Arena              *arena; /* not owned */
  ClaimantDiagnostic *items;
  size_t              count, capacity;
  size_t              errors;  /* how many of them are errors */
  bool                dropped; /* out of memory while adding */
} Diagnostics;

/* Where a diagnostic points; fields as in ClaimantDiagnostic. */
typedef struct {
  const char *file;
  size_t      line, column;
  const char *rule;
} Place;

/* `code` must be static; the place's strings and the message are copied. */
void diagnostics_add(Diagnostics *list, ClaimantSeverity severity, const char *code, Place place,
                     const char *format, ...) __attribute__((format(printf, 5, 6)));

#endif
