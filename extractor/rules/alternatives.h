/* alternatives.h: the alternatives that patterns and macros are written with, and patterns without one of
 * them, so that it can be asked whether any example needs it.
 *
 * Only of a rule set loaded from its files. */
#ifndef CLAIMANT_RULES_ALTERNATIVES_H
#define CLAIMANT_RULES_ALTERNATIVES_H

#include "rules/ruleset.h"

/* What stands between bars in one group of a source; without bars there is none. Both branches of a
 * condition are left out. */
typedef struct {
  Span words; /* bytes of the source */
  Span cut;   /* and the bar that goes with it */
} Alternative;

/* A pattern, <before> or <unless> of a rule, or a macro: counted where it is declared. */
typedef struct {
  const char  *text;
  const char  *file;
  size_t       line;
  const Rule  *rule;  /* NULL: a macro's */
  const Macro *macro; /* NULL: a rule's */
  const Pattern *pattern;
  Alternative *alternatives;
  size_t       count;
  size_t       first; /* number of the first alternative, over all sources */
  const char  *with_callouts; /* the text with (?C"NUMBER") at the end of each alternative */
} AlternativeSource;

typedef struct {
  AlternativeSource *sources; /* macros, then rules */
  size_t             count;
  size_t             total; /* alternatives */
} Alternatives;

/* All of these take arenas with a rescue set. */
void alternatives_list(const RuleSet *rules, Arena *arena, Alternatives *list);

/* The patterns of a rule, in the order: patterns, before or until, unless. */
size_t   rule_pattern_count(const Rule *rule);
Pattern *rule_pattern(const Rule *rule, size_t index);
void     rule_put_pattern(Rule *rule, size_t index, Pattern *pattern);

/* Makes patterns of changed sources. Zero-initialise, variants_begin, variants_end. */
typedef struct Variants Variants;

Variants *variants_begin(const RuleSet *rules, Arena *arena);
void      variants_end(Variants *variants); /* also what was made; NULL: nothing */

/* The rule's patterns without an alternative, in the order above: NULL where nothing changed. False: one of
 * them does not compile. What was made before is freed. */
bool variants_without(Variants *variants, const AlternativeSource *source, size_t index, const Rule *rule, Pattern **patterns);

/* The same, with the callouts of all sources. */
bool variants_with_callouts(Variants *variants, const Alternatives *list, const Rule *rule, Pattern **patterns);

/* Did the patterns made last use this macro, directly or through others? */
bool variants_used(const Variants *variants, const Macro *macro);

#endif
