/* JSON-LD 1.1: a document on one line, with the context in it, so that nothing has to be fetched to read it. */
#include "graph/names.h"
#include "write/context.h"
#include "write/json.h"
#include "write/rdf.h"

#include <string.h>

typedef struct {
  Json    json;
  Graph  *graph;
  Context context;
  Buffer  name; /* room for a short one */
} Session;

/* ---- Names --------------------------------------------------------------------------------- */

/* What follows an IRI's prefix; NULL when that is not in front of it, or when nothing useful would be left. */
static const char *behind(const char *iri, const char *prefix)
{
  size_t length = strlen(prefix);
  if (strncmp(iri, prefix, length) != 0 || !iri[length] || !strncmp(iri + length, "//", 2)) return NULL;
  return iri + length;
}

/* Prefixes of the letter's own graph, "d" and "r", stand in a second context beside the fixed one. */
static bool is_own(const Session *session, const char *name)
{
  for (size_t i = 0; i < session->context.prefix_count; ++i)
    if (!strcmp(session->context.prefixes[i].name, name)) return false;
  return true;
}

static const char *put_together(Session *session, const char *prefix, const char *rest)
{
  buffer_clear(&session->name);
  buffer_printf(&session->name, "%s:%s", prefix, rest);
  return session->name.failed ? "" : session->name.data;
}

/* An IRI such as "org:x", which names no prefix but would be read as one, cannot be told apart. */
static void check_whole(Session *session, const char *iri)
{
  size_t      scheme = strcspn(iri, ":");
  const char *taken = NULL;
  if (!strncmp(iri + scheme, "://", 3)) return;
  for (size_t i = 0; i < session->context.prefix_count && !taken; ++i) {
    const char *name = session->context.prefixes[i].name;
    if (strlen(name) == scheme && !memcmp(name, iri, scheme)) taken = name;
  }
  for (size_t i = 0; i < session->graph->prefix_count && !taken; ++i) {
    const char *name = session->graph->prefixes[i].name;
    if (strlen(name) == scheme && !memcmp(name, iri, scheme)) taken = name;
  }
  if (taken) graph_fail(session->graph, CLAIMANT_BAD_DATA, "<%s> cannot be written in JSON-LD, where %s: is a prefix", iri, taken);
}

static const char *shortened(Session *session, const char *iri)
{
  const Graph *graph = session->graph;
  const char  *rest;
  for (size_t i = 0; i < graph->prefix_count; ++i)
    if (is_own(session, graph->prefixes[i].name) && (rest = behind(iri, graph->prefixes[i].iri)))
      return put_together(session, graph->prefixes[i].name, rest);
  for (size_t i = 0; i < session->context.prefix_count; ++i)
    if ((rest = behind(iri, session->context.prefixes[i].iri)))
      return put_together(session, session->context.prefixes[i].name, rest);
  check_whole(session, iri);
  return iri;
}

static const char *word_for(Session *session, const char *iri)
{
  const ContextTerm *term = context_term(&session->context, iri);
  return term ? term->name : shortened(session, iri);
}

/* ---- Values ---------------------------------------------------------------------------------- */

static bool same(const char *a, const char *b) { return a == b || (a && b && !strcmp(a, b)); }

static void put_field(Json *json, const char *name, const char *value)
{
  json_key(json, name);
  json_put_string(json, value);
}

static void put_iri(Session *session, const Term *value, const ContextTerm *term)
{
  bool known = term && same(term->type, "@id");
  if (!known) json_begin(&session->json, '{');
  if (!known) json_key(&session->json, "@id");
  json_put_string(&session->json, shortened(session, value->text));
  if (!known) json_end(&session->json, '}');
}

/* Whether a reader takes plain text under this term for just this literal. */
static bool is_implied(const Session *session, const Term *value, const ContextTerm *term)
{
  if (term && term->type) return same(value->datatype, term->type);
  if (value->datatype) return false;
  return same(value->language, term && term->no_words ? NULL : session->graph->language);
}

static void put_literal(Session *session, const Term *value, const ContextTerm *term)
{
  Json *json = &session->json;
  if (is_implied(session, value, term)) {
    json_put_string(json, value->text);
    return;
  }
  json_begin(json, '{');
  if (value->language) put_field(json, "@language", value->language);
  if (value->datatype) put_field(json, "@type", word_for(session, value->datatype));
  put_field(json, "@value", value->text);
  json_end(json, '}');
}

static void put_value(Session *session, const Term *value, const ContextTerm *term)
{
  if (value->kind == TERM_IRI) put_iri(session, value, term);
  else put_literal(session, value, term);
}

/* ---- Nodes -------------------------------------------------------------------------------------- */

/* The first statement from `from` on that is of another subject, or of another predicate too. */
static size_t end_of(const Graph *graph, size_t from, bool predicate)
{
  const Statement *first = &graph->statements[from];
  size_t           end = from + 1;
  while (end < graph->count && !strcmp(graph->statements[end].subject, first->subject) &&
         (!predicate || !strcmp(graph->statements[end].predicate, first->predicate)))
    end++;
  return end;
}

static bool is_type(const Statement *statement)
{
  return !strcmp(statement->predicate, RDF_TYPE) && statement->object.kind == TERM_IRI;
}

static void put_types(Session *session, size_t start, size_t end)
{
  const Statement *statements = session->graph->statements;
  bool             any = false;
  for (size_t i = start; i < end; ++i) {
    if (!is_type(&statements[i])) continue;
    if (!any) json_key(&session->json, "@type"), json_begin(&session->json, '[');
    any = true;
    json_put_string(&session->json, word_for(session, statements[i].object.text));
  }
  if (any) json_end(&session->json, ']');
}

static void put_property(Session *session, size_t start, size_t end)
{
  const Statement   *statements = session->graph->statements;
  const ContextTerm *term = context_term(&session->context, statements[start].predicate);
  bool               several = end - start > 1;
  json_key(&session->json, term ? term->name : shortened(session, statements[start].predicate));
  if (several) json_begin(&session->json, '[');
  for (size_t i = start; i < end; ++i) put_value(session, &statements[i].object, term);
  if (several) json_end(&session->json, ']');
}

static void put_node(Session *session, size_t start, size_t end)
{
  json_begin(&session->json, '{');
  put_field(&session->json, "@id", shortened(session, session->graph->statements[start].subject));
  put_types(session, start, end);
  for (size_t i = start, next; i < end; i = next) {
    next = end_of(session->graph, i, true);
    if (!is_type(&session->graph->statements[i])) put_property(session, i, next);
  }
  json_end(&session->json, '}');
}

/* ---- The document ---------------------------------------------------------------------------------- */

static void put_context(Session *session)
{
  Json        *json = &session->json;
  const Graph *graph = session->graph;
  json_key(json, "@context");
  json_begin(json, '[');
  json_put_raw(json, session->context.json);
  json_begin(json, '{');
  if (graph->language) put_field(json, "@language", graph->language);
  for (size_t i = 0; i < graph->prefix_count; ++i)
    if (is_own(session, graph->prefixes[i].name)) put_field(json, graph->prefixes[i].name, graph->prefixes[i].iri);
  json_end(json, '}');
  json_end(json, ']');
}

static void put_document(Session *session)
{
  json_begin(&session->json, '{');
  put_context(session);
  json_key(&session->json, "@graph");
  json_begin(&session->json, '[');
  for (size_t i = 0, next; i < session->graph->count; i = next) {
    next = end_of(session->graph, i, false);
    put_node(session, i, next);
  }
  json_end(&session->json, ']');
  json_end(&session->json, '}');
  buffer_append_byte(session->json.out, '\n');
}

static ClaimantStatus to_jsonld(Graph *graph, Buffer *out)
{
  size_t         before = out->size;
  Session        session = {.json = {.out = out}, .graph = graph};
  ClaimantStatus st = context_read(graph->arena, (const char *)context_jsonld, &session.context);
  if (!st) put_document(&session);
  if (!st) st = out->failed || session.name.failed ? CLAIMANT_NO_MEMORY : graph->status;
  buffer_free(&session.name);
  if (st && out->data) out->size = before, out->data[before] = '\0';
  return st;
}

ClaimantStatus write_jsonld(const Document *document, const WriteOptions *options, Buffer *out)
{
  return rdf_write(document, options, to_jsonld, out);
}
