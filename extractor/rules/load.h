/* load.h: rule files to a rule set. */
#ifndef CLAIMANT_RULES_LOAD_H
#define CLAIMANT_RULES_LOAD_H

#include "rules/ruleset.h"

/* Loads a rule file, or `ruleset.xml` of a folder, with everything it includes.
 * All faults found are reported; the result is all or nothing.
 * Returns OK, NO_MEMORY, NO_INPUT or BAD_RULES. Free with ruleset_free. */
ClaimantStatus ruleset_load(const char *path, Diagnostics *diagnostics, RuleSet **rules);
void           ruleset_free(RuleSet *rules);

/* Do the files the rule set was read from, found from the rule file or folder `source`, still have its hash?
 * Returns OK or NO_MEMORY. */
ClaimantStatus ruleset_is_current(const RuleSet *rules, const char *source, bool *current);

#endif
