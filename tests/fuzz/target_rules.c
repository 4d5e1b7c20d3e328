/* Rule files: whatever loads can be matched with, and says what is wrong where it does not. */
#include "fuzz.h"
#include "rules/load.h"

#include <string.h>

static const char text[] = "Dear Ms Krane,\n\nWe beg you to repair the bridge of Orva by 3 May 2021. Ada Krane begs:\n- do so\n- now\n\nYours, Ben";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  Diagnostics    list = {.arena = arena_new()};
  RuleSet       *rules = NULL;
  Matcher        matcher;
  ClaimantStatus status = ruleset_load(fuzz_file("rules.xml", data, size), &list, &rules);
  CHECK((status == CLAIMANT_OK) == (rules != NULL));
  CHECK(status == CLAIMANT_OK || list.errors);
  if (!status && !matcher_init(&matcher, rules, NULL, NULL, 0, &list)) fuzz_match(&matcher, text, strlen(text));
  if (rules) ruleset_free(rules);
  arena_free(list.arena);
  return 0;
}
