/* Triggers never lose a match: the engine that uses them finds what the plain one does. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rule_text.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))
#define TYPES                                                                                                    \
  "<type name=\"Name\"/><type name=\"Sub\" extends=\"Name\" layer=\"sub\"/>"              \
  "<type name=\"Hit\" mode=\"free\"><role name=\"g\" card=\"0..n\"/><role name=\"who\"/><feature name=\"f\"/></type>" \
  "<gazetteer name=\"town\"><terms>Ulm | Bad Orb</terms></gazetteer><macro name=\"ab\">ab|b1</macro>\n"          \
  PHASE("id=\"names\"", RULE("id=\"name\" emits=\"Name\"", "<pattern>Ada|\xC3\x89va</pattern>")                      \
                        RULE("id=\"sub\" emits=\"Sub\"", "<pattern>Ben</pattern>"))

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
    snprintf(xml, sizeof xml, RULES(TYPES PHASE("id=\"p\"", RULE("id=\"h\" emits=\"Hit\"", "<pattern>%s</pattern>"))), hits[i].pattern);
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

/* ---- Patterns and texts at random ---- */

static uint32_t next(uint64_t *seed, uint32_t below)
{
  *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
  return (uint32_t)(*seed >> 33) % below;
}

static const char *const atoms[] = {
    "a", "b", "ab", "ba", "k", "s", "K", "B", " ", "-", "'", "1", "21", "\\.", "\xC3\xA9", "\xC3\x89", KELVIN, LONG_S, "\\d", "\\w", "\\s", ".",
    "[ab]", "[^a]", "[a-c1]", "[\\w-]", "[ \\-]", "\\b", "\\B", "^", "$", "\\A", "{Name}", "{Sub}", "{@town}", "{Sub|@town}", "{ab}",
    "(*nla:\\w)", "(*nlb:\\w)", "(*nla:[\\w'])", "(*nlb:[\\p{L}\\d])", "(*nla:a)", "(*pla:b)", "(*plb:a)", "(*pla:b|$)", "(*nlb:^)", "\\x{E9}", "abk",
    "bas 1", "ab ", " ba", "b-a",
};
static const char *const quantifiers[] = {"?", "*", "+", "{2}", "{0,2}", "{1,2}", "{0}", "+?", "*+", "??"};

static void append_pattern(Buffer *out, uint64_t *seed, int depth);

static void append_part(Buffer *out, uint64_t *seed, int depth)
{
  static const char *const openings[] = {"(?:", "(?:", "(?i:", "(?>", "(?-i:", "(?'h'", "(*pla:", "(*nla:"};
  bool group = depth && next(seed, 4) == 0;
  if (group) {
    buffer_append_string(out, openings[next(seed, COUNT(openings))]);
    append_pattern(out, seed, depth - 1);
    buffer_append_byte(out, ')');
  } else buffer_append_string(out, atoms[next(seed, COUNT(atoms))]);
  const char *end = out->data + out->size;
  bool        border = end[-1] == '^' || end[-1] == '$' || (out->size > 1 && end[-2] == '\\' && strchr("bBA", end[-1]));
  if (!border && next(seed, 5) == 0) buffer_append_string(out, quantifiers[next(seed, COUNT(quantifiers))]);
}

static void append_pattern(Buffer *out, uint64_t *seed, int depth)
{
  uint32_t alternatives = next(seed, 3) == 0 ? 2 : 1;
  for (uint32_t i = 0; i < alternatives; ++i) {
    if (i) buffer_append_byte(out, '|');
    for (uint32_t parts = 1 + next(seed, 4); parts; --parts) append_part(out, seed, depth);
  }
}

/* Would the loader take it? With any character for a placeholder. */
static bool compiles(const char *pattern)
{
  Buffer      plain = {0};
  int         error;
  PCRE2_SIZE  offset;
  uint32_t    empty = 1;
  for (const char *at = pattern; *at; ++at) {
    bool hex = at >= pattern + 2 && at[-1] == 'x' && at[-2] == '\\';
    bool braces = at[0] == '{' && !hex && (at[1] == '@' || (at[1] >= 'A' && at[1] <= 'z'));
    buffer_append_byte(&plain, braces ? 'x' : *at);
    if (braces) at = strchr(at, '}');
  }
  pcre2_code *code = pcre2_compile((PCRE2_SPTR)plain.data, PCRE2_ZERO_TERMINATED, PCRE2_UTF | PCRE2_UCP | PCRE2_DUPNAMES | PCRE2_NO_AUTO_CAPTURE,
                                   &error, &offset, NULL);
  if (code) pcre2_pattern_info(code, PCRE2_INFO_MATCHEMPTY, &empty);
  pcre2_code_free(code);
  buffer_free(&plain);
  bool trimmed = *pattern == ' ' || pattern[strlen(pattern) - 1] == ' ';
  return code && !empty && !trimmed && !strstr(pattern, "\\b{") && !strstr(pattern, "\\B{");
}

static void take_pattern(Buffer *pattern, uint64_t *seed, int depth)
{
  do {
    buffer_clear(pattern);
    append_pattern(pattern, seed, depth);
  } while (!compiles(pattern->data));
}

static void append_extras(Buffer *xml, uint64_t *seed)
{
  static const char *const wheres[] = {"sentence", "previous", "next", "paragraph", "section", "letter", "list"};
  static const char *const picks[] = {"before", "first", "last", "nearest"};
  Buffer pattern = {0};
  take_pattern(&pattern, seed, 1);
  if (next(seed, 5) == 0) buffer_printf(xml, "<before required=\"%s\">%s</before>", next(seed, 2) ? "yes" : "no", pattern.data);
  take_pattern(&pattern, seed, 1);
  if (next(seed, 4) == 0) buffer_printf(xml, "<unless at=\"%s\">%s</unless>", next(seed, 2) ? "unit" : "overlap", pattern.data);
  if (next(seed, 4) == 0) buffer_append_string(xml, "<set feature=\"f\" value=\"{all}\"/>");
  if (next(seed, 4) == 0)
    buffer_printf(xml, "<fill role=\"who\" from=\"Name | @town\" where=\"%s\" pick=\"%s\" required=\"%s\"/>", wheres[next(seed, COUNT(wheres))],
                  picks[next(seed, COUNT(picks))], next(seed, 2) ? "yes" : "no");
  buffer_free(&pattern);
}

static void append_rule(Buffer *xml, uint64_t *seed, int number)
{
  static const char *const scopes[] = {"", "", "", " scope=\"paragraph\"", " scope=\"item\"", " scope=\"paragraph notes\""};
  Buffer pattern = {0};
  take_pattern(&pattern, seed, 2);
  buffer_printf(xml, "<rule id=\"r%d\" emits=\"Hit\"%s%s><pattern>(?'all'%s)</pattern>", number, scopes[next(seed, COUNT(scopes))],
                next(seed, 6) ? "" : " absorb=\"yes\"", pattern.data);
  append_extras(xml, seed);
  buffer_append_string(xml, "<example>x</example><counter>y</counter></rule>\n");
  buffer_free(&pattern);
}

static const char *const words[] = {
    "a", "b", "ab", "ba", "abk", "bas 1", "k", "K", "S", "AB", "B", "1", "21", "7", " ", " ", " ", "-", "'", "\xE2\x80\x99", ".", ",", "|", "||", "\n", "\xC2\xA0",
    "\xC2\xAD", "\xC3\xA9", "\xC3\x89", KELVIN, LONG_S, "\xCC\x81", "_", "\xE2\x80\x9C", "Ada", "Ben", "\xC3\x89va", "Ulm", "Bad Orb", "Ada ", " Ben ", " Ulm ",
};

static void make_text(char text[400], uint64_t *seed)
{
  *text = '\0';
  for (uint32_t count = 1 + next(seed, 24); count; --count) strcat(text, words[next(seed, COUNT(words))]);
}

enum { SETS = 1000, RULES_EACH = 8, TEXTS = 5, MANY_TEXTS = 40 /* until machine code is made */ };

static void check_set(uint64_t seed)
{
  Buffer   xml = {0};
  RuleText made;
  buffer_append_string(&xml, "<ruleset xmlns=\"" RULES_NS "\" id=\"test\" version=\"1\">\n" TYPES "<phase id=\"p\">");
  for (int i = 0; i < RULES_EACH; ++i) append_rule(&xml, &seed, i);
  buffer_append_string(&xml, "</phase><phase builtin=\"learn\" from=\"Hit\" into=\"seen\" forms=\"full last\"/><phase id=\"q\" mask=\"@seen Hit\">");
  for (int i = 0; i < 2; ++i) append_rule(&xml, &seed, RULES_EACH + i);
  buffer_append_string(&xml, "</phase></ruleset>");
  if (rule_text_load(&made, xml.data)) fail_msg("%s\n%s", rule_text_faults(&made), xml.data);
  int texts = seed % 16 ? TEXTS : MANY_TEXTS;
  for (int i = 0; i < texts; ++i) {
    char    text[400], kinds[400], zones[400];
    Matched plain, fast;
    make_text(text, &seed);
    for (int u = 0; u < 400; ++u) kinds[u] = "sssli"[next(&seed, 5)], zones[u] = "bbn"[next(&seed, 3)];
    match_text(&made, text, (Layout){.kinds = kinds, .zones = zones, .plain = true}, &plain);
    match_text(&made, text, (Layout){.kinds = kinds, .zones = zones}, &fast);
    bool same = strcmp(plain.found, fast.found) == 0;
    if (plain.status == CLAIMANT_OK && !same) fprintf(stderr, "%s\ntext: %s\n", xml.data, text);
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
      cmocka_unit_test(test_random_rules),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
