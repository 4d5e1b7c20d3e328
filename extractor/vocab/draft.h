/* draft.h: a vocabulary while it is being compiled: what its source files say. */
#ifndef CLAIMANT_VOCAB_DRAFT_H
#define CLAIMANT_VOCAB_DRAFT_H

#include "base/diagnostics.h"
#include <stdbool.h>
#include <stdint.h>

typedef struct {
  const char *name, *path;
  const char *title, *source, *licence; /* NULL while unknown */
  bool        fold, scan;
  uint32_t    terms;
} DraftList;

typedef struct {
  const char *text;    /* folded */
  const char *concept; /* IRI or NULL */
  uint64_t hash;       /* of its first word */
  uint16_t bytes, list;
  bool     fold, scan;
  size_t   line; /* 0: unknown */
} DraftTerm;

/* One property of a concept; its label has LABEL_PROPERTY. */
typedef struct {
  const char *concept, *property, *value;
} DraftValue;

#define LABEL_PROPERTY ""

typedef struct {
  Arena       *arena;
  Diagnostics *diagnostics;
  DraftList   *lists;
  DraftTerm   *terms;
  DraftValue  *values;
  size_t       list_count, term_count, value_count;
  size_t       list_capacity, term_capacity, value_capacity;
} Draft;

/* The whole of a source file, checked to be UTF-8; owned by the arena. */
ClaimantStatus draft_load(Draft *draft, const char *path, const char **text, size_t *bytes);

/* Folds and adds a term to the list added last. A term that cannot be one is reported. */
ClaimantStatus draft_term(Draft *draft, const char *term, size_t bytes, bool fold, const char *concept,
                          size_t line);

ClaimantStatus draft_value(Draft *draft, const char *concept, const char *property, const char *value);

/* The list being read, added last. */
DraftList *draft_list(Draft *draft);

/* list.c: one term a line. */
ClaimantStatus draft_read_list(Draft *draft);

/* skos.c: SKOS concepts in Turtle. */
ClaimantStatus draft_read_concepts(Draft *draft);

#endif
