/* Matching: projection, views, vetoes, roles, features, fills, learning, units and scopes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "rule_text.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))

#define PLEA                                                                                          \
  "<type name=\"Plea\"><role name=\"who\"/><role name=\"all\" card=\"0..n\"/><feature name=\"f\"/>" \
  "<feature name=\"g\"/></type>\n"
#define NAME "<type name=\"Name\"/>\n"
#define NAMES PHASE("id=\"names\"", RULE("id=\"name\" emits=\"Name\"", "<pattern>(?:Ada|Ben|Cleo)(?: Krane)?</pattern>"))
#define PLEAS(attributes, inner) PHASE("id=\"pleas\"", RULE("id=\"plea\" emits=\"Plea\" " attributes, inner))

typedef struct {
  const char *text, *found;
} Case;

static void check_cases(const char *xml, const Case *cases, size_t count)
{
  RuleText made;
  if (rule_text_load(&made, xml)) fail_msg("%s", rule_text_faults(&made));
  for (size_t i = 0; i < count; ++i) assert_found(&made, cases[i].text, (Layout){0}, cases[i].found);
  rule_text_free(&made);
}

/* ---- Projection ---- */

#define NBSP "\xC2\xA0"
#define CURLY "\xE2\x80\x99"
#define SOFT "\xC2\xAD"
#define ZERO_WIDTH "\xE2\x80\x8B"

static void test_offsets(void **state)
{
  static const Case cases[] = {
      {"So we beg you.", "Plea(we beg you; who=you)"},
      {"So we" NBSP "beg" NBSP "you.", "Plea(we" NBSP "beg" NBSP "you; who=you)"},
      {"So we" NBSP " \t" NBSP "beg\r\nyou.", "Plea(we" NBSP " \t" NBSP "beg\r\nyou; who=you)"},
      {"So we be" SOFT "g y" SOFT "ou.", "Plea(we be" SOFT "g y" SOFT "ou; who=y" SOFT "ou)"},
      {"So " SOFT "we beg you.", "Plea(we beg you; who=you)"},
      {"So we beg" ZERO_WIDTH " you.", "Plea(we beg" ZERO_WIDTH " you; who=you)"},
      {"So we\f\n\n beg\xE2\x80\xA8you", "Plea(we\f\n\n beg\xE2\x80\xA8you; who=you)"},
      {"we\r\nbeg you|we\r\nbeg us", "Plea(we\r\nbeg you; who=you)"},
      {"\xE2\x80\x9Cwe beg you\xE2\x80\x9D", "Plea(we beg you; who=you)"},
      {"\xF0\x9F\x90\xA6 we beg you \xF0\x9F\x90\xA6", "Plea(we beg you; who=you)"},
  };
  (void)state;
  check_cases(RULES(PLEA PLEAS("", "<pattern>we beg (?'who'you)</pattern>")), cases, COUNT(cases));
}

static void test_folding(void **state)
{
  static const Case cases[] = {
      {"Ben" CURLY "s well\xE2\x80\x91known plea", "Plea(Ben" CURLY "s well\xE2\x80\x91known plea; who=Ben" CURLY "s)"},
      {"Ben's well\xE2\x80\x90known plea", "Plea(Ben's well\xE2\x80\x90known plea; who=Ben's)"},
      {"Ben\xCA\xBCs well-known plea", "Plea(Ben\xCA\xBCs well-known plea; who=Ben\xCA\xBCs)"},
      /* Characters of the placeholders' plane are the replacement character in views, and only there. */
      {"Ben's well-known \xF4\x80\x80\x80plea", "Plea(Ben's well-known \xF4\x80\x80\x80plea; who=Ben's)"},
      {"Ben's well\xE2\x80\x93known plea", ""},
      {"BEN'S WELL-KNOWN PLEA", ""},
  };
  (void)state;
  check_cases(RULES(PLEA PLEAS("", "<pattern>(?'who'Ben's) well-known \xEF\xBF\xBD?plea</pattern>")), cases, COUNT(cases));
}

static void test_folded_features(void **state)
{
  (void)state;
  assert_rules_find(RULES(PLEA PLEAS("", "<pattern>we (?'x'.+) you</pattern><set feature=\"f\" from=\"x\"/>")),
                    "we beg" NBSP "and\r\n  ask" CURLY "ed" SOFT " you",
                    "Plea(we beg" NBSP "and\r\n  ask" CURLY "ed" SOFT " you; f:beg and ask'ed)");
}

static void test_characters_are_whole(void **state)
{
  (void)state;
  assert_rules_find(RULES(PLEA NAME NAMES PLEAS("", "<pattern>(?'who'{Name}).(?'all'\\S+) you</pattern>")),
                    "Ada\xE2\x80\xA6\xC3\xA9 you, Ben\xF0\x9F\x90\xA6x you",
                    "Plea(Ada\xE2\x80\xA6\xC3\xA9 you; who=Ada*; all=\xC3\xA9) Name(Ada) "
                    "Plea(Ben\xF0\x9F\x90\xA6x you; who=Ben*; all=x) Name(Ben)");
}

/* ---- Views ---- */

static void test_captures_of_placeholders(void **state)
{
  (void)state;
  assert_rules_find(RULES(PLEA NAME NAMES PLEAS("", "<pattern>(?'who'{Name}) begs (?'all'{Name} and {Name}|{Name} )</pattern>")),
                    "Ada  Krane begs Ben\nand Cleo. Ben begs Cleo now.",
                    "Plea(Ada  Krane begs Ben\nand Cleo; who=Ada  Krane*; all=Ben\nand Cleo) Name(Ada  Krane) "
                    "Name(Ben) Name(Cleo) Plea(Ben begs Cleo; who=Ben*; all=Cleo*) Name(Ben) Name(Cleo)");
}

#define PLACES                                                                                               \
  NAME "<type name=\"Town\" layer=\"t\"/><type name=\"Big\" layer=\"b\" extends=\"Town\"/>" PLEA PHASE("id=\"o\"",       \
    RULE("id=\"n\" emits=\"Name\"", "<pattern>Ada</pattern>") RULE("id=\"t\" emits=\"Town\"", "<pattern>Orva</pattern>") \
    RULE("id=\"b\" emits=\"Big\"", "<pattern>Ulm</pattern>"))

static void test_a_rule_sees_what_it_names(void **state)
{
  (void)state;
  /* The words of a named type are hidden, those of other types are not. */
  assert_rules_find(RULES(PLACES PLEAS("", "<pattern>Ada of {Town}</pattern>")), "Ada of Orva, Ada of Ulm",
                    "Plea(Ada of Orva) Name(Ada) Town(Orva) Plea(Ada of Ulm) Name(Ada) Big(Ulm)");
  assert_rules_find(RULES(PLACES PLEAS("", "<pattern>{Name} of Orva</pattern>")), "Ada of Orva",
                    "Plea(Ada of Orva) Name(Ada) Town(Orva)");
  assert_rules_find(RULES(PLACES PLEAS("", "<pattern>{Name} of Orva</pattern><pattern>{Town} so</pattern>")), "Ada of Orva",
                    "Name(Ada) Town(Orva)");
  assert_rules_find(RULES(PLACES PLEAS("", "<pattern>{Name} of Orva</pattern><unless at=\"unit\">{Big} so</unless>")),
                    "Ada of Orva", "Plea(Ada of Orva) Name(Ada) Town(Orva)");
  assert_rules_find(RULES(PLACES PLEAS("", "<pattern>{Name} of Ulm</pattern><unless at=\"unit\">{Town} so</unless>")),
                    "Ada of Ulm", "Name(Ada) Big(Ulm)");
}

/* Start, then length, then what a rule found before lists and the scanner. */
static void test_view_order(void **state)
{
  static const Case cases[] = {
      {"Red Sea Board.", "Out(Red Sea Board.; x=Red Sea*) B(Sea B)"},
      {"!Red Sea Board", "Out(!Red Sea; x=Sea*) B(Sea B)"},
      {"?Ben", "Out(?Ben; x=Ben*) A(Ben) B(Ben)"},
  };
  static const char xml[] = RULES(
      "<type name=\"Word\" scan=\"capitalised\"/><gazetteer name=\"g\"><terms>Red Sea | Sea Board | Ben</terms></gazetteer>"
      "<type name=\"A\" layer=\"a\"/><type name=\"B\" layer=\"b\"/><type name=\"Out\"><role name=\"x\"/></type>\n"
      PHASE("id=\"o\"", RULE("id=\"b\" emits=\"B\"", "<pattern>Ben|Sea B</pattern>")
                        RULE("id=\"a\" emits=\"A\"", "<pattern>Ben</pattern>"))
      PHASE("id=\"p\"", RULE("id=\"list\" emits=\"Out\"", "<pattern>(?'x'{@g}) {Word}\\.</pattern>")
                        RULE("id=\"scan\" emits=\"Out\"", "<pattern>!{Word} (?'x'{Word})</pattern>")
                        RULE("id=\"rule\" emits=\"Out\"", "<pattern>\\?(?'x'{A}|{B}|{@g}|{Word})</pattern>")));
  (void)state;
  check_cases(xml, cases, COUNT(cases));
  RuleText made;
  Matched  matched;
  assert_int_equal(rule_text_load(&made, xml), CLAIMANT_OK);
  match_text(&made, "?Ben", (Layout){0}, &matched);
  const Annotation *out = matched.result.annotations[matched.result.count - 1];
  assert_string_equal(made.rules->types[out->roles[0].annotation->type].name, "B"); /* the first rule's */
  matched_free(&matched);
  rule_text_free(&made);
}

/* Greedy from the left: the longer of two that start together, then the next that does not overlap. */
static void test_overlapping_marks(void **state)
{
  (void)state;
  assert_rules_find(
      RULES("<type name=\"A\" layer=\"a\"/><type name=\"B\" layer=\"b\"/><type name=\"C\" layer=\"c\"/>"
            "<type name=\"Out\"><role name=\"x\" card=\"0..n\"/></type>\n"
            PHASE("id=\"o\"", RULE("id=\"a\" emits=\"A\"", "<pattern>one two</pattern>")
                              RULE("id=\"b\" emits=\"B\"", "<pattern>one two three</pattern>")
                              RULE("id=\"c\" emits=\"C\"", "<pattern>three four</pattern>"))
            PHASE("id=\"p\"", RULE("id=\"abc\" emits=\"Out\"", "<pattern>^(?'x'{A}|{B}|{C}) (?'x'four)</pattern>"))
            PHASE("id=\"q\"", RULE("id=\"ac\" emits=\"Out\"", "<pattern>^{A} {C}</pattern>"))),
      "one two three four", "Out(one two three four; x=one two three*; x=four) B(one two three) A(one two) C(three four)");
  assert_rules_find(RULES("<type name=\"A\" layer=\"a\"/><type name=\"C\" layer=\"c\"/><type name=\"Out\"/>\n"
                          PHASE("id=\"o\"", RULE("id=\"a\" emits=\"A\"", "<pattern>one two</pattern>")
                                            RULE("id=\"c\" emits=\"C\"", "<pattern>three four</pattern>"))
                          PHASE("id=\"q\"", RULE("id=\"ac\" emits=\"Out\"", "<pattern>^{A} {C}$</pattern>"))),
                    "one two three four", "Out(one two three four) A(one two) C(three four)");
}

static void test_subtypes_and_classes(void **state)
{
  (void)state;
  assert_rules_find(
      RULES("<type name=\"Agent\"/><type name=\"Man\" extends=\"Agent\"/><type name=\"Body\" extends=\"Agent\"/>"
            "<type name=\"Town\"/><gazetteer name=\"ship\"><term>Ida May</term></gazetteer>" PLEA
            PHASE("id=\"o\"", RULE("id=\"m\" emits=\"Man\"", "<pattern>Ben</pattern>")
                              RULE("id=\"b\" emits=\"Body\"", "<pattern>the Club</pattern>")
                              RULE("id=\"t\" emits=\"Town\"", "<pattern>Orva</pattern>"))
            PLEAS("", "<pattern>(?'who'{Agent}) begs (?'all'{Town|@ship|Man})</pattern>")),
      "Ben begs Orva. the Club begs Ida May. the Club begs Ben. Orva begs Ben. Ben begs the Club.",
      "Plea(Ben begs Orva; who=Ben*; all=Orva*) Man(Ben) Town(Orva) "
      "Plea(the Club begs Ida May; who=the Club*; all=Ida May*) Body(the Club) "
      "Plea(the Club begs Ben; who=the Club*; all=Ben*) Body(the Club) Man(Ben) "
      "Town(Orva) Man(Ben) Man(Ben) Body(the Club)");
}

#define QUOTED "\xE2\x80\x9Cwe beg you\xE2\x80\x9D"
#define QUOTES                                                                                                 \
  "<type name=\"Quote\"/>" PHASE("id=\"q\" scope=\"paragraph\"",                                               \
                                 RULE("id=\"q\" emits=\"Quote\"", "<pattern>\xE2\x80\x9C[^\xE2\x80\x9D]+\xE2\x80\x9D</pattern>"))
#define BEGGING(mask) PHASE("id=\"p\"" mask, RULE("id=\"p\" emits=\"Plea\"", "<pattern>we beg .+?(*pla:[.]|$)</pattern>"))

#define PERSON                                                                                               \
  "<type name=\"Agent\" layer=\"a\"/><type name=\"Person\" extends=\"Agent\" layer=\"a\"><role name=\"title\"/>" \
  "<feature name=\"rank\"/></type><type name=\"Body\" extends=\"Agent\" layer=\"a\"/>\n"                        \
  PHASE("id=\"people\"",                                                                                      \
        RULE("id=\"person\" emits=\"Person\"",                                                                \
             "<pattern>(?:(?'title'Dr|Judge|Capt) )?(?'name'Ada|Ben)</pattern><set feature=\"rank\" from=\"title\"/>") \
        RULE("id=\"body\" emits=\"Body\"", "<pattern>Board</pattern>"))

/* What a placeholder asks of the annotation behind it. */
static void test_tests_in_placeholders(void **state)
{
  static const char text[] = "Dr Ada waits; Judge Ben waits; Ada waits; Board waits";
  static const struct {
    const char *pattern, *found;
  } cases[] = {
      {"{Person[title]} waits", "Plea(Dr Ada waits) Plea(Judge Ben waits)"},
      {"{Person[!title]} waits", "Plea(Ada waits)"},
      {"{Person[rank=Judge]} waits", "Plea(Judge Ben waits)"},
      {"{Person[!rank=Judge]} waits", "Plea(Dr Ada waits) Plea(Ada waits)"},
      {"{Person} waits", "Plea(Dr Ada waits) Plea(Judge Ben waits) Plea(Ada waits)"},
      {"{Agent[title]} waits", "Plea(Dr Ada waits) Plea(Judge Ben waits)"},
      {"{Agent[!title]} waits", "Plea(Ada waits) Plea(Board waits)"},
      {"{Person[rank=Dr]|Body} waits", "Plea(Dr Ada waits) Plea(Board waits)"},
      {"{Person[title]} waits; {Person[rank=Judge]} waits", "Plea(Dr Ada waits; Judge Ben waits)"},
      {"{Person[rank=Judge]} waits; {Person[!title]} waits", "Plea(Judge Ben waits; Ada waits)"},
      {"(?:Dr|Ben) .*", ""}, /* hidden, whether they pass or not */
  };
  (void)state;
  for (size_t i = 0; i < COUNT(cases); ++i) {
    char xml[4000];
    snprintf(xml, sizeof xml,
             RULES(PLEA PERSON PHASE("id=\"pleas\"", RULE("id=\"plea\" emits=\"Plea\"",
                                                        "<pattern>%s</pattern><unless>{Person[title]} never</unless>"))),
             cases[i].pattern);
    RuleText made;
    if (rule_text_load(&made, xml)) fail_msg("%s", rule_text_faults(&made));
    Matched matched;
    for (int plain = 0; plain < 2; ++plain) {
      match_text(&made, text, (Layout){.plain = plain}, &matched);
      const char *pleas = strstr(matched.found, "Plea(");
      char        only[400] = "";
      for (const char *at = pleas; at; at = strstr(at + 1, "Plea(")) {
        size_t length = strcspn(at, ")") + 1;
        snprintf(only + strlen(only), sizeof only - strlen(only), "%s%.*s", *only ? " " : "", (int)length, at);
      }
      assert_string_equal(only, cases[i].found);
      matched_free(&matched);
    }
    rule_text_free(&made);
  }
}

static void test_mask(void **state)
{
  (void)state;
  assert_rules_find(RULES(PLEA QUOTES BEGGING("")), "She said " QUOTED " today.",
                    "Quote(" QUOTED ") Plea(we beg you\xE2\x80\x9D today)");
  assert_rules_find(RULES(PLEA QUOTES BEGGING(" mask=\"Quote\"")), "She said " QUOTED " today.", "Quote(" QUOTED ")");
  /* What is masked is one character to the rule. */
  assert_rules_find(RULES(PLEA QUOTES BEGGING(" mask=\"Quote\"")), "So we beg " QUOTED ".", "Plea(we beg " QUOTED ") Quote(" QUOTED ")");
}

/* A phase reads what was there when it began. */
static void test_phases(void **state)
{
  (void)state;
#define A_AND_B "<type name=\"A\" layer=\"a\"/><type name=\"B\" layer=\"b\"/>"
#define RULE_A RULE("id=\"a\" emits=\"A\"", "<pattern>one</pattern>")
#define RULE_B RULE("id=\"b\" emits=\"B\"", "<pattern>{A} two</pattern>")
  assert_rules_find(RULES(A_AND_B PHASE("id=\"p\"", RULE_A RULE_B)), "one two", "A(one)");
  assert_rules_find(RULES(A_AND_B PHASE("id=\"p\"", RULE_B RULE_A)), "one two", "A(one)");
  assert_rules_find(RULES(A_AND_B PHASE("id=\"p\"", RULE_A) PHASE("id=\"q\"", RULE_B)), "one two", "B(one two) A(one)");
  assert_rules_find(RULES(A_AND_B PHASE("id=\"p\"", RULE_B) PHASE("id=\"q\"", RULE_A)), "one two", "A(one)");
}

static void test_search_goes_on_behind_a_match(void **state)
{
  (void)state;
  assert_rules_find(RULES(PLEA PLEAS("", "<pattern>a (?'who'b|c) a</pattern>")), "a b a c a b a b",
                    "Plea(a b a; who=b) Plea(a b a; who=b)");
  assert_rules_find(RULES(PLEA PLEAS("", "<pattern>a (?'who'b|c) a</pattern>")), "a b a c a d", "Plea(a b a; who=b)");
}

/* ---- Vetoes ---- */

static void test_unless(void **state)
{
  static const struct {
    const char *unless, *text;
    bool        vetoed;
  } cases[] = {
      {"<unless at=\"before\">not </unless>", "not plea now", true},
      {"<unless at=\"before\">not </unless>", "not a plea now", false},
      {"<unless at=\"before\">not </unless>", "plea not now", false},
      {"<unless at=\"before\">^</unless>", "plea now", true},
      {"<unless at=\"before\">^</unless>", "a plea now", false},
      {"<unless at=\"before\">(*nlb:so )a </unless>", "so a plea", false},
      {"<unless at=\"before\">(*nlb:so )a </unless>", "no a plea", true},
      {"<unless at=\"before\">x|never </unless>", "never plea", true},
      {"<unless at=\"after\"> now</unless>", "a plea now", true},
      {"<unless at=\"after\"> now</unless>", "a plea, now", false},
      {"<unless at=\"after\">$</unless>", "a plea", true},
      {"<unless at=\"after\">x| later</unless>", "a plea later", true},
      {"<unless at=\"inside\">le</unless>", "a plea", true},
      {"<unless at=\"inside\">le</unless>", "leave a plead", true},
      {"<unless at=\"inside\">lead</unless>", "a plead", false},
      {"<unless at=\"inside\">a$</unless>", "a plead", true},
      {"<unless at=\"overlap\">a p</unless>", "a plea", true},
      {"<unless>ead</unless>", "a plead", true},
      {"<unless>so plea now</unless>", "so plea now", true},
      {"<unless>so </unless>", "so plea", false},
      {"<unless> now</unless>", "plea now", false},
      {"<unless>x|a</unless>", "a a a plexa", false},
      {"<unless at=\"unit\">never</unless>", "a plea, never mind", true},
      {"<unless at=\"unit\">never</unless>", "never mind, a plea", true},
      {"<unless at=\"unit\">never</unless>", "a plea|never mind", false},
      {"<unless at=\"before\">b </unless><unless at=\"before\">a </unless>", "a plea", true},
      {"<unless at=\"before\">(?i:NOT) </unless>", "not plea", true},
  };
  (void)state;
  for (size_t i = 0; i < COUNT(cases); ++i) {
    char xml[1000];
    snprintf(xml, sizeof xml, RULES("<type name=\"Plea\"/>" PHASE("id=\"p\"", RULE("id=\"p\" emits=\"Plea\"", "<pattern>plea</pattern>%s"))),
             cases[i].unless);
    bool expected = cases[i].vetoed || !strstr(cases[i].text, "plea");
    assert_rules_find(xml, cases[i].text, expected ? "" : "Plea(plea)");
  }
}

/* ---- Items, roles ---- */

static void test_span_of_a_group(void **state)
{
  static const Case cases[] = {
      {"we beg you to wait.", "Plea(you to wait; who=you)"},
      {"we ask you.", ""}, /* an unset group: no item */
  };
  (void)state;
  check_cases(RULES(PLEA PLEAS("span=\"it\"", "<pattern>we (?:beg (?'it'(?'who'you) to wait)|ask you)</pattern>")), cases, COUNT(cases));
  /* The hull of all groups of the name. */
  assert_rules_find(RULES(PLEA PLEAS("span=\"all\"", "<pattern>so (?'all'Ada) begs (?'all'Ben) now</pattern>")), "so Ada begs Ben now",
                    "Plea(Ada begs Ben; all=Ada; all=Ben)");
}

static void test_roles(void **state)
{
  (void)state;
  /* One filler for a role that has one, all for one that has many; unset and empty groups are none. */
  assert_rules_find(RULES(PLEA PLEAS("", "<pattern>(?'who'Ada) and (?'who'Ben) beg (?'all'us)(?'all' and you)?(?'other'!)?(?'who')</pattern>")),
                    "Ada and Ben beg us! Ada and Ben beg us and you.",
                    "Plea(Ada and Ben beg us!; who=Ada; all=us) Plea(Ada and Ben beg us and you; who=Ada; all=us; all=and you)");
}

static void test_confidence_is_the_lowest(void **state)
{
  (void)state;
  RuleText made;
  Matched  matched;
  assert_int_equal(rule_text_load(&made, RULES(PLEA NAME PHASE("id=\"n\"",
                       RULE("id=\"a\" emits=\"Name\" confidence=\"0.4\"", "<pattern>Ada</pattern>")
                       RULE("id=\"b\" emits=\"Name\" confidence=\"0.95\"", "<pattern>Ben</pattern>"))
                       PLEAS("confidence=\"0.8\"", "<pattern>(?'who'{Name}) begs</pattern>"))),
                   CLAIMANT_OK);
  match_text(&made, "Ada begs, Ben begs", (Layout){0}, &matched);
  assert_true(matched.result.annotations[2]->confidence == 0.4);
  assert_true(matched.result.annotations[3]->confidence == 0.8);
  matched_free(&matched);
  rule_text_free(&made);
}

/* ---- <before> ---- */

static void test_before(void **state)
{
  static const Case may[] = {
      {"Ada, we beg", "Plea(Ada, we beg; who=Ada)"},
      {"So we beg", "Plea(we beg)"},
      {"Ada, so we beg", "Plea(we beg)"},
      {"Ada, Ben, we beg", "Plea(Ben, we beg; who=Ben)"},
  };
  static const Case must[] = {{"Ada, we beg", "Plea(Ada, we beg; who=Ada)"}, {"So we beg", ""}};
  static const Case vetoed[] = {{"not Ada, we beg", ""}, {"not we beg", ""}, {"not so, Ada, we beg", "Plea(Ada, we beg; who=Ada)"}};
  (void)state;
#define BEFORE(attributes, rest) \
  RULES(PLEA PLEAS("", "<pattern>we beg</pattern><before" attributes ">(?'who'Ada|Ben), </before>" rest))
  check_cases(BEFORE("", ""), may, COUNT(may));
  check_cases(BEFORE(" required=\"no\"", ""), may, COUNT(may));
  check_cases(BEFORE(" required=\"yes\"", ""), must, COUNT(must));
  check_cases(BEFORE("", "<unless at=\"before\">not </unless>"), vetoed, COUNT(vetoed));
}

/* ---- Features ---- */

/* The rule of these cases: a verb that is no placeholder, and one that is. */
#define SETTING                                                                                              \
  RULES("<type name=\"Man\"><feature name=\"sex\"/></type>"                                               \
        "<type name=\"Plea\" layer=\"p\"><feature name=\"f\"/><feature name=\"g\"/></type>"           \
        "<table name=\"t\"><row key=\"Begs | asks\" value=\"mild\"/><row key=\"ada-KRANE\" value=\"both\"/></table>\n" \
        PHASE("id=\"m\"", RULE("id=\"m\" emits=\"Man\"", "<pattern>me</pattern><set feature=\"sex\" value=\"f\"/>")) \
        PHASE("id=\"p\"", RULE("id=\"p\" emits=\"Plea\"", "<pattern>(?'n'\\d+) (?'w'[A-Z]\\w+-[A-Z]\\w+) (?'v'begs) " \
                                                               "(?'m'{Man})(?'none'x)?</pattern>%s")))

static void test_sets(void **state)
{
  static const struct {
    const char *sets, *found;
  } cases[] = {
      {"<set feature=\"f\" value=\"x\"/>", "; f:x"},
      {"<set feature=\"f\" value=\"x\"/><set feature=\"f\" value=\"y\"/>", "; f:y"},
      {"<set feature=\"f\" value=\"x\"/><set feature=\"g\" value=\"y\"/>", "; f:x; g:y"},
      {"<set feature=\"f\" value=\"x\" if=\"v\"/><set feature=\"g\" value=\"y\" if=\"none\"/>", "; f:x"},
      {"<set feature=\"f\" value=\"x\" ifnot=\"v\"/><set feature=\"g\" value=\"y\" ifnot=\"none\"/>", "; g:y"},
      {"<set feature=\"f\" from=\"v\"/>", "; f:begs"},
      {"<set feature=\"f\" from=\"none\"/>", ""},
      {"<set feature=\"f\" from=\"v\" table=\"t\"/>", "; f:mild"},
      {"<set feature=\"f\" from=\"n\" table=\"t\"/>", ""}, /* no such key */
      {"<set feature=\"f\" value=\"x\"/><set feature=\"f\" from=\"n\" table=\"t\"/>", "; f:x"},
      {"<set feature=\"f\" from=\"w\" table=\"t\"/>", "; f:both"}, /* the key is compared in lower case */
      {"<set feature=\"f\" from=\"w\" fn=\"lower\"/>", "; f:ada-krane"},
      {"<set feature=\"f\" from=\"w\" fn=\"upper\"/>", "; f:ADA-KRANE"},
      {"<set feature=\"f\" from=\"w\" fn=\"title\"/>", "; f:Ada-Krane"},
      {"<set feature=\"f\" from=\"w\" fn=\"words\"/>", "; f:Ada Krane"},
      {"<set feature=\"f\" value=\"a 1 b2\" fn=\"digits\"/>", "; f:12"},
      {"<set feature=\"f\" value=\"a 1 b2\" fn=\"collapse\"/>", "; f:a1b2"},
      {"<set feature=\"f\" value=\"BEGS\" fn=\"lower\" table=\"t\"/>", "; f:mild"},
      {"<set feature=\"f\" value=\"{n}/{v}\"/>", "; f:12/begs"},
      {"<set feature=\"f\" value=\"{n:4}\"/>", "; f:0012"},
      {"<set feature=\"f\" value=\"{n:1}\"/>", "; f:12"},
      {"<set feature=\"f\" value=\"{v@t}-{w@t}\"/>", "; f:mild-both"},
      {"<set feature=\"f\" value=\"{v}{none}\"/>", ""},
      {"<set feature=\"f\" value=\"{n@t}\"/>", ""},
      {"<set feature=\"f\" value=\"{m.sex}\"/>", "; f:f"},
      {"<set feature=\"f\" value=\"{m.age}\"/>", ""},
      {"<set feature=\"f\" value=\"{v.sex}\"/>", ""},
      {"<set feature=\"f\" value=\"100%s\"/>", "; f:100%s"},
  };
  (void)state;
  for (size_t i = 0; i < COUNT(cases); ++i) {
    char xml[2000], expected[200];
    snprintf(xml, sizeof xml, SETTING, cases[i].sets);
    snprintf(expected, sizeof expected, "Plea(12 Ada-Krane begs me%s) Man(me; sex:f)", cases[i].found);
    assert_rules_find(xml, "12 Ada-Krane begs me", expected);
  }
}

/* ---- Fills ---- */

#define FILLS(inner)                                                                                             \
  RULES("<type name=\"Name\"><role name=\"nick\"/><role name=\"who\"/></type>" PLEA                               \
        PHASE("id=\"n\"", RULE("id=\"n\" emits=\"Name\"", "<pattern>n\\d+(?:=(?'nick'k\\d+)(?'who'w)?)?</pattern>")) \
        PHASE("id=\"p\"", RULE("id=\"p\" emits=\"Plea\"", "<pattern>(?'w'we )?plea</pattern>" inner)))

/* ---- Numbers ---- */

#define NUMBERS                                                                                                        \
  "<table name=\"en\"><row key=\"a|one\" value=\"1\"/><row key=\"two\" value=\"2\"/><row key=\"three\" value=\"3\"/>"     \
  "<row key=\"five\" value=\"5\"/><row key=\"twenty\" value=\"20\"/><row key=\"third\" value=\"3\"/>"                     \
  "<row key=\"dozen\" value=\"*12\"/><row key=\"hundred\" value=\"*100\"/><row key=\"thousand\" value=\"*1000\"/>"       \
  "<row key=\"million\" value=\"*1000000\"/><row key=\"and\" value=\"+\"/><row key=\"a half\" value=\"0.5\"/>"           \
  "<row key=\"march\" value=\"3\"/></table>"                                                                         \
  "<table name=\"de\"><row key=\",\" value=\".\"/><row key=\"zwei\" value=\"2\"/></table>"                               \
  "<table name=\"metres\"><row key=\"km\" value=\"1000\"/><row key=\"mile\" value=\"1609.344\"/></table>"

static void check_number(const char *set, const char *text, const char *value)
{
  char xml[6000], expected[400];
  snprintf(xml, sizeof xml,
           RULES("<type name=\"N\"><feature name=\"f\"/></type>" NUMBERS
                 PHASE("id=\"p\"", RULE("id=\"n\" emits=\"N\"", "<pattern>x(?: (?'unit'km|mile))?</pattern>%s"))),
           set);
  snprintf(expected, sizeof expected, value ? "N(%s; f:%s)" : "N(%s)", text, value);
  assert_rules_find(xml, text, expected);
}

static void test_numbers(void **state)
{
  static const struct {
    const char *text, *value; /* NULL: not set */
  } plain[] = {
      {"two", "2"}, {"twenty-five", "25"}, {"TWO hundred and five", "205"}, {"three thousand two hundred", "3200"},
      {"two hundred thousand and one", "200001"}, {"one million two hundred thousand", "1200000"}, {"hundred", "100"},
      {"two and a half", "2.5"}, {"two and a half million", "2500000"}, {"3.5 million", "3500000"}, {"1,250,000", "1250000"},
      {"12 dozen", "144"}, {"a dozen", "12"}, {"0", "0"}, {"007", "7"}, {"2.50", "2.5"}, {"March", "3"}, {"12,5", NULL}, {"7x", NULL},
      {"two geese", NULL}, {"and", NULL}, {"-", NULL}, {"999999999999999999", "999999999999999999"}, {"1000000000000000000", NULL},
      {"99999999999999999999999999", NULL}, {"999999999999 million million", NULL}, {"0.1234567891", NULL}, {"5.", NULL},
  };
  (void)state;
  for (size_t i = 0; i < COUNT(plain); ++i) {
    char set[200];
    snprintf(set, sizeof set, "<set feature=\"f\" value=\"%s\" fn=\"number\" numbers=\"en\"/>", plain[i].text);
    check_number(set, "x", plain[i].value);
  }
  check_number("<set feature=\"f\" value=\"1.250,5\" fn=\"number\" numbers=\"de\"/>", "x", "1250.5");
  check_number("<set feature=\"f\" value=\"1,250\" fn=\"number\"/>", "x", "1250");
  check_number("<set feature=\"f\" value=\"twenty-third\" fn=\"ordinal\" numbers=\"en\"/>", "x", "23");
  check_number("<set feature=\"f\" value=\"23rd\" fn=\"ordinal\"/>", "x", "23");
  check_number("<set feature=\"f\" value=\"two + twenty + 0.5\" fn=\"sum\" numbers=\"en\"/>", "x", "22.5");
  check_number("<set feature=\"f\" value=\"2 +\" fn=\"sum\"/>", "x", NULL);
  check_number("<set feature=\"f\" value=\"two * {unit@metres}\" fn=\"product\" numbers=\"en\"/>", "x mile", "3218.688");
  check_number("<set feature=\"f\" value=\"3,5 * {unit@metres}\" fn=\"product\" numbers=\"de\"/>", "x km", "3500");
  check_number("<set feature=\"f\" value=\"2 * {unit@metres}\" fn=\"product\"/>", "x", NULL);
}

/* ---- Languages ---- */

static void check_language(const char *language, const char *expected)
{
  static const char xml[] =
      RULES("<type name=\"A\"/><type name=\"B\"/><type name=\"C\"/><type name=\"D\"/>"
            PHASE("id=\"p\"", RULE("id=\"a\" emits=\"A\"", "<pattern>word</pattern>")
                              RULE("id=\"b\" emits=\"B\" xml:lang=\"en-GB\"", "<pattern>word</pattern>"))
            PHASE("id=\"q\" xml:lang=\"DE\"", RULE("id=\"c\" emits=\"C\"", "<pattern>word</pattern>")
                                          RULE("id=\"d\" emits=\"D\" xml:lang=\"nl\" scope=\"paragraph\"", "<pattern>word</pattern>")));
  RuleText made;
  Matched  matched;
  if (rule_text_load(&made, xml)) fail_msg("%s", rule_text_faults(&made));
  match_text(&made, "word", (Layout){.language = language}, &matched);
  assert_string_equal(matched.found, expected);
  matched_free(&matched);
  rule_text_free(&made);
}

static void test_languages(void **state)
{
  (void)state;
  check_language(NULL, "A(word)"); /* that of the rule set */
  check_language("en", "A(word)");
  check_language("en-GB", "A(word) B(word)");
  check_language("EN-gb-scotland", "A(word) B(word)");
  check_language("eng", "");
  check_language("de-AT", "C(word)");
  check_language("nl", "D(word)");
  check_language("fr", "");
}

/* ---- Modifiers ---- */

#define SIGN \
  "<type name=\"Sign\"><feature name=\"sure\"/><feature name=\"whose\"/></type><type name=\"Alarm\" extends=\"Sign\" layer=\"Sign\"/>\n"
#define SIGNS                                                                                                        \
  PHASE("id=\"signs\"",                                                                                              \
        RULE("id=\"sign\" emits=\"Sign\"", "<pattern>(?:smoke|heat|soot)(?: and never soot)?</pattern><set feature=\"sure\" value=\"yes\"/>") \
        RULE("id=\"alarm\" emits=\"Alarm\"", "<pattern>bell</pattern><set feature=\"sure\" value=\"yes\"/>"))
#define MODIFIER(attributes, inner) \
  "<modifier " attributes ">" inner "<example>x</example><counter>y</counter></modifier>\n"
#define NO "<set feature=\"sure\" value=\"no\"/>"

static void check_modifiers(const char *modifiers, const char *text, const char *expected)
{
  char xml[4000];
  snprintf(xml, sizeof xml, RULES(SIGN SIGNS "<phase id=\"m\">%s</phase>"), modifiers);
  assert_rules_find(xml, text, expected);
}

static void test_modifiers(void **state)
{
  static const struct {
    const char *modifiers, *text, *found;
  } cases[] = {
      {MODIFIER("id=\"n\" targets=\"Sign\"", "<trigger>no</trigger>" NO), "heat, no smoke, soot",
       "Sign(heat; sure:yes) Sign(smoke; sure:no) Sign(soot; sure:no)"},
      {MODIFIER("id=\"n\" targets=\"Sign\"", "<trigger>no</trigger><until>but</until>" NO), "no smoke but soot",
       "Sign(smoke; sure:no) Sign(soot; sure:yes)"},
      {MODIFIER("id=\"n\" targets=\"Sign\" direction=\"backward\"", "<trigger>absent</trigger><until>[,;]</until>" NO),
       "smoke, heat; soot absent, bell", "Sign(smoke; sure:yes) Sign(heat; sure:yes) Sign(soot; sure:no) Alarm(bell; sure:yes)"},
      {MODIFIER("id=\"n\" targets=\"Sign\" direction=\"both\"", "<trigger>\\?</trigger><until>;</until>" NO),
       "smoke; heat ? soot; bell", "Sign(smoke; sure:yes) Sign(heat; sure:no) Sign(soot; sure:no) Alarm(bell; sure:yes)"},
      {MODIFIER("id=\"n\" targets=\"Sign\" direction=\"around\"", "<trigger>never</trigger>" NO),
       "smoke and never soot, heat", "Sign(smoke and never soot; sure:no) Sign(heat; sure:yes)"},
      {MODIFIER("id=\"n\" targets=\"Alarm\"", "<trigger>no</trigger>" NO), "no smoke, no bell",
       "Sign(smoke; sure:yes) Alarm(bell; sure:no)"},
      {MODIFIER("id=\"n\" targets=\"Sign\"", "<trigger>no</trigger><unless at=\"after\"> doubt</unless>" NO), "no doubt smoke",
       "Sign(smoke; sure:yes)"},
      {MODIFIER("id=\"n\" targets=\"Sign\"", "<trigger>no</trigger>" NO), "no news|smoke", "Sign(smoke; sure:yes)"},
      {MODIFIER("id=\"n\" targets=\"Sign\" scope=\"heading\"", "<trigger>no</trigger>" NO), "no smoke", "Sign(smoke; sure:yes)"},
      {MODIFIER("id=\"n\" targets=\"Sign\"", "<trigger>(?'who'Ada|Ben) saw</trigger><set feature=\"whose\" from=\"who\"/>"),
       "Ada saw heat", "Sign(heat; sure:yes; whose:Ada)"},
      /* What has the last word: the higher priority, else the rule that stands first, else the first trigger. */
      {MODIFIER("id=\"n\" targets=\"Sign\"", "<trigger>no</trigger>" NO)
           MODIFIER("id=\"o\" targets=\"Sign\" priority=\"2\"", "<trigger>likely</trigger><set feature=\"sure\" value=\"so\"/>"),
       "likely no smoke", "Sign(smoke; sure:so)"},
      {MODIFIER("id=\"n\" targets=\"Sign\"", "<trigger>no</trigger>" NO)
           MODIFIER("id=\"o\" targets=\"Sign\"", "<trigger>likely</trigger><set feature=\"sure\" value=\"so\"/>"),
       "likely no smoke", "Sign(smoke; sure:no)"},
      {MODIFIER("id=\"n\" targets=\"Sign\"", "<trigger>(?'who'Ada|Ben) saw</trigger><set feature=\"whose\" from=\"who\"/>"),
       "Ada saw that Ben saw heat", "Sign(heat; sure:yes; whose:Ada)"},
      /* What comes of it is seen from the next phase on. */
      {MODIFIER("id=\"n\" targets=\"Sign\"", "<trigger>no</trigger>" NO)
           RULE("id=\"early\" emits=\"Alarm\"", "<pattern>{Sign[sure=no]} now</pattern>") "</phase><phase id=\"late\">"
           RULE("id=\"late\" emits=\"Alarm\" span=\"x\"", "<pattern>{Sign[sure=no]} (?'x'now)</pattern>"),
       "no smoke now", "Sign(smoke; sure:no) Alarm(now)"},
  };
  (void)state;
  for (size_t i = 0; i < COUNT(cases); ++i) check_modifiers(cases[i].modifiers, cases[i].text, cases[i].found);
}

static void test_modifiers_leave_evidence(void **state)
{
  static const char xml[] = RULES(SIGN SIGNS PHASE("id=\"m\"", MODIFIER("id=\"n\" targets=\"Sign\" confidence=\"0.5\"", "<trigger>no</trigger>" NO)));
  (void)state;
  RuleText made;
  Matched  matched;
  if (rule_text_load(&made, xml)) fail_msg("%s", rule_text_faults(&made));
  match_text(&made, "heat, no smoke", (Layout){0}, &matched);
  const Annotation *smoke = matched.result.annotations[0]; /* the longest */
  assert_int_equal(smoke->span.start, 9);
  assert_int_equal(smoke->modifier_count, 1);
  assert_string_equal(smoke->modifiers[0].rule->id, "n");
  assert_int_equal(smoke->modifiers[0].trigger.start, 6);
  assert_int_equal(smoke->modifiers[0].trigger.end, 8);
  assert_true(smoke->confidence == 0.5);
  matched_free(&matched);
  rule_text_free(&made);
}

static void check_fill(const char *fill, Layout layout, const char *text, const char *expected)
{
  RuleText made;
  Matched  matched;
  char     xml[2000];
  snprintf(xml, sizeof xml, FILLS("%s"), fill);
  if (rule_text_load(&made, xml)) fail_msg("%s", rule_text_faults(&made));
  match_text(&made, text, layout, &matched);
  const char *plea = strstr(matched.found, "Plea(");
  char        found[200] = "";
  if (plea) snprintf(found, sizeof found, "%.*s", (int)strcspn(plea, ")") + 1, plea);
  if (strcmp(found, expected) != 0) print_message("%s on %s\n", fill, text);
  assert_string_equal(found, expected);
  matched_free(&matched);
  rule_text_free(&made);
}

static void test_fill_places(void **state)
{
  static const char text[] = "n0.|||n1.||n2.|n3 n4 plea n5 n6.|n7 n8.||n9.|||n10.";
  static const struct {
    const char *where, *pick, *who;
  } cases[] = {
      {"sentence", "before", "n4"},  {"sentence", "first", "n3"},  {"sentence", "last", "n6"},   {"sentence", "nearest", "n4"},
      {"previous", "before", "n2"},  {"previous", "first", "n2"},  {"previous", "last", "n2"},   {"previous", "nearest", "n2"},
      {"next", "before", "n8"},      {"next", "first", "n7"},      {"next", "last", "n8"},       {"next", "nearest", "n7"},
      {"paragraph", "before", "n4"}, {"paragraph", "first", "n2"}, {"paragraph", "last", "n8"},  {"paragraph", "nearest", "n4"},
      {"section", "before", "n4"},   {"section", "first", "n1"},   {"section", "last", "n9"},    {"section", "nearest", "n4"},
      {"letter", "before", "n4"},    {"letter", "first", "n0"},    {"letter", "last", "n10"},    {"letter", "nearest", "n4"},
  };
  (void)state;
  for (size_t i = 0; i < COUNT(cases); ++i) {
    char fill[200], expected[100];
    snprintf(fill, sizeof fill, "<fill role=\"who\" from=\"Name\" where=\"%s\" pick=\"%s\"/>", cases[i].where, cases[i].pick);
    snprintf(expected, sizeof expected, "Plea(plea; who=%s*)", cases[i].who);
    check_fill(fill, (Layout){0}, text, expected);
  }
}

static void test_fill_defaults(void **state)
{
  (void)state;
  Layout none = {0};
  check_fill("<fill role=\"who\" from=\"Name\"/>", none, "n1 n2 plea n3", "Plea(plea; who=n2*)");
  check_fill("<fill role=\"who\" from=\"Name\" pick=\"nearest\"/>", none, "n1 n2 , plea n3", "Plea(plea; who=n3*)");
  check_fill("<fill role=\"who\" from=\"Name\" pick=\"nearest\"/>", none, "n2 plea n3", "Plea(plea; who=n2*)");
  /* Required is the default: no filler, no item. */
  check_fill("<fill role=\"who\" from=\"Name\"/>", none, "plea n3", "");
  check_fill("<fill role=\"who\" from=\"Name\" required=\"yes\"/>", none, "plea n3", "");
  check_fill("<fill role=\"who\" from=\"Name\" required=\"no\"/>", none, "plea n3", "Plea(plea)");
  check_fill("<fill role=\"who\" from=\"Name\" where=\"previous\"/>", none, "plea", "");
  check_fill("<fill role=\"who\" from=\"Name\" where=\"next\"/>", none, "plea", "");
  /* In order, only what is still empty. */
  check_fill("<fill role=\"who\" from=\"Name\" required=\"no\"/><fill role=\"who\" ref=\"writer\"/>", none, "n1 plea", "Plea(plea; who=n1*)");
  check_fill("<fill role=\"who\" from=\"Name\" required=\"no\"/><fill role=\"who\" ref=\"writer\"/>", none, "plea", "Plea(plea; who=<writer>)");
  check_fill("<fill role=\"who\" ref=\"unstated\"/><fill role=\"who\" from=\"Name\"/>", none, "plea", "Plea(plea; who=<unstated>)");
  /* Conditions. */
  check_fill("<fill role=\"who\" ref=\"letter-addressee\" if=\"w\"/>", none, "plea", "Plea(plea)");
  check_fill("<fill role=\"who\" ref=\"letter-addressee\" if=\"w\"/>", none, "we plea", "Plea(we plea; who=<addressee>)");
  check_fill("<fill role=\"who\" ref=\"letter-addressee\" ifnot=\"w\"/>", none, "plea", "Plea(plea; who=<addressee>)");
  check_fill("<fill role=\"who\" ref=\"letter-addressee\" ifnot=\"w\"/>", none, "we plea", "Plea(we plea)");
}

static void test_fill_sources(void **state)
{
  (void)state;
  Layout none = {0};
  /* A role of the annotation, with its words; an annotation without the role is passed over. */
  check_fill("<fill role=\"all\" from=\"Name.nick\"/>", none, "n1=k1 n2 plea", "Plea(plea; all=k1)");
  check_fill("<fill role=\"who all\" from=\"Name.*\" required=\"no\"/>", none, "n1=k1w n2 plea", "Plea(plea; who=w)");
  check_fill("<fill role=\"who\" from=\"Name | Plea\"/>", none, "n1 plea", "Plea(plea; who=n1*)");
  check_fill("<fill role=\"who all\" from=\"Name\"/>", none, "n1 plea", "Plea(plea; who=n1*; all=n1*)");
  /* A set may read what was filled. */
  check_fill("<set feature=\"f\" from=\"who\"/><fill role=\"who\" from=\"Name\" required=\"no\"/>", none, "n1 plea", "Plea(plea; who=n1*; f:n1)");
  check_fill("<set feature=\"f\" from=\"who\"/><fill role=\"who\" from=\"Name\" required=\"no\"/>", none, "plea", "Plea(plea)");
}

static void test_fill_from_a_list(void **state)
{
  (void)state;
  const char *fill = "<fill role=\"who\" from=\"Name\" where=\"list\"/>";
  check_fill(fill, (Layout){.kinds = "lii"}, "n1 and n2:|n3.|plea n4.", "Plea(plea; who=n2*)");
  check_fill("<fill role=\"who\" from=\"Name\" where=\"list\" pick=\"first\"/>", (Layout){.kinds = "lii"}, "n1 and n2:|n3.|plea n4.",
             "Plea(plea; who=n1*)");
  check_fill(fill, (Layout){.kinds = "sii"}, "n1 and n2.|n3.|plea n4.", "");
  check_fill(fill, (Layout){.kinds = "lis"}, "n1:|n3.|plea n4.", "");
}

/* A fill by condition says what words already there stand for. */
static void test_fill_of_words_that_are_there(void **state)
{
  (void)state;
  assert_rules_find(RULES(PLEA PLEAS("", "<pattern>we beg (?'who'(?'y'you)|him)</pattern><fill role=\"who\" ref=\"letter-addressee\" if=\"y\"/>")),
                    "we beg you, we beg him", "Plea(we beg you; who=<addressee>you) Plea(we beg him; who=him)");
}

static void test_filled_confidence(void **state)
{
  (void)state;
  RuleText made;
  Matched  matched;
  assert_int_equal(rule_text_load(&made, RULES(PLEA NAME
                       PHASE("id=\"n\"", RULE("id=\"n\" emits=\"Name\" confidence=\"0.3\"", "<pattern>Ada</pattern>"))
                       PLEAS("", "<pattern>begs</pattern><fill role=\"who\" from=\"Name\"/>"))),
                   CLAIMANT_OK);
  match_text(&made, "Ada begs", (Layout){0}, &matched);
  assert_true(matched.result.annotations[1]->confidence == 0.3);
  matched_free(&matched);
  rule_text_free(&made);
}

/* ---- Learning ---- */

#define ENDINGS "<gazetteer name=\"ending\"><terms>'s | 'nin</terms></gazetteer>"

#define LEARN(forms, mask)                                                                                      \
  RULES(ENDINGS "<type name=\"Name\" layer=\"name\"><feature name=\"acronym\"/></type><type name=\"Quote\"/>"   \
        "<type name=\"Again\" layer=\"again\"><role name=\"it\"/></type>\n"                                     \
        PHASE("id=\"n\"", RULE("id=\"n\" emits=\"Name\"",                                                       \
                               "<pattern>(?:Mr|the) (?'n'[A-Z]\\w+ (?:de )?\\w+)(?: \\((?'a'\\w+)\\))?</pattern>"  \
                               "<set feature=\"acronym\" from=\"a\"/>")                                          \
                          RULE("id=\"q\" emits=\"Quote\"", "<pattern>\"[^\"]+\"</pattern>"))                    \
        "<phase builtin=\"learn\" from=\"Name\" into=\"known\"" forms mask "/>\n"                               \
        PHASE("id=\"a\"", RULE("id=\"a\" emits=\"Again\"", "<pattern>(?'it'{@known})</pattern>")))

static void test_learn(void **state)
{
  static const Case full[] = {
      {"Mr Ben Krane came.|Mr Ben Krane and Ben Krane, Krane.", "Name(Mr Ben Krane) Name(Mr Ben Krane)"},
      {"the Orva Club (OC) is old.|OC met, an Orva Club, Club.", "Name(the Orva Club (OC); acronym:OC) Again(OC; it=OC*)"},
      {"OC met.|the Orva Club (OC) is old.", "Again(OC; it=OC*) Name(the Orva Club (OC); acronym:OC)"},
      {"OCs and oc.|the Orva Club (OC) is old.", "Name(the Orva Club (OC); acronym:OC)"},
  };
  static const Case last[] = {
      {"Mr Ben Krane came.|Krane went, KRANE, krane, Kranes, Krane's.",
       "Name(Mr Ben Krane) Again(Krane; it=Krane*) Again(Krane; it=Krane*)"},
      {"Mr Ben x came.|x went.", "Name(Mr Ben x)"}, /* only what begins with a capital */
      {"Mr Ben de Luca came. Luca de Luca.", "Name(Mr Ben de Luca) Again(Luca; it=Luca*) Again(Luca; it=Luca*)"},
  };
  static const Case masked[] = {{"Mr Ben Krane came. \"Krane\" Krane", "Name(Mr Ben Krane) Quote(\"Krane\") Again(Krane; it=Krane*)"}};
  static const Case unmasked[] = {
      {"Mr Ben Krane came. \"Krane\"", "Name(Mr Ben Krane) Quote(\"Krane\") Again(Krane; it=Krane*)"}};
  (void)state;
  check_cases(LEARN("", ""), full, COUNT(full));
  check_cases(LEARN(" forms=\"last\"", ""), last, COUNT(last));
  check_cases(LEARN(" forms=\"last\"", " mask=\"Quote\""), masked, COUNT(masked));
  check_cases(LEARN(" forms=\"last\"", ""), unmasked, COUNT(unmasked));
}

static void test_learnt_hits_know_their_name(void **state)
{
  (void)state;
  RuleText made;
  Matched  matched;
  assert_int_equal(rule_text_load(&made, LEARN(" forms=\"last\"", "")), CLAIMANT_OK);
  match_text(&made, "Mr Ben Krane came. Krane went.", (Layout){0}, &matched);
  const Annotation *again = matched.result.annotations[matched.result.count - 1];
  assert_ptr_equal(again->roles[0].annotation->learnt_from, matched.result.annotations[0]);
  matched_free(&matched);
  rule_text_free(&made);
}

/* ---- Words, numbers, lists ---- */

static void test_scanner(void **state)
{
  static const char xml[] = RULES(
      ENDINGS "<type name=\"Word\" scan=\"capitalised\"/><type name=\"Acronym\" extends=\"Word\" scan=\"acronym\"/>"
      "<type name=\"Number\" scan=\"number\"/><type name=\"Year\" extends=\"Number\" scan=\"year\"/>"
      "<type name=\"W\"/><type name=\"N\"/><type name=\"Y\"/><type name=\"C\"/>\n"
      PHASE("id=\"p\"", RULE("id=\"c\" emits=\"C\"", "<pattern>{Acronym}</pattern>") RULE("id=\"y\" emits=\"Y\"", "<pattern>{Year}</pattern>")
                        RULE("id=\"w\" emits=\"W\"", "<pattern>{Word}+</pattern><unless>{Acronym}</unless>")
                        RULE("id=\"n\" emits=\"N\"", "<pattern>{Number}</pattern><unless>{Year}</unless>")));
  static const Case cases[] = {
      {"Ada O'Neil-Krane's R&D of the OSCE/ODIHR, A and I, \xC3\x89lan", "W(Ada) W(O'Neil-Krane) C(R&D) C(OSCE/ODIHR) W(\xC3\x89lan)"},
      {"in 1999 and 999, 2200, 1,500.25 and 12. 2021,", "Y(1999) N(999) N(2200) N(1,500.25) N(12) Y(2021)"},
      {"McDonald" CURLY "s, NATO" CURLY "s iPhone COVID-19", "W(McDonald) C(NATO) C(COVID) N(19)"},
      {"Ada'S, Ada'st, Orva'nin, Orva'ninki", "W(Ada) W(Ada'st) W(Orva) W(Orva'ninki)"}, /* as the list has them */
  };
  (void)state;
  check_cases(xml, cases, COUNT(cases));
}

static void test_lists(void **state)
{
  static const char xml[] = RULES(
      "<gazetteer name=\"exact\"><terms>Red Sea | Red Sea Board | St. Kilda</terms></gazetteer>"
      "<gazetteer name=\"fold\" case=\"fold\"><terms>old harbour</terms></gazetteer><type name=\"E\"/><type name=\"F\"/>\n"
      PHASE("id=\"p\"", RULE("id=\"e\" emits=\"E\"", "<pattern>{@exact}</pattern>") RULE("id=\"f\" emits=\"F\"", "<pattern>{@fold}</pattern>")));
  static const Case cases[] = {
      {"Red Sea Boards, Red Sea Board, red sea", "E(Red Sea) E(Red Sea Board)"}, /* whole words, the longest */
      {"St. Kilda, St Kilda", "E(St. Kilda)"},
      {"The OLD\r\nHarbour, Old" NBSP "Harbour. Oldharbour", "F(OLD\r\nHarbour) F(Old" NBSP "Harbour)"},
      {"Red|Sea", ""},
      {"Red\nSea", "E(Red\nSea)"},
  };
  (void)state;
  check_cases(xml, cases, COUNT(cases));
}

/* ---- Units ---- */

#define LINES(scope) RULES("<type name=\"Plea\"/>" PHASE("id=\"p\"", RULE("id=\"p\" emits=\"Plea\" " scope, "<pattern>u\\d</pattern>")))

static void check_scope(const char *xml, Layout layout, const char *expected)
{
  RuleText made;
  if (rule_text_load(&made, xml)) fail_msg("%s", rule_text_faults(&made));
  assert_found(&made, "u0|u1|u2||u3|u4|u5", layout, expected);
  rule_text_free(&made);
}

static void test_scopes(void **state)
{
  (void)state;
  Layout kinds = {.kinds = "slihnd"}, zones = {.zones = "hbsnbb"}, both = {.kinds = "sssiii", .zones = "hbshbs"};
  check_scope(LINES(""), kinds, "Plea(u0) Plea(u1) Plea(u2) Plea(u3) Plea(u4) Plea(u5)");
  check_scope(LINES("scope=\"sentence\""), kinds, "Plea(u0)");
  check_scope(LINES("scope=\"leadin\""), kinds, "Plea(u1)");
  check_scope(LINES("scope=\"item\""), kinds, "Plea(u2)");
  check_scope(LINES("scope=\"heading\""), kinds, "Plea(u3)");
  check_scope(LINES("scope=\"line\""), kinds, "Plea(u4)");
  check_scope(LINES("scope=\"salutation\""), kinds, "Plea(u5)");
  check_scope(LINES("scope=\"item heading\""), kinds, "Plea(u2) Plea(u3)");
  check_scope(LINES("scope=\"head\""), zones, "Plea(u0)");
  check_scope(LINES("scope=\"signature notes\""), zones, "Plea(u2) Plea(u3)");
  check_scope(LINES("scope=\"item body\""), both, "Plea(u4)");
  check_scope(LINES("scope=\"sentence head signature\""), both, "Plea(u0) Plea(u2)");
}

static void test_scope_of_a_phase(void **state)
{
  (void)state;
#define TWO(phase, rule) RULES("<type name=\"Plea\"/>" PHASE("id=\"p\" " phase, RULE("id=\"p\" emits=\"Plea\" " rule, "<pattern>u\\d</pattern>")))
  Layout kinds = {.kinds = "slihnd"};
  check_scope(TWO("scope=\"item\"", ""), kinds, "Plea(u2)");
  check_scope(TWO("scope=\"item\"", "scope=\"line\""), kinds, "Plea(u4)");
}

static void test_a_pattern_sees_one_unit(void **state)
{
  static const Case cases[] = {
      {" u1 u2 \n| u3 u4 ", "Plea(u1) Plea(u3)"},
      {"u1|u2||u3", "Plea(u1) Plea(u2) Plea(u3)"},
  };
  (void)state;
  check_cases(RULES("<type name=\"Plea\"/>" PHASE("id=\"p\"", RULE("id=\"p\" emits=\"Plea\"", "<pattern>^u\\d</pattern>"))), cases, COUNT(cases));
  assert_rules_find(RULES("<type name=\"Plea\"/>" PHASE("id=\"p\"", RULE("id=\"p\" emits=\"Plea\"", "<pattern>u\\d u\\d$</pattern>"))),
                    "u1|u2 u3 | u4 u5\n\n| u6", "Plea(u2 u3) Plea(u4 u5)");
}

static void test_paragraphs(void **state)
{
  (void)state;
  const char *xml = RULES("<type name=\"Plea\"/><type name=\"P\" layer=\"q\"/>"
                          PHASE("id=\"p\"", RULE("id=\"p\" emits=\"Plea\" scope=\"paragraph\"", "<pattern>u0.+u2|u2.+u3</pattern>")
                                            RULE("id=\"q\" emits=\"P\" scope=\"paragraph notes\"", "<pattern>^u\\d</pattern>")));
  check_scope(xml, (Layout){.zones = "hhhnnn"}, "Plea(u0|u1|u2) P(u3)");
}

/* A unit's border inside an annotation that the rule names is no border. */
static void test_joined_units(void **state)
{
  (void)state;
#define JOIN(inner) RULES(PLEA QUOTES PHASE("id=\"p\"", RULE("id=\"p\" emits=\"Plea\"", inner)))
#define HE_SAID "So \xE2\x80\x9Cone.|two.|three\xE2\x80\x9D he said.|more."
  assert_rules_find(JOIN("<pattern>^So (?'all'{Quote}) he said\\.$</pattern>"), HE_SAID,
                    "Plea(So \xE2\x80\x9Cone.|two.|three\xE2\x80\x9D he said.; all=\xE2\x80\x9Cone.|two.|three\xE2\x80\x9D*) "
                    "Quote(\xE2\x80\x9Cone.|two.|three\xE2\x80\x9D)");
  assert_rules_find(JOIN("<pattern>{Quote} he said.* more</pattern>"), HE_SAID, "Quote(\xE2\x80\x9Cone.|two.|three\xE2\x80\x9D)");
  assert_rules_find(JOIN("<pattern>^three.+</pattern>"), HE_SAID, "Quote(\xE2\x80\x9Cone.|two.|three\xE2\x80\x9D) "
                    "Plea(three\xE2\x80\x9D he said.)");
  /* Also for a mask; and chains of annotations join more. */
  assert_rules_find(RULES("<type name=\"A\" layer=\"a\"/><type name=\"B\" layer=\"b\"/>" PLEA
                          PHASE("id=\"o\" scope=\"paragraph\"", RULE("id=\"a\" emits=\"A\"", "<pattern>1.2</pattern>")
                                                                RULE("id=\"b\" emits=\"B\"", "<pattern>3.4</pattern>"))
                          PHASE("id=\"p\" mask=\"B\"", RULE("id=\"p\" emits=\"Plea\"", "<pattern>^x {A} .+ y</pattern>"))),
                    "x 1|2 3|4 y|z", "Plea(x 1|2 3|4 y) A(1|2) B(3|4)");
}

/* ---- Limits ---- */

static void test_match_limit(void **state)
{
  (void)state;
  static const char *const patterns[] = {"^(a|aa)+$", "(?:a+)+$", "(?'who'(?:a?a)+)$", "(?:x+x+)+$"};
  for (size_t i = 0; i < COUNT(patterns); ++i) {
    char     xml[1000], text[6000];
    RuleText made;
    snprintf(xml, sizeof xml, RULES(PLEA PHASE("id=\"p\"", RULE("id=\"first\" emits=\"Plea\"", "<pattern>never</pattern>")
                                                           RULE("id=\"hot\" emits=\"Plea\"", "<pattern>%s</pattern>"))), patterns[i]);
    memset(text, i == 3 ? 'x' : 'a', sizeof text);
    strcpy(text + sizeof text - 2, "c");
    if (rule_text_load(&made, xml)) fail_msg("%s", rule_text_faults(&made));
    for (int warm = 0; warm < 100; ++warm) assert_found(&made, "b", (Layout){0}, ""); /* until machine code is made */
    for (int plain = 0; plain < 2; ++plain) {
      Matched matched;
      clock_t start = clock();
      match_text(&made, text, (Layout){.plain = plain}, &matched);
      assert_true(clock() - start < 5 * CLOCKS_PER_SEC);
      if (matched.status != CLAIMANT_LIMIT) print_message("no limit was crossed by %s\n", patterns[i]);
      assert_int_equal(matched.status, CLAIMANT_LIMIT);
      matched_free(&matched);
    }
    assert_int_equal(made.diagnostics.errors, 2);
    const ClaimantDiagnostic *told = &made.diagnostics.items[made.diagnostics.count - 1];
    assert_string_equal(told->code, "match-limit");
    assert_string_equal(told->rule, "hot");
    assert_string_equal(told->file, made.path);
    assert_int_equal(told->line, 5);
    assert_non_null(strstr(told->message, ") gave up on \""));
    rule_text_free(&made);
  }
}

static void test_texts_without_units(void **state)
{
  (void)state;
  RuleText made;
  assert_int_equal(rule_text_load(&made, RULES(PLEA PLEAS("", "<pattern>we</pattern>"))), CLAIMANT_OK);
  assert_found(&made, "", (Layout){0}, "");
  assert_found(&made, "|", (Layout){0}, "");
  assert_found(&made, " ||| \n |", (Layout){0}, "");
  rule_text_free(&made);
  assert_int_equal(rule_text_load(&made, RULES("")), CLAIMANT_OK);
  assert_found(&made, "So we beg you.", (Layout){0}, "");
  rule_text_free(&made);
}

/* ---- Threads ---- */

enum { THREADS = 4, ROUNDS = 60 };

typedef struct {
  RuleText   *made;
  const char *text, *expected;
  int         wrong;
} Worker;

static void *work(void *user)
{
  Worker *worker = user;
  for (int i = 0; i < ROUNDS; ++i) {
    Matched matched;
    match_text(worker->made, worker->text, (Layout){0}, &matched);
    worker->wrong += strcmp(matched.found, worker->expected) != 0;
    matched_free(&matched);
  }
  return NULL;
}

/* One rule set for all: also while they race to make its machine code. */
static void test_threads(void **state)
{
  static const char text[] = "Ada begs Ben and Cleo. Cleo Krane begs Ada Krane now.|we beg you||Ben begs Ben";
  (void)state;
  RuleText  made;
  Matched   matched;
  Worker    workers[THREADS];
  pthread_t threads[THREADS];
  if (rule_text_load(&made, RULES(PLEA NAME NAMES PLEAS("", "<pattern>(?'who'{Name}) begs (?'all'{Name}(?: and {Name})?)</pattern>"
                                                            "<pattern>we \\w+ (?'who'you)</pattern><unless>not</unless>"))))
    fail_msg("%s", rule_text_faults(&made));
  match_text(&made, text, (Layout){.plain = true}, &matched);
  assert_non_null(strstr(matched.found, "Plea(we beg you; who=you)"));
  for (int i = 0; i < THREADS; ++i) {
    workers[i] = (Worker){.made = &made, .text = text, .expected = matched.found};
    assert_int_equal(pthread_create(&threads[i], NULL, work, &workers[i]), 0);
  }
  for (int i = 0; i < THREADS; ++i) pthread_join(threads[i], NULL);
  for (int i = 0; i < THREADS; ++i) assert_int_equal(workers[i].wrong, 0);
  matched_free(&matched);
  rule_text_free(&made);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_offsets),
      cmocka_unit_test(test_folding),
      cmocka_unit_test(test_folded_features),
      cmocka_unit_test(test_characters_are_whole),
      cmocka_unit_test(test_captures_of_placeholders),
      cmocka_unit_test(test_a_rule_sees_what_it_names),
      cmocka_unit_test(test_view_order),
      cmocka_unit_test(test_overlapping_marks),
      cmocka_unit_test(test_subtypes_and_classes),
      cmocka_unit_test(test_tests_in_placeholders),
      cmocka_unit_test(test_mask),
      cmocka_unit_test(test_phases),
      cmocka_unit_test(test_search_goes_on_behind_a_match),
      cmocka_unit_test(test_unless),
      cmocka_unit_test(test_span_of_a_group),
      cmocka_unit_test(test_roles),
      cmocka_unit_test(test_confidence_is_the_lowest),
      cmocka_unit_test(test_before),
      cmocka_unit_test(test_sets),
      cmocka_unit_test(test_numbers),
      cmocka_unit_test(test_languages),
      cmocka_unit_test(test_modifiers),
      cmocka_unit_test(test_modifiers_leave_evidence),
      cmocka_unit_test(test_fill_places),
      cmocka_unit_test(test_fill_defaults),
      cmocka_unit_test(test_fill_sources),
      cmocka_unit_test(test_fill_from_a_list),
      cmocka_unit_test(test_fill_of_words_that_are_there),
      cmocka_unit_test(test_filled_confidence),
      cmocka_unit_test(test_learn),
      cmocka_unit_test(test_learnt_hits_know_their_name),
      cmocka_unit_test(test_scanner),
      cmocka_unit_test(test_lists),
      cmocka_unit_test(test_scopes),
      cmocka_unit_test(test_scope_of_a_phase),
      cmocka_unit_test(test_a_pattern_sees_one_unit),
      cmocka_unit_test(test_paragraphs),
      cmocka_unit_test(test_joined_units),
      cmocka_unit_test(test_match_limit),
      cmocka_unit_test(test_texts_without_units),
      cmocka_unit_test(test_threads),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
