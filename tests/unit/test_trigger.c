/* Triggers never lose a match: the engine that uses them finds what the plain one does. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "random_rules.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))
/* ---- Patterns that were hard to see through ---- */

#define KELVIN "\xE2\x84\xAA"
#define LONG_S "\xC5\xBF"

static const struct {
  const char *pattern, *text;
} hits[] = {
    {"plea", "a plea"},
    {"(?i:plea)", "a PLEA"},
    {"(?i)PLEA", "a plea"},
    {"(?i:kiss)", KELVIN "i" LONG_S "s"},
    {"(?i:" KELVIN "ing)", "king"},
    {"20 " KELVIN, "20 " KELVIN},
    {"lo" LONG_S "t", "lo" LONG_S "t"},
    {"[" KELVIN "]elvin", KELVIN "elvin"},
    {"\\x{212A}elvin", KELVIN "elvin"},
    {"(?i:\xC3\x89va)", "\xC3\xA9VA"},
    {"\xC3\x89t\xC3\xA9", "\xC3\x89t\xC3\xA9"},
    {"plea(*ACCEPT)never", "plea"},
    {"(?:plea(*ACCEPT)|x)never", "plea"},
    {"(?:plea){0}x", "x"},
    {"(?:plea){0,1}x", "x"},
    {"plea{,2}", "plea{,2}"},
    {"x{2}y{1,}z*", "xxy"},
    {"\\012x|y", "y"},
    {"x\\0561", "x.1"},
    {"[\\Q]\\E]plea", "]plea"},
    {"\\Qa.b\\E", "a.b"},
    {"[[:alpha:]]+ plea", "a plea"},
    {"[[:,]plea", "[plea"},
    {"[^[:space:]]x", "yx"},
    {"[]x]plea", "]plea"},
    {"[^]x]plea", "aplea"},
    {"[\\]x]plea", "]plea"},
    {"[a\\-z]plea", "-plea"},
    {"[+-]plea", "-plea"},
    {"[\\w-]+ plea", "a-b plea"},
    {"\\d\\d\\d\\d", "in 1984"},
    {"[0-9]{4}", "in 1984"},
    {"(?'y'\\d{4})-\\g'y'", "1984-2001"},
    {"(?:plea|)x", "x"},
    {"(?:plea)?x", "x"},
    {"(?:plea)?+x", "x"},
    {"(?:plea)*?x", "x"},
    {"(?>plea|pleas)ed", "pleaed"},
    {"(*atomic:plea)s", "pleas"},
    {"(*pla:plea)p", "plea"},
    {"(*plb:plea)s", "pleas"},
    {"(*nla:plea)p", "p plea"},
    {"(*nlb:so )plea", "a plea"},
    {"(?=plea)p", "plea"},
    {"(?!plea)pl", "play pl plea"},
    {"(*positive_lookahead:plea)p", "plea"},
    {"(*negative_lookahead:a(b)c)d", "d"},
    {"x(?:(?=plea)|y)", "xy"},
    {"(?'a'so )?(?('a')plea|never)", "so plea"},
    {"(?'a'so )?(?('a')plea|never)", "never"},
    {"(?|so|no)pe", "nope"},
    {"(?#plea)x", "x"},
    {"(?#never) plea", "a plea"},
    {"(?x) p l e a # so", "plea"},
    {"(?s:p.ea)", "p ea"},
    {"(?-i:plea)", "plea"},
    {"(?i:so (?-i:plea))", "SO plea"},
    {"(?:so(?i)no|PLEA)", "plea"},
    {"\\bplea\\b", "\xE2\x80\x9Cplea\xE2\x80\x9D"},
    {"\\bplea\\b", "(plea)"},
    {"\\bplea\\b", "plea"},
    {"\\bplea\\b", "x\xCC\x81plea\xCC\x81"},
    {"\\Bplea", "xplea"},
    {"x\\b\\.\\b", "x.y"},
    {"plea(*nla:\\w)", "plea.plea"},
    {"plea(*nla:[\\w-])", "plea"},
    {"(*nlb:\\w)plea", "-plea"},
    {"(*nlb:[\\w])a(*nla:\\w)", "b a b"},
    {"plea(*nla:[\\p{L}.])", "plea!"},
    {"^plea", "plea"},
    {"^ ?plea|x", "x|plea"},
    {"\\Aplea", "x|plea"},
    {"^\\A[^a]", "plea"},
    {"^(?:^|x)plea", "plea"},
    {"\\b^\\b\\Aplea", "plea"},
    {"(?:^){2}\\bplea", "plea"},
    {"(?:^|, )plea", "so, plea"},
    {"(?:^|, )plea", "plea"},
    {"(?m)^plea", "plea"},
    {"(*plb:^)plea", "plea"},
    {"plea$", "a plea"},
    {"plea\\z", "a plea|x"},
    {"plea(*pla:$|,)", "a plea, x"},
    {"{Name}, plea", "Ada, plea"},
    {"[[:,] x|[a:]plea", "aplea"},
    {"{Name} plea", "Ada plea"},
    {"{Name}", "Ben"},
    {"{Name|@town}, so", "Ulm, so"},
    {"{@town}", "at Bad Orb"},
    {"\\x{100000}{0}x", "x"},
    {"[^x]plea", "Ada plea"},
    {"so {ab}", "so b1"},
    {"(?i:{ab})", "AB"},
    {"a very long literal that goes on and on, longer than any trigger may be, to its end",
     "a very long literal that goes on and on, longer than any trigger may be, to its end"},
    {"\xE2\x80\x9Cso\xE2\x80\x9D said the lady\xE2\x80\xA6", "\xE2\x80\x9Cso\xE2\x80\x9D said the lady\xE2\x80\xA6"},
    {"\\$5|\\(x\\)", "(x)"},
    {"\\x41\\x{42}C", "ABC"},
    {"a\\Kplea", "aplea"},
    {"(?'r'\\((?:[^()]|(?P>r))*\\))", "(a(b)c)"},
    {"\\p{Lu}\\p{Ll}+ \\p{^Lu}x", "Ada yx"},
    {"\\h\\Nplea", "x yplea"},
    {"x\\Rplea|plea", "plea"},
    {"p(?:l(?:e(?:a|o)|x)|y)z", "pleoz"},
    {"(?:a|b|c)(?:d|e|f)(?:g|h|i)(?:j|k|l)(?:m|n|o)(?:p|q|r)(?:s|t|u)", "afhlnpu"},
};

static void test_hard_patterns(void **state)
{
  (void)state;
  size_t lost = 0;
  for (size_t i = 0; i < COUNT(hits); ++i) {
    char     xml[3000];
    RuleText made;
    Matched  plain, fast;
    snprintf(xml, sizeof xml, RULES(RANDOM_TYPES PHASE("id=\"p\"", RULE("id=\"h\" emits=\"Hit\"", "<pattern>%s</pattern>"))), hits[i].pattern);
    if (rule_text_load(&made, xml)) {
      print_message("%s: %s", hits[i].pattern, rule_text_faults(&made));
      rule_text_free(&made);
      continue;
    }
    match_text(&made, hits[i].text, (Layout){.plain = true}, &plain);
    match_text(&made, hits[i].text, (Layout){0}, &fast);
    if (strcmp(plain.found, fast.found) != 0) print_message("lost: %s in %s\n", hits[i].pattern, hits[i].text), lost++;
    if (!strstr(plain.found, "Hit(")) print_message("no match: %s in %s\n", hits[i].pattern, hits[i].text), lost++;
    matched_free(&plain);
    matched_free(&fast);
    rule_text_free(&made);
  }
  assert_int_equal(lost, 0);
}

/* A placeholder that begins inside a word stays text, so both engines see no border there. */
static void test_cut_words(void **state)
{
  static const char xml[] = RULES("<type name=\"A\"/><type name=\"Hit\" layer=\"h\"/>"
                                  PHASE("id=\"o\"", RULE("id=\"a\" emits=\"A\"", "<pattern>" KELVIN "|" LONG_S "</pattern>"))
                                  PHASE("id=\"p\" mask=\"A\"", RULE("id=\"h\" emits=\"Hit\"", "<pattern>bk\\b|\\bkb</pattern>")));
  (void)state;
  assert_rules_find(xml, "bk" KELVIN, "A(" KELVIN ")");
  assert_rules_find(xml, "bk" LONG_S " kb", "A(" LONG_S ") Hit(kb)");
  assert_rules_find(xml, LONG_S "kb " KELVIN "kb", "A(" LONG_S ") A(" KELVIN ")");
  assert_rules_find(xml, "bk " LONG_S, "Hit(bk) A(" LONG_S ")");
}

/* ---- Patterns and texts at random ---- */

enum { SETS = 1000, TEXTS = 5, MANY_TEXTS = 40 /* until machine code is made */ };

static void check_set(uint64_t seed)
{
  Choices  choices = {.seed = seed};
  Buffer   xml = {0};
  RuleText made;
  random_rules(&choices, &xml);
  if (rule_text_load(&made, xml.data)) fail_msg("%s\n%s", rule_text_faults(&made), xml.data);
  int texts = choices.seed % 16 ? TEXTS : MANY_TEXTS;
  for (int i = 0; i < texts; ++i) {
    RandomText text;
    Matched    plain, fast;
    random_text(&choices, &text);
    Layout layout = {.kinds = text.kinds, .zones = text.zones};
    match_text(&made, text.text, layout, &fast);
    layout.plain = true;
    match_text(&made, text.text, layout, &plain);
    bool same = strcmp(plain.found, fast.found) == 0;
    if (plain.status == CLAIMANT_OK && !same) fprintf(stderr, "%s\ntext: %s\n", xml.data, text.text);
    /* The plain engine tries more, so it may cross a limit where the other does not. */
    if (plain.status == CLAIMANT_OK) assert_string_equal(fast.found, plain.found);
    if (plain.status == CLAIMANT_OK) assert_int_equal(fast.status, CLAIMANT_OK);
    matched_free(&plain);
    matched_free(&fast);
  }
  rule_text_free(&made);
  buffer_free(&xml);
}

static void test_random_rules(void **state)
{
  (void)state;
  const char *from = getenv("CLAIMANT_SEED"), *sets = getenv("CLAIMANT_SETS"); /* to look further */
  uint64_t    first = from ? strtoull(from, NULL, 10) : 1, count = sets ? strtoull(sets, NULL, 10) : SETS;
  for (uint64_t seed = first; seed < first + count; ++seed) check_set(seed);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_hard_patterns),
      cmocka_unit_test(test_cut_words),
      cmocka_unit_test(test_random_rules),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
