#include "merge/merge.h"

#include "graph/identifier.h"
#include "graph/names.h"
#include "vocab/term.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_SLOTS = 1024 };

struct MergeTable {
  MergeNode **slots;
  size_t      slot_count; /* a power of two */
};

/* ---- Nodes ---- */

bool merge_begin(Merge *merge, Arena *arena, Diagnostics *diagnostics, const char *base)
{
  *merge = (Merge){.arena = arena, .diagnostics = diagnostics, .base = base};
  merge->table = arena_alloc(arena, sizeof *merge->table);
  if (merge->table) merge->table->slots = arena_alloc(arena, FIRST_SLOTS * sizeof(MergeNode *));
  if (!merge->table || !merge->table->slots) return false;
  merge->table->slot_count = FIRST_SLOTS;
  return true;
}

static MergeNode **slot_of(const struct MergeTable *table, const char *iri)
{
  size_t at = (size_t)hash_bytes(HASH_START, iri, strlen(iri)) & (table->slot_count - 1);
  while (table->slots[at] && strcmp(table->slots[at]->iri, iri) != 0) at = (at + 1) & (table->slot_count - 1);
  return &table->slots[at];
}

static bool widen(Merge *merge)
{
  struct MergeTable wide = {.slot_count = merge->table->slot_count * 2};
  wide.slots = arena_alloc(merge->arena, wide.slot_count * sizeof(MergeNode *));
  for (size_t i = 0; wide.slots && i < merge->count; ++i) *slot_of(&wide, merge->nodes[i]->iri) = merge->nodes[i];
  if (wide.slots) *merge->table = wide;
  return wide.slots;
}

MergeNode *merge_node(Merge *merge, const char *iri)
{
  MergeNode **slot = slot_of(merge->table, iri);
  if (*slot) return *slot;
  MergeNode **nodes = arena_grow(merge->arena, merge->nodes, merge->count, &merge->capacity, sizeof *nodes);
  MergeNode  *node = arena_alloc(merge->arena, sizeof *node);
  if (nodes) merge->nodes = nodes;
  if (node) node->iri = arena_copy_string(merge->arena, iri);
  if (!nodes || !node || !node->iri) return NULL;
  *slot = nodes[merge->count++] = node;
  return 2 * merge->count < merge->table->slot_count || widen(merge) ? node : NULL;
}

static bool add_once(Merge *merge, const char ***list, size_t *count, size_t *capacity, const char *text)
{
  for (size_t i = 0; i < *count; ++i)
    if (!strcmp((*list)[i], text)) return true;
  const char **items = arena_grow(merge->arena, *list, *count, capacity, sizeof *items);
  const char  *kept = arena_copy_string(merge->arena, text);
  if (items) *list = items;
  if (!items || !kept) return false;
  items[(*count)++] = kept;
  return true;
}

/* The longest; of two as long the first in the order of bytes, whatever the order of the files. */
bool merge_add_label(Merge *merge, MergeNode *node, const char *label)
{
  size_t length = strlen(label), known = node->label ? strlen(node->label) : 0;
  if (length < known || (length == known && node->label && strcmp(label, node->label) >= 0)) return true;
  node->label = arena_copy_string(merge->arena, label);
  return node->label;
}

bool merge_add_concept(Merge *merge, MergeNode *node, const char *concept)
{
  return add_once(merge, &node->concepts, &node->concept_count, &node->concept_capacity, concept);
}

static const char *folded(Arena *arena, const char *text)
{
  Buffer      out = {0};
  term_fold(&out, text, strlen(text), true);
  const char *made = out.failed ? NULL : arena_copy(arena, out.data ? out.data : "", out.size);
  buffer_free(&out);
  return made;
}

bool merge_add_role(Merge *merge, MergeNode *node, const char *role)
{
  const char *text = folded(merge->arena, role);
  return text && add_once(merge, &node->roles, &node->role_count, &node->role_capacity, text);
}

/* ---- Shared entities ---- */

typedef struct {
  const MergeNode *node;
  const char      *key; /* what it is sorted by: a concept, a folded name */
} Keyed;

typedef struct {
  const Merge *merge;
  const char  *base;
  Graph       *graph;
  Keyed       *list;
  size_t       count;
} Merging;

static int by_key(const void *left, const void *right)
{
  const Keyed *a = left, *b = right;
  int          order = strcmp(a->key, b->key);
  return order ? order : strcmp(a->node->iri, b->node->iri);
}

static const char *name_for(Merging *m, const char *kind, const char *text)
{
  if (m->base) {
    const char *name = fragment_name(m->graph->arena, kind, text, 1);
    if (name) return graph_text(m->graph, "%s%s", m->base, name);
  } else {
    char        hex[SHA256_HEX + 1];
    const char *hashed = graph_text(m->graph, "%s\n%s", kind, text);
    if (hashed) sha256_hex(hashed, strlen(hashed), hex);
    const char *name = hashed ? ni_name(m->graph->arena, hex) : NULL;
    if (name) return name;
  }
  graph_fail(m->graph, CLAIMANT_NO_MEMORY, NULL);
  return NULL;
}

static void write_shared(Merging *m, const Keyed *run, size_t count)
{
  const char *iri = name_for(m, "entity", run->key), *label = NULL;
  if (!iri) return;
  for (size_t i = 0; i < count; ++i) {
    const char *other = run[i].node->label;
    graph_add_iri(m->graph, run[i].node->iri, NS_PROV "specializationOf", iri);
    bool better = other && (!label || strlen(other) > strlen(label) || (strlen(other) == strlen(label) && strcmp(other, label) < 0));
    if (better) label = other;
  }
  graph_add_iri(m->graph, iri, RDF_TYPE, NS_CLM "SharedEntity");
  graph_add_iri(m->graph, iri, NS_SKOS "exactMatch", run->key);
  graph_add_literal(m->graph, iri, RDFS_LABEL, label ? label : run->key, NULL);
}

/* ---- People ---- */

static bool share_role(const MergeNode *a, const MergeNode *b)
{
  for (size_t i = 0; i < a->role_count; ++i)
    for (size_t j = 0; j < b->role_count; ++j)
      if (!strcmp(a->roles[i], b->roles[j])) return true;
  return false;
}

static bool same_letter(const MergeNode *a, const MergeNode *b)
{
  size_t length = strcspn(a->iri, "#");
  return length == strcspn(b->iri, "#") && !memcmp(a->iri, b->iri, length);
}

static void write_candidate(Merging *m, const MergeNode *a, const MergeNode *b, const char *method, const char *score)
{
  const char *text = graph_text(m->graph, "%s %s", a->iri, b->iri);
  const char *iri = text ? name_for(m, "link", text) : NULL;
  if (!iri) return;
  graph_add_iri(m->graph, iri, RDF_TYPE, NS_CLM "CandidateLink");
  graph_add_iri(m->graph, iri, NS_CLM "linkFrom", b->iri);
  graph_add_iri(m->graph, iri, NS_CLM "linkTo", a->iri);
  graph_add_literal(m->graph, iri, RDFS_LABEL, b->label, NULL);
  graph_add_iri(m->graph, iri, NS_CLM "method", method);
  graph_add_literal(m->graph, iri, NS_CLM "score", score, XSD_DECIMAL);
}

/* A name of one word is too little to go by without a role. */
static bool write_pair(Merging *m, const Keyed *a, const Keyed *b)
{
  bool whole = strchr(a->key, ' ');
  if (same_letter(a->node, b->node)) return false;
  if (share_role(a->node, b->node)) {
    write_candidate(m, a->node, b->node, NS_CLM "method-sameNameAndRole", whole ? "0.9" : "0.6");
    return true;
  }
  if (!whole || (a->node->role_count && b->node->role_count)) return false;
  write_candidate(m, a->node, b->node, NS_CLM "method-sameName", "0.5");
  return true;
}

/* Each to the first that it may be, not to all: links of a chain say as much, and there are fewer. */
static void write_people(Merging *m, const Keyed *run, size_t count)
{
  for (size_t i = 1; i < count; ++i)
    for (size_t j = 0; j < i && !m->graph->status; ++j)
      if (write_pair(m, &run[j], &run[i])) break;
}

/* ---- All ---- */

static void each_run(Merging *m, void (*write)(Merging *, const Keyed *, size_t))
{
  if (m->count) qsort(m->list, m->count, sizeof *m->list, by_key);
  for (size_t i = 0, run; i < m->count && !m->graph->status; i += run) {
    for (run = 1; i + run < m->count && !strcmp(m->list[i].key, m->list[i + run].key); ++run) continue;
    write(m, m->list + i, run);
  }
  m->count = 0;
}

static bool list_concepts(Merging *m)
{
  size_t total = 0;
  for (size_t i = 0; i < m->merge->count; ++i) total += m->merge->nodes[i]->concept_count;
  m->list = arena_alloc(m->graph->arena, (total + 1) * sizeof *m->list);
  for (size_t i = 0; m->list && i < m->merge->count; ++i)
    for (size_t j = 0; j < m->merge->nodes[i]->concept_count; ++j)
      m->list[m->count++] = (Keyed){m->merge->nodes[i], m->merge->nodes[i]->concepts[j]};
  return m->list;
}

/* Whoever is linked to a concept is known already. */
static bool list_people(Merging *m)
{
  m->list = arena_alloc(m->graph->arena, (m->merge->count + 1) * sizeof *m->list);
  for (size_t i = 0; m->list && i < m->merge->count; ++i) {
    const MergeNode *node = m->merge->nodes[i];
    if (!node->person || !node->label || node->concept_count) continue;
    const char *key = folded(m->graph->arena, node->label);
    if (!key) return false;
    m->list[m->count++] = (Keyed){node, key};
  }
  return m->list;
}

/* In front of the name of the merged graph, where no base is given. */
#define MERGED_BASE "https://w3id.org/claimant/"

ClaimantStatus merge_graph(const Merge *merge, const char *base, Graph **graph)
{
  *graph = graph_new();
  if (!*graph) return CLAIMANT_NO_MEMORY;
  static const GraphPrefix prefixes[] = {{"clm", NS_CLM}, {"prov", NS_PROV}, {"rdfs", NS_RDFS}, {"skos", NS_SKOS}, {"xsd", NS_XSD}};
  for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; ++i) graph_add_prefix(*graph, prefixes[i].name, prefixes[i].iri);
  if (base && !iri_takes_fragment(base)) graph_fail(*graph, CLAIMANT_BAD_ARGUMENT, "--base must be an absolute IRI without a fragment");
  (*graph)->name = graph_text(*graph, "%sshared", base ? base : MERGED_BASE);
  Merging m = {.merge = merge, .base = base, .graph = *graph};
  if (!list_concepts(&m)) graph_fail(*graph, CLAIMANT_NO_MEMORY, NULL);
  else each_run(&m, write_shared);
  if (!list_people(&m)) graph_fail(*graph, CLAIMANT_NO_MEMORY, NULL);
  else each_run(&m, write_people);
  return graph_finish(*graph);
}
