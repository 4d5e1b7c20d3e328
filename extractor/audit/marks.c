#include "audit/marks.h"

#include "base/html.h"

#include <string.h>

typedef struct {
  const Document *document;
  Buffer         *out;
  uint32_t       *open; /* numbers of the items that are open, outermost first */
  size_t          open_count;
  uint8_t        *lanes; /* of each item: how far below the text its line is */
  uint8_t        *slots; /* of each type */
  size_t          next;  /* the first item that was not opened yet */
} Marking;

unsigned type_slot(const RuleSet *rules, const Type *type)
{
  unsigned before = 0;
  for (size_t i = 0; i < type->index; ++i) before += rules->types[i].output || rules->types[i].referred;
  return before % TYPE_SLOTS;
}

static const Item *item_at(const Marking *m, uint32_t number) { return &m->document->items[number]; }

/* ---- Lanes: the line of an item is below those of all that stand in it ---- */

static void lower_parent(Marking *m, uint32_t child)
{
  if (!m->open_count) return;
  uint8_t *lane = &m->lanes[m->open[m->open_count - 1]];
  if (*lane <= m->lanes[child] && m->lanes[child] + 1 < MARK_LANES) *lane = (uint8_t)(m->lanes[child] + 1);
}

/* Items come by start, the longer first; one that crosses the end of another counts as inside it. */
static void find_lanes(Marking *m)
{
  for (uint32_t i = 0; i < m->document->item_count; ++i) {
    while (m->open_count && item_at(m, m->open[m->open_count - 1])->span.end <= item_at(m, i)->span.start) {
      uint32_t child = m->open[--m->open_count];
      lower_parent(m, child);
    }
    m->open[m->open_count++] = i;
  }
  while (m->open_count) {
    uint32_t child = m->open[--m->open_count];
    lower_parent(m, child);
  }
}

/* ---- Marks ---- */

static void put_flag(const Marking *m, uint32_t number)
{
  enum { SHOWN = 80 };
  const Item *item = item_at(m, number);
  size_t      length = item->span.end - item->span.start, shown = length;
  if (shown > SHOWN) shown = SHOWN;
  while (shown < length && shown && ((unsigned char)item->text[shown] & 0xC0U) == 0x80U) shown--;
  buffer_printf(m->out, "<a class=\"f t%u\" id=\"m-%s\" href=\"#i-%s\" data-i=\"%u\" aria-label=\"",
                m->slots[item->type->index], item->id, item->id, number);
  html_put_string(m->out, item->type->name);
  buffer_printf(m->out, " %u: ", number + 1);
  html_put(m->out, item->text, shown);
  buffer_append_string(m->out, shown < length ? "…\"></a>" : "\"></a>");
}

static void open_mark(const Marking *m, uint32_t number)
{
  buffer_printf(m->out, "<mark class=\"t%u l%u\" data-i=\"%u\">", m->slots[item_at(m, number)->type->index],
                m->lanes[number], number);
}

/* Closes what ends here. What was opened inside it and goes on is closed and opened again. */
static void close_at(Marking *m, uint32_t at)
{
  size_t lowest = m->open_count, kept;
  for (size_t i = m->open_count; i-- > 0;)
    if (item_at(m, m->open[i])->span.end <= at) lowest = i;
  kept = lowest;
  for (size_t i = lowest; i < m->open_count; ++i) buffer_append_string(m->out, "</mark>");
  for (size_t i = lowest; i < m->open_count; ++i) {
    uint32_t number = m->open[i];
    if (item_at(m, number)->span.end <= at) continue;
    m->open[kept++] = number;
    open_mark(m, number);
  }
  m->open_count = kept;
}

static void open_at(Marking *m, uint32_t at)
{
  for (; m->next < m->document->item_count && item_at(m, (uint32_t)m->next)->span.start <= at; ++m->next) {
    uint32_t number = (uint32_t)m->next;
    put_flag(m, number);
    if (item_at(m, number)->span.end <= at) continue;
    m->open[m->open_count++] = number;
    open_mark(m, number);
  }
}

static uint32_t next_border(const Marking *m, uint32_t end)
{
  if (m->next < m->document->item_count && item_at(m, (uint32_t)m->next)->span.start < end)
    end = item_at(m, (uint32_t)m->next)->span.start;
  for (size_t i = 0; i < m->open_count; ++i)
    if (item_at(m, m->open[i])->span.end < end) end = item_at(m, m->open[i])->span.end;
  return end;
}

/* A stretch of text in one paragraph; items that reach beyond it are closed, and opened again by the next. */
static void put_stretch(Marking *m, Span span)
{
  for (size_t i = 0; i < m->open_count; ++i) open_mark(m, m->open[i]);
  for (uint32_t at = span.start; at < span.end;) {
    close_at(m, at);
    open_at(m, at);
    uint32_t border = next_border(m, span.end);
    html_put_seen(m->out, m->document->letter->text + at, border - at);
    at = border;
  }
  size_t kept = 0;
  for (size_t i = 0; i < m->open_count; ++i) {
    buffer_append_string(m->out, "</mark>");
    if (item_at(m, m->open[i])->span.end > span.end) m->open[kept++] = m->open[i];
  }
  m->open_count = kept;
}

/* ---- Paragraphs ---- */

static const struct {
  const char *open, *close;
} elements[] = {
    [BLOCK_FURNITURE] = {"<p class=\"furniture lines\"", "</p>\n"},
    [BLOCK_FRONT_MATTER] = {"<p class=\"furniture lines\"", "</p>\n"},
    [BLOCK_DATELINE] = {"<p class=\"lines\"", "</p>\n"},
    [BLOCK_ADDRESS] = {"<p class=\"lines\"", "</p>\n"},
    [BLOCK_SUBJECT] = {"<p class=\"subject\"", "</p>\n"},
    [BLOCK_SALUTATION] = {"<p", "</p>\n"},
    [BLOCK_HEADING] = {"<h3", "</h3>\n"},
    [BLOCK_PARAGRAPH] = {"<p", "</p>\n"},
    [BLOCK_ITEM] = {"<p class=\"point\"", "</p>\n"},
    [BLOCK_CLOSING] = {"<p class=\"lines\"", "</p>\n"},
    [BLOCK_SIGNATURE] = {"<p class=\"lines\"", "</p>\n"},
    [BLOCK_FOOTNOTE] = {"<p class=\"note\"", "</p>\n"},
};

static bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

static void put_paragraph(Marking *m, Span span, BlockKind kind)
{
  buffer_printf(m->out, "%s data-o=\"%u\">", elements[kind].open,
                letter_code_point(m->document->letter, span.start));
  put_stretch(m, span);
  buffer_append_string(m->out, elements[kind].close);
}

/* Bullets, rules and the like stand between blocks, and are shown with the block behind them. */
static void put_paragraphs(Marking *m)
{
  enum { BLOCKS_OF_PART = 12 }; /* what is far from being seen is passed over by the browser a part at a time */
  const Letter *letter = m->document->letter;
  uint32_t      at = 0;
  buffer_append_string(m->out, "<div>\n");
  for (size_t i = 0; i < letter->block_count; ++i) {
    const Block *block = &letter->blocks[i];
    if (i && i % BLOCKS_OF_PART == 0) buffer_append_string(m->out, "</div>\n<div>\n");
    while (at < block->span.start && is_space(letter->text[at])) at++;
    put_paragraph(m, (Span){at, block->span.end}, block->kind);
    at = block->span.end;
  }
  while (at < letter->size && is_space(letter->text[at])) at++;
  if (at < letter->size) put_paragraph(m, (Span){at, letter->size}, BLOCK_FURNITURE);
  buffer_append_string(m->out, "</div>\n");
}

void marks_put(Buffer *out, const Document *document)
{
  const RuleSet *rules = document->rules;
  Marking        m = {.document = document, .out = out};
  m.open = arena_alloc(document->arena, (document->item_count + 1) * sizeof *m.open);
  m.lanes = arena_alloc(document->arena, document->item_count + 1);
  m.slots = arena_alloc(document->arena, rules->type_count + 1);
  if (!m.open || !m.lanes || !m.slots) {
    out->failed = true;
    return;
  }
  for (size_t i = 0; i < rules->type_count; ++i) m.slots[i] = (uint8_t)type_slot(rules, &rules->types[i]);
  find_lanes(&m);
  put_paragraphs(&m);
}
