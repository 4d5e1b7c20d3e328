/* annotation.h: what a rule said about a range of the letter. */
#ifndef CLAIMANT_MATCH_ANNOTATION_H
#define CLAIMANT_MATCH_ANNOTATION_H

#include "rules/ruleset.h"

typedef struct Annotation Annotation;

/* One filler of a role. */
typedef struct {
  const char       *name; /* interned role name */
  ClaimantRef       ref;
  bool              has_span;
  Span              span;
  const Annotation *annotation; /* that it is exactly, or NULL */
  bool              filled;     /* by a <fill>, from elsewhere */
} RoleValue;

typedef struct {
  const char *name; /* interned feature name */
  const char *value;
} FeatureValue;

/* A modifier's trigger that changed features of the item. */
typedef struct {
  const Rule *rule;
  Span        trigger;
} Modifier;

struct Annotation {
  uint32_t      id;   /* order of creation, from 0 */
  uint16_t      type;
  uint32_t      unit; /* where it was found */
  Span          span; /* the item */
  Span          match; /* what the pattern consumed */
  const Rule   *rule; /* NULL for words the scanner found and gazetteer hits */
  double        confidence;
  RoleValue    *roles;
  size_t        role_count;
  FeatureValue *features;
  size_t        feature_count;
  uint16_t      source;  /* of a gazetteer's hit: index of the vocabulary it is in, and */
  uint32_t      concept; /* its number there; 0: none */
  const Annotation *learnt_from; /* the name a learnt hit repeats, or NULL */
  Modifier     *modifiers; /* the last word last */
  size_t        modifier_count;
  bool          live;    /* false once it was absorbed */
};

const char *annotation_feature(const Annotation *annotation, const char *name); /* NULL: not set */

#endif
