#include "letter/blocks.h"

#include "base/memory.h"
#include "base/utf8.h"
#include "letter/chars.h"
#include "letter/parts.h"
#include "letter/wrap.h"

#include <string.h>

enum {
  HEADING_WIDTH = 120,
  HEADING_BYTES = 480,
  HEADING_LINES = 3,
  HEADING_WORDS = 15,
  STOPPED_WORDS = 5,
  SENTENCE_WIDTH = 30,
  HEADING_BLOCKS = 3, /* a page of fewer blocks has no headings */
  HEADING_RUN = 3,    /* more short lines in a row are no headings but a list or a table */
  HINTED_WIDTH = 250, /* of what the source marks as a heading */
  SUBJECT_WORDS = 6   /* of a subject line without the word for it */
};

enum {
  UNMARKED_ITEM = 0
}; /* value of a mark that is not in the text; those of hinted items are their level */

static ClaimantStatus add_plan(Plans *plans, const Lines *lines, size_t first, size_t count, BlockKind kind,
                               Zone zone)
{
  if (plans->count == plans->capacity) {
    size_t capacity = plans->capacity ? plans->capacity * 2 : 64;
    Plan  *items = memory_resize(plans->items, capacity * sizeof *items);
    if (!items) return CLAIMANT_NO_MEMORY;
    plans->items = items;
    plans->capacity = capacity;
  }
  const Line *line = lines->items + first, *last = line + count - 1;
  plans->items[plans->count++] = (Plan){
      .first = (uint32_t)first,
      .count = (uint32_t)count,
      .span = {line_start(line), last->end},
      .mark = line->flags & LINE_MARKED ? line->mark : (Mark){0},
      .ends = last->flags & LINE_ENDS_ANY,
      .kind = (uint8_t)kind,
      .zone = (uint8_t)zone,
  };
  return CLAIMANT_OK;
}

/* ---- Gathering lines ------------------------------------------------------------- */

static size_t joined_lines(const Lines *lines, size_t first)
{
  size_t at = first;
  while (at + 1 < lines->count && lines->items[at + 1].role == lines->items[first].role &&
         lines_joined(lines, at))
    ++at;
  return at + 1 - first;
}

/* Lines of the same role below each other with nothing between. */
static size_t touching_lines(const Lines *lines, size_t first, size_t limit)
{
  size_t at = first + 1;
  while (at < limit && lines->items[at].role == lines->items[first].role && !lines->items[at].blanks &&
         !(lines->items[at].flags & (LINE_PAGE_BREAK | LINE_HINT_START)))
    ++at;
  return at - first;
}

static BlockKind head_kind(const Lines *lines, size_t at)
{
  if (is_date_line(lines, at)) return BLOCK_DATELINE;
  size_t subject = line_phrase(lines, at, LEXICON_SUBJECT, false);
  if (subject && memchr(":.", lines->letter->text[lines->items[at].text + subject], 2)) return BLOCK_SUBJECT;
  return is_prose(lines, at) ? BLOCK_PARAGRAPH : BLOCK_ADDRESS;
}

static size_t head_lines(const Lines *lines, size_t first, BlockKind kind)
{
  if (kind == BLOCK_DATELINE) return 1;
  if (kind == BLOCK_PARAGRAPH) return joined_lines(lines, first);
  size_t end = first + touching_lines(lines, first, lines->count);
  for (size_t at = first + 1; at < end; ++at) {
    if (head_kind(lines, at) != BLOCK_ADDRESS) return at - first;
    if (kind == BLOCK_SUBJECT && !line_is_full(lines, lines->items + at - 1) && !lines_joined(lines, at - 1))
      return at - first;
  }
  return end - first;
}

static BlockKind signature_kind(const Lines *lines, size_t at)
{
  if (is_date_line(lines, at)) return BLOCK_DATELINE;
  return line_phrase(lines, at, LEXICON_ADDRESS, false) ? BLOCK_ADDRESS : BLOCK_SIGNATURE;
}

static size_t signature_lines(const Lines *lines, size_t first, BlockKind kind)
{
  if (kind == BLOCK_DATELINE) return 1;
  size_t end = first + touching_lines(lines, first, lines->count);
  for (size_t at = first + 1; at < end; ++at)
    if (signature_kind(lines, at) != kind &&
        !(kind == BLOCK_ADDRESS && signature_kind(lines, at) == BLOCK_SIGNATURE))
      return at - first;
  return end - first;
}

static BlockKind hinted_kind(const Lines *lines, size_t at)
{
  uint32_t hint = lines->items[at].hint;
  return hint == NO_INDEX ? BLOCK_PARAGRAPH : lines->letter->hints[hint].kind;
}

static BlockKind body_kind(const Lines *lines, size_t at, size_t count)
{
  const Line *line = lines->items + at;
  if (line->flags & LINE_MARKED) return BLOCK_ITEM;
  if (line->flags & LINE_HEADING_MARK) return BLOCK_HEADING;
  BlockKind hinted = hinted_kind(lines, at);
  if (hinted == BLOCK_ITEM && line->flags & LINE_HINT_START) return BLOCK_ITEM;
  if (hinted == BLOCK_HEADING && count == 1 && line->width <= HINTED_WIDTH) return BLOCK_HEADING;
  return count == 1 && is_date_line(lines, at) ? BLOCK_DATELINE : BLOCK_PARAGRAPH;
}

/* Adds the block that begins at line *at and moves *at behind it. */
static ClaimantStatus add_block(const Lines *lines, Plans *plans, size_t *at)
{
  size_t    first = *at, count;
  BlockKind kind = BLOCK_PARAGRAPH;
  Zone      zone = ZONE_BODY;
  switch ((LineRole)lines->items[first].role) {
  case ROLE_NOTHING: ++*at; return CLAIMANT_OK;
  case ROLE_FRONT_MATTER:
  case ROLE_FURNITURE:
    kind = lines->items[first].role == ROLE_FURNITURE ? BLOCK_FURNITURE : BLOCK_FRONT_MATTER;
    for (count = 1;
         first + count < lines->count && lines->items[first + count].role == lines->items[first].role;)
      ++count;
    break;
  case ROLE_HEAD:
    zone = ZONE_HEAD;
    kind = head_kind(lines, first);
    count = head_lines(lines, first, kind);
    break;
  case ROLE_SALUTATION:
    zone = ZONE_HEAD;
    kind = BLOCK_SALUTATION;
    count = touching_lines(lines, first, lines->count);
    break;
  case ROLE_CLOSING:
    zone = ZONE_SIGNATURE;
    kind = BLOCK_CLOSING;
    count = 1;
    break;
  case ROLE_SIGNATURE:
    zone = ZONE_SIGNATURE;
    kind = signature_kind(lines, first);
    count = signature_lines(lines, first, kind);
    break;
  case ROLE_NOTE:
    zone = ZONE_NOTES;
    kind = BLOCK_FOOTNOTE;
    count = joined_lines(lines, first);
    break;
  default: count = joined_lines(lines, first); kind = body_kind(lines, first, count);
  }
  *at = first + count;
  return add_plan(plans, lines, first, count, kind, zone);
}

/* ---- What the neighbours tell ------------------------------------------------------- */

static bool is_page_matter(const Plan *plan)
{
  return plan->kind == BLOCK_FURNITURE || plan->kind == BLOCK_FRONT_MATTER || plan->kind == BLOCK_FOOTNOTE;
}

/* The next plan that is part of the letter's text, or `count`. */
static size_t next_text(const Plans *plans, size_t at)
{
  do ++at;
  while (at < plans->count && is_page_matter(plans->items + at));
  return at;
}

static bool is_plain_paragraph(const Plan *plan)
{
  return plan->kind == BLOCK_PARAGRAPH && plan->zone == ZONE_BODY;
}

/* "We ask you to:" with lines below that end in semicolons: a list without bullets. */
static void find_unmarked_items(Plans *plans)
{
  uint16_t before = 0;
  bool     in_list = false;
  for (size_t i = 0; i < plans->count; i = next_text(plans, i)) {
    Plan *plan = plans->items + i;
    if (is_page_matter(plan)) continue;
    bool opens = before & LINE_ENDS_COLON && plan->ends & LINE_ENDS_SEMICOLON;
    bool goes_on =
        in_list && before & LINE_ENDS_SEMICOLON && plan->ends & (LINE_ENDS_SEMICOLON | LINE_ENDS_STOP);
    in_list = is_plain_paragraph(plan) && (opens || goes_on);
    if (in_list) {
      plan->kind = BLOCK_ITEM;
      plan->mark = (Mark){MARK_BULLET, AROUND_NOTHING, UNMARKED_ITEM, 0};
    }
    before = plan->ends;
  }
}

static bool has_letter(const Letter *letter, Span span)
{
  for (uint32_t at = span.start, length; at < span.end; at += length)
    if (char_is_letter(char_class_at(letter->text, at, &length))) return true;
  return false;
}

/* Ends as no heading does: in a dash, or behind many words in the stop of an abbreviation. */
static bool ends_open(const Letter *letter, const Line *line)
{
  uint32_t  length;
  CharClass last = char_class_before(letter->text, line->text, line->end, &length);
  if (last == CHAR_STOP) return line_words(letter, line, STOPPED_WORDS + 1) > STOPPED_WORDS;
  return last == CHAR_DASH || last == CHAR_OPEN || letter->text[line->end - 1] == '_';
}

/* A line of a sentence that the line right below seems to go on. */
static bool goes_on_below(const Lines *lines, const Plan *plan)
{
  const Line *line = lines->items + plan->first;
  if (plan->first + 1 >= lines->count || line[1].blanks || line->hint != line[1].hint) return false;
  if (line[1].flags & LINE_MARKED && !line_is_title(lines->letter, line)) return true;
  return line->flags & LINE_ENDS_LOWER && line->width > SENTENCE_WIDTH && !line_is_title(lines->letter, line);
}

/* Headings that are wrapped need space around them. */
static bool has_heading_lines(const Lines *lines, const Plan *plan)
{
  size_t below = plan->first + plan->count;
  if (plan->count == 1) return !goes_on_below(lines, plan);
  if (plan->count > HEADING_LINES || !lines->wrap) return false;
  return (!plan->first || lines->items[plan->first].blanks) &&
         (below == lines->count || lines->items[below].blanks);
}

static bool may_be_heading(const Lines *lines, const Plan *plan)
{
  const Letter *letter = lines->letter;
  const Line   *line = lines->items + plan->first, *last = line + plan->count - 1;
  if (plan->zone != ZONE_BODY || plan->ends || !has_heading_lines(lines, plan)) return false;
  bool numbered = plan->kind == BLOCK_ITEM && plan->mark.kind != MARK_BULLET;
  if (plan->kind != BLOCK_PARAGRAPH && !numbered) return false;
  if (line->flags & LINE_HAS_GAP || plan->span.end - plan->span.start > HEADING_BYTES) return false;
  if (line->flags & LINE_STARTS_LOWER && !line_is_title(letter, line)) return false;
  if (utf8_count(letter->text + plan->span.start, plan->span.end - plan->span.start) > HEADING_WIDTH)
    return false;
  if (ends_open(letter, last) || !has_letter(letter, plan->span)) return false;
  return count_words(letter, plan->span, HEADING_WORDS + 1) <= HEADING_WORDS;
}

static bool is_text_block(const Lines *lines, const Plan *plan)
{
  if (plan->zone != ZONE_BODY) return false;
  if (plan->kind == BLOCK_ITEM) return true;
  return plan->kind == BLOCK_PARAGRAPH && (plan->ends || plan->count > 1 || is_prose(lines, plan->first));
}

/* Headings in a run of candidates [from, to): all of a short run above text, else the last alone. */
static void set_headings(const Lines *lines, Plans *plans, size_t from, size_t to, size_t length)
{
  if (to == plans->count || !is_text_block(lines, plans->items + to)) return;
  for (size_t i = from; i < to; i = next_text(plans, i)) {
    Plan *plan = plans->items + i;
    if (length > HEADING_RUN && next_text(plans, i) != to) continue;
    plan->kind = BLOCK_HEADING;
  }
}

static size_t text_blocks(const Plans *plans)
{
  size_t count = 0;
  for (size_t i = 0; i < plans->count; ++i) count += !is_page_matter(plans->items + i);
  return count;
}

/* A numbered line is a heading only where it is no item among others. */
static bool stands_in_list(const Plans *plans, size_t previous, size_t at, size_t next)
{
  const Plan *plan = plans->items + at;
  if (plan->kind != BLOCK_ITEM) return false;
  const Plan *above = previous == SIZE_MAX ? NULL : plans->items + previous;
  if (above && above->kind == BLOCK_ITEM &&
      (mark_alike(above->mark, plan->mark) || !(above->ends & LINE_ENDS_STOP)))
    return true;
  return next < plans->count && plans->items[next].kind == BLOCK_ITEM &&
         mark_alike(plans->items[next].mark, plan->mark);
}

static void find_headings(const Lines *lines, Plans *plans)
{
  if (text_blocks(plans) < HEADING_BLOCKS) return;
  size_t previous = SIZE_MAX, from = SIZE_MAX, length = 0;
  for (size_t i = 0; i < plans->count; i = next_text(plans, i)) {
    Plan *plan = plans->items + i;
    if (is_page_matter(plan)) continue;
    size_t next = next_text(plans, i);
    bool   below_colon = previous != SIZE_MAX && plans->items[previous].ends & LINE_ENDS_COLON;
    bool candidate = may_be_heading(lines, plan) && !below_colon && !stands_in_list(plans, previous, i, next);
    if (candidate && from == SIZE_MAX) from = i;
    length = candidate ? length + 1 : 0;
    if (!candidate && from != SIZE_MAX) from = SIZE_MAX;
    if (candidate && (next == plans->count || !may_be_heading(lines, plans->items + next))) {
      set_headings(lines, plans, from, next, length);
      from = SIZE_MAX;
      length = 0;
    }
    previous = i;
  }
}

static bool is_one_title(const Lines *lines, const Plan *plan)
{
  for (size_t i = plan->first; i + 1 < plan->first + plan->count; ++i)
    if (!line_is_full(lines, lines->items + i)) return false;
  return count_words(lines->letter, plan->span, SUBJECT_WORDS) == SUBJECT_WORDS;
}

/* What stands right above the salutation, when it is a title and no part of an address. */
static void find_subject(const Lines *lines, Plans *plans)
{
  for (size_t i = 2; i < plans->count; ++i) {
    if (plans->items[i].kind != BLOCK_SALUTATION) continue;
    Plan *plan = plans->items + i - 1;
    if (plan->kind != BLOCK_ADDRESS || plans->items[i - 2].zone != ZONE_HEAD) return;
    if (!line_phrase(lines, plan->first, LEXICON_ADDRESS, false) && is_one_title(lines, plan))
      plan->kind = BLOCK_SUBJECT;
    return;
  }
}

ClaimantStatus plans_make(const Lines *lines, Plans *plans)
{
  *plans = (Plans){0};
  for (size_t at = 0; at < lines->count;) {
    ClaimantStatus st = add_block(lines, plans, &at);
    if (st) return st;
  }
  for (size_t i = 0; i < plans->count; ++i) {
    Plan *plan = plans->items + i;
    if (plan->kind != BLOCK_ITEM || plan->mark.kind) continue;
    uint32_t hint = lines->items[plan->first].hint;
    plan->mark =
        (Mark){MARK_BULLET, AROUND_NOTHING, hint == NO_INDEX ? 1 : lines->letter->hints[hint].level, 0};
  }
  find_unmarked_items(plans);
  find_headings(lines, plans);
  find_subject(lines, plans);
  return CLAIMANT_OK;
}

void plans_free(Plans *plans)
{
  memory_free(plans->items);
  *plans = (Plans){0};
}
