/* trigger.h: what a unit must hold for a pattern to have any chance.
 *
 * Derived from the pattern, never written by hand: a conjunction of up to
 * three clauses, each a list of alternatives of which one must be there: a
 * literal of the unit's text in lower case with every digit 0, or an annotation of a type. A
 * pattern that cannot be seen through gets no clause and is always tried. */
#ifndef CLAIMANT_RULES_TRIGGER_H
#define CLAIMANT_RULES_TRIGGER_H

#include "rules/starts.h"

#include <stdbool.h>
#include <stdint.h>

enum { TRIGGER_CLAUSES = 3, TRIGGER_MAX_BYTES = 40 /* of a literal */, TRIGGER_START = 2 /* stands before a unit's text */ };

typedef struct {
  const char *literal; /* lower case; NULL: a type */
  bool        word_start, word_end; /* no letter stands before it, behind it */
  uint16_t    type;
} TriggerAlternative;

typedef struct {
  TriggerAlternative *alternatives;
  size_t              count;
} TriggerClause;

typedef struct {
  TriggerClause clauses[TRIGGER_CLAUSES]; /* the most selective first */
  size_t        count;
} Trigger;

/* Derives the trigger of an expanded pattern that PCRE2 has accepted, and what its matches begin with.
 * False when out of memory. */
bool trigger_derive(Arena *arena, const char *expanded, Trigger *trigger, Starts *starts);

#endif
