/* Rules and texts at random: the fast engine finds what the plain one does. */
#include "fuzz.h"
#include "../unit/random_rules.h"
#include "rules/load.h"

#include <string.h>

static void compare(RuleText *made, const RandomText *text)
{
  Matched plain, fast;
  Layout  layout = {.kinds = text->kinds, .zones = text->zones};
  match_text(made, text->text, layout, &fast);
  layout.plain = true;
  match_text(made, text->text, layout, &plain);
  if (plain.status == CLAIMANT_OK) { /* the plain engine tries more, so it may cross a limit where the other does not */
    CHECK(fast.status == CLAIMANT_OK);
    CHECK(strcmp(fast.found, plain.found) == 0);
  }
  matched_free(&plain);
  matched_free(&fast);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  Choices  choices = {.bytes = data, .size = size, .seed = 1};
  Buffer   xml = {0};
  RuleText made = {.arena = arena_new()};
  made.diagnostics.arena = made.arena;
  random_rules(&choices, &xml);
  CHECK(ruleset_load(fuzz_file("rules.xml", xml.data, xml.size), &made.diagnostics, &made.rules) == CLAIMANT_OK);
  CHECK(matcher_init(&made.matcher, made.rules, NULL, NULL, 0, &made.diagnostics) == CLAIMANT_OK);
  for (int i = 0; i < 3; ++i) {
    RandomText text;
    random_text(&choices, &text);
    compare(&made, &text);
  }
  ruleset_free(made.rules);
  arena_free(made.arena);
  buffer_free(&xml);
  return 0;
}
