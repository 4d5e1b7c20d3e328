#include "write/serd.h"

#include "graph/names.h"

#include <serd/serd.h>

#include <string.h>

/* serd asks for the bytes and takes the characters for granted: nothing that it writes depends on them.
 * Without a flag for quotes and line breaks it escapes them, on one line. */
static SerdNode node_of(SerdType type, const char *text)
{
  size_t bytes = text ? strlen(text) : 0;
  return (SerdNode){.buf = (const uint8_t *)text, .n_bytes = bytes, .n_chars = bytes, .type = text ? type : SERD_NOTHING};
}

static size_t take_bytes(const void *bytes, size_t size, void *user)
{
  Buffer *out = user;
  buffer_append(out, bytes, size);
  return out->failed ? 0 : size;
}

static SerdStatus keep_quiet(void *user, const SerdError *error)
{
  (void)user;
  return error->status;
}

static bool is_local_name(const char *text)
{
  static const char rest[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
  return ((*text >= 'A' && *text <= 'Z') || (*text >= 'a' && *text <= 'z')) && !text[strspn(text, rest)];
}

/* serd shortens no name with a hyphen in it, and nearly all of ours have one. */
static SerdNode shortened(Buffer *room, const Graph *graph, const char *iri)
{
  for (size_t i = 0; iri && i < graph->prefix_count; ++i) {
    size_t length = strlen(graph->prefixes[i].iri);
    if (strncmp(iri, graph->prefixes[i].iri, length) != 0 || !is_local_name(iri + length)) continue;
    buffer_clear(room);
    buffer_printf(room, "%s:%s", graph->prefixes[i].name, iri + length);
    return node_of(SERD_CURIE, room->failed ? NULL : room->data);
  }
  return node_of(SERD_URI, iri);
}

/* A statement's IRIs and the room for their short forms, which serd keeps for a while. */
typedef struct {
  SerdWriter  *writer;
  const Graph *graph;
  SerdNode     name; /* of the graph */
  bool         named, curied;
  Buffer       room[4];
} Session;

static SerdNode iri_node(Session *session, size_t room, const char *iri)
{
  return session->curied ? shortened(&session->room[room], session->graph, iri) : node_of(SERD_URI, iri);
}

static SerdStatus write_statement(Session *session, const Statement *statement)
{
  const Term *term = &statement->object;
  SerdNode    subject = iri_node(session, 0, statement->subject);
  /* serd knows rdf:type, which it writes as "a", by its IRI alone */
  bool     type = !strcmp(statement->predicate, RDF_TYPE);
  SerdNode predicate = type ? node_of(SERD_URI, RDF_TYPE) : iri_node(session, 1, statement->predicate);
  SerdNode object = term->kind == TERM_IRI ? iri_node(session, 2, term->text) : node_of(SERD_LITERAL, term->text);
  SerdNode datatype = term->datatype ? iri_node(session, 3, term->datatype) : SERD_NODE_NULL;
  SerdNode language = node_of(SERD_LITERAL, term->language);
  return serd_writer_write_statement(session->writer, 0, session->named ? &session->name : NULL, &subject,
                                     &predicate, &object, &datatype, &language);
}

static SerdStatus write_statements(Session *session)
{
  SerdStatus st = SERD_SUCCESS;
  for (size_t i = 0; i < session->graph->count && !st; ++i)
    st = write_statement(session, &session->graph->statements[i]);
  return st;
}

static SerdStatus set_prefixes(SerdWriter *writer, const Graph *graph)
{
  SerdStatus st = SERD_SUCCESS;
  for (size_t i = 0; i < graph->prefix_count && !st; ++i) {
    SerdNode name = node_of(SERD_LITERAL, graph->prefixes[i].name);
    SerdNode iri = node_of(SERD_URI, graph->prefixes[i].iri);
    st = serd_writer_set_prefix(writer, &name, &iri);
  }
  return st;
}

static SerdStatus run(Session *session)
{
  SerdStatus st = session->curied ? set_prefixes(session->writer, session->graph) : SERD_SUCCESS;
  if (!st) st = write_statements(session);
  SerdStatus end = serd_writer_finish(session->writer);
  return st ? st : end;
}

static ClaimantStatus serd_write(const Graph *graph, SerdSyntax syntax, SerdStyle style, Buffer *out)
{
  size_t     before = out->size;
  SerdEnv   *env = serd_env_new(NULL);
  SerdStatus st = SERD_SUCCESS;
  Session    session = {.graph = graph, .name = node_of(SERD_URI, graph->name)};
  session.named = graph->name && (syntax == SERD_NQUADS || syntax == SERD_TRIG);
  session.curied = style & SERD_STYLE_CURIED;
  if (env) session.writer = serd_writer_new(syntax, style | SERD_STYLE_BULK, env, NULL, take_bytes, out);
  if (session.writer) {
    serd_writer_set_error_sink(session.writer, keep_quiet, NULL);
    st = run(&session);
    serd_writer_free(session.writer);
  }
  serd_env_free(env);
  bool memory = session.writer && !out->failed;
  for (size_t i = 0; i < 4; ++i) {
    if (session.room[i].failed) memory = false;
    buffer_free(&session.room[i]);
  }
  if (memory && !st) return CLAIMANT_OK;
  out->size = before;
  if (out->data) out->data[before] = '\0';
  return memory ? CLAIMANT_INTERNAL : CLAIMANT_NO_MEMORY;
}

ClaimantStatus serd_ntriples(Graph *graph, Buffer *out) { return serd_write(graph, SERD_NTRIPLES, 0, out); }

ClaimantStatus serd_nquads(Graph *graph, Buffer *out) { return serd_write(graph, SERD_NQUADS, 0, out); }

ClaimantStatus serd_trig(Graph *graph, Buffer *out)
{
  return serd_write(graph, SERD_TRIG, SERD_STYLE_ABBREVIATED | SERD_STYLE_CURIED, out);
}
