/* origin.h: where a feature or a role of an item came from, by its trace. */
#ifndef CLAIMANT_MATCH_ORIGIN_H
#define CLAIMANT_MATCH_ORIGIN_H

#include "match/trace.h"

typedef enum {
  ORIGIN_SET,     /* the rule's <set> */
  ORIGIN_GROUP,   /* a group of the rule's pattern */
  ORIGIN_FILL,    /* the rule's <fill> */
  ORIGIN_MODIFIER, /* a modifier's <set> */
  ORIGIN_RESOLVER /* worked out from the whole letter afterwards */
} OriginKind;

/* How the item came by what another match found. */
typedef enum { OWN, MERGED, ABSORBED } OriginWay;

typedef struct {
  OriginKind  kind;
  OriginWay   way;
  const Rule *rule; /* NULL for the resolver */
  size_t      line; /* in the rule's file */
  const Fill *ref;  /* role: the fill that says what its words stand for, or NULL */
  const Span *trigger; /* of a modifier, in the letter; else NULL */
} Origin;

/* A feature of this name and value. */
Origin origin_of_feature(const TraceMatch *match, const char *name, const char *value);

/* A role of this name; `span` is that of its words, or NULL. */
Origin origin_of_role(const TraceMatch *match, const char *name, const Span *span);

/* Whose confidence is this one, where it is less than the rule's own? NULL: it cannot be told. */
const Annotation *origin_of_confidence(const TraceMatch *match, double confidence);

#endif
