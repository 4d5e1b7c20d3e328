#include "graph/build.h"

#include "base/utf8.h"
#include "graph/builder.h"
#include "graph/identifier.h"
#include "graph/names.h"

#include <string.h>

/* ---- Small things ----------------------------------------------------------------- */

const char *builder_fragment(Builder *builder, const char *name)
{
  if (!name) graph_fail(builder->graph, CLAIMANT_NO_MEMORY, NULL);
  return name ? graph_text(builder->graph, "%s#%s", builder->letter, name) : NULL;
}

const char *builder_words(Builder *builder, const char *text)
{
  size_t bytes = strlen(text);
  if (utf8_valid_prefix(text, bytes) != bytes) {
    graph_fail(builder->graph, CLAIMANT_BAD_DATA, "a text is not UTF-8");
    return NULL;
  }
  const char *words = collapse_space(builder->graph->arena, text, bytes);
  if (!words) graph_fail(builder->graph, CLAIMANT_NO_MEMORY, NULL);
  return words;
}

const char *builder_span_words(Builder *builder, Span span)
{
  const Letter *letter = builder->document->letter;
  if (span.start >= span.end || span.end > letter->size) return NULL;
  const char *words = collapse_space(builder->graph->arena, letter->text + span.start, span.end - span.start);
  if (!words) graph_fail(builder->graph, CLAIMANT_NO_MEMORY, NULL);
  return words;
}

void builder_add_label(Builder *builder, const char *subject, const char *words)
{
  if (builder->graph->status) return;
  if (!builder->options->no_words) graph_add_words(builder->graph, subject, RDFS_LABEL, words);
  else graph_add_literal(builder->graph, subject, RDFS_LABEL, subject + strlen(builder->letter) + 1, NULL);
}

void builder_add_evidence(Builder *builder, const char *subject, Span span)
{
  if (builder->graph->status) return;
  const char *evidence = evidence_of(&builder->evidence, span);
  if (evidence) graph_add_iri(builder->graph, subject, NS_CLM "evidence", evidence);
  else graph_fail(builder->graph, CLAIMANT_INTERNAL, "evidence that was never collected");
}

const Type *type_parent(const RuleSet *rules, const Type *type)
{
  bool has = rules && type->parent != NO_TYPE && type->parent < rules->type_count;
  return has ? &rules->types[type->parent] : NULL;
}

bool type_has_class(const RuleSet *rules, const Type *type, const char *iri)
{
  for (; type; type = type_parent(rules, type))
    for (size_t i = 0; i < type->class_count; ++i)
      if (!strcmp(type->classes[i], iri)) return true;
  return false;
}

bool span_inside(Span inner, Span outer) { return inner.start >= outer.start && inner.end <= outer.end; }

bool spans_touch(Span a, Span b) { return a.start < b.end && b.start < a.end; }

/* ---- The whole ------------------------------------------------------------------------ */

static void add_prefixes(Builder *builder)
{
  Graph *graph = builder->graph;
  graph_add_prefix(graph, "d", graph_text(graph, "%s#", builder->letter));
  graph_add_prefix(graph, "r", graph_text(graph, "%s#", builder->rule_base));
  static const GraphPrefix prefixes[] = {
      {"clm", NS_CLM},   {"dcterms", NS_DCTERMS}, {"edtf", NS_EDTF}, {"eli", NS_ELI},       {"oa", NS_OA},
      {"org", NS_ORG},   {"prov", NS_PROV},       {"rdfs", NS_RDFS}, {"schema", NS_SCHEMA}, {"skos", NS_SKOS},
      {"time", NS_TIME}, {"xsd", NS_XSD},
  };
  for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; ++i)
    graph_add_prefix(graph, prefixes[i].name, prefixes[i].iri);
}

static void name_everything(Builder *builder, const GraphOptions *options)
{
  Graph         *graph = builder->graph;
  const RuleSet *rules = builder->rules;
  ClaimantStatus st =
      letter_iri(graph->arena, options->doc_iri, options->base, builder->document->sha256, &builder->letter);
  if (st == CLAIMANT_BAD_ARGUMENT)
    graph_fail(graph, st, "the letter's IRI must be absolute and have no fragment");
  else if (st) graph_fail(graph, st, NULL);
  builder->rule_base = rules && rules->iri ? rules->iri : RULES_IRI CLAIMANT_VERSION;
  if (graph->status) return;
  graph->name = builder->letter;
  builder->run = builder_fragment(builder, "run");
  graph_set_language(graph, builder->document->language ? builder->document->language : rules ? rules->language : NULL);
}

static void check_timestamp(Builder *builder, const char *timestamp)
{
  const char *canonical = NULL;
  if (timestamp && literal_canonical(builder->graph->arena, timestamp, XSD_DATETIME, &canonical))
    graph_fail(builder->graph, CLAIMANT_BAD_ARGUMENT, "the timestamp is not an xsd:dateTime");
  if (timestamp && !builder->graph->status)
    graph_add_literal(builder->graph, builder->run, NS_PROV "endedAtTime", timestamp, XSD_DATETIME);
}

static void write_evidence(Builder *builder)
{
  const GraphOptions *options = builder->options;
  EvidenceSize        size = {.compact = options->compact, .quote = !options->no_words};
  evidence_write(&builder->evidence, builder->graph, builder->document->letter, builder->letter, size);
}

static void write_all(Builder *builder)
{
  static void (*const steps[])(Builder *) = {
      nodes_collect,  sections_collect, write_evidence, metadata_write,
      entities_write, items_write,      mentions_write, restatements_write,
      decisions_write,
  };
  for (size_t i = 0; i < sizeof steps / sizeof *steps && !builder->graph->status; ++i) steps[i](builder);
}

ClaimantStatus graph_build(const Document *document, const GraphOptions *options, Graph **graph)
{
  *graph = NULL;
  if (!document->letter) return CLAIMANT_BAD_ARGUMENT;
  *graph = graph_new();
  if (!*graph) return CLAIMANT_NO_MEMORY;
  Builder builder = {.document = document, .options = options, .rules = document->rules, .graph = *graph};
  name_everything(&builder, options);
  if (!(*graph)->status) add_prefixes(&builder);
  if (!(*graph)->status) check_timestamp(&builder, options->timestamp);
  if (!(*graph)->status) write_all(&builder);
  return graph_finish(*graph);
}
