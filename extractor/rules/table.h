/* table.h: what a table has for a text. */
#ifndef CLAIMANT_RULES_TABLE_H
#define CLAIMANT_RULES_TABLE_H

#include "rules/ruleset.h"

/* Lower case, white space collapsed: how keys and looked-up text are compared. NULL: out of memory. */
const char *folded_key(Arena *arena, const char *text, size_t bytes);

/* The value of the row whose key is these bytes, which are lower case with single spaces; NULL: there is none. */
const char *table_look_up(const Table *table, const char *key, size_t bytes);

#endif
