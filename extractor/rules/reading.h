/* reading.h: what the files that read one rule share: rule.c (the rule itself, its phase), rule_parts.c (patterns,
 * sets, fills), rule_examples.c. Not for others. */
#ifndef CLAIMANT_RULES_READING_H
#define CLAIMANT_RULES_READING_H

#include "rules/loader.h"

typedef struct {
  Loader      *loader;
  Rule        *rule;
  Declaration  at;
  const Type **types; /* that it emits, or whose items it modifies; none when they are not known */
  size_t       type_count;
  uint64_t    *seen; /* TypeSet: types its patterns name */
} Reading;

void read_pattern(Reading *r, Declaration at, size_t *capacity); /* or a <trigger> */
void read_before(Reading *r, Declaration at);
void read_until(Reading *r, Declaration at);
void read_unless(Reading *r, Declaration at, size_t *capacity);
void read_set(Reading *r, Declaration at, size_t *capacity);
void read_fill(Reading *r, Declaration at, size_t *capacity);
void read_example(Reading *r, Declaration at, bool counter, size_t *capacity);

/* Report what the rule, or a type it speaks of, does not have; nothing when the name is NULL. */
void               need_group(Reading *r, Declaration at, const char *name);
void               need_role(Reading *r, Declaration at, const char *name);
const FeatureType *need_feature(Reading *r, Declaration at, const Type *type, const char *name);

#endif
