#include "letter/lines.h"

#include "base/memory.h"
#include "base/utf8.h"
#include "letter/chars.h"
#include "letter/languages.h"
#include "letter/sentences.h"

#include <string.h>

enum {
  TAB_COLUMNS = 8,
  GAP_WIDTH = 255, /* code points; wider lines are no rows of a table */
  NOTE_DIGITS = 3
};

/* ---- What can be seen of a line -------------------------------------------------- */

static void find_mark(const char *text, Line *line)
{
  uint32_t after = skip_heading_mark(text, line->start, line->end);
  if (after) line->flags |= LINE_HEADING_MARK;
  if (!after) after = skip_bullet(text, line->start, line->end, &line->mark);
  if (!after) after = skip_number(text, line->start, line->end, &line->mark);
  if (!after) {
    line->mark = (Mark){0};
    return;
  }
  line->text = skip_space(text, after, line->end);
  if (line->text == line->end) line->flags |= LINE_LONE_MARK;
}

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
  while (at > floor && from - at <= NOTE_DIGITS && text[at - 1] >= '0' && text[at - 1] <= '9') --at;
  if (at == floor || from - at > NOTE_DIGITS) return from;
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

static bool conjunction_ends(const Lines *lines, const Line *line, uint32_t end)
{
  uint32_t    floor = line->text;
  const char *text = lines->letter->text;
  uint32_t    at = end, length;
  while (at > floor && end - at < 16 && char_is_letter(char_class_before(text, floor, at, &length)))
    at -= length;
  if (at == end || !(lexicon_word(line_lexicon(lines, line), text + at, end - at) & 1U << LEXICON_CONJUNCTION))
    return false;
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
    return stop_word_kinds(line_lexicon(lines, line), text, line->text, at - 1) & never ? 0 : LINE_ENDS_STOP;
  }
  default:
    if (char_class_before(text, line->text, at, &length) == CHAR_STOP) return LINE_ENDS_STOP;
    return conjunction_ends(lines, line, at) ? LINE_ENDS_SEMICOLON : 0;
  }
}

static bool ends_in_lower_word(const char *text, const Line *line)
{
  uint32_t at = line->end, length;
  CharClass class = CHAR_SPACE, before;
  while (at > line->text && (before = char_class_before(text, line->text, at, &length)) != CHAR_SPACE) {
    class = before;
    at -= length;
  }
  return class == CHAR_LOWER;
}

static bool has_gap(const char *text, uint32_t at, uint32_t end)
{
  if (end - at > GAP_WIDTH) return false;
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
  line->openers = (uint16_t)lexicon_openers(line_lexicon(lines, line), text + line->text, line->end - line->text);
  if (ends_in_lower_word(text, line)) line->flags |= LINE_ENDS_LOWER;
  if (has_gap(text, line->text, line->end)) line->flags |= LINE_HAS_GAP;
}

size_t line_phrase(const Lines *lines, size_t at, LexiconKind kind, bool whole)
{
  const Line *line = lines->items + at;
  if (!(line->openers & 1U << kind)) return 0;
  return lexicon_phrase(line_lexicon(lines, line), kind, lines->letter->text + line->text, line->end - line->text,
                        whole);
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
    Line  *items = memory_resize(lines->items, capacity * sizeof *items);
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
  for (; at < end && columns < 200; ++at)
    columns += text[at] == '\t' ? TAB_COLUMNS - columns % TAB_COLUMNS : 1;
  return (uint8_t)columns;
}

/* The hint that covers `at`; *hint runs along with the lines. */
static uint32_t hint_at(const Letter *letter, uint32_t at, size_t *hint)
{
  while (*hint < letter->hint_count && letter->hints[*hint].span.end <= at) ++*hint;
  return *hint < letter->hint_count && letter->hints[*hint].span.start <= at ? (uint32_t)*hint : NO_INDEX;
}

ClaimantStatus lines_cut(const Letter *letter, const LexiconIndex **lexicons, Lines *lines)
{
  *lines = (Lines){.letter = letter, .lexicons = lexicons};
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
      line->language = letter_language_at(letter, start);
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

void lines_free(Lines *lines)
{
  memory_free(lines->items);
  *lines = (Lines){0};
}
