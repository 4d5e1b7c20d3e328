/* Rules exchanged while letters are read by them, and files that change while they are loaded. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "claimant.h"
#include "rule_text.h"

#define PLEAS(word)                                                                                   \
  RULES("<type name=\"Plea\"/>" PHASE("id=\"p\"", "<rule id=\"plea\" emits=\"Plea\"><pattern>" word \
                                                "</pattern><example><m>" word "</m></example><counter>no</counter></rule>"))

static const char letter[] = "We beg you. We ask you. We urge you.";

static size_t count_told;

static void count_diagnostic(void *user, const ClaimantDiagnostic *diagnostic)
{
  (void)user;
  (void)diagnostic;
  count_told++;
}

static ClaimantLiveRules *open_live(RuleText *made, const char *xml)
{
  ClaimantLiveRules   *live = NULL;
  rule_text_begin(made);
  rule_text_put(made, "rules.xml", xml, strlen(xml));
  ClaimantRulesOptions options = {.rules = made->path, .report = count_diagnostic};
  assert_int_equal(claimant_live_open(&options, &live), CLAIMANT_OK);
  return live;
}

/* What the rules find in the letter: the words, with a bar behind each. */
static void found(const ClaimantRules *rules, char words[200])
{
  ClaimantInput     input = {.data = letter, .size = strlen(letter)};
  ClaimantDocument *document = NULL;
  *words = '\0';
  assert_int_equal(claimant_extract(rules, &input, &document), CLAIMANT_OK);
  for (size_t i = 0; i < claimant_item_count(document); ++i) {
    ClaimantSpan span = claimant_item_span(document, claimant_item(document, i));
    snprintf(words + strlen(words), 200 - strlen(words), "%.*s|", (int)(span.end - span.start), letter + span.start);
  }
  claimant_document_free(document);
}

static void assert_now(ClaimantLiveRules *live, const char *expected)
{
  char                 words[200];
  const ClaimantRules *rules = claimant_live_take(live);
  found(rules, words);
  claimant_live_give_back(live, rules);
  assert_string_equal(words, expected);
}

static void test_reload(void **state)
{
  (void)state;
  RuleText           made;
  bool               changed = true;
  char               words[200];
  ClaimantLiveRules *live = open_live(&made, PLEAS("beg"));
  assert_now(live, "beg|");
  assert_int_equal(claimant_live_reload(live, &changed), CLAIMANT_OK);
  assert_false(changed);

  const ClaimantRules *old = claimant_live_take(live), *again = claimant_live_take(live);
  rule_text_put(&made, "rules.xml", PLEAS("urge"), strlen(PLEAS("urge")));
  assert_int_equal(claimant_live_reload(live, &changed), CLAIMANT_OK);
  assert_true(changed);
  assert_now(live, "urge|");
  claimant_live_give_back(live, again);
  found(old, words); /* whoever has the old rules keeps them */
  assert_string_equal(words, "beg|");
  claimant_live_give_back(live, old);
  assert_now(live, "urge|");
  claimant_live_close(live);
  rule_text_free(&made);
}

/* All or nothing: with any fault the old rules stay. */
static void test_bad_rules_change_nothing(void **state)
{
  static const char *const bad[] = {"", "<ruleset", PLEAS("(beg"), RULES("<include href=\"none.xml\"/>")};
  (void)state;
  RuleText           made;
  ClaimantLiveRules *live = open_live(&made, PLEAS("beg"));
  for (size_t i = 0; i < sizeof bad / sizeof *bad; ++i) {
    bool changed = true;
    count_told = 0;
    rule_text_put(&made, "rules.xml", bad[i], strlen(bad[i]));
    assert_int_equal(claimant_live_reload(live, &changed), CLAIMANT_BAD_RULES);
    assert_false(changed);
    assert_int_not_equal(count_told, 0);
    assert_now(live, "beg|");
  }
  unlink(made.path);
  assert_int_equal(claimant_live_reload(live, NULL), CLAIMANT_NO_INPUT);
  assert_now(live, "beg|");
  claimant_live_close(live);
  rule_text_free(&made);
}

static void test_bad_arguments(void **state)
{
  (void)state;
  ClaimantLiveRules   *live = NULL;
  ClaimantRulesOptions none = {0}, missing = {.rules = "/nowhere/rules.xml"};
  assert_int_equal(claimant_live_open(NULL, &live), CLAIMANT_BAD_ARGUMENT);
  assert_int_equal(claimant_live_open(&none, &live), CLAIMANT_BAD_ARGUMENT);
  assert_int_equal(claimant_live_open(&missing, &live), CLAIMANT_NO_INPUT);
  assert_null(live);
  claimant_live_close(NULL);
}

/* ---- Threads ---- */

enum { READERS = 4, LETTERS = 40, RELOADS = 10 };

typedef struct {
  ClaimantLiveRules *live;
  size_t             strange; /* letters in which neither rule set found what it finds */
} Reader;

static void *read_letters(void *user)
{
  Reader *reader = user;
  for (int i = 0; i < LETTERS; ++i) {
    char                 words[200];
    const ClaimantRules *rules = claimant_live_take(reader->live);
    found(rules, words);
    claimant_live_give_back(reader->live, rules);
    reader->strange += strcmp(words, "beg|") != 0 && strcmp(words, "urge|") != 0;
  }
  return NULL;
}

static void test_threads(void **state)
{
  (void)state;
  RuleText           made;
  pthread_t          threads[READERS];
  Reader             readers[READERS];
  ClaimantLiveRules *live = open_live(&made, PLEAS("beg"));
  for (int i = 0; i < READERS; ++i) {
    readers[i] = (Reader){.live = live};
    assert_int_equal(pthread_create(&threads[i], NULL, read_letters, &readers[i]), 0);
  }
  for (int i = 0; i < RELOADS; ++i) {
    const char *xml = i % 2 ? PLEAS("beg") : PLEAS("urge");
    rule_text_put(&made, "rules.xml", xml, strlen(xml));
    assert_int_equal(claimant_live_reload(live, NULL), CLAIMANT_OK);
  }
  for (int i = 0; i < READERS; ++i) {
    assert_int_equal(pthread_join(threads[i], NULL), 0);
    assert_int_equal(readers[i].strange, 0);
  }
  assert_now(live, "beg|");
  claimant_live_close(live);
  rule_text_free(&made);
}

/* ---- Files that change while they are read ---- */

typedef struct {
  RuleText *made;
  char      pipe[80];
} Writer;

/* The pipe opens once the loader has come to it, with the file that includes it read. */
static void *write_late(void *user)
{
  const Writer *writer = user;
  FILE         *pipe = fopen(writer->pipe, "w");
  const char   *xml = RULES("<include href=\"late.xml\"/><!-- other rules now -->");
  rule_text_put(writer->made, "rules.xml", xml, strlen(xml));
  fputs(PLEAS("beg"), pipe);
  fclose(pipe);
  return NULL;
}

static void test_file_that_changes(void **state)
{
  (void)state;
  RuleText    made;
  pthread_t   thread;
  const char *xml = RULES("<include href=\"late.xml\"/>");
  rule_text_begin(&made);
  rule_text_put(&made, "rules.xml", xml, strlen(xml));
  Writer writer = {.made = &made};
  snprintf(writer.pipe, sizeof writer.pipe, "%s/late.xml", made.folder);
  assert_int_equal(mkfifo(writer.pipe, 0600), 0);
  assert_int_equal(pthread_create(&thread, NULL, write_late, &writer), 0);
  assert_int_equal(rule_text_finish(&made), CLAIMANT_BAD_RULES);
  assert_int_equal(pthread_join(thread, NULL), 0);
  if (!strstr(rule_text_faults(&made), "this rule file changed while the rules were read")) fail_msg("%s", rule_text_faults(&made));
  unlink(writer.pipe);
  rule_text_free(&made);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_reload),  cmocka_unit_test(test_bad_rules_change_nothing), cmocka_unit_test(test_bad_arguments),
      cmocka_unit_test(test_threads), cmocka_unit_test(test_file_that_changes),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
