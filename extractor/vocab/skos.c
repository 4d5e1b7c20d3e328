#include <raptor2.h>
#include <string.h>

#include "vocab/draft.h"

#define SKOS "http://www.w3.org/2004/02/skos/core#"
#define DCTERMS "http://purl.org/dc/terms/"
#define RDF_TYPE "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
#define CLM_CASE "https://w3id.org/claimant/ns#case"

typedef struct {
  const char *subject, *predicate, *object;
  const char *language, *datatype; /* NULL: none */
} Triple;

typedef struct {
  Draft         *draft;
  Triple        *triples;
  size_t         count, capacity;
  const char    *scheme; /* IRI of the concept scheme, NULL while unknown */
  ClaimantStatus status;
} Reading;

/* ---- Triples out of raptor2 ------------------------------------------------------- */

static const char *copy(Reading *reading, const unsigned char *text)
{
  if (!text) return NULL;
  const char *made = arena_copy_string(reading->draft->arena, (const char *)text);
  if (!made) reading->status = CLAIMANT_NO_MEMORY;
  return made;
}

static const char *copy_uri(Reading *reading, raptor_uri *uri)
{
  return uri ? copy(reading, raptor_uri_as_string(uri)) : NULL;
}

static void take_statement(void *user, raptor_statement *statement)
{
  Reading *reading = user;
  if (statement->subject->type != RAPTOR_TERM_TYPE_URI || statement->object->type == RAPTOR_TERM_TYPE_BLANK)
    return;
  Triple *triples = arena_grow(reading->draft->arena, reading->triples, reading->count, &reading->capacity,
                               sizeof *triples);
  if (!triples) {
    reading->status = CLAIMANT_NO_MEMORY;
    return;
  }
  reading->triples = triples;
  Triple      *triple = &triples[reading->count++];
  raptor_term *object = statement->object;
  *triple = (Triple){.subject = copy_uri(reading, statement->subject->value.uri),
                     .predicate = copy_uri(reading, statement->predicate->value.uri)};
  if (object->type == RAPTOR_TERM_TYPE_URI) {
    triple->object = copy_uri(reading, object->value.uri);
    return;
  }
  triple->object = copy(reading, object->value.literal.string);
  triple->language = copy(reading, object->value.literal.language);
  triple->datatype = copy_uri(reading, object->value.literal.datatype);
}

static void take_message(void *user, raptor_log_message *message)
{
  Reading *reading = user;
  if (message->level < RAPTOR_LOG_LEVEL_WARN) return;
  bool  error = message->level > RAPTOR_LOG_LEVEL_WARN;
  int   line = message->locator ? message->locator->line : 0;
  Place place = {.file = draft_list(reading->draft)->path, .line = line > 0 ? (size_t)line : 0};
  diagnostics_add(reading->draft->diagnostics, error ? CLAIMANT_ERROR : CLAIMANT_WARNING, "vocab-turtle",
                  place, "expected Turtle: %s", message->text);
}

static raptor_world *open_world(Reading *reading)
{
  raptor_world *world = raptor_new_world();
  if (!world) return NULL;
  raptor_world_set_flag(world, RAPTOR_WORLD_FLAG_LIBXML_STRUCTURED_ERROR_SAVE, 0);
  raptor_world_set_flag(world, RAPTOR_WORLD_FLAG_LIBXML_GENERIC_ERROR_SAVE, 0);
  raptor_world_set_log_handler(world, reading, take_message);
  if (!raptor_world_open(world)) return world;
  raptor_free_world(world);
  return NULL;
}

static ClaimantStatus parse(Reading *reading, raptor_world *world, const char *text, size_t bytes)
{
  raptor_parser *parser = raptor_new_parser(world, "turtle");
  raptor_uri    *base = raptor_new_uri(world, (const unsigned char *)"https://w3id.org/claimant/vocab/");
  ClaimantStatus status = CLAIMANT_NO_MEMORY;
  if (parser && base) {
    raptor_parser_set_statement_handler(parser, reading, take_statement);
    bool failed = raptor_parser_parse_start(parser, base) ||
                  raptor_parser_parse_chunk(parser, (const unsigned char *)text, bytes, 1);
    status = failed && !reading->draft->diagnostics->errors ? CLAIMANT_BAD_DATA : reading->status;
  }
  if (base) raptor_free_uri(base);
  if (parser) raptor_free_parser(parser);
  return status;
}

/* ---- Triples into terms and values -------------------------------------------------- */

static bool is_label(const Triple *triple)
{
  return !strcmp(triple->predicate, SKOS "prefLabel") || !strcmp(triple->predicate, SKOS "altLabel") ||
         !strcmp(triple->predicate, SKOS "hiddenLabel");
}

/* What only describes the file's structure is not worth keeping for readers. */
static bool is_structure(const Triple *triple)
{
  return !strcmp(triple->predicate, RDF_TYPE) || !strcmp(triple->predicate, SKOS "inScheme") ||
         !strcmp(triple->predicate, SKOS "topConceptOf") || !strcmp(triple->predicate, SKOS "hasTopConcept");
}

static void find_scheme(Reading *reading)
{
  for (size_t i = 0; i < reading->count; ++i) {
    const Triple *triple = &reading->triples[i];
    if (!strcmp(triple->predicate, RDF_TYPE) && !strcmp(triple->object, SKOS "ConceptScheme"))
      reading->scheme = triple->subject;
  }
}

static void read_scheme(Reading *reading, const Triple *triple)
{
  DraftList *list = draft_list(reading->draft);
  if (!strcmp(triple->predicate, DCTERMS "title")) list->title = triple->object;
  if (!strcmp(triple->predicate, DCTERMS "license")) list->licence = triple->object;
  if (!strcmp(triple->predicate, CLM_CASE)) list->fold = !strcmp(triple->object, "fold");
  if (strcmp(triple->predicate, DCTERMS "source") != 0) return;
  list->source = list->source ? arena_printf(reading->draft->arena, "%s; %s", list->source, triple->object)
                              : triple->object;
  if (!list->source) reading->status = CLAIMANT_NO_MEMORY;
}

static ClaimantStatus add_label(Reading *reading, const Triple *triple)
{
  Draft *draft = reading->draft;
  draft_list(draft)->terms++;
  if (!strcmp(triple->predicate, SKOS "prefLabel")) {
    bool english = triple->language && !strcmp(triple->language, "en");
    /* The rank, for the choice among labels, is cut off when that is made. */
    const char    *ranked = arena_printf(draft->arena, "%c%s", english ? '0' : '1', triple->object);
    ClaimantStatus status =
        ranked ? draft_value(draft, triple->subject, LABEL_PROPERTY, ranked) : CLAIMANT_NO_MEMORY;
    if (status) return status;
  }
  return draft_term(draft, triple->object, strlen(triple->object), draft_list(draft)->fold, triple->subject,
                    0);
}

static ClaimantStatus add_concept(Reading *reading, const Triple *triple)
{
  Draft *draft = reading->draft;
  bool   notation = !strcmp(triple->predicate, SKOS "notation");
  if (is_label(triple)) return add_label(reading, triple);
  if (is_structure(triple)) return CLAIMANT_OK;
  const char    *property = notation && triple->datatype ? triple->datatype : triple->predicate;
  ClaimantStatus status = draft_value(draft, triple->subject, property, triple->object);
  if (status || !notation || triple->datatype) return status;
  draft_list(draft)->terms++;
  return draft_term(draft, triple->object, strlen(triple->object), false, triple->subject, 0);
}

static ClaimantStatus add_all(Reading *reading)
{
  find_scheme(reading);
  for (size_t i = 0; i < reading->count; ++i) {
    const Triple *triple = &reading->triples[i];
    if (reading->scheme && !strcmp(triple->subject, reading->scheme)) read_scheme(reading, triple);
  }
  ClaimantStatus status = reading->status;
  for (size_t i = 0; !status && i < reading->count; ++i) {
    const Triple *triple = &reading->triples[i];
    if (!reading->scheme || strcmp(triple->subject, reading->scheme) != 0)
      status = add_concept(reading, triple);
  }
  return status;
}

ClaimantStatus draft_read_concepts(Draft *draft)
{
  const char    *text;
  size_t         bytes;
  Reading        reading = {.draft = draft};
  ClaimantStatus status = draft_load(draft, draft_list(draft)->path, &text, &bytes);
  if (status) return status;
  raptor_world *world = open_world(&reading);
  if (!world) return CLAIMANT_NO_MEMORY;
  status = parse(&reading, world, text, bytes);
  raptor_free_world(world);
  return status ? status : add_all(&reading);
}
