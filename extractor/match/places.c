/* Places of a view at which a match of a pattern may begin. */
#include "match/run.h"

static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || c == '_'; }

static bool is_inside_character(char c) { return ((unsigned char)c & 0xC0U) == 0x80U; }

static bool begins_placeholder(char c) { return (unsigned char)c == 0xF4U; }

static void make_room(Run *run)
{
  View *view = &run->view;
  if (view->places_capacity >= view->size + START_BYTES) return;
  view->places_capacity = view->capacity + START_BYTES;
  view->plain = arena_alloc(run->arena, view->places_capacity);
  view->tokens = arena_alloc(run->arena, view->places_capacity * sizeof *view->tokens);
}

void view_places(Run *run)
{
  View *view = &run->view;
  make_room(run);
  view->token_count = 0;
  bool inside = false;
  for (uint32_t i = 0; i < view->size; ++i) {
    char c = trigger_byte(view->text[i]);
    bool letter = is_letter(c);
    view->plain[i] = c;
    view->tokens[view->token_count] = i;
    view->token_count += (letter && !inside) || begins_placeholder(c);
    inside = letter;
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
