/* Writing JSON: what is written must read back as what was meant, whatever the bytes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <jansson.h>
#include <string.h>

#include "write/json.h"

static void expect_text(const char *text, size_t bytes, const char *expected)
{
  Buffer out = {0};
  Json   json = {.out = &out};
  json_put_text(&json, text, bytes);
  assert_string_equal(out.data, expected);
  json_t *value = json_loadb(out.data, out.size, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
  assert_non_null(value);
  json_decref(value);
  buffer_free(&out);
}

static void test_escapes(void **state)
{
  (void)state;
  expect_text("plain", 5, "\"plain\"");
  expect_text("", 0, "\"\"");
  expect_text("a\"b\\c", 5, "\"a\\\"b\\\\c\"");
  expect_text("\t\n\r\b\f", 5, "\"\\t\\n\\r\\b\\f\"");
  expect_text("\0\x01\x1f\x7f", 4, "\"\\u0000\\u0001\\u001f\x7f\"");
  expect_text("Gül \xf0\x9f\x8c\x89", 9, "\"Gül \xf0\x9f\x8c\x89\"");
}

static void test_no_line_breaks_of_any_kind(void **state)
{
  (void)state;
  expect_text("a\xc2\x85z", 4, "\"a\\u0085z\"");
  expect_text("a\xe2\x80\xa8z", 5, "\"a\\u2028z\"");
  expect_text("a\xe2\x80\xa9z", 5, "\"a\\u2029z\"");
}

static void test_bad_bytes_are_replaced(void **state)
{
  (void)state;
  expect_text("a\xffz", 3, "\"a\xef\xbf\xbdz\"");
  expect_text("a\xed\xa0\x80", 4, "\"a\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"");
  expect_text("cut\xe2\x80", 5, "\"cut\xef\xbf\xbd\xef\xbf\xbd\"");
}

static void test_every_byte_reads_back(void **state)
{
  (void)state;
  for (int byte = 0; byte < 128; ++byte) {
    char   text[3] = {'<', (char)byte, '>'};
    Buffer out = {0};
    Json   json = {.out = &out};
    json_put_text(&json, text, sizeof text);
    json_t *value = json_loadb(out.data, out.size, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
    assert_non_null(value);
    assert_int_equal(json_string_length(value), sizeof text);
    assert_memory_equal(json_string_value(value), text, sizeof text);
    json_decref(value);
    buffer_free(&out);
  }
}

static void expect_share(double share, const char *expected)
{
  Buffer out = {0};
  Json   json = {.out = &out};
  json_put_share(&json, share);
  assert_string_equal(out.data, expected);
  buffer_free(&out);
}

static void test_shares(void **state)
{
  (void)state;
  expect_share(0, "0");
  expect_share(1, "1");
  expect_share(0.95, "0.95");
  expect_share(0.5, "0.5");
  expect_share(1.0 / 3, "0.333333");
  expect_share(0.000001, "0.000001");
  expect_share(0.9999999, "1");
  expect_share(7, "1");
  expect_share(-1, "0");
}

static void test_commas(void **state)
{
  (void)state;
  Buffer out = {0};
  Json   json = {.out = &out};
  json_begin(&json, '{');
  json_key(&json, "a");
  json_begin(&json, '[');
  json_put_size(&json, 0);
  json_put_size(&json, SIZE_MAX);
  json_begin(&json, '[');
  json_end(&json, ']');
  json_put_string(&json, NULL);
  json_end(&json, ']');
  json_key(&json, "b");
  json_put_raw(&json, "true");
  json_end(&json, '}');
  assert_string_equal(out.data, "{\"a\":[0,18446744073709551615,[],null],\"b\":true}");
  buffer_free(&out);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_escapes),
      cmocka_unit_test(test_no_line_breaks_of_any_kind),
      cmocka_unit_test(test_bad_bytes_are_replaced),
      cmocka_unit_test(test_every_byte_reads_back),
      cmocka_unit_test(test_shares),
      cmocka_unit_test(test_commas),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
