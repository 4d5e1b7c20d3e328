/* cli.h: what the commands share: exit statuses, their entry points, and how the program speaks. */
#ifndef CLAIMANT_CLI_CLI_H
#define CLAIMANT_CLI_CLI_H

#include "base/buffer.h"
#include "claimant.h"

/* As the manual lists them; the larger ones are those of sysexits(3). */
enum {
  STATUS_FINE = 0,
  STATUS_SOME_FAILED = 1, /* some letters failed, others were written */
  STATUS_USAGE = 2,       /* an option or argument is wrong */
  STATUS_BAD_DATA = 65,   /* every letter is unusable, or the rules are at fault */
  STATUS_NO_INPUT = 66,   /* no input could be opened */
  STATUS_INTERNAL = 70,   /* out of memory, or a library failed */
  STATUS_OUTPUT = 74      /* the output could not be written */
};

/* argv[0] is the command's name. */
int command_extract(int argc, char **argv);
int command_check(int argc, char **argv);
int command_explain(int argc, char **argv);
int command_why_not(int argc, char **argv);
int command_audit(int argc, char **argv);
int command_review(int argc, char **argv);
int command_score(int argc, char **argv);
int command_vocab(int argc, char **argv);
int command_rules(int argc, char **argv);
int command_merge(int argc, char **argv);
int command_list(int argc, char **argv);
int command_diff(int argc, char **argv);

/* Prints "claimant: PLACE:LINE: message" on standard error; `place` may be NULL, `line` 0. */
void say(const char *place, size_t line, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* The same into a buffer, for whoever says it when its turn comes. */
void say_into(Buffer *out, const char *place, size_t line, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
void say_diagnostic_into(Buffer *out, const char *place, const ClaimantDiagnostic *diagnostic);

/* One diagnostic in the same form; `place` stands in where it names no file. */
void say_diagnostic(const char *place, const ClaimantDiagnostic *diagnostic);

int status_of(ClaimantStatus status);

#endif
