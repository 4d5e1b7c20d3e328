/* merge.h: what the graphs of many letters have in common.
 *
 * Nodes of several letters that are linked to one concept of a gazetteer are specializations of one shared
 * entity, whose IRI comes from the concept's alone and so is the same in every run. People of different letters
 * with the same name and a role in common are candidates for being the same; nothing is merged for that. What
 * comes out goes beside the letters' graphs and leaves them as they are. */
#ifndef CLAIMANT_MERGE_MERGE_H
#define CLAIMANT_MERGE_MERGE_H

#include "base/diagnostics.h"
#include "base/rdf.h"
#include "graph/graph.h"

#include <stdbool.h>
#include <stdio.h>

/* A node of a letter's graph. Strings are the arena's. */
typedef struct {
  const char  *iri;
  const char  *label; /* the longest of its names; NULL while unknown */
  const char **concepts; /* IRIs it is linked to exactly */
  size_t       concept_count, concept_capacity;
  const char **roles; /* folded */
  size_t       role_count, role_capacity;
  bool         person;
} MergeNode;

typedef struct {
  Arena       *arena;
  Diagnostics *diagnostics; /* NULL: nobody listens */
  const char  *base;        /* of the letters that JSON Lines give no IRI, or NULL */
  MergeNode  **nodes;       /* each IRI once, once read */
  size_t       count, capacity;
  size_t       letters;
  struct MergeTable *table; /* nodes by IRI */
} Merge;

/* Returns false when out of memory; `base` may be NULL. Frees nothing but with the arena. */
bool merge_begin(Merge *merge, Arena *arena, Diagnostics *diagnostics, const char *base);

/* The node with this IRI, made where it is new; NULL when out of memory. */
MergeNode *merge_node(Merge *merge, const char *iri);
bool       merge_add_label(Merge *merge, MergeNode *node, const char *label);
bool       merge_add_concept(Merge *merge, MergeNode *node, const char *concept);
bool       merge_add_role(Merge *merge, MergeNode *node, const char *role);

/* read.c: the graph of one or several letters, in N-Triples, N-Quads, Turtle or TriG, or as JSON Lines. A line or statement that
 * cannot be read is an error among the diagnostics; the rest is read.
 * Returns OK, NO_MEMORY or NO_INPUT (errno). */
ClaimantStatus merge_read_rdf(Merge *merge, FILE *file, const char *path, RdfSyntax syntax);
ClaimantStatus merge_read_line(Merge *merge, const char *path, size_t number, const char *line, size_t bytes);

/* The statements that follow from all nodes, in formats with named graphs in one whose name, the base and "shared",
 * is the same in every run, so that a later run replaces it. *graph is freed by the caller, also on failure. `base` is put in front
 * of the names of shared entities and candidates; NULL: they are ni: names (RFC 6920) of what they stand for.
 * Returns OK, NO_MEMORY, BAD_ARGUMENT (the base) or BAD_DATA. */
ClaimantStatus merge_graph(const Merge *merge, const char *base, Graph **graph);

#endif
