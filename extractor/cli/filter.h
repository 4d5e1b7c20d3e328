/* filter.h: leaves out items the user did not ask for. */
#ifndef CLAIMANT_CLI_FILTER_H
#define CLAIMANT_CLI_FILTER_H

#include "cli/options.h"

/* Drops items of other types than --types (a type stands for those that extend it) and below
 * --min-confidence, and then entities that nothing refers to any more. Identifiers stay. */
void filter_items(const Options *options, Document *document);

/* Drops entities that nothing refers to any more. */
void filter_entities(Document *document);

/* Tells the first word of --types that no type of the rules has. */
bool check_types(const Options *options, const RuleSet *rules);

/* Whether a list as --types has it names this very type; NULL names all. */
bool type_is_listed(const char *types, const char *name);

#endif
