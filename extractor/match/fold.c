#include "match/fold.h"

#include "base/utf8.h"
#include "rules/pattern.h"
#include "rules/trigger_index.h"

#include <string.h>

enum { REPLACEMENT = 0xFFFD, DROPPED = 0, SPACE = ' ', KELVIN = 0x212A, LONG_S = 0x17F };

/* What a character becomes; most stay as they are. */
static uint32_t folded(uint32_t code)
{
  switch (code) {
  case '\t': case '\n': case '\v': case '\f': case '\r': case 0x85: case 0xA0: case 0x1680: case 0x2028:
  case 0x2029: case 0x202F: case 0x205F: case 0x3000: return SPACE;
  case 0x2019: case 0x02BC: return '\'';
  case 0x2010: case 0x2011: return '-';
  case 0xAD: case 0x200B: case 0x200C: case 0x200D: case 0x2060: case 0xFEFF: return DROPPED;
  default: break;
  }
  if (code >= 0x2000 && code <= 0x200A) return SPACE;
  return code >= PLACEHOLDER_FIRST ? REPLACEMENT : code;
}

static const uint32_t *index_steps(const Letter *letter, const uint32_t *origin, uint32_t size)
{
  uint32_t  steps = letter->size / BASE_STEP + 2, at = 0;
  uint32_t *step = arena_alloc(letter->arena, steps * sizeof *step);
  for (uint32_t i = 0; step && i < steps; ++i) {
    while (at < size && origin[at] < i * BASE_STEP) at++;
    step[i] = at;
  }
  return step;
}

/* What the places are told by at which patterns are tried. */
static bool find_tokens(const Letter *letter, BaseView *view)
{
  char     *plain = arena_alloc(letter->arena, (size_t)view->size + START_BYTES);
  uint32_t *tokens = arena_alloc(letter->arena, ((size_t)view->size + 1) * sizeof *tokens);
  if (!plain || !tokens) return false;
  bool inside = false;
  for (uint32_t i = 0; i < view->size; ++i) {
    char c = trigger_byte(view->text[i]);
    bool letter_here = (c >= 'a' && c <= 'z') || c == '_';
    plain[i] = c;
    tokens[view->token_count] = i;
    view->token_count += letter_here && !inside;
    inside = letter_here;
  }
  view->plain = plain;
  view->tokens = tokens;
  return true;
}

bool base_view_build(const Letter *letter, BaseView *view)
{
  char     *text = arena_alloc(letter->arena, (size_t)letter->size + 1);
  uint32_t *origin = arena_alloc(letter->arena, ((size_t)letter->size + 1) * sizeof *origin);
  if (!text || !origin) return false;
  uint32_t out = 0;
  bool     odd = false;
  for (uint32_t at = 0; at < letter->size;) {
    unsigned char byte = (unsigned char)letter->text[at];
    if (byte > ' ' && byte < 0x7FU) {
      text[out] = (char)byte;
      origin[out++] = at++;
      continue;
    }
    size_t   length;
    uint32_t code = folded(utf8_decode(letter->text + at, &length));
    odd = odd || code == KELVIN || code == LONG_S;
    bool     repeated = code == SPACE && out && text[out - 1] == ' ';
    if (code != DROPPED && !repeated) {
      char   bytes[4];
      size_t width = utf8_encode(code, bytes);
      for (size_t i = 0; i < width; ++i) {
        text[out] = bytes[i];
        origin[out++] = at;
      }
    }
    at += (uint32_t)length;
  }
  text[out] = '\0';
  origin[out] = letter->size;
  *view = (BaseView){.text = text, .size = out, .origin = origin, .step = index_steps(letter, origin, out), .odd = odd};
  return view->step && find_tokens(letter, view);
}

/* First byte of the view that came from `byte` of the letter or from later. */
static uint32_t lower_bound(const BaseView *view, uint32_t byte)
{
  uint32_t low = view->step[byte / BASE_STEP], high = view->step[byte / BASE_STEP + 1];
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (view->origin[middle] < byte) low = middle + 1;
    else high = middle;
  }
  return low;
}

Span base_view_range(const BaseView *view, Span span)
{
  return (Span){lower_bound(view, span.start), lower_bound(view, span.end)};
}
