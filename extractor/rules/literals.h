/* literals.h: the strings a part of a pattern can match, while they are few, and what of them
 * must stand in a text. The arithmetic behind trigger.h, in an arena with a rescue. */
#ifndef CLAIMANT_RULES_LITERALS_H
#define CLAIMANT_RULES_LITERALS_H

#include "rules/starts.h"
#include "rules/trigger.h"

#include <stddef.h>

/* What is known of a part of a pattern: the strings it can match, when they are few; and
 * clauses: sets of which one string must occur somewhere in the text. Strings are in lower
 * case, every digit is 0; a placeholder stands in them as its UTF-8 bytes. */
typedef struct {
  const char *text;
  size_t      bytes;
} String;

typedef struct {
  String *items;
  size_t  count;
} Strings;

typedef struct {
  bool    exact;
  Strings strings;                  /* when exact */
  Strings clauses[TRIGGER_CLAUSES]; /* the best, in any order */
  double  chance[TRIGGER_CLAUSES];  /* how likely a sentence satisfies it, roughly */
  size_t  clause_count;
  StartSet starts; /* what it begins with */
} Info;

/* Zero-width things that a string may begin or end with: LITERAL_BORDER, no letter stands beyond
 * here; TRIGGER_START, the text begins here. Within a string a border tells nothing and is left out. */
enum { LITERAL_BORDER = 1, MAX_STRINGS = 512 };

Info    nothing_known(void);
Info    exactly(Arena *arena, const char *text, size_t bytes);
Info    empty_string(Arena *arena);
bool    product_is_small(Strings a, Strings b);
Strings strings_product(Arena *arena, Strings a, Strings b);
bool    strings_hold(Strings strings, String one);
bool    is_placeholder(const char *text);
void    add_clauses_of(Info *info, const Info *from);
void    add_strings(Arena *arena, Info *info, Strings strings); /* as a clause, where they tell something */
Info    loosened(Arena *arena, Info info);                      /* no longer exact: what must occur stays known */
Info    alternate(Arena *arena, Info a, Info b);

#endif
