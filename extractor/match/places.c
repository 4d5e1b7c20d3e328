/* Places of a view at which a match of a pattern may begin. */
#include "match/run.h"

#include <string.h>

static bool is_inside_character(char c) { return ((unsigned char)c & 0xC0U) == 0x80U; }

static void make_room(Run *run)
{
  View *view = &run->view;
  if (view->places_capacity >= view->size + START_BYTES) return;
  view->places_capacity = view->capacity + START_BYTES;
  view->plain = arena_alloc(run->arena, view->places_capacity);
  view->tokens = arena_alloc(run->arena, view->places_capacity * sizeof *view->tokens);
}

/* The first token of the base view from a byte on. */
static uint32_t base_token(const BaseView *base, uint32_t byte)
{
  uint32_t low = 0, high = base->token_count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (base->tokens[middle] < byte) low = middle + 1;
    else high = middle;
  }
  return low;
}

/* Piece by piece, as the view itself: a placeholder, and what is copied from the base view. */
void view_places(Run *run)
{
  View           *view = &run->view;
  const BaseView *base = &run->base;
  make_room(run);
  view->token_count = 0;
  uint32_t token = base_token(base, view->pieces[0].base);
  for (size_t i = 0; i < view->piece_count; ++i) {
    const Piece *piece = &view->pieces[i];
    uint32_t     end = i + 1 < view->piece_count ? view->pieces[i + 1].view - PLACEHOLDER_BYTES : view->size;
    uint32_t     bytes = end - piece->view;
    if (i) {
      view->tokens[view->token_count++] = piece->view - PLACEHOLDER_BYTES;
      memcpy(view->plain + piece->view - PLACEHOLDER_BYTES, view->text + piece->view - PLACEHOLDER_BYTES, PLACEHOLDER_BYTES);
    }
    memcpy(view->plain + piece->view, base->plain + piece->base, bytes);
    while (token < base->token_count && base->tokens[token] < piece->base) token++;
    for (; token < base->token_count && base->tokens[token] < piece->base + bytes; ++token)
      view->tokens[view->token_count++] = piece->view + (base->tokens[token] - piece->base);
  }
  memset(view->plain + view->size, 0, START_BYTES);
  view->has_places = true;
}

static uint32_t next_token(const View *view, const Starts *starts, uint32_t from, uint32_t end)
{
  uint32_t low = 0, high = view->token_count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (view->tokens[middle] < from) low = middle + 1;
    else high = middle;
  }
  for (; low < view->token_count && view->tokens[low] < end; ++low)
    if (starts_pass(starts, view->plain + view->tokens[low])) return view->tokens[low];
  return end;
}

uint32_t view_next_place(const View *view, const Starts *starts, uint32_t from, uint32_t end)
{
  if (starts->front) return from == 0 && end && starts_pass(starts, view->plain) ? 0 : end;
  if (starts->tokens) return next_token(view, starts, from, end);
  for (uint32_t at = from; at < end; ++at)
    if (starts_pass(starts, view->plain + at) && !is_inside_character(view->plain[at])) return at;
  return end;
}
