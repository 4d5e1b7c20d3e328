#include "letter/letter.h"

#include "base/clean.h"
#include "base/utf8.h"

#include <string.h>

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
                  "a letter has at most %d MiB of text; split it into several letters",
                  LETTER_MAX_BYTES >> 20);
  return CLAIMANT_TOO_LARGE;
}

static ClaimantStatus fill_text(Letter *letter, const char *bytes, size_t size, Diagnostics *diagnostics)
{
  size_t bad, clean = clean_size(bytes, size, &bad);
  if (clean > LETTER_MAX_BYTES) return too_large(letter->name, diagnostics);
  char *text = arena_alloc(letter->arena, clean + 1);
  if (!text) return CLAIMANT_NO_MEMORY;
  clean_copy(bytes, size, text);
  clean_report(bytes, size, bad, letter->name, diagnostics);
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
  for (const char *at = letter->text, *end = at + byte; (at = memchr(at, '\n', (size_t)(end - at))); ++at)
    ++line;
  return line;
}

const Unit *letter_unit(const Letter *letter, uint32_t byte)
{
  size_t low = 0, high = letter->unit_count;
  while (low < high) {
    size_t middle = (low + high) / 2;
    if (letter->units[middle].span.start <= byte) low = middle + 1;
    else high = middle;
  }
  return low ? &letter->units[low - 1] : NULL;
}
