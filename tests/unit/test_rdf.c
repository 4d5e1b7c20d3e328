/* Reading Turtle and N-Triples of others: triples, their lines, and going on after a fault. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "base/rdf.h"

typedef struct {
  Buffer triples, faults; /* a line each */
  size_t stop_after;      /* triples; 0: never */
  size_t count;
} Heard;

static ClaimantStatus take_triple(void *user, const RdfTriple *triple)
{
  Heard *heard = user;
  buffer_printf(&heard->triples, "%zu <%s> <%s> %s%s%s%s%s%s\n", triple->line, triple->subject, triple->predicate,
                triple->literal ? "'" : "<", triple->object, triple->literal ? "'" : ">",
                triple->language ? "@" : "", triple->language ? triple->language : "",
                triple->datatype ? triple->datatype : "");
  return ++heard->count == heard->stop_after ? CLAIMANT_BAD_DATA : CLAIMANT_OK;
}

static void take_fault(void *user, size_t line, const char *message)
{
  Heard *heard = user;
  assert_non_null(message);
  assert_true(*message);
  buffer_printf(&heard->faults, "%zu ", line);
}

static ClaimantStatus read_text(const char *text, RdfSyntax syntax, const char *base, Heard *heard)
{
  FILE          *file = tmpfile();
  RdfSink        sink = {take_triple, take_fault, heard};
  assert_non_null(file);
  assert_int_equal(fputs(text, file) >= 0, true);
  rewind(file);
  ClaimantStatus status = rdf_read(file, syntax, base, &sink);
  fclose(file);
  return status;
}

/* `triples` and `faults` (line numbers) as they must come. */
static void expect(const char *text, RdfSyntax syntax, const char *triples, const char *faults)
{
  Heard heard = {0};
  assert_int_equal(read_text(text, syntax, "http://b.org/", &heard), CLAIMANT_OK);
  assert_string_equal(heard.triples.data ? heard.triples.data : "", triples);
  assert_string_equal(heard.faults.data ? heard.faults.data : "", faults);
  buffer_free(&heard.triples);
  buffer_free(&heard.faults);
}

static void reads_terms(void **state)
{
  (void)state;
  expect("@prefix x: <http://x.org/> .\nx:a a x:B ;\n  x:p \"one\"@en , \"2\"^^x:n .\n<c> x:p <#d> .\n", RDF_TURTLE,
         "2 <http://x.org/a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://x.org/B>\n"
         "3 <http://x.org/a> <http://x.org/p> 'one'@en\n"
         "3 <http://x.org/a> <http://x.org/p> '2'http://x.org/n\n"
         "4 <http://b.org/c> <http://x.org/p> <http://b.org/#d>\n",
         "");
  expect("<a:a> <a:p> \"x\\u0041\" .\n<a:b> <a:p> <a:c> .", RDF_NTRIPLES,
         "1 <a:a> <a:p> 'xA'\n2 <a:b> <a:p> <a:c>\n", "");
  expect("", RDF_TURTLE, "", "");
  expect("# nothing but a remark", RDF_NTRIPLES, "", "");
}

static void leaves_blank_nodes_out(void **state)
{
  (void)state;
  expect("_:b <a:p> <a:c> .\n<a:a> <a:p> _:b , [ <a:q> 1 ] .\n<a:a> <a:p> \"y\" .\n", RDF_TURTLE, "3 <a:a> <a:p> 'y'\n", "");
}

static void goes_on_after_a_fault(void **state)
{
  (void)state;
  expect("<a:a> <a:p> \"open .\n<a:b> <a:p> \"y\" .\n", RDF_TURTLE, "2 <a:b> <a:p> 'y'\n", "1 ");
  expect("<a:a> nonsense \"x\" ;\n  <a:q> \"z\" .\n<a:b> <a:p> \"y\" .\n", RDF_TURTLE, "3 <a:b> <a:p> 'y'\n", "1 ");
  expect("no triple\n<a:a> <a:p> \"x\" .\nnor this\n", RDF_NTRIPLES, "2 <a:a> <a:p> 'x'\n", "1 3 ");
  expect("no triple .\n<a:a> <a:p> \"x\" .\nnor this .\n<a:b> <a:p> \"y\" .\n", RDF_NTRIPLES,
         "2 <a:a> <a:p> 'x'\n4 <a:b> <a:p> 'y'\n", "1 3 ");
}

static void tells_of_bytes_that_are_not_utf8(void **state)
{
  (void)state;
  expect("<a:a> <a:p> \"x\xFFy\" .\n<a:b> <a:p> \"y\" .\n", RDF_TURTLE,
         "1 <a:a> <a:p> 'x\xEF\xBF\xBDy'\n2 <a:b> <a:p> 'y'\n", "1 ");
}

static void stops_when_told(void **state)
{
  (void)state;
  Heard heard = {.stop_after = 2};
  assert_int_equal(read_text("<a:a> <a:p> 1, 2, 3, 4 .", RDF_TURTLE, NULL, &heard), CLAIMANT_BAD_DATA);
  assert_int_equal(heard.count, 2);
  assert_null(heard.faults.data);
  buffer_free(&heard.triples);
}

static void knows_syntaxes_by_name(void **state)
{
  (void)state;
  assert_int_equal(rdf_syntax("a/b.nt"), RDF_NTRIPLES);
  assert_int_equal(rdf_syntax("a/b.ttl"), RDF_TURTLE);
  assert_int_equal(rdf_syntax("nt"), RDF_TURTLE);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(reads_terms),           cmocka_unit_test(leaves_blank_nodes_out),
      cmocka_unit_test(goes_on_after_a_fault), cmocka_unit_test(tells_of_bytes_that_are_not_utf8),
      cmocka_unit_test(stops_when_told),       cmocka_unit_test(knows_syntaxes_by_name),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
