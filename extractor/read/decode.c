#include "read/decode.h"

#include "base/clean.h"
#include "base/utf8.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>
#include <strings.h>

enum { CHARSET_MAX = 40, META_BYTES = 4096 };

bool is_utf16(const char *bytes, size_t size)
{
  return size >= 2 && (memcmp(bytes, "\xFF\xFE", 2) == 0 || memcmp(bytes, "\xFE\xFF", 2) == 0);
}

static ClaimantStatus decode_utf8(const char *bytes, size_t size, const char *name, Diagnostics *diagnostics,
                                  Buffer *out)
{
  size_t bad, clean = clean_size(bytes, size, &bad);
  if (!buffer_reserve(out, clean + 1)) return CLAIMANT_NO_MEMORY;
  clean_copy(bytes, size, out->data + out->size);
  out->size += clean;
  out->data[out->size] = '\0';
  clean_report(bytes, size, bad, name, diagnostics);
  return CLAIMANT_OK;
}

/* Runs the converter to the end of the input; *bad counts characters of `width` bytes it could not read. */
static ClaimantStatus convert(iconv_t converter, const char *bytes, size_t size, size_t width, Buffer *out,
                              size_t *bad)
{
  char  *in = (char *)(uintptr_t)bytes; /* iconv takes what it does not change as char * */
  size_t left = size;
  while (left) {
    if (!buffer_reserve(out, left + 64)) return CLAIMANT_NO_MEMORY;
    char  *to = out->data + out->size;
    size_t room = out->capacity - out->size - 1, before = room;
    size_t result = iconv(converter, &in, &left, &to, &room);
    out->size += before - room;
    if (result != (size_t)-1) break;
    if (errno == E2BIG) continue;
    buffer_append_string(out, "\xEF\xBF\xBD");
    ++*bad;
    size_t skipped = left < width ? left : width;
    in += skipped;
    left -= skipped;
  }
  buffer_append(out, "", 0);
  return out->failed ? CLAIMANT_NO_MEMORY : CLAIMANT_OK;
}

/* U+0000 is valid UTF-8 to iconv but no text. */
static ClaimantStatus replace_zeros(Buffer *out)
{
  if (!out->size || !memchr(out->data, '\0', out->size)) return CLAIMANT_OK;
  Buffer clean = {0};
  size_t bad, size = clean_size(out->data, out->size, &bad);
  if (!buffer_reserve(&clean, size + 1)) return CLAIMANT_NO_MEMORY;
  clean_copy(out->data, out->size, clean.data);
  clean.size = size;
  clean.data[size] = '\0';
  buffer_free(out);
  *out = clean;
  return CLAIMANT_OK;
}

static ClaimantStatus decode_as(const char *charset, const char *bytes, size_t size, const char *name,
                                Diagnostics *diagnostics, Buffer *out)
{
  iconv_t converter = iconv_open("UTF-8", charset);
  if (converter == (iconv_t)-1) {
    diagnostics_add(diagnostics, CLAIMANT_WARNING, "unknown-charset", (Place){.file = name},
                    "the page names an encoding that is not known, %s; read as UTF-8", charset);
    return decode_utf8(bytes, size, name, diagnostics, out);
  }
  size_t         bad = 0;
  ClaimantStatus st = convert(converter, bytes, size, strncmp(charset, "UTF-16", 6) == 0 ? 2 : 1, out, &bad);
  iconv_close(converter);
  if (!st) st = replace_zeros(out);
  if (!st && bad)
    diagnostics_add(diagnostics, CLAIMANT_WARNING, "invalid-charset", (Place){.file = name},
                    "%zu character%s not valid %s; read as U+FFFD", bad, bad == 1 ? " is" : "s are", charset);
  return st;
}

ClaimantStatus decode_utf16(const char *bytes, size_t size, const char *name, Diagnostics *diagnostics,
                            Buffer *out)
{
  const char *charset = bytes[0] == '\xFF' ? "UTF-16LE" : "UTF-16BE";
  return decode_as(charset, bytes + 2, size - 2, name, diagnostics, out);
}

/* ---- Windows-1252 that nobody told of ------------------------------------------------ */

/* No character in Windows-1252, or one that hardly any text has but damaged ones do. */
static bool is_odd_byte(unsigned char byte)
{
  return byte == 0x81 || byte == 0x8D || byte == 0x8F || byte == 0x90 || byte == 0x9D || byte >= 0xFE;
}

bool is_windows_1252(const char *bytes, size_t size)
{
  size_t sequences = 0, others = 0;
  for (size_t at = 0; at < size;) {
    size_t length = utf8_sequence(bytes + at, size - at);
    if (!length && is_odd_byte((unsigned char)bytes[at])) return false;
    sequences += length > 1;
    others += length == 0;
    at += length ? length : 1;
  }
  return others > 4 * sequences;
}

ClaimantStatus decode_windows_1252(const char *bytes, size_t size, const char *name, Diagnostics *diagnostics,
                                   Buffer *out)
{
  ClaimantStatus st = decode_as("CP1252", bytes, size, name, diagnostics, out);
  if (!st)
    diagnostics_add(diagnostics, CLAIMANT_WARNING, "guessed-charset", (Place){.file = name},
                    "the text is not UTF-8 and was read as Windows-1252");
  return st;
}

/* ---- What a page says of itself --------------------------------------------------- */

static const char *find_word(const char *from, const char *end, const char *word)
{
  size_t length = strlen(word);
  for (; (size_t)(end - from) >= length; ++from)
    if (strncasecmp(from, word, length) == 0) return from;
  return NULL;
}

static bool is_name_byte(char c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || strchr("-_.:", c);
}

/* The value behind `word` and an equals sign in [from, end). */
static bool read_value(const char *from, const char *end, const char *word, char charset[CHARSET_MAX])
{
  const char *at = find_word(from, end, word);
  if (!at) return false;
  at += strlen(word);
  while (at < end && (*at == ' ' || *at == '=' || *at == '"' || *at == '\'')) ++at;
  size_t length = 0;
  while (at < end && *at && length + 1 < CHARSET_MAX && is_name_byte(*at)) charset[length++] = *at++;
  charset[length] = '\0';
  return length > 0;
}

static bool find_charset(const char *bytes, size_t size, char charset[CHARSET_MAX])
{
  const char *end = bytes + (size < META_BYTES ? size : META_BYTES);
  if (size > 5 && memcmp(bytes, "<?xml", 5) == 0) {
    const char *close = memchr(bytes, '>', (size_t)(end - bytes));
    if (close && read_value(bytes, close, "encoding", charset)) return true;
  }
  for (const char *at = bytes; (at = find_word(at, end, "<meta")); ++at) {
    const char *close = memchr(at, '>', (size_t)(end - at));
    if (close && read_value(at, close, "charset", charset)) return true;
  }
  return false;
}

/* Names that pages write for encodings they are not in, and those that browsers read instead
 * (WHATWG Encoding Standard, section 4.2). NULL: UTF-8. */
static const char *real_charset(const char *charset)
{
  static const struct {
    const char *written, *read;
  } names[] = {
      {"utf-8", NULL},          {"utf8", NULL},
      {"utf-16", NULL},         {"utf-16le", NULL},
      {"utf-16be", NULL},       {"unicode", NULL},
      {"us-ascii", "CP1252"},   {"ascii", "CP1252"},
      {"iso-8859-1", "CP1252"}, {"iso8859-1", "CP1252"},
      {"latin1", "CP1252"},     {"windows-1252", "CP1252"},
      {"iso-8859-9", "CP1254"}, {"latin5", "CP1254"},
      {"iso-8859-11", "CP874"}, {"tis-620", "CP874"},
      {"gb2312", "GB18030"},    {"gbk", "GB18030"},
      {"shift_jis", "CP932"},   {"sjis", "CP932"},
      {"euc-kr", "CP949"},      {"ks_c_5601-1987", "CP949"},
  };
  for (size_t i = 0; i < sizeof names / sizeof *names; ++i)
    if (strcasecmp(charset, names[i].written) == 0) return names[i].read;
  return charset;
}

static bool has_high_bytes(const char *bytes, size_t size)
{
  for (size_t i = 0; i < size; ++i)
    if ((unsigned char)bytes[i] >= 0x80U) return true;
  return false;
}

ClaimantStatus decode_html(const char *bytes, size_t size, const char *name, Diagnostics *diagnostics,
                           Buffer *out)
{
  char charset[CHARSET_MAX];
  if (is_utf16(bytes, size)) return decode_utf16(bytes, size, name, diagnostics, out);
  bool mark = size >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0;
  if (mark) return decode_utf8(bytes + 3, size - 3, name, diagnostics, out);
  const char *real = find_charset(bytes, size, charset) ? real_charset(charset) : NULL;
  if (real && (!has_high_bytes(bytes, size) || clean_prefix(bytes, size) < size))
    return decode_as(real, bytes, size, name, diagnostics, out);
  if (is_windows_1252(bytes, size)) return decode_windows_1252(bytes, size, name, diagnostics, out);
  return decode_utf8(bytes, size, name, diagnostics, out);
}
