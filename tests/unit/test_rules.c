/* The loader: what it accepts, and that every fault of a rule file is told with its line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <libxml/parser.h>
#include <libxml/relaxng.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "rule_text.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))

/* ---- One fault each ---- */

typedef struct {
  const char *body; /* from line 2 */
  const char *expected; /* the beginning of the only message: "LINE: words" */
} Fault;

#define TYPES                                                                                             \
  "<type name=\"Agent\"/><type name=\"Person\" extends=\"Agent\"><role name=\"title\"/><feature name=\"sex\" "  \
  "values=\"m f\"/><feature name=\"note\"/></type>"                                                         \
  "<macro name=\"cap\">[A-Z][a-z]+</macro><table name=\"sexes\"><row key=\"Mr\" value=\"m\"/></table>"       \
  "<gazetteer name=\"town\"><term>Orva</term></gazetteer>\n"
#define ONE(inner) TYPES PHASE("id=\"p\"", RULE("id=\"r\" emits=\"Person\"", inner)) /* the rule is on line 4 */

static const Fault faults[] = {
    /* Names that nobody declared, with the nearest that somebody did. */
    {ONE("<pattern>a {Persn}</pattern>"), "4: the type \"Persn\" is not declared; did you mean Person?"},
    {ONE("<pattern>a {Xyzzyq}</pattern>"), "4: the type \"Xyzzyq\" is not declared\n"},
    {ONE("<pattern>a {Agent|Persons}</pattern>"), "4: the type \"Persons\" is not declared; did you mean Person?"},
    {ONE("<pattern>a {@towns}</pattern>"), "4: the gazetteer \"@towns\" is not declared; did you mean @town?"},
    {ONE("<pattern>a {caps}</pattern>"), "4: the macro {caps} is not declared; did you mean {cap}?"},
    {TYPES PHASE("id=\"p\"", RULE("id=\"r\" emits=\"Perso\"", "<pattern>a</pattern>")),
     "4: the type \"Perso\" is not declared; did you mean Person?"},
    {TYPES PHASE("id=\"p\" mask=\"Agent Parson\"", ""), "3: the type \"Parson\" is not declared; did you mean Person?"},
    {TYPES "<type name=\"Man\" extends=\"Persona\"/>", "3: the type \"Persona\" is not declared; did you mean Person?"},
    {TYPES "<phase builtin=\"learn\" from=\"Persom\" into=\"known\"/>",
     "3: the type \"Persom\" is not declared; did you mean Person?"},
    {ONE("<pattern>{Person[age]}</pattern>"), "4: Person has no feature or role age to test in {Person[...]}"},
    {ONE("<pattern>{Person[]}</pattern>"), "4: {Person[]}: a test is [name], [!name], [name=value] or [!name=value]"},
    {ONE("<pattern>{Person[sex=]}</pattern>"), "4: {Person[sex=]}: a test is"},
    {ONE("<pattern>{Person[sex]x}</pattern>"), "4: {Person[sex]x}: a test is"},
    {ONE("<pattern>{Persom[sex]}</pattern>"), "4: the type \"Persom\" is not declared; did you mean Person?"},
    {ONE("<pattern>{Person[sex=a]}{Person[sex=b]}{Person[sex=c]}{Person[sex=d]}{Person[sex=e]}</pattern>"),
     "4: more than 4 different tests in {Person[...]}"},
    {ONE("<pattern>(?'x'a)</pattern><set feature=\"sec\" from=\"x\"/>"), "4: Person has no feature sec; did you mean sex?"},
    {ONE("<pattern>(?'x'a)</pattern><set feature=\"note\" from=\"y\"/>"), "4: no pattern of rule r has a group (?'y'...)"},
    {ONE("<pattern>(?'x'a)</pattern><set feature=\"note\" value=\"1\" if=\"y\"/>"), "4: no pattern of rule r has a group (?'y'"},
    {ONE("<pattern>(?'x'a)</pattern><set feature=\"note\" value=\"1\" ifnot=\"y\"/>"), "4: no pattern of rule r has a group"},
    {ONE("<pattern>(?'x'a)</pattern><set feature=\"note\" value=\"a{y}\"/>"), "4: no pattern of rule r has a group (?'y'...)"},
    {ONE("<pattern>(?'x'a)</pattern><set feature=\"note\" value=\"{x@sexs}\"/>"),
     "4: the table sexs is not declared; did you mean sexes?"},
    {ONE("<pattern>(?'x'a)</pattern><set feature=\"note\" value=\"{x:99999999}\"/>"), "4: {x:99999999}: a width is a number"},
    {ONE("<pattern>(?'x'a)</pattern><set feature=\"note\" value=\"{x:two}\"/>"), "4: {x:two}: a width is a number"},
    {ONE("<pattern>(?'x'a)</pattern><set feature=\"note\" from=\"x\" table=\"sexses\"/>"),
     "4: the table sexses is not declared; did you mean sexes?"},
    {ONE("<pattern>a</pattern><set feature=\"sex\" value=\"mm\"/>"), "4: \"mm\" is no value of the feature sex; did you mean m?"},
    {"<table name=\"t\"><row key=\"k\" value=\"n\"/></table>" ONE("<pattern>(?'x'a)</pattern><set feature=\"sex\" from=\"x\" table=\"t\"/>"),
     "4: \"n\" is no value of the feature sex"},
    {ONE("<pattern>a</pattern><fill role=\"titel\" ref=\"writer\"/>"), "4: Person has no role titel; did you mean title?"},
    {ONE("<pattern>a</pattern><fill role=\"title\" from=\"Person.rank\"/>"), "4: Person has no role rank"},
    {ONE("<pattern>a</pattern><fill role=\"title\" ref=\"writer\" if=\"b\"/>"), "4: no pattern of rule r has a group (?'b'"},
    {TYPES PHASE("id=\"p\"", RULE("id=\"r\" emits=\"Person\" span=\"nme\"", "<pattern>(?'name'a)</pattern>")),
     "4: no pattern of rule r has a group (?'nme'...)"},
    {TYPES PHASE("id=\"p\"", "<rule id=\"r\" emits=\"Person\"><pattern>a</pattern>\n<example><m role=\"tile\">a</m></example>"
                             "<counter>b</counter></rule>\n"),
     "5: Person has no role tile; did you mean title?"},
    {TYPES PHASE("id=\"p\"", "<rule id=\"r\" emits=\"Person\"><pattern>a</pattern>\n<example>a<f name=\"sez\"/></example>"
                             "<counter>b</counter></rule>\n"),
     "5: Person has no feature sez; did you mean sex?"},
    {TYPES PHASE("id=\"p\"", "<rule id=\"r\" emits=\"Person\"><pattern>a</pattern>\n<example>a<slot>b|c</slot><slot>b|c|d</slot></example>"
                             "<counter>b</counter></rule>\n"),
     "5: 2 alternatives were expected, as in what stands before, not 3"},
    {TYPES PHASE("id=\"p\"", "<rule id=\"r\" emits=\"Person\"><pattern>a</pattern>\n<example>a<f name=\"sex\" values=\"m|f\"/></example>"
                             "<counter>b</counter></rule>\n"),
     "5: <f values> needs a <slot> in its <example>"},
    {"<type name=\"Plea\" key=\"cue\"/>", "2: key=\"cue\": Plea has no role cue"},
    {"<type name=\"Plea\" class=\"schema:Thing\"/>", "2: the prefix of \"schema:Thing\" is not declared; add <prefix name=\"schema\""},
    /* Patterns. */
    {ONE("<pattern>a(b</pattern>"), "4: the pattern does not compile: missing closing parenthesis, here: a(b >>> "},
    {ONE("<pattern>some text and then a [z-a] range</pattern>"),
     "4: the pattern does not compile: range out of order in character class, here: some text and then a [z- >>> a] range"},
    {ONE("<pattern>a</pattern><unless>b)</unless>"), "4: the pattern does not compile: unmatched closing parenthesis"},
    {ONE("<pattern>a</pattern><before>(b</before>"), "4: the pattern does not compile: missing closing parenthesis"},
    {ONE("<pattern>a?</pattern>"), "4: the pattern can match nothing at all"},
    {ONE("<pattern>{cap</pattern>"), "4: { without } in the pattern: \"{cap\""},
    {ONE("<pattern>(?&lt;n>a)</pattern>"), "4: write (?'name'...) for a group"},
    {ONE("<pattern>(?&lt;=a)b</pattern>"), "4: write (?'name'...) for a group"},
    {ONE("<pattern>(a)\\1</pattern>"), "4: \\1: groups have names here"},
    {ONE("<pattern>a \\b{Agent}</pattern>"), "4: \\b beside {Type} never matches after a space"},
    {ONE("<pattern>a \\b{@town}</pattern>"), "4: \\b beside {Type} never matches after a space"},
    {ONE("<pattern>we\nbeg</pattern>"), "4: a line break is taken out of a pattern, which joins \"e\" and \"b\" here"},
    {"<macro name=\"a\">x{b}</macro><macro name=\"b\">y{a}</macro>" ONE("<pattern>{a}</pattern>"),
     "4: the macro {a} holds itself, directly or through others"},
    /* Twice. */
    {TYPES "<type name=\"Person\"/>", "3: Person is declared already"},
    {TYPES "<macro name=\"cap\">x</macro>", "3: the macro {cap} is declared already at "},
    {TYPES "<table name=\"sexes\"><row key=\"a\" value=\"b\"/></table>", "3: the table sexes is declared already"},
    {TYPES "<gazetteer name=\"town\"><term>Ulm</term></gazetteer>", "3: @town is declared already"},
    {"<table name=\"t\"><row key=\"So be  it\" value=\"b\"/><row key=\"x|so be it\" value=\"c\"/></table>",
     "2: the table t has the key \"so be it\" twice"},
    {TYPES PHASE("id=\"p\"", RULE("id=\"r\" emits=\"Person\"", "<pattern>a</pattern>") RULE("id=\"r\" emits=\"Person\"", "<pattern>b</pattern>")),
     "5: the rule r exists already at "},
    {"<type name=\"A\" scan=\"word\"/>", "2: scan=\"word\" is none of: capitalised,"},
    {"<type name=\"A\" scan=\"year\"/>\n<type name=\"B\" scan=\"year\"/>", "3: what the scanner finds as year is {A} already"},
    {"<type name=\"A\" extends=\"B\"/><type name=\"B\" extends=\"C\"/>\n<type name=\"C\" extends=\"A\"/>", "3: C extends itself"},
};

static void assert_begins(const char *text, const char *beginning)
{
  if (strncmp(text, beginning, strlen(beginning)) != 0) fail_msg("\"%s\" was expected, found \"%s\"", beginning, text);
}

static void test_faults(void **state)
{
  (void)state;
  for (size_t i = 0; i < COUNT(faults); ++i) {
    RuleText made;
    char     xml[4096];
    snprintf(xml, sizeof xml, RULES("%s"), faults[i].body);
    if (rule_text_load(&made, xml) != CLAIMANT_BAD_RULES)
      fail_msg("\"%s\" was expected, but it was loaded: %s", faults[i].expected, faults[i].body);
    assert_null(made.rules);
    const char *told = rule_text_faults(&made);
    assert_begins(told, faults[i].expected);
    if (strchr(told, '\n')[1]) fail_msg("one message was expected: %s", told);
    rule_text_free(&made);
  }
}

/* ---- All in one run ---- */

static void test_all_faults_at_once(void **state)
{
  static const char xml[] = RULES(
      "<type name=\"Plea\"><role name=\"who\" card=\"some\"/></type>\n"
      "<marco name=\"a\">b</marco>\n"
      "<table name=\"t\"/>\n"
      "<phase id=\"p\" mask=\"Ple\">\n"
      "<rule id=\"one\" emits=\"Plee\" priority=\"high\">\n"
      "<pattern>we {beg}</pattern>\n"
      "<pattern>a(</pattern>\n"
      "<unless at=\"left\">b</unless>\n"
      "<set feature=\"tone\" value=\"x\"/>\n"
      "<fill role=\"who\"/>\n"
      "<example>x</example>\n"
      "<remark/>\n"
      "</rule>\n"
      "<rule id=\"one\" emits=\"Plea\"><pattern>x*</pattern><example>x</example><counter>y</counter></rule>\n"
      "</phase>");
  static const char *const expected[] = {
      "2: card=\"some\" is none of", "3: <ruleset> holds no <marco>", "4: the table t needs a <row>",
      "5: the type \"Ple\" is not declared", "6: the type \"Plee\" is not declared", "6: priority=\"high\"",
      "7: the macro {beg} is not declared", "8: the pattern does not compile", "9: at=\"left\" is none of",
      "11: <fill> takes either ref or from", "13: <rule> holds <note>, <pattern>", "6: rule one needs a <counter>",
      "15: the rule one exists already", "15: the pattern can match nothing"};
  (void)state;
  RuleText made;
  assert_int_equal(rule_text_load(&made, xml), CLAIMANT_BAD_RULES);
  const char *told = rule_text_faults(&made);
  for (size_t i = 0; i < COUNT(expected); ++i)
    if (!strstr(told, expected[i])) fail_msg("\"%s\" is missing in:\n%s", expected[i], told);
  assert_int_equal(made.diagnostics.errors, COUNT(expected));
  rule_text_free(&made);
}

/* ---- The fixtures that the schema is held to as well ---- */

/* "<!-- expect LINE: WORDS -->" is the second line of a bad file. */
static bool meets_expectation(const char *path, const RuleText *made, ClaimantStatus status)
{
  char  line[300] = "", words[300] = "";
  FILE *file = fopen(path, "r");
  bool  bad = file && fgets(line, sizeof line, file) && fgets(line, sizeof line, file);
  int   number = 0;
  if (file) fclose(file);
  bad = bad && sscanf(line, "<!-- expect %d: %299[^\n]", &number, words) == 2;
  char *end = strstr(words, " -->");
  if (end) *end = '\0';
  if (!bad) return status == CLAIMANT_OK && made->diagnostics.errors == 0;
  if (status != CLAIMANT_BAD_RULES) return false;
  for (size_t i = 0; i < made->diagnostics.count; ++i) {
    const ClaimantDiagnostic *d = &made->diagnostics.items[i];
    if (d->line == (size_t)number && d->file && strcmp(d->file, path) == 0 && strstr(d->message, words)) return true;
  }
  return false;
}

static size_t check_folder(const char *folder)
{
  DIR   *dir = opendir(folder);
  size_t count = 0;
  bool   good = true;
  assert_non_null(dir);
  for (const struct dirent *entry; (entry = readdir(dir)) != NULL;) {
    if (!strstr(entry->d_name, ".xml")) continue;
    RuleText made = {.arena = arena_new(), .diagnostics = {0}};
    char     path[400];
    snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
    made.diagnostics.arena = made.arena;
    ClaimantStatus status = ruleset_load(path, &made.diagnostics, &made.rules);
    if (!meets_expectation(path, &made, status)) {
      print_message("%s: %s; %s\n", path, claimant_status_text(status), rule_text_faults(&made));
      good = false;
    }
    ruleset_free(made.rules);
    arena_free(made.arena);
    count++;
  }
  closedir(dir);
  assert_true(good);
  return count;
}

static void test_fixtures(void **state)
{
  (void)state;
  assert_in_range(check_folder("tests/rules/good"), 20, 1000);
  assert_in_range(check_folder("tests/rules/bad"), 40, 1000);
}

/* ---- Files that include others ---- */

static void put(RuleText *made, const char *name, const char *text) { rule_text_put(made, name, text, strlen(text)); }

static void make_folder(RuleText *made, const char *name)
{
  char path[100];
  snprintf(path, sizeof path, "%s/%s", made->folder, name);
  assert_int_equal(mkdir(path, 0700), 0);
}

static void test_includes(void **state)
{
  (void)state;
  RuleText made;
  rule_text_begin(&made);
  make_folder(&made, "en");
  put(&made, "rules.xml", RULES("<include href=\"en/a.xml\"/><include href=\"en/b.xml\"/>"));
  put(&made, "en/a.xml", "<ruleset xmlns=\"" RULES_NS "\"><include href=\"../en/b.xml\"/><type name=\"Ship\"/></ruleset>");
  put(&made, "en/b.xml", "<ruleset xmlns=\"" RULES_NS "\"><type name=\"Boat\" extends=\"Ship\"/></ruleset>");
  assert_int_equal(rule_text_finish(&made), CLAIMANT_OK);
  assert_int_equal(made.rules->type_count, 2);
  assert_string_equal(made.rules->types[0].name, "Boat"); /* in place, and once */
  assert_int_equal(made.rules->file_count, 3);
  assert_string_equal(made.rules->files[1], "en/a.xml");
  assert_string_equal(made.rules->language, "en");
  assert_string_equal(made.rules->iri, "https://w3id.org/claimant/rules/test/1");
  rule_text_free(&made);
}

static void expect_of_files(const char *main, const char *other, const char *expected)
{
  RuleText made;
  rule_text_begin(&made);
  put(&made, "rules.xml", main);
  if (other) put(&made, "other.xml", other);
  assert_int_equal(rule_text_finish(&made), CLAIMANT_BAD_RULES);
  const char *told = rule_text_faults(&made);
  if (!strstr(told, expected)) fail_msg("\"%s\" was expected in: %s", expected, told);
  rule_text_free(&made);
}

static void test_bad_includes(void **state)
{
  (void)state;
  expect_of_files(RULES("\n<include href=\"missing.xml\"/>"), NULL, "3: cannot read the rule file ");
  expect_of_files(RULES("<include href=\"rules.xml\"/>"), NULL, "includes itself, directly or through others");
  expect_of_files(RULES("<include href=\"other.xml\"/>"),
                  "<ruleset xmlns=\"" RULES_NS "\">\n<include href=\"rules.xml\"/></ruleset>",
                  "other.xml:2: /tmp/");
  expect_of_files(RULES("<include href=\"https://example.org/rules.xml\"/>"), NULL, "2: cannot read the rule file");
  expect_of_files(RULES("<include href=\".\"/>"), NULL, "2: cannot read the rule file");
  expect_of_files(RULES("<include href=\"other.xml\"/>"), "<ruleset xmlns=\"" RULES_NS "\">\n\n<type/></ruleset>",
                  "other.xml:3: <type> needs the attribute name");
  expect_of_files(RULES("<include href=\"other.xml\"/>"), "<rules/>", "other.xml:1: expected <ruleset xmlns=");
  expect_of_files(RULES("<type name=\"A\"/><include href=\"other.xml\"/>"),
                  "<ruleset xmlns=\"" RULES_NS "\"><type name=\"A\"/></ruleset>", "other.xml:1: A is declared already");
}

static void test_broken_file_is_no_cycle(void **state)
{
  (void)state;
  RuleText made;
  rule_text_begin(&made);
  put(&made, "rules.xml", RULES("<include href=\"other.xml\"/>\n<include href=\"other.xml\"/>"));
  put(&made, "other.xml", "<ruleset");
  assert_int_equal(rule_text_finish(&made), CLAIMANT_BAD_RULES);
  assert_int_equal(made.diagnostics.errors, 1);
  rule_text_free(&made);
}

/* ---- Files that are no rule files ---- */

static void expect_of_bytes(const char *bytes, size_t size, const char *expected)
{
  RuleText made;
  rule_text_begin(&made);
  rule_text_put(&made, "rules.xml", bytes, size);
  clock_t start = clock();
  assert_int_equal(rule_text_finish(&made), CLAIMANT_BAD_RULES);
  assert_true(clock() - start < 5 * CLOCKS_PER_SEC);
  const char *told = rule_text_faults(&made);
  if (!strstr(told, expected)) fail_msg("\"%s\" was expected in: %.300s", expected, told);
  rule_text_free(&made);
}

static void expect_of_text(const char *text, const char *expected) { expect_of_bytes(text, strlen(text), expected); }

static void test_no_rule_file(void **state)
{
  static const char utf16[] = "\xFF\xFE<\0r\0/\0>\0";
  (void)state;
  expect_of_text("", "a rule file is XML, and this is not well-formed");
  expect_of_text(" \n ", "a rule file is XML");
  expect_of_text("We beg you.", "1: a rule file is XML");
  expect_of_text("<ruleset xmlns=\"" RULES_NS "\" id=\"a\" version=\"1\">\n<type\n", "a rule file is XML");
  expect_of_text("<ruleset xmlns=\"" RULES_NS "\" id=\"a\" version=\"1\">\xFF</ruleset>", "a rule file is XML");
  expect_of_bytes("<a>\0</a>", 8, "a rule file is XML");
  expect_of_bytes(utf16, sizeof utf16 - 1, "expected <ruleset xmlns=");
  expect_of_text("<ruleset id=\"a\" version=\"1\"/>", "1: expected <ruleset xmlns=");
  expect_of_text("<ruleset xmlns=\"" RULES_NS "\"/>", "1: <ruleset> needs the attribute id");
  expect_of_text("<ruleset xmlns=\"" RULES_NS "\" id=\"a\"/>", "1: <ruleset> needs the attribute version");
}

static void test_no_input(void **state)
{
  (void)state;
  Arena      *arena = arena_new();
  Diagnostics list = {.arena = arena};
  RuleSet    *rules = NULL;
  assert_int_equal(ruleset_load("/tmp/claimant-no-such-rules.xml", &list, &rules), CLAIMANT_NO_INPUT);
  assert_int_equal(ruleset_load("/proc", &list, &rules), CLAIMANT_NO_INPUT);
  assert_int_equal(ruleset_load("", &list, &rules), CLAIMANT_NO_INPUT);
  assert_null(rules);
  assert_int_equal(list.count, 3);
  assert_string_equal(list.items[1].file, "/proc/ruleset.xml");
  assert_non_null(strstr(list.items[1].message, "rule file"));
  arena_free(arena);
}

/* ---- Hostile files ---- */

static void test_entities_are_refused(void **state)
{
  (void)state;
  expect_of_text("<!DOCTYPE ruleset>\n" RULES(""), "a rule file has no DOCTYPE");
  expect_of_text("<!DOCTYPE ruleset [<!ENTITY a \"b\">]>\n" RULES("<macro name=\"m\">&a;</macro>"), "no DOCTYPE");
  expect_of_text("<!DOCTYPE ruleset SYSTEM \"https://example.org/rules.dtd\">\n" RULES(""), "no DOCTYPE");
  expect_of_text("<!DOCTYPE ruleset [<!ENTITY a SYSTEM \"file:///etc/hostname\">]>\n" RULES("<macro name=\"m\">&a;</macro>"),
                 "no DOCTYPE");
  expect_of_text(RULES("<macro name=\"m\">&a;</macro>"), "a rule file is XML");
  expect_of_text("<!DOCTYPE r [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">"
                 "<!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;\"><!ENTITY e \"&d;&d;&d;&d;&d;&d;&d;&d;\"><!ENTITY f \"&e;&e;&e;&e;&e;&e;&e;&e;\">"
                 "<!ENTITY g \"&f;&f;&f;&f;&f;&f;&f;&f;\"><!ENTITY h \"&g;&g;&g;&g;&g;&g;&g;&g;\">]>\n" RULES("<macro name=\"m\">&h;</macro>"),
                 ""); /* by the one limit or by the other */
}

static char *repeated(const char *text, size_t times)
{
  size_t length = strlen(text);
  char  *all = malloc(length * times + 1);
  assert_non_null(all);
  for (size_t i = 0; i < times; ++i) memcpy(all + i * length, text, length);
  all[length * times] = '\0';
  return all;
}

/* Each alternative repeats the whole text. */
static void test_frame_limit(void **state)
{
  (void)state;
  char *bars = repeated("|", 2000), *words = repeated("and a ", 1000);
  size_t size = strlen(bars) + strlen(words) + 2000;
  char  *xml = malloc(size);
  assert_non_null(xml);
  snprintf(xml, size, RULES("<type name=\"A\"/><phase id=\"p\"><rule id=\"r\" emits=\"A\"><pattern>a</pattern>"
                            "<example>%s<slot>%s</slot></example><counter>b</counter></rule></phase>"), words, bars);
  expect_of_text(xml, "with each alternative of its slots the text has more than 1048576 bytes");
  free(xml);
  free(words);
  free(bars);
}

/* `before`, a text many times, `after`. */
static void expect_of_many(const char *before, const char *text, size_t times, const char *after, const char *expected)
{
  char  *many = repeated(text, times);
  Buffer xml = {0};
  buffer_printf(&xml, "%s%s%s", before, many, after);
  assert_false(xml.failed);
  expect_of_text(xml.data, expected);
  buffer_free(&xml);
  free(many);
}

#define OPEN_RULES "<ruleset xmlns=\"" RULES_NS "\" id=\"test\" version=\"1\">\n"
#define OPEN_PATTERN OPEN_RULES "<type name=\"A\"/><phase id=\"p\"><rule id=\"r\" emits=\"A\">\n<pattern>"
#define CLOSE_PATTERN "</pattern><example>x</example><counter>y</counter></rule></phase></ruleset>"

static void test_sizes(void **state)
{
  (void)state;
  expect_of_many(OPEN_PATTERN, "abcde", 200000, CLOSE_PATTERN, "3: a pattern may have 131072 bytes at most");
  expect_of_many(OPEN_PATTERN, "(", 100000, CLOSE_PATTERN, "3: the pattern does not compile");
  expect_of_many(OPEN_PATTERN, "(?:a|", 20000, CLOSE_PATTERN, "3: the pattern does not compile");
  expect_of_many(OPEN_PATTERN, "{", 100000, CLOSE_PATTERN, "");
  expect_of_many(OPEN_PATTERN, "[", 100000, CLOSE_PATTERN, "3: the pattern does not compile");
  expect_of_many(OPEN_RULES, "<type>", 100000, "", "a rule file is XML");
  expect_of_many("", "<!-- x -->", 1700000, RULES(""), "a rule file may have 16777216 bytes at most");
  expect_of_many(OPEN_RULES "<macro name=\"x\">a", " ", 11000000, "b</macro><x/></ruleset>", "");
}

/* Each macro is ten times the one before, 10^12 characters in all: it is shared, or refused. */
static void test_macros_that_grow(void **state)
{
  (void)state;
  Buffer xml = {0};
  buffer_append_string(&xml, OPEN_RULES "<macro name=\"m0\">ha</macro>");
  for (int i = 1; i <= 12; ++i) {
    buffer_printf(&xml, "<macro name=\"m%d\">", i);
    for (int j = 0; j < 10; ++j) buffer_printf(&xml, "{m%d}", i - 1);
    buffer_append_string(&xml, "</macro>");
  }
  buffer_append_string(&xml, "<type name=\"A\"/><phase id=\"p\"><rule id=\"r\" emits=\"A\">\n<pattern>{m12}" CLOSE_PATTERN);
  RuleText made;
  clock_t  start = clock();
  rule_text_load(&made, xml.data);
  assert_true(clock() - start < 5 * CLOCKS_PER_SEC);
  rule_text_free(&made);
  buffer_free(&xml);
}

static void test_macros_that_nest(void **state)
{
  (void)state;
  Buffer xml = {0};
  buffer_append_string(&xml, OPEN_RULES "<macro name=\"m0\">ha</macro>");
  for (int i = 1; i <= 40; ++i) buffer_printf(&xml, "<macro name=\"m%d\">{m%d}</macro>", i, i - 1);
  buffer_append_string(&xml, "<type name=\"A\"/><phase id=\"p\"><rule id=\"r\" emits=\"A\">\n<pattern>{m40}" CLOSE_PATTERN);
  expect_of_text(xml.data, "3: macros are nested more than 32 deep at {m8}");
  buffer_free(&xml);
}

/* The last of 99 groups is captured; one more is refused. */
static void test_many_groups(void **state)
{
  (void)state;
  for (int groups = 99; groups <= 100; ++groups) {
    Buffer   xml = {0};
    RuleText made;
    buffer_append_string(&xml, OPEN_RULES "<type name=\"A\"><role name=\"it\"/></type><phase id=\"p\"><rule id=\"r\" emits=\"A\">\n<pattern>");
    for (int i = 1; i < groups; ++i) buffer_printf(&xml, "(?'g%d'a)?", i);
    buffer_append_string(&xml, "(?'it'b)" CLOSE_PATTERN);
    ClaimantStatus status = rule_text_load(&made, xml.data);
    assert_int_equal(status, groups < 100 ? CLAIMANT_OK : CLAIMANT_BAD_RULES);
    if (status) assert_non_null(strstr(rule_text_faults(&made), "3: the pattern has 100 groups"));
    else assert_found(&made, "aab", (Layout){0}, "A(aab; it=b)");
    rule_text_free(&made);
    buffer_free(&xml);
  }
}

static void test_many_types(void **state)
{
  (void)state;
  Buffer xml = {0};
  buffer_append_string(&xml, OPEN_RULES);
  for (int i = 0; i < 4100; ++i) buffer_printf(&xml, "<type name=\"T%d\"/>\n", i);
  buffer_append_string(&xml, "</ruleset>");
  expect_of_text(xml.data, "4098: more than 4096 types");
  buffer_free(&xml);
}

/* ---- What comes of a good file ---- */

static void test_large_patterns_share_macros(void **state)
{
  (void)state;
  Buffer xml = {0};
  /* Names that differ only in - and _, one of them longer than a group of PCRE2 may be called. */
  buffer_append_string(&xml, OPEN_RULES "<macro name=\"a-very-long-name-for-a-macro-of-birds\">");
  for (int i = 0; i < 40; ++i) buffer_printf(&xml, "heron%d|", i);
  buffer_append_string(&xml, "heron</macro><macro name=\"a_b\">");
  for (int i = 0; i < 40; ++i) buffer_printf(&xml, "stork%d|", i);
  buffer_append_string(&xml, "stork</macro><macro name=\"a-b\">");
  for (int i = 0; i < 40; ++i) buffer_printf(&xml, "crane%d|", i);
  buffer_append_string(&xml, "crane</macro><type name=\"A\"/><phase id=\"p\"><rule id=\"r\" emits=\"A\"><pattern>");
  for (int i = 0; i < 12; ++i) buffer_append_string(&xml, "{a-very-long-name-for-a-macro-of-birds} {a_b} {a-b} (?i:{a-b}) |");
  buffer_append_string(&xml, "{a_b}{a-b}" CLOSE_PATTERN);
  RuleText made;
  if (rule_text_load(&made, xml.data)) fail_msg("%.500s", rule_text_faults(&made));
  assert_non_null(strstr(made.rules->rules[0]->patterns[0]->expanded, "(?(DEFINE)"));
  assert_found(&made, "heron3 stork crane7 CRANE ok, storkcrane and cranestork", (Layout){0}, "A(heron3 stork crane7 CRANE) A(storkcrane)");
  rule_text_free(&made);
  buffer_free(&xml);
}

static void test_classes_are_not_posix(void **state)
{
  (void)state;
  assert_rules_find(RULES("<type name=\"B\"/><type name=\"A\"/>"
                          PHASE("id=\"o\"", RULE("id=\"q\" emits=\"B\"", "<pattern>Ulm</pattern>"))
                          PHASE("id=\"p\"", RULE("id=\"r\" emits=\"A\"", "<pattern>so[[:,] {B}[:,;[:alpha:]]</pattern>"))),
                    "so, Ulm:", "A(so, Ulm:) B(Ulm)");
}

static void test_terms_over_lines(void **state)
{
  (void)state;
  RuleText made;
  assert_int_equal(rule_text_load(&made, RULES("<gazetteer name=\"office\"><term>Keeper of\n the Keys</term><terms>Mayor |\n"
                                               " Town\n Clerk</terms></gazetteer>")),
                   CLAIMANT_OK);
  assert_int_equal(made.rules->gazetteers[0].term_count, 3);
  rule_text_free(&made);
  assert_rules_find(RULES("<gazetteer name=\"office\"><term>Keeper of\n the Keys</term></gazetteer><type name=\"A\"/>"
                          PHASE("id=\"p\"", RULE("id=\"r\" emits=\"A\"", "<pattern>the {@office}</pattern>"))),
                    "Ask the Keeper of the Keys, the Keeper.", "A(the Keeper of the Keys)");
}

static void test_numbers_do_not_depend_on_locale(void **state)
{
  (void)state;
  RuleText made;
  assert_int_equal(rule_text_load(&made, RULES("<type name=\"A\"/>" PHASE("id=\"p\"",
                       RULE("id=\"a\" emits=\"A\" confidence=\"0.95\" priority=\"-7\"", "<pattern>a</pattern>")
                       RULE("id=\"b\" emits=\"A\" confidence=\"1\" priority=\"+07\"", "<pattern>a</pattern>")
                       RULE("id=\"c\" emits=\"A\"", "<pattern>a</pattern>")))),
                   CLAIMANT_OK);
  assert_true(made.rules->rules[0]->confidence == 0.95);
  assert_true(made.rules->rules[1]->confidence == 1.0);
  assert_true(made.rules->rules[2]->confidence == 0.9);
  assert_int_equal(made.rules->rules[0]->priority, -7);
  assert_int_equal(made.rules->rules[1]->priority, 7);
  rule_text_free(&made);
}

/* ---- Damaged files ---- */

static uint32_t next(uint64_t *seed, size_t below)
{
  *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
  return (uint32_t)((*seed >> 33) % below);
}

static void silent(void *user, const xmlError *error)
{
  (void)user;
  (void)error;
}

static bool is_valid(xmlRelaxNG *grammar, const char *bytes, size_t size)
{
  xmlDoc             *doc = xmlReadMemory(bytes, (int)size, NULL, NULL, XML_PARSE_NONET | XML_PARSE_NOERROR);
  xmlRelaxNGValidCtxt *checker = xmlRelaxNGNewValidCtxt(grammar);
  xmlRelaxNGSetValidStructuredErrors(checker, (xmlStructuredErrorFunc)(void (*)(void))silent, NULL);
  bool valid = doc && xmlRelaxNGValidateDoc(checker, doc) == 0;
  xmlRelaxNGFreeValidCtxt(checker);
  xmlFreeDoc(doc);
  return valid;
}

static xmlRelaxNG *read_grammar(void)
{
  xmlRelaxNGParserCtxt *parser = xmlRelaxNGNewParserCtxt("rules/rules.rng");
  assert_non_null(parser);
  xmlRelaxNG *grammar = xmlRelaxNGParse(parser);
  xmlRelaxNGFreeParserCtxt(parser);
  assert_non_null(grammar);
  return grammar;
}

/* A good file with a few bytes changed: loaded or refused with a message, and nothing is leaked.
 * What the loader takes the grammar takes. */
static void test_damaged_files(void **state)
{
  static const char *const files[] = {"slots", "sets", "fills", "unless", "macros", "tables", "rule-attributes", "gazetteers", "learning", "examples", "prefixes"};
  static const char        marks[] = "<>/\"'=&;{}()[]|\\?*+.^$@:-_ \n\tabAB019\xC3\xA9";
  (void)state;
  xmlRelaxNG *grammar = read_grammar();
  size_t      disagreements = 0;
  const char *more = getenv("CLAIMANT_SETS"); /* to look further */
  for (uint64_t seed = 1; seed <= (more ? strtoull(more, NULL, 10) : 1000); ++seed) {
    uint64_t random = seed;
    char     path[100], bytes[4000];
    snprintf(path, sizeof path, "tests/rules/good/%s.xml", files[next(&random, COUNT(files))]);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t size = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    for (uint32_t changes = 1 + next(&random, 3); changes; --changes) {
      size_t at = 150 + next(&random, size - 150), some = next(&random, 6);
      if (next(&random, 4)) bytes[at] = marks[next(&random, sizeof marks - 1)];
      else if (at + some < size) memmove(bytes + at, bytes + at + some, size - at - some), size -= some;
    }
    RuleText made;
    rule_text_begin(&made);
    rule_text_put(&made, "rules.xml", bytes, size);
    ClaimantStatus status = ruleset_load(made.path, &made.diagnostics, &made.rules);
    assert_true(status == CLAIMANT_OK || status == CLAIMANT_BAD_RULES);
    assert_true((status == CLAIMANT_OK) == (made.diagnostics.errors == 0));
    for (size_t i = 0; i < made.diagnostics.count; ++i) assert_string_equal(made.diagnostics.items[i].file, made.path);
    if (status == CLAIMANT_OK && !is_valid(grammar, bytes, size)) {
      fprintf(stderr, "loaded, and not valid: %.*s\n", (int)size, bytes);
      disagreements++;
    }
    rule_text_free(&made);
  }
  xmlRelaxNGFree(grammar);
  assert_int_equal(disagreements, 0);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_faults),
      cmocka_unit_test(test_all_faults_at_once),
      cmocka_unit_test(test_fixtures),
      cmocka_unit_test(test_includes),
      cmocka_unit_test(test_bad_includes),
      cmocka_unit_test(test_broken_file_is_no_cycle),
      cmocka_unit_test(test_no_rule_file),
      cmocka_unit_test(test_no_input),
      cmocka_unit_test(test_entities_are_refused), cmocka_unit_test(test_frame_limit),
      cmocka_unit_test(test_sizes),
      cmocka_unit_test(test_macros_that_grow),
      cmocka_unit_test(test_macros_that_nest),
      cmocka_unit_test(test_many_types),
      cmocka_unit_test(test_many_groups),
      cmocka_unit_test(test_large_patterns_share_macros),
      cmocka_unit_test(test_classes_are_not_posix),
      cmocka_unit_test(test_terms_over_lines),
      cmocka_unit_test(test_numbers_do_not_depend_on_locale),
      cmocka_unit_test(test_damaged_files),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
