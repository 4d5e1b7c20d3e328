/* explained.h: one item with everything that is known of how it came about, and the forms it is told in. */
#ifndef CLAIMANT_EXPLAIN_EXPLAINED_H
#define CLAIMANT_EXPLAIN_EXPLAINED_H

#include "match/origin.h"
#include "resolve/document.h"

typedef struct {
  const Document   *document;
  const Item       *item;
  const Annotation *annotation; /* it was made of */
  const TraceMatch *match;      /* that the annotation came from */
  const char       *base;       /* --base, or NULL */
  bool              colour;
} Explained;

/* Each appends one item; before the first, explain_turtle_begin. */
void explain_text(const Explained *e, Buffer *out);
void explain_json(const Explained *e, Buffer *out);
void explain_turtle(const Explained *e, Buffer *out);
void explain_turtle_begin(Buffer *out);

/* Why an entity is, or is not, linked to a concept. */
void explain_put_link(const Entity *entity, const Link *link, Buffer *out);

#endif
