#include "cli/cli.h"

#include <stdarg.h>
#include <stdio.h>

static void put_place(Buffer *out, const char *place, size_t line, size_t column)
{
  buffer_append_string(out, "claimant: ");
  if (!place) return;
  buffer_append_string(out, place);
  if (line) buffer_printf(out, ":%zu", line);
  if (line && column) buffer_printf(out, ":%zu", column);
  buffer_append_string(out, ": ");
}

static void put_message(Buffer *out, const char *place, size_t line, const char *format, va_list args)
{
  char    short_text[512];
  va_list again;
  va_copy(again, args);
  put_place(out, place, line, 0);
  int length = vsnprintf(short_text, sizeof short_text, format, args);
  if (length > 0 && (size_t)length < sizeof short_text) buffer_append(out, short_text, (size_t)length);
  else if (length > 0 && buffer_reserve(out, (size_t)length)) {
    vsnprintf(out->data + out->size, (size_t)length + 1, format, again);
    out->size += (size_t)length;
  }
  va_end(again);
  buffer_append_byte(out, '\n');
}

/* Whatever memory there is, something is said. */
static void print(Buffer *text)
{
  if (text->failed) fputs("claimant: out of memory\n", stderr);
  else fwrite(text->data, 1, text->size, stderr);
  buffer_free(text);
}

void say_into(Buffer *out, const char *place, size_t line, const char *format, ...)
{
  va_list args;
  va_start(args, format);
  put_message(out, place, line, format, args);
  va_end(args);
}

void say(const char *place, size_t line, const char *format, ...)
{
  Buffer  text = {0};
  va_list args;
  va_start(args, format);
  put_message(&text, place, line, format, args);
  va_end(args);
  print(&text);
}

void say_diagnostic_into(Buffer *out, const char *place, const ClaimantDiagnostic *diagnostic)
{
  static const char *const kinds[] = {
      [CLAIMANT_NOTE] = "note: ", [CLAIMANT_WARNING] = "warning: ", [CLAIMANT_ERROR] = ""};
  const char *file = diagnostic->file ? diagnostic->file : place;
  put_place(out, file, diagnostic->line, diagnostic->column);
  buffer_append_string(out, kinds[diagnostic->severity]);
  buffer_append_string(out, diagnostic->message);
  if (diagnostic->rule) buffer_printf(out, " (rule %s)", diagnostic->rule);
  buffer_append_byte(out, '\n');
}

void say_diagnostic(const char *place, const ClaimantDiagnostic *diagnostic)
{
  Buffer text = {0};
  say_diagnostic_into(&text, place, diagnostic);
  print(&text);
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
  case CLAIMANT_CANCELLED:
  case CLAIMANT_INTERNAL: return STATUS_INTERNAL;
  }
  return STATUS_INTERNAL;
}
