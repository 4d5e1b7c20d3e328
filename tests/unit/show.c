#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "show.h"

#include "base/buffer.h"
#include "base/utf8.h"
#include "letter/chars.h"

#include <string.h>

#define TERMS(name, ...) static const char *name[] = {__VA_ARGS__}

TERMS(abbreviations, "Mr.", "Mrs.", "Dr.", "e.g.", "v.", "Gen.", "Stat.", "Cal.", "Miss.");
TERMS(numbered, "no.", "art.", "sec.", "p.", "Jan.");
TERMS(initialisms, "Inc.", "etc.", "Co.", "a.m.");
TERMS(starters, "the", "a", "it", "we", "he", "but", "this", "however", "in");
TERMS(conjunctions, "and", "or");
TERMS(months, "March", "May", "October", "Jan.");
TERMS(salutations, "Dear", "To whom it may concern", "Your Excellency");
TERMS(closings, "Yours sincerely", "Respectfully", "Sincerely", "With thanks");
TERMS(subjects, "Re", "Subject");
TERMS(addresses, "To:", "Cc:", "Via e-mail");
TERMS(furniture, "Skip to content", "Donate now", "Your gift...", "Share this page");
TERMS(notes, "Notes", "References");

#define LIST(terms)                                                                                          \
  {                                                                                                          \
    terms, sizeof terms / sizeof *terms                                                                      \
  }

const Lexicons *test_lexicon(void)
{
  static Lexicon lexicon = {.lists = {
                                      [LEXICON_ABBREVIATION] = LIST(abbreviations),
                                      [LEXICON_NUMBERED] = LIST(numbered),
                                      [LEXICON_INITIALISM] = LIST(initialisms),
                                      [LEXICON_STARTER] = LIST(starters),
                                      [LEXICON_CONJUNCTION] = LIST(conjunctions),
                                      [LEXICON_MONTH] = LIST(months),
                                      [LEXICON_SALUTATION] = LIST(salutations),
                                      [LEXICON_CLOSING] = LIST(closings),
                                      [LEXICON_SUBJECT] = LIST(subjects),
                                      [LEXICON_ADDRESS] = LIST(addresses),
                                      [LEXICON_FURNITURE] = LIST(furniture),
                                      [LEXICON_NOTES] = LIST(notes),
                                  }};
  static const Lexicons lexicons = {.items = &lexicon, .count = 1};
  return &lexicons;
}

static const char *const block_names[] = {
    "furniture", "front",     "dateline", "address", "subject",   "salutation",
    "heading",   "paragraph", "item",     "closing", "signature", "footnote",
};
static const char *const unit_names[] = {"sentence", "leadin", "item", "heading", "line", "salutation"};

static void append_span(Buffer *out, const Letter *letter, Span span)
{
  for (uint32_t at = span.start; at < span.end; ++at) {
    char byte = letter->text[at];
    buffer_append_byte(out, byte == '\n' || byte == '\r' || byte == '\f' ? ' ' : byte);
  }
  buffer_append_byte(out, '\n');
}

static void append_block(Buffer *out, const Letter *letter, const Block *block)
{
  bool moved = block->zone != ZONE_BODY && (block->kind == BLOCK_PARAGRAPH || block->kind == BLOCK_ITEM);
  if (!block->unit_count) {
    buffer_printf(out, "%s ", block_names[block->kind]);
    append_span(out, letter, block->span);
  }
  for (uint32_t i = 0; i < block->unit_count; ++i) {
    const Unit *unit = letter->units + block->first_unit + i;
    buffer_printf(out, "%s%s/%s", moved ? "head:" : "", block_names[block->kind], unit_names[unit->kind]);
    if (unit->list != NO_INDEX) buffer_printf(out, "%u", unit->list);
    buffer_append_byte(out, ' ');
    append_span(out, letter, unit->span);
  }
}

static void check_span(const Letter *letter, Span span)
{
  uint32_t length;
  assert_true(span.start < span.end && span.end <= letter->size);
  assert_true(((unsigned char)letter->text[span.start] & 0xC0U) != 0x80U);
  assert_true(((unsigned char)letter->text[span.end] & 0xC0U) != 0x80U);
  assert_int_not_equal(char_class_at(letter->text, span.start, &length), CHAR_SPACE);
  assert_int_not_equal(char_class_before(letter->text, span.start, span.end, &length), CHAR_SPACE);
}

static void check_units(const Letter *letter)
{
  uint32_t before = 0;
  for (size_t i = 0; i < letter->unit_count; ++i) {
    const Unit  *unit = letter->units + i;
    const Block *block = letter->blocks + unit->block;
    check_span(letter, unit->span);
    assert_true(unit->span.start >= before);
    before = unit->span.end;
    assert_true(unit->block < letter->block_count && unit->section < letter->section_count);
    assert_true(i >= block->first_unit && i < block->first_unit + block->unit_count);
    assert_true(unit->span.start >= block->span.start && unit->span.end <= block->span.end);
    assert_int_equal(unit->zone, block->zone);
    assert_true(utf8_count(letter->text + unit->span.start, unit->span.end - unit->span.start) <=
                UNIT_MAX_CODE_POINTS);
    assert_true(unit->list == NO_INDEX || unit->list < letter->list_count);
    if (unit->kind == UNIT_ITEM || unit->kind == UNIT_LEADIN) assert_true(unit->list != NO_INDEX);
  }
}

static void check_lists(const Letter *letter)
{
  for (size_t i = 0; i < letter->list_count; ++i) {
    const List *list = letter->lists + i;
    size_t      items = 0;
    for (size_t j = 0; j < letter->unit_count; ++j)
      items += letter->units[j].kind == UNIT_ITEM && letter->units[j].list == i;
    assert_int_equal(items, list->item_count);
    if (items) assert_int_equal(letter->units[list->first_item].list, i);
    if (list->leadin != NO_INDEX) assert_int_equal(letter->units[list->leadin].kind, UNIT_LEADIN);
    if (list->parent != NO_INDEX) assert_true(list->parent < i);
  }
}

void check_sound(const Letter *letter)
{
  uint32_t before = 0;
  for (size_t i = 0; i < letter->block_count; ++i) {
    const Block *block = letter->blocks + i;
    check_span(letter, block->span);
    assert_true(block->span.start >= before);
    before = block->span.end;
    assert_true(block->section < letter->section_count);
  }
  for (size_t i = 0; i < letter->section_count; ++i) {
    uint32_t heading = letter->sections[i].heading;
    if (heading != NO_INDEX) assert_int_equal(letter->blocks[heading].kind, BLOCK_HEADING);
  }
  check_units(letter);
  check_lists(letter);
}

char *show_letter(Letter *letter)
{
  Buffer out = {0};
  assert_int_equal(letter_segment(letter, test_lexicon(), NULL), CLAIMANT_OK);
  check_sound(letter);
  buffer_append_string(&out, "");
  for (size_t i = 0; i < letter->block_count; ++i) append_block(&out, letter, letter->blocks + i);
  letter_free(letter);
  assert_false(out.failed);
  return out.data;
}

char *show(const char *text)
{
  Arena *arena = arena_new();
  assert_non_null(arena);
  Diagnostics diagnostics = {.arena = arena};
  Letter     *letter = NULL;
  assert_int_equal(letter_new(text, strlen(text), NULL, &diagnostics, &letter), CLAIMANT_OK);
  char *shown = show_letter(letter);
  arena_free(arena);
  return shown;
}
