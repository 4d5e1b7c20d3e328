/* Reading: plain text and HTML to letters. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "read/html.h"
#include "read/text.h"
#include "show.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef ClaimantStatus Reader(const char *, size_t, const char *, Diagnostics *, Letter **);

/* Reads bytes; the code of the first diagnostic, or "", goes to *code, which is static. */
static ClaimantStatus read_bytes(Reader *reader, const char *bytes, size_t size, const char **code,
                                 Letter **letter)
{
  Arena      *arena = arena_new();
  Diagnostics diagnostics = {.arena = arena};
  *letter = NULL;
  ClaimantStatus st = reader(bytes, size, "page", &diagnostics, letter);
  *code = diagnostics.count ? diagnostics.items[0].code : "";
  if (*letter) (*letter)->diagnostics = NULL;
  arena_free(arena);
  return st;
}

static void expect_text_of(Reader *reader, const char *bytes, size_t size, const char *text,
                           const char *expected_code)
{
  const char *code;
  Letter     *letter;
  assert_int_equal(read_bytes(reader, bytes, size, &code, &letter), CLAIMANT_OK);
  assert_string_equal(letter->text, text);
  assert_string_equal(code, expected_code);
  letter_free(letter);
}

static void expect_html(const char *html, const char *text)
{
  expect_text_of(read_html, html, strlen(html), text, "");
}

static void expect_units(const char *html, const char *expected)
{
  const char *code;
  Letter     *letter;
  assert_int_equal(read_bytes(read_html, html, strlen(html), &code, &letter), CLAIMANT_OK);
  char *shown = show_letter(letter);
  assert_string_equal(shown, expected);
  free(shown);
}

/* ---- Text -------------------------------------------------------------------------- */

static void text_is_kept_as_it_is(void **state)
{
  (void)state;
  static const char text[] = "\xEF\xBB\xBF"
                             "Wells\r\n\tare \xC3\xA9 dry.";
  expect_text_of(read_text, text, strlen(text), text, "");
}

static void text_in_utf16(void **state)
{
  (void)state;
  expect_text_of(read_text,
                 "\xFF\xFE"
                 "d\0r\0y\0\xE9\0\x3D\xD8\xA7\xDC",
                 14, "dry\xC3\xA9\xF0\x9F\x92\xA7", "");
  expect_text_of(read_text,
                 "\xFE\xFF"
                 "\0d\0r\0y\x20\x19",
                 10, "dry\xE2\x80\x99", "");
  expect_text_of(read_text,
                 "\xFF\xFE"
                 "d\0\0\xD8y\0x",
                 9, "d\xEF\xBF\xBDy\xEF\xBF\xBD", "invalid-charset");
}

static void bad_bytes_in_text(void **state)
{
  (void)state;
  expect_text_of(read_text, "caf\xFF of Orva", 12, "caf\xEF\xBF\xBD of Orva", "invalid-utf8");
  expect_text_of(read_text, "caf\xC3\xA9 of Orva, \xE9", 16, "caf\xC3\xA9 of Orva, \xEF\xBF\xBD", "invalid-utf8");
}

static void windows_1252_that_nobody_declared(void **state)
{
  (void)state;
  expect_text_of(read_text, "caf\xE9 of Orva\x92s", 14, "caf\xC3\xA9 of Orva\xE2\x80\x99s", "guessed-charset");
  expect_text_of(read_html, "<p>caf\xE9</p>", 11, "caf\xC3\xA9\n", "guessed-charset");
  expect_text_of(read_text, "caf\xE9 of Orva \x81", 14, "caf\xEF\xBF\xBD of Orva \xEF\xBF\xBD", "invalid-utf8");
}

static void nothing_to_read(void **state)
{
  (void)state;
  expect_text_of(read_text, "", 0, "", "empty");
  expect_text_of(read_text, NULL, 0, "", "empty");
  expect_text_of(read_text, " \n\xC2\xA0\n", 5, " \n\xC2\xA0\n", "empty");
  expect_text_of(read_html, "", 0, "", "empty");
  expect_text_of(read_html, "<p> <b></b>", 11, "", "empty");
}

static void what_is_no_text(void **state)
{
  (void)state;
  char bytes[4096];
  for (size_t i = 0; i < sizeof bytes; ++i) bytes[i] = (char)(i * 167 >> 3);
  const char *code;
  Letter     *letter;
  assert_int_equal(read_bytes(read_text, bytes, sizeof bytes, &code, &letter), CLAIMANT_BAD_DATA);
  assert_string_equal(code, "not-text");
  assert_null(letter);
  memset(bytes, 0, sizeof bytes);
  assert_int_equal(read_bytes(read_text, bytes, sizeof bytes, &code, &letter), CLAIMANT_BAD_DATA);
}

/* ---- HTML: what is text -------------------------------------------------------------- */

static void blocks_stand_apart(void **state)
{
  (void)state;
  expect_html(
      "<html><head><title>Wells</title></head><body><h1>The\n wells</h1><p>They are <b>d</b>ry,\n  "
      "all&nbsp;of them."
      "<p>We <i>wait</i><br>and see<br/>.<div>Still<div>waiting</div>here</div>",
      "The wells\n\nThey are dry, all\xC2\xA0of them.\n\nWe wait\nand see\n.\n\nStill\n\nwaiting\n\nhere\n");
}

static void code_is_left_out(void **state)
{
  (void)state;
  expect_html(
      "<style>p { }</style><p>Dry.<script>if (a < b) document.write('<p>no</p>')</script> Yes.</p>"
      "<noscript>no</noscript><textarea>no</textarea><select><option>no</select><svg><text>no</text></svg>"
      "<template><p>no</template><!-- no --><iframe>no</iframe><p>End",
      "Dry. Yes.\n\nEnd\n");
  expect_html("#!/usr/bin/php\n<?php\n$a = \"<p>\"; if ($a->b > 1) { ?>\n<p>Dry.</p>\n<?= $x ?>wells<?php no",
              "Dry.\n\nwells\n");
}

static void lines_of_pre_and_tables(void **state)
{
  (void)state;
  expect_html("<pre>one\n  two\n\nthree</pre><table><tr><td>a</td><td>b c</td></tr><tr><th>d<td>e</table>",
              "one\ntwo\n\nthree\n\na\tb c\n\nd\te\n");
  expect_html("<p>He said <q>dry</q>.", "He said \xE2\x80\x9C"
                                        "dry\xE2\x80\x9D.\n");
  expect_html("a &lt;b&gt; &amp; &#233;&#x2019; &eacute; &unknown;",
              "a <b> & \xC3\xA9\xE2\x80\x99 \xC3\xA9 &unknown;\n");
}

/* ---- HTML: encodings ------------------------------------------------------------------- */

static void declared_encodings(void **state)
{
  (void)state;
  expect_html("<meta http-equiv='Content-Type' content='text/html; charset=ISO-8859-1'><p>caf\xE9 \x93"
              "dry\x94",
              "caf\xC3\xA9 \xE2\x80\x9C"
              "dry\xE2\x80\x9D\n");
  expect_html("<meta charset=koi8-r><p>\xC4\xC1", "\xD0\xB4\xD0\xB0\n");
  expect_html("<meta charset=\"iso-8859-1\"><p>caf\xC3\xA9", "caf\xC3\xA9\n");
  expect_html("\xEF\xBB\xBF<meta charset=koi8-r><p>caf\xC3\xA9", "caf\xC3\xA9\n");
  expect_text_of(read_html, "\xFF\xFE<\0p\0>\0\xE9\0", 10, "\xC3\xA9\n", "");
  static const char unknown[] = "<meta charset=no-such><p>caf";
  expect_text_of(read_html, unknown, strlen(unknown), "caf\n", "unknown-charset");
}

static void one_bad_byte_loses_nothing(void **state)
{
  (void)state;
  char   html[70000] = "<p>first</p>";
  size_t size = strlen(html);
  while (size < 60000) size += (size_t)snprintf(html + size, sizeof html - size, "<p>well</p>");
  html[30000 - 30000 % 11 + 4] = '\xFF';
  strcpy(html + size, "<p>last</p>");
  const char *code;
  Letter     *letter;
  assert_int_equal(read_bytes(read_html, html, strlen(html), &code, &letter), CLAIMANT_OK);
  assert_string_equal(code, "invalid-utf8");
  assert_non_null(strstr(letter->text, "\xEF\xBF\xBD"));
  assert_string_equal(letter->text + letter->size - 5, "last\n");
  letter_free(letter);
  expect_text_of(read_html, "<p>a\0b<p>c", 10,
                 "a\xEF\xBF\xBD"
                 "b\n\nc\n",
                 "invalid-utf8");
}

/* ---- HTML: what the page tells of its parts ------------------------------------------------ */

static void parts_of_a_page(void **state)
{
  (void)state;
  expect_units("<nav><a>Wells</a> <a>Pumps</a></nav><div hidden>Sold</div><header>River Watch</header>"
               "<main><h2>Open the valves of Orva, please.</h2><p>We ask you to:</p>"
               "<ul><li>act</li><li>see that:<ul><li>wells are open</li><li>pumps "
               "run</li></ul></li><li>report. Soon.</li></ul>"
               "<p>Hear us.</p><aside>Maps</aside></main><div class='x footnotes'><p>See the map.</p></div>"
               "<p style='color:red; display: none'>Sold</p><footer>All of it</footer>",
               "furniture Wells Pumps  Sold\n"
               "paragraph/sentence River Watch\n"
               "heading/heading Open the valves of Orva, please.\n"
               "paragraph/leadin0 We ask you to:\nitem/item0 act\nitem/leadin1 see that:\n"
               "item/item1 wells are open\nitem/item1 pumps run\nitem/item0 report.\nitem/sentence Soon.\n"
               "paragraph/sentence Hear us.\nfurniture Maps\nfootnote/sentence See the map.\n"
               "furniture Sold  All of it\n");
}

/* Items that differ in their numbers alone look like the heads of pages that count; the page says they are none. */
static void items_that_count(void **state)
{
  (void)state;
  Buffer html = {0}, units = {0};
  buffer_append_string(&html, "<p>We ask you to:</p><ul>");
  buffer_append_string(&units, "paragraph/leadin0 We ask you to:\n");
  for (int i = 1; i <= 20; ++i) {
    buffer_printf(&html, "<li>open well %d;</li>", i);
    buffer_printf(&units, "item/item0 open well %d;\n", i);
  }
  buffer_append_string(&html, "</ul>");
  expect_units(html.data, units.data);
  buffer_free(&html);
  buffer_free(&units);
}

static void widgets(void **state)
{
  (void)state;
  expect_units(
      "<form><p>The wells are dry.</p></form><form>Name <input><button>Go on</button></form><p>We wait.</p>",
      "paragraph/sentence The wells are dry.\nfurniture Name  Go on\nparagraph/sentence We wait.\n");
}

static void html_reads_like_text(void **state)
{
  (void)state;
  expect_units(
      "<div>3 March 2021<p><b>To:</b> Adela Krane<br>\nMinister of Water<p>Dear Minister,<p>The wells "
      "of\nLower Orva are dry."
      "<h3>Open the valves</h3><p>We ask you to act on this:<br>\n- open them;<br>\n- repair the "
      "pumps.<p>Yours sincerely,"
      "<p>Tomas Hale<br>\nRiver Watch<br>\n</div>",
      "dateline/line 3 March 2021\naddress/line To: Adela Krane\naddress/line Minister of Water\n"
      "salutation/salutation Dear Minister,\nparagraph/sentence The wells of Lower Orva are dry.\n"
      "heading/heading Open the valves\nparagraph/leadin0 We ask you to act on this:\nitem/item0 open them;\n"
      "item/item0 repair the pumps.\nclosing/line Yours sincerely,\nsignature/line Tomas "
      "Hale\nsignature/line River Watch\n");
}

/* ---- HTML: nesting without end ------------------------------------------------------------- */

static char *repeat(const char *piece, size_t times, const char *end)
{
  size_t length = strlen(piece);
  char  *out = malloc(length * times + strlen(end) + 1);
  assert_non_null(out);
  for (size_t i = 0; i < times; ++i) memcpy(out + i * length, piece, length);
  strcpy(out + length * times, end);
  return out;
}

static void deep_pages(void **state)
{
  (void)state;
  const char *code;
  Letter     *letter;
  char       *html = repeat("<div>", 10000, "wells");
  expect_html(html, "wells\n");
  free(html);
  html = repeat("<div>", 30000, "wells");
  assert_int_equal(read_bytes(read_html, html, strlen(html), &code, &letter), CLAIMANT_BAD_DATA);
  assert_string_equal(code, "html-depth");
  assert_null(letter);
  free(html);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(text_is_kept_as_it_is), cmocka_unit_test(text_in_utf16),
      cmocka_unit_test(bad_bytes_in_text),     cmocka_unit_test(nothing_to_read),
      cmocka_unit_test(windows_1252_that_nobody_declared),
      cmocka_unit_test(what_is_no_text),       cmocka_unit_test(blocks_stand_apart),
      cmocka_unit_test(code_is_left_out),      cmocka_unit_test(lines_of_pre_and_tables),
      cmocka_unit_test(declared_encodings),    cmocka_unit_test(one_bad_byte_loses_nothing),
      cmocka_unit_test(parts_of_a_page),       cmocka_unit_test(items_that_count),
      cmocka_unit_test(widgets),
      cmocka_unit_test(html_reads_like_text),  cmocka_unit_test(deep_pages),
  };
  return cmocka_run_group_tests_name("read", tests, NULL, NULL);
}
