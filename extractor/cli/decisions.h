/* decisions.h: files of decisions read for a command. */
#ifndef CLAIMANT_CLI_DECISIONS_H
#define CLAIMANT_CLI_DECISIONS_H

#include "review/find.h"

/* Reads all files and tells every fault; with one, none of the decisions is to be used. The set's arena is
 * the caller's. Returns GO_ON or the status to exit with. */
int decisions_open(DecisionSet *set, char *const *files, size_t count);

/* Warns of decisions on this very letter, or on one of the same name, that no longer find their item. */
void decisions_tell_lost(const DecisionSet *set, const LetterKey *letter, const Document *document);

#endif
