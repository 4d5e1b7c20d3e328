/* JSON Lines: reading a line, writing a document and the record of one that failed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <jansson.h>
#include <string.h>

#include "read/jsonl.h"
#include "write/jsonl.h"
#include "write/writer.h"

/* ---- Reading --------------------------------------------------------------------------------- */

static void expect_error(const char *text, const char *id, const char *code)
{
  JsonLine line;
  assert_int_equal(jsonl_read(text, strlen(text), &line), CLAIMANT_BAD_DATA);
  assert_string_equal(line.error_code, code);
  assert_non_null(line.error_message);
  if (id) assert_string_equal(line.id_json, id);
  else assert_null(line.id_json);
  jsonl_free(&line);
}

static void expect_id(const char *text, const char *id)
{
  JsonLine line;
  assert_int_equal(jsonl_read(text, strlen(text), &line), CLAIMANT_OK);
  if (id) assert_string_equal(line.id_json, id);
  else assert_null(line.id_json);
  jsonl_free(&line);
}

static void test_fields(void **state)
{
  (void)state;
  const char *text =
      "{\"id\": \"a\", \"text\": \"Dear S\\u00f8ren\", \"date\": \"2020-03-01\", \"genre\": \"news\","
      " \"iri\": \"https://example.org/a\", \"title\": {\"text\": 1}}";
  JsonLine line;
  assert_int_equal(jsonl_read(text, strlen(text), &line), CLAIMANT_OK);
  assert_string_equal(line.text, "Dear S\xc3\xb8ren");
  assert_int_equal(line.size, 11);
  assert_int_equal(line.format, CLAIMANT_TEXT);
  assert_string_equal(line.date, "2020-03-01");
  assert_string_equal(line.genre, "news");
  assert_string_equal(line.iri, "https://example.org/a");
  assert_null(line.path);
  jsonl_free(&line);
}

static void test_which_text(void **state)
{
  (void)state;
  JsonLine    line;
  const char *all = "{\"path\": \"p\", \"html\": \"<p>h\", \"text\": \"t\"}";
  assert_int_equal(jsonl_read(all, strlen(all), &line), CLAIMANT_OK);
  assert_string_equal(line.text, "t");
  assert_null(line.path);
  jsonl_free(&line);
  const char *html = "{\"path\": \"p\", \"html\": \"<p>h\", \"text\": null}";
  assert_int_equal(jsonl_read(html, strlen(html), &line), CLAIMANT_OK);
  assert_string_equal(line.text, "<p>h");
  assert_int_equal(line.format, CLAIMANT_HTML);
  jsonl_free(&line);
  const char *path = "{\"path\": \"p\"}";
  assert_int_equal(jsonl_read(path, strlen(path), &line), CLAIMANT_OK);
  assert_null(line.text);
  assert_string_equal(line.path, "p");
  jsonl_free(&line);
  expect_id("{\"id\": \"empty\", \"text\": \"\"}", "\"empty\"");
}

static void test_ids_come_back_as_written(void **state)
{
  (void)state;
  expect_id("{\"id\":\"a \\u00e9 \\\" \\\\\",\"text\":\"t\"}", "\"a \\u00e9 \\\" \\\\\"");
  expect_id("{\"text\":\"t\",\"id\" : 1.10 }", "1.10");
  expect_id("{\"text\":\"t\",\"id\":123456789012345678901234567890}", "123456789012345678901234567890");
  expect_id("{\"text\":\"\\\"id\\\": 4\",\"x\":{\"id\":5},\"y\":[{\"id\":6}],\"id\":-7e2}", "-7e2");
  expect_id("{\"id\":null,\"text\":\"t\"}", "null");
  expect_id("{\"id\":[1,{\"a\":\"]}\"}],\"text\":\"t\"}", "[1,{\"a\":\"]}\"}]");
  expect_id("{\"id\":1,\"text\":\"t\",\"id\":2}", "2");
  expect_id("{\"text\":\"t\"}", NULL);
}

static void test_bad_lines(void **state)
{
  (void)state;
  expect_error("", NULL, "bad-json");
  expect_error("nonsense", NULL, "bad-json");
  expect_error("{\"id\": \"a\", \"text\": \"t\"", NULL, "bad-json");
  expect_error("{\"id\": \"a\", \"text\": \"t\"} {}", NULL, "bad-json");
  expect_error("{\"id\": \"a\", \"text\": \"\xff\"}", NULL, "bad-json");
  expect_error("[]", NULL, "bad-json");
  expect_error("\"text\"", NULL, "bad-json");
  expect_error("{\"id\": 3}", "3", "no-text");
  expect_error("{\"id\": 3, \"text\": 4}", "3", "bad-field");
  expect_error("{\"id\": 3, \"text\": \"t\", \"genre\": \"poem\"}", "3", "bad-genre");
}

static void test_date_of_another_form(void **state)
{
  (void)state;
  static const char *const dates[] = {"1 May 2020", "2020-5-1", "03-02-2009", ""};
  for (size_t i = 0; i < sizeof dates / sizeof *dates; ++i) {
    char     text[128];
    JsonLine line;
    int      bytes = snprintf(text, sizeof text, "{\"id\": 3, \"text\": \"t\", \"date\": \"%s\"}", dates[i]);
    assert_int_equal(jsonl_read(text, (size_t)bytes, &line), CLAIMANT_OK);
    assert_null(line.date);
    assert_non_null(strstr(line.remark, "YYYY-MM-DD"));
    jsonl_free(&line);
  }
}

static void test_text_that_utf8_cannot_carry(void **state)
{
  (void)state;
  expect_error("{\"id\": \"a\", \"text\": \"x \\ud800 y\"}", "\"a\"", "bad-text");
  expect_error("{\"id\": \"a\", \"text\": \"x \\udc00 y\"}", "\"a\"", "bad-text");
  expect_error("{\"text\": \"x \\udfff\", \"id\": 9}", "9", "bad-text");
  expect_error("{\"id\": \"\\ud800\", \"text\": \"t\"}", NULL, "bad-text");
  expect_error("{\"id\": \"a\", \"text\": \"x \\u0000 y\"}", "\"a\"", "bad-text");
  expect_error("{\"id\": \"a\", \"path\": \"x\\u0000\"}", "\"a\"", "bad-text");
  expect_id("{\"id\": \"a\", \"text\": \"\\ud83c\\udf09\"}", "\"a\"");
}

/* ---- Writing --------------------------------------------------------------------------------- */

static const char letter_text[] = "Dear Zoë Brânză,\nWe urge you to act.";

/* Where `words` stand in the letter. */
static Span find(const char *words)
{
  uint32_t start = (uint32_t)(strstr(letter_text, words) - letter_text);
  return (Span){start, start + (uint32_t)strlen(words)};
}

static Entity zoe = {.id = "person-0123456789abcdef", .label = "Zoë Brânză"};
static Entity writer = {.id = "writer"};

static json_t *write_and_read(Document *document, const WriteOptions *options)
{
  Buffer out = {0};
  assert_int_equal(write_jsonl(document, options, &out), CLAIMANT_OK);
  assert_int_equal(out.data[out.size - 1], '\n');
  assert_ptr_equal(memchr(out.data, '\n', out.size), out.data + out.size - 1);
  json_t *value = json_loadb(out.data, out.size, JSON_REJECT_DUPLICATES, NULL);
  assert_non_null(value);
  buffer_free(&out);
  return value;
}

static const char *string_at(json_t *value, const char *name)
{
  return json_string_value(json_object_get(value, name));
}

static json_int_t number_at(json_t *value, const char *name)
{
  return json_integer_value(json_object_get(value, name));
}

static void test_document(void **state)
{
  (void)state;
  static FeatureType hidden_type = {.name = "tense", .output = false},
                     shown_type = {.name = "strength", .output = true, .from = NO_TYPE};
  static Type        demand = {.name = "Demand"};
  static Rule        rule = {.id = "demand-performative"};
  static ItemFeature features[] = {{&shown_type, "strength", "urge"}, {&hidden_type, "tense", "past"}};
  RuleSet            rules = {.hash = "11ff"};
  ItemRole           roles[] = {
                {.name = "addressee",
                 .ref = CLAIMANT_REF_ADDRESSEE,
                 .has_span = true,
                 .span = find("you"),
                 .entity = &zoe},
                {.name = "cue", .has_span = true, .span = find("urge")},
                {.name = "cue", .has_span = true, .span = find("to")},
                {.name = "demander", .ref = CLAIMANT_REF_WRITER, .entity = &writer},
  };
  Item          item = {.id = "demand-1",
                        .type = &demand,
                        .rule = &rule,
                        .span = find("act"),
                        .evidence = find("We urge you to act."),
                        .confidence = 0.95,
                        .features = features,
                        .feature_count = 2,
                        .roles = roles,
                        .role_count = 4};
  const Entity *addressees[] = {&zoe}, *senders[] = {&writer};
  Diagnostics   none = {.arena = arena_new()};
  Document      document = {.rules = &rules, .rules_hash = "00ff", .sha256 = "abcd", .items = &item, .item_count = 1};
  assert_int_equal(letter_new(letter_text, strlen(letter_text), NULL, &none, &document.letter), CLAIMANT_OK);
  document.meta = (LetterMeta){.date = "2020-03-01", .senders = senders, .addressees = addressees};
  document.meta.sender_count = document.meta.addressee_count = 1;

  json_t *value = write_and_read(&document, &(WriteOptions){.id_json = "\"x\"", .with_text = true});
  assert_int_equal(number_at(value, "v"), 1);
  assert_string_equal(string_at(value, "id"), "x");
  assert_string_equal(string_at(value, "sha256"), "abcd");
  assert_string_equal(string_at(value, "rules"), "00ff");
  assert_string_equal(string_at(value, "text"), letter_text);
  json_t *meta = json_object_get(value, "letter");
  assert_string_equal(string_at(meta, "date"), "2020-03-01");
  assert_int_equal(json_array_size(json_object_get(meta, "sender")), 0);
  assert_int_equal(json_array_size(json_object_get(meta, "addressee")), 1);

  json_t *written = json_array_get(json_object_get(value, "items"), 0);
  assert_string_equal(string_at(written, "type"), "Demand");
  assert_int_equal(number_at(written, "start"), 32);
  assert_int_equal(number_at(written, "end"), 35);
  assert_string_equal(string_at(written, "text"), "act");
  assert_string_equal(string_at(written, "rule"), "demand-performative");
  json_t *roles_written = json_object_get(written, "roles");
  json_t *addressee = json_object_get(roles_written, "addressee");
  assert_string_equal(string_at(addressee, "ref"), "letter-addressee");
  assert_string_equal(string_at(addressee, "text"), "you");
  assert_string_equal(string_at(addressee, "entity"), zoe.id);
  assert_int_equal(json_array_size(json_object_get(roles_written, "cue")), 2);
  json_t *demander = json_object_get(roles_written, "demander");
  assert_string_equal(string_at(demander, "ref"), "writer");
  assert_null(json_object_get(demander, "start"));
  json_t *features_written = json_object_get(written, "features");
  assert_int_equal(json_object_size(features_written), 1);
  assert_string_equal(string_at(features_written, "strength"), "urge");

  json_decref(value);
  letter_free(document.letter);
  arena_free(none.arena);
}

static void expect_record(ErrorRecord record, const char *expected)
{
  Buffer out = {0};
  write_error_record(&record, &out);
  assert_string_equal(out.data, expected);
  buffer_free(&out);
}

static void test_error_records(void **state)
{
  (void)state;
  expect_record(
      (ErrorRecord){.id_json = "7", .line = 3, .code = "limit", .message = "too \"much\"", .rule = "r"},
      "{\"id\":7,\"error\":{\"code\":\"limit\",\"message\":\"too \\\"much\\\"\",\"rule\":\"r\"}}\n");
  expect_record((ErrorRecord){.line = 3, .code = "bad-json", .message = "no"},
                "{\"id\":null,\"line\":3,\"error\":{\"code\":\"bad-json\",\"message\":\"no\"}}\n");
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_fields),
      cmocka_unit_test(test_which_text),
      cmocka_unit_test(test_ids_come_back_as_written),
      cmocka_unit_test(test_bad_lines),
      cmocka_unit_test(test_date_of_another_form),
      cmocka_unit_test(test_text_that_utf8_cannot_carry),
      cmocka_unit_test(test_document),
      cmocka_unit_test(test_error_records),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
