/* session.h: what a loaded rule set is made of, for the library's own rooms. */
#ifndef CLAIMANT_SESSION_H
#define CLAIMANT_SESSION_H

#include "claimant.h"
#include "match/matcher.h"
#include "rules/ruleset.h"

struct ClaimantRules {
  RuleSet *set;
  Vocab   *vocab;
  OwnNames *own; /* the user's gazetteers */
  size_t   own_count;
  Matcher  matcher;
  char     hash[65];
};

#endif
