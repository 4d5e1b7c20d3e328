#include "cli/cli.h"

#include <stdarg.h>
#include <stdio.h>

static void say_place(FILE *to, const char *place, size_t line, size_t column)
{
  fputs("claimant: ", to);
  if (!place) return;
  fputs(place, to);
  if (line) fprintf(to, ":%zu", line);
  if (line && column) fprintf(to, ":%zu", column);
  fputs(": ", to);
}

void say(const char *place, size_t line, const char *format, ...)
{
  va_list args;
  va_start(args, format);
  flockfile(stderr);
  say_place(stderr, place, line, 0);
  vfprintf(stderr, format, args);
  fputc('\n', stderr);
  funlockfile(stderr);
  va_end(args);
}

void say_diagnostic(const char *place, const ClaimantDiagnostic *diagnostic)
{
  const char *file = diagnostic->file ? diagnostic->file : place;
  flockfile(stderr);
  say_place(stderr, file, diagnostic->line, diagnostic->column);
  if (diagnostic->severity == CLAIMANT_WARNING) fputs("warning: ", stderr);
  if (diagnostic->severity == CLAIMANT_NOTE) fputs("note: ", stderr);
  fputs(diagnostic->message, stderr);
  if (diagnostic->rule) fprintf(stderr, " (rule %s)", diagnostic->rule);
  fputc('\n', stderr);
  funlockfile(stderr);
}

int status_of(ClaimantStatus status)
{
  switch (status) {
  case CLAIMANT_OK: return STATUS_FINE;
  case CLAIMANT_BAD_ARGUMENT: return STATUS_USAGE;
  case CLAIMANT_BAD_RULES:
  case CLAIMANT_BAD_DATA:
  case CLAIMANT_TOO_LARGE:
  case CLAIMANT_LIMIT: return STATUS_BAD_DATA;
  case CLAIMANT_NO_INPUT: return STATUS_NO_INPUT;
  case CLAIMANT_OUTPUT: return STATUS_OUTPUT;
  case CLAIMANT_NO_MEMORY:
  case CLAIMANT_INTERNAL: return STATUS_INTERNAL;
  }
  return STATUS_INTERNAL;
}
