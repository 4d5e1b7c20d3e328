/* check.h: what the files of the command check share. */
#ifndef CLAIMANT_CLI_CHECK_H
#define CLAIMANT_CLI_CHECK_H

#include "cli/options.h"

#include "match/coverage.h"
#include "session.h"

/* One example or counter and what is to be told of it. */
typedef struct {
  const Rule               *rule;
  const Example            *example;
  const char               *verdict; /* "ok", or the code of the first fault */
  const ClaimantDiagnostic *messages;
  size_t                    message_count;
} CheckedText;

typedef struct {
  CheckedText    *texts; /* in the order of the rules */
  size_t          count, failed, rule_count;
  const Coverage *coverage; /* NULL: not asked for */
  double          min_coverage;
  bool            only_failed;
} Checked;

/* All write to standard output. */
void check_print_text(const Checked *checked);
void check_print_json(const Checked *checked);
void check_print_junit(const Checked *checked);

/* What the examples do not need, for people; and is it as much as was asked for? */
void check_print_coverage(const Checked *checked, bool colour);
bool check_covers_enough(const Checked *checked);

/* Of the alternatives; 100 where there are none. */
double check_percent(const Coverage *coverage);

/* How much each rule costs on these letters, or on the texts of all rules. Returns the exit status. */
int check_cost(const Options *options, const ClaimantRules *rules);

#endif
