#include "graph/builder.h"
#include "graph/identifier.h"
#include "graph/names.h"
#include "graph/time.h"

#include <string.h>

/* ---- Sections ------------------------------------------------------------------------- */

static Span heading_span(const Letter *letter, size_t section)
{
  return letter->blocks[letter->sections[section].heading].span;
}

static bool has_heading(const Letter *letter, size_t section)
{
  uint32_t block = letter->sections[section].heading;
  return block < letter->block_count && letter->blocks[block].span.start < letter->blocks[block].span.end;
}

void sections_collect(Builder *builder)
{
  const Letter *letter = builder->document->letter;
  Graph        *graph = builder->graph;
  const char  **headings = arena_alloc(graph->arena, (letter->section_count + 1) * sizeof *headings);
  builder->sections = arena_alloc(graph->arena, (letter->section_count + 1) * sizeof *builder->sections);
  size_t count = 0;
  for (size_t i = 0; headings && i < letter->section_count && !graph->status; ++i) {
    if (!has_heading(letter, i)) continue;
    evidence_collect(&builder->evidence, graph, letter, heading_span(letter, i));
    headings[count++] = builder_span_words(builder, heading_span(letter, i));
  }
  if (graph->status) return;
  const char **names = headings ? fragment_names(graph->arena, "section", headings, count) : NULL;
  if (!names || !builder->sections) {
    graph_fail(graph, CLAIMANT_NO_MEMORY, NULL);
    return;
  }
  for (size_t i = 0; i < letter->section_count; ++i)
    if (has_heading(letter, i)) builder->sections[i] = builder_fragment(builder, *names++);
}

static void write_section(Builder *builder, size_t index)
{
  Graph      *graph = builder->graph;
  const char *iri = builder->sections[index];
  if (!iri) return;
  Span heading = heading_span(builder->document->letter, index);
  graph_add_iri(graph, iri, RDF_TYPE, NS_CLM "Section");
  builder_add_label(builder, iri, builder_span_words(builder, heading));
  graph_add_iri(graph, iri, NS_DCTERMS "isPartOf", builder->letter);
  builder_add_evidence(builder, iri, heading);
}

/* ---- The letter -------------------------------------------------------------------------- */

static void write_parties(Builder *builder, const char *property, const Entity *const *entities, size_t count,
                          const Entity *otherwise)
{
  for (size_t i = 0; i < (count ? count : 1); ++i) {
    const EntityNode *node = entity_node(builder, count ? entities[i] : otherwise);
    if (node) graph_add_iri(builder->graph, builder->letter, property, node->iri);
  }
}

static const char *party_label(const Entity *const *entities, size_t count, const Entity *otherwise)
{
  const Entity *entity = count ? entities[0] : otherwise;
  return entity && entity->label ? entity->label : NULL;
}

/* "Sender → addressee, date", as far as known. */
static void write_label(Builder *builder)
{
  const Document   *document = builder->document;
  const LetterMeta *meta = &document->meta;
  const char       *sender = party_label(meta->senders, meta->sender_count, document->writer);
  const char       *addressee = party_label(meta->addressees, meta->addressee_count, document->addressee);
  if (!sender && !addressee && !meta->date) return;
  const char *arrow = addressee ? " → " : "", *comma = meta->date ? ", " : "";
  const char *label = graph_text(builder->graph, "%s%s%s%s%s", sender ? sender : "…", arrow,
                                 addressee ? addressee : "", comma, meta->date ? meta->date : "");
  if (label) graph_add_words(builder->graph, builder->letter, RDFS_LABEL, builder_words(builder, label));
}

static void write_letter(Builder *builder)
{
  static const char *const classes[] = {NS_CLM "Letter", NS_SCHEMA "Message", NS_PROV "Entity"};
  Graph                   *graph = builder->graph;
  const Document          *document = builder->document;
  const LetterMeta        *meta = &document->meta;
  for (size_t i = 0; i < sizeof classes / sizeof *classes; ++i)
    graph_add_iri(graph, builder->letter, RDF_TYPE, classes[i]);
  graph_add_literal(graph, builder->letter, NS_SCHEMA "sha256", document->sha256, NULL);
  const char *bytes = ni_name(graph->arena, document->sha256);
  if (bytes && strcmp(bytes, builder->letter) != 0)
    graph_add_iri(graph, builder->letter, NS_DCTERMS "source", bytes);
  const char *language = graph->language;
  if (language) graph_add_literal(graph, builder->letter, NS_DCTERMS "language", language, NULL);
  if (meta->date && !date_write(graph, builder->letter, NS_DCTERMS "issued", meta->date, strlen(meta->date)))
    graph_fail(graph, CLAIMANT_BAD_DATA, "the letter's date is none");
  write_parties(builder, NS_SCHEMA "sender", meta->senders, meta->sender_count, document->writer);
  write_parties(builder, NS_SCHEMA "recipient", meta->addressees, meta->addressee_count, document->addressee);
  if (meta->signatory_count)
    write_parties(builder, NS_CLM "signatory", meta->signatories, meta->signatory_count, NULL);
  write_label(builder);
}

/* Who signs for whom: written where one organisation sends and others sign. */
static void write_memberships(Builder *builder)
{
  Graph            *graph = builder->graph;
  const LetterMeta *meta = &builder->document->meta;
  const Entity     *sender = meta->sender_count == 1 ? meta->senders[0] : NULL;
  if (!sender || !sender->type) return;
  if (!type_has_class(builder->rules, sender->type, NS_SCHEMA "Organization")) return;
  const EntityNode *body = entity_node(builder, sender);
  for (size_t i = 0; i < meta->signatory_count && !graph->status; ++i) {
    const EntityNode *member = entity_node(builder, meta->signatories[i]);
    if (!member || !body || member == body) continue;
    const char *text = graph_text(graph, "%s %s", member->entity->id, sender->id);
    if (!text) return;
    const char *node = builder_fragment(builder, fragment_name(graph->arena, "membership", text, 1));
    graph_add_iri(graph, node, RDF_TYPE, NS_ORG "Membership");
    graph_add_iri(graph, node, NS_ORG "member", member->iri);
    graph_add_iri(graph, node, NS_ORG "organization", body->iri);
    graph_add_iri(graph, node, NS_ORG "role", NS_CLM "role-signatory");
    graph_add_iri(graph, node, NS_PROV "wasGeneratedBy", builder->run);
  }
}

/* ---- The run ------------------------------------------------------------------------------ */

static void write_run(Builder *builder)
{
  Graph         *graph = builder->graph;
  const RuleSet *rules = builder->rules;
  graph_add_iri(graph, builder->run, RDF_TYPE, NS_PROV "Activity");
  graph_add_iri(graph, builder->run, NS_PROV "used", builder->letter);
  graph_add_iri(graph, builder->run, NS_PROV "used", builder->rule_base);
  graph_add_iri(graph, builder->run, NS_PROV "wasAssociatedWith", SOFTWARE_IRI CLAIMANT_VERSION);
  graph_add_iri(graph, SOFTWARE_IRI CLAIMANT_VERSION, RDF_TYPE, NS_PROV "SoftwareAgent");
  graph_add_literal(graph, SOFTWARE_IRI CLAIMANT_VERSION, RDFS_LABEL, "Claimant " CLAIMANT_VERSION, NULL);
  graph_add_iri(graph, builder->rule_base, RDF_TYPE, NS_CLM "RuleSet");
  if (builder->options->no_words)
    graph_add_literal(graph, builder->run, NS_CLM "withoutWords", "true", NS_XSD "boolean");
  if (!rules) return;
  if (rules->version) graph_add_literal(graph, builder->rule_base, NS_SCHEMA "version", rules->version, NULL);
  const char *hash = builder->document->rules_hash;
  if (hash) graph_add_literal(graph, builder->rule_base, NS_SCHEMA "sha256", hash, NULL);
}

void metadata_write(Builder *builder)
{
  write_letter(builder);
  for (size_t i = 0; i < builder->document->letter->section_count; ++i) write_section(builder, i);
  write_memberships(builder);
  write_run(builder);
}
