#include "read/read.h"

#include "read/html.h"
#include "read/text.h"

ClaimantStatus read_letter(const Source *source, Diagnostics *diagnostics, Letter **letter, MailHead *head)
{
  Converted converted = {0};
  *head = (MailHead){0};
  const char    *data = source->data ? source->data : "";
  size_t         size = source->size;
  ClaimantFormat format = source->format;
  ClaimantStatus st = CLAIMANT_OK;
  if (needs_converting(format)) {
    st = convert(data, size, format, LETTER_MAX_BYTES, source->deadline, source->name, diagnostics, &converted);
    data = converted.text.data ? converted.text.data : "";
    size = converted.text.size;
    format = converted.format;
    *head = converted.head;
  }
  if (!st && format == CLAIMANT_HTML) st = read_html(data, size, source->name, diagnostics, letter);
  else if (!st) st = read_text(data, size, source->name, diagnostics, letter);
  buffer_free(&converted.text);
  return st;
}
