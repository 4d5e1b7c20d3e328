#include "review/decision.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

const char *const verdict_names[VERDICTS] = {"accept", "correct", "reject", "unsure", "missed"};

const char *const column_names[COLUMNS] = {
    [COLUMN_LETTER] = "letter",       [COLUMN_SHA256] = "sha256",       [COLUMN_ITEM] = "item",
    [COLUMN_TYPE] = "type",           [COLUMN_RULE] = "rule",           [COLUMN_START] = "start",
    [COLUMN_END] = "end",             [COLUMN_TEXT] = "text",           [COLUMN_EVIDENCE] = "evidence",
    [COLUMN_DECISION] = "decision",   [COLUMN_REVIEWER] = "reviewer",   [COLUMN_NOTE] = "note",
    [COLUMN_NEW_TYPE] = "new_type",   [COLUMN_NEW_START] = "new_start", [COLUMN_NEW_END] = "new_end",
    [COLUMN_NEW_TEXT] = "new_text",   [COLUMN_NEW_VALUES] = "new_values"};

static const Column needed[] = {COLUMN_LETTER, COLUMN_SHA256, COLUMN_ITEM,     COLUMN_TYPE,    COLUMN_START,
                                COLUMN_END,    COLUMN_TEXT,   COLUMN_DECISION, COLUMN_REVIEWER};

typedef struct {
  DecisionSet       *set;
  const char        *file;
  const DecisionRow *row;
  Diagnostics       *list;
} Checking;

#define FAULT(check, ...) \
  (diagnostics_add((check)->list, CLAIMANT_ERROR, "bad-decision", \
                   (Place){.file = (check)->file, .line = (check)->row->line}, __VA_ARGS__), \
   CLAIMANT_BAD_DATA)

static const char *cell(const Checking *check, Column column)
{
  return check->row->cells[column] ? check->row->cells[column] : "";
}

/* ---- Parts ---- */

static ClaimantStatus read_verdict(const Checking *check, Verdict *verdict)
{
  const char *name = cell(check, COLUMN_DECISION);
  for (*verdict = 0; *verdict < VERDICTS; ++*verdict)
    if (!strcmp(name, verdict_names[*verdict])) return CLAIMANT_OK;
  return FAULT(check, "\"%.40s\" is no decision; accept, correct, reject, unsure or missed was expected", name);
}

static ClaimantStatus read_place(const Checking *check, Column column, uint32_t *place)
{
  const char *text = cell(check, column);
  size_t      digits = strspn(text, "0123456789");
  if (text[digits] || digits > 9 || (digits > 1 && *text == '0'))
    return FAULT(check, "\"%.20s\" in the column %s is no place in a letter; a number of characters was expected", text,
                 column_names[column]);
  *place = (uint32_t)strtoul(text, NULL, 10);
  return CLAIMANT_OK;
}

static bool is_identifier(const char *text)
{
  static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  static const char others[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
  return *text && strchr(letters, *text) && text[strspn(text, others)] == '\0';
}

static ClaimantStatus check_spans(const Checking *check, const Decision *d)
{
  if (d->start >= d->end)
    return FAULT(check, "start is %u and end is %u; start must come before end", d->start, d->end);
  if (utf8_count(d->text, strlen(d->text)) != d->end - d->start)
    return FAULT(check, "the text is not as long as start and end say; the line may have been edited");
  bool new_span = *cell(check, COLUMN_NEW_START) || *cell(check, COLUMN_NEW_END) || *d->new_text;
  if (!new_span) return CLAIMANT_OK;
  if (d->new_start >= d->new_end || utf8_count(d->new_text, strlen(d->new_text)) != d->new_end - d->new_start)
    return FAULT(check, "new_text is not as long as new_start and new_end say; the line may have been edited");
  return CLAIMANT_OK;
}

static ClaimantStatus check_cells(const Checking *check)
{
  for (size_t i = 0; i < sizeof needed / sizeof *needed; ++i)
    if (!*cell(check, needed[i])) return FAULT(check, "the column %s is empty", column_names[needed[i]]);
  for (size_t i = 0; i < COLUMNS; ++i) {
    const char *text = cell(check, (Column)i);
    if (utf8_valid_prefix(text, strlen(text)) != strlen(text))
      return FAULT(check, "the column %s is not UTF-8", column_names[i]);
  }
  const char *hash = cell(check, COLUMN_SHA256);
  if (strlen(hash) != 64 || strspn(hash, "0123456789abcdef") != 64)
    return FAULT(check, "the column sha256 is \"%.70s\"; 64 hex digits were expected", hash);
  if (!is_identifier(cell(check, COLUMN_ITEM)))
    return FAULT(check, "\"%.70s\" is no identifier of an item", cell(check, COLUMN_ITEM));
  return CLAIMANT_OK;
}

/* ---- The whole ---- */

static ClaimantStatus copy(const Checking *check, Column column, const char **text)
{
  *text = arena_copy_string(check->set->arena, cell(check, column));
  return *text ? CLAIMANT_OK : CLAIMANT_NO_MEMORY;
}

static ClaimantStatus copy_all(const Checking *check, Decision *d)
{
  const struct {
    Column       column;
    const char **text;
  } strings[] = {{COLUMN_LETTER, &d->letter},     {COLUMN_SHA256, &d->sha256},     {COLUMN_ITEM, &d->item},
                 {COLUMN_TYPE, &d->type},         {COLUMN_RULE, &d->rule},         {COLUMN_TEXT, &d->text},
                 {COLUMN_EVIDENCE, &d->evidence}, {COLUMN_REVIEWER, &d->reviewer}, {COLUMN_NOTE, &d->note},
                 {COLUMN_NEW_TYPE, &d->new_type}, {COLUMN_NEW_TEXT, &d->new_text}, {COLUMN_NEW_VALUES, &d->new_values}};
  ClaimantStatus st = CLAIMANT_OK;
  for (size_t i = 0; !st && i < sizeof strings / sizeof *strings; ++i)
    st = copy(check, strings[i].column, strings[i].text);
  d->file = arena_copy_string(check->set->arena, check->file);
  return d->file ? st : CLAIMANT_NO_MEMORY;
}

static bool same(const char *a, const char *b) { return strcmp(a, b) == 0; }

static bool is_repeat(const Decision *a, const Decision *b)
{
  return a->verdict == b->verdict && same(a->note, b->note) && same(a->new_type, b->new_type) &&
         same(a->new_text, b->new_text) && same(a->new_values, b->new_values) && a->new_start == b->new_start;
}

/* NULL: none on this item by this reviewer. */
static const Decision *decided_before(const DecisionSet *set, const Decision *d)
{
  for (size_t i = 0; i < set->count; ++i) {
    const Decision *other = set->items[i];
    if (same(other->item, d->item) && same(other->sha256, d->sha256) && same(other->reviewer, d->reviewer)) return other;
  }
  return NULL;
}

ClaimantStatus decision_add(DecisionSet *set, const char *file, const DecisionRow *row, Diagnostics *list)
{
  Checking       check = {set, file, row, list};
  Decision      *d = arena_alloc(set->arena, sizeof *d);
  ClaimantStatus st = d ? check_cells(&check) : CLAIMANT_NO_MEMORY;
  if (!st) st = read_verdict(&check, &d->verdict);
  if (!st) st = read_place(&check, COLUMN_START, &d->start);
  if (!st) st = read_place(&check, COLUMN_END, &d->end);
  if (!st) st = read_place(&check, COLUMN_NEW_START, &d->new_start);
  if (!st) st = read_place(&check, COLUMN_NEW_END, &d->new_end);
  if (!st) st = copy_all(&check, d);
  if (!st) st = check_spans(&check, d);
  if (st) return st;
  d->line = row->line;
  const Decision *before = decided_before(set, d);
  if (before && is_repeat(before, d)) return CLAIMANT_OK;
  if (before)
    return FAULT(&check, "%s has decided otherwise on %s at %s:%zu", d->reviewer, d->item, before->file, before->line);
  void *grown = arena_grow(set->arena, set->items, set->count, &set->capacity, sizeof *set->items);
  if (!grown) return CLAIMANT_NO_MEMORY;
  set->items = grown;
  set->items[set->count++] = d;
  return CLAIMANT_OK;
}

/* ---- Corrected values ---- */

static unsigned hex_digit(char c)
{
  const char *digits = "0123456789abcdef", *at = c ? strchr(digits, c | 0x20) : NULL;
  return at ? (unsigned)(at - digits) : 16;
}

static const char *unpack(Arena *arena, const char *from, size_t bytes)
{
  char  *copy = arena_copy(arena, from, bytes);
  size_t out = 0;
  for (size_t i = 0; copy && i < bytes; ++i) {
    bool escaped = from[i] == '%' && i + 2 < bytes && hex_digit(from[i + 1]) < 16 && hex_digit(from[i + 2]) < 16;
    copy[out++] = escaped ? (char)(hex_digit(from[i + 1]) * 16 + hex_digit(from[i + 2])) : from[i];
    if (escaped) i += 2;
  }
  if (copy) copy[out] = '\0';
  return copy;
}

bool decision_value(Arena *arena, const char **rest, const char **name, const char **value)
{
  while (**rest == ' ' || **rest == ';') ++*rest;
  if (!**rest) return false;
  size_t      length = strcspn(*rest, ";");
  const char *equals = memchr(*rest, '=', length);
  size_t      named = equals ? (size_t)(equals - *rest) : length;
  *name = unpack(arena, *rest, named);
  *value = unpack(arena, equals ? equals + 1 : "", equals ? length - named - 1 : 0);
  *rest += length;
  return *name && *value;
}
