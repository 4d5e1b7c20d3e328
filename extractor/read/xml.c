#include "read/xml.h"

#include <libxml/parser.h>
#include <libxml/tree.h>

#include <limits.h>
#include <string.h>

typedef enum {
  PART_UNKNOWN,
  PART_THROUGH, /* as if it were not there */
  PART_SKIP,
  PART_PARAGRAPH,
  PART_HEADING,
  PART_ITEM,
  PART_LIST,
  PART_BREAK,
  PART_SPACE,
  PART_TEXT, /* where only such elements hold text */
  PART_TABLE,
  PART_ROW,
  PART_CELL,
  PART_NOTE /* comes after all else, so that it cuts no sentence */
} Part;

typedef struct {
  const char *name; /* local */
  Part        part;
} Element;

/* TEI P5, Akoma Ntoso 1.0, DocBook 5, JATS: names that mean the same wherever they occur. */
static const Element any_elements[] = {
    {"ab", PART_PARAGRAPH},        {"addrLine", PART_PARAGRAPH}, {"authorialNote", PART_NOTE},
    {"blockList", PART_LIST},      {"bridgehead", PART_HEADING}, {"br", PART_BREAK},
    {"cell", PART_CELL},           {"dateline", PART_PARAGRAPH}, {"docTitle", PART_HEADING},
    {"entry", PART_CELL},          {"eol", PART_BREAK},          {"fn", PART_NOTE},
    {"footnote", PART_NOTE},       {"fw", PART_SKIP},            {"head", PART_HEADING},
    {"heading", PART_HEADING},     {"item", PART_ITEM},          {"itemizedlist", PART_LIST},
    {"l", PART_PARAGRAPH},         {"lb", PART_BREAK},           {"li", PART_ITEM},
    {"list", PART_LIST},           {"listitem", PART_ITEM},      {"meta", PART_SKIP},
    {"note", PART_NOTE},           {"ol", PART_LIST},            {"orderedlist", PART_LIST},
    {"p", PART_PARAGRAPH},         {"para", PART_PARAGRAPH},     {"pb", PART_SPACE},
    {"row", PART_ROW},             {"salute", PART_PARAGRAPH},   {"script", PART_SKIP},
    {"signed", PART_PARAGRAPH},    {"simpara", PART_PARAGRAPH},  {"style", PART_SKIP},
    {"subheading", PART_HEADING},  {"table", PART_TABLE},        {"tbody", PART_THROUGH},
    {"td", PART_CELL},             {"teiHeader", PART_SKIP},     {"tgroup", PART_THROUGH},
    {"th", PART_CELL},             {"thead", PART_THROUGH},      {"title", PART_HEADING},
    {"tr", PART_ROW},              {"ul", PART_LIST},            {NULL, PART_UNKNOWN}};

/* ECMA-376 part 1, WordprocessingML */
static const Element docx_elements[] = {
    {"br", PART_BREAK},      {"cr", PART_BREAK},       {"del", PART_SKIP},       {"delText", PART_SKIP},
    {"Fallback", PART_SKIP}, {"instrText", PART_SKIP}, {"moveFrom", PART_SKIP},  {"noBreakHyphen", PART_TEXT},
    {"p", PART_PARAGRAPH},   {"pPr", PART_SKIP},       {"rPr", PART_SKIP},       {"sectPr", PART_SKIP},
    {"t", PART_TEXT},        {"tab", PART_SPACE},      {"tbl", PART_TABLE},      {"tc", PART_CELL},
    {"tr", PART_ROW},        {NULL, PART_THROUGH}};

/* OpenDocument 1.3 part 3 */
static const Element odt_elements[] = {
    {"annotation", PART_SKIP},      {"automatic-styles", PART_SKIP}, {"font-face-decls", PART_SKIP},
    {"h", PART_HEADING},            {"line-break", PART_BREAK},      {"list", PART_LIST},
    {"list-header", PART_ITEM},     {"list-item", PART_ITEM},        {"note", PART_NOTE},
    {"note-citation", PART_SKIP},   {"p", PART_PARAGRAPH},           {"s", PART_SPACE},
    {"scripts", PART_SKIP},         {"sequence-decls", PART_SKIP},   {"tab", PART_SPACE},
    {"table", PART_TABLE},          {"table-cell", PART_CELL},       {"table-row", PART_ROW},
    {"tracked-changes", PART_SKIP}, {NULL, PART_THROUGH}};

typedef struct {
  XmlKind kind;
  Buffer *out;
  Buffer  notes;
} Walk;

static void walk(Walk *w, const xmlNode *node, bool text_counts);

static Part part_of(const Walk *w, const xmlNode *node)
{
  static const Element *const tables[] = {
      [XML_ANY] = any_elements, [XML_DOCX] = docx_elements, [XML_ODT] = odt_elements};
  const Element *element = tables[w->kind];
  while (element->name && strcmp(element->name, (const char *)node->name) != 0) element++;
  return element->part;
}

static void put_text(Walk *w, const xmlChar *text)
{
  for (const char *at = (const char *)text; at && *at;) {
    size_t plain = strcspn(at, "&<>");
    buffer_append(w->out, at, plain);
    at += plain;
    if (*at == '&') buffer_append_string(w->out, "&amp;");
    else if (*at == '<') buffer_append_string(w->out, "&lt;");
    else if (*at == '>') buffer_append_string(w->out, "&gt;");
    at += *at != '\0';
  }
}

/* ---- Paragraphs of DOCX ------------------------------------------------------------------------- */

static const xmlNode *child_named(const xmlNode *node, const char *name)
{
  for (const xmlNode *child = node ? node->children : NULL; child; child = child->next)
    if (child->type == XML_ELEMENT_NODE && !strcmp((const char *)child->name, name)) return child;
  return NULL;
}

static bool has_heading_style(const xmlNode *properties)
{
  static const char *const styles[] = {"heading", "Heading", "Title", "Subtitle"};
  const xmlNode           *style = child_named(properties, "pStyle");
  xmlChar                 *value = style ? xmlGetProp((xmlNode *)(uintptr_t)style, (const xmlChar *)"val") : NULL;
  bool                     found = false;
  for (size_t i = 0; value && i < sizeof styles / sizeof *styles; ++i)
    if (!strncmp((const char *)value, styles[i], strlen(styles[i]))) found = true;
  xmlFree(value);
  return found;
}

static Part docx_paragraph(const xmlNode *node)
{
  const xmlNode *properties = child_named(node, "pPr");
  if (has_heading_style(properties)) return PART_HEADING;
  return child_named(properties, "numPr") ? PART_ITEM : PART_PARAGRAPH;
}

/* ---- Elements ------------------------------------------------------------------------------------ */

static bool is_blank(const xmlChar *text)
{
  return !text || !text[strspn((const char *)text, " \t\r\n")];
}

/* An element nobody told of stands in a sentence where its parent has words of its own. */
static bool is_inline(const xmlNode *node)
{
  for (const xmlNode *sibling = node->parent ? node->parent->children : NULL; sibling; sibling = sibling->next)
    if (sibling->type == XML_TEXT_NODE && !is_blank(sibling->content)) return true;
  return false;
}

static void put_element(Walk *w, const xmlNode *node, const char *tag, bool text_counts)
{
  buffer_printf(w->out, "<%s>", tag);
  walk(w, node, text_counts);
  buffer_printf(w->out, "</%s>\n", tag);
}

static void put_note(Walk *w, const xmlNode *node, bool text_counts)
{
  Buffer *main = w->out;
  w->out = &w->notes;
  buffer_append_string(w->out, "<div class=\"footnote\">");
  walk(w, node, text_counts);
  buffer_append_string(w->out, "</div>\n");
  w->out = main;
}

static void put_node(Walk *w, const xmlNode *node, bool text_counts)
{
  static const char *const tags[] = {[PART_PARAGRAPH] = "p", [PART_HEADING] = "h2", [PART_ITEM] = "li",
                                     [PART_LIST] = "ul",     [PART_TABLE] = "table", [PART_ROW] = "tr",
                                     [PART_CELL] = "td"};
  Part part = part_of(w, node);
  if (w->kind == XML_DOCX && part == PART_PARAGRAPH) part = docx_paragraph(node);
  switch (part) {
  case PART_UNKNOWN:
    if (is_inline(node)) walk(w, node, text_counts);
    else put_element(w, node, "div", text_counts);
    return;
  case PART_THROUGH: walk(w, node, text_counts); return;
  case PART_SKIP: return;
  case PART_BREAK: buffer_append_string(w->out, "<br>"); return;
  case PART_SPACE: buffer_append_byte(w->out, ' '); return;
  case PART_TEXT:
    if (!strcmp((const char *)node->name, "noBreakHyphen")) buffer_append_byte(w->out, '-');
    walk(w, node, true);
    return;
  case PART_NOTE: put_note(w, node, text_counts); return;
  default: put_element(w, node, tags[part], text_counts); return;
  }
}

/* The parser lets no document be deeper than 256 elements. */
static void walk(Walk *w, const xmlNode *node, bool text_counts)
{
  for (const xmlNode *child = node->children; child && !w->out->failed; child = child->next) {
    if (child->type == XML_ELEMENT_NODE) put_node(w, child, text_counts);
    else if ((child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE) && text_counts)
      put_text(w, child->content);
  }
}

/* ---- Documents ------------------------------------------------------------------------------------- */

static void be_quiet(void *user, xmlErrorPtr error)
{
  (void)user;
  (void)error;
}

static ClaimantStatus refuse(xmlParserCtxt *parser, const char *name, Diagnostics *diagnostics)
{
  const xmlError *error = xmlCtxtGetLastError(parser);
  if (error && error->code == XML_ERR_NO_MEMORY) return CLAIMANT_NO_MEMORY;
  const char *message = error && error->message ? error->message : "it cannot be read";
  diagnostics_add(diagnostics, CLAIMANT_ERROR, "bad-xml",
                  (Place){.file = name, .line = error && error->line > 0 ? (size_t)error->line : 0},
                  "not well-formed XML: %.*s", (int)strcspn(message, "\n"), message);
  return CLAIMANT_BAD_DATA;
}

static ClaimantStatus write_document(const xmlDoc *document, XmlKind kind, Buffer *out)
{
  Walk w = {.kind = kind, .out = out};
  buffer_append_string(out, "<html><body>\n");
  walk(&w, (const xmlNode *)document, kind != XML_DOCX);
  if (w.notes.size) buffer_append(out, w.notes.data, w.notes.size);
  buffer_append_string(out, "</body></html>\n");
  bool failed = out->failed || w.notes.failed;
  buffer_free(&w.notes);
  return failed ? CLAIMANT_NO_MEMORY : CLAIMANT_OK;
}

ClaimantStatus xml_to_html(const char *bytes, size_t size, XmlKind kind, const char *name, Diagnostics *diagnostics,
                           Buffer *out)
{
  if (size > INT_MAX) return CLAIMANT_TOO_LARGE;
  xmlParserCtxt *parser = xmlNewParserCtxt();
  if (!parser) return CLAIMANT_NO_MEMORY;
  parser->sax->serror = be_quiet;
  xmlDoc *document = xmlCtxtReadMemory(parser, bytes, (int)size, name, NULL,
                                       XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA);
  ClaimantStatus st = document ? write_document(document, kind, out) : refuse(parser, name, diagnostics);
  xmlFreeDoc(document);
  xmlFreeParserCtxt(parser);
  return st;
}
