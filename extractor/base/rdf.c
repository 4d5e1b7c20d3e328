#include "base/rdf.h"

#include "base/buffer.h"
#include "base/memory.h"

#include <errno.h>
#include <serd/serd.h>
#include <setjmp.h>
#include <string.h>

enum { CHUNK = 1 << 16, MESSAGE = 200 };

/* The file as the reader draws it byte by byte, so that the line of every statement is known. */
typedef struct {
  FILE  *file;
  char   bytes[CHUNK];
  size_t at, count;
  size_t line;
  char   last, last_seen; /* the last byte, and the last in its line that is no space */
  bool   by_line; /* each line is a statement */
  bool   ended, failed;
  int    failure; /* errno of it */
} Source;

typedef struct {
  Source         source;
  const RdfSink *sink;
  SerdEnv       *env;
  ClaimantStatus status;
  bool           graphs;  /* the syntax has named ones */
  bool           faulted; /* the reader has complained of the statement in hand */
  jmp_buf        out;     /* from an IRI that the end of the file cuts: serd complains of it without end */
  Buffer         subject, predicate, object, datatype, language;
} Reading;

/* ---- Bytes ---- */

static bool next_byte(Source *source, char *byte)
{
  if (source->at == source->count) {
    source->at = 0;
    source->count = fread(source->bytes, 1, sizeof source->bytes, source->file);
    if (!source->count && ferror(source->file)) source->failed = true, source->failure = errno;
    if (!source->count) return source->ended = true, false;
  }
  if (source->last == '\n') source->line++, source->last_seen = '\0';
  *byte = source->last = source->bytes[source->at++];
  if (*byte != ' ' && *byte != '\t' && *byte != '\r' && *byte != '\n') source->last_seen = *byte;
  return true;
}

/* As fread; serd asks for one byte at a time. */
static size_t draw(void *into, size_t size, size_t count, void *stream)
{
  (void)size;
  (void)count;
  return next_byte(stream, into);
}

static int draw_failed(void *stream) { return ((Source *)stream)->failed; }

/* After a fault: to the end of the statement, which in Turtle ends in a full stop at the end of a line. */
static void skip_statement(Source *source)
{
  char byte = source->last;
  while (byte != '\n' || (!source->by_line && source->last_seen != '.'))
    if (!next_byte(source, &byte)) return;
}

/* ---- Statements ---- */

static void put(Buffer *to, const uint8_t *text, size_t bytes)
{
  buffer_clear(to);
  buffer_append(to, (const char *)text, bytes);
}

/* False: it names nothing that we can use. */
static bool put_iri(Reading *reading, Buffer *to, const SerdNode *node)
{
  if (node->type != SERD_URI && node->type != SERD_CURIE) return false;
  SerdNode whole = serd_env_expand_node(reading->env, node);
  if (whole.buf) put(to, whole.buf, whole.n_bytes);
  bool found = whole.buf;
  serd_node_free(&whole);
  return found;
}

static bool put_node(Reading *reading, Buffer *to, const SerdNode *node)
{
  if (node->type != SERD_LITERAL) return put_iri(reading, to, node);
  put(to, node->buf, node->n_bytes);
  return true;
}

static const char *text_of(const Buffer *buffer) { return buffer->data ? buffer->data : ""; }

static SerdStatus take_statement(void *handle, SerdStatementFlags flags, const SerdNode *graph,
                                 const SerdNode *subject, const SerdNode *predicate, const SerdNode *object,
                                 const SerdNode *datatype, const SerdNode *language)
{
  (void)flags;
  (void)graph;
  Reading  *reading = handle;
  RdfTriple triple = {.literal = object->type == SERD_LITERAL, .line = reading->source.line};
  if (!put_iri(reading, &reading->subject, subject) || !put_iri(reading, &reading->predicate, predicate) ||
      !put_node(reading, &reading->object, object))
    return SERD_SUCCESS;
  if (datatype && datatype->buf && put_iri(reading, &reading->datatype, datatype))
    triple.datatype = text_of(&reading->datatype);
  if (language && language->buf) put(&reading->language, language->buf, language->n_bytes), triple.language = text_of(&reading->language);
  triple.subject = text_of(&reading->subject);
  triple.predicate = text_of(&reading->predicate);
  triple.object = text_of(&reading->object);
  bool failed = reading->subject.failed || reading->predicate.failed || reading->object.failed ||
                reading->datatype.failed || reading->language.failed;
  if (!reading->status) reading->status = failed ? CLAIMANT_NO_MEMORY : reading->sink->triple(reading->sink->user, &triple);
  return reading->status ? SERD_ERR_UNKNOWN : SERD_SUCCESS;
}

static SerdStatus take_base(void *handle, const SerdNode *uri) { return serd_env_set_base_uri(((Reading *)handle)->env, uri); }

static SerdStatus take_prefix(void *handle, const SerdNode *name, const SerdNode *uri)
{
  return serd_env_set_prefix(((Reading *)handle)->env, name, uri);
}

static SerdStatus take_error(void *handle, const SerdError *error)
{
  Reading *reading = handle;
  char     message[MESSAGE];
  if (reading->status) return SERD_SUCCESS;
  va_list arguments;
  va_copy(arguments, *error->args);
  vsnprintf(message, sizeof message, error->fmt, arguments);
  va_end(arguments);
  message[strcspn(message, "\n")] = '\0';
  bool again = reading->faulted;
  if (!again) reading->sink->fault(reading->sink->user, reading->source.line, message);
  reading->faulted = true;
  if (again && reading->source.ended) longjmp(reading->out, 1);
  return SERD_SUCCESS;
}

/* ---- The file ---- */

/* To the end of the file, or to a fault. Returns whether there may be more. */
static bool read_on(Reading *reading, SerdReader *reader, const char *name)
{
  const uint8_t *place = (const uint8_t *)name;
  SerdStatus     st = SERD_SUCCESS;
  if (reading->graphs) { /* serd reads them as a whole alone */
    st = serd_reader_read_source(reader, draw, draw_failed, &reading->source, place, 1);
    if (!st) st = SERD_FAILURE;
  } else {
    st = serd_reader_start_source_stream(reader, draw, draw_failed, &reading->source, place, 1);
  }
  while (!st && !reading->status) {
    st = serd_reader_read_chunk(reader);
    if (!st) reading->faulted = false;
  }
  if (!reading->graphs) serd_reader_end_stream(reader);
  if (reading->status || st <= SERD_FAILURE) return false;
  if (!reading->faulted) reading->sink->fault(reading->sink->user, reading->source.line, (const char *)serd_strerror(st));
  skip_statement(&reading->source);
  reading->faulted = false;
  return true;
}

RdfSyntax rdf_syntax(const char *path)
{
  static const struct {
    const char *ending;
    RdfSyntax   syntax;
  } endings[] = {{".nt", RDF_NTRIPLES}, {".nq", RDF_NQUADS}, {".trig", RDF_TRIG}};
  size_t length = strlen(path);
  for (size_t i = 0; i < sizeof endings / sizeof *endings; ++i) {
    size_t size = strlen(endings[i].ending);
    if (length > size && !strcmp(path + length - size, endings[i].ending)) return endings[i].syntax;
  }
  return RDF_TURTLE;
}

ClaimantStatus rdf_read(FILE *file, RdfSyntax syntax, const char *base, const RdfSink *sink)
{
  Reading *reading = memory_zeroed(1, sizeof *reading);
  if (!reading) return CLAIMANT_NO_MEMORY;
  SerdNode    uri = base ? serd_node_from_string(SERD_URI, (const uint8_t *)base) : SERD_NODE_NULL;
  static const SerdSyntax syntaxes[] = {
      [RDF_TURTLE] = SERD_TURTLE, [RDF_NTRIPLES] = SERD_NTRIPLES, [RDF_TRIG] = SERD_TRIG, [RDF_NQUADS] = SERD_NQUADS};
  SerdReader *reader =
      serd_reader_new(syntaxes[syntax], reading, NULL, take_base, take_prefix, take_statement, NULL);
  reading->env = serd_env_new(base ? &uri : NULL);
  reading->graphs = syntax == RDF_TRIG || syntax == RDF_NQUADS;
  reading->sink = sink;
  reading->source = (Source){.file = file, .line = 1, .by_line = syntax == RDF_NTRIPLES || syntax == RDF_NQUADS};
  if (!reader || !reading->env) reading->status = CLAIMANT_NO_MEMORY;
  if (reader) serd_reader_set_error_sink(reader, take_error, reading);
  if (reader) serd_reader_set_strict(reader, false);
  if (!setjmp(reading->out))
    while (!reading->status && read_on(reading, reader, base ? base : "")) continue;
  ClaimantStatus status = reading->status;
  if (!status && reading->source.failed) status = CLAIMANT_NO_INPUT, errno = reading->source.failure;
  serd_reader_free(reader);
  serd_env_free(reading->env);
  Buffer *buffers[] = {&reading->subject, &reading->predicate, &reading->object, &reading->datatype, &reading->language};
  for (size_t i = 0; i < sizeof buffers / sizeof *buffers; ++i) buffer_free(buffers[i]);
  memory_free(reading);
  return status;
}
