#include "graph/builder.h"
#include "graph/identifier.h"
#include "graph/names.h"
#include "graph/time.h"

#include <string.h>

/* ---- Terms with a meaning of their own ----------------------------------------------- */

/* Belong to a part of a thing (an article of a law), where the mention is one. */
static const char *const part_properties[] = {NS_CLM "article", NS_CLM "target", NS_CLM "status", NS_ELI "id_local",
                                              NULL};

/* A node with this property has this class too. */
static const struct {
  const char *property, *class;
} implied_classes[] = {{NS_ELI "id_local", NS_ELI "LegalResource"}};

/* Mentions whose words are no name. */
static const struct {
  const char *property, *value;
} nameless[] = {{NS_CLM "mention", "described"}, {NS_CLM "mention", "backref"}};

static bool of_part(const char *property)
{
  for (const char *const *part = part_properties; *part; ++part)
    if (!strcmp(property, *part)) return true;
  return false;
}

/* ---- Values --------------------------------------------------------------------------- */

/* The text before the next `separator`, and moves behind it; NULL when out of memory. */
static const char *next_field(Graph *graph, const char **at, char separator)
{
  size_t      length = (size_t)(strchrnul(*at, separator) - *at);
  const char *field = arena_copy(graph->arena, *at, length);
  if (!field) graph_fail(graph, CLAIMANT_NO_MEMORY, NULL);
  *at += length + ((*at)[length] == separator);
  return field;
}

static void write_tokens(Builder *builder, const char *subject, const char *property, const char *value)
{
  while (*value && !builder->graph->status)
    graph_add_literal(builder->graph, subject, property, next_field(builder->graph, &value, ' '), NULL);
}

static void write_concept(Builder *builder, const char *subject, const char *property, const char *scheme,
                          const char *value)
{
  const char *escaped = iri_escape(builder->graph->arena, value);
  const char *concept = escaped ? graph_text(builder->graph, "%s%s", scheme, escaped) : NULL;
  graph_add_iri(builder->graph, subject, property, concept);
}

static void write_concepts(Builder *builder, const char *subject, const FeatureType *type, const char *values)
{
  while (*values && !builder->graph->status) {
    const char *value = next_field(builder->graph, &values, ' ');
    if (value) write_concept(builder, subject, type->property, type->scheme, value);
  }
}

/* One event of a law: "ratified|2019-05|Kyrgyzstan", date and actor optional. */
static void write_event(Builder *builder, const char *law, const char *property, const char *value,
                        Span evidence)
{
  Graph      *graph = builder->graph;
  const char *identity = graph_text(graph, "%s %s", law + strlen(builder->letter), value);
  const char *event = next_field(graph, &value, '|');
  const char *date = next_field(graph, &value, '|');
  if (!identity || !event || !date) return;
  const char *node = builder_fragment(builder, fragment_name(graph->arena, "status", identity, 1));
  if (!node) return;
  graph_add_iri(graph, law, property, node);
  graph_add_iri(graph, node, RDF_TYPE, NS_CLM "LegalStatus");
  write_concept(builder, node, NS_CLM "event", NS_CLM "status-", event);
  date_write(graph, node, NS_CLM "date", date, strlen(date));
  if (*value) graph_add_words(graph, node, NS_CLM "actor", value);
  graph_add_iri(graph, node, NS_PROV "wasGeneratedBy", builder->run);
  builder_add_evidence(builder, node, evidence);
}

static void write_events(Builder *builder, const char *law, const char *property, const char *value,
                         Span evidence)
{
  while (*value && !builder->graph->status) {
    const char *event = next_field(builder->graph, &value, ';');
    if (event && *event) write_event(builder, law, property, event, evidence);
  }
}

static void write_feature(Builder *builder, const char *subject, const ItemFeature *feature, Span evidence)
{
  Graph             *graph = builder->graph;
  const FeatureType *type = feature->type;
  const char        *value = builder_words(builder, feature->value);
  if (!value || !*value) return;
  for (size_t i = 0; i < sizeof implied_classes / sizeof *implied_classes; ++i)
    if (!strcmp(type->property, implied_classes[i].property))
      graph_add_iri(graph, subject, RDF_TYPE, implied_classes[i].class);
  if (type->scheme && type->from) write_concepts(builder, subject, type, value);
  else if (type->scheme) write_concept(builder, subject, type->property, type->scheme, value);
  else if (!type->datatype) graph_add_words(graph, subject, type->property, value);
  else if (!strcmp(type->datatype, CLM_TOKENS)) write_tokens(builder, subject, type->property, value);
  else if (!strcmp(type->datatype, CLM_LEGAL_STATUS))
    write_events(builder, subject, type->property, value, evidence);
  else if (!strcmp(type->datatype, CLM_INTERVAL)) span_write(graph, subject, value);
  else graph_add_literal(graph, subject, type->property, value, type->datatype);
  if (type->datatype && !strcmp(type->datatype, CLM_TIMEX3)) time_write(graph, subject, value);
}

static bool is_written(const ItemFeature *feature)
{
  return feature->type && feature->type->property && feature->type->output && feature->value;
}

Span events_evidence(const ItemNode *node)
{
  const Span sentence = node->item->evidence;
  for (size_t i = 0; i < node->item->feature_count; ++i) {
    const FeatureType *type = node->item->features[i].type;
    bool               events = type && type->datatype && !strcmp(type->datatype, CLM_LEGAL_STATUS);
    if (events && sentence.start < sentence.end) return sentence;
  }
  return evidence_span(node);
}

void features_write(Builder *builder, const ItemNode *node)
{
  Span evidence = events_evidence(node);
  for (size_t i = 0; i < node->item->feature_count && !builder->graph->status; ++i) {
    const ItemFeature *feature = &node->item->features[i];
    if (!is_written(feature)) continue;
    bool said = !feature->type->scheme && !feature->type->datatype; /* in the letter's words */
    if (said && !node->entity && builder->options->no_words) continue;
    bool part = node->part && of_part(feature->type->property);
    write_feature(builder, part ? node->part : node->iri, feature, evidence);
  }
}

bool is_name(const ItemNode *node)
{
  if (node->part) return false;
  for (size_t i = 0; i < node->item->feature_count; ++i) {
    const ItemFeature *feature = &node->item->features[i];
    if (!is_written(feature)) continue;
    const char *property = feature->type->property;
    for (size_t j = 0; j < sizeof nameless / sizeof *nameless; ++j)
      if (!strcmp(property, nameless[j].property) && !strcmp(feature->value, nameless[j].value)) return false;
  }
  return true;
}
