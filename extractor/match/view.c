/* Views: folded text in which annotations of the types a rule names are single characters. */
#include "match/run.h"

#include "base/utf8.h"

#include <string.h>

static bool visible(const TypeSet *types, uint16_t type) { return types->bits[type / 64] >> (type % 64) & 1U; }

static void make_room(Run *run, uint32_t bytes)
{
  View *view = &run->view;
  if (view->capacity >= bytes) return;
  view->capacity = bytes < 4096 ? 4096 : bytes + bytes / 2;
  view->text = arena_alloc(run->arena, view->capacity);
}

/* Copies the base view from one byte to another, behind a placeholder or at the start. */
static void add_piece(Run *run, uint32_t from, uint32_t to, const Mark *before)
{
  View *view = &run->view;
  view->pieces = arena_grow(run->arena, view->pieces, view->piece_count, &view->piece_capacity, sizeof *view->pieces);
  view->pieces[view->piece_count++] = (Piece){.view = view->size,
                                              .base = from,
                                              .holder = before ? before->id : NO_INDEX,
                                              .holder_start = before ? before->span.start : 0};
  memcpy(view->text + view->size, run->base.text + from, to - from);
  view->size += to - from;
}

/* Marks are in order, so the first visible one that does not overlap the last one taken
 * is the one to take: start ascending, end descending, id ascending. */
void view_build(Run *run, const TypeSet *types, Stretch stretch)
{
  Span        range = stretch.base;
  View       *view = &run->view;
  const Mark *before = NULL;
  make_room(run, (range.end - range.start) * PLACEHOLDER_BYTES + 1);
  view->size = 0;
  view->piece_count = 0;
  view->has_places = false;
  uint32_t at = range.start, taken = stretch.span.start;
  MarkWalk walk = marks_from(run, stretch.unit);
  for (const Mark *mark; (mark = marks_next(&walk, stretch.span.end)) != NULL;) {
    if (!visible(types, mark->type) || mark->hidden || mark->span.start < taken || mark->span.end > stretch.span.end) continue;
    add_piece(run, at, mark->base.start, before);
    view->size += (uint32_t)utf8_encode(PLACEHOLDER_FIRST + mark->shown, view->text + view->size);
    before = mark;
    at = mark->base.end;
    taken = mark->span.end;
  }
  add_piece(run, at, range.end, before);
  view->text[view->size] = '\0';
}

/* The piece that holds a byte of the view, or whose placeholder does. */
static const Piece *piece_at(const View *view, uint32_t byte)
{
  size_t low = 0, high = view->piece_count;
  while (low + 1 < high) {
    size_t         middle = low + (high - low) / 2;
    const Piece   *piece = &view->pieces[middle];
    if (piece->view - PLACEHOLDER_BYTES <= byte) low = middle;
    else high = middle;
  }
  return &view->pieces[low];
}

static uint32_t letter_byte(const Run *run, uint32_t byte)
{
  const Piece *piece = piece_at(&run->view, byte);
  return byte < piece->view ? piece->holder_start : run->base.origin[piece->base + byte - piece->view];
}

uint32_t view_holder(const Run *run, uint32_t byte)
{
  const Piece *piece = piece_at(&run->view, byte);
  return piece->view == byte + PLACEHOLDER_BYTES ? piece->holder : NO_INDEX;
}

/* Where the letter's text ends that a match up to `end` covers: behind the last thing in it. */
static uint32_t letter_end(const Run *run, uint32_t end)
{
  const Piece *piece = piece_at(&run->view, end - 1);
  if (end <= piece->view) return run->annotations[piece->holder]->span.end;
  return run->base.origin[piece->base + end - piece->view];
}

Span view_to_letter(const Run *run, uint32_t start, uint32_t end)
{
  const char *text = run->view.text;
  while (start < end && text[start] == ' ') start++;
  while (end > start && text[end - 1] == ' ') end--;
  uint32_t first = letter_byte(run, start);
  return (Span){first, end > start ? letter_end(run, end) : first};
}

const char *run_folded_text(Run *run, Span span, size_t *bytes)
{
  Span range = base_view_range(&run->base, span);
  *bytes = range.end - range.start;
  return run->base.text + range.start;
}
