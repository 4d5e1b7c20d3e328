#include "write/raptor.h"

#include "base/utf8.h"
#include "write/raptor_library.h"

#include <string.h>

/* What a format needs done to raptor2's bytes and to the text of literals. */
typedef struct {
  const char *name;
  void (*copy)(Buffer *out, bool *quoted, const char *bytes, size_t count);
  bool all_prefixes; /* declared in every document, so that all begin alike; those of the letter itself in none */
  bool xml;
} Syntax;

/* One serializer a letter. Terms of the statement before are kept: sorted statements mostly share their
 * subject, and often the predicate. */
typedef struct {
  RaptorLibrary      raptor;
  raptor_world      *world;
  raptor_serializer *serializer;
  raptor_term       *subject, *predicate;
  const char        *subject_iri, *predicate_iri;
  bool               complained;
  const Syntax      *syntax;
  Buffer             out;
  bool               quoted; /* in DOT: between two quotes */
  bool               lossy;  /* a literal holds what XML cannot */
} Session;

static void complain(void *user, raptor_log_message *message)
{
  Session *session = user;
  if (message->level >= RAPTOR_LOG_LEVEL_ERROR) session->complained = true;
}

static ClaimantStatus open_session(Session *session)
{
  session->world = session->raptor.new_world_internal(RAPTOR_VERSION);
  if (!session->world) return CLAIMANT_NO_MEMORY;
  /* Leave libxml2's error handlers to whoever set them. */
  session->raptor.world_set_flag(session->world, RAPTOR_WORLD_FLAG_LIBXML_STRUCTURED_ERROR_SAVE, 0);
  session->raptor.world_set_flag(session->world, RAPTOR_WORLD_FLAG_LIBXML_GENERIC_ERROR_SAVE, 0);
  session->raptor.world_set_flag(session->world, RAPTOR_WORLD_FLAG_WWW_SKIP_INIT_FINISH, 1); /* nothing is ever fetched */
  session->raptor.world_set_log_handler(session->world, session, complain);
  if (session->raptor.world_open(session->world)) return CLAIMANT_INTERNAL;
  session->serializer = session->raptor.new_serializer(session->world, session->syntax->name);
  return session->serializer ? CLAIMANT_OK : CLAIMANT_INTERNAL;
}

static void close_session(Session *session)
{
  session->raptor.free_term(session->subject);
  session->raptor.free_term(session->predicate);
  if (session->serializer) session->raptor.free_serializer(session->serializer);
  if (session->world) session->raptor.free_world(session->world);
}

static raptor_uri *new_uri(Session *session, const char *iri)
{
  return session->raptor.new_uri_from_counted_string(session->world, (const unsigned char *)iri, strlen(iri));
}

static bool begins(const char *iri, const char *with, size_t length)
{
  return iri && !strncmp(iri, with, length);
}

static bool is_used(const Graph *graph, const char *prefix)
{
  size_t length = strlen(prefix);
  for (size_t i = 0; i < graph->count; ++i) {
    const Statement *statement = &graph->statements[i];
    const Term      *object = &statement->object;
    const char      *named = object->kind == TERM_IRI ? object->text : object->datatype;
    if (begins(statement->predicate, prefix, length) || begins(named, prefix, length) ||
        begins(statement->subject, prefix, length))
      return true;
  }
  return false;
}

/* "d" is the letter's own, and so may "r" be: no property is named with them. */
static bool is_own(const char *prefix) { return !prefix[1]; }

/* Only prefixes that are used: raptor2 tries every one of them on every term. */
static ClaimantStatus set_prefixes(Session *session, const Graph *graph)
{
  for (size_t i = 0; i < graph->prefix_count; ++i) {
    bool all = session->syntax->all_prefixes;
    if (all ? is_own(graph->prefixes[i].name) : !is_used(graph, graph->prefixes[i].iri)) continue;
    raptor_uri *uri = new_uri(session, graph->prefixes[i].iri);
    if (!uri) return CLAIMANT_NO_MEMORY;
    int failed = session->raptor.serializer_set_namespace(session->serializer, uri,
                                                 (const unsigned char *)graph->prefixes[i].name);
    session->raptor.free_uri(uri);
    if (failed) return CLAIMANT_INTERNAL;
  }
  return CLAIMANT_OK;
}

static raptor_term *new_iri_term(Session *session, const char *iri)
{
  return session->raptor.new_term_from_counted_uri_string(session->world, (const unsigned char *)iri, strlen(iri));
}

/* ---- What XML 1.0 cannot say -------------------------------------------------------------------- */

static bool fits_xml(uint32_t code)
{
  return code >= 0x20 ? code != 0xFFFE && code != 0xFFFF : code == '\t' || code == '\n' || code == '\r';
}

/* Most control characters have no form in it, not even as references. */
static const char *xml_text(Session *session, Graph *graph, const char *text)
{
  Buffer      fit = {0};
  const char *kept = text;
  for (size_t length; *text; text += length) {
    if (fits_xml(utf8_decode(text, &length))) continue;
    buffer_append(&fit, kept, (size_t)(text - kept));
    buffer_append_string(&fit, "\xef\xbf\xbd");
    kept = text + length;
  }
  if (!fit.size && !fit.failed) return kept;
  buffer_append_string(&fit, kept);
  const char *copy = fit.failed ? NULL : arena_copy_string(graph->arena, fit.data);
  session->lossy = true;
  buffer_free(&fit);
  return copy;
}

/* An element's name is the end of the property's IRI that is an XML name: a letter, or _, and so on. */
static bool has_xml_name(const char *iri)
{
  const char *name = NULL;
  for (const unsigned char *at = (const unsigned char *)iri; *at; ++at) {
    bool letter = (*at | 32) >= 'a' && (*at | 32) <= 'z';
    bool starts = letter || *at == '_' || *at >= 0x80;
    bool goes_on = starts || (*at >= '0' && *at <= '9') || *at == '-' || *at == '.';
    if (!goes_on) name = NULL;
    else if (starts && !name) name = (const char *)at;
  }
  return name && name != iri;
}

/* ---- Statements ------------------------------------------------------------------------------------ */

static raptor_term *new_literal_term(Session *session, Graph *graph, const Term *term)
{
  const char *text = session->syntax->xml ? xml_text(session, graph, term->text) : term->text;
  if (!text) return NULL;
  raptor_uri *datatype = term->datatype ? new_uri(session, term->datatype) : NULL;
  if (term->datatype && !datatype) return NULL;
  size_t       language = term->language ? strlen(term->language) : 0;
  raptor_term *made = session->raptor.new_term_from_counted_literal(
      session->world, (const unsigned char *)text, strlen(text), datatype,
      (const unsigned char *)term->language, (unsigned char)language);
  session->raptor.free_uri(datatype);
  return made;
}

/* Makes *term anew unless it already stands for this very string. */
static bool keep_term(Session *session, raptor_term **term, const char **made_of, const char *iri)
{
  if (*term && (*made_of == iri || !strcmp(*made_of, iri))) return true;
  session->raptor.free_term(*term);
  *term = new_iri_term(session, iri);
  *made_of = iri;
  return *term;
}

static ClaimantStatus write_statement(Session *session, Graph *graph, const Statement *statement)
{
  if (session->syntax->xml && statement->predicate != session->predicate_iri && !has_xml_name(statement->predicate)) {
    graph_fail(graph, CLAIMANT_BAD_DATA, "RDF/XML has no name for the property <%s>: it ends in no XML name", statement->predicate);
    return graph->status;
  }
  bool kept = keep_term(session, &session->subject, &session->subject_iri, statement->subject) &&
              keep_term(session, &session->predicate, &session->predicate_iri, statement->predicate);
  if (!kept) return CLAIMANT_NO_MEMORY;
  const Term  *term = &statement->object;
  raptor_term *object =
      term->kind == TERM_IRI ? new_iri_term(session, term->text) : new_literal_term(session, graph, term);
  if (!object) return CLAIMANT_NO_MEMORY;
  raptor_statement triple;
  session->raptor.statement_init(&triple, session->world);
  triple.subject = session->subject;
  triple.predicate = session->predicate;
  triple.object = object;
  int failed = session->raptor.serializer_serialize_statement(session->serializer, &triple);
  session->raptor.free_term(object);
  return failed ? CLAIMANT_INTERNAL : CLAIMANT_OK;
}

static ClaimantStatus write_statements(Session *session, Graph *graph)
{
  for (size_t i = 0; i < graph->count; ++i) {
    ClaimantStatus st = write_statement(session, graph, &graph->statements[i]);
    if (st) return st;
  }
  return CLAIMANT_OK;
}

/* ---- Bytes --------------------------------------------------------------------------------------- */

static void copy_plain(Buffer *out, bool *quoted, const char *bytes, size_t count)
{
  (void)quoted;
  buffer_append(out, bytes, count);
}

/* Raptor leaves a carriage return of a literal as it is, which Turtle forbids between single quotes: escaped,
 * it stands anywhere. */
static void copy_turtle(Buffer *out, bool *quoted, const char *bytes, size_t count)
{
  (void)quoted;
  const char *at = bytes, *end = at + count;
  for (const char *stop; (stop = memchr(at, '\r', (size_t)(end - at))); at = stop + 1) {
    buffer_append(out, at, (size_t)(stop - at));
    buffer_append(out, "\\r", 2);
  }
  buffer_append(out, at, (size_t)(end - at));
}

/* Between quotes, raptor escapes { | and } for Graphviz, which takes < and > for the name of a port. */
static void copy_dot(Buffer *out, bool *quoted, const char *bytes, size_t count)
{
  for (size_t i = 0; i < count; ++i) {
    bool escaped = out->size && out->data[out->size - 1] == '\\' && *quoted;
    size_t slashes = 0;
    while (escaped && slashes < out->size && out->data[out->size - 1 - slashes] == '\\') slashes++;
    if (bytes[i] == '"' && slashes % 2 == 0) *quoted = !*quoted;
    if (*quoted && (bytes[i] == '<' || bytes[i] == '>')) buffer_append_byte(out, '\\');
    if (*quoted && bytes[i] == '\r') buffer_append_byte(out, ' ');
    else buffer_append_byte(out, bytes[i]);
  }
}

static const Syntax syntaxes[] = {{"turtle", copy_turtle, false, false},
                                  {"ntriples", copy_plain, false, false},
                                  {"rdfxml", copy_plain, true, true},
                                  {"dot", copy_dot, false, false}};

static const Syntax *find_syntax(const char *name)
{
  for (size_t i = 0; i < sizeof syntaxes / sizeof *syntaxes; ++i)
    if (!strcmp(syntaxes[i].name, name)) return &syntaxes[i];
  return NULL;
}

/* Raptor's own stream into a string makes a list node of every byte. */
static int take_bytes(void *user, const void *bytes, size_t size, size_t count)
{
  Session *session = user;
  session->syntax->copy(&session->out, &session->quoted, bytes, size * count);
  return session->out.failed;
}

static int take_byte(void *user, const int byte)
{
  char given = (char)byte;
  return take_bytes(user, &given, 1, 1);
}

static const raptor_iostream_handler into_buffer = {
    .version = 2, .write_byte = take_byte, .write_bytes = take_bytes};

static ClaimantStatus serialize(Session *session, Graph *graph, raptor_iostream *stream)
{
  ClaimantStatus st = set_prefixes(session, graph);
  if (st) return st;
  if (session->raptor.serializer_start_to_iostream(session->serializer, NULL, stream)) return CLAIMANT_INTERNAL;
  st = write_statements(session, graph);
  if (session->raptor.serializer_serialize_end(session->serializer) && !st) st = CLAIMANT_INTERNAL;
  if (!st && session->complained) st = CLAIMANT_INTERNAL;
  return st;
}

ClaimantStatus raptor_write(Graph *graph, const char *syntax, Buffer *out)
{
  Session          session = {.syntax = find_syntax(syntax)};
  raptor_iostream *stream = NULL;
  if (!session.syntax) return CLAIMANT_INTERNAL;
  if (!raptor_library_load(&session.raptor)) {
    graph_fail(graph, CLAIMANT_INTERNAL, "raptor2, which writes this format, cannot be loaded: is libraptor2.so.0 installed?");
    return CLAIMANT_INTERNAL;
  }
  ClaimantStatus st = open_session(&session);
  if (!st) stream = session.raptor.new_iostream_from_handler(session.world, &session, &into_buffer);
  if (!st) st = stream ? serialize(&session, graph, stream) : CLAIMANT_NO_MEMORY;
  if (stream) session.raptor.free_iostream(stream);
  close_session(&session);
  if (session.out.failed) st = CLAIMANT_NO_MEMORY;
  if (!st) buffer_append(out, session.out.data, session.out.size);
  if (session.lossy) graph->remark = "XML has no form for a control character that the letter holds; U+FFFD stands for it";
  buffer_free(&session.out);
  return st ? st : out->failed ? CLAIMANT_NO_MEMORY : CLAIMANT_OK;
}
