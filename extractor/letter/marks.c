#include "letter/marks.h"

#include "base/utf8.h"
#include "letter/chars.h"

#include <string.h>

enum { NUMBER_DIGITS = 3 };

uint32_t skip_bullet(const char *text, uint32_t at, uint32_t end, Mark *mark)
{
  size_t   length;
  uint32_t code = utf8_decode(text + at, &length);
  bool     needs_space =
      code == '-' || code == '*' || code == '+' || code == 0x2013 || code == 0x2014 || code == 0xB7;
  switch (code) {
  case '-':
  case '*':
  case '+':
  case 0xB7:
  case 0x2013:
  case 0x2014:
  case 0x2022:
  case 0x2023:
  case 0x2043:
  case 0x25A0:
  case 0x25A1:
  case 0x25AA:
  case 0x25AB:
  case 0x25B6:
  case 0x25BA:
  case 0x25CB:
  case 0x25CF:
  case 0x25E6:
  case 0x2713:
  case 0x2714:
  case 0x27A2:
  case 0x2756:
  case 0xF0A7:
  case 0xF0B7: break;
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

uint32_t skip_number(const char *text, uint32_t at, uint32_t end, Mark *mark)
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
  uint32_t after = at < end ? skip_number(text, at, end, &found) : 0;
  if (!after || after == end || found.around == AROUND_NOTHING || found.around == AROUND_DOT) return at;
  *mark = found;
  return skip_space(text, after, end);
}

uint32_t skip_heading_mark(const char *text, uint32_t at, uint32_t end)
{
  uint32_t from = at;
  while (at < end && at - from < 6 && text[at] == '#') ++at;
  return at > from && at < end && text[at] == ' ' ? at : 0;
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
