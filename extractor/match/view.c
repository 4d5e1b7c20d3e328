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
  view->origin = arena_alloc(run->arena, view->capacity * sizeof *view->origin);
  view->holder = arena_alloc(run->arena, view->capacity * sizeof *view->holder);
}

static void copy_text(Run *run, uint32_t from, uint32_t to)
{
  View    *view = &run->view;
  uint32_t bytes = to - from;
  memcpy(view->text + view->size, run->base.text + from, bytes);
  memcpy(view->origin + view->size, run->base.origin + from, bytes * sizeof *view->origin);
  memset(view->holder + view->size, 0xFF, bytes * sizeof *view->holder);
  view->size += bytes;
}

static void put_placeholder(Run *run, const Mark *mark)
{
  View *view = &run->view;
  char  code[4];
  utf8_encode(PLACEHOLDER_FIRST + mark->type, code);
  for (int i = 0; i < PLACEHOLDER_BYTES; ++i) {
    view->text[view->size + (uint32_t)i] = code[i];
    view->origin[view->size + (uint32_t)i] = mark->span.start;
    view->holder[view->size + (uint32_t)i] = i ? NO_INDEX : mark->id;
  }
  view->size += PLACEHOLDER_BYTES;
}

/* Marks are in order, so the first visible one that does not overlap the last one taken
 * is the one to take: start ascending, end descending, id ascending. */
void view_build(Run *run, const TypeSet *types, Stretch stretch)
{
  Span     range = base_view_range(&run->base, stretch.span);
  uint32_t at = range.start, taken = stretch.span.start, first = run->unit_marks[stretch.unit], count = 0;
  for (uint32_t i = first; i < run->mark_count && run->marks[i].span.start < stretch.span.end; ++i) count++;
  make_room(run, range.end - range.start + count * PLACEHOLDER_BYTES + 1);
  run->view.size = 0;
  for (uint32_t i = first; i < first + count; ++i) {
    const Mark *mark = &run->marks[i];
    if (!visible(types, mark->type) || mark->span.start < taken || mark->span.end > stretch.span.end) continue;
    Span inside = base_view_range(&run->base, mark->span);
    copy_text(run, at, inside.start);
    put_placeholder(run, mark);
    at = inside.end;
    taken = mark->span.end;
  }
  copy_text(run, at, range.end);
  run->view.text[run->view.size] = '\0';
  run->view.origin[run->view.size] = stretch.span.end;
}

Span view_to_letter(const View *view, uint32_t start, uint32_t end)
{
  while (start < end && view->text[start] == ' ') start++;
  while (end > start && view->text[end - 1] == ' ') end--;
  return (Span){view->origin[start], view->origin[end]};
}

const char *run_folded_text(Run *run, Span span, size_t *bytes)
{
  Span range = base_view_range(&run->base, span);
  *bytes = range.end - range.start;
  return run->base.text + range.start;
}
