/* XML of every kind: the first byte says which, so that what DOCX and ODT have packed is reached too. */
#include "fuzz.h"
#include "read/html.h"
#include "read/xml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  static const XmlKind kinds[] = {XML_ANY, XML_DOCX, XML_ODT};
  if (!size) return 0;
  Diagnostics    list = {.arena = arena_new()};
  Buffer         html = {0};
  Letter        *letter = NULL;
  ClaimantStatus status = xml_to_html((const char *)data + 1, size - 1, kinds[*data % 3], "letter", &list, &html);
  CHECK(status == CLAIMANT_OK || list.count);
  if (!status) status = read_html(html.data ? html.data : "", html.size, "letter", &list, &letter);
  if (!status) fuzz_letter(letter);
  buffer_free(&html);
  arena_free(list.arena);
  return 0;
}
