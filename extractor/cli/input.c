#include "cli/input.h"

#include "cli/signals.h"
#include "letter/letter.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CHUNK = 1 << 16, MAX_LINE_BYTES = 1 << 30 };

static const char *const byte_order_mark = "\xef\xbb\xbf";

ClaimantStatus input_open(Input *input, const char *path)
{
  *input = (Input){.name = path, .fd = STDIN_FILENO, .separator = '\n', .most = LETTER_MAX_BYTES};
  struct stat about;
  if (!strcmp(path, "-")) {
    input->name = "standard input";
  } else {
    input->fd = open(path, O_RDONLY | O_CLOEXEC);
    if (input->fd < 0) return CLAIMANT_NO_INPUT;
    input->owned = true;
  }
  if (fstat(input->fd, &about) < 0) return CLAIMANT_NO_INPUT;
  if (!S_ISDIR(about.st_mode)) return CLAIMANT_OK;
  errno = EISDIR;
  return CLAIMANT_NO_INPUT;
}

void input_close(Input *input)
{
  if (input->owned) close(input->fd);
  unpacker_free(input->unpacker);
  buffer_free(&input->packed);
  buffer_free(&input->bytes);
  *input = (Input){.fd = -1};
}

/* Moves what is not yet taken to the front once that makes the room for another chunk. */
static bool make_room(Input *input)
{
  Buffer *bytes = &input->bytes;
  size_t  left = bytes->size - input->taken;
  if (input->taken && input->taken >= left && bytes->capacity - bytes->size <= CHUNK) {
    memmove(bytes->data, bytes->data + input->taken, left);
    bytes->size = left;
    input->searched -= input->taken;
    input->taken = 0;
  }
  return buffer_reserve(bytes, CHUNK);
}

/* From the file itself; -1 with errno. */
static ssize_t read_raw(Input *input, char *to, size_t size)
{
  ssize_t got;
  if (input->before_wait) input->before_wait(input->user);
  if (!signals_wait(input->fd)) return input->stopped = true, errno = EINTR, -1;
  do got = read(input->fd, to, size);
  while (got < 0 && errno == EINTR);
  return got;
}

/* What the unpacker asks for: first what was read before anyone knew that it is packed. */
static ssize_t give_packed(void *user, const void **bytes)
{
  Input *input = user;
  *bytes = input->packed.data;
  if (input->first) return input->first = false, (ssize_t)input->packed.size;
  buffer_clear(&input->packed);
  if (!buffer_reserve(&input->packed, CHUNK)) return errno = ENOMEM, -1;
  *bytes = input->packed.data;
  return read_raw(input, input->packed.data, CHUNK);
}

/* The first bytes say whether the rest has to be unpacked. */
static ssize_t sniff(Input *input, char *to, size_t size)
{
  size_t  used = 0;
  ssize_t got = 1;
  while (used < 4 && (got = read_raw(input, to + used, size - used)) > 0) used += (size_t)got;
  if (got < 0) return got;
  input->sniffed = true;
  if (!is_packed(to, used)) return (ssize_t)used;
  buffer_append(&input->packed, to, used);
  if (input->packed.failed) return errno = ENOMEM, -1;
  input->first = true;
  input->unpacker = unpacker_new(give_packed, input);
  return input->unpacker ? unpacker_read(input->unpacker, to, size) : -1;
}

static ClaimantStatus read_more(Input *input)
{
  if (input->error) return errno = input->error, CLAIMANT_NO_INPUT;
  if (!make_room(input)) return CLAIMANT_NO_MEMORY;
  char   *to = input->bytes.data + input->bytes.size;
  ssize_t got = !input->sniffed   ? sniff(input, to, CHUNK)
                : input->unpacker ? unpacker_read(input->unpacker, to, CHUNK)
                                  : read_raw(input, to, CHUNK);
  if (got < 0 && input->stopped) return errno = EINTR, CLAIMANT_NO_INPUT;
  if (got < 0) return input->error = errno, CLAIMANT_NO_INPUT;
  input->ended = got == 0;
  input->bytes.size += (size_t)got;
  return CLAIMANT_OK;
}

const char *input_error(int error)
{
  if (error == EILSEQ) return "it is packed, and damaged or cut short";
  if (error == ENOSYS) return "it is packed, and libarchive, which unpacks it, is not here; install libarchive13";
  return strerror(error);
}

/* Reads until `wanted` bytes are there to take, or the end. */
static ClaimantStatus read_up_to(Input *input, size_t wanted)
{
  ClaimantStatus st = CLAIMANT_OK;
  while (!st && !input->ended && input->bytes.size - input->taken < wanted) st = read_more(input);
  return st;
}

/* ---- What it is --------------------------------------------------------------------------- */

static bool has_suffix(const char *name, const char *const suffixes[])
{
  size_t length = strlen(name);
  for (; *suffixes; ++suffixes) {
    size_t suffix = strlen(*suffixes);
    if (length > suffix && !strcasecmp(name + length - suffix, *suffixes)) return true;
  }
  return false;
}

/* The length of a name without the ending of what it is packed with. */
static size_t unpacked_length(const char *name)
{
  static const char *const packed[] = {".gz", ".zst", ".zstd", NULL};
  return has_suffix(name, packed) ? (size_t)(strrchr(name, '.') - name) : strlen(name);
}

static SourceFormat guess_by_name(const char *name)
{
  static const struct {
    const char  *suffix;
    SourceFormat format;
  } endings[] = {{".txt", FROM_TEXT},    {".text", FROM_TEXT},    {".md", FROM_TEXT},         {".html", FROM_HTML},
                 {".htm", FROM_HTML},    {".xhtml", FROM_HTML},   {".xml", FROM_XML},         {".tei", FROM_XML},
                 {".akn", FROM_XML},     {".dbk", FROM_XML},      {".docx", FROM_WORD},       {".odt", FROM_WORD},
                 {".eml", FROM_MAIL},    {".pdf", FROM_PDF},      {".jsonl", FROM_JSONL},     {".ndjson", FROM_JSONL},
                 {".jsonlines", FROM_JSONL}};
  size_t length = unpacked_length(name);
  for (size_t i = 0; i < sizeof endings / sizeof *endings; ++i) {
    size_t suffix = strlen(endings[i].suffix);
    if (length > suffix && !strncasecmp(name + length - suffix, endings[i].suffix, suffix)) return endings[i].format;
  }
  return FROM_GUESS;
}

static bool begins(const char *data, size_t bytes, const char *word)
{
  size_t length = strlen(word);
  return bytes >= length && !strncasecmp(data, word, length);
}

/* XML that says it is a page is one. */
static SourceFormat guess_xml(const char *data, size_t bytes)
{
  for (size_t i = 0; i + 5 < bytes; ++i) {
    if (begins(data + i, bytes - i, "<html") || begins(data + i, bytes - i, "<!doctype html")) return FROM_HTML;
  }
  return FROM_XML;
}

/* Heads that a mail program writes, and no person. */
static bool is_mail(const char *data, size_t bytes)
{
  static const char *const heads[] = {"Return-Path:", "Received:", "Delivered-To:", "MIME-Version:", "Message-ID:"};
  for (size_t i = 0; i < sizeof heads / sizeof *heads; ++i) {
    if (begins(data, bytes, heads[i])) return true;
  }
  return false;
}

/* An object's first key follows its brace; a page opens with its declaration or first tags. */
static SourceFormat guess_by_content(const char *data, size_t bytes)
{
  static const char *const tags[] = {"<!doctype html", "<html",    "<head", "<body", "<title", "<meta",
                                     "<article", "<div",  "<p>",   "<h1",    "<!--"};
  if (begins(data, bytes, byte_order_mark)) data += 3, bytes -= 3;
  if (begins(data, bytes, "%PDF-")) return FROM_PDF;
  if (begins(data, bytes, "PK\x03\x04")) return FROM_WORD;
  if (is_mail(data, bytes)) return FROM_MAIL;
  while (bytes && strchr(" \t\r\n\f", *data) && *data) data++, bytes--;
  for (size_t i = 0; i < sizeof tags / sizeof *tags; ++i) {
    if (begins(data, bytes, tags[i])) return FROM_HTML;
  }
  if (begins(data, bytes, "<?xml")) return guess_xml(data, bytes);
  if (!begins(data, bytes, "{")) return FROM_TEXT;
  for (data++, bytes--; bytes && (*data == ' ' || *data == '\t'); data++, bytes--) continue;
  return bytes && (*data == '"' || *data == '}') ? FROM_JSONL : FROM_TEXT;
}

ClaimantStatus input_guess(Input *input, SourceFormat *format)
{
  *format = guess_by_name(input->name);
  if (*format != FROM_GUESS) return CLAIMANT_OK;
  ClaimantStatus st = read_up_to(input, 1024);
  if (st) return st;
  *format = guess_by_content(input->bytes.data + input->taken, input->bytes.size - input->taken);
  return CLAIMANT_OK;
}

ClaimantFormat format_of(SourceFormat format)
{
  switch (format) {
  case FROM_HTML: return CLAIMANT_HTML;
  case FROM_XML: return CLAIMANT_XML;
  case FROM_WORD: return CLAIMANT_WORD;
  case FROM_MAIL: return CLAIMANT_MAIL;
  case FROM_PDF: return CLAIMANT_PDF;
  default: return CLAIMANT_TEXT;
  }
}

const char *foreign_kind(SourceFormat format, const char *data, size_t bytes)
{
  static const struct {
    const char *start, *kind;
  } kinds[] = {
      {"%PDF-", "a PDF file"},
      {"PK\x03\x04", "a ZIP archive (a word processor's file, perhaps)"},
      {"{\\rtf", "an RTF file"},
      {"\xd0\xcf\x11\xe0", "an old word processor's file, or one with a password"},
  };
  size_t first = format == FROM_TEXT || format == FROM_HTML ? 0 : 2;
  for (size_t i = first; i < sizeof kinds / sizeof *kinds; ++i) {
    if (begins(data, bytes, kinds[i].start)) return kinds[i].kind;
  }
  return NULL;
}

/* ---- Taking ---------------------------------------------------------------------------------- */

ClaimantStatus input_all(Input *input, const char **data, size_t *bytes)
{
  ClaimantStatus st = read_up_to(input, input->most + 1);
  *data = input->bytes.data ? input->bytes.data + input->taken : "";
  *bytes = input->bytes.size - input->taken;
  if (!st && *bytes > input->most) return CLAIMANT_TOO_LARGE;
  return st;
}

/* Offset of the next line break in what is not yet taken, reading on as needed; at the end of
 * the input, of the end. */
static ClaimantStatus find_break(Input *input, size_t *at)
{
  for (;;) {
    const Buffer *bytes = &input->bytes;
    size_t        left = bytes->size - input->searched;
    const char   *found = left ? memchr(bytes->data + input->searched, input->separator, left) : NULL;
    *at = found ? (size_t)(found - bytes->data) : bytes->size;
    if (found || input->ended) return CLAIMANT_OK;
    input->searched = bytes->size;
    if (bytes->size - input->taken > (input->max_line ? input->max_line : (size_t)MAX_LINE_BYTES)) return CLAIMANT_TOO_LARGE;
    ClaimantStatus st = read_more(input);
    if (st) return st;
  }
}

/* Drops the rest of a line that is too large. */
static ClaimantStatus skip_line(Input *input)
{
  size_t         at;
  ClaimantStatus st;
  do {
    input->taken = input->searched = input->bytes.size;
    st = find_break(input, &at);
  } while (st == CLAIMANT_TOO_LARGE);
  input->taken = input->searched = at < input->bytes.size ? at + 1 : at;
  return st;
}

ClaimantStatus input_line(Input *input, const char **line, size_t *bytes)
{
  *line = NULL;
  size_t         at = 0;
  ClaimantStatus st = find_break(input, &at);
  if (st && st != CLAIMANT_TOO_LARGE) return st;
  if (!st && at == input->taken && at == input->bytes.size) return CLAIMANT_OK;
  input->line++;
  if (st) {
    st = skip_line(input);
    return st ? st : CLAIMANT_TOO_LARGE;
  }
  *line = input->bytes.data + input->taken;
  *bytes = at - input->taken;
  input->taken = input->searched = at < input->bytes.size ? at + 1 : at;
  if (input->separator == '\n' && *bytes && (*line)[*bytes - 1] == '\r') --*bytes;
  if (input->line == 1 && begins(*line, *bytes, byte_order_mark)) *line += 3, *bytes -= 3;
  return CLAIMANT_OK;
}
