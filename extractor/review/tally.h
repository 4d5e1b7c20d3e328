/* tally.h: decisions counted, by rule, type or reviewer, and how far reviewers agree. */
#ifndef CLAIMANT_REVIEW_TALLY_H
#define CLAIMANT_REVIEW_TALLY_H

#include "review/decision.h"

typedef struct {
  const char *name;
  size_t      counts[VERDICTS];
} Tally;

typedef struct {
  Tally *items; /* those with the lowest precision first, then by name */
  size_t count;
} Tallies;

/* Of how many decided, accepted as they were found, with Wilson's interval at 95 percent (E. B. Wilson,
 * Probable inference, the law of succession, and statistical inference, JASA 22, 1927). */
typedef struct {
  size_t right, of;
  double share, low, high; /* from 0 to 1; 0 to 1 where nothing is decided */
} Precision;

Precision tally_precision(const Tally *tally);

/* By COLUMN_RULE, COLUMN_TYPE or COLUMN_REVIEWER. Missed items are nobody's fault but the type's: they have no
 * rule. `skip` has a flag for each decision, or is NULL. False: no memory. */
bool tally_by(Arena *arena, const DecisionSet *set, const bool *skip, Column column, Tallies *tallies);

/* Two reviewers on the items that both decided on: J. Cohen, A coefficient of agreement for nominal scales,
 * Educational and Psychological Measurement 20, 1960. */
typedef struct {
  const char *first, *second;
  size_t      both, agree;
  double      kappa;
  bool        has_kappa; /* false: both always say the same one thing, or decided on nothing in common */
} Agreement;

typedef struct {
  const Decision *first, *second;
} Disagreement;

typedef struct {
  Agreement    *pairs;
  Disagreement *disagreements;
  size_t        pair_count, disagreement_count;
} Agreements;

bool tally_agreements(Arena *arena, const DecisionSet *set, const bool *skip, Agreements *agreements);

#endif
