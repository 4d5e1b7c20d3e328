/* One line of JSON Lines. */
#include "fuzz.h"
#include "read/jsonl.h"
#include "write/jsonl.h"

#include <jansson.h>
#include <string.h>

/* Whatever the line is, what answers it is a line of JSON with its id, digit for digit: also one beyond 64 bits. */
static void check_answer(const JsonLine *line)
{
  ErrorRecord record = {.id_json = line->id_json, .line = 1, .code = "x", .message = line->error_message ? line->error_message : "x"};
  Buffer      out = {0};
  write_error_record(&record, &out);
  CHECK(!out.failed && out.size && memchr(out.data, '\n', out.size) == out.data + out.size - 1);
  json_t *json = json_loadb(out.data, out.size, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL | JSON_DECODE_INT_AS_REAL, NULL);
  CHECK(json_is_object(json) && json_object_get(json, "id"));
  json_decref(json);
  buffer_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  JsonLine       line;
  ClaimantStatus status = jsonl_read((const char *)data, size, &line);
  CHECK((status == CLAIMANT_BAD_DATA) == (line.error_code != NULL));
  if (!status) CHECK(line.text || line.path);
  if (!status && line.text) CHECK(strlen(line.text) == line.size);
  if (status != CLAIMANT_NO_MEMORY) check_answer(&line);
  if (!status && line.text) fuzz_read((const uint8_t *)line.text, line.size, line.format);
  jsonl_free(&line);
  return 0;
}
