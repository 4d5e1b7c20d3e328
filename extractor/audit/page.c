#include "audit/page.h"

#include "base/html.h"
#include "audit/island.h"
#include "audit/marks.h"
#include "audit/statements.h"
#include "audit/template.h"
#include "graph/build.h"
#include "graph/identifier.h"

#include <string.h>

/* ---- Rows: what can be read of each item without a script ---- */

/* Few elements, since a long letter has thousands of rows: what is between U+2068 and U+2069 keeps its
 * direction to itself, as in a <bdi>. */
static void put_value(Buffer *out, const char *name, const char *text, size_t bytes)
{
  buffer_append_string(out, " · ");
  html_put_string(out, name);
  buffer_append_string(out, " \u2068");
  html_put_seen(out, text, bytes);
  buffer_append_string(out, "\u2069");
}

static void put_role(Buffer *out, const ItemRole *role)
{
  static const char *const refs[] = {"", "the letter’s addressee", "the writer", "unstated"};
  const char *text = role->text ? role->text : refs[role->ref];
  if (*text) put_value(out, role->name, text, strlen(text));
}

static void put_facts(Buffer *out, const Item *item)
{
  for (size_t i = 0; i < item->feature_count; ++i) {
    const ItemFeature *feature = &item->features[i];
    if (!feature->type || feature->type->output) put_value(out, feature->name, feature->value, strlen(feature->value));
  }
  for (size_t i = 0; i < item->role_count; ++i) put_role(out, &item->roles[i]);
}

static void put_row(Buffer *out, const Document *document, const Item *item, size_t number)
{
  unsigned slot = type_slot(document->rules, item->type);
  unsigned percent = (unsigned)(item->confidence * 100 + 0.5);
  buffer_printf(out, "<li id=\"i-%s\" class=\"t%u\" data-i=\"%zu\"><a class=\"row\" href=\"#m-%s\"><span class=\"type\">",
                item->id, slot, number, item->id);
  html_put_string(out, item->type->name);
  buffer_append_string(out, "</span> <bdi class=\"words\">");
  html_put_seen(out, item->text, strlen(item->text));
  buffer_append_string(out, "</bdi></a><p class=\"by\"><code>");
  html_put_string(out, item->rule->id);
  buffer_printf(out, "</code> %u %%", percent);
  if (item->feature_count || item->role_count) {
    buffer_append_string(out, "<span class=\"facts\">");
    put_facts(out, item);
    buffer_append_string(out, "</span>");
  }
  buffer_append_string(out, "</p></li>\n");
}

/* In lists of a few rows each: what is far from being seen is passed over by the browser a list at a time. */
static void put_rows(Buffer *out, const Document *document)
{
  enum { ROWS_OF_LIST = 40 };
  for (size_t i = 0; i < document->item_count; ++i) {
    if (i % ROWS_OF_LIST == 0) buffer_printf(out, "%s<ol start=\"%zu\">\n", i ? "</ol>\n" : "", i + 1);
    put_row(out, document, &document->items[i], i);
  }
  if (document->item_count) buffer_append_string(out, "</ol>\n");
}

/* ---- The head of the page ---- */

static void put_parties(Buffer *out, const Entity *const *parties, size_t count, const Entity *otherwise)
{
  size_t put = 0;
  for (size_t i = 0; i < (count ? count : 1); ++i) {
    const char *label = (count ? parties[i] : otherwise)->label;
    if (!label) continue;
    buffer_append_string(out, put++ ? ", <bdi>" : "<bdi>");
    html_put_string(out, label);
    buffer_append_string(out, "</bdi>");
  }
  if (!put) buffer_append_string(out, "not known");
}

static void put_meta(Buffer *out, const Document *document)
{
  const LetterMeta *meta = &document->meta;
  buffer_append_string(out, "<div><dt>From</dt><dd>");
  put_parties(out, meta->senders, meta->sender_count, document->writer);
  buffer_append_string(out, "</dd></div><div><dt>To</dt><dd>");
  put_parties(out, meta->addressees, meta->addressee_count, document->addressee);
  buffer_append_string(out, "</dd></div>");
  if (!meta->date) return;
  buffer_append_string(out, "<div><dt>Date</dt><dd>");
  html_put_string(out, meta->date);
  buffer_append_string(out, "</dd></div>");
}

static void put_language(Buffer *out, const Document *document)
{
  if (!document->language) return;
  buffer_append_string(out, " lang=\"");
  html_put_string(out, document->language);
  buffer_append_byte(out, '"');
}

/* ---- The whole ---- */

enum { TITLE, META, LANGUAGE, LETTER, ROWS, COUNT, DATA, GRAPH, SLOTS };

static const char *const slot_names[SLOTS] = {
    [TITLE] = "title", [META] = "meta", [LANGUAGE] = "language", [LETTER] = "letter",
    [ROWS] = "rows",   [COUNT] = "count", [DATA] = "data",   [GRAPH] = "graph"};

static void put_json(Buffer *json, Buffer *out)
{
  if (json->failed) out->failed = true;
  else html_put_json(out, json->data, json->size);
  buffer_free(json);
}

/* The letter and its items, and apart from them, since most visits do not look into it, the graph. */
static ClaimantStatus put_data(const Explanation *found, const AuditOptions *options, Diagnostics *report, Buffer *data,
                               Buffer *graph_data)
{
  const Document *document = &found->document;
  Graph          *graph = NULL;
  Buffer          json = {0}, statements = {0};
  GraphOptions    how = {.base = options->base, .doc_iri = options->doc_iri};
  Island          island = {.found = found, .name = options->name};
  ClaimantStatus  st = graph_build(document, &how, &graph);
  if (!st) st = letter_iri(document->arena, options->doc_iri, options->base, document->sha256, &island.iri);
  if (st && graph && graph->fault && report)
    diagnostics_add(report, CLAIMANT_ERROR, "bad-graph", (Place){.file = document->letter->name}, "%s", graph->fault);
  if (!st) {
    island_put(&island, &json);
    statements_put(graph, &statements);
    put_json(&json, data);
    put_json(&statements, graph_data);
  }
  graph_free(graph);
  return st;
}

ClaimantStatus audit_page(const Explanation *found, const AuditOptions *options, Diagnostics *report, Buffer *out)
{
  static const char *const scripts[] = {"early.js", "csv.js",    "turtle.js", "decisions.js", "model.js", "letter.js",
                                        "list.js",  "detail.js", "views.js",  "keys.js",      "page.js",  NULL};
  const Document *document = &found->document;
  Buffer          parts[SLOTS] = {0};
  Slot            slots[SLOTS];
  bool            failed = false;
  html_put_string(&parts[TITLE], options->name);
  put_meta(&parts[META], document);
  put_language(&parts[LANGUAGE], document);
  marks_put(&parts[LETTER], document);
  put_rows(&parts[ROWS], document);
  buffer_printf(&parts[COUNT], "%zu", document->item_count);
  ClaimantStatus st = put_data(found, options, report, &parts[DATA], &parts[GRAPH]);
  for (size_t i = 0; i < SLOTS; ++i) {
    failed = failed || parts[i].failed;
    slots[i] = (Slot){slot_names[i], parts[i].data ? parts[i].data : "", parts[i].size};
  }
  if (!st && failed) st = CLAIMANT_NO_MEMORY;
  if (!st) st = template_fill("page.html", "page.css", scripts, slots, SLOTS, out);
  for (size_t i = 0; i < SLOTS; ++i) buffer_free(&parts[i]);
  return st;
}
