/* lint.h: warnings of what a rule file says and hardly means. */
#ifndef CLAIMANT_RULES_LINT_H
#define CLAIMANT_RULES_LINT_H

#include "rules/loader.h"

void lint_tables(Loader *loader, const Rule *rule);

#endif
