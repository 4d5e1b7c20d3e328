/* Concepts and their names from RDF: our own files, where every fault is an error, and those of others, where
 * what is at fault is told and left out. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/iri.h"
#include "base/rdf.h"
#include "base/unicode.h"
#include "base/utf8.h"
#include "vocab/draft.h"
#include "vocab/term.h"

#define SKOS "http://www.w3.org/2004/02/skos/core#"
#define DCTERMS "http://purl.org/dc/terms/"
#define OWL "http://www.w3.org/2002/07/owl#"
#define RDFS "http://www.w3.org/2000/01/rdf-schema#"
#define RDF_TYPE "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
#define CLM "https://w3id.org/claimant/ns#"
#define OWN_BASE "https://w3id.org/claimant/vocab/"

enum { REPLACEMENT = 0xFFFD };

/* What is kept of a statement; strings are the arena's or static. */
typedef struct {
  const char *subject, *predicate, *object;
  const char *datatype; /* NULL: none */
  bool        english;  /* of a literal */
  size_t      line;
} Triple;

typedef struct {
  Draft      *draft;
  Triple     *triples;
  size_t      count, capacity;
  const char *scheme; /* IRI of the concept scheme, NULL while unknown */
} Reading;

/* ---- Statements ------------------------------------------------------------------- */

typedef enum { OF_STRUCTURE, OF_LABEL, OF_NOTATION, OF_VALUE } Use;

/* The properties that mean something here. Of the concepts of others, no others are kept. */
static const struct {
  const char *property;
  Use         use;
} properties[] = {
    {SKOS "prefLabel", OF_LABEL},      {SKOS "altLabel", OF_LABEL},          {SKOS "hiddenLabel", OF_LABEL},
    {RDFS "label", OF_LABEL},          {SKOS "notation", OF_NOTATION},       {RDF_TYPE, OF_STRUCTURE},
    {SKOS "inScheme", OF_STRUCTURE},   {SKOS "topConceptOf", OF_STRUCTURE},  {SKOS "hasTopConcept", OF_STRUCTURE},
    {DCTERMS "identifier", OF_VALUE},  {DCTERMS "spatial", OF_VALUE},        {DCTERMS "title", OF_VALUE},
    {DCTERMS "source", OF_VALUE},      {DCTERMS "license", OF_VALUE},        {CLM "case", OF_VALUE},
    {CLM "ambiguous", OF_VALUE},
};

static size_t property_at(const char *property)
{
  size_t i = 0;
  while (i < sizeof properties / sizeof *properties && strcmp(properties[i].property, property) != 0) ++i;
  return i;
}

static Use use_of(const char *property)
{
  size_t at = property_at(property);
  return at < sizeof properties / sizeof *properties ? properties[at].use : OF_VALUE;
}

static bool is_preferred(const char *property)
{
  return !strcmp(property, SKOS "prefLabel") || !strcmp(property, RDFS "label");
}

static const char *copy(Reading *reading, const char *text)
{
  return text ? arena_copy_string(reading->draft->arena, text) : NULL;
}

/* Statements of one subject stand together mostly. */
static const char *copy_subject(Reading *reading, const char *subject)
{
  const char *last = reading->count ? reading->triples[reading->count - 1].subject : NULL;
  return last && !strcmp(last, subject) ? last : copy(reading, subject);
}

static ClaimantStatus take_triple(void *user, const RdfTriple *triple)
{
  Reading *reading = user;
  Draft   *draft = reading->draft;
  size_t   property = property_at(triple->predicate);
  bool     known = property < sizeof properties / sizeof *properties;
  if (draft->lenient && !known) return CLAIMANT_OK;
  if (draft->lenient && !iri_is_valid(triple->subject)) {
    draft_tell(draft, TELL_IRI, triple->line, "<%.100s> is no absolute IRI: a concept has one", triple->subject);
    return CLAIMANT_OK;
  }
  Triple *triples = arena_grow(draft->arena, reading->triples, reading->count, &reading->capacity, sizeof *triples);
  if (!triples) return CLAIMANT_NO_MEMORY;
  reading->triples = triples;
  Triple made = {.subject = copy_subject(reading, triple->subject),
                 .predicate = known ? properties[property].property : copy(reading, triple->predicate),
                 .object = copy(reading, triple->object),
                 .datatype = copy(reading, triple->datatype),
                 .english = triple->language && !strcmp(triple->language, "en"),
                 .line = triple->line};
  if (!made.subject || !made.predicate || !made.object || (triple->datatype && !made.datatype)) return CLAIMANT_NO_MEMORY;
  triples[reading->count++] = made;
  return CLAIMANT_OK;
}

static void take_fault(void *user, size_t line, const char *message)
{
  Reading *reading = user;
  draft_tell(reading->draft, TELL_SYNTAX, line, "expected %s: %s",
             rdf_syntax(draft_list(reading->draft)->path) == RDF_NTRIPLES ? "N-Triples" : "Turtle", message);
}

/* ---- The scheme ------------------------------------------------------------------- */

static void find_scheme(Reading *reading)
{
  for (size_t i = 0; i < reading->count; ++i) {
    const Triple *triple = &reading->triples[i];
    if (!strcmp(triple->predicate, RDF_TYPE) && !strcmp(triple->object, SKOS "ConceptScheme"))
      reading->scheme = triple->subject;
  }
}

static bool is_of_scheme(const Reading *reading, const Triple *triple)
{
  return reading->scheme && !strcmp(triple->subject, reading->scheme);
}

static ClaimantStatus read_scheme(Reading *reading, const Triple *triple)
{
  DraftList *list = draft_list(reading->draft);
  if (!strcmp(triple->predicate, DCTERMS "title")) list->title = triple->object;
  if (!strcmp(triple->predicate, DCTERMS "license")) list->licence = triple->object;
  if (!strcmp(triple->predicate, CLM "case")) list->fold = !strcmp(triple->object, "fold");
  if (!strcmp(triple->predicate, CLM "ambiguous")) list->ambiguous = !strcmp(triple->object, "true");
  if (strcmp(triple->predicate, DCTERMS "source") != 0) return CLAIMANT_OK;
  list->source = list->source ? arena_printf(reading->draft->arena, "%s; %s", list->source, triple->object)
                              : triple->object;
  return list->source ? CLAIMANT_OK : CLAIMANT_NO_MEMORY;
}

/* ---- Names ------------------------------------------------------------------------- */

/* Why a label of others cannot be looked for; NULL: it can. */
static const char *label_fault(const char *label)
{
  size_t codes = 0;
  bool   word = false;
  for (size_t length; *label; label += length, ++codes) {
    uint32_t code = utf8_decode(label, &length);
    if (code == REPLACEMENT) return "holds bytes that are not UTF-8";
    if (unicode_is_word(code)) word = true;
    else if ((unsigned char)*label <= ' ') --codes;
  }
  if (!codes) return "is empty";
  if (codes == 1) return "is a single letter";
  return word ? NULL : "has no letter in it";
}

static ClaimantStatus add_term(Reading *reading, const Triple *triple, bool fold)
{
  Draft      *draft = reading->draft;
  const char *fault = draft->lenient ? label_fault(triple->object) : NULL;
  size_t      bytes = strlen(triple->object);
  if (!fault && draft->lenient && bytes > TERM_MAX_BYTES) fault = "is too long for a name";
  if (fault) {
    draft_tell(draft, TELL_LABEL, triple->line, "a label of <%.100s> %s: \"%.*s\"", triple->subject, fault,
               (int)utf8_cut(triple->object, 40), triple->object);
    return CLAIMANT_OK;
  }
  draft_list(draft)->terms++;
  return draft_term(draft, triple->object, bytes, fold, triple->subject, draft->lenient ? triple->line : 0);
}

static ClaimantStatus add_label(Reading *reading, const Triple *triple)
{
  Draft *draft = reading->draft;
  if (is_preferred(triple->predicate)) {
    /* The rank, for the choice among labels, is cut off when that is made. */
    char           rank = (char)('0' + 2 * strcmp(triple->predicate, SKOS "prefLabel") != 0 + !triple->english);
    const char    *ranked = arena_printf(draft->arena, "%c%s", rank, triple->object);
    ClaimantStatus status =
        ranked ? draft_value(draft, triple->subject, LABEL_PROPERTY, ranked) : CLAIMANT_NO_MEMORY;
    if (status) return status;
  }
  return add_term(reading, triple, draft_list(draft)->fold);
}

static ClaimantStatus add_concept(Reading *reading, const Triple *triple)
{
  Use use = use_of(triple->predicate);
  if (use == OF_LABEL) return add_label(reading, triple);
  if (use == OF_STRUCTURE) return CLAIMANT_OK;
  bool           typed = use == OF_NOTATION && triple->datatype;
  ClaimantStatus status =
      draft_value(reading->draft, triple->subject, typed ? triple->datatype : triple->predicate, triple->object);
  return status || use != OF_NOTATION || typed ? status : add_term(reading, triple, false);
}

/* ---- Classes ------------------------------------------------------------------------- */

/* Say nothing of what a thing is. */
static const char *const plain_classes[] = {SKOS "Concept", OWL "NamedIndividual", OWL "Thing", RDFS "Resource"};

static bool is_plain(const char *class)
{
  for (size_t i = 0; i < sizeof plain_classes / sizeof *plain_classes; ++i)
    if (!strcmp(plain_classes[i], class)) return true;
  return false;
}

static int compare_types(const void *left, const void *right)
{
  const Triple *a = left, *b = right;
  int           order = strcmp(a->subject, b->subject);
  return order ? order : strcmp(a->object, b->object);
}

/* Moves what says of what class a concept is to the front, sorted by concept; returns how many. */
static size_t sort_types(Reading *reading)
{
  size_t types = 0;
  for (size_t i = 0; i < reading->count; ++i) {
    Triple triple = reading->triples[i];
    if (triple.predicate != properties[property_at(RDF_TYPE)].property || is_plain(triple.object)) continue;
    reading->triples[i] = reading->triples[types];
    reading->triples[types++] = triple;
  }
  if (types) qsort(reading->triples, types, sizeof *reading->triples, compare_types);
  return types;
}

/* The first of the classes of a concept, or NULL. */
static const char *class_of(const Reading *reading, size_t types, const char *concept)
{
  size_t low = 0, high = types;
  while (low < high) {
    size_t middle = (low + high) / 2;
    if (strcmp(reading->triples[middle].subject, concept) < 0) low = middle + 1;
    else high = middle;
  }
  return low < types && !strcmp(reading->triples[low].subject, concept) ? reading->triples[low].object : NULL;
}

/* ---- The file ------------------------------------------------------------------------- */

static ClaimantStatus add_all(Reading *reading)
{
  Draft *draft = reading->draft;
  find_scheme(reading);
  ClaimantStatus status = CLAIMANT_OK;
  for (size_t i = 0; !status && i < reading->count; ++i)
    if (is_of_scheme(reading, &reading->triples[i])) status = read_scheme(reading, &reading->triples[i]);
  size_t      types = status || !draft->lenient ? 0 : sort_types(reading);
  const char *last = NULL;
  size_t      home = draft->current;
  for (size_t i = types; !status && i < reading->count; ++i) {
    const Triple *triple = &reading->triples[i];
    if (is_of_scheme(reading, triple)) continue;
    if (types && triple->subject != last) status = draft_use_class(draft, home, class_of(reading, types, triple->subject));
    last = triple->subject;
    if (!status) status = add_concept(reading, triple);
  }
  draft->current = home;
  return status;
}

ClaimantStatus draft_read_concepts(Draft *draft)
{
  Reading     reading = {.draft = draft};
  const char *path = draft_list(draft)->path;
  RdfSink     sink = {.triple = take_triple, .fault = take_fault, .user = &reading};
  FILE       *file = fopen(path, "re");
  ClaimantStatus status = file ? CLAIMANT_OK : CLAIMANT_NO_INPUT;
  if (file) status = rdf_read(file, rdf_syntax(path), draft->lenient ? NULL : OWN_BASE, &sink);
  if (status == CLAIMANT_NO_INPUT)
    diagnostics_add(draft->diagnostics, CLAIMANT_ERROR, "vocab-read", (Place){.file = path}, "cannot be read: %s",
                    strerror(errno));
  if (file) fclose(file);
  return status ? status : add_all(&reading);
}
