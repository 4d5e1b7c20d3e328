#include "base/clean.h"

#include "base/utf8.h"

#include <string.h>

static const char REPLACEMENT[] = "\xEF\xBF\xBD";
enum { REPLACEMENT_BYTES = 3 };

/* Whether eight bytes are all ASCII and none of them is 0. */
static bool is_plain(const char *bytes)
{
  uint64_t word;
  memcpy(&word, bytes, sizeof word);
  uint64_t high = UINT64_C(0x8080808080808080), ones = UINT64_C(0x0101010101010101);
  return !((word | ((word - ones) & ~word)) & high);
}

size_t clean_prefix(const char *bytes, size_t size)
{
  size_t at = 0;
  while (at < size) {
    if (size - at >= sizeof(uint64_t) && is_plain(bytes + at)) {
      at += sizeof(uint64_t);
      continue;
    }
    size_t length = bytes[at] ? utf8_sequence(bytes + at, size - at) : 0;
    if (!length) break;
    at += length;
  }
  return at;
}

size_t clean_size(const char *bytes, size_t size, size_t *bad)
{
  *bad = 0;
  for (size_t at = 0; at < size; ++at) {
    at += clean_prefix(bytes + at, size - at);
    *bad += at < size;
  }
  return size - *bad + *bad * REPLACEMENT_BYTES;
}

void clean_copy(const char *bytes, size_t size, char *out)
{
  for (size_t at = 0; at < size; ++at) {
    size_t clean = clean_prefix(bytes + at, size - at);
    memcpy(out, bytes + at, clean);
    out += clean;
    at += clean;
    if (at == size) return;
    memcpy(out, REPLACEMENT, REPLACEMENT_BYTES);
    out += REPLACEMENT_BYTES;
  }
}

void clean_report(const char *bytes, size_t size, size_t bad, const char *name, Diagnostics *diagnostics)
{
  if (!bad) return;
  size_t first = clean_prefix(bytes, size), line = 1, line_start = 0;
  for (size_t i = 0; i < first; ++i)
    if (bytes[i] == '\n') line++, line_start = i + 1;
  Place place = {
      .file = name, .line = line, .column = utf8_count(bytes + line_start, first - line_start) + 1};
  diagnostics_add(diagnostics, CLAIMANT_WARNING, "invalid-utf8", place,
                  "%zu byte%s not valid UTF-8 text; read as U+FFFD, the first at byte %zu", bad,
                  bad == 1 ? " is" : "s are", first);
}
