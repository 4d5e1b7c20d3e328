/* Turtle and N-Triples: the same bytes every time, and nothing half-written. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "graph/build.h"
#include "hand_made.h"
#include "write/raptor.h"
#include "write/serd.h"
#include "write/writer.h"

#include <string.h>

static const WriteOptions plain = {.base = "https://kg.example.org/"};

static size_t lines(const char *text)
{
  size_t count = 0;
  for (; *text; ++text) count += *text == '\n';
  return count;
}

static void turtle(void **state)
{
  (void)state;
  HandMade made;
  Buffer   out = {0};
  hand_made_new(&made);
  assert_int_equal(write_turtle(&made.document, &plain, &out), CLAIMANT_OK);
  assert_non_null(strstr(out.data, "@prefix clm: <https://w3id.org/claimant/ns#> ."));
  assert_non_null(strstr(out.data, "clm:strength clm:strength-urge"));
  assert_non_null(strstr(out.data, "schema:name \"Adela Krane\"@en"));
  assert_non_null(strstr(out.data, "\"2021-05\"^^xsd:gYearMonth"));
  assert_null(strstr(out.data, "_:"));
  buffer_free(&out);
  hand_made_free(&made);
}

static void one_line_a_statement(void **state)
{
  (void)state;
  HandMade     made;
  Buffer       out = {0};
  Graph       *graph = NULL;
  GraphOptions options = {.base = plain.base};
  hand_made_new(&made);
  assert_int_equal(write_ntriples(&made.document, &plain, &out), CLAIMANT_OK);
  assert_int_equal(graph_build(&made.document, &options, &graph), CLAIMANT_OK);
  assert_int_equal(lines(out.data), graph->count);
  graph_free(graph);
  buffer_free(&out);
  hand_made_free(&made);
}

static void same_bytes_every_time(void **state)
{
  (void)state;
  static const WriteFn writers[] = {write_turtle, write_ntriples, write_nquads, write_trig};
  for (size_t i = 0; i < sizeof writers / sizeof *writers; ++i) {
    HandMade made;
    Buffer   first = {0}, second = {0};
    hand_made_new(&made);
    assert_int_equal(writers[i](&made.document, &plain, &first), CLAIMANT_OK);
    hand_made_free(&made);
    hand_made_new(&made);
    Item swapped = made.items[DATE]; /* and in another order */
    made.items[DATE] = made.items[BODY];
    made.items[BODY] = swapped;
    assert_int_equal(writers[i](&made.document, &plain, &second), CLAIMANT_OK);
    assert_string_equal(first.data, second.data);
    buffer_free(&first);
    buffer_free(&second);
    hand_made_free(&made);
  }
}

static void timestamp_when_asked(void **state)
{
  (void)state;
  HandMade     made;
  Buffer       out = {0};
  WriteOptions options = plain;
  hand_made_new(&made);
  options.timestamp = "2021-03-04T05:06:07Z";
  assert_int_equal(write_turtle(&made.document, &options, &out), CLAIMANT_OK);
  assert_non_null(strstr(out.data, "prov:endedAtTime \"2021-03-04T05:06:07Z\"^^xsd:dateTime"));
  buffer_free(&out);
  hand_made_free(&made);
}

static void nothing_half_written(void **state)
{
  (void)state;
  static const WriteFn writers[] = {write_turtle, write_ntriples, write_nquads, write_trig};
  for (size_t i = 0; i < sizeof writers / sizeof *writers; ++i) {
    HandMade     made;
    Buffer       out = {0};
    WriteOptions options = plain;
    hand_made_new(&made);
    buffer_append_string(&out, "before");
    options.report = &made.document.diagnostics;
    hand_made_set(&made.items[DEMAND], "note", "\xED\xA0\x80");
    assert_int_equal(writers[i](&made.document, &options, &out), CLAIMANT_BAD_DATA);
    assert_string_equal(out.data, "before");
    assert_int_equal(made.document.diagnostics.count, 1);
    hand_made_set(&made.items[DEMAND], "note", "fine");
    options.base = "relative/";
    assert_int_equal(writers[i](&made.document, &options, &out), CLAIMANT_BAD_ARGUMENT);
    options.base = "https://kg.example.org/with space/";
    assert_int_equal(writers[i](&made.document, &options, &out), CLAIMANT_BAD_ARGUMENT);
    options.base = plain.base;
    options.timestamp = "now";
    assert_int_equal(writers[i](&made.document, &options, &out), CLAIMANT_BAD_ARGUMENT);
    options.timestamp = NULL;
    assert_string_equal(out.data, "before");
    assert_int_equal(writers[i](&made.document, &options, &out), CLAIMANT_OK);
    assert_int_equal(strncmp(out.data, "before", 6), 0);
    buffer_free(&out);
    hand_made_free(&made);
  }
}

static void a_syntax_nobody_knows(void **state)
{
  (void)state;
  Buffer out = {0};
  Graph *graph = graph_new();
  graph_add_iri(graph, "urn:a", "urn:b", "urn:c");
  assert_int_equal(graph_finish(graph), CLAIMANT_OK);
  assert_int_equal(raptor_write(graph, "no-such-syntax", &out), CLAIMANT_INTERNAL);
  assert_int_equal(out.size, 0);
  buffer_free(&out);
  graph_free(graph);
}

static void carriage_returns_are_escaped(void **state)
{
  (void)state;
  Buffer out = {0};
  Graph *graph = graph_new();
  graph_add_literal(graph, "urn:a", "urn:b", "one\rline", NULL);
  graph_add_literal(graph, "urn:a", "urn:c", "two\r\nlines", NULL);
  assert_int_equal(graph_finish(graph), CLAIMANT_OK);
  assert_int_equal(raptor_write(graph, "turtle", &out), CLAIMANT_OK);
  assert_null(strchr(out.data, '\r'));
  assert_non_null(strstr(out.data, "\"one\\rline\""));
  assert_non_null(strstr(out.data, "\"\"\"two\\r\nlines\"\"\""));
  buffer_free(&out);
  graph_free(graph);
}

static void bulk_formats_escape_what_breaks_a_line(void **state)
{
  (void)state;
  static ClaimantStatus (*const writers[])(Graph *, Buffer *) = {serd_ntriples, serd_nquads, serd_trig};
  for (size_t i = 0; i < 3; ++i) {
    Buffer out = {0};
    Graph *graph = graph_new();
    graph->name = "urn:graph";
    graph_add_prefix(graph, "a", "urn:x:");
    graph_add_literal(graph, "urn:a", "urn:x:b", "a \"b\" \\ c\r\nd\te \xF0\x9F\x8C\x8A", NULL);
    assert_int_equal(graph_finish(graph), CLAIMANT_OK);
    assert_int_equal(writers[i](graph, &out), CLAIMANT_OK);
    assert_non_null(strstr(out.data, "\"a \\\"b\\\" \\\\ c\\r\\nd\\te \xF0\x9F\x8C\x8A\""));
    assert_int_equal(strstr(out.data, "<urn:graph>") != NULL, i > 0);
    assert_int_equal(strstr(out.data, "a:b") != NULL, i == 2);
    buffer_free(&out);
    graph_free(graph);
  }
}

static void a_letter_without_items(void **state)
{
  (void)state;
  HandMade made;
  Buffer   out = {0};
  hand_made_new(&made);
  made.document.item_count = 0;
  assert_int_equal(write_turtle(&made.document, &plain, &out), CLAIMANT_OK);
  assert_non_null(strstr(out.data, "clm:Letter"));
  buffer_free(&out);
  hand_made_free(&made);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(turtle),
      cmocka_unit_test(one_line_a_statement),
      cmocka_unit_test(same_bytes_every_time),
      cmocka_unit_test(timestamp_when_asked),
      cmocka_unit_test(nothing_half_written),
      cmocka_unit_test(a_syntax_nobody_knows),
      cmocka_unit_test(carriage_returns_are_escaped),
      cmocka_unit_test(bulk_formats_escape_what_breaks_a_line),
      cmocka_unit_test(a_letter_without_items),
  };
  return cmocka_run_group_tests_name("write", tests, NULL, NULL);
}
