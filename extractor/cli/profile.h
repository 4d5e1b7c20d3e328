/* profile.h: --profile: what each rule has cost, dearest first. */
#ifndef CLAIMANT_CLI_PROFILE_H
#define CLAIMANT_CLI_PROFILE_H

#include "claimant.h"

/* Room for every rule of the set; NULL: out of memory. Free with free. */
ClaimantRuleCost *profile_new(const ClaimantRules *rules);

/* A table on standard error. `costs` is NULL: nothing. */
void profile_print(const ClaimantRules *rules, const ClaimantRuleCost *costs);

#endif
