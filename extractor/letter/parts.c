#include "letter/parts.h"

#include "letter/chars.h"
#include "letter/sentences.h"
#include "letter/wrap.h"

#include <string.h>

enum {
  PROSE_WORDS = 8,
  PROSE_WIDTH = 250,
  PROSE_BEFORE = 3, /* lines of prose that may stand above a salutation */
  SALUTATION_LINES = 3,
  SALUTATION_WIDTH = 250,
  BARE_WORDS = 4,
  FAREWELL_WORDS = 7, /* of a closing that no list knows */
  SALUTATION_WORDS = 6, /* of one without a comma or colon */
  CLOSING_WIDTH = 60,
  CLOSING_REST = 32, /* bytes of a name behind the closing on its line */
  NAME_WIDTH = 100,
  NAME_WORDS = 14,
  DATE_WIDTH = 60,
  DATE_OTHERS = 4, /* words of a date line that are no date */
  NEIGHBOURS = 4   /* blocks beside furniture that are furniture too */
};

static bool is_body(const Lines *lines, size_t at) { return lines->items[at].role == ROLE_BODY; }

/* Nothing runs from the line above into this one. */
static bool begins(const Lines *lines, size_t at)
{
  return !at || lines->items[at].blanks || lines->items[at - 1].role != lines->items[at].role ||
         !lines_joined(lines, at - 1);
}

/* ---- Kinds of lines ---------------------------------------------------------- */

static bool holds_sentence_end(const Lines *lines, const Line *line)
{
  Sentences sentences = {lines->letter->text, line_lexicon(lines, line), line->text, line->end};
  Span      first;
  return sentence_next(&sentences, &first) && first.end < line->end;
}

bool is_prose(const Lines *lines, size_t at)
{
  const Line *line = lines->items + at;
  unsigned    width = line->width;
  if (width > PROSE_WIDTH) return true;
  if (line_words(lines->letter, line, PROSE_WORDS) < PROSE_WORDS) return false;
  bool title = line_is_title(lines->letter, line);
  for (;; ++at, width += line->width) {
    line = lines->items + at;
    if (width > PROSE_WIDTH || holds_sentence_end(lines, line)) return true;
    if (title || at + 1 == lines->count || !lines_joined(lines, at))
      return line->flags & (LINE_ENDS_STOP | LINE_ENDS_COLON);
  }
}

static bool parts_words(CharClass class, char byte)
{
  return class == CHAR_SPACE || class == CHAR_DASH || byte == ',' || byte == '/';
}

/* The next word at or behind `at`, with white space, dashes, commas and slashes between words;
 * empty at the end of the line. */
static Span next_word(const char *text, uint32_t at, uint32_t end)
{
  uint32_t length;
  for (; at < end; at += length)
    if (!parts_words(char_class_at(text, at, &length), text[at])) break;
  Span word = {at, at};
  for (; word.end < end; word.end += length)
    if (parts_words(char_class_at(text, word.end, &length), text[word.end])) break;
  return word;
}

typedef struct {
  unsigned months, days, years, dotted, others; /* words of each kind; dotted: 13.09.2017 */
} DateWords;

static void count_date_word(const Lines *lines, const Line *line, Span word, DateWords *words)
{
  const char *text = lines->letter->text + word.start;
  uint32_t    bytes = word.end - word.start, digits = 0;
  while (digits < bytes && text[digits] >= '0' && text[digits] <= '9') ++digits;
  bool dots = digits < bytes && text[digits] == '.';
  if (digits && digits <= 2 && dots && bytes >= 6) words->dotted++;
  else if (digits == 4) words->years++;
  else if (digits && digits <= 2 && bytes <= digits + 3) words->days++; /* "3", "3.", "3rd" */
  else if (lexicon_word(line_lexicon(lines, line), text, bytes) & 1U << LEXICON_MONTH) words->months++;
  else words->others++;
}

bool is_date_line(const Lines *lines, size_t at)
{
  const Line *line = lines->items + at;
  DateWords   words = {0};
  if (line->width > DATE_WIDTH || line->flags & LINE_ENDS_COLON) return false;
  for (Span word = {line->start, line->start};;) {
    word = next_word(lines->letter->text, word.end, line->end);
    if (word.start == word.end) break;
    count_date_word(lines, line, word, &words);
  }
  if (words.others > (line->flags & LINE_ENDS_STOP ? 0 : DATE_OTHERS)) return false;
  if (words.months == 1) return (words.days || words.years) && words.days <= 3 && words.years <= 1;
  bool figures = words.dotted == 1 || (words.years == 1 && words.days == 2);
  return !words.months && figures && words.others <= 1;
}

static bool is_name_like(const Lines *lines, size_t at)
{
  const Line *line = lines->items + at;
  if (line->flags &
      (LINE_ENDS_STOP | LINE_ENDS_COLON | LINE_ENDS_SEMICOLON | LINE_STARTS_LOWER | LINE_MARKED))
    return false;
  return line->width <= NAME_WIDTH && line_words(lines->letter, line, NAME_WORDS + 1) <= NAME_WORDS;
}

/* ---- Salutation and head --------------------------------------------------------- */

/* The line behind a salutation that begins at `at`, or `at` when none does. */
static size_t salutation_end(const Lines *lines, size_t at)
{
  if (!begins(lines, at) || !line_phrase(lines, at, LEXICON_SALUTATION, false)) return at;
  if (at + 1 == lines->count) return at;
  unsigned width = 0;
  for (size_t i = at; i < lines->count && i < at + SALUTATION_LINES && is_body(lines, i); ++i) {
    const Line *line = lines->items + i;
    width += line->width;
    if (width > SALUTATION_WIDTH || (i > at && line->blanks)) return at;
    if (line->flags & (LINE_ENDS_COMMA | LINE_ENDS_COLON | LINE_ENDS_SEMICOLON)) return i + 1;
    bool alone = i + 1 == lines->count || line[1].blanks || !lines_joined(lines, i);
    bool cry = line->flags & LINE_ENDS_STOP && lines->letter->text[line->end - 1] != '.';
    if (i > at || !alone) {
      if (line->flags & LINE_ENDS_STOP) return at;
      continue;
    }
    bool brief = line_words(lines->letter, line, SALUTATION_WORDS + 1) <= SALUTATION_WORDS &&
                 !memchr(lines->letter->text + line->text, ',', line->end - line->text);
    return brief && (cry || !(line->flags & LINE_ENDS_STOP)) ? i + 1 : at;
  }
  return at;
}

/* "Sir," or "Aunt May," right above the text: a name or title and a comma. */
static bool is_bare_salutation(const Lines *lines, size_t at)
{
  const Line *line = lines->items + at;
  if (!(line->flags & LINE_ENDS_COMMA) || line->flags & (LINE_STARTS_LOWER | LINE_MARKED) ||
      !begins(lines, at))
    return false;
  return line_words(lines->letter, line, BARE_WORDS + 1) <= BARE_WORDS && !is_date_line(lines, at);
}

/* The salutation above the text: the last line of the head that is one, else `bare`, the last
 * that may be. *end is the line behind it; SIZE_MAX: none. */
static size_t find_salutation(const Lines *lines, size_t *end, size_t *bare)
{
  unsigned prose = 0;
  size_t   found = SIZE_MAX, last = SIZE_MAX;
  *bare = SIZE_MAX;
  for (size_t i = 0; i < lines->count && prose <= PROSE_BEFORE; ++i) {
    if (!is_body(lines, i)) continue;
    size_t stop = salutation_end(lines, i);
    if (stop > i) {
      if (found == SIZE_MAX || *end != i) found = i;
      *end = stop;
      last = i = stop - 1;
      continue;
    }
    if (is_prose(lines, i)) {
      if (found != SIZE_MAX) break;
      if (!prose && last != SIZE_MAX && is_bare_salutation(lines, last)) *bare = last;
      ++prose;
    }
    last = i;
  }
  return found;
}

static void set_body_roles(Lines *lines, size_t from, size_t to, LineRole role)
{
  for (size_t i = from; i < to; ++i)
    if (is_body(lines, i)) lines->items[i].role = (uint8_t)role;
}

static bool is_head_sign(const Lines *lines, size_t at)
{
  return is_date_line(lines, at) || line_phrase(lines, at, LEXICON_ADDRESS, false) ||
         line_phrase(lines, at, LEXICON_SUBJECT, false);
}

/* Where the head of a letter without salutation ends: at the text, when there is a sign of a head above it.
 */
static size_t head_end(const Lines *lines)
{
  bool   head = false;
  size_t end = 0;
  for (; end < lines->count; ++end) {
    if (!is_body(lines, end)) continue;
    if (is_prose(lines, end)) break;
    head |= is_head_sign(lines, end);
  }
  return head && end < lines->count ? end : 0;
}

/* Lines above navigation and between its lines belong to the page, and so does what stands between
 * it and the head's first sign. */
static void widen_page_head(Lines *lines)
{
  size_t last = SIZE_MAX, sign = SIZE_MAX, others = 0;
  for (size_t i = 0; i < lines->count && others <= NEIGHBOURS; ++i) {
    const Line *line = lines->items + i;
    if (line->role == ROLE_FURNITURE) last = i, others = 0;
    if (line->role != ROLE_BODY) continue;
    if (is_head_sign(lines, i)) sign = i;
    if (sign != SIZE_MAX || line->flags & (LINE_ENDS | LINE_MARKED) || is_prose(lines, i) ||
        salutation_end(lines, i) > i)
      break;
    others += begins(lines, i);
  }
  if (last == SIZE_MAX) return;
  set_body_roles(lines, 0, last, ROLE_FURNITURE);
  if (sign != SIZE_MAX && others < NEIGHBOURS) set_body_roles(lines, last, sign, ROLE_FURNITURE);
}

/* ---- Closing and signature ---------------------------------------------------------- */

static bool is_closing(const Lines *lines, size_t at)
{
  const Line *line = lines->items + at;
  if (line->width > CLOSING_WIDTH || !begins(lines, at) || line->flags & LINE_MARKED) return false;
  size_t bytes = line_phrase(lines, at, LEXICON_CLOSING, false);
  if (!bytes) return false;
  if (line_phrase(lines, at, LEXICON_CLOSING, true)) return true;
  if (line->flags & LINE_ENDS_COMMA) return true;
  size_t rest = line->end - line->text - bytes;
  return rest <= CLOSING_REST && lines->letter->text[line->text + bytes] == ',' && !(line->flags & LINE_ENDS);
}

static size_t find_closing(const Lines *lines, size_t from, bool letter)
{
  bool text = false;
  for (size_t i = from; i < lines->count; ++i) {
    if (!is_body(lines, i)) continue;
    if (text && is_closing(lines, i) && (letter || i * 2 >= lines->count)) return i;
    text |= letter || is_prose(lines, i);
  }
  return SIZE_MAX;
}

/* The line behind the signature that follows a closing. */
static size_t signature_end(const Lines *lines, size_t from)
{
  size_t end = from;
  for (size_t i = from; i < lines->count; ++i) {
    if (!is_body(lines, i)) continue;
    if (is_prose(lines, i)) break;
    end = i + 1;
  }
  return end;
}

/* "Mary Perpetua, O.S.B." */
static bool ends_in_initials(const Lines *lines, const Line *line)
{
  const char *end = lines->letter->text + line->end;
  return line->end - line->text > 4 && end[-1] == '.' && end[-3] == '.' && end[-2] >= 'A' && end[-2] <= 'Z';
}

/* Without a closing: the names below the last paragraph. */
static size_t trailing_names(const Lines *lines, size_t from)
{
  size_t first = SIZE_MAX;
  for (size_t i = lines->count; i-- > from;) {
    const Line *line = lines->items + i;
    if (line->role != ROLE_BODY) continue;
    if (is_name_like(lines, i) || ends_in_initials(lines, line)) {
      if (begins(lines, i)) first = i;
      continue;
    }
    return line->flags & (LINE_ENDS_COLON | LINE_MARKED) ? SIZE_MAX : first;
  }
  return SIZE_MAX;
}

/* Below the signature, lines around and between furniture are furniture. */
static void widen_page_foot(Lines *lines, size_t from)
{
  size_t first = SIZE_MAX, last = 0, count = 0, between = 0;
  for (size_t i = from; i < lines->count; ++i) {
    if (lines->items[i].role != ROLE_FURNITURE) continue;
    if (first == SIZE_MAX) first = i;
    last = i;
    ++count;
  }
  if (!count) return;
  for (size_t i = from; i < first; ++i) between += begins(lines, i);
  set_body_roles(lines, between <= NEIGHBOURS ? from : first, last, ROLE_FURNITURE);
  if (count > NEIGHBOURS || lines->count - last <= NEIGHBOURS)
    set_body_roles(lines, last, lines->count, ROLE_FURNITURE);
}

static size_t last_prose(const Lines *lines)
{
  for (size_t i = lines->count; i-- > 0;)
    if (is_body(lines, i) && (is_prose(lines, i) || lines->items[i].flags & (LINE_ENDS_STOP | LINE_MARKED)))
      return i + 1;
  return lines->count;
}

/* The message that an e-mail answers: quoted lines at the end, and what says whose it is right above them. */
static void mark_quoted_message(Lines *lines)
{
  size_t first = lines->count, body = 0;
  while (first && lines->letter->text[lines->items[first - 1].start] == '>') --first;
  if (first == lines->count || !first || !(lines->items[first - 1].flags & LINE_ENDS_COLON)) return;
  for (--first; first && !lines->items[first].blanks; --first) continue;
  for (size_t i = 0; i < first; ++i) body += is_body(lines, i);
  if (body) set_body_roles(lines, first, lines->count, ROLE_FURNITURE);
}

/* Gives the salutation found, or the bare line that is one where the rest is a letter, its role. */
static size_t mark_salutation(Lines *lines, size_t salutation, size_t end, size_t bare, bool letter)
{
  if (salutation == SIZE_MAX && letter && bare != SIZE_MAX) salutation = bare, end = bare + 1;
  if (salutation == SIZE_MAX) return SIZE_MAX;
  set_body_roles(lines, 0, salutation, ROLE_HEAD);
  set_body_roles(lines, salutation, end, ROLE_SALUTATION);
  return salutation;
}

/* The first of the names below the text may be a closing that no list knows: "Ever yours," */
static bool is_bare_closing(const Lines *lines, size_t at, size_t end)
{
  const Line *line = lines->items + at;
  return at + 1 < end && line->flags & LINE_ENDS_COMMA &&
         line_words(lines->letter, line, FAREWELL_WORDS + 1) <= FAREWELL_WORDS;
}

/* "To:" and the like stand above. */
static bool head_above(const Lines *lines, size_t at)
{
  unsigned signs = 0;
  for (size_t i = 0; i < at; ++i) signs += is_body(lines, i) && is_head_sign(lines, i);
  return signs > 1;
}

void parts_mark(Lines *lines)
{
  size_t behind = 0, bare, end = SIZE_MAX, names = SIZE_MAX;
  mark_quoted_message(lines);
  widen_page_head(lines);
  size_t salutation = find_salutation(lines, &behind, &bare);
  bool   letter = salutation != SIZE_MAX;
  if (!letter && bare != SIZE_MAX && head_above(lines, bare)) salutation = bare, behind = bare + 1, letter = true;
  size_t closing = find_closing(lines, letter ? behind : 0, letter);
  if (closing != SIZE_MAX) end = signature_end(lines, names = closing + 1);
  else if (letter && (names = trailing_names(lines, behind)) != SIZE_MAX) end = lines->count;
  widen_page_foot(lines, end != SIZE_MAX ? end : last_prose(lines));
  letter |= closing != SIZE_MAX;
  if (mark_salutation(lines, salutation, behind, bare, letter) == SIZE_MAX && letter)
    set_body_roles(lines, 0, head_end(lines), ROLE_HEAD);
  if (closing == SIZE_MAX && names != SIZE_MAX && is_bare_closing(lines, names, end)) closing = names++;
  if (closing != SIZE_MAX) lines->items[closing].role = ROLE_CLOSING;
  if (names != SIZE_MAX) set_body_roles(lines, names, end, ROLE_SIGNATURE);
}
