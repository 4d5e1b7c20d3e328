/* What check is made of: verdicts, doubts in rule files, alternatives, coverage. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "match/coverage.h"
#include "rule_text.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))

#define TYPES                                                                                              \
  "<type name=\"A\" layer=\"a\"><role name=\"who\"/><feature name=\"f\"/></type><type name=\"B\"/>"          \
  "<table name=\"t\"><row key=\"urge\" value=\"1\"/><row key=\"ask|beg\" value=\"2\"/></table>"               \
  "<macro name=\"verb\">(?:urge|ask|beg|plead)</macro>\n"
#define ONE(inner) TYPES PHASE("id=\"p\"", RULE("id=\"r\" emits=\"A\"", inner)) /* the rule is on line 4 */
#define MATCH(pattern) ONE("<pattern>" pattern "</pattern>")

/* ---- Doubts ---- */

typedef struct {
  const char *body;
  const char *expected; /* the beginning of what is reported, or "" for nothing */
} Doubt;

static const Doubt doubts[] = {
    /* A class is one character. */
    {MATCH("a[\\d\\d\\d]"), "4: the pattern has \"\\d\" twice in [\\d\\d\\d]: a class stands for one character"},
    {MATCH("a[the]"), ""},
    {MATCH("a[there]"), "4: the pattern has \"e\" twice in [there]"},
    {MATCH("a[a-za-z]"), "4: the pattern has \"a-z\" twice"},
    {MATCH("a[^]x]"), ""},
    {MATCH("a[\\w'-]"), ""},
    {MATCH("a[-\\p{L}\\p{N}é–—]"), ""},
    {MATCH("a[éxé]"), "4: the pattern has \"é\" twice"},
    {MATCH("a[[:alpha:][:digit:]-]"), ""},
    {MATCH("a[[:alpha:][:alpha:]]"), "4: the pattern has \"[:alpha:]\" twice"},
    {MATCH("a[\\w{B}]+"), "4: the pattern has a placeholder in [\\w{B}], where it is so many letters"},
    {MATCH("a[{}]b"), ""},
    {MATCH("a {A}\\b"), "4: \\b behind a placeholder in the pattern"},
    {TYPES "<macro name=\"m\">[xx]</macro>" PHASE("id=\"p\"", RULE("id=\"r\" emits=\"A\"", "<pattern>a{m}</pattern>")),
     "3: the macro {m} has \"x\" twice"},
    {MATCH("(?'x'{A}) or \\k'x'"), "4: \\k'x' in the pattern matches any placeholder of the same type"},
    /* Bars. */
    {MATCH("a b|c d"), "4: the | at \"|c d\" divides the whole pattern"},
    {MATCH("(?:a b|c d)"), ""},
    {MATCH("a[|]b\\|c"), ""},
    {ONE("<pattern>a</pattern><unless at=\"after\"> b| c</unless>"), ""},
    /* Numbers. */
    {MATCH("(?'x'a)\\g1"), "4: the pattern refers to a group by its number"},
    {MATCH("(?'x'a)\\g{1}"), "4: the pattern refers to a group by its number"},
    {MATCH("(?'x'a)\\g{-1}"), "4: the pattern refers to a group by its number"},
    {MATCH("(?'x'a)(?1)"), "4: the pattern refers to a group by its number"},
    {MATCH("(?'x'a)\\k'x'"), ""},
    {MATCH("(?'x'a)(?P>x)(?i)b"), ""},
    /* Roles in repetitions. */
    {MATCH("(?: (?'who'\\w+)){2}"), "4: the group (?'who'...) stands inside a repetition"},
    {MATCH("(?: (?:b(?'who'\\w+))?)+c"), "4: the group (?'who'...) stands inside a repetition"},
    {MATCH("(?'who'a+)*b"), "4: the group (?'who'...) stands inside a repetition"},
    {MATCH("(?: (?'who'\\w+))?c"), ""},
    {MATCH("(?: (?'who'\\w+)){0,1}c"), ""},
    {MATCH("(?: (?'other'\\w+)){2}"), ""},
    {TYPES "<macro name=\"m\">(?'who'x)</macro>" PHASE("id=\"p\"", RULE("id=\"r\" emits=\"A\"", "<pattern>a(?:{m},)+</pattern>")),
     "4: the group (?'who'...) stands inside a repetition"},
    /* Repetitions. */
    {MATCH(".*b"), "4: the pattern begins with . repeated without limit"},
    {MATCH("(?:[^.]+|x) b"), "4: the pattern begins with [^.] repeated without limit"},
    {MATCH("^.*b"), ""},
    {MATCH(".{0,20}b"), ""},
    {MATCH("\\d+ b"), ""},
    {MATCH("\\w+ b"), ""},
    {MATCH("(*plb:, )[^.]+ b"), ""},
    {MATCH("x(?:a+)+b"), "4: a repetition without limit repeats a single thing"},
    {MATCH("x(?:b|[a-z]*)*c"), "4: a repetition without limit repeats a single thing"},
    {MATCH("x(?: \\w+)+b"), ""},
    {MATCH("x(?:a|aa)+b"), "4: \"aa\" is repeated without limit, and the other alternatives make it up"},
    {MATCH("x(?:in|to|into)*b"), "4: \"into\" is repeated"},
    {MATCH("x(?:in|into)*b"), ""},
    {MATCH("x(?:a|aa){0,9}b"), ""},
    {MATCH("x(?:a++)+b"), ""},
    {MATCH("x(?:a+){0,3}b"), ""},
    /* Types. */
    {MATCH("a {B}"), "4: {B} is named, but no rule of an earlier phase emits it"},
    {TYPES PHASE("id=\"o\"", RULE("id=\"b\" emits=\"B\"", "<pattern>b</pattern>"))
         PHASE("id=\"p\"", RULE("id=\"r\" emits=\"A\"", "<pattern>a {B}</pattern>")),
     ""},
    /* Tables. */
    {ONE("<pattern>(?'v'urge|ask|plead)</pattern><set feature=\"f\" from=\"v\" table=\"t\"/>"),
     "4: the table t has no row for \"plead\", which (?'v'...) can match, so that f stays unset"},
    {ONE("<pattern>(?'v'{verb}) x</pattern><set feature=\"f\" from=\"v\" table=\"t\"/>"), "4: the table t has no row for \"plead\""},
    {ONE("<pattern>(?'v'(?i:[Uu]rge|ask|beg|beg so))</pattern><set feature=\"f\" from=\"v\" table=\"t\"/>"),
     "4: the table t has no row for \"beg so\""},
    {ONE("<pattern>(?'v'urge|(?:a|be)(?:sk|g))</pattern><set feature=\"f\" from=\"v\" table=\"t\"/>"),
     "4: the table t has no row for \"ag\", \"besk\""},
    {ONE("<pattern>(?'v'urge|cry|shout|plead)</pattern><set feature=\"f\" from=\"v\" table=\"t\"/>"), ""}, /* a table of exceptions */
    {ONE("<pattern>(?'v'urge|ask|beg(?: {B})?|\\w+d)</pattern><set feature=\"f\" from=\"v\" table=\"t\"/>"), "4: {B} is named"},
    {ONE("<pattern>(?'v'urge|ask|plead)</pattern><set feature=\"f\" value=\"0\"/><set feature=\"f\" from=\"v\" table=\"t\"/>"), ""},
};

/* All that was reported, warnings too: "LINE: message", a line each. */
static const char *all_said(RuleText *made)
{
  const char *list = "";
  for (size_t i = 0; i < made->diagnostics.count; ++i)
    list = arena_printf(made->arena, "%s%zu: %s\n", list, made->diagnostics.items[i].line, made->diagnostics.items[i].message);
  return list;
}

static void test_doubts(void **state)
{
  (void)state;
  bool good = true;
  for (size_t i = 0; i < COUNT(doubts); ++i) {
    RuleText made;
    char     xml[2000];
    snprintf(xml, sizeof xml, RULES("%s"), doubts[i].body);
    rule_text_load(&made, xml);
    const char *said = all_said(&made);
    size_t      length = strlen(doubts[i].expected);
    if (length ? strncmp(said, doubts[i].expected, length) != 0 : *said != '\0') {
      print_message("%s: \"%s\" was expected, not \"%s\"\n", doubts[i].body, doubts[i].expected, said);
      good = false;
    }
    rule_text_free(&made);
  }
  assert_true(good);
}

/* ---- Alternatives ---- */

static const struct {
  const char *pattern;
  const char *expected; /* alternatives and what leaving each out makes of the pattern */
} cuts[] = {
    {"a", ""},
    {"(?:a+|b+)", "a+ (?:b+); b+ (?:a+); "},
    {"(?:a+|b+|c+)d", "a+ (?:b+|c+)d; b+ (?:a+|c+)d; c+ (?:a+|b+)d; "},
    {"(?'x'a+|(?:b+|c+)?)d", "a+ (?'x'(?:b+|c+)?)d; (?:b+|c+)? (?'x'a+)d; b+ (?'x'a+|(?:c+)?)d; c+ (?'x'a+|(?:b+)?)d; "},
    {"x(?:|b+)", " x(?:b+); b+ x(?:); "},
    {"a[|()]\\|(?:b{1,2}|{verb})", "b{1,2} a[|()]\\|(?:{verb}); {verb} a[|()]\\|(?:b{1,2}); "},
    {"(*nla:a+|b+)c(?!d+|e+)", "a+ (*nla:b+)c(?!d+|e+); b+ (*nla:a+)c(?!d+|e+); d+ (*nla:a+|b+)c(?!e+); e+ (*nla:a+|b+)c(?!d+); "},
    {"(?'x'a)?(?('x')b+|c+)", ""},
    {"a+ b|c d+", "a+ b c d+; c d+ a+ b; "},
    {"{A|B}x", ""},
    /* Words are one alternative, however they are spelt, and none is left where there was nothing else. */
    {"(?:a|b)", "a|b (?:(*FAIL)); "},
    {"(?:a|b+|c)d", "a|c (?:b+)d; b+ (?:a|c)d; "},
    {"(?:cit(?:e|es|ed)?|[Aa]sk|never(?! mind| you)|u\\.s\\.)", "cit(?:e|es|ed)?|[Aa]sk|never(?! mind| you)|u\\.s\\. (?:(*FAIL)); "},
    {"(?i:a|b)(?|c|d)x", "a|b (?i:(*FAIL))(?|c|d)x; c|d (?i:a|b)(?|(*FAIL))x; "},
    {"(?:a|[a-z]|[^b]|\\p{L}|(?'x'b)|c.|x{2}d|^e)",
     "a (?:[a-z]|[^b]|\\p{L}|(?'x'b)|c.|x{2}d|^e); [a-z] (?:a|[^b]|\\p{L}|(?'x'b)|c.|x{2}d|^e); "
     "[^b] (?:a|[a-z]|\\p{L}|(?'x'b)|c.|x{2}d|^e); \\p{L} (?:a|[a-z]|[^b]|(?'x'b)|c.|x{2}d|^e); "
     "(?'x'b) (?:a|[a-z]|[^b]|\\p{L}|c.|x{2}d|^e); c. (?:a|[a-z]|[^b]|\\p{L}|(?'x'b)|x{2}d|^e); "
     "x{2}d (?:a|[a-z]|[^b]|\\p{L}|(?'x'b)|c.|^e); ^e (?:a|[a-z]|[^b]|\\p{L}|(?'x'b)|c.|x{2}d); "},
};

static const char *list_cuts(Arena *arena, const AlternativeSource *source)
{
  const char *list = "";
  for (size_t i = 0; i < source->count; ++i) {
    const Alternative *a = &source->alternatives[i];
    list = arena_printf(arena, "%s%s %s; ", list, a->shown, source_without(arena, source->text, a));
  }
  return list;
}

static void test_alternatives(void **state)
{
  (void)state;
  for (size_t i = 0; i < COUNT(cuts); ++i) {
    RuleText     made;
    Alternatives list;
    char         xml[2000];
    snprintf(xml, sizeof xml, RULES(ONE("<pattern>%s</pattern>")), cuts[i].pattern);
    if (rule_text_load(&made, xml)) fail_msg("%s", rule_text_faults(&made));
    alternatives_list(made.rules, made.arena, &list);
    assert_int_equal(list.count, 2); /* the macro and the pattern */
    assert_int_equal(list.sources[0].count, 1);
    assert_string_equal(list_cuts(made.arena, &list.sources[1]), cuts[i].expected);
    assert_int_equal(list.total, 1 + list.sources[1].count);
    rule_text_free(&made);
  }
}

/* ---- Coverage ---- */

#define COVERED                                                                                                    \
  TYPES "<macro name=\"deed\">(?:urge|ask|beg{1}|plead{1})</macro>\n" PHASE("id=\"o\"", "<rule id=\"b\" emits=\"B\"><pattern>(?:Ada|Ben{1})</pattern><example><m>Ada</m></example>"   \
                          "<counter>y</counter></rule>")                                                            \
      PHASE("id=\"p\"",                                                                                             \
            "<rule id=\"r\" emits=\"A\"><pattern>(?'v'{deed}) (?'who'{B}|you|(?:all )?of us|my{1})</pattern>"            \
            "<unless at=\"after\"> not</unless><unless at=\"before\">never </unless>"                               \
            "<set feature=\"f\" from=\"v\" table=\"t\"/>"                                                           \
            "<example>We <m>urge <m role=\"who\">you</m></m>.<f name=\"f\" value=\"1\"/></example>"                  \
            "<example>We <m>ask <m role=\"who\">Ben</m></m>.</example>"                                             \
            "<example>We <m>ask all of us</m>.</example>"                                                           \
            "<counter>We ask you not.</counter><counter>We never ask.</counter></rule>\n")

static const char *list_covers(Arena *arena, const Coverage *coverage)
{
  static const char marks[] = "-?+";
  const char       *list = "";
  for (size_t i = 0; i < coverage->alternatives.count; ++i) {
    const AlternativeSource *source = &coverage->alternatives.sources[i];
    for (size_t j = 0; coverage->counted[i] && j < source->count; ++j) {
      list = arena_printf(arena, "%s%s%c ", list, source->alternatives[j].shown, marks[coverage->covers[source->first + j]]);
    }
  }
  return list;
}

static void test_coverage(void **state)
{
  (void)state;
  RuleText made;
  Coverage coverage;
  bool     wanted[] = {true, false};
  if (rule_text_load(&made, RULES(COVERED))) fail_msg("%s", rule_text_faults(&made));
  const Pattern *before = made.rules->rules[1]->patterns[0];
  assert_int_equal(coverage_measure(made.rules, &made.matcher, NULL, made.arena, &coverage), CLAIMANT_OK);
  assert_string_equal(list_covers(made.arena, &coverage), "urge|ask+ beg{1}- plead{1}- Ada+ Ben{1}- {B}+ you|(?:all )?of us+ my{1}- ");
  assert_int_equal(coverage.needed_total, 4);
  assert_int_equal(coverage.counted_total, 8);
  assert_int_equal(coverage.unless_count, 2);
  assert_true(coverage.unless[0].needed);
  assert_false(coverage.unless[1].needed);
  assert_int_equal(coverage.row_count, 3);
  assert_int_equal(coverage.rows_needed, 1);
  assert_int_equal(coverage.unused_count, 1); /* {verb} */
  assert_int_equal(coverage.winless_count + coverage.tie_count, 0);
  assert_ptr_equal(before, made.rules->rules[1]->patterns[0]); /* all is as it was */
  assert_int_equal(made.rules->rules[1]->unless_count, 2);
  assert_int_equal(made.rules->tables[0]->row_count, 3);
  assert_int_equal(coverage_measure(made.rules, &made.matcher, wanted, made.arena, &coverage), CLAIMANT_OK);
  assert_string_equal(list_covers(made.arena, &coverage), "Ada+ Ben{1}- ");
  rule_text_free(&made);
}

static void test_ties(void **state)
{
  (void)state;
  RuleText made;
  Coverage coverage;
  const char *xml = RULES("<type name=\"A\" layer=\"x\"/><type name=\"B\" layer=\"x\"/>" PHASE(
      "id=\"p\"", "<rule id=\"a\" emits=\"A\"><pattern>red fox</pattern><example><m>red fox</m></example><counter>y</counter></rule>"
                  "<rule id=\"b\" emits=\"B\"><pattern>red \\w+</pattern><example><m>red owl</m></example><counter>y</counter></rule>"));
  if (rule_text_load(&made, xml)) fail_msg("%s", rule_text_faults(&made));
  assert_int_equal(coverage_measure(made.rules, &made.matcher, NULL, made.arena, &coverage), CLAIMANT_OK);
  assert_int_equal(coverage.tie_count, 1);
  assert_string_equal(coverage.ties[0].winner->id, "a");
  assert_string_equal(coverage.ties[0].loser->id, "b");
  rule_text_free(&made);
}

/* ---- Verdicts ---- */

static const struct {
  const char *rules, *example; /* of the rule "last" */
  const char *codes;
} verdicts[] = {
    {"", "<example>We <m>ask you</m>.</example>", ""},
    {"", "<example>We ask <m>you</m>.</example>", "elsewhere "},
    {"", "<example>We <m>beg you</m>.</example>", "no-match "},
    {"", "<example>We <m>ask you</m>.<f name=\"f\" value=\"2\"/></example>", "feature "},
    {"", "<example>We <m>ask <m role=\"who\">you</m></m>.</example>", "role "},
    {"", "<counter>We ask you.</counter>", "counter "},
    {"", "<counter>We beg you.</counter>", ""},
    {"", "<example>We <m>ask you</m> not.</example>", "vetoed "},
    {"<rule id=\"first\" emits=\"A\"><pattern>We ask you</pattern><example>x</example><counter>y</counter></rule>",
     "<example>We <m>ask you</m>.</example>", "lost "},
};

static void test_verdicts(void **state)
{
  (void)state;
  for (size_t i = 0; i < COUNT(verdicts); ++i) {
    RuleText       made;
    ExampleOutcome outcome;
    char           xml[2000];
    const char    *codes = "";
    snprintf(xml, sizeof xml,
             RULES(TYPES PHASE("id=\"p\"", "%s<rule id=\"last\" emits=\"A\"><pattern>ask you</pattern><unless at=\"after\"> not</unless>"
                                           "<set feature=\"f\" value=\"1\"/>%s%s%s</rule>")),
             verdicts[i].rules, strstr(verdicts[i].example, "<counter>") ? "<example>x</example>" : "", verdicts[i].example,
             strstr(verdicts[i].example, "<counter>") ? "" : "<counter>y</counter>");
    if (rule_text_load(&made, xml)) fail_msg("%s", rule_text_faults(&made));
    const Rule    *rule = made.rules->rules[made.rules->rule_count - 1];
    const Example *example = &rule->examples[strstr(verdicts[i].example, "<counter>") ? 1 : 0];
    assert_int_equal(example_run(&made.matcher, rule, example, (MatchOptions){0}, &made.diagnostics, &outcome), CLAIMANT_OK);
    for (size_t j = 0; j < made.diagnostics.count; ++j)
      if (made.diagnostics.items[j].severity == CLAIMANT_ERROR)
        codes = arena_printf(made.arena, "%s%s ", codes, made.diagnostics.items[j].code);
    assert_string_equal(codes, verdicts[i].codes);
    assert_int_equal(outcome.passed, *codes == '\0');
    rule_text_free(&made);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_doubts), cmocka_unit_test(test_alternatives),
                                     cmocka_unit_test(test_coverage), cmocka_unit_test(test_ties), cmocka_unit_test(test_verdicts)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
