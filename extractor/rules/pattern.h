/* pattern.h: one pattern of a rule file, expanded and compiled.
 *
 * In a rule file a pattern is plain PCRE2 with placeholders: {Type}, {A|B},
 * {@list}, {macro}. Expansion turns a macro into a group of its text and a
 * type into the private-use code points that stand for it and its subtypes in
 * a view (U+100000 + index of the type). */
#ifndef CLAIMANT_RULES_PATTERN_H
#define CLAIMANT_RULES_PATTERN_H

#include "base/regex.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rules/trigger.h"

enum { PLACEHOLDER_FIRST = 0x100000, PLACEHOLDER_BYTES = 4, PATTERN_GROUPS = 99 /* at most, macros it shares included */ };

typedef struct {
  const char *name; /* interned */
  uint32_t    number;
} Group;

/* How a match must lie in the text it is tried on. */
typedef enum { ANCHOR_NONE, ANCHOR_START, ANCHOR_END } Anchor;

typedef struct Pattern {
  const char *source;   /* as the rule file has it */
  const char *expanded; /* plain PCRE2 */
  const char *language; /* of its rule, while it is loaded; or NULL */
  size_t      line;
  Anchor      anchor;
  pcre2_code *code;     /* for the interpreter */
  _Atomic(pcre2_code *) fast; /* a copy with machine code, made when it has earned it */
  atomic_uint uses;
  Group      *groups; /* by number */
  size_t      group_count;
  uint64_t   *types; /* TypeSet words: types it names, subtypes included */
  Trigger     trigger;
  Starts      starts;
  uint32_t    ordinal; /* among the patterns of all rules; see trigger_index.h */
} Pattern;

#endif
