#include "audit/statements.h"

#include "base/hash.h"
#include "graph/names.h"

#include <string.h>

typedef struct {
  Graph       *graph;
  const char **terms; /* in order of their numbers */
  size_t       count, capacity;
  uint32_t    *slots; /* number + 1; 0: free */
  size_t       slot_count;
  uint32_t    *numbers; /* three a statement */
} Terms;

/* ---- Terms as Turtle has them ---- */

static bool is_local(const char *name)
{
  if (!((*name >= 'A' && *name <= 'Z') || (*name >= 'a' && *name <= 'z'))) return false;
  return strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-") == strlen(name);
}

static const char *iri_in_turtle(Graph *graph, const char *iri)
{
  for (size_t i = 0; i < graph->prefix_count; ++i) {
    size_t length = strlen(graph->prefixes[i].iri);
    if (strncmp(iri, graph->prefixes[i].iri, length) != 0 || !is_local(iri + length)) continue;
    return graph_text(graph, "%s:%s", graph->prefixes[i].name, iri + length);
  }
  return graph_text(graph, "<%s>", iri);
}

static void put_escaped(Buffer *out, const char *text)
{
  for (; *text; ++text) {
    unsigned char c = (unsigned char)*text;
    if (c == '"' || c == '\\') buffer_printf(out, "\\%c", c);
    else if (c == '\n') buffer_append_string(out, "\\n");
    else if (c < 0x20 || c == 0x7F) buffer_printf(out, "\\u%04X", c);
    else buffer_append_byte(out, (char)c);
  }
}

static const char *literal_in_turtle(Graph *graph, const Term *term)
{
  Buffer text = {0};
  buffer_append_byte(&text, '"');
  put_escaped(&text, term->text);
  buffer_append_byte(&text, '"');
  if (term->language) buffer_printf(&text, "@%s", term->language);
  else if (term->datatype && strcmp(term->datatype, XSD_STRING) != 0)
    buffer_printf(&text, "^^%s", iri_in_turtle(graph, term->datatype));
  const char *copy = text.failed ? NULL : arena_copy(graph->arena, text.data, text.size);
  buffer_free(&text);
  return copy;
}

/* ---- Numbers ---- */

static uint32_t *slot_of(Terms *terms, const char *term)
{
  size_t at = (size_t)hash_bytes(HASH_START, term, strlen(term)) & (terms->slot_count - 1);
  while (terms->slots[at] && strcmp(terms->terms[terms->slots[at] - 1], term) != 0)
    at = (at + 1) & (terms->slot_count - 1);
  return &terms->slots[at];
}

/* False: no memory. */
static bool number_term(Terms *terms, const char *term, uint32_t *number)
{
  if (!term) return false;
  uint32_t *slot = slot_of(terms, term);
  if (!*slot) {
    void *grown =
        arena_grow(terms->graph->arena, terms->terms, terms->count, &terms->capacity, sizeof *terms->terms);
    if (!grown) return false;
    terms->terms = grown;
    terms->terms[terms->count++] = term;
    *slot = (uint32_t)terms->count;
  }
  *number = *slot - 1;
  return true;
}

static bool number_statements(Terms *terms)
{
  Graph *graph = terms->graph;
  for (terms->slot_count = 64; terms->slot_count < 6 * graph->count + 1;) terms->slot_count *= 2;
  terms->slots = arena_alloc(graph->arena, terms->slot_count * sizeof *terms->slots);
  terms->numbers = arena_alloc(graph->arena, (3 * graph->count + 1) * sizeof *terms->numbers);
  if (!terms->slots || !terms->numbers) return false;
  for (size_t i = 0; i < graph->count; ++i) {
    const Statement *s = &graph->statements[i];
    bool             is_type = !strcmp(s->predicate, RDF_TYPE), is_iri = s->object.kind == TERM_IRI;
    uint32_t        *numbers = &terms->numbers[3 * i];
    if (!number_term(terms, iri_in_turtle(graph, s->subject), &numbers[0]) ||
        !number_term(terms, is_type ? "a" : iri_in_turtle(graph, s->predicate), &numbers[1]) ||
        !number_term(terms, is_iri ? iri_in_turtle(graph, s->object.text) : literal_in_turtle(graph, &s->object),
                     &numbers[2]))
      return false;
  }
  return true;
}

static void put_statements(Json *json, const Terms *terms)
{
  json_key(json, "statements");
  json_begin(json, '[');
  for (size_t i = 0; i < terms->graph->count; ++i) {
    const uint32_t *numbers = &terms->numbers[3 * i];
    if (!i || numbers[0] != numbers[-3]) {
      if (i) json_end(json, ']');
      json_begin(json, '[');
      json_put_size(json, numbers[0]);
    }
    json_put_size(json, numbers[1]);
    json_put_size(json, numbers[2]);
  }
  if (terms->graph->count) json_end(json, ']');
  json_end(json, ']');
}

static void put_prefixes(Json *json, const Graph *graph)
{
  json_key(json, "prefixes");
  json_begin(json, '[');
  for (size_t i = 0; i < graph->prefix_count; ++i) {
    json_put_string(json, graph->prefixes[i].name);
    json_put_string(json, graph->prefixes[i].iri);
  }
  json_end(json, ']');
}

void statements_put(Graph *graph, Buffer *out)
{
  Terms terms = {.graph = graph};
  Json  json = {.out = out};
  if (!number_statements(&terms)) {
    out->failed = true;
    return;
  }
  json_begin(&json, '{');
  put_prefixes(&json, graph);
  json_key(&json, "terms");
  json_begin(&json, '[');
  for (size_t i = 0; i < terms.count; ++i) json_put_string(&json, terms.terms[i]);
  json_end(&json, ']');
  put_statements(&json, &terms);
  json_end(&json, '}');
}
