#include "merge/merge.h"

#include "graph/identifier.h"
#include "graph/names.h"

#include <jansson.h>
#include <string.h>

/* ---- RDF ---- */

typedef struct {
  Merge      *merge;
  const char *path;
} Reading;

static bool is(const RdfTriple *triple, const char *predicate, const char *object)
{
  return !strcmp(triple->predicate, predicate) && (!object || !strcmp(triple->object, object));
}

static bool take(Merge *merge, const RdfTriple *triple)
{
  bool person = is(triple, RDF_TYPE, NS_SCHEMA "Person"), letter = is(triple, RDF_TYPE, NS_CLM "Letter");
  bool name = is(triple, SCHEMA_NAME, NULL), role = is(triple, NS_SCHEMA "jobTitle", NULL);
  bool match = is(triple, NS_SKOS "exactMatch", NULL) && !triple->literal;
  if (letter) merge->letters++;
  if (!person && !name && !role && !match) return true;
  MergeNode *node = merge_node(merge, triple->subject);
  if (!node) return false;
  if (person) node->person = true;
  if (name) return merge_add_label(merge, node, triple->object);
  if (role) return merge_add_role(merge, node, triple->object);
  return !match || merge_add_concept(merge, node, triple->object);
}

static ClaimantStatus take_triple(void *user, const RdfTriple *triple)
{
  Reading *reading = user;
  if (iri_is_valid(triple->subject)) return take(reading->merge, triple) ? CLAIMANT_OK : CLAIMANT_NO_MEMORY;
  diagnostics_add(reading->merge->diagnostics, CLAIMANT_ERROR, "bad-iri",
                  (Place){.file = reading->path, .line = triple->line}, "<%.100s> is no absolute IRI", triple->subject);
  return CLAIMANT_OK;
}

static void take_fault(void *user, size_t line, const char *message)
{
  const Reading *reading = user;
  diagnostics_add(reading->merge->diagnostics, CLAIMANT_ERROR, "bad-rdf", (Place){.file = reading->path, .line = line},
                  "expected N-Triples, N-Quads, Turtle, TriG or JSON Lines that claimant wrote: %s", message);
}

ClaimantStatus merge_read_rdf(Merge *merge, FILE *file, const char *path, RdfSyntax syntax)
{
  Reading reading = {merge, path};
  RdfSink sink = {.triple = take_triple, .fault = take_fault, .user = &reading};
  return rdf_read(file, syntax, NULL, &sink);
}

/* ---- JSON Lines ---- */

static const char *string_in(const json_t *object, const char *name)
{
  return json_string_value(json_object_get(object, name));
}

static MergeNode *node_of(Merge *merge, const char *letter, const char *entity)
{
  const char *iri = entity ? arena_printf(merge->arena, "%s#%s", letter, entity) : NULL;
  return iri ? merge_node(merge, iri) : NULL;
}

static bool take_roles(Merge *merge, MergeNode *node, const json_t *roles)
{
  const json_t *titles = json_object_get(roles, "title");
  if (json_is_object(titles)) return !string_in(titles, "text") || merge_add_role(merge, node, string_in(titles, "text"));
  for (size_t i = 0; i < json_array_size(titles); ++i) {
    const char *title = string_in(json_array_get(titles, i), "text");
    if (title && !merge_add_role(merge, node, title)) return false;
  }
  return true;
}

static bool take_items(Merge *merge, const char *letter, const json_t *items)
{
  for (size_t i = 0; i < json_array_size(items); ++i) {
    const json_t *item = json_array_get(items, i);
    const char   *type = string_in(item, "type"), *text = string_in(item, "text"), *entity = string_in(item, "entity");
    if (!entity || !type || !text || strcmp(type, "Person") != 0) continue;
    MergeNode *node = node_of(merge, letter, entity);
    if (!node || !merge_add_label(merge, node, text) || !take_roles(merge, node, json_object_get(item, "roles"))) return false;
    node->person = true;
  }
  return true;
}

static bool take_links(Merge *merge, MergeNode *node, const json_t *links)
{
  for (size_t i = 0; i < json_array_size(links); ++i) {
    const json_t *link = json_array_get(links, i);
    const char   *concept = string_in(link, "concept");
    if (concept && json_is_true(json_object_get(link, "exact")) && !merge_add_concept(merge, node, concept)) return false;
  }
  return true;
}

static bool take_entities(Merge *merge, const char *letter, const json_t *entities)
{
  for (size_t i = 0; i < json_array_size(entities); ++i) {
    const json_t *entity = json_array_get(entities, i);
    const char   *id = string_in(entity, "id"), *label = string_in(entity, "label");
    if (!id) continue;
    MergeNode *node = node_of(merge, letter, id);
    if (!node || (label && !merge_add_label(merge, node, label))) return false;
    if (!take_links(merge, node, json_object_get(entity, "links"))) return false;
  }
  return true;
}

static ClaimantStatus bad_line(Merge *merge, const char *path, size_t number, const char *what)
{
  diagnostics_add(merge->diagnostics, CLAIMANT_ERROR, "bad-line", (Place){.file = path, .line = number},
                  "%s; a line that claimant -t jsonl wrote was expected", what);
  return CLAIMANT_OK;
}

static ClaimantStatus take_document(Merge *merge, const char *path, size_t number, const json_t *line)
{
  const char *sha256 = string_in(line, "sha256"), *given = string_in(line, "iri"), *letter = NULL;
  if (json_object_get(line, "error")) return CLAIMANT_OK; /* a letter that failed has nothing to merge */
  if (!sha256 || !json_is_array(json_object_get(line, "items"))) return bad_line(merge, path, number, "no \"sha256\" and \"items\" in it");
  ClaimantStatus status = letter_iri(merge->arena, given, merge->base, sha256, &letter);
  if (status == CLAIMANT_BAD_ARGUMENT) return bad_line(merge, path, number, "the letter's IRI is no IRI");
  if (status) return status;
  merge->letters++;
  bool taken = take_items(merge, letter, json_object_get(line, "items")) &&
               take_entities(merge, letter, json_object_get(line, "entities"));
  return taken ? CLAIMANT_OK : CLAIMANT_NO_MEMORY;
}

ClaimantStatus merge_read_line(Merge *merge, const char *path, size_t number, const char *line, size_t bytes)
{
  json_error_t error;
  json_t      *object = json_loadb(line, bytes, 0, &error);
  if (!object) return bad_line(merge, path, number, arena_printf(merge->arena, "not JSON: %s", error.text));
  ClaimantStatus status = json_is_object(object) ? take_document(merge, path, number, object)
                                                 : bad_line(merge, path, number, "no JSON object");
  json_decref(object);
  return status;
}
