/* letter.h: one letter read for a person to look into, with what was said of it. */
#ifndef CLAIMANT_CLI_LETTER_H
#define CLAIMANT_CLI_LETTER_H

#include "cli/input.h"

#include "letter/letter.h"
#include "rules/ruleset.h"

typedef struct {
  Letter     *letter;     /* divided into units */
  Diagnostics list;       /* in an arena of its own */
  char        sha256[65]; /* of the bytes */
} LetterIn;

/* These tell what is wrong and return GO_ON or the status to exit with; close in any case. A file or a name
 * stands before what is told. */
int letter_in_file(LetterIn *in, const char *path, SourceFormat format, const RuleSet *rules, const char *language);
int letter_in_input(LetterIn *in, Input *input, SourceFormat format, const RuleSet *rules, const char *language); /* all of it */
int letter_in_bytes(LetterIn *in, const char *data, size_t bytes, const char *name, SourceFormat format,
                    const RuleSet *rules, const char *language);
int letter_in_text(LetterIn *in, const char *text, const RuleSet *rules, const char *language);

void letter_in_close(LetterIn *in);

#endif
