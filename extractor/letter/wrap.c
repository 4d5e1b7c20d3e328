#include "letter/wrap.h"

#include "letter/chars.h"

enum {
  WIDTH_MAX = 255,       /* widest line that counts as wrapped by hand */
  WIDTH_MIN = 22,        /* narrowest line that can show that lines are wrapped */
  WIDTH_WIDE = 120,      /* wider lines are seldom wrapped by hand */
  BRIEF_LINES = 6,       /* lines of a page on which one sentence over two lines is proof enough */
  EVIDENCE_PERCENT = 30, /* of full lines, how many must show that a sentence runs on */
  FULL_PERCENT = 80,     /* of the width, what a line with the next word must pass to be full */
  SHORT_PERCENT = 60,    /* of the width: a line below it is no wrapped line's beginning */
  MARK_SLOTS = 24        /* kinds of marks times what may be around them */
};

/* The next line goes on what this one left open, as a change of case at the break shows. */
static bool runs_on(const Lines *lines, const Line *line, const Line *next)
{
  if (line->role != ROLE_BODY || line->flags & LINE_ENDS || next->mark.kind) return false;
  if (next->flags & LINE_STARTS_LOWER) return true;
  return line->flags & LINE_ENDS_LOWER && !(line->flags & LINE_ENDS_COMMA) &&
         !line_is_title(lines->letter, line);
}

/* Lines that are each followed by an empty one, within sentences too: the page is double spaced. */
static void close_double_spacing(Lines *lines)
{
  size_t single = 0, spaced = 0;
  for (size_t i = 1; i < lines->count; ++i) {
    const Line *line = lines->items + i - 1, *next = line + 1;
    if (!runs_on(lines, line, next) || line->width < WIDTH_MIN) continue;
    single += next->blanks == 0;
    spaced += next->blanks == 1;
  }
  if (single || spaced < 4 || spaced * 4 < lines->count) return;
  for (size_t i = 1; i < lines->count; ++i)
    if (lines->items[i].blanks) lines->items[i].blanks--;
}

/* The width that half of the lines with a sentence going on behind them reach. One such line
 * proves nothing on a long page, nor do few where lines are wider than pages are. */
static uint32_t likely_width(const size_t on[WIDTH_MAX + 1], size_t total, bool brief)
{
  size_t   seen = 0;
  uint32_t width = 0;
  if (total < 2 && !brief) return 0;
  while (total && width < WIDTH_MAX && seen * 2 < total) seen += on[++width];
  return width > WIDTH_WIDE && total < 3 ? 0 : width;
}

static void find_wrap_width(Lines *lines)
{
  size_t on[WIDTH_MAX + 1] = {0}, all[WIDTH_MAX + 1] = {0}, total = 0, near_on = 0, near_all = 0, whole = 0;
  for (size_t i = 0; i + 1 < lines->count; ++i) {
    const Line *line = lines->items + i;
    whole += line->role == ROLE_BODY && line->width > WIDTH_MAX;
    if (line->role != ROLE_BODY || line[1].blanks || line->width > WIDTH_MAX || line->width < WIDTH_MIN ||
        line[1].mark.kind)
      continue;
    all[line->width]++;
    if (!runs_on(lines, line, line + 1)) continue;
    on[line->width]++;
    total++;
  }
  if (whole * 2 > total) return; /* its paragraphs are lines */
  uint32_t wrap = likely_width(on, total, lines->count <= BRIEF_LINES);
  for (uint32_t width = wrap * 3 / 4; width <= WIDTH_MAX && width <= wrap * 5 / 4; ++width) {
    near_on += on[width];
    near_all += all[width];
  }
  lines->wrap = near_on * 100 >= near_all * EVIDENCE_PERCENT ? wrap : 0;
}

static uint32_t first_word_width(const Letter *letter, const Line *line)
{
  uint32_t at = line->start, width = 0, length;
  for (; at < line->end && width < WIDTH_MAX; at += length, ++width)
    if (char_class_at(letter->text, at, &length) == CHAR_SPACE) break;
  return width;
}

bool line_is_full(const Lines *lines, const Line *line)
{
  return lines->wrap &&
         (line->width + 1U + first_word_width(lines->letter, line + 1)) * 100 > lines->wrap * FULL_PERCENT;
}

static bool is_short(const Lines *lines, const Line *line)
{
  return line->width * 100U < lines->wrap * SHORT_PERCENT;
}

static bool begins_block(const Lines *lines, size_t at)
{
  const Line *line = lines->items + at;
  return !at || line->blanks || line[-1].flags & LINE_ENDS || line[-1].role != line->role;
}

/* A short line by itself between wrapped ones: a heading without space around it. */
static bool stands_alone(const Lines *lines, size_t at)
{
  const Line *line = lines->items + at;
  if (!is_short(lines, line) || line->flags & LINE_ENDS_ANY) return false;
  return at + 1 < lines->count && !line_is_full(lines, line);
}

static bool may_join(const Line *line, const Line *next)
{
  if (next->flags & (LINE_MARKED | LINE_HINT_START | LINE_HEADING_MARK) || line->hint != next->hint)
    return false;
  return !(line->flags & LINE_HEADING_MARK) && line->role == next->role;
}

/* Across a gap, lines are only joined in the middle of a sentence. */
static bool runs_over_gap(const Lines *lines, const Line *line, const Line *next)
{
  if (line->width < WIDTH_MIN || line->role != ROLE_BODY) return false;
  if (next->flags & LINE_PAGE_BREAK) return true;
  return next->blanks <= 2 && line->flags & LINE_ENDS_LOWER && !line_is_title(lines->letter, line);
}

bool lines_joined(const Lines *lines, size_t at)
{
  const Line *line = lines->items + at, *next = line + 1;
  bool        lower = next->flags & LINE_STARTS_LOWER, open = !(line->flags & LINE_ENDS);
  if (!may_join(line, next)) return false;
  if (next->blanks) return open && lower && runs_over_gap(lines, line, next);
  if (!lines->wrap) return open && lower && line->width >= WIDTH_MIN && line->role != ROLE_SIGNATURE;
  if (line->width * 2U > lines->wrap * 3U) return open && (lower || !stands_alone(lines, at + 1));
  bool full = line_is_full(lines, line);
  if (line->role == ROLE_HEAD || line->role == ROLE_SIGNATURE)
    return full && (lower || !line_is_title(lines->letter, line));
  if (open && lower && !full)
    return !begins_block(lines, at) || !is_short(lines, line) || !line_is_title(lines->letter, line);
  if (line->flags & (LINE_ENDS_STOP | LINE_ENDS_COLON) && stands_alone(lines, at + 1)) return false;
  return full;
}

/* ---- Which marks begin an item ------------------------------------------------------ */

/* A mark that looks like text at the beginning of a line unless its neighbours are in line with it. */
static bool is_doubtful(Mark mark)
{
  if (mark.kind == MARK_OUTLINE) return true;
  return (mark.kind == MARK_UPPER || mark.kind == MARK_LOWER) && mark.around == AROUND_DOT;
}

static size_t mark_slot(Mark mark) { return (size_t)mark.kind * 4 + mark.around; }

static bool in_sequence(const Lines *lines, size_t at, const size_t last[], bool forward)
{
  Mark   mark = lines->items[at].mark;
  size_t other = last[mark_slot(mark)];
  if (other == SIZE_MAX) return false;
  Mark neighbour = lines->items[other].mark;
  if (mark.kind == MARK_OUTLINE) return true;
  return forward ? mark_follows(neighbour, mark) : mark_follows(mark, neighbour);
}

/* A line before which a list item may begin without a sign of it. */
static bool may_break_before(const Lines *lines, size_t at)
{
  const Line *line = lines->items + at;
  if (!at || line->blanks || line->flags & (LINE_PAGE_BREAK | LINE_HINT_START)) return true;
  const Line *above = line - 1;
  return above->flags & LINE_ENDS_ANY || above->role != line->role || !line_is_full(lines, above);
}

/* A bullet below another of its kind, as far in. */
static bool goes_on_list(const Lines *lines, size_t item, const Line *line)
{
  if (item == SIZE_MAX) return false;
  const Line *above = lines->items + item;
  return mark_alike(above->mark, line->mark) && above->indent == line->indent;
}

static void accept_marks(Lines *lines)
{
  size_t last[MARK_SLOTS];
  for (size_t i = 0; i < MARK_SLOTS; ++i) last[i] = SIZE_MAX;
  for (size_t i = lines->count; i-- > 0;) {
    Line *line = lines->items + i;
    if (!line->mark.kind || line->role != ROLE_BODY) continue;
    if (in_sequence(lines, i, last, true)) line->flags |= LINE_MARKED;
    last[mark_slot(line->mark)] = i;
  }
  size_t item = SIZE_MAX; /* the last one, while no empty line has come since */
  for (size_t i = 0; i < MARK_SLOTS; ++i) last[i] = SIZE_MAX;
  for (size_t i = 0; i < lines->count; ++i) {
    Line *line = lines->items + i;
    if (line->blanks) item = SIZE_MAX;
    if (!line->mark.kind || line->role != ROLE_BODY) continue;
    bool sequence = line->flags & LINE_MARKED || in_sequence(lines, i, last, false);
    bool position = may_break_before(lines, i) || goes_on_list(lines, item, line);
    bool accepted = is_doubtful(line->mark) ? sequence && position
                                            : position || (sequence && line->mark.kind != MARK_BULLET);
    if (accepted) {
      line->flags |= LINE_MARKED;
      last[mark_slot(line->mark)] = item = i;
      continue;
    }
    line->flags &= (uint16_t) ~(LINE_MARKED | LINE_LONE_MARK);
    line->mark = (Mark){0};
    line->text = line->start;
  }
}

/* Bullets that stand on lines of their own, as text taken from PDF has them, go to the lines
 * that follow: one to the next line, several to as many items. */
static void move_lone_marks(Lines *lines)
{
  size_t pending = 0;
  Mark   mark = {0};
  for (size_t i = 0; i < lines->count; ++i) {
    Line *line = lines->items + i;
    if (line->flags & LINE_LONE_MARK) {
      line->role = ROLE_NOTHING;
      mark = line->mark;
      ++pending;
      continue;
    }
    if (!pending) continue;
    bool after_mark = line[-1].flags & LINE_LONE_MARK;
    bool after_item = line[-1].flags & (LINE_ENDS_STOP | LINE_ENDS_SEMICOLON);
    if (line->flags & LINE_MARKED || (!after_mark && line->blanks)) pending = 0;
    else if (after_mark || after_item) {
      line->mark = mark;
      line->flags |= LINE_MARKED;
      --pending;
    }
  }
}

void lines_settle(Lines *lines)
{
  close_double_spacing(lines);
  find_wrap_width(lines);
  accept_marks(lines);
  move_lone_marks(lines);
}
