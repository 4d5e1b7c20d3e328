#include "letter/letter.h"

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

/* Bytes that can be kept as they are: valid UTF-8 up to the first U+0000. */
static size_t clean_prefix(const char *bytes, size_t size)
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

/* Copies clean text to `out` (may be NULL) with a replacement for each bad byte; returns its size. */
static size_t copy_clean(const char *bytes, size_t size, char *out, size_t *bad)
{
  size_t written = 0;
  *bad = 0;
  for (size_t at = 0; at < size;) {
    size_t clean = clean_prefix(bytes + at, size - at);
    if (out) memcpy(out + written, bytes + at, clean);
    written += clean;
    at += clean;
    if (at == size) break;
    if (out) memcpy(out + written, REPLACEMENT, REPLACEMENT_BYTES);
    written += REPLACEMENT_BYTES;
    ++*bad;
    ++at;
  }
  return written;
}

static void report_bad_bytes(const char *bytes, size_t size, size_t bad, const char *name,
                             Diagnostics *diagnostics)
{
  size_t first = clean_prefix(bytes, size), line = 1, line_start = 0;
  for (size_t i = 0; i < first; ++i)
    if (bytes[i] == '\n') line++, line_start = i + 1;
  Place place = {.file = name, .line = line, .column = utf8_count(bytes + line_start, first - line_start) + 1};
  diagnostics_add(diagnostics, CLAIMANT_WARNING, "invalid-utf8", place,
                  "%zu byte%s not valid UTF-8 text; read as U+FFFD, the first at byte %zu", bad,
                  bad == 1 ? " is" : "s are", first);
}

static uint32_t *count_code_points(Arena *arena, const char *text, size_t size)
{
  uint32_t *counts = arena_alloc(arena, (size / CODE_POINT_STEP + 1) * sizeof *counts);
  uint32_t  count = 0;
  if (!counts) return NULL;
  for (size_t at = 0; at + CODE_POINT_STEP <= size; at += CODE_POINT_STEP) {
    counts[at / CODE_POINT_STEP] = count;
    count += (uint32_t)utf8_count(text + at, CODE_POINT_STEP);
  }
  counts[size / CODE_POINT_STEP] = count;
  return counts;
}

static ClaimantStatus too_large(const char *name, Diagnostics *diagnostics)
{
  diagnostics_add(diagnostics, CLAIMANT_ERROR, "too-large", (Place){.file = name},
                  "a letter has at most %d MiB of text; split it into several letters", LETTER_MAX_BYTES >> 20);
  return CLAIMANT_TOO_LARGE;
}

static ClaimantStatus fill_text(Letter *letter, const char *bytes, size_t size, Diagnostics *diagnostics)
{
  size_t bad = 0;
  size_t clean = clean_prefix(bytes, size) == size ? size : copy_clean(bytes, size, NULL, &bad);
  if (clean > LETTER_MAX_BYTES) return too_large(letter->name, diagnostics);
  char *text = arena_alloc(letter->arena, clean + 1);
  if (!text) return CLAIMANT_NO_MEMORY;
  if (!bad && size) memcpy(text, bytes, size);
  if (bad) {
    copy_clean(bytes, size, text, &bad);
    report_bad_bytes(bytes, size, bad, letter->name, diagnostics);
  }
  letter->text = text;
  letter->size = (uint32_t)clean;
  letter->code_points = count_code_points(letter->arena, text, clean);
  return letter->code_points ? CLAIMANT_OK : CLAIMANT_NO_MEMORY;
}

ClaimantStatus letter_new(const char *bytes, size_t size, const char *name, Diagnostics *diagnostics,
                          Letter **letter)
{
  if (size > LETTER_MAX_BYTES) return too_large(name, diagnostics);
  Arena *arena = arena_new();
  if (!arena) return CLAIMANT_NO_MEMORY;
  ClaimantStatus st = CLAIMANT_NO_MEMORY;
  Letter        *made = arena_alloc(arena, sizeof *made);
  if (made) {
    made->arena = arena;
    made->diagnostics = diagnostics;
    made->name = name ? arena_copy_string(arena, name) : NULL;
    if (!name || made->name) st = fill_text(made, bytes, size, diagnostics);
  }
  if (st) return arena_free(arena), st;
  *letter = made;
  return CLAIMANT_OK;
}

void letter_free(Letter *letter)
{
  if (letter) arena_free(letter->arena);
}

uint32_t letter_code_point(const Letter *letter, uint32_t byte)
{
  uint32_t step = byte / CODE_POINT_STEP * CODE_POINT_STEP;
  return letter->code_points[byte / CODE_POINT_STEP] + (uint32_t)utf8_count(letter->text + step, byte - step);
}

size_t letter_line(const Letter *letter, uint32_t byte)
{
  size_t line = 1;
  for (const char *at = letter->text, *end = at + byte; (at = memchr(at, '\n', (size_t)(end - at))); ++at) ++line;
  return line;
}
