/* alternatives.h: the alternatives that patterns and macros are written with, and patterns without one of
 * them, so that it can be asked whether any example needs it.
 *
 * Only of a rule set loaded from its files. */
#ifndef CLAIMANT_RULES_ALTERNATIVES_H
#define CLAIMANT_RULES_ALTERNATIVES_H

#include "rules/ruleset.h"

#include <stdint.h>

/* What stands between the bars of one group of a source. */
typedef struct {
  Span words;   /* bytes of the source */
  bool is_word; /* nothing but words or signs, each perhaps in several spellings or forms */
} ChoicePart;

typedef struct {
  Span        body; /* between the brackets */
  ChoicePart *parts;
  size_t      count;
} Choice;

#define PART_WORDS SIZE_MAX

/* A part of a choice, or all the parts together that are words: a list of words that lead to the same is
 * vocabulary, which examples need not go through one by one, and not so many alternatives of grammar. Without bars
 * there is none, and both branches of a condition are left out. */
typedef struct {
  const Choice *choice;
  size_t        part;  /* or PART_WORDS */
  const char   *shown; /* the parts, with bars between them */
} Alternative;

bool alternative_has(const Alternative *alternative, size_t part);

/* The source without it. */
const char *source_without(Arena *arena, const char *text, const Alternative *cut);

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
