/* items.h: annotations to items, in output order, with their entities not yet set. */
#ifndef CLAIMANT_RESOLVE_ITEMS_H
#define CLAIMANT_RESOLVE_ITEMS_H

#include "match/matcher.h"
#include "resolve/document.h"

/* Which item an annotation became: [id] is an index into document->items, or NO_INDEX. */
typedef struct {
  uint32_t *of_annotation;
  uint32_t *annotation_of; /* [item]: id of its annotation */
} ItemMap;

/* Allocates in the document's arena, which has a rescue set. */
void items_make(Document *document, const MatchResult *matches, ItemMap *map);

/* After items were taken out of document->items: pairs those that are left with their annotations again. */
void items_mend(Document *document, const MatchResult *matches, ItemMap *map);

/* Once items have entities: fills roles, and drops features that are for the resolver only. */
void items_fill_roles(Document *document, const MatchResult *matches, const ItemMap *map);
void items_drop_hidden(Document *document);

/* The item's own feature; NULL: not set. Setting replaces it, and takes it away where `value` is NULL. */
const char *item_feature(const Item *item, const char *name);
void        items_set_feature(Document *document, Item *item, const char *name, const char *value);

/* Adds a role in its place; item->roles must have room for it. */
void items_insert_role(Document *document, Item *item, ItemRole role);

/* The item an annotation is, or that its `head` is, or that a learnt hit repeats; NULL: none. */
Item *items_behind(Document *document, const ItemMap *map, const Annotation *annotation);

/* The letter's text at a span, exactly. */
const char *items_text(const Document *document, Span span);

#endif
