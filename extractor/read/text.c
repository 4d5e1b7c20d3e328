#include "read/text.h"

#include "base/utf8.h"
#include "letter/chars.h"
#include "read/decode.h"

enum {
  SAMPLE_BYTES = 65536,
  CONTROL_PERCENT = 5, /* of bytes that no text has */
  INVALID_PERCENT = 30 /* of bytes that are not UTF-8 */
};

static bool is_control(unsigned char byte)
{
  return byte < 0x20U && byte != '\t' && byte != '\n' && byte != '\r' && byte != '\f' && byte != '\v' &&
         byte != 0x1BU && byte != 0x08U;
}

static bool is_text(const char *bytes, size_t size)
{
  size_t sample = size < SAMPLE_BYTES ? size : SAMPLE_BYTES, controls = 0, invalid = 0;
  for (size_t at = 0; at < sample;) {
    size_t length = utf8_sequence(bytes + at, size - at);
    controls += is_control((unsigned char)bytes[at]);
    invalid += length == 0;
    at += length ? length : 1;
  }
  return controls * 100 <= sample * CONTROL_PERCENT && invalid * 100 <= sample * INVALID_PERCENT;
}

void report_empty(const Letter *letter, Diagnostics *diagnostics)
{
  if (skip_space(letter->text, 0, letter->size) < letter->size) return;
  diagnostics_add(diagnostics, CLAIMANT_WARNING, "empty", (Place){.file = letter->name},
                  "the letter is empty: nothing to extract");
}

typedef ClaimantStatus (*DecodeFn)(const char *bytes, size_t size, const char *name, Diagnostics *diagnostics,
                                   Buffer *out);

static ClaimantStatus read_decoded(DecodeFn decode, const char *bytes, size_t size, const char *name,
                                   Diagnostics *diagnostics, Letter **letter)
{
  Buffer         text = {0};
  ClaimantStatus st = decode(bytes, size, name, diagnostics, &text);
  if (!st) st = letter_new(text.data ? text.data : "", text.size, name, diagnostics, letter);
  buffer_free(&text);
  return st;
}

ClaimantStatus read_text(const char *bytes, size_t size, const char *name, Diagnostics *diagnostics,
                         Letter **letter)
{
  ClaimantStatus st;
  if (is_utf16(bytes, size)) st = read_decoded(decode_utf16, bytes, size, name, diagnostics, letter);
  else if (is_text(bytes, size) && is_windows_1252(bytes, size))
    st = read_decoded(decode_windows_1252, bytes, size, name, diagnostics, letter);
  else if (is_text(bytes, size)) st = letter_new(bytes, size, name, diagnostics, letter);
  else {
    diagnostics_add(diagnostics, CLAIMANT_ERROR, "not-text", (Place){.file = name},
                    "this is no text that can be read; expected UTF-8, or UTF-16 with a byte order mark");
    return CLAIMANT_BAD_DATA;
  }
  if (!st) report_empty(*letter, diagnostics);
  return st;
}
