/* Out of memory while rules are loaded or applied: told as such, whichever allocation fails. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "claimant.h"
#include "rule_text.h"
#include "rules/image.h"

/* The nth allocation from now on fails, and all after it. */
static size_t calls_left = SIZE_MAX, blocks;

static bool is_out(void) { return calls_left != SIZE_MAX && (calls_left == 0 || --calls_left == 0); }

static void *allocate(void *user, size_t size)
{
  void *memory = is_out() ? NULL : malloc(size);
  if (memory) ++*(size_t *)user;
  return memory;
}

static void *resize(void *user, void *memory, size_t size)
{
  (void)user;
  return is_out() ? NULL : realloc(memory, size);
}

static void release(void *user, void *memory)
{
  --*(size_t *)user;
  free(memory);
}

static const ClaimantAllocator counting = {allocate, resize, release, &blocks};

static int set_up(void **state)
{
  (void)state;
  blocks = 0;
  return (int)claimant_set_allocator(&counting);
}

/* All that was taken has been given back. */
static int tear_down(void **state)
{
  (void)state;
  claimant_set_allocator(NULL);
  return blocks != 0;
}

static const char xml[] = RULES(
    "<type name=\"Name\"/><type name=\"Plea\"><role name=\"who\"/><feature name=\"f\"/></type><gazetteer name=\"town\"><term>Orva</term></gazetteer>\n"
    "<table name=\"t\"><row key=\"beg\" value=\"mild\"/></table><macro name=\"beg\">beg|pray</macro>\n"
    PHASE("id=\"n\"", RULE("id=\"n\" emits=\"Name\"", "<pattern>[A-Z][a-z]+ of {@town}</pattern>"))
    "<phase builtin=\"learn\" from=\"Name\" into=\"known\"/>\n"
    PHASE("id=\"p\"", RULE("id=\"p\" emits=\"Plea\"", "<pattern>we (?'v'{beg}) (?'who'{Name}|you)</pattern><unless at=\"before\">never </unless>"
                                                      "<set feature=\"f\" from=\"v\" table=\"t\"/><fill role=\"who\" from=\"Name\" required=\"no\"/>")));

static void test_loading(void **state)
{
  RuleText made;
  (void)state;
  for (size_t n = 1;; ++n) {
    assert_true(n < 10000);
    rule_text_begin(&made);
    rule_text_put(&made, "rules.xml", xml, sizeof xml - 1);
    calls_left = n;
    ClaimantStatus status = ruleset_load(made.path, &made.diagnostics, &made.rules);
    calls_left = SIZE_MAX;
    if (status != CLAIMANT_OK) assert_null(made.rules);
    rule_text_free(&made);
    if (status == CLAIMANT_OK) break;
    assert_int_equal(status, CLAIMANT_NO_MEMORY);
  }
}

static void test_images(void **state)
{
  RuleText made;
  char     path[80];
  (void)state;
  assert_int_equal(rule_text_load(&made, xml), CLAIMANT_OK);
  snprintf(path, sizeof path, "%s/rules.bin", made.folder);
  for (size_t n = 1;; ++n) {
    assert_true(n < 10000);
    calls_left = n;
    ClaimantStatus status = image_save(made.rules, path);
    calls_left = SIZE_MAX;
    if (status == CLAIMANT_OK) break;
    assert_int_equal(status, CLAIMANT_NO_MEMORY);
  }
  for (size_t n = 1;; ++n) {
    RuleSet *rules = NULL;
    calls_left = n;
    ClaimantStatus status = image_open(path, made.path, &rules);
    calls_left = SIZE_MAX;
    bool opened = rules;
    ruleset_free(rules);
    if (status == CLAIMANT_OK && opened) break;
    assert_int_equal(status, CLAIMANT_NO_MEMORY);
  }
  rule_text_free(&made);
}

/* One unit in one block. */
static Letter *make_letter(RuleText *made, const char *text)
{
  Letter *letter = NULL;
  assert_int_equal(letter_new(text, strlen(text), NULL, &made->diagnostics, &letter), CLAIMANT_OK);
  letter->units = arena_alloc(letter->arena, sizeof *letter->units);
  letter->blocks = arena_alloc(letter->arena, sizeof *letter->blocks);
  letter->sections = arena_alloc(letter->arena, sizeof *letter->sections);
  letter->units[0] = (Unit){.span = {0, letter->size}, .zone = ZONE_BODY, .list = NO_INDEX};
  letter->blocks[0] = (Block){.span = {0, letter->size}, .kind = BLOCK_PARAGRAPH, .zone = ZONE_BODY, .unit_count = 1};
  letter->sections[0].heading = NO_INDEX;
  letter->unit_count = letter->block_count = letter->section_count = 1;
  return letter;
}

static void test_matching(void **state)
{
  RuleText made;
  Buffer   text = {0};
  (void)state;
  for (int i = 0; i < 300; ++i) buffer_append_string(&text, "Ada of Orva hears that we beg you and pray Ada of Orva, we beg Ada of Orva. ");
  assert_int_equal(rule_text_load(&made, xml), CLAIMANT_OK);
  for (size_t n = 1;; ++n) {
    assert_true(n < 10000);
    Letter     *letter = make_letter(&made, text.data);
    MatchResult result = {0};
    calls_left = n;
    ClaimantStatus status = match_letter(&made.matcher, letter, (MatchOptions){.last_phase = UINT32_MAX}, &made.diagnostics, &result);
    calls_left = SIZE_MAX;
    if (status == CLAIMANT_OK) assert_true(result.count > 900);
    letter_free(letter);
    if (status == CLAIMANT_OK) break;
    assert_int_equal(status, CLAIMANT_NO_MEMORY);
  }
  rule_text_free(&made);
  buffer_free(&text);
}

static void test_hooks(void **state)
{
  (void)state;
  ClaimantAllocator half = counting;
  half.resize = NULL;
  assert_int_equal(claimant_set_allocator(&half), CLAIMANT_BAD_ARGUMENT);
  assert_int_equal(claimant_set_allocator(NULL), CLAIMANT_OK);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(test_loading, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_images, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_matching, set_up, tear_down),
      cmocka_unit_test(test_hooks),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
