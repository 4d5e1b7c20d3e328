/* coverage.h: what the examples and counters of a rule set put to the test.
 *
 * An alternative, an <unless>, a row of a table is covered when an example or counter fails
 * without it, everything else being as it was. */
#ifndef CLAIMANT_MATCH_COVERAGE_H
#define CLAIMANT_MATCH_COVERAGE_H

#include "match/example.h"
#include "rules/alternatives.h"

typedef enum {
  COVER_UNREACHED, /* no text gets there */
  COVER_UNNEEDED,  /* some text does, but none fails without it */
  COVER_NEEDED
} Cover;

typedef struct {
  const Rule   *rule;
  const Unless *unless;
  bool          needed;
} UnlessCover;

typedef struct {
  const Table    *table;
  const TableRow *row;
  bool            needed;
} RowCover;

/* Declared and named by nothing. */
typedef struct {
  const char *kind; /* "macro", "table", "gazetteer" */
  const char *name;
  const char *file;
  size_t      line;
} Unused;

typedef struct {
  Alternatives alternatives;
  Cover       *covers; /* by number of the alternative */
  bool        *counted; /* by source: is it among what was asked for */
  UnlessCover *unless;
  size_t       unless_count, unless_needed;
  RowCover    *rows;
  size_t       row_count, rows_needed;
  Unused      *unused;
  size_t       unused_count;
  const Rule **winless; /* rules of which no example gives an item of their own */
  size_t       winless_count;
  ExampleTie  *ties;
  size_t       tie_count;
  size_t       counted_total, needed_total; /* alternatives */
} Coverage;

/* Of the rules wanted (by ordinal); NULL: of all, with macros, tables and gazetteers. The rule set is the
 * matcher's, loaded from its files; parts of it are exchanged meanwhile, and are as they were afterwards.
 * Everything made is in the arena. Returns OK or NO_MEMORY. */
ClaimantStatus coverage_measure(RuleSet *rules, const Matcher *matcher, const bool *wanted, Arena *arena, Coverage *coverage);

#endif
