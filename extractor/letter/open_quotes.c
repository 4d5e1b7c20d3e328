#include "letter/open_quotes.h"

#include "base/utf8.h"

static const uint32_t NO_MARK = UINT32_MAX;

enum { LEFT_DOUBLE = 0x201C, RIGHT_DOUBLE = 0x201D, LOW_DOUBLE = 0x201E, LEFT_ANGLE = 0xAB, RIGHT_ANGLE = 0xBB };

/* Marks seen in one paragraph. Counts alone tell for angle marks, which some languages turn round. */
typedef struct {
  uint32_t curly_open, low_open, angle_left, angle_right;
  uint32_t last_curly, last_angle; /* the last opening one, or NO_MARK */
} Marks;

/* U+201C opens, but closes what U+201E has opened. */
static void count_mark(Marks *marks, uint32_t code, uint32_t at)
{
  if (code == LOW_DOUBLE) marks->low_open++;
  else if (marks->low_open && (code == LEFT_DOUBLE || code == RIGHT_DOUBLE)) marks->low_open--;
  else if (code == LEFT_DOUBLE) marks->curly_open++;
  else if (code == RIGHT_DOUBLE && marks->curly_open) marks->curly_open--;
  marks->angle_left += code == LEFT_ANGLE;
  marks->angle_right += code == RIGHT_ANGLE;
  if (code == LOW_DOUBLE || code == LEFT_DOUBLE) marks->last_curly = at;
  if (code == LEFT_ANGLE) marks->last_angle = at;
}

static Marks marks_of(const Letter *letter, Span span)
{
  Marks  marks = {.last_curly = NO_MARK, .last_angle = NO_MARK};
  size_t length;
  for (uint32_t at = span.start; at < span.end; at += (uint32_t)length)
    count_mark(&marks, utf8_decode(letter->text + at, &length), at);
  return marks;
}

static bool opens_with(const Letter *letter, const Block *block, uint32_t mark_at)
{
  size_t   length;
  uint32_t mark = utf8_decode(letter->text + mark_at, &length);
  return block->span.start < block->span.end && utf8_decode(letter->text + block->span.start, &length) == mark;
}

/* The mark that nothing closes, or NO_MARK. */
static uint32_t open_in(const Letter *letter, size_t block)
{
  Marks    marks = marks_of(letter, letter->blocks[block].span);
  uint32_t open = marks.curly_open + marks.low_open ? marks.last_curly : NO_MARK;
  if (open == NO_MARK && marks.angle_left > marks.angle_right) open = marks.last_angle;
  if (open == NO_MARK || block + 1 == letter->block_count) return open;
  return opens_with(letter, &letter->blocks[block + 1], open) ? NO_MARK : open;
}

void open_quotes_report(const Letter *letter)
{
  size_t   count = 0;
  uint32_t first = 0;
  for (size_t i = 0; i < letter->block_count; ++i) {
    uint32_t open = letter->blocks[i].unit_count ? open_in(letter, i) : NO_MARK;
    if (open == NO_MARK) continue;
    if (!count++) first = open;
  }
  if (!count || !letter->diagnostics) return;
  Place place = {.file = letter->name, .line = letter_line(letter, first)};
  diagnostics_add(letter->diagnostics, CLAIMANT_WARNING, "unclosed-quotation", place,
                  "%zu quotation%s opened and not closed; each is taken to end with its paragraph", count,
                  count == 1 ? " is" : "s are");
}
