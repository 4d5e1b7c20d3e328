#include "read/html.h"

#include "base/buffer.h"
#include "base/language.h"
#include "base/memory.h"
#include "letter/chars.h"
#include "read/decode.h"
#include "read/text.h"

#include <libxml/HTMLparser.h>
#include <stdlib.h>
#include <string.h>

enum {
  CHUNK = 32768,
  FORM_BYTES = 4000 /* of text in a form that is a widget and not the page itself */
};

/* The parser looks through all open elements at each end tag that may match none of them:
 * so many steps at most. */
static const uint64_t MAX_STEPS = 1000000000;

/* ---- Elements -------------------------------------------------------------------- */

enum {
  EL_SKIP = 1 << 0,  /* nothing in it is text */
  EL_BLOCK = 1 << 1, /* stands apart */
  EL_FURNITURE = 1 << 2,
  EL_PAGE_PART = 1 << 3, /* furniture, unless it is inside the main text */
  EL_MAIN = 1 << 4,
  EL_HEADING = 1 << 5,
  EL_ITEM = 1 << 6,
  EL_LIST = 1 << 7,
  EL_NOTE = 1 << 8,
  EL_PRE = 1 << 9,
  EL_CELL = 1 << 10,
  EL_FORM = 1 << 11,
  EL_CONTROL = 1 << 12,
  EL_QUOTE = 1 << 13,
  EL_BREAK = 1 << 14
};

typedef struct {
  const char *name;
  unsigned    flags;
} Element;

static const Element elements[] = {
    {"address", EL_BLOCK},
    {"article", EL_BLOCK | EL_MAIN},
    {"aside", EL_BLOCK | EL_PAGE_PART},
    {"audio", EL_SKIP},
    {"blockquote", EL_BLOCK},
    {"body", EL_BLOCK},
    {"br", EL_BREAK},
    {"button", EL_BLOCK | EL_FURNITURE | EL_CONTROL},
    {"canvas", EL_SKIP},
    {"caption", EL_BLOCK},
    {"center", EL_BLOCK},
    {"datalist", EL_SKIP},
    {"dd", EL_BLOCK},
    {"details", EL_BLOCK},
    {"dialog", EL_BLOCK | EL_FURNITURE},
    {"dir", EL_BLOCK | EL_LIST},
    {"div", EL_BLOCK},
    {"dl", EL_BLOCK},
    {"dt", EL_BLOCK},
    {"fieldset", EL_BLOCK},
    {"figcaption", EL_BLOCK},
    {"figure", EL_BLOCK},
    {"footer", EL_BLOCK | EL_PAGE_PART},
    {"form", EL_BLOCK | EL_FORM},
    {"h1", EL_BLOCK | EL_HEADING},
    {"h2", EL_BLOCK | EL_HEADING},
    {"h3", EL_BLOCK | EL_HEADING},
    {"h4", EL_BLOCK | EL_HEADING},
    {"h5", EL_BLOCK | EL_HEADING},
    {"h6", EL_BLOCK | EL_HEADING},
    {"header", EL_BLOCK},
    {"hr", EL_BLOCK},
    {"iframe", EL_SKIP},
    {"input", EL_CONTROL},
    {"legend", EL_BLOCK},
    {"li", EL_BLOCK | EL_ITEM},
    {"main", EL_BLOCK | EL_MAIN},
    {"map", EL_SKIP},
    {"menu", EL_BLOCK | EL_LIST},
    {"nav", EL_BLOCK | EL_FURNITURE},
    {"noframes", EL_SKIP},
    {"noscript", EL_SKIP},
    {"object", EL_SKIP},
    {"ol", EL_BLOCK | EL_LIST},
    {"optgroup", EL_SKIP},
    {"option", EL_SKIP},
    {"p", EL_BLOCK},
    {"pre", EL_BLOCK | EL_PRE},
    {"q", EL_QUOTE},
    {"script", EL_SKIP},
    {"section", EL_BLOCK},
    {"select", EL_SKIP | EL_CONTROL},
    {"style", EL_SKIP},
    {"summary", EL_BLOCK},
    {"svg", EL_SKIP},
    {"table", EL_BLOCK},
    {"tbody", EL_BLOCK},
    {"td", EL_CELL},
    {"template", EL_SKIP},
    {"textarea", EL_SKIP | EL_CONTROL},
    {"tfoot", EL_BLOCK},
    {"th", EL_CELL},
    {"thead", EL_BLOCK},
    {"title", EL_SKIP},
    {"tr", EL_BLOCK},
    {"ul", EL_BLOCK | EL_LIST},
    {"video", EL_SKIP},
};

static int compare_element(const void *name, const void *element)
{
  return strcmp(name, ((const Element *)element)->name);
}

static unsigned element_flags(const char *name)
{
  const Element *found =
      bsearch(name, elements, sizeof elements / sizeof *elements, sizeof *elements, compare_element);
  return found ? found->flags : 0;
}

/* Whether `word` is one of the words of an attribute's value. */
static bool has_word(const char *value, const char *word)
{
  size_t length = strlen(word);
  for (const char *at = value; (at = strstr(at, word)); at += length) {
    bool starts = at == value || at[-1] == ' ', ends = !at[length] || at[length] == ' ';
    if (starts && ends) return true;
  }
  return false;
}

static bool hides(const char *style)
{
  const char *at = strstr(style, "display");
  if (!at) return false;
  at += strlen("display");
  at += strspn(at, " :");
  return strncmp(at, "none", 4) == 0;
}

static unsigned attribute_flags(const char *name, const char *value)
{
  if (strcmp(name, "hidden") == 0) return EL_FURNITURE;
  if (!value) return 0;
  if (strcmp(name, "style") == 0) return hides(value) ? EL_FURNITURE : 0;
  if (strcmp(name, "aria-hidden") == 0) return strcmp(value, "true") == 0 ? EL_FURNITURE : 0;
  if (strcmp(name, "class") == 0)
    return has_word(value, "footnotes") || has_word(value, "footnote") || has_word(value, "endnotes")
               ? EL_NOTE
               : 0;
  if (strcmp(name, "role") != 0) return 0;
  if (has_word(value, "doc-footnote") || has_word(value, "doc-endnotes")) return EL_NOTE;
  if (has_word(value, "main") || has_word(value, "article")) return EL_MAIN;
  bool furniture = has_word(value, "navigation") || has_word(value, "banner") ||
                   has_word(value, "contentinfo") || has_word(value, "search") ||
                   has_word(value, "complementary");
  return furniture ? EL_PAGE_PART : 0;
}

/* ---- The page while it is read ------------------------------------------------------- */

typedef struct {
  unsigned flags;
  uint32_t around; /* the language that it is in, without its own */
} OpenElement;

typedef struct {
  BlockHint hint;
  uint32_t  language;
} PageBlock;

typedef struct {
  Buffer           text;
  OpenElement     *open; /* elements that are open */
  size_t           depth, open_capacity;
  unsigned         skip, furniture, main, heading, note, pre, lists; /* how many of these are open */
  bool             item;                                             /* the next text begins a list item */
  bool             space; /* white space came since the last character */
  size_t           start; /* of the block that is being written */
  PageBlock       *blocks;
  size_t           block_count, block_capacity;
  Buffer           tags;           /* what "lang" said, each tag once and 0-terminated */
  uint32_t         language, own;  /* in force, and of all of the page: 1 + place in tags; 0: not said */
  size_t           form_block, form_start; /* where the innermost form began */
  bool             form_controls;
  xmlParserCtxtPtr parser;
  ClaimantStatus   status;
} Page;

static void fail(Page *page, ClaimantStatus status)
{
  page->status = status;
  xmlStopParser(page->parser);
}

static void *grow(Page *page, void *items, size_t count, size_t *capacity, size_t size)
{
  if (count < *capacity) return items;
  size_t larger = *capacity ? *capacity * 2 : 64;
  void  *moved = memory_resize(items, larger * size);
  if (!moved) return fail(page, CLAIMANT_NO_MEMORY), NULL;
  *capacity = larger;
  return moved;
}

static BlockKind block_kind(const Page *page)
{
  if (page->furniture) return BLOCK_FURNITURE;
  if (page->note) return BLOCK_FOOTNOTE;
  if (page->heading) return BLOCK_HEADING;
  return page->item ? BLOCK_ITEM : BLOCK_PARAGRAPH;
}

static void add_block(Page *page)
{
  PageBlock *blocks = grow(page, page->blocks, page->block_count, &page->block_capacity, sizeof *blocks);
  if (!blocks) return;
  page->blocks = blocks;
  BlockHint hint = {
      .span = {(uint32_t)page->start, (uint32_t)page->text.size},
      .kind = block_kind(page),
      .level = (uint8_t)(page->lists < UINT8_MAX ? page->lists : UINT8_MAX),
  };
  blocks[page->block_count++] = (PageBlock){hint, page->language};
}

/* Ends the block that is being written, if it has text. */
static void end_block(Page *page)
{
  Buffer *text = &page->text;
  while (text->size > page->start &&
         (text->data[text->size - 1] == '\n' || text->data[text->size - 1] == '\t'))
    --text->size;
  page->space = false;
  if (text->size == page->start) return;
  if (text->size > LETTER_MAX_BYTES) {
    fail(page, CLAIMANT_TOO_LARGE);
    return;
  }
  add_block(page);
  if (page->item && !page->furniture) page->item = false;
  buffer_append(text, "\n\n", 2);
  page->start = text->size;
  if (text->failed) fail(page, CLAIMANT_NO_MEMORY);
}

static bool at_line_start(const Page *page)
{
  return page->text.size == page->start || strchr("\n\t", page->text.data[page->text.size - 1]);
}

static void add_break(Page *page, char byte)
{
  page->space = false;
  if (page->text.size > page->start) buffer_append_byte(&page->text, byte);
}

static bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f'; }

/* Appends text with its white space collapsed. */
static void add_text(Page *page, const char *text, size_t bytes)
{
  if (!buffer_reserve(&page->text, bytes + 1)) return;
  bool  space = page->space, start = at_line_start(page);
  char *out = page->text.data + page->text.size;
  for (const char *end = text + bytes; text < end; ++text) {
    if (is_blank(*text)) {
      space = true;
      continue;
    }
    if (space && !start) *out++ = ' ';
    space = start = false;
    *out++ = *text;
  }
  *out = '\0';
  page->text.size = (size_t)(out - page->text.data);
  page->space = space;
}

/* Text of <pre>: its line ends count. */
static void add_lines(Page *page, const char *text, size_t bytes)
{
  const char *end = text + bytes;
  for (const char *stop; (stop = memchr(text, '\n', (size_t)(end - text))); text = stop + 1) {
    add_text(page, text, (size_t)(stop - text));
    add_break(page, '\n');
  }
  add_text(page, text, (size_t)(end - text));
}

/* ---- What the parser tells ------------------------------------------------------------ */

/* A short form with fields in it is a widget: its text is furniture. */
static void close_form(Page *page)
{
  end_block(page);
  bool widget = page->form_controls && page->text.size - page->form_start < FORM_BYTES;
  for (size_t i = page->form_block; widget && i < page->block_count; ++i) page->blocks[i].hint.kind = BLOCK_FURNITURE;
  page->form_controls = false;
}

static void count(Page *page, unsigned flags, unsigned by)
{
  if (flags & EL_SKIP) page->skip += by;
  if (flags & EL_FURNITURE) page->furniture += by;
  if (flags & EL_MAIN) page->main += by;
  if (flags & EL_HEADING) page->heading += by;
  if (flags & EL_NOTE) page->note += by;
  if (flags & EL_PRE) page->pre += by;
  if (flags & EL_LIST) page->lists += by;
}

static void open_element(Page *page, unsigned flags)
{
  if (flags & EL_CONTROL) page->form_controls = true;
  if (flags & (EL_BLOCK | EL_FURNITURE)) end_block(page);
  if (flags & EL_BREAK) add_break(page, '\n');
  if (flags & EL_CELL) add_break(page, '\t');
  if (flags & EL_QUOTE && !page->skip) add_text(page, "\xE2\x80\x9C", 3);
  count(page, flags, 1);
  if (flags & EL_ITEM) page->item = true;
  if (flags & EL_FORM) {
    page->form_block = page->block_count;
    page->form_start = page->text.size;
    page->form_controls = false;
  }
}

/* 1 + its place among the page's tags. */
static uint32_t tag_number(Page *page, const char *tag)
{
  size_t at = 0;
  while (at < page->tags.size && strcmp(page->tags.data + at, tag) != 0) at += strlen(page->tags.data + at) + 1;
  if (at == page->tags.size) buffer_append(&page->tags, tag, strlen(tag) + 1);
  if (page->tags.failed) fail(page, CLAIMANT_NO_MEMORY);
  return (uint32_t)at + 1;
}

/* Of an element, from here to its end; an empty one, or one that is no tag, says nothing. */
static void set_language(Page *page, const char *element, const char *tag)
{
  if (!tag || !language_is_valid(tag)) return;
  page->language = tag_number(page, tag);
  if (strcmp(element, "html") == 0 || strcmp(element, "body") == 0) page->own = page->language;
}

static void start_element(void *user, const xmlChar *name, const xmlChar **attributes)
{
  Page       *page = user;
  unsigned    flags = element_flags((const char *)name);
  const char *language = NULL;
  if (page->status) return;
  for (; attributes && *attributes; attributes += 2) {
    flags |= attribute_flags((const char *)attributes[0], (const char *)attributes[1]);
    if (strcmp((const char *)attributes[0], "lang") == 0) language = (const char *)attributes[1];
  }
  if (flags & EL_PAGE_PART && !page->main) flags |= EL_FURNITURE;
  if (page->depth == HTML_MAX_DEPTH) {
    fail(page, CLAIMANT_BAD_DATA);
    return;
  }
  OpenElement *open = grow(page, page->open, page->depth, &page->open_capacity, sizeof *open);
  if (!open) return;
  page->open = open;
  open[page->depth++] = (OpenElement){flags, page->language};
  open_element(page, flags);
  if (!page->status) set_language(page, (const char *)name, language);
}

static void end_element(void *user, const xmlChar *name)
{
  (void)name; /* the parser closes elements in the order in which it opened them */
  Page *page = user;
  if (page->status || !page->depth) return;
  OpenElement element = page->open[--page->depth];
  unsigned    flags = element.flags;
  if (flags & (EL_BLOCK | EL_FURNITURE)) end_block(page);
  if (flags & EL_FORM) close_form(page);
  page->language = element.around;
  count(page, flags, (unsigned)-1);
  if (flags & EL_ITEM) page->item = false;
  if (flags & EL_QUOTE && !page->skip) add_text(page, "\xE2\x80\x9D", 3);
}

static void characters(void *user, const xmlChar *text, int bytes)
{
  Page *page = user;
  if (page->status || page->skip) return;
  if (page->pre) add_lines(page, (const char *)text, (size_t)bytes);
  else add_text(page, (const char *)text, (size_t)bytes);
}

/* ---- Reading --------------------------------------------------------------------------- */

/* Source of a page that a server would have run is no text: "<?php ... ?>", and "#!" in line 1. */
static void remove_code(Buffer *source)
{
  char *data = source->data, *end = data + source->size, *out = data, *at = data;
  if (source->size > 2 && memcmp(data, "#!", 2) == 0) {
    char *line = memchr(data, '\n', source->size);
    at = line ? line : end;
  }
  for (char *code; (code = memchr(at, '<', (size_t)(end - at)));) {
    bool  php = strncmp(code, "<?php", 5) == 0 || strncmp(code, "<?=", 3) == 0;
    char *stop = php ? code : code + 1, *close = php ? memmem(code, (size_t)(end - code), "?>", 2) : NULL;
    memmove(out, at, (size_t)(stop - at));
    out += stop - at;
    at = !php ? stop : close ? close + 2 : end;
  }
  memmove(out, at, (size_t)(end - at));
  out += end - at;
  source->size = (size_t)(out - data);
  *out = '\0';
}

/* At most `bytes`, ending at the border of a character. */
static size_t chunk_size(const char *text, size_t left)
{
  if (left <= CHUNK) return left;
  size_t size = CHUNK;
  while (size && ((unsigned char)text[size] & 0xC0U) == 0x80U) --size;
  return size;
}

static size_t count_end_tags(const char *text, size_t bytes)
{
  size_t tags = 0;
  for (const char *at = text, *end = text + bytes; (at = memchr(at, '<', (size_t)(end - at))); ++at)
    tags += at[1] == '/';
  return tags;
}

static void parse(Page *page, const Buffer *source)
{
  uint64_t steps = 0;
  for (size_t at = 0; at < source->size && !page->status;) {
    const char *chunk = source->data + at;
    size_t      size = chunk_size(chunk, source->size - at);
    steps += page->depth * (uint64_t)count_end_tags(chunk, size);
    if (steps > MAX_STEPS) page->status = CLAIMANT_BAD_DATA;
    else htmlParseChunk(page->parser, chunk, (int)size, 0);
    at += size;
  }
  if (!page->status) htmlParseChunk(page->parser, NULL, 0, 1);
  if (!page->status && page->parser->errNo == XML_ERR_NO_MEMORY) page->status = CLAIMANT_NO_MEMORY;
  end_block(page);
  if (page->text.failed) page->status = CLAIMANT_NO_MEMORY;
}

static ClaimantStatus read_page(Page *page, const Buffer *source)
{
  htmlSAXHandler sax = {
      .startElement = start_element,
      .endElement = end_element,
      .characters = characters,
      .ignorableWhitespace = characters,
      .cdataBlock = characters,
  };
  page->parser = htmlCreatePushParserCtxt(&sax, page, NULL, 0, NULL, XML_CHAR_ENCODING_UTF8);
  if (!page->parser) return CLAIMANT_NO_MEMORY;
  htmlCtxtUseOptions(page->parser, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                                       HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC);
  parse(page, source);
  if (page->parser->myDoc) xmlFreeDoc(page->parser->myDoc);
  htmlFreeParserCtxt(page->parser);
  return page->status;
}

static void report(const Page *page, const char *name, Diagnostics *diagnostics)
{
  Place place = {.file = name};
  if (page->status == CLAIMANT_BAD_DATA)
    diagnostics_add(diagnostics, CLAIMANT_ERROR, "html-depth", place,
                    "too many elements are left open: at most %d may be nested", HTML_MAX_DEPTH);
  if (page->status == CLAIMANT_TOO_LARGE)
    diagnostics_add(diagnostics, CLAIMANT_ERROR, "too-large", place, "a letter has at most %d MiB of text",
                    LETTER_MAX_BYTES >> 20);
}

/* What the page as a whole is in, and which of its blocks are in another language. */
static bool say_languages(const Page *page, Letter *letter)
{
  if (!page->tags.size) return true;
  const char *tags = arena_copy(letter->arena, page->tags.data, page->tags.size);
  letter->hinted = arena_alloc(letter->arena, (page->block_count + 1) * sizeof *letter->hinted);
  if (!tags || !letter->hinted) return false;
  if (page->own) letter->said = tags + page->own - 1;
  for (size_t i = 0; i < page->block_count; ++i) {
    const PageBlock *block = &page->blocks[i];
    if (block->language && block->language != page->own)
      letter->hinted[letter->hinted_count++] = (LanguageHint){block->hint.span, tags + block->language - 1};
  }
  return true;
}

/* Gives the letter its text and the hints that say more than "paragraph". */
static ClaimantStatus make_letter(Page *page, const char *name, Diagnostics *diagnostics, Letter **letter)
{
  Buffer *text = &page->text;
  while (text->size && text->data[text->size - 1] == '\n') --text->size;
  if (text->size) buffer_append_byte(text, '\n');
  if (text->failed) return CLAIMANT_NO_MEMORY;
  ClaimantStatus st = letter_new(text->data ? text->data : "", text->size, name, diagnostics, letter);
  if (st) return st;
  Letter *made = *letter;
  made->hints = arena_alloc(made->arena, (page->block_count + 1) * sizeof *made->hints);
  if (!made->hints || !say_languages(page, made)) return letter_free(made), CLAIMANT_NO_MEMORY;
  for (size_t i = 0; i < page->block_count; ++i)
    if (page->blocks[i].hint.kind != BLOCK_PARAGRAPH) made->hints[made->hint_count++] = page->blocks[i].hint;
  report_empty(made, diagnostics);
  return CLAIMANT_OK;
}

ClaimantStatus read_html(const char *bytes, size_t size, const char *name, Diagnostics *diagnostics,
                         Letter **letter)
{
  Buffer         source = {0};
  Page           page = {0};
  ClaimantStatus st = decode_html(bytes, size, name, diagnostics, &source);
  if (!st && source.size) {
    remove_code(&source);
    st = read_page(&page, &source);
    report(&page, name, diagnostics);
  }
  buffer_free(&source);
  if (!st) st = make_letter(&page, name, diagnostics, letter);
  buffer_free(&page.text);
  memory_free(page.open);
  memory_free(page.blocks);
  buffer_free(&page.tags);
  return st;
}
