/* Traces: what becomes of matches, where features and roles come from, how far a pattern came. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "letter/segment.h"
#include "match/fate.h"
#include "match/furthest.h"
#include "match/origin.h"
#include "rule_text.h"
#include "rules/source_map.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))

#define TYPES                                                                                                \
  "<type name=\"Name\" layer=\"name\"/>\n<type name=\"Plea\" layer=\"plea\"><role name=\"who\"/>"            \
  "<role name=\"by\"/><feature name=\"f\"/><feature name=\"g\"/></type>\n"
#define NAMES                                                                                                \
  PHASE("id=\"names\"",                                                                                      \
        RULE("id=\"name\" emits=\"Name\" confidence=\"0.5\"", "<pattern>Ada|Ben|Cleo</pattern>"))
#define PLEAS(rules) TYPES NAMES PHASE("id=\"pleas\"", rules)

typedef struct {
  RuleText    made;
  Letter     *letter;
  Trace       trace;
  MatchResult result;
} Traced;

static void match_traced(Traced *t, const char *xml, const char *text, const char *only)
{
  *t = (Traced){0};
  if (rule_text_load(&t->made, xml)) fail_msg("%s", rule_text_faults(&t->made));
  for (size_t i = 0; only && i < t->made.rules->rule_count; ++i)
    if (strcmp(t->made.rules->rules[i]->id, only) == 0) t->trace.rule = t->made.rules->rules[i];
  assert_int_equal(letter_new(text, strlen(text), "text", &t->made.diagnostics, &t->letter), CLAIMANT_OK);
  assert_int_equal(letter_segment(t->letter, &t->made.rules->lexicons, NULL), CLAIMANT_OK);
  MatchOptions options = {.plain = true, .last_phase = UINT32_MAX, .trace = &t->trace};
  assert_int_equal(match_letter(&t->made.matcher, t->letter, options, &t->made.diagnostics, &t->result),
                   CLAIMANT_OK);
}

static void traced_free(Traced *t)
{
  letter_free(t->letter);
  rule_text_free(&t->made);
}

/* The first match of a rule. */
static const TraceMatch *match_of(const Traced *t, const char *rule)
{
  for (size_t i = 0; i < t->trace.match_count; ++i)
    if (strcmp(t->trace.matches[i]->rule->id, rule) == 0) return t->trace.matches[i];
  fail_msg("no match of rule %s is recorded", rule);
  return NULL;
}

/* ---- Fates ---- */

typedef struct {
  const char *rules, *text;
  TraceFate   fate;
  const char *words; /* in what is told of it, or NULL */
} FateCase;

static void every_fate_is_recorded(void **state)
{
  static const FateCase cases[] = {
      {RULE("id=\"plea\" emits=\"Plea\"", "<pattern>help {Name}</pattern>"), "Please help Ada.", FATE_KEPT,
       "matches \"help Ada\""},
      {RULE("id=\"plea\" emits=\"Plea\"", "<pattern>help</pattern><unless at=\"before\">no </unless>"),
       "There is no help here.", FATE_VETOED, "<unless at=\"before\"> at "},
      {RULE("id=\"plea\" emits=\"Plea\"", "<pattern>help</pattern><unless>elp he</unless>"),
       "There is help here.", FATE_VETOED, "vetoes it: elp he"},
      {RULE("id=\"plea\" emits=\"Plea\"", "<pattern>help</pattern><before required=\"yes\">please </before>"),
       "There is help here.", FATE_NOT_EXTENDED, "does not stand in front of it"},
      {RULE("id=\"plea\" emits=\"Plea\" span=\"who\"", "<pattern>help(?'who' {Name})?</pattern>"),
       "There is help here.", FATE_NO_SPAN, "the group who"},
      {RULE("id=\"plea\" emits=\"Plea\"", "<pattern>help</pattern><fill role=\"by\" from=\"Name\"/>"),
       "There is help here.", FATE_UNFILLED, "finds nothing in the sentence for the role by"},
      {RULE("id=\"plea\" emits=\"Plea\"", "<pattern>help</pattern>")
           RULE("id=\"more\" emits=\"Plea\"", "<pattern>help us</pattern>"),
       "Please help us.", FATE_BEATEN, "loses to \"help us\" of rule more"},
      {RULE("id=\"more\" emits=\"Plea\"", "<pattern>help</pattern>")
           RULE("id=\"plea\" emits=\"Plea\"", "<pattern>help</pattern>"),
       "Please help us.", FATE_MERGED, "is one with \"help\" of rule more"},
  };
  for (size_t i = 0; i < COUNT(cases); ++i) {
    Traced t;
    Buffer told = {0};
    Buffer whole = {0};
    buffer_printf(&whole,
                  "<ruleset xmlns=\"" RULES_NS "\" id=\"test\" version=\"1\" xml:lang=\"en\">\n" TYPES NAMES
                  "<phase id=\"pleas\">\n%s</phase>\n</ruleset>\n",
                  cases[i].rules);
    match_traced(&t, whole.data, cases[i].text, NULL);
    const TraceMatch *match = match_of(&t, "plea");
    assert_int_equal(match->fate, cases[i].fate);
    fate_put(t.made.rules, t.letter, match, &told);
    if (!strstr(told.data, cases[i].words))
      fail_msg("\"%s\" was expected in \"%s\"", cases[i].words, told.data);
    buffer_free(&told);
    buffer_free(&whole);
    traced_free(&t);
  }
  (void)state;
}

static void reasons_are_those_of_the_order(void **state)
{
  static const struct {
    const char *winner, *loser, *text;
    TraceReason reason;
  } cases[] = {
      {"priority=\"2\"><pattern>help", "priority=\"1\"><pattern>help us now", "Please help us now.",
       BEATEN_BY_PRIORITY},
      {"><pattern>help us", "><pattern>help", "Please help us now.", BEATEN_BY_LENGTH},
      {"><pattern>help us", "><pattern>us now.", "Please help us now.", BEATEN_BY_PLACE},
  };
  for (size_t i = 0; i < COUNT(cases); ++i) {
    Traced t;
    Buffer xml = {0};
    buffer_append_string(&xml, "<ruleset xmlns=\"" RULES_NS "\" id=\"test\" version=\"1\">\n" TYPES
                               "<phase id=\"pleas\">\n");
    buffer_printf(
        &xml,
        "<rule id=\"loser\" emits=\"Plea\" %s</pattern><example>x</example><counter>y</counter></rule>\n",
        cases[i].loser);
    buffer_printf(
        &xml,
        "<rule id=\"winner\" emits=\"Plea\" %s</pattern><example>x</example><counter>y</counter></rule>\n",
        cases[i].winner);
    buffer_append_string(&xml, "</phase></ruleset>\n");
    match_traced(&t, xml.data, cases[i].text, NULL);
    const TraceMatch *loser = match_of(&t, "loser");
    assert_int_equal(loser->fate, FATE_BEATEN);
    assert_int_equal(loser->reason, cases[i].reason);
    assert_ptr_equal(loser->winner, match_of(&t, "winner"));
    buffer_free(&xml);
    traced_free(&t);
  }
  (void)state;
}

static void an_earlier_phase_was_there_first(void **state)
{
  Traced t;
  match_traced(
      &t,
      RULES(TYPES PHASE("id=\"one\"", RULE("id=\"first\" emits=\"Plea\"", "<pattern>us</pattern>")) PHASE(
          "id=\"two\"", RULE("id=\"second\" emits=\"Plea\" priority=\"9\"", "<pattern>help us</pattern>"))),
      "Please help us.", NULL);
  assert_int_equal(match_of(&t, "second")->reason, BEATEN_BY_PHASE);
  traced_free(&t);
  (void)state;
}

/* ---- Origins ---- */

static void what_an_item_has_is_traced_to_its_rule(void **state)
{
  Traced t;
  match_traced(&t,
               RULES(PLEAS(RULE("id=\"strong\" emits=\"Plea\" priority=\"2\"",
                                "<pattern>help (?'who'{Name})</pattern>\n<set feature=\"f\" value=\"a\"/>\n"
                                "<set feature=\"f\" value=\"b\"/>")
                               RULE("id=\"weak\" emits=\"Plea\"",
                                    "<pattern>help {Name}</pattern>\n<set feature=\"f\" value=\"c\"/>\n<set "
                                    "feature=\"g\" value=\"d\"/>\n"
                                    "<fill role=\"by\" from=\"Name\" pick=\"before\"/>"))),
               "Ben should help Ada.", NULL);
  const TraceMatch *match = match_of(&t, "strong");
  Origin            f = origin_of_feature(match, "f", "b"), g = origin_of_feature(match, "g", "d");
  size_t            line = match->pattern->line;
  assert_true(f.kind == ORIGIN_SET && f.way == OWN && f.rule == match->rule && f.line == line + 2);
  assert_true(g.kind == ORIGIN_SET && g.way == MERGED && strcmp(g.rule->id, "weak") == 0);
  assert_int_equal(origin_of_feature(match, "f", "2001").kind, ORIGIN_RESOLVER);
  assert_int_equal(match->annotation->role_count, 2);
  Origin who = origin_of_role(match, "who", &match->annotation->roles[0].span);
  Origin by = origin_of_role(match, "by", &match->annotation->roles[1].span);
  assert_true(who.kind == ORIGIN_GROUP && who.way == OWN && who.line == line);
  assert_true(by.kind == ORIGIN_FILL && by.way == MERGED && strcmp(by.rule->id, "weak") == 0);
  const Annotation *least = origin_of_confidence(match, match->annotation->confidence);
  assert_non_null(least);
  assert_string_equal(least->rule->id, "name");
  traced_free(&t);
  (void)state;
}

static void what_was_absorbed_is_named(void **state)
{
  Traced t;
  match_traced(
      &t,
      RULES(TYPES PHASE("id=\"one\"", RULE("id=\"first\" emits=\"Plea\"",
                                           "<pattern>us</pattern>\n<set feature=\"g\" value=\"x\"/>"))
                PHASE("id=\"two\"",
                      RULE("id=\"second\" emits=\"Plea\" absorb=\"yes\"", "<pattern>help {Plea}</pattern>"))),
      "Please help us.", NULL);
  const TraceMatch *first = match_of(&t, "first"), *second = match_of(&t, "second");
  Origin            g = origin_of_feature(second, "g", "x");
  assert_ptr_equal(first->winner, second);
  assert_true(g.kind == ORIGIN_SET && g.way == ABSORBED && g.rule == first->rule);
  traced_free(&t);
  (void)state;
}

/* ---- Recording ---- */

static void nothing_changes_by_watching(void **state)
{
  static const char xml[] =
      RULES(PLEAS(RULE("id=\"plea\" emits=\"Plea\"", "<pattern>help (?'who'{Name})</pattern>")
                      RULE("id=\"more\" emits=\"Plea\"", "<pattern>help</pattern>")));
  Traced t;
  match_traced(&t, xml, "Please help Ada and help Ben.", NULL);
  size_t kept = 0;
  for (size_t i = 0; i < t.trace.match_count; ++i) kept += t.trace.matches[i]->fate == FATE_KEPT;
  assert_int_equal(kept, 4); /* two names, two pleas */
  traced_free(&t);
  assert_rules_find(xml, "Please help Ada and help Ben.",
                    "Plea(help Ada; who=Ada*) Name(Ada) Plea(help Ben; who=Ben*) Name(Ben)");
  (void)state;
}

static void one_rule_is_watched_alone(void **state)
{
  Traced t;
  match_traced(&t,
               RULES(PLEAS(RULE("id=\"plea\" emits=\"Plea\"", "<pattern>help {Name}</pattern>")
                               RULE("id=\"more\" emits=\"Plea\"", "<pattern>help</pattern>"))),
               "Please help Ada. Nobody came.", "more");
  assert_int_equal(t.trace.match_count, 1);
  assert_int_equal(t.trace.view_count, 2);
  assert_string_equal(match_of(&t, "more")->winner_annotation->rule->id, "plea");
  traced_free(&t);
  (void)state;
}

/* ---- How far ---- */

typedef struct {
  const char *pattern, *text;
  const char *matched, *ways; /* with | between */
} FarCase;

static void the_furthest_point_is_in_the_source(void **state)
{
  static const FarCase cases[] = {
      {"we urge {Name} to", "Today we urge Ada two", "we urge {Name \"Ada\"} t", "o"},
      {"we (?:urge|beg|ask) {Name}", "Today we implore Ada", "we ", "urge|beg|ask"},
      {"we urge(?: now)? {Name} to", "we urge Ada, Ben", "we urge {Name \"Ada\"}", " to"},
      {"we urge {Name} to", "we urge Dora to", "we urge ", "{Name}"},
      {"we {verb} {Name}", "we implode Ada", "we implo", "re"},
      {"(?i:we) \\d+ (*pla:x)y", "we 15 apples", "we 15 ", "(*pla:x)"},
      {"[Ww]e urge", "They go", "", "[Ww]e urge"},
      {"\\bwe (?'who'{Name}|you) [^.]{1,20}\\.$", "we you go on", "we you go on", "\\."},
  };
  for (size_t i = 0; i < COUNT(cases); ++i) {
    Traced   t;
    Furthest f;
    Buffer   xml = {0}, matched = {0}, ways = {0};
    buffer_printf(&xml,
                  "<ruleset xmlns=\"" RULES_NS "\" id=\"test\" version=\"1\">\n" TYPES
                  "<macro name=\"verb\">(?:urge|implore)</macro>\n" NAMES "<phase id=\"pleas\">\n"
                  "<rule id=\"plea\" emits=\"Plea\"><pattern>%s</pattern><example>x</example>"
                  "<counter>y</counter></rule></phase></ruleset>",
                  cases[i].pattern);
    match_traced(&t, xml.data, cases[i].text, "plea");
    assert_true(furthest_find(t.letter->arena, t.made.rules, t.trace.rule->patterns[0], t.trace.views,
                              t.trace.view_count, &f));
    buffer_append_string(&matched, "");
    trace_put_view(t.made.rules, t.letter, f.view, (Span){f.start, f.end}, &matched);
    for (size_t w = 0; w < f.way_count; ++w) buffer_printf(&ways, "%s%s", w ? "|" : "", f.ways[w].text);
    assert_string_equal(matched.data ? matched.data : "", cases[i].matched);
    assert_string_equal(ways.data ? ways.data : "", cases[i].ways);
    buffer_free(&xml);
    buffer_free(&matched);
    buffer_free(&ways);
    traced_free(&t);
  }
  (void)state;
}

static void source_and_expansion_stay_side_by_side(void **state)
{
  RuleText  made;
  SourceMap map;
  if (rule_text_load(
          &made,
          RULES(PLEAS(
              "<rule id=\"plea\" emits=\"Plea\"><pattern>(?'who'{Name}) (?:on )+? [\\d)\\]]\\d{2,} "
              "{v}(?i:x)(*nla:y|z)"
              "</pattern><example>x</example><counter>y</counter></rule>") "<macro "
                                                                           "name=\"v\">a(?:b|[)])c</macro>")))
    fail_msg("%s", rule_text_faults(&made));
  const Pattern *pattern = made.rules->rules[1]->patterns[0];
  assert_true(source_map(made.arena, pattern, &map));
  assert_int_equal(map.parts[map.count - 1].expanded.end, strlen(pattern->expanded));
  assert_int_equal(map.parts[map.count - 1].source.end, strlen(pattern->source));
  for (size_t i = 0; i < map.count; ++i) {
    const SourcePart *part = &map.parts[i];
    if (part->kind == PART_MACRO)
      assert_int_equal(part->expanded.end - part->expanded.start, strlen("(?:a(?:b|[)])c)"));
    if (part->kind == PART_LOOK) assert_int_equal(part->whole.end, strlen(pattern->source));
  }
  rule_text_free(&made);
  (void)state;
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_fate_is_recorded),
      cmocka_unit_test(reasons_are_those_of_the_order),
      cmocka_unit_test(an_earlier_phase_was_there_first),
      cmocka_unit_test(what_an_item_has_is_traced_to_its_rule),
      cmocka_unit_test(what_was_absorbed_is_named),
      cmocka_unit_test(nothing_changes_by_watching),
      cmocka_unit_test(one_rule_is_watched_alone),
      cmocka_unit_test(the_furthest_point_is_in_the_source),
      cmocka_unit_test(source_and_expansion_stay_side_by_side),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
