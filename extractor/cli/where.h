/* where.h: finds the rules and the compiled vocabulary.
 *
 * Rules: --rules, else the environment's CLAIMANT_RULES, else those of the source tree that the
 * program was built in, else those beside an installed program, else the installed ones.
 * Vocabulary: --vocab, else the one that belongs to the program in the same order. */
#ifndef CLAIMANT_CLI_WHERE_H
#define CLAIMANT_CLI_WHERE_H

#include "cli/options.h"

/* Loads the rules and tells every fault; with `source` the rule files themselves, with their
 * examples, and then also what is merely doubtful. Returns GO_ON or the status to exit with. */
int open_rules(const Options *options, bool source, ClaimantRules **rules);

/* The rule files, without a word of what is doubtful in them. */
int open_rule_files(const Options *options, ClaimantRules **rules);

/* The path of the compiled vocabulary in `vocab`, else where it is found; owned by the caller, NULL: out of memory. */
char *vocabulary_path(const char *vocab);

#endif
