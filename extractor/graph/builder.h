/* builder.h: what the files that make up a graph share while it is built. */
#ifndef CLAIMANT_GRAPH_BUILDER_H
#define CLAIMANT_GRAPH_BUILDER_H

#include "graph/build.h"
#include "graph/evidence.h"

/* An entity as a node: what all its mentions add up to. */
typedef struct {
  const Entity *entity;
  const char   *iri;
  const char   *alias; /* the node that stands for it, when it has no mention that is not part of another */
  size_t        mentions;
  double        confidence; /* the best mention's */
  Span          words;      /* words that refer to it; empty: none known */
} EntityNode;

/* An item as a node. */
typedef struct {
  const Item   *item;
  const Entity *entity;    /* what it is a mention of, or NULL; of a provision, the instrument */
  const char   *iri;       /* of its entity, or its own */
  const char   *part;      /* a provision: its own node, part of the entity; else NULL */
  bool          statement; /* has roles and mentions others */
} ItemNode;

typedef struct {
  const Document *document;
  const GraphOptions *options;
  const RuleSet  *rules; /* may be NULL only in a document without items */
  Graph          *graph;
  const char     *letter, *run; /* IRIs */
  const char     *rule_base;    /* IRI of the rule set */
  EvidenceSet     evidence;
  EntityNode     *entities; /* sorted by identifier */
  size_t          entity_count, entity_capacity;
  ItemNode       *items; /* those in the graph, sorted by place */
  size_t          item_count;
  const char    **sections; /* IRIs of the letter's sections; NULL: no heading */
} Builder;

/* nodes.c: which nodes there are, and what they rest on. */
void              nodes_collect(Builder *builder);
const EntityNode *entity_node(const Builder *builder, const Entity *entity); /* NULL: not in the graph */
size_t            first_item_from(const Builder *builder, uint32_t start); /* index; starts there or later */
Span              evidence_span(const ItemNode *node); /* a statement's sentence, else the item's own words */

/* metadata.c: the letter, its sections, the run. */
void sections_collect(Builder *builder);
void metadata_write(Builder *builder);

/* item.c: items and entities with what holds for all of them. */
void items_write(Builder *builder);
void entities_write(Builder *builder);
const char *own_words_property(const RuleSet *rules, const Type *type); /* of a statement */

/* feature.c, role.c: what rule files declare of an item. */
void            features_write(Builder *builder, const ItemNode *node);
Span            events_evidence(const ItemNode *node); /* of what happened to a law: the sentence */
bool            is_name(const ItemNode *node); /* its words name the entity, and do not only describe it */
void            roles_write(Builder *builder, const ItemNode *node);
bool            is_reference(const char *property); /* of a role that points to another item's node */

/* mentions.c: what statements mention, and what they stand in. */
void mentions_write(Builder *builder);

/* restate.c: demands that say again what the heading above them demands. */
void restatements_write(Builder *builder);

/* link.c: what an entity is in gazetteers. */
void links_write(Builder *builder, const EntityNode *node);

/* decision.c: what reviewers said of items. */
void decisions_write(Builder *builder);

/* build.c: small things that all need. */
const char *builder_fragment(Builder *builder, const char *name); /* IRI in the letter; NULL: fault */
const char *builder_words(Builder *builder, const char *text);    /* white space collapsed; NULL: fault */
const char *builder_span_words(Builder *builder, Span span);      /* of the letter's text */
void        builder_add_label(Builder *builder, const char *subject, const char *words); /* or its name, without words */
void        builder_add_evidence(Builder *builder, const char *subject, Span span);
const Type *type_parent(const RuleSet *rules, const Type *type); /* NULL: none */
bool        type_has_class(const RuleSet *rules, const Type *type, const char *iri); /* or an ancestor has */
bool        span_inside(Span inner, Span outer);
bool        spans_touch(Span a, Span b);

#endif
