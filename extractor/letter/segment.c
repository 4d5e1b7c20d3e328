#include "letter/segment.h"

#include "base/memory.h"
#include "base/utf8.h"
#include "letter/blocks.h"
#include "letter/chars.h"
#include "letter/clauses.h"
#include "letter/languages.h"
#include "letter/lines.h"
#include "letter/open_quotes.h"
#include "letter/page.h"
#include "letter/parts.h"
#include "letter/sentences.h"
#include "letter/wrap.h"

#include <string.h>

enum { LIST_DEPTH = 8, COLUMN_GAP = 3 /* spaces */ };

/* A list that further items may join. */
typedef struct {
  Mark     mark; /* of its last item */
  uint32_t list;
} OpenList;

typedef struct {
  Letter      *letter;
  const Lines *lines;
  Block       *blocks;
  Unit        *units;
  List        *lists;
  Section     *sections;
  size_t       block_count, unit_count, list_count, section_count;
  size_t       block_capacity, unit_capacity, list_capacity, section_capacity;
  OpenList     open[LIST_DEPTH];
  size_t       open_count;
  bool         interrupted; /* text stood between the open list and here */
  size_t       cut_units;
  uint32_t     first_cut;
  bool         failed;
} Builder;

/* ---- Growing -------------------------------------------------------------------- */

static void *grow(Builder *b, void *items, size_t count, size_t *capacity, size_t size)
{
  if (b->failed || count < *capacity) return items;
  size_t larger = *capacity ? *capacity * 2 : 32;
  void  *moved = larger > SIZE_MAX / size ? NULL : memory_resize(items, larger * size);
  if (!moved) return b->failed = true, items;
  *capacity = larger;
  return moved;
}

static uint32_t add_section(Builder *b, uint32_t heading)
{
  b->sections = grow(b, b->sections, b->section_count, &b->section_capacity, sizeof *b->sections);
  if (b->failed) return 0;
  b->sections[b->section_count] = (Section){heading};
  return (uint32_t)b->section_count++;
}

static uint32_t add_list(Builder *b, uint32_t leadin, uint32_t parent)
{
  b->lists = grow(b, b->lists, b->list_count, &b->list_capacity, sizeof *b->lists);
  if (b->failed) return NO_INDEX;
  b->lists[b->list_count] = (List){.leadin = leadin, .first_item = NO_INDEX, .parent = parent};
  return (uint32_t)b->list_count++;
}

static void add_unit(Builder *b, Span span, UnitKind kind, uint32_t list)
{
  b->units = grow(b, b->units, b->unit_count, &b->unit_capacity, sizeof *b->units);
  if (b->failed) return;
  Block *block = b->blocks + b->block_count - 1;
  b->units[b->unit_count++] = (Unit){
      .span = span,
      .kind = kind,
      .zone = block->zone,
      .block = (uint32_t)(b->block_count - 1),
      .section = block->section,
      .list = list,
      .language = block->language,
  };
  block->unit_count++;
}

/* That of the longest of its lines: what stands above a change of language may be joined with what is below. */
static uint16_t plan_language(const Builder *b, const Plan *plan)
{
  const Line *longest = b->lines->items + plan->first;
  for (size_t i = plan->first; i < plan->first + plan->count; ++i)
    if (b->lines->items[i].width > longest->width) longest = b->lines->items + i;
  return longest->language;
}

static void add_block(Builder *b, const Plan *plan, uint32_t section)
{
  b->blocks = grow(b, b->blocks, b->block_count, &b->block_capacity, sizeof *b->blocks);
  if (b->failed) return;
  b->blocks[b->block_count++] = (Block){
      .span = plan->span,
      .kind = (BlockKind)plan->kind,
      .zone = (Zone)plan->zone,
      .section = section,
      .first_unit = (uint32_t)b->unit_count,
      .language = plan_language(b, plan),
  };
}

/* Of the block in hand. */
static const LexiconIndex *block_lexicon(const Builder *b)
{
  return b->lines->lexicons[b->blocks[b->block_count - 1].language];
}

/* ---- Units ---------------------------------------------------------------------- */

/* The place to cut a unit that is too long: behind the last word that fits. */
static uint32_t cut_place(const char *text, Span span)
{
  uint32_t at = span.start, length, border = span.start;
  for (size_t count = 0; count < UNIT_MAX_CODE_POINTS && at < span.end; ++count, at += length)
    if (char_class_at(text, at, &length) == CHAR_SPACE) border = at;
  if (at == span.end) return span.end;
  return border > span.start ? border : at;
}

/* Adds a unit in pieces that are not too long. */
static void add_cut(Builder *b, Span span, UnitKind kind, uint32_t list)
{
  const char *text = b->letter->text;
  while (span.end - span.start > UNIT_MAX_CODE_POINTS && !b->failed) {
    uint32_t cut = cut_place(text, span);
    if (cut == span.end) break;
    if (!b->cut_units++) b->first_cut = span.start;
    add_unit(b, (Span){span.start, skip_space_back(text, span.start, cut)}, kind, list);
    if (kind == UNIT_ITEM) kind = UNIT_SENTENCE, list = NO_INDEX;
    span.start = skip_space(text, cut, span.end);
  }
  if (span.start < span.end) add_unit(b, span, kind, list);
}

/* A sentence, or the lead-in and items of a list inside it. `kind` and `list` are those of the whole. */
static void add_sentence(Builder *b, Span sentence, UnitKind kind, uint32_t list)
{
  const LexiconIndex *lexicon = block_lexicon(b);
  Span                leadin, item;
  Clauses             items;
  if (!clauses_find(b->letter->text, sentence, lexicon, &leadin, &items)) {
    add_cut(b, sentence, kind, list);
    return;
  }
  uint32_t inner = add_list(b, (uint32_t)b->unit_count, list);
  add_cut(b, leadin, UNIT_LEADIN, inner);
  while (clause_next(&items, lexicon, &item)) add_cut(b, item, UNIT_ITEM, inner);
}

/* All sentences of a stretch; the first is an item of `list` when there is one. */
static void add_sentences(Builder *b, Span span, uint32_t list)
{
  Sentences sentences = {b->letter->text, block_lexicon(b), span.start, span.end};
  Span      sentence;
  for (UnitKind kind = list == NO_INDEX ? UNIT_SENTENCE : UNIT_ITEM;
       sentence_next(&sentences, &sentence) && !b->failed;) {
    add_sentence(b, sentence, kind, list);
    kind = UNIT_SENTENCE;
    list = NO_INDEX;
  }
}

static bool leaves_bracket_open(const char *text, Span span)
{
  int depth = 0;
  for (uint32_t at = span.start; at < span.end; ++at) depth += (text[at] == '(') - (text[at] == ')');
  return depth > 0;
}

/* The next line belongs to this one: it was wrapped, or a bracket reaches into it. */
static bool is_continued(const Builder *b, const Plan *plan, size_t at)
{
  if (at + 1 >= plan->first + plan->count) return false;
  const Line *line = b->lines->items + at, *next = line + 1;
  if (next->flags & LINE_MARKED) return false;
  return lines_joined(b->lines, at) || b->letter->text[next->start] == '(' ||
         leaves_bracket_open(b->letter->text, (Span){line->start, line->end});
}

/* Where the next column of the line begins: behind three spaces or a tab, but not behind a label ("To:"), nor
 * before a small letter; `end` when there is none. *stop is where this column ends. */
static uint32_t next_column(const char *text, uint32_t at, uint32_t end, uint32_t *stop)
{
  for (uint32_t start = at; at < end; ++at) {
    uint32_t after = at, length;
    while (after < end && (text[after] == ' ' || text[after] == '\t')) ++after;
    bool gap = after - at >= COLUMN_GAP || memchr(text + at, '\t', after - at);
    if (gap && at > start && text[at - 1] != ':' && char_class_at(text, after, &length) == CHAR_UPPER) {
      *stop = at;
      return after;
    }
    if (after > at) at = after - 1;
  }
  *stop = end;
  return end;
}

/* Names side by side are units of their own. */
static void add_columns(Builder *b, const Line *line)
{
  uint32_t start = line_start(line), stop;
  while (start < line->end) {
    uint32_t next = next_column(b->letter->text, start, line->end, &stop);
    add_cut(b, (Span){start, stop}, UNIT_LINE, NO_INDEX);
    start = next;
  }
}

static void add_line_units(Builder *b, const Plan *plan)
{
  for (size_t at = plan->first, end = at + plan->count; at < end; ++at) {
    const Line *line = b->lines->items + at;
    uint32_t    start = line_start(line);
    if (line->flags & LINE_HAS_GAP && !is_continued(b, plan, at)) {
      add_columns(b, line);
      continue;
    }
    while (is_continued(b, plan, at)) ++at;
    add_cut(b, (Span){start, b->lines->items[at].end}, UNIT_LINE, NO_INDEX);
  }
}

/* ---- Lists ------------------------------------------------------------------------ */

/* The unit right before this block, when it can lead in a list: it ends in a colon, or
 * unfinished right above the first item. */
static uint32_t find_leadin(const Builder *b, const Plan *plan)
{
  if (!b->unit_count) return NO_INDEX;
  const Unit *unit = b->units + b->unit_count - 1;
  if (unit->zone != ZONE_BODY || (unit->kind != UNIT_SENTENCE && unit->kind != UNIT_ITEM)) return NO_INDEX;
  bool colon = b->letter->text[unit->span.end - 1] == ':';
  if (!colon && (plan->first == 0 || b->lines->items[plan->first].blanks || plan[-1].ends)) return NO_INDEX;
  return (uint32_t)(b->unit_count - 1);
}

static uint32_t open_list(Builder *b, const Plan *plan)
{
  Mark     mark = plan->mark;
  uint32_t leadin = find_leadin(b, plan);
  uint32_t parent = b->open_count && !b->interrupted ? b->open[b->open_count - 1].list : NO_INDEX;
  if (b->interrupted || b->open_count == LIST_DEPTH) b->open_count = 0;
  uint32_t list = add_list(b, leadin, parent);
  if (b->failed) return NO_INDEX;
  if (leadin != NO_INDEX) {
    b->units[leadin].kind = UNIT_LEADIN;
    b->units[leadin].list = list;
  }
  b->open[b->open_count++] = (OpenList){mark, list};
  b->interrupted = false;
  return list;
}

/* The open list that an item with this mark goes on, the innermost first; SIZE_MAX: none. */
static size_t matching_list(const Builder *b, Mark mark)
{
  for (size_t i = b->open_count; i-- > 0;) {
    if (!mark_follows(mark, b->open[i].mark)) continue;
    if (mark.kind != MARK_BULLET || !b->interrupted) return i;
  }
  for (size_t i = b->open_count; i-- > 0 && !b->interrupted;)
    if (mark_alike(mark, b->open[i].mark) && !mark_is_first(mark)) return i;
  return SIZE_MAX;
}

static uint32_t item_list(Builder *b, const Plan *plan)
{
  size_t found = matching_list(b, plan->mark);
  if (found == SIZE_MAX) return open_list(b, plan);
  b->open[found].mark = plan->mark;
  b->open_count = found + 1;
  b->interrupted = false;
  return b->open[found].list;
}

/* Fills first_item and item_count; a list of one item that nothing leads in is none. */
static void count_items(Builder *b)
{
  for (size_t i = 0; i < b->unit_count; ++i) {
    const Unit *unit = b->units + i;
    if (unit->kind != UNIT_ITEM || unit->list == NO_INDEX) continue;
    List *list = b->lists + unit->list;
    if (!list->item_count++) list->first_item = (uint32_t)i;
  }
}

static void drop_lone_items(Builder *b)
{
  uint32_t *map = memory_zeroed(b->list_count + 1, sizeof *map);
  if (!map) {
    b->failed = true;
    return;
  }
  for (size_t i = 0; i < b->list_count; ++i)
    if (b->lists[i].parent != NO_INDEX) map[b->lists[i].parent] = 1;
  size_t kept = 0;
  for (size_t i = 0; i < b->list_count; ++i) {
    List *list = b->lists + i;
    bool  lone = !map[i] && list->leadin == NO_INDEX && list->parent == NO_INDEX && list->item_count <= 1;
    if (list->parent != NO_INDEX) list->parent = map[list->parent];
    map[i] = lone ? NO_INDEX : (uint32_t)kept;
    if (!lone) b->lists[kept++] = *list;
  }
  for (size_t i = 0; i < b->unit_count; ++i) {
    Unit *unit = b->units + i;
    if (unit->list == NO_INDEX) continue;
    unit->list = map[unit->list];
    if (unit->list != NO_INDEX || unit->kind != UNIT_ITEM) continue;
    unit->kind = UNIT_SENTENCE;
    b->blocks[unit->block].kind = BLOCK_PARAGRAPH;
  }
  b->list_count = kept;
  memory_free(map);
}

/* ---- Blocks ------------------------------------------------------------------------- */

static uint32_t section_of(Builder *b, const Plan *plan)
{
  bool headed = b->section_count && b->sections[b->section_count - 1].heading != NO_INDEX;
  if (plan->kind == BLOCK_HEADING) return add_section(b, (uint32_t)b->block_count);
  if (!b->section_count || (headed && plan->zone == ZONE_SIGNATURE)) return add_section(b, NO_INDEX);
  return (uint32_t)(b->section_count - 1);
}

/* What stands behind "title:" or "title =" on the line, without quotation marks; empty when it has no title. */
static Span title_value(const char *text, const Line *line)
{
  static const char key[] = "title";
  Span              value = {line->start + (uint32_t)sizeof key - 1, line->end};
  if (value.start >= value.end || memcmp(text + line->start, key, sizeof key - 1) != 0) return (Span){0};
  value.start = skip_space(text, value.start, value.end);
  if (value.start == value.end || !strchr(":=", text[value.start])) return (Span){0};
  value.start = skip_space(text, value.start + 1, value.end);
  return value;
}

/* Of the front matter the title says something of the letter, in a block of its own; indented lines below go on
 * with it. */
static Span front_title(const Builder *b, const Plan *plan)
{
  const char *text = b->letter->text;
  for (size_t at = plan->first, end = at + plan->count; at < end; ++at) {
    Span title = title_value(text, b->lines->items + at);
    if (title.start == title.end) continue;
    while (at + 1 < end && b->lines->items[at + 1].indent) title.end = b->lines->items[++at].end;
    bool quoted = strchr("\"'", text[title.start]) && title.end - title.start > 2 && text[title.end - 1] == text[title.start];
    return quoted ? (Span){title.start + 1, title.end - 1} : title;
  }
  return (Span){0};
}

static void build_front_matter(Builder *b, const Plan *plan, uint32_t section)
{
  Span title = front_title(b, plan);
  Plan before = *plan, inside = *plan, after = *plan;
  if (title.start == title.end) {
    add_block(b, plan, section);
    return;
  }
  before.span.end = skip_space_back(b->letter->text, plan->span.start, title.start);
  inside.span = title;
  inside.zone = ZONE_HEAD;
  after.span.start = skip_space(b->letter->text, title.end, plan->span.end);
  add_block(b, &before, section);
  add_block(b, &inside, section);
  if (!b->failed) add_cut(b, title, UNIT_HEADING, NO_INDEX);
  if (after.span.start < after.span.end) add_block(b, &after, section);
}

static void build_block(Builder *b, const Plan *plan)
{
  uint32_t section = section_of(b, plan);
  if (plan->kind == BLOCK_FRONT_MATTER) {
    build_front_matter(b, plan, section);
    return;
  }
  add_block(b, plan, section);
  if (b->failed) return;
  switch ((BlockKind)plan->kind) {
  case BLOCK_FURNITURE: return;
  case BLOCK_ITEM: add_sentences(b, plan->span, item_list(b, plan)); return;
  case BLOCK_HEADING:
    b->open_count = 0;
    add_cut(b, plan->span, UNIT_HEADING, NO_INDEX);
    return;
  case BLOCK_SALUTATION: add_cut(b, plan->span, UNIT_SALUTATION, NO_INDEX); return;
  case BLOCK_PARAGRAPH:
  case BLOCK_FOOTNOTE:
    if (plan->kind == BLOCK_PARAGRAPH) b->interrupted = true;
    add_sentences(b, plan->span, NO_INDEX);
    return;
  case BLOCK_SUBJECT: add_cut(b, plan->span, UNIT_LINE, NO_INDEX); return;
  default: add_line_units(b, plan);
  }
}

static void *keep(Builder *b, const void *items, size_t bytes)
{
  void *kept = arena_alloc(b->letter->arena, bytes ? bytes : 1);
  if (!kept) return b->failed = true, NULL;
  if (bytes) memcpy(kept, items, bytes);
  return kept;
}

static void hand_over(Builder *b)
{
  Letter *letter = b->letter;
  letter->blocks = keep(b, b->blocks, b->block_count * sizeof *b->blocks);
  letter->units = keep(b, b->units, b->unit_count * sizeof *b->units);
  letter->lists = keep(b, b->lists, b->list_count * sizeof *b->lists);
  letter->sections = keep(b, b->sections, b->section_count * sizeof *b->sections);
  if (b->failed) return;
  letter->block_count = b->block_count;
  letter->unit_count = b->unit_count;
  letter->list_count = b->list_count;
  letter->section_count = b->section_count;
}

static void report_cut(const Builder *b)
{
  if (!b->cut_units || !b->letter->diagnostics) return;
  Place place = {.file = b->letter->name, .line = letter_line(b->letter, b->first_cut)};
  diagnostics_add(
      b->letter->diagnostics, CLAIMANT_WARNING, "unit-cut", place,
      "text without a sentence's end for more than %d characters was cut %zu time%s; what spans a cut is "
      "not found",
      UNIT_MAX_CODE_POINTS, b->cut_units, b->cut_units == 1 ? "" : "s");
}

static ClaimantStatus build(Letter *letter, const Lines *lines, const Plans *plans)
{
  Builder b = {.letter = letter, .lines = lines};
  for (size_t i = 0; i < plans->count && !b.failed; ++i) build_block(&b, plans->items + i);
  if (!b.failed) count_items(&b);
  if (!b.failed) drop_lone_items(&b);
  if (!b.failed) hand_over(&b);
  if (!b.failed) report_cut(&b);
  if (!b.failed) open_quotes_report(letter);
  memory_free(b.blocks);
  memory_free(b.units);
  memory_free(b.lists);
  memory_free(b.sections);
  return b.failed ? CLAIMANT_NO_MEMORY : CLAIMANT_OK;
}

static ClaimantStatus divide(Letter *letter, const Lexicons *lexicons)
{
  Lines               lines;
  Plans               plans = {0};
  const LexiconIndex *indexes[LEXICON_LANGUAGES];
  for (size_t i = 0; i < letter->language_count; ++i) indexes[i] = lexicons_find(lexicons, letter->languages[i])->index;
  ClaimantStatus st = lines_cut(letter, indexes, &lines);
  if (!st) {
    page_mark_front_matter(&lines);
    lines_settle(&lines);
    st = page_mark(&lines);
  }
  if (!st) {
    parts_mark(&lines);
    st = plans_make(&lines, &plans);
  }
  if (!st) st = build(letter, &lines, &plans);
  plans_free(&plans);
  lines_free(&lines);
  return st;
}

static ClaimantStatus segment(Letter *letter, const Lexicons *lexicons, const char *language)
{
  ClaimantStatus st = letter_find_languages(letter, lexicons, language);
  return st ? st : divide(letter, lexicons);
}

ClaimantStatus letter_segment(Letter *letter, const Lexicons *lexicons, const char *language)
{
  if (lexicons->none) return segment(letter, lexicons, language);
  Arena *arena = arena_new();
  if (!arena) return CLAIMANT_NO_MEMORY;
  Lexicons indexed = *lexicons;
  indexed.items = arena_alloc(arena, lexicons->count * sizeof *indexed.items);
  ClaimantStatus st = indexed.items ? CLAIMANT_OK : CLAIMANT_NO_MEMORY;
  if (!st) memcpy(indexed.items, lexicons->items, lexicons->count * sizeof *indexed.items);
  if (!st) st = lexicons_index(&indexed, arena);
  if (!st) st = segment(letter, &indexed, language);
  arena_free(arena);
  return st;
}
