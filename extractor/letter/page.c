#include "letter/page.h"

#include "base/hash.h"
#include "base/memory.h"
#include "letter/chars.h"
#include "letter/wrap.h"

#include <string.h>

enum {
  FRONT_MATTER_LINES = 200,
  FURNITURE_WIDTH = 200,
  RUNNING_WIDTH = 100, /* code points of a running head at most */
  RUNNING_TIMES = 3,
  PAGE_LINES = 5,  /* a page has at least so many lines */
  NUMBER_WIDTH = 9 /* of a page number with its dashes */
};

static bool is_text(const Lines *lines, size_t at, const char *text)
{
  const Line *line = lines->items + at;
  size_t      bytes = strlen(text);
  return line->end - line->start == bytes && memcmp(lines->letter->text + line->start, text, bytes) == 0;
}

static bool contains(const Lines *lines, size_t at, char byte)
{
  const Line *line = lines->items + at;
  return memchr(lines->letter->text + line->start, byte, line->end - line->start);
}

static void set_roles(Lines *lines, size_t from, size_t to, LineRole role)
{
  for (size_t i = from; i < to; ++i)
    if (lines->items[i].role != ROLE_NOTHING || role == ROLE_FRONT_MATTER)
      lines->items[i].role = (uint8_t)role;
}

/* ---- Front matter -------------------------------------------------------------- */

void page_mark_front_matter(Lines *lines)
{
  if (lines->count < 3) return;
  bool yaml = is_text(lines, 0, "---");
  if (!yaml && !is_text(lines, 0, "+++")) return;
  if (!contains(lines, 1, yaml ? ':' : '=')) return;
  for (size_t i = 2; i < lines->count && i < FRONT_MATTER_LINES; ++i) {
    if (!is_text(lines, i, yaml ? "---" : "+++") && !(yaml && is_text(lines, i, "..."))) continue;
    set_roles(lines, 0, i + 1, ROLE_FRONT_MATTER);
    if (i + 1 < lines->count && !lines->items[i + 1].blanks) lines->items[i + 1].blanks = 1;
    return;
  }
}

/* ---- Lines that are no text ---------------------------------------------------- */

static bool begins_with(const char *text, size_t bytes, const char *prefix)
{
  size_t length = strlen(prefix);
  return bytes >= length && memcmp(text, prefix, length) == 0;
}

/* An image, a link, an address on the web, a template's hole: nothing but that on the line. */
static bool is_link(const char *text, size_t bytes)
{
  if (begins_with(text, bytes, "{") && text[bytes - 1] == '}') return true;
  bool image = begins_with(text, bytes, "![");
  if (image || begins_with(text, bytes, "[")) {
    const char *end = memmem(text, bytes, "](", 2);
    if (end && text[bytes - 1] == ')' && memchr(end, ')', bytes - (size_t)(end - text)) == text + bytes - 1)
      return true;
    end = memmem(text, bytes, "][", 2);
    return end && text[bytes - 1] == ']' &&
           memchr(end + 2, ']', bytes - (size_t)(end + 2 - text)) == text + bytes - 1;
  }
  bool url = begins_with(text, bytes, "http://") || begins_with(text, bytes, "https://") ||
             begins_with(text, bytes, "www.");
  return url && !memchr(text, ' ', bytes);
}

static bool may_be_furniture(const Lines *lines, size_t at)
{
  const Line *line = lines->items + at;
  if (line->role != ROLE_BODY) return false;
  if (!at || line->blanks || line->flags & (LINE_PAGE_BREAK | LINE_HINT_START)) return true;
  return line[-1].role != ROLE_BODY || line[-1].flags & LINE_ENDS_STOP || !lines_joined(lines, at - 1);
}

static bool is_known_furniture(const Lines *lines, size_t at)
{
  const Line *line = lines->items + at;
  const char *text = lines->letter->text + line->start;
  size_t      bytes = line->end - line->start;
  if (line->hint != NO_INDEX && lines->letter->hints[line->hint].kind == BLOCK_FURNITURE)
    return line->role == ROLE_BODY;
  if (line->width > FURNITURE_WIDTH || !may_be_furniture(lines, at)) return false;
  return is_link(text, bytes) || line_phrase(lines, at, LEXICON_FURNITURE, true);
}

static void mark_known_furniture(Lines *lines)
{
  for (size_t i = 0; i < lines->count; ++i) {
    if (!is_known_furniture(lines, i)) continue;
    size_t end = i + 1;
    while (end < lines->count && end - i < PAGE_LINES && lines_joined(lines, end - 1)) ++end;
    set_roles(lines, i, end, ROLE_FURNITURE);
    i = end - 1;
  }
}

/* ---- Running heads and feet ------------------------------------------------------- */

typedef struct {
  uint64_t hash;        /* of the line with every digit alike; 0: free */
  size_t   first, last; /* lines it was seen at */
  unsigned times;
  bool     varies;    /* only the digits differ: it counts pages */
  unsigned confirmed; /* seen beside a page's end */
} Running;

typedef struct {
  Running  *slots;
  size_t    mask;
  uint64_t *hashes;  /* of the lines that may run, digits alike */
  bool      repeats; /* some line was seen often enough */
} RunningTable;

static Running *find_running(const RunningTable *table, uint64_t hash)
{
  size_t slot = (size_t)hash & table->mask;
  while (table->slots[slot].hash && table->slots[slot].hash != hash) slot = (slot + 1) & table->mask;
  return table->slots + slot;
}

static uint64_t line_hash(const Lines *lines, const Line *line, bool digits_alike)
{
  uint64_t hash = HASH_START;
  for (uint32_t at = line->start; at < line->end; ++at) {
    char byte = lines->letter->text[at];
    bool digit = byte >= '0' && byte <= '9';
    if (digit && digits_alike && at > line->start && lines->letter->text[at - 1] >= '0' &&
        lines->letter->text[at - 1] <= '9')
      continue;
    hash = hash_byte(hash, digit && digits_alike ? '#' : (unsigned char)byte);
  }
  return hash ? hash : 1;
}

/* An item of a list, by its mark or by the page's own word, is no running head, however like its neighbours. */
static bool may_run(const Lines *lines, const Line *line)
{
  if (line->role != ROLE_BODY || line->width > RUNNING_WIDTH || line->flags & LINE_MARKED) return false;
  return line->hint == NO_INDEX || lines->letter->hints[line->hint].kind != BLOCK_ITEM;
}

static void count_running(const Lines *lines, RunningTable *table)
{
  for (size_t i = 0; i < lines->count; ++i) {
    const Line *line = lines->items + i;
    if (!may_run(lines, line)) continue;
    uint64_t hash = table->hashes[i] = line_hash(lines, line, true);
    Running *running = find_running(table, hash);
    if (running->times && i - running->last < PAGE_LINES) continue;
    if (!running->times) *running = (Running){.hash = hash, .first = i};
    else
      running->varies |=
          line_hash(lines, lines->items + running->first, false) != line_hash(lines, line, false);
    table->repeats |= ++running->times >= RUNNING_TIMES;
    running->last = i;
  }
}

/* A number by itself, with dashes around it at most. */
static bool is_page_number(const Lines *lines, size_t at)
{
  const Line *line = lines->items + at;
  unsigned    digits = 0;
  if (line->width > NUMBER_WIDTH || line->role != ROLE_BODY) return false;
  for (uint32_t i = line->start; i < line->end; ++i) {
    char byte = lines->letter->text[i];
    if (byte >= '0' && byte <= '9') ++digits;
    else if (byte != '-' && byte != ' ' && (unsigned char)byte < 0x80U) return false;
    else if ((unsigned char)byte >= 0x80U && !strchr("\xE2\x80\x93\x94", byte)) return false;
  }
  if (!digits || digits > 4) return false;
  bool last = at + 1 == lines->count;
  return line->blanks || line->flags & LINE_PAGE_BREAK || last || line[1].blanks ||
         line[1].flags & LINE_PAGE_BREAK;
}

typedef enum { PLAIN, REPEATED, PAGE_END } PageSign;

static PageSign page_sign(const Lines *lines, const RunningTable *table, size_t at, size_t last_number)
{
  const Line *line = lines->items + at;
  if (line->role == ROLE_FURNITURE || line->role == ROLE_NOTHING) return REPEATED;
  if (is_page_number(lines, at) && (last_number == SIZE_MAX || at - last_number >= PAGE_LINES))
    return PAGE_END;
  if (!may_run(lines, line)) return PLAIN;
  const Running *running = find_running(table, table->hashes[at]);
  if (running->times < RUNNING_TIMES || (line->flags & LINE_ENDS_STOP && !running->varies)) return PLAIN;
  return running->varies ? PAGE_END : REPEATED;
}

static void confirm(const Lines *lines, RunningTable *table, size_t from, size_t to)
{
  for (size_t i = from; i < to; ++i) {
    Line *line = lines->items + i;
    if (may_run(lines, line)) find_running(table, table->hashes[i])->confirmed++;
  }
}

/* Runs of repeated lines with the sign of a page's end among them are running heads and feet. */
static void mark_page_ends(Lines *lines, RunningTable *table)
{
  size_t last_number = SIZE_MAX;
  for (size_t i = 0; i < lines->count;) {
    size_t from = i;
    bool   ends = false;
    for (; i < lines->count; ++i) {
      PageSign sign = page_sign(lines, table, i, last_number);
      if (sign == PLAIN) break;
      if (sign == PAGE_END) ends = true;
      if (sign == PAGE_END && is_page_number(lines, i)) last_number = i;
      if (i > from && lines->items[i].flags & LINE_PAGE_BREAK) ends = true;
    }
    if (i == from) {
      ++i;
      continue;
    }
    if (lines->items[from].flags & LINE_PAGE_BREAK) ends = true;
    if (i < lines->count && lines->items[i].flags & LINE_PAGE_BREAK) ends = true;
    if (!ends || !from) continue;
    confirm(lines, table, from, i);
    set_roles(lines, from, i, ROLE_FURNITURE);
  }
}

/* The last page's foot may lack the number that gives the others away. */
static void mark_confirmed(Lines *lines, const RunningTable *table)
{
  bool started = false; /* the same lines at the very beginning are the letter's head */
  for (size_t i = 0; i < lines->count; ++i) {
    Line *line = lines->items + i;
    started |= line->width > RUNNING_WIDTH / 2 || line->flags & LINE_ENDS_STOP;
    if (started && may_run(lines, line) && find_running(table, table->hashes[i])->confirmed > 1)
      line->role = ROLE_FURNITURE;
  }
}

static ClaimantStatus mark_running_heads(Lines *lines)
{
  size_t size = 16;
  if (lines->count < RUNNING_TIMES) return CLAIMANT_OK;
  while (size < lines->count * 2) size *= 2;
  RunningTable table = {
      .slots = memory_zeroed(size, sizeof *table.slots),
      .mask = size - 1,
      .hashes = memory_zeroed(lines->count, sizeof *table.hashes),
  };
  bool made = table.slots && table.hashes;
  if (made) {
    count_running(lines, &table);
    mark_page_ends(lines, &table);
    if (table.repeats) mark_confirmed(lines, &table);
  }
  memory_free(table.slots);
  memory_free(table.hashes);
  return made ? CLAIMANT_OK : CLAIMANT_NO_MEMORY;
}

/* ---- Footnotes ---------------------------------------------------------------------- */

typedef enum {
  NOTE_NONE,
  NOTE_TIGHT,
  NOTE_SPACED,
  NOTE_LINK
} NoteSign; /* "1See", "1 See" or "[1] See", "[1]: http" */

/* How a note begins at line `at`; its number, and the place of its text. */
static NoteSign read_note(const Lines *lines, size_t at, unsigned *number, uint32_t *start)
{
  const Line *line = lines->items + at;
  const char *text = lines->letter->text;
  uint32_t    i = line->start, length;
  bool        bracket = text[i] == '[';
  i += bracket;
  if (bracket && i < line->end && text[i] == '^') ++i;
  *number = 0;
  uint32_t digits = i;
  while (i < line->end && i - digits < 3 && text[i] >= '0' && text[i] <= '9')
    *number = *number * 10 + (unsigned)(text[i++] - '0');
  if (i == digits || i >= line->end) return NOTE_NONE;
  if (bracket) {
    if (text[i++] != ']' || i >= line->end) return NOTE_NONE;
    *start = skip_space(text, i + (text[i] == ':'), line->end);
    if (*start == line->end) return NOTE_NONE;
    return text[i] == ':' ? NOTE_LINK : text[i] == ' ' ? NOTE_SPACED : NOTE_NONE;
  }
  CharClass class = char_class_at(text, i, &length);
  *start = skip_space(text, i, line->end);
  if (class == CHAR_UPPER || class == CHAR_OPEN || text[i] == '"') return NOTE_TIGHT;
  if (class != CHAR_SPACE) return NOTE_NONE;
  class = char_class_at(text, *start, &length);
  return class == CHAR_UPPER || class == CHAR_OPEN || class == CHAR_QUOTE ? NOTE_SPACED : NOTE_NONE;
}

static NoteSign note_sign(const Lines *lines, size_t at, unsigned *number)
{
  uint32_t start;
  return read_note(lines, at, number, &start);
}

/* Marks lines [from, to) as notes, and where each begins. */
static void set_notes(Lines *lines, size_t from, size_t to)
{
  unsigned number;
  for (size_t i = from; i < to; ++i) {
    Line *line = lines->items + i;
    if (line->role != ROLE_BODY) continue;
    line->role = ROLE_NOTE;
    if (line->flags & LINE_MARKED || read_note(lines, i, &number, &line->text) == NOTE_NONE) continue;
    line->flags |= LINE_MARKED;
  }
}

/* The line behind a note's wrapped lines. */
static size_t note_end(const Lines *lines, size_t at)
{
  unsigned number;
  size_t   i = at + 1;
  while (i < lines->count && !lines->items[i].blanks && lines->items[i].role == ROLE_BODY &&
         note_sign(lines, i, &number) == NOTE_NONE && !(lines->items[i].flags & LINE_PAGE_BREAK))
    ++i;
  return i;
}

/* Notes in a row from line `at` that count up from `number`; the line behind them. */
static size_t note_run(const Lines *lines, size_t at, NoteSign kind, unsigned number, size_t *count)
{
  size_t end = at;
  *count = 0;
  for (unsigned found; end < lines->count && lines->items[end].role == ROLE_BODY; ++number, ++*count) {
    if (note_sign(lines, end, &found) != kind || found != number) break;
    end = note_end(lines, end);
  }
  return end;
}

static bool page_ends_before(const Lines *lines, size_t at)
{
  if (at == lines->count) return true;
  const Line *line = lines->items + at;
  return line->flags & LINE_PAGE_BREAK || line->role == ROLE_FURNITURE || line->role == ROLE_NOTE;
}

/* Notes at the foot of a page: numbered in a row, right above the page's end. */
static void mark_page_notes(Lines *lines)
{
  unsigned expected = 1, number;
  for (size_t i = 0; i < lines->count;) {
    NoteSign sign = lines->items[i].role == ROLE_BODY ? note_sign(lines, i, &number) : NOTE_NONE;
    size_t   count = 0, end = i + 1;
    if (sign == NOTE_LINK) end = note_end(lines, i);
    else if (sign != NOTE_NONE && (lines->items[i].blanks || number == expected))
      end = note_run(lines, i, sign, number, &count);
    bool tight = sign == NOTE_TIGHT && (count > 1 || (count && number == expected && number > 1));
    bool spaced = sign == NOTE_SPACED && count && (number == 1 || number == expected) &&
                  page_ends_before(lines, end) && i;
    if (sign == NOTE_LINK || tight || spaced) set_notes(lines, i, end);
    if (tight || spaced) expected = number + (unsigned)count;
    i = end > i ? end : i + 1;
  }
}

/* "Notes" above numbered lines: from there on, all are notes. */
static void mark_end_notes(Lines *lines)
{
  unsigned number;
  for (size_t i = lines->count / 2; i + 1 < lines->count; ++i) {
    const Line *line = lines->items + i;
    if (line->role != ROLE_BODY || line->width > RUNNING_WIDTH / 2) continue;
    if (!line_phrase(lines, i, LEXICON_NOTES, true)) continue;
    if (note_sign(lines, i + 1, &number) == NOTE_NONE && !(line[1].flags & LINE_MARKED)) continue;
    set_notes(lines, i, lines->count);
    return;
  }
}

static void mark_hinted_notes(Lines *lines)
{
  for (size_t i = 0; i < lines->count; ++i) {
    Line *line = lines->items + i;
    if (line->hint != NO_INDEX && lines->letter->hints[line->hint].kind == BLOCK_FOOTNOTE &&
        line->role == ROLE_BODY)
      line->role = ROLE_NOTE;
  }
}

ClaimantStatus page_mark(Lines *lines)
{
  mark_known_furniture(lines);
  ClaimantStatus st = mark_running_heads(lines);
  if (st) return st;
  mark_hinted_notes(lines);
  mark_end_notes(lines);
  mark_page_notes(lines);
  return CLAIMANT_OK;
}
