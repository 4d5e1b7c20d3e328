/* table.h: items as a table of comma-separated values, a row an item; one table for each kind.
 *
 * Columns follow from what the rules declare: after those that all items have come the roles (words, and where
 * they are not the words of the letter what stands for them, and the entity) and the features of the type, of those
 * it extends and of those that extend it. A name that is there already gets "role_" or "feature_" in front. */
#ifndef CLAIMANT_WRITE_TABLE_H
#define CLAIMANT_WRITE_TABLE_H

#include "write/writer.h"

#define TABLE_OF_LETTERS "letters" /* a row a letter */

/* Whether the rules have items for such a table, or it is that of the letters. */
bool table_exists(const RuleSet *rules, const char *name);

/* Types of items that extend no other such type: a table for each of them, and that of the letters, hold all.
 * False: out of memory. */
bool table_kinds(const RuleSet *rules, Arena *arena, const char ***names, size_t *count);

/* The names of the columns. */
ClaimantStatus table_head(const RuleSet *rules, const char *name, Buffer *out);

/* WriteFn for options->table, which exists. */
ClaimantStatus write_table(const Document *document, const WriteOptions *options, Buffer *out);

#endif
