#include "letter/lines.h"

#include "base/utf8.h"
#include "letter/chars.h"
#include "letter/sentences.h"

#include <stdlib.h>
#include <string.h>

enum {
  TAB_COLUMNS = 8,
  WRAP_MAX = 255,       /* widest line that counts as hard-wrapped */
  WRAP_MIN = 22,        /* narrowest line that can show that lines are wrapped */
  WRAP_WIDE = 120,      /* wider lines are seldom wrapped by hand */
  WRAP_BRIEF = 6,       /* lines of a page on which one sentence over two lines is enough */
  WRAP_EVIDENCE = 30,   /* percent of full lines that must go on in lower case */
  FULL_PERCENT = 80,    /* of the wrap width a line with the next word must reach to be full */
  SHORT_PERCENT = 60,   /* a line below this is no wrapped line's beginning */
  NUMBER_DIGITS = 3     /* digits of a list number */
};

/* ---- Marks: bullets and numbers ---------------------------------------------- */

static uint32_t bullet(const char *text, uint32_t at, uint32_t end, Mark *mark)
{
  size_t   length;
  uint32_t code = utf8_decode(text + at, &length);
  bool     needs_space = code == '-' || code == '*' || code == '+' || code == 0x2013 || code == 0x2014 || code == 0xB7;
  switch (code) {
  case '-': case '*': case '+': case 0xB7: case 0x2013: case 0x2014: case 0x2022: case 0x2023: case 0x2043:
  case 0x25A0: case 0x25A1: case 0x25AA: case 0x25AB: case 0x25B6: case 0x25BA: case 0x25CB: case 0x25CF:
  case 0x25E6: case 0x2713: case 0x2714: case 0x27A2: case 0x2756: case 0xF0A7: case 0xF0B7:
    break;
  default: return 0;
  }
  uint32_t after = at + (uint32_t)length, space;
  if (needs_space && after < end && char_class_at(text, after, &space) != CHAR_SPACE) return 0;
  *mark = (Mark){MARK_BULLET, AROUND_NOTHING, (uint16_t)code, 0};
  return after;
}

static uint16_t roman_value(const char *text, uint32_t length)
{
  static const char letters[] = "ivxlc";
  static const int  values[] = {1, 5, 10, 50, 100};
  int               total = 0, last = 0;
  for (uint32_t i = length; i-- > 0;) {
    const char *found = strchr(letters, text[i] | 0x20);
    if (!found || !*found) return 0;
    int value = values[found - letters];
    total += value < last ? -value : value;
    if (value > last) last = value;
  }
  return total > 0 ? (uint16_t)total : 0;
}

/* Digits, or one letter, or a roman number at `at`; returns the place behind it. */
static uint32_t ordinal(const char *text, uint32_t at, uint32_t end, Mark *mark)
{
  uint32_t from = at;
  unsigned value = 0;
  while (at < end && at - from < NUMBER_DIGITS && text[at] >= '0' && text[at] <= '9')
    value = value * 10 + (unsigned)(text[at++] - '0');
  if (at > from) {
    *mark = (Mark){.kind = MARK_NUMBER, .value = (uint16_t)value};
    return at;
  }
  while (at < end && at - from < 6 && ((text[at] | 0x20) >= 'a' && (text[at] | 0x20) <= 'z')) ++at;
  if (at == from) return from;
  bool     upper = text[from] < 'a';
  uint16_t roman = roman_value(text + from, at - from);
  if (at - from > 1 && !roman) return from;
  uint16_t letter = at - from == 1 ? (uint16_t)((text[from] | 0x20) - 'a' + 1) : 0;
  *mark = (Mark){.kind = upper ? MARK_UPPER : MARK_LOWER, .value = letter, .roman = roman};
  return at;
}

/* ".2.3" behind a first number; returns the place behind it. */
static uint32_t outline(const char *text, uint32_t at, uint32_t end, Mark *mark)
{
  uint32_t start = at;
  while (at + 1 < end && text[at] == '.' && text[at + 1] >= '0' && text[at + 1] <= '9') {
    Mark part = {0};
    at = ordinal(text, at + 1, end, &part);
    mark->value = part.value;
  }
  if (at > start) mark->kind = MARK_OUTLINE;
  return at;
}

static uint32_t enumerator(const char *text, uint32_t at, uint32_t end, Mark *mark)
{
  bool     open = text[at] == '(';
  uint32_t first = at + open, after = ordinal(text, first, end, mark), space;
  if (after == first) return 0;
  if (mark->kind == MARK_NUMBER && !open) after = outline(text, after, end, mark);
  if (after < end && text[after] == ')') mark->around = open ? AROUND_BOTH : AROUND_PAREN, ++after;
  else if (!open && after < end && text[after] == '.') mark->around = AROUND_DOT, ++after;
  else if (!open && mark->kind == MARK_OUTLINE) mark->around = AROUND_NOTHING;
  else return 0;
  return after == end || char_class_at(text, after, &space) == CHAR_SPACE ? after : 0;
}

uint32_t skip_enumerator(const char *text, uint32_t at, uint32_t end, Mark *mark)
{
  Mark     found = {0};
  uint32_t after = at < end ? enumerator(text, at, end, &found) : 0;
  if (!after || after == end || found.around == AROUND_NOTHING || found.around == AROUND_DOT) return at;
  *mark = found;
  return skip_space(text, after, end);
}

static uint32_t heading_mark(const char *text, uint32_t at, uint32_t end)
{
  uint32_t from = at;
  while (at < end && at - from < 6 && text[at] == '#') ++at;
  return at > from && at < end && text[at] == ' ' ? at : 0;
}

static void find_mark(const char *text, Line *line)
{
  uint32_t after = heading_mark(text, line->start, line->end);
  if (after) line->flags |= LINE_HEADING_MARK;
  if (!after) after = bullet(text, line->start, line->end, &line->mark);
  if (!after) after = enumerator(text, line->start, line->end, &line->mark);
  if (!after) {
    line->mark = (Mark){0};
    return;
  }
  line->text = skip_space(text, after, line->end);
  if (line->text == line->end) line->flags |= LINE_LONE_MARK;
}

static bool follows(uint16_t value, uint16_t before) { return value && before && value == before + 1; }

bool mark_alike(Mark a, Mark b)
{
  if (a.kind != b.kind || a.around != b.around) return false;
  return a.kind != MARK_BULLET || a.value == b.value;
}

bool mark_follows(Mark mark, Mark before)
{
  if (!mark_alike(mark, before)) return false;
  if (mark.kind == MARK_BULLET) return true;
  return follows(mark.value, before.value) || follows(mark.roman, before.roman);
}

bool mark_is_first(Mark mark) { return mark.kind == MARK_BULLET || mark.value == 1 || mark.roman == 1; }

/* ---- What can be seen of a line -------------------------------------------------- */

static void see_start(const char *text, Line *line)
{
  for (uint32_t at = line->text, length; at < line->end; at += length) {
    CharClass class = char_class_at(text, at, &length);
    if (class == CHAR_LOWER) line->flags |= LINE_STARTS_LOWER;
    if (class == CHAR_UPPER) line->flags |= LINE_STARTS_UPPER;
    if (class != CHAR_OPEN && class != CHAR_QUOTE && text[at] != '*' && text[at] != '_') return;
  }
}

/* `at` moved back over a note number, which stands behind a stop or a closing quote. */
static uint32_t before_note(const char *text, uint32_t floor, uint32_t at)
{
  uint32_t from = at, length;
  while (at > floor && from - at <= NUMBER_DIGITS && text[at - 1] >= '0' && text[at - 1] <= '9') --at;
  if (at == floor || from - at > NUMBER_DIGITS) return from;
  CharClass stop = char_class_before(text, floor, at, &length);
  if (stop == CHAR_CLOSE && text[at - 1] != ')') return at;
  if (stop != CHAR_STOP && !strchr(";,:\"", text[at - 1])) return from;
  CharClass before = at - length > floor ? char_class_before(text, floor, at - length, &length) : CHAR_OTHER;
  return char_is_letter(before) || before == CHAR_CLOSE || before == CHAR_QUOTE ? at : from;
}

/* `at` moved back over closing quotes and brackets and what else may stand behind a stop. */
static uint32_t before_closers(const char *text, uint32_t floor, uint32_t at)
{
  uint32_t length;
  at = before_note(text, floor, at);
  while (at > floor) {
    CharClass class = char_class_before(text, floor, at, &length);
    if (class != CHAR_CLOSE && class != CHAR_QUOTE && text[at - 1] != '*' && text[at - 1] != '_') break;
    at -= length;
  }
  return at;
}

static bool conjunction_ends(const Lines *lines, uint32_t floor, uint32_t end)
{
  const char *text = lines->letter->text;
  uint32_t    at = end, length;
  while (at > floor && end - at < 16 && char_is_letter(char_class_before(text, floor, at, &length))) at -= length;
  if (at == end || !(lexicon_word(lines->lexicon, text + at, end - at) & 1U << LEXICON_CONJUNCTION)) return false;
  at = skip_space_back(text, floor, at);
  while (at > floor && text[at - 1] >= '0' && text[at - 1] <= '9') --at;
  return at > floor && (text[at - 1] == ';' || text[at - 1] == ',');
}

static uint16_t end_flags(const Lines *lines, const Line *line)
{
  const char *text = lines->letter->text;
  uint32_t    at = before_closers(text, line->text, line->end), length;
  if (at == line->text) return 0;
  switch (text[at - 1]) {
  case ':': return LINE_ENDS_COLON;
  case ';': return LINE_ENDS_SEMICOLON;
  case ',': return LINE_ENDS_COMMA;
  case '.': {
    uint32_t never = 1U << LEXICON_ABBREVIATION | 1U << LEXICON_NUMBERED | 1U << LEXICON_INITIALISM;
    return stop_word_kinds(lines->lexicon, text, line->text, at - 1) & never ? 0 : LINE_ENDS_STOP;
  }
  default:
    if (char_class_before(text, line->text, at, &length) == CHAR_STOP) return LINE_ENDS_STOP;
    return conjunction_ends(lines, line->text, at) ? LINE_ENDS_SEMICOLON : 0;
  }
}

static bool ends_in_lower_word(const char *text, const Line *line)
{
  uint32_t  at = line->end, length;
  CharClass class = CHAR_SPACE, before;
  while (at > line->text && (before = char_class_before(text, line->text, at, &length)) != CHAR_SPACE) {
    class = before;
    at -= length;
  }
  return class == CHAR_LOWER;
}

static bool has_gap(const char *text, uint32_t at, uint32_t end)
{
  if (end - at > WRAP_MAX) return false;
  return memchr(text + at, '\t', end - at) || memmem(text + at, end - at, "   ", 3);
}

/* Three or more of the same sign and nothing else: a line drawn across the page. */
static bool is_ruled(const char *text, uint32_t at, uint32_t end)
{
  char     sign = text[at];
  unsigned count = 0;
  if (end - at < 3 || !strchr("-_=*~.#+", sign)) return false;
  for (; at < end; ++at) {
    if (text[at] == sign) ++count;
    else if (text[at] != ' ') return false;
  }
  return count >= 3;
}

static void see_line(const Lines *lines, Line *line)
{
  const char *text = lines->letter->text;
  line->text = line->start;
  size_t width = utf8_count(text + line->start, line->end - line->start);
  line->width = width < UINT16_MAX ? (uint16_t)width : UINT16_MAX;
  if (is_ruled(text, line->start, line->end)) {
    line->role = ROLE_NOTHING;
    return;
  }
  find_mark(text, line);
  see_start(text, line);
  line->flags |= end_flags(lines, line);
  line->openers = (uint16_t)lexicon_openers(lines->lexicon, text + line->text, line->end - line->text);
  if (ends_in_lower_word(text, line)) line->flags |= LINE_ENDS_LOWER;
  if (has_gap(text, line->text, line->end)) line->flags |= LINE_HAS_GAP;
}

size_t line_phrase(const Lines *lines, size_t at, LexiconKind kind, bool whole)
{
  const Line *line = lines->items + at;
  if (!(line->openers & 1U << kind)) return 0;
  return lexicon_phrase(lines->lexicon, kind, lines->letter->text + line->text, line->end - line->text, whole);
}

size_t count_words(const Letter *letter, Span span, size_t limit)
{
  size_t   count = 0;
  uint32_t at = span.start;
  while (count < limit && (at = skip_space(letter->text, at, span.end)) < span.end) {
    ++count;
    uint32_t length;
    while (at < span.end && char_class_at(letter->text, at, &length) != CHAR_SPACE) at += length;
  }
  return count;
}

size_t line_words(const Letter *letter, const Line *line, size_t limit)
{
  return count_words(letter, (Span){line->text, line->end}, limit);
}

bool line_is_title(const Letter *letter, const Line *line)
{
  unsigned  words = 0, capitals = 0;
  CharClass before = CHAR_SPACE, class;
  for (uint32_t at = line->text, length; at < line->end; at += length, before = class) {
    class = char_class_at(letter->text, at, &length);
    if (before != CHAR_SPACE || class == CHAR_SPACE) continue;
    ++words;
    capitals += class != CHAR_LOWER;
  }
  return capitals * 2 >= words;
}

/* ---- Cutting ------------------------------------------------------------------- */

static Line *add_line(Lines *lines)
{
  if (lines->count == lines->capacity) {
    size_t capacity = lines->capacity ? lines->capacity * 2 : 64;
    Line  *items = realloc(lines->items, capacity * sizeof *items);
    if (!items) return NULL;
    lines->items = items;
    lines->capacity = capacity;
  }
  Line *line = lines->items + lines->count++;
  *line = (Line){.hint = NO_INDEX};
  return line;
}

static const uint8_t breaks[256] = {['\n'] = 1, ['\r'] = 1, ['\f'] = 1, ['\v'] = 1, [0xE2] = 2, [0xC2] = 3};

/* The first line end at or behind `at`; its bytes go to *length. */
static uint32_t find_break(const char *text, uint32_t at, uint32_t end, uint32_t *length)
{
  for (; at < end; ++at) {
    unsigned kind = breaks[(unsigned char)text[at]];
    if (!kind) continue;
    *length = kind == 1 ? 1 : kind == 2 ? 3 : 2;
    if (kind == 1 && text[at] == '\r' && at + 1 < end && text[at + 1] == '\n') *length = 2;
    if (kind == 2 && (text[at + 1] != '\x80' || (text[at + 2] != '\xA8' && text[at + 2] != '\xA9'))) continue;
    if (kind == 3 && text[at + 1] != '\x85') continue;
    return at;
  }
  *length = 0;
  return end;
}

static uint8_t indent_columns(const char *text, uint32_t at, uint32_t end)
{
  unsigned columns = 0;
  for (; at < end && columns < 200; ++at) columns += text[at] == '\t' ? TAB_COLUMNS - columns % TAB_COLUMNS : 1;
  return (uint8_t)columns;
}

/* The hint that covers `at`; *hint runs along with the lines. */
static uint32_t hint_at(const Letter *letter, uint32_t at, size_t *hint)
{
  while (*hint < letter->hint_count && letter->hints[*hint].span.end <= at) ++*hint;
  return *hint < letter->hint_count && letter->hints[*hint].span.start <= at ? (uint32_t)*hint : NO_INDEX;
}

ClaimantStatus lines_cut(const Letter *letter, const LexiconIndex *lexicon, Lines *lines)
{
  *lines = (Lines){.letter = letter, .lexicon = lexicon};
  const char *text = lines->letter->text;
  uint32_t    end = lines->letter->size, length = 0;
  unsigned    blanks = 0;
  bool        page_break = false;
  size_t      hint = 0;
  for (uint32_t at = 0; at < end; at = at + length) {
    uint32_t stop = find_break(text, at, end, &length), start = skip_space(text, at, stop);
    if (start == stop) {
      bool feed = stop < end && text[stop] == '\f';
      page_break |= feed;
      blanks += !feed || stop > at;
    } else {
      Line *line = add_line(lines);
      if (!line) return CLAIMANT_NO_MEMORY;
      line->start = start;
      line->end = skip_space_back(text, start, stop);
      line->blanks = blanks < UINT8_MAX ? (uint8_t)blanks : UINT8_MAX;
      line->indent = indent_columns(text, at, start);
      line->flags = page_break ? LINE_PAGE_BREAK : 0;
      line->hint = hint_at(lines->letter, start, &hint);
      if (line->hint != NO_INDEX && (lines->count == 1 || line[-1].hint != line->hint))
        line->flags |= LINE_HINT_START;
      see_line(lines, line);
      blanks = 0;
      page_break = stop < end && text[stop] == '\f';
    }
    at = stop;
  }
  return CLAIMANT_OK;
}

/* ---- Wrapped lines --------------------------------------------------------------- */

/* The next line goes on what this one left open, as a change of case at the break shows. */
static bool runs_on(const Lines *lines, const Line *line, const Line *next)
{
  if (line->role != ROLE_BODY || line->flags & LINE_ENDS || next->mark.kind) return false;
  if (next->flags & LINE_STARTS_LOWER) return true;
  return line->flags & LINE_ENDS_LOWER && !(line->flags & LINE_ENDS_COMMA) && !line_is_title(lines->letter, line);
}

/* Lines that are each followed by an empty one, within sentences too: the page is double spaced. */
static void close_double_spacing(Lines *lines)
{
  size_t single = 0, spaced = 0;
  for (size_t i = 1; i < lines->count; ++i) {
    const Line *line = lines->items + i - 1, *next = line + 1;
    if (!runs_on(lines, line, next) || line->width < WRAP_MIN) continue;
    single += next->blanks == 0;
    spaced += next->blanks == 1;
  }
  if (single || spaced < 4 || spaced * 4 < lines->count) return;
  for (size_t i = 1; i < lines->count; ++i) 
    if (lines->items[i].blanks) lines->items[i].blanks--;
}

/* The width that half of the lines with a sentence going on behind them reach. One such line
 * proves nothing on a long page, nor do few where lines are wider than pages are. */
static uint32_t likely_width(const size_t on[WRAP_MAX + 1], size_t total, bool brief)
{
  size_t   seen = 0;
  uint32_t width = 0;
  if (total < 2 && !brief) return 0;
  while (total && width < WRAP_MAX && seen * 2 < total) seen += on[++width];
  return width > WRAP_WIDE && total < 3 ? 0 : width;
}

static void find_wrap_width(Lines *lines)
{
  size_t on[WRAP_MAX + 1] = {0}, all[WRAP_MAX + 1] = {0}, total = 0, near_on = 0, near_all = 0;
  for (size_t i = 0; i + 1 < lines->count; ++i) {
    const Line *line = lines->items + i;
    if (line->role != ROLE_BODY || line[1].blanks || line->width > WRAP_MAX || line->width < WRAP_MIN || line[1].mark.kind)
      continue;
    all[line->width]++;
    if (!runs_on(lines, line, line + 1)) continue;
    on[line->width]++;
    total++;
  }
  uint32_t wrap = likely_width(on, total, lines->count <= WRAP_BRIEF);
  for (uint32_t width = wrap * 3 / 4; width <= WRAP_MAX && width <= wrap * 5 / 4; ++width) {
    near_on += on[width];
    near_all += all[width];
  }
  lines->wrap = near_on * 100 >= near_all * WRAP_EVIDENCE ? wrap : 0;
}

static uint32_t first_word_width(const Letter *letter, const Line *line)
{
  uint32_t at = line->start, width = 0, length;
  for (; at < line->end && width < WRAP_MAX; at += length, ++width)
    if (char_class_at(letter->text, at, &length) == CHAR_SPACE) break;
  return width;
}

bool line_is_full(const Lines *lines, const Line *line)
{
  return lines->wrap && (line->width + 1U + first_word_width(lines->letter, line + 1)) * 100 > lines->wrap * FULL_PERCENT;
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
  if (next->flags & (LINE_MARKED | LINE_HINT_START | LINE_HEADING_MARK) || line->hint != next->hint) return false;
  return !(line->flags & LINE_HEADING_MARK) && line->role == next->role;
}

/* Across a gap, lines are only joined in the middle of a sentence. */
static bool runs_over_gap(const Lines *lines, const Line *line, const Line *next)
{
  if (line->width < WRAP_MIN || line->role != ROLE_BODY) return false;
  if (next->flags & LINE_PAGE_BREAK) return true;
  return next->blanks <= 2 && line->flags & LINE_ENDS_LOWER && !line_is_title(lines->letter, line);
}

bool lines_joined(const Lines *lines, size_t at)
{
  const Line *line = lines->items + at, *next = line + 1;
  bool        lower = next->flags & LINE_STARTS_LOWER, open = !(line->flags & LINE_ENDS);
  if (!may_join(line, next)) return false;
  if (next->blanks) return open && lower && runs_over_gap(lines, line, next);
  if (!lines->wrap) return open && lower && line->width >= WRAP_MIN && line->role != ROLE_SIGNATURE;
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
  size_t last[24];
  for (size_t i = 0; i < 24; ++i) last[i] = SIZE_MAX;
  for (size_t i = lines->count; i-- > 0;) {
    Line *line = lines->items + i;
    if (!line->mark.kind || line->role != ROLE_BODY) continue;
    if (in_sequence(lines, i, last, true)) line->flags |= LINE_MARKED;
    last[mark_slot(line->mark)] = i;
  }
  size_t item = SIZE_MAX; /* the last one, while no empty line has come since */
  for (size_t i = 0; i < 24; ++i) last[i] = SIZE_MAX;
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
    line->flags &= (uint16_t)~(LINE_MARKED | LINE_LONE_MARK);
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

void lines_free(Lines *lines)
{
  free(lines->items);
  *lines = (Lines){0};
}
