/* Conflicts: the total order, layers, merging, absorbing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "rule_text.h"

#define A_RULE(id, more, pattern) RULE("id=\"" id "\" emits=\"A\"" more, "<pattern>" pattern "</pattern>")
#define B_RULE(id, more, pattern) RULE("id=\"" id "\" emits=\"B\"" more, "<pattern>" pattern "</pattern>")
#define ONE_LAYER "<type name=\"A\" layer=\"x\"/><type name=\"B\" layer=\"x\"/>\n"

/* ---- Order ---- */

static void test_priority_then_length_then_place(void **state)
{
  (void)state;
  /* A lower priority loses even when it is longer and first. */
  assert_rules_find(RULES(ONE_LAYER PHASE("id=\"p\"", A_RULE("a", "", "one two three") B_RULE("b", " priority=\"1\"", "two"))),
                    "one two three", "B(two)");
  assert_rules_find(RULES(ONE_LAYER PHASE("id=\"p\"", A_RULE("a", " priority=\"-1\"", "one two three") B_RULE("b", "", "two"))),
                    "one two three", "B(two)");
  /* The longer wins, wherever it stands and whatever its rule's place. */
  assert_rules_find(RULES(ONE_LAYER PHASE("id=\"p\"", A_RULE("a", "", "one two") B_RULE("b", "", "two three four"))),
                    "one two three four", "B(two three four)");
  assert_rules_find(RULES(ONE_LAYER PHASE("id=\"p\"", B_RULE("b", "", "two three four") A_RULE("a", "", "one two"))),
                    "one two three four", "B(two three four)");
  /* Of equals the first in the text, then that of the first rule. */
  assert_rules_find(RULES(ONE_LAYER PHASE("id=\"p\"", B_RULE("b", "", "two six") A_RULE("a", "", "one two"))), "one two six", "A(one two)");
  assert_rules_find(RULES(ONE_LAYER PHASE("id=\"p\"", B_RULE("b", "", "one") A_RULE("a", "", "one"))), "one", "B(one)");
  assert_rules_find(RULES(ONE_LAYER PHASE("id=\"p\"", A_RULE("a", "", "one") B_RULE("b", "", "one"))), "one", "A(one)");
}

static void test_length_is_that_of_the_letter(void **state)
{
  (void)state;
  /* Five characters of the view each, but one has a soft hyphen more in the letter. */
  assert_rules_find(RULES(ONE_LAYER PHASE("id=\"p\"", A_RULE("a", "", "ab cd") B_RULE("b", "", "cd ef"))), "ab cd e\xC2\xAD" "f",
                    "B(cd e\xC2\xAD" "f)");
  /* Length and place are the item's, not the match's. */
  assert_rules_find(RULES(ONE_LAYER PHASE("id=\"p\"", RULE("id=\"a\" emits=\"A\" span=\"x\"", "<pattern>one two (?'x'six)</pattern>")
                                                      B_RULE("b", "", "six ten"))),
                    "one two six ten", "B(six ten)");
}

/* What loses makes room: a third that only conflicted with the loser is there. */
static void test_losers_make_room(void **state)
{
  (void)state;
  assert_rules_find(RULES(ONE_LAYER PHASE("id=\"p\"", A_RULE("a", " priority=\"3\"", "one two") A_RULE("b", " priority=\"2\"", "two three")
                                                      A_RULE("c", " priority=\"1\"", "three four"))),
                    "one two three four", "A(one two) A(three four)");
}

static void test_earlier_phases_win(void **state)
{
  (void)state;
  assert_rules_find(RULES(ONE_LAYER PHASE("id=\"p\"", A_RULE("a", " priority=\"-9\"", "two"))
                                    PHASE("id=\"q\"", B_RULE("b", " priority=\"9\"", "one two three") B_RULE("c", "", "three"))),
                    "one two three", "A(two) B(three)");
}

static void test_layers_do_not_conflict(void **state)
{
  (void)state;
  assert_rules_find(RULES("<type name=\"A\"/><type name=\"B\"/>" PHASE("id=\"p\"", A_RULE("a", "", "one two") B_RULE("b", "", "one two"))),
                    "one two", "A(one two) B(one two)");
}

/* ---- Modes ---- */

static void test_flat_layers(void **state)
{
  (void)state;
  const char *rules = RULES(ONE_LAYER PHASE("id=\"p\"", A_RULE("a", "", "one two three") B_RULE("b", "", "two") B_RULE("c", "", "four")));
  assert_rules_find(rules, "one two three four", "A(one two three) B(four)");
}

static void test_nested_layers(void **state)
{
  (void)state;
#define NEST "<type name=\"A\" layer=\"x\" mode=\"nest\"/><type name=\"B\" layer=\"x\" mode=\"nest\"/>\n"
  assert_rules_find(RULES(NEST PHASE("id=\"p\"", A_RULE("a", "", "one two three") B_RULE("b", "", "two") B_RULE("c", "", "two t") A_RULE("d", "", "three four"))),
                    "one two three four", "A(one two three) B(two t) B(two)");
  assert_rules_find(RULES(NEST PHASE("id=\"p\"", A_RULE("a", "", "one two") B_RULE("b", "", "one two"))), "one two", "A(one two)");
  assert_rules_find(RULES(NEST PHASE("id=\"p\"", A_RULE("a", "", "two")) PHASE("id=\"q\"", B_RULE("b", "", "one two three"))),
                    "one two three", "B(one two three) A(two)");
}

static void test_free_layers(void **state)
{
  (void)state;
#define FREE                                                                                                     \
  "<type name=\"A\" layer=\"x\" mode=\"free\" key=\"k\"><role name=\"k\"/><role name=\"o\"/></type>"              \
  "<type name=\"B\" layer=\"x\" mode=\"free\" key=\"k\"><role name=\"k\"/></type>\n"
  /* Overlapping items of one type are fine while their keys are apart. */
  assert_rules_find(RULES(FREE PHASE("id=\"p\"", A_RULE("a", "", "(?'k'one) two") A_RULE("b", "", "two (?'k'three)"))), "one two three",
                    "A(one two; k=one) A(two three; k=three)");
  assert_rules_find(RULES(FREE PHASE("id=\"p\"", A_RULE("a", " priority=\"1\"", "one (?'k'two)") A_RULE("b", "", "(?'k'two) three"))), "one two three",
                    "A(one two; k=two)");
  /* Also where the items are apart and only the keys are shared. */
  assert_rules_find(RULES(FREE PHASE("id=\"p\"", RULE("id=\"a\" emits=\"A\" span=\"o\" priority=\"1\"", "<pattern>(?'o'one) (?'k'two)</pattern>")
                                                 RULE("id=\"b\" emits=\"A\" span=\"o\"", "<pattern>(?'k'two) (?'o'six)</pattern>"))),
                    "one two six", "A(one; o=one; k=two)");
  /* Another type is never in the way, the same range of one type always. */
  assert_rules_find(RULES(FREE PHASE("id=\"p\"", A_RULE("a", "", "one (?'k'two)") B_RULE("b", "", "one (?'k'two)"))), "one two",
                    "A(one two; k=two) B(one two; k=two)");
  assert_rules_find(RULES(FREE PHASE("id=\"p\"", A_RULE("a", "", "(?'k'one) two")) PHASE("id=\"q\"", A_RULE("b", "", "one (?'k'two)"))), "one two",
                    "A(one two; k=one)");
  /* Without a key only the range counts. */
  assert_rules_find(RULES("<type name=\"A\" mode=\"free\"/>" PHASE("id=\"p\"", A_RULE("a", "", "one two") A_RULE("b", "", "two three") A_RULE("c", "", "two"))),
                    "one two three", "A(one two) A(two three) A(two)");
}

/* What a fill brought is nobody's own key: many items may share it. */
static void test_filled_keys_are_shared(void **state)
{
  (void)state;
  assert_rules_find(RULES("<type name=\"C\"/>" FREE PHASE("id=\"o\"", RULE("id=\"c\" emits=\"C\"", "<pattern>call</pattern>"))
                          PHASE("id=\"p\"", RULE("id=\"a\" emits=\"A\"", "<pattern>n\\d</pattern><fill role=\"k\" from=\"C\"/>"))),
                    "call n1 n2", "C(call) A(n1; k=call*) A(n2; k=call*)");
}

/* ---- Merging ---- */

static void test_merging(void **state)
{
  (void)state;
#define MERGED                                                                                                  \
  "<type name=\"A\"><role name=\"k\"/><role name=\"o\"/><role name=\"p\"/><feature name=\"f\"/>"                  \
  "<feature name=\"g\"/></type>\n"
#define FIRST(more) RULE("id=\"a\" emits=\"A\"" more, "<pattern>(?'k'one) two</pattern><set feature=\"f\" value=\"1\"/>")
#define SECOND(more) RULE("id=\"b\" emits=\"A\"" more, "<pattern>(?'k'one tw)(?'o'o)</pattern><set feature=\"f\" value=\"2\"/><set feature=\"g\" value=\"2\"/>")
#define THIRD(more) RULE("id=\"c\" emits=\"A\"" more, "<pattern>(?'p'one) (?'o'two)</pattern><set feature=\"g\" value=\"3\"/>")
  assert_rules_find(RULES(MERGED PHASE("id=\"p\"", FIRST("") SECOND("") THIRD(""))), "one two", "A(one two; k=one; o=o; p=one; f:1; g:2)");
  assert_rules_find(RULES(MERGED PHASE("id=\"p\"", THIRD("") SECOND("") FIRST(""))), "one two", "A(one two; p=one; o=two; k=one tw; g:3; f:2)");
  assert_rules_find(RULES(MERGED PHASE("id=\"p\"", FIRST("") SECOND("") THIRD(" priority=\"1\""))), "one two",
                    "A(one two; p=one; o=two; k=one; g:3; f:1)");
  /* Across phases nothing is merged. */
  assert_rules_find(RULES(MERGED PHASE("id=\"p\"", FIRST("")) PHASE("id=\"q\"", SECOND(""))), "one two", "A(one two; k=one; f:1)");
  /* What is merged with a loser is lost with it. */
  assert_rules_find(RULES(MERGED PHASE("id=\"p\"", RULE("id=\"z\" emits=\"A\" priority=\"5\"", "<pattern>two x</pattern>") FIRST("") SECOND(""))),
                    "one two x", "A(two x)");
}

/* ---- Absorbing ---- */

static void test_absorb(void **state)
{
  (void)state;
#define NAMES(absorb)                                                                                           \
  RULES("<type name=\"A\" layer=\"x\"><role name=\"k\"/><feature name=\"f\"/></type><type name=\"B\" layer=\"x\"/>" \
        "<type name=\"C\" layer=\"y\"/><type name=\"D\" layer=\"z\"/>\n"                                    \
        PHASE("id=\"p\"", RULE("id=\"a\" emits=\"A\"", "<pattern>(?'k'Ben)</pattern><set feature=\"f\" value=\"1\"/>") \
                          RULE("id=\"b\" emits=\"B\"", "<pattern>Club</pattern>") RULE("id=\"c\" emits=\"C\"", "<pattern>of</pattern>")) \
        PHASE("id=\"q\"", RULE("id=\"d\" emits=\"A\"" absorb, "<pattern>{A} {C} the {B}</pattern>"))             \
        PHASE("id=\"r\"", RULE("id=\"e\" emits=\"D\"", "<pattern>{A}!|{B}!</pattern>")))
  assert_rules_find(NAMES(""), "Ben of the Club!", "A(Ben; k=Ben; f:1) C(of) D(Club!) B(Club)");
  assert_rules_find(NAMES(" absorb=\"yes\""), "Ben of the Club!", "D(Ben of the Club!) A(Ben of the Club; k=Ben; f:1) C(of)");
  /* Only what the match consumed may be in the way. */
  assert_rules_find(RULES("<type name=\"A\" layer=\"x\"/><type name=\"B\" layer=\"x\"/>\n"
                          PHASE("id=\"p\"", A_RULE("a", "", "Ben") B_RULE("b", "", "Club"))
                          PHASE("id=\"q\"", RULE("id=\"d\" emits=\"A\" absorb=\"yes\"", "<pattern>{A} of the Club</pattern>"))),
                    "Ben of the Club", "A(Ben) B(Club)");
}

/* ---- The order of rules ---- */

static uint32_t next(uint64_t *seed)
{
  *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
  return (uint32_t)(*seed >> 33);
}

enum { RULE_COUNT = 6 };

/* Rules of one type in a phase: what is found does not depend on which comes first. */
static void test_reversed_rules(void **state)
{
  static const char *const modes[] = {"flat", "nest", "free"};
  (void)state;
  for (uint64_t seed = 1; seed <= 150; ++seed) {
    uint64_t    random = seed;
    char        rules[RULE_COUNT][300], xml[2][4000];
    const char *mode = modes[next(&random) % 3];
    for (int i = 0; i < RULE_COUNT; ++i) {
      uint32_t from = next(&random) % 5, length = 1 + next(&random) % 4;
      snprintf(rules[i], sizeof rules[i], RULE("id=\"r%d\" emits=\"A\" priority=\"%u\"", "<pattern>%.*s</pattern>"), i, next(&random) % 3,
               (int)length, &"abcabcab"[from]);
    }
    for (int reversed = 0; reversed < 2; ++reversed) {
      int used = snprintf(xml[reversed], sizeof xml[0], "<ruleset xmlns=\"" RULES_NS "\" id=\"t\" version=\"1\"><type name=\"A\" mode=\"%s\"/><phase id=\"p\">", mode);
      for (int i = 0; i < RULE_COUNT; ++i)
        used += snprintf(xml[reversed] + used, sizeof xml[0] - (size_t)used, "%s", rules[reversed ? RULE_COUNT - 1 - i : i]);
      snprintf(xml[reversed] + used, sizeof xml[0] - (size_t)used, "</phase></ruleset>");
    }
    RuleText forward, backward;
    assert_int_equal(rule_text_load(&forward, xml[0]), CLAIMANT_OK);
    assert_int_equal(rule_text_load(&backward, xml[1]), CLAIMANT_OK);
    for (int text = 0; text < 4; ++text) {
      char letters[25] = "";
      for (int i = 0; i < 24; ++i) letters[i] = "abcabc| "[next(&random) % 8];
      Matched matched;
      match_text(&forward, letters, (Layout){0}, &matched);
      assert_found(&backward, letters, (Layout){0}, matched.found);
      matched_free(&matched);
    }
    rule_text_free(&forward);
    rule_text_free(&backward);
  }
}

/* Thousands of candidates of several priorities: time is not their square. */
static void test_many_candidates(void **state)
{
  (void)state;
  Buffer   text = {0};
  RuleText made;
  Matched  matched;
  for (int i = 0; i < 60000; ++i) buffer_append_string(&text, i % 10 ? "one two " : "one two|");
  assert_int_equal(rule_text_load(&made, RULES("<type name=\"A\" mode=\"free\"/><type name=\"B\"/>"
                       PHASE("id=\"p\"", A_RULE("a", " priority=\"9\"", "one") A_RULE("b", " priority=\"1\"", "two") A_RULE("c", "", "one two")
                                         B_RULE("d", " priority=\"2\"", "two one")))),
                   CLAIMANT_OK);
  clock_t start = clock();
  match_text(&made, text.data, (Layout){0}, &matched);
  assert_true(clock() - start < 10 * CLOCKS_PER_SEC);
  assert_int_equal(matched.status, CLAIMANT_OK);
  matched_free(&matched);
  rule_text_free(&made);
  buffer_free(&text);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_priority_then_length_then_place),
      cmocka_unit_test(test_length_is_that_of_the_letter),
      cmocka_unit_test(test_losers_make_room),
      cmocka_unit_test(test_earlier_phases_win),
      cmocka_unit_test(test_layers_do_not_conflict),
      cmocka_unit_test(test_flat_layers),
      cmocka_unit_test(test_nested_layers),
      cmocka_unit_test(test_free_layers),
      cmocka_unit_test(test_filled_keys_are_shared),
      cmocka_unit_test(test_merging),
      cmocka_unit_test(test_absorb),
      cmocka_unit_test(test_reversed_rules),
      cmocka_unit_test(test_many_candidates),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
