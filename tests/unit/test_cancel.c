/* Letters that are given up: before they are begun, while a match is searched, and from another thread. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "claimant.h"
#include "rule_text.h"

/* A pattern that tries every way to cut a row of letters in parts: hours, for the letter below. */
static const char slow[] = RULES("<type name=\"Plea\"/>" PHASE(
    "id=\"p\"", "<rule id=\"plea\" emits=\"Plea\"><pattern>\\b(?:[a-z]{1,4})+[0-9]</pattern>"
                 "<example><m>abc1</m></example><counter>abc</counter></rule>"));

enum { ROW = 40, ROWS = 20000 };

static ClaimantRules *load(RuleText *made)
{
  ClaimantRules *rules = NULL;
  rule_text_begin(made);
  rule_text_put(made, "rules.xml", slow, sizeof slow - 1);
  ClaimantRulesOptions options = {.rules = made->path};
  assert_int_equal(claimant_rules_load(&options, &rules), CLAIMANT_OK);
  return rules;
}

static char *long_letter(void)
{
  char *text = malloc(ROW * ROWS + 1);
  assert_non_null(text);
  for (size_t i = 0; i < ROW * ROWS; ++i) text[i] = i % ROW == ROW - 1 ? ' ' : i % ROW == ROW - 2 ? '7' : i % ROW == ROW - 3 ? '-' : 'a';
  text[ROW * ROWS] = '\0';
  return text;
}

static void test_before(void **state)
{
  (void)state;
  RuleText          made;
  ClaimantRules    *rules = load(&made);
  ClaimantCancel   *cancel = claimant_cancel_new();
  ClaimantDocument *document = NULL;
  ClaimantInput     input = {.data = "We write abc1.", .size = 14, .cancel = cancel};
  assert_int_equal(claimant_extract(rules, &input, &document), CLAIMANT_OK);
  assert_int_equal(claimant_item_count(document), 1);
  claimant_document_free(document);
  claimant_cancel(cancel);
  claimant_cancel(cancel);
  assert_int_equal(claimant_extract(rules, &input, &document), CLAIMANT_CANCELLED);
  assert_null(document);
  claimant_cancel_free(cancel);
  claimant_cancel_free(NULL);
  claimant_cancel(NULL);
  claimant_rules_free(rules);
  rule_text_free(&made);
}

static void *cancel_soon(void *cancel)
{
  usleep(20000);
  claimant_cancel(cancel);
  return NULL;
}

/* Without the cancelling, nothing but the test's own time limit would end it. */
static void test_inside_a_match(void **state)
{
  (void)state;
  RuleText          made;
  ClaimantRules    *rules = load(&made);
  ClaimantCancel   *cancel = claimant_cancel_new();
  ClaimantDocument *document = NULL;
  char             *text = long_letter();
  ClaimantInput     input = {.data = text, .size = strlen(text), .cancel = cancel};
  pthread_t         other;
  assert_int_equal(pthread_create(&other, NULL, cancel_soon, cancel), 0);
  assert_int_equal(claimant_extract(rules, &input, &document), CLAIMANT_CANCELLED);
  assert_null(document);
  pthread_join(other, NULL);
  free(text);
  claimant_cancel_free(cancel);
  claimant_rules_free(rules);
  rule_text_free(&made);
}

int main(void)
{
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_before), cmocka_unit_test(test_inside_a_match)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
