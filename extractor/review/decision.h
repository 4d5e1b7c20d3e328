/* decision.h: what reviewers said of items, as the audit page saves it. */
#ifndef CLAIMANT_REVIEW_DECISION_H
#define CLAIMANT_REVIEW_DECISION_H

#include "base/diagnostics.h"

typedef enum { VERDICT_ACCEPT, VERDICT_CORRECT, VERDICT_REJECT, VERDICT_UNSURE, VERDICT_MISSED, VERDICTS } Verdict;

extern const char *const verdict_names[VERDICTS];

/* The columns of a decision, in the order in which the page saves them. */
typedef enum {
  COLUMN_LETTER,
  COLUMN_SHA256,
  COLUMN_ITEM,
  COLUMN_TYPE,
  COLUMN_RULE,
  COLUMN_START,
  COLUMN_END,
  COLUMN_TEXT,
  COLUMN_EVIDENCE,
  COLUMN_DECISION,
  COLUMN_REVIEWER,
  COLUMN_NOTE,
  COLUMN_NEW_TYPE,
  COLUMN_NEW_START,
  COLUMN_NEW_END,
  COLUMN_NEW_TEXT,
  COLUMN_NEW_VALUES,
  COLUMNS
} Column;

extern const char *const column_names[COLUMNS];

/* Strings are never NULL; an empty one is an absent one. Places are code points of the letter's text. */
typedef struct {
  const char *file;
  size_t      line;
  const char *letter; /* name of its file, or its id */
  const char *sha256; /* of the letter's bytes */
  const char *item;   /* identifier; of a missed item, one the page made */
  const char *type, *rule, *text, *evidence, *reviewer, *note;
  const char *new_type, *new_text; /* corrections; empty: as it was */
  const char *new_values;          /* "name=value; name=value", see decision_value */
  uint32_t    start, end, new_start, new_end;
  Verdict     verdict;
} Decision;

typedef struct {
  Arena     *arena; /* not owned */
  Decision **items; /* in the order they were read */
  size_t     count, capacity;
} DecisionSet;

/* One decision as it stands in a file, before it is checked. */
typedef struct {
  size_t      line;
  const char *cells[COLUMNS]; /* NULL: absent */
} DecisionRow;

/* Checks a row and adds it. What is wrong goes to `list` as an error with file and line. A decision that is
 * there already, word for word, is not added again; two that differ on one item by one reviewer are an error.
 * Returns OK, BAD_DATA or NO_MEMORY. */
ClaimantStatus decision_add(DecisionSet *set, const char *file, const DecisionRow *row, Diagnostics *list);

/* Adds all decisions of a file's bytes, CSV or Turtle; on any error they must not be used.
 * Returns OK, BAD_DATA (every fault is in the list) or NO_MEMORY. */
ClaimantStatus decisions_read(DecisionSet *set, const char *file, const char *data, size_t bytes, Diagnostics *list);

/* The next pair of new_values from *rest on; copies in the arena. False at the end, or when out of memory. */
bool decision_value(Arena *arena, const char **rest, const char **name, const char **value);

#endif
