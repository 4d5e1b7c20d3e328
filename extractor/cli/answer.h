/* answer.h: one task into its answer: read, extracted, written, or the record of why not. */
#ifndef CLAIMANT_CLI_ANSWER_H
#define CLAIMANT_CLI_ANSWER_H

#include "cli/decisions.h"
#include "cli/store.h"
#include "cli/task.h"

/* What all letters of a run share; nothing of it changes. */
typedef struct {
  const Options *options;
  ClaimantRules *rules;
  DecisionSet   *decisions; /* of reviewers, or NULL; they are told of in order, so that there is one job then */
  const Store   *store; /* NULL: answers go one after another */
  const char   **tables; /* their names, where a letter's answer is several tables; else NULL */
  size_t         table_count;
} Job;

/* `costs`, one a rule, are added to; NULL: nobody asks. Clears the answer first. */
void answer_task(const Job *job, Task *task, ClaimantRuleCost *costs, Answer *answer);

#endif
