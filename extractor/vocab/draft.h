/* draft.h: a vocabulary while it is being compiled: what its source files say. */
#ifndef CLAIMANT_VOCAB_DRAFT_H
#define CLAIMANT_VOCAB_DRAFT_H

#include "base/diagnostics.h"
#include <stdbool.h>
#include <stdint.h>

/* Faults that one file may have a million times: the first few are told one by one, the rest counted. */
typedef enum { TELL_SYNTAX, TELL_IRI, TELL_LABEL, TELL_COMMON, TELL_REPEATED, TELL_IDENTIFIER, TELL_CROWD, TELL_COUNT } TellKind;

typedef struct {
  const char *name, *path;
  const char *title, *source, *licence; /* NULL while unknown */
  const char *class;                    /* IRI of the class of its concepts, or NULL */
  bool        fold, scan;
  bool        ambiguous; /* its terms mean other things as often */
  uint32_t    terms;
  size_t      told[TELL_COUNT];
} DraftList;

typedef struct {
  const char *text;    /* folded */
  const char *concept; /* IRI or NULL */
  uint64_t hash;       /* of its first words, as many as the table needs */
  uint16_t bytes, list;
  bool     fold, scan;
  bool     common;     /* an ordinary word too: no name by itself */
  size_t   line; /* 0: unknown */
} DraftTerm;

/* One property of a concept; its label has LABEL_PROPERTY. */
typedef struct {
  const char *concept, *property, *value;
} DraftValue;

#define LABEL_PROPERTY ""

struct Vocab;

typedef struct {
  Arena       *arena;
  Diagnostics *diagnostics;
  DraftList   *lists;
  DraftTerm   *terms;
  DraftValue  *values;
  size_t       list_count, term_count, value_count;
  size_t       list_capacity, term_capacity, value_capacity;
  size_t       current; /* index of the list being read */
  bool         lenient; /* files of others: what is at fault is told as a warning, and left out */
  const struct Vocab *words; /* whose list "dictionary" tells ordinary words; NULL: nobody does */
} Draft;

/* The whole of a source file, checked to be UTF-8; owned by the arena. */
ClaimantStatus draft_load(Draft *draft, const char *path, const char **text, size_t *bytes);

/* Folds and adds a term to the list in hand. A term that cannot be one is reported. */
ClaimantStatus draft_term(Draft *draft, const char *term, size_t bytes, bool fold, const char *concept,
                          size_t line);

ClaimantStatus draft_value(Draft *draft, const char *concept, const char *property, const char *value);

/* The list being read. */
DraftList *draft_list(Draft *draft);

/* A new list becomes the one in hand. Strings are kept. Returns OK or NO_MEMORY. */
ClaimantStatus draft_add_list(Draft *draft, DraftList list);

/* From here on terms belong to the part of the list `home` for the concepts of a class (NULL: of none). */
ClaimantStatus draft_use_class(Draft *draft, size_t home, const char *class);

/* A fault of the file in hand. */
void draft_tell(Draft *draft, TellKind kind, size_t line, const char *format, ...) __attribute__((format(printf, 4, 5)));
void draft_tell_of(Draft *draft, size_t list, TellKind kind, size_t line, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/* Says how many faults were not told one by one. */
void draft_tell_rest(Draft *draft);

/* list.c: one term a line. */
ClaimantStatus draft_read_list(Draft *draft);

/* skos.c: SKOS concepts, and whatever else has labels, in Turtle or N-Triples. */
ClaimantStatus draft_read_concepts(Draft *draft);

#endif
