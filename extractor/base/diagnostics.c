#include "base/diagnostics.h"

#include <stdarg.h>

void diagnostics_add(Diagnostics *list, ClaimantSeverity severity, const char *code, Place place,
                     const char *format, ...)
{
  if (severity == CLAIMANT_ERROR) list->errors++;
  ClaimantDiagnostic *items =
      arena_grow(list->arena, list->items, list->count, &list->capacity, sizeof *items);
  va_list args;
  va_start(args, format);
  char *message = arena_vprintf(list->arena, format, args);
  va_end(args);
  if (!items || !message) {
    list->dropped = true;
    return;
  }
  list->items = items;
  items[list->count++] = (ClaimantDiagnostic){
      .severity = severity,
      .code = code,
      .file = place.file ? arena_copy_string(list->arena, place.file) : NULL,
      .line = place.line,
      .column = place.column,
      .rule = place.rule ? arena_copy_string(list->arena, place.rule) : NULL,
      .message = message,
  };
}

const char *claimant_status_text(ClaimantStatus status)
{
  switch (status) {
  case CLAIMANT_OK: return "no error";
  case CLAIMANT_NO_MEMORY: return "out of memory";
  case CLAIMANT_BAD_ARGUMENT: return "bad argument";
  case CLAIMANT_BAD_RULES: return "bad rules";
  case CLAIMANT_BAD_DATA: return "bad data";
  case CLAIMANT_NO_INPUT: return "cannot read input";
  case CLAIMANT_TOO_LARGE: return "too large";
  case CLAIMANT_LIMIT: return "match limit crossed";
  case CLAIMANT_OUTPUT: return "cannot write output";
  case CLAIMANT_INTERNAL: return "internal error";
  case CLAIMANT_CANCELLED: return "cancelled";
  }
  return "unknown status";
}
