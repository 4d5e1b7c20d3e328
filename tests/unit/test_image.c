/* Images of rule sets: the same output, and nothing else than an image is taken for one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "rule_text.h"
#include "rules/image.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))

/* Something of everything that an image holds. */
static const char xml[] = RULES(
    "<prefix name=\"ex\" iri=\"https://example.org/terms#\"/>\n"
    "<type name=\"Word\" scan=\"capitalised\" output=\"no\"/><type name=\"Year\" scan=\"year\"/>"
    "<type name=\"Agent\" class=\"ex:Agent ex:Thing\" node=\"entity\" corefer=\"body\"/>"
    "<type name=\"Name\" extends=\"Agent\" layer=\"name\" mode=\"nest\"><role name=\"title\" property=\"ex:title\" card=\"0..n\"/>"
    "<feature name=\"sex\" values=\"m f\" scheme=\"ex:sex-\"/></type>"
    "<type name=\"Plea\" layer=\"plea\" mode=\"free\" key=\"cue\"><role name=\"cue\"/><role name=\"who\"/><role name=\"to\"/>"
    "<feature name=\"tone\" output=\"no\"/><feature name=\"code\" datatype=\"ex:code\"/></type><type name=\"Again\"/>"
    "<table name=\"tones\"><row key=\"beg | pray\" value=\"mild\"/><row key=\"urge\" value=\"sharp\"/></table>"
    "<table name=\"titles\"><row key=\"mr\" value=\"m\"/><row key=\"ms\" value=\"f\"/></table>"
    "<gazetteer name=\"town\" case=\"fold\"><terms>Orva | Bad Ulm</terms></gazetteer>\n"
    PHASE("id=\"names\"", RULE("id=\"name\" emits=\"Name\" confidence=\"0.7\"",
                               "<pattern>(?'title'Mr|Ms) [A-Z]\\w+</pattern><before>(?'title'Dear )</before><unless at=\"after\"> \\(</unless>"
                               "<set feature=\"sex\" from=\"title\" table=\"titles\"/>"))
    "<phase builtin=\"learn\" from=\"Name\" into=\"known\" forms=\"last\" mask=\"Plea\"/>\n"
    PHASE("id=\"pleas\" mask=\"@town\" scope=\"sentence body\"",
          RULE("id=\"plea\" emits=\"Plea\" priority=\"3\" span=\"who\"",
               "<pattern>we (?'cue'beg|urge) (?'who'you|{Name}|them)</pattern><pattern>(?'who'you) must (?'cue'pray)(?'cue2'!)?</pattern>"
               "<unless at=\"before\">never </unless><unless at=\"unit\">{Year}</unless>"
               "<set feature=\"tone\" from=\"cue\" table=\"tones\" fn=\"lower\"/><set feature=\"code\" value=\"c-{cue:3}\" ifnot=\"cue2\"/>"
               "<fill role=\"to\" from=\"Name | Agent\" where=\"letter\" pick=\"first\" required=\"no\"/>"
               "<fill role=\"to\" ref=\"letter-addressee\"/>")
          RULE("id=\"again\" emits=\"Again\" absorb=\"yes\"", "<pattern>{@known}(?'always'!)?</pattern>")));

static const char *const texts[] = {
    "Dear Ms Krane, hello.|So we beg you. We urge Krane.|never we urge them|you must pray, we beg them, we urge Ms Krane",
    "Mr Hale (x) and Mr Hale.|Hale! In 1999 we beg you",
    "we beg Mr Orva of Bad Ulm and bad ulm||you must pray",
    "",
};

typedef struct {
  RuleText made;
  char     path[80];
  char    *found[COUNT(texts)]; /* by the rules as they were loaded */
} Fixture;

static int setup(void **state)
{
  Fixture *fixture = calloc(1, sizeof *fixture);
  assert_non_null(fixture);
  if (rule_text_load(&fixture->made, xml)) fail_msg("%s", rule_text_faults(&fixture->made));
  snprintf(fixture->path, sizeof fixture->path, "%s/rules.bin", fixture->made.folder);
  assert_int_equal(image_save(fixture->made.rules, fixture->path), CLAIMANT_OK);
  for (size_t i = 0; i < COUNT(texts); ++i) {
    Matched matched;
    match_text(&fixture->made, texts[i], (Layout){0}, &matched);
    fixture->found[i] = strdup(matched.found);
    matched_free(&matched);
  }
  *state = fixture;
  return 0;
}

static int teardown(void **state)
{
  Fixture *fixture = *state;
  for (size_t i = 0; i < COUNT(texts); ++i) free(fixture->found[i]);
  rule_text_free(&fixture->made);
  free(fixture);
  return 0;
}

static RuleSet *opened(const Fixture *fixture)
{
  RuleSet *rules = NULL;
  assert_int_equal(image_open(fixture->path, fixture->made.path, &rules), CLAIMANT_OK);
  return rules;
}

/* The rules must find what those of the files found. Frees them. */
static void check_output(Fixture *fixture, RuleSet *rules)
{
  RuleText other = {.arena = arena_new(), .rules = rules};
  other.diagnostics.arena = other.arena;
  assert_int_equal(matcher_init(&other.matcher, rules, NULL, NULL, 0, &other.diagnostics), CLAIMANT_OK);
  for (size_t i = 0; i < COUNT(texts); ++i) assert_found(&other, texts[i], (Layout){0}, fixture->found[i]);
  ruleset_free(rules);
  arena_free(other.arena);
}

static void test_same_output(void **state)
{
  Fixture *fixture = *state;
  RuleSet *rules = opened(fixture);
  assert_non_null(rules);
  assert_non_null(strstr(fixture->found[0], "Plea(you; cue=beg; who=you; to="));
  if (!strstr(fixture->found[0], "Again(Krane")) fail_msg("%s", fixture->found[0]);
  assert_string_equal(rules->hash, fixture->made.rules->hash);
  assert_string_equal(rules->iri, fixture->made.rules->iri);
  assert_string_equal(rules->language, "en");
  assert_int_equal(rules->type_count, fixture->made.rules->type_count);
  for (size_t i = 0; i < rules->type_count; ++i) {
    const Type *was = &fixture->made.rules->types[i], *is = &rules->types[i];
    assert_string_equal(is->name, was->name);
    assert_int_equal(is->class_count, was->class_count);
    assert_int_equal(is->role_count, was->role_count);
    assert_int_equal(is->feature_count, was->feature_count);
    assert_int_equal(is->corefer, was->corefer);
  }
  check_output(fixture, rules);
}


static char *contents(const char *path, size_t *size)
{
  FILE *file = fopen(path, "rb");
  assert_non_null(file);
  assert_int_equal(fseek(file, 0, SEEK_END), 0);
  *size = (size_t)ftell(file);
  char *bytes = malloc(*size + 1);
  assert_non_null(bytes);
  rewind(file);
  assert_int_equal(fread(bytes, 1, *size, file), *size);
  fclose(file);
  return bytes;
}

static void test_same_bytes_each_time(void **state)
{
  Fixture *fixture = *state;
  char     second[100];
  size_t   size, second_size;
  snprintf(second, sizeof second, "%s/second.bin", fixture->made.folder);
  assert_int_equal(image_save(fixture->made.rules, second), CLAIMANT_OK);
  char *bytes = contents(fixture->path, &size), *others = contents(second, &second_size);
  assert_int_equal(size, second_size);
  assert_memory_equal(bytes, others, size);
  free(bytes);
  free(others);
}

static void test_missing(void **state)
{
  Fixture *fixture = *state;
  RuleSet *rules = (RuleSet *)fixture;
  assert_int_equal(image_open("/tmp/claimant-no-such-image.bin", fixture->made.path, &rules), CLAIMANT_OK);
  assert_null(rules);
  assert_int_equal(image_open(fixture->made.folder, fixture->made.path, &rules), CLAIMANT_OK); /* a folder */
  assert_null(rules);
  assert_int_equal(image_open(fixture->made.path, fixture->made.path, &rules), CLAIMANT_OK); /* a rule file */
  assert_null(rules);
  assert_int_equal(image_open("/dev/null", fixture->made.path, &rules), CLAIMANT_OK);
  assert_null(rules);
}

static void test_stale(void **state)
{
  Fixture *fixture = *state;
  rule_text_put(&fixture->made, "rules.xml", xml, sizeof xml - 2); /* a line feed less */
  assert_null(opened(fixture));
  rule_text_put(&fixture->made, "rules.xml", xml, sizeof xml - 1);
  RuleSet *rules = opened(fixture);
  assert_non_null(rules);
  ruleset_free(rules);
  assert_int_equal(unlink(fixture->made.path), 0);
  assert_null(opened(fixture));
  rule_text_put(&fixture->made, "rules.xml", xml, sizeof xml - 1);
}

static void test_unwritable(void **state)
{
  Fixture *fixture = *state;
  assert_int_equal(image_save(fixture->made.rules, "/tmp/claimant-no-such-folder/rules.bin"), CLAIMANT_OUTPUT);
  assert_int_equal(image_save(fixture->made.rules, fixture->made.folder), CLAIMANT_OUTPUT); /* a folder is no file */
}

/* Each byte in turn has a bit flipped: the image is refused, or the byte did not matter. */
static void test_flipped_bytes(void **state)
{
  Fixture *fixture = *state;
  size_t   size, harmless = 0;
  char    *bytes = contents(fixture->path, &size);
  int      file = open(fixture->path, O_WRONLY);
  assert_true(file >= 0);
  for (size_t i = 0; i < size; ++i) {
    char flipped = (char)(bytes[i] ^ (1 << (i % 8)));
    assert_int_equal(pwrite(file, &flipped, 1, (off_t)i), 1);
    RuleSet *rules = opened(fixture);
    if (rules) check_output(fixture, rules), harmless++;
    assert_int_equal(pwrite(file, bytes + i, 1, (off_t)i), 1);
  }
  close(file);
  free(bytes);
  assert_in_range(harmless, 0, 100); /* parts of the header that nothing asks for */
  check_output(fixture, opened(fixture));
}

static void test_truncated(void **state)
{
  Fixture *fixture = *state;
  size_t   size;
  char    *bytes = contents(fixture->path, &size);
  char     longer[2] = {0};
  rule_text_put(&fixture->made, "rules.bin", bytes, size);
  int file = open(fixture->path, O_WRONLY | O_APPEND);
  assert_int_equal(write(file, longer, 1), 1);
  close(file);
  assert_null(opened(fixture));
  for (size_t left = size; left-- > 0;) {
    assert_int_equal(truncate(fixture->path, (off_t)left), 0);
    assert_null(opened(fixture));
  }
  rule_text_put(&fixture->made, "rules.bin", bytes, size);
  free(bytes);
  check_output(fixture, opened(fixture));
}

/* Rule sets that lack what most have. */
static void test_small_sets(void **state)
{
  static const char *const sets[] = {
      RULES(""),
      RULES("<type name=\"A\"/>"),
      RULES("<gazetteer name=\"g\"><term>x</term></gazetteer>"),
      RULES("<type name=\"A\"/><phase id=\"p\"/>"),
      RULES("<type name=\"A\"/>" PHASE("id=\"p\"", RULE("id=\"r\" emits=\"A\"", "<pattern>[xy]</pattern>"))),
  };
  (void)state;
  for (size_t i = 0; i < COUNT(sets); ++i) {
    Fixture fixture = {0};
    assert_int_equal(rule_text_load(&fixture.made, sets[i]), CLAIMANT_OK);
    snprintf(fixture.path, sizeof fixture.path, "%s/rules.bin", fixture.made.folder);
    assert_int_equal(image_save(fixture.made.rules, fixture.path), CLAIMANT_OK);
    RuleSet *rules = opened(&fixture);
    assert_non_null(rules);
    assert_int_equal(rules->rule_count, fixture.made.rules->rule_count);
    ruleset_free(rules);
    rule_text_free(&fixture.made);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(test_same_output, setup, teardown),
      cmocka_unit_test_setup_teardown(test_same_bytes_each_time, setup, teardown),
      cmocka_unit_test_setup_teardown(test_missing, setup, teardown),
      cmocka_unit_test_setup_teardown(test_stale, setup, teardown),
      cmocka_unit_test_setup_teardown(test_unwritable, setup, teardown),
      cmocka_unit_test_setup_teardown(test_flipped_bytes, setup, teardown),
      cmocka_unit_test_setup_teardown(test_truncated, setup, teardown),
      cmocka_unit_test(test_small_sets),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
