/* The whole way of a text, with the rules of the tree: both engines, and every format out. */
#include "fuzz.h"
#include "audit/page.h"
#include "letter/segment.h"
#include "session.h"
#include "write/writer.h"

#include <jansson.h>
#include <serd/serd.h>
#include <string.h>

static ClaimantDocument *extract(const uint8_t *data, size_t size, bool plain)
{
  ClaimantInput     input = {.data = (const char *)data, .size = size, .name = "letter.txt", .date = "2021-03-04", .plain = plain};
  ClaimantDocument *document = NULL;
  ClaimantStatus    status = claimant_extract(fuzz_rules(), &input, &document);
  CHECK(status == CLAIMANT_OK || document);
  if (status == CLAIMANT_OK) return document;
  claimant_document_free(document);
  return NULL;
}

static void check_items(const ClaimantDocument *document)
{
  size_t      bytes;
  const char *text = claimant_text(document, &bytes);
  for (size_t i = 0; i < claimant_item_count(document); ++i) {
    const Item  *item = claimant_item(document, i);
    ClaimantSpan span = claimant_item_span(document, item);
    CHECK(span.byte_start <= span.byte_end && span.byte_end <= bytes && span.start <= span.end);
    CHECK(strlen(item->text) == span.byte_end - span.byte_start);
    CHECK(memcmp(item->text, text + span.byte_start, span.byte_end - span.byte_start) == 0);
  }
}

/* ---- What is written is well formed ---- */

static SerdStatus count(void *counted, SerdStatementFlags flags, const SerdNode *graph, const SerdNode *subject,
                        const SerdNode *predicate, const SerdNode *object, const SerdNode *datatype, const SerdNode *language)
{
  (void)flags, (void)graph, (void)subject, (void)predicate, (void)object, (void)datatype, (void)language;
  ++*(size_t *)counted;
  return SERD_SUCCESS;
}

static size_t statements(SerdSyntax syntax, const Buffer *bytes)
{
  size_t      counted = 0;
  SerdReader *reader = serd_reader_new(syntax, &counted, NULL, NULL, NULL, count, NULL);
  serd_reader_set_strict(reader, true);
  SerdStatus status = serd_reader_read_string(reader, (const uint8_t *)bytes->data);
  CHECK(status == SERD_SUCCESS);
  serd_reader_free(reader);
  return counted;
}

static size_t write_as(const Document *document, WriteFn write, SerdSyntax syntax)
{
  Buffer       out = {0};
  WriteOptions options = {.base = "https://example.org/"};
  CHECK(write(document, &options, &out) == CLAIMANT_OK);
  size_t found = statements(syntax, &out);
  buffer_free(&out);
  return found;
}

static void write_lines(const Document *document, Buffer *out)
{
  WriteOptions options = {.id_json = "\"a\"", .with_text = true};
  CHECK(write_jsonl(document, &options, out) == CLAIMANT_OK);
  json_t *json = json_loadb(out->data, out->size, JSON_REJECT_DUPLICATES, NULL);
  CHECK(json_is_object(json));
  json_decref(json);
}

static void write_page(const uint8_t *data, size_t size)
{
  Diagnostics        list = {.arena = arena_new()};
  Explanation        found;
  Letter            *letter = NULL;
  Buffer             page = {0};
  ExplanationOptions how = {.date = "2021-03-04"};
  AuditOptions       options = {.name = "letter.txt"};
  CHECK(letter_new((const char *)data, size, "letter.txt", &list, &letter) == CLAIMANT_OK);
  CHECK(letter_segment(letter, &fuzz_rules()->set->lexicons, NULL) == CLAIMANT_OK);
  if (!explanation_make(fuzz_rules(), letter, &list, "0000000000000000000000000000000000000000000000000000000000000000", how, &found))
    CHECK(audit_page(&found, &options, &list, &page) == CLAIMANT_OK);
  buffer_free(&page);
  letter_free(letter);
  arena_free(list.arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  ClaimantDocument *fast = extract(data, size, false), *plain = extract(data, size, true);
  if (fast) check_items(fast);
  if (fast && plain) {
    Buffer out[2] = {{0}, {0}};
    write_lines(fast, &out[0]);
    write_lines(plain, &out[1]);
    CHECK(out[0].size == out[1].size && memcmp(out[0].data, out[1].data, out[0].size) == 0);
    buffer_free(&out[0]);
    buffer_free(&out[1]);
    size_t triples = write_as(fast, write_turtle, SERD_TURTLE);
    CHECK(triples == write_as(fast, write_ntriples, SERD_NTRIPLES));
    CHECK(triples == write_as(fast, write_nquads, SERD_NQUADS) && triples == write_as(fast, write_trig, SERD_TRIG));
    write_page(data, size);
  }
  claimant_document_free(fast);
  claimant_document_free(plain);
  return 0;
}
