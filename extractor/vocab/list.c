#include <string.h>

#include "vocab/draft.h"

typedef struct {
  const char *text;
  size_t      bytes;
} Slice;

static Slice trim(Slice slice)
{
  while (slice.bytes && strchr(" \t\r", slice.text[0])) ++slice.text, --slice.bytes;
  while (slice.bytes && strchr(" \t\r", slice.text[slice.bytes - 1])) --slice.bytes;
  return slice;
}

static bool is(Slice slice, const char *word)
{
  return slice.bytes == strlen(word) && !memcmp(slice.text, word, slice.bytes);
}

/* Splits "key: value"; false when the line is a comment. */
static bool header_line(Slice line, Slice *key, Slice *value)
{
  size_t end = 0;
  while (end < line.bytes && line.text[end] >= 'a' && line.text[end] <= 'z') ++end;
  if (!end || end == line.bytes || line.text[end] != ':') return false;
  *key = (Slice){line.text, end};
  *value = trim((Slice){line.text + end + 1, line.bytes - end - 1});
  return true;
}

static ClaimantStatus add_text(Draft *draft, const char **text, Slice value)
{
  *text = *text ? arena_printf(draft->arena, "%s; %.*s", *text, (int)value.bytes, value.text)
                : arena_copy(draft->arena, value.text, value.bytes);
  return *text ? CLAIMANT_OK : CLAIMANT_NO_MEMORY;
}

static void complain(Draft *draft, size_t line, Slice found, const char *expected)
{
  diagnostics_add(draft->diagnostics, CLAIMANT_ERROR, "vocab-header",
                  (Place){.file = draft_list(draft)->path, .line = line},
                  "\"%.*s\" is unknown here: expected %s", (int)found.bytes, found.text, expected);
}

static ClaimantStatus read_header(Draft *draft, Slice key, Slice value, size_t line)
{
  DraftList *list = draft_list(draft);
  if (is(key, "title")) return add_text(draft, &list->title, value);
  if (is(key, "source")) return add_text(draft, &list->source, value);
  if (is(key, "licence")) return add_text(draft, &list->licence, value);
  if (is(key, "case")) {
    if (!is(value, "fold") && !is(value, "exact")) complain(draft, line, value, "exact or fold");
    list->fold = is(value, "fold");
  } else if (is(key, "scan")) {
    if (!is(value, "yes") && !is(value, "no")) complain(draft, line, value, "yes or no");
    list->scan = !is(value, "no");
  } else {
    complain(draft, line, key, "title, source, licence, case or scan");
  }
  return CLAIMANT_OK;
}

static ClaimantStatus read_line(Draft *draft, Slice line, size_t number)
{
  Slice key, value;
  line = trim(line);
  if (!line.bytes) return CLAIMANT_OK;
  if (line.text[0] != '#') {
    draft_list(draft)->terms++;
    return draft_term(draft, line.text, line.bytes, draft_list(draft)->fold, NULL, number);
  }
  Slice rest = trim((Slice){line.text + 1, line.bytes - 1});
  if (!header_line(rest, &key, &value)) return CLAIMANT_OK;
  if (!draft_list(draft)->terms) return read_header(draft, key, value, number);
  complain(draft, number, line, "a term: the header stands before the first one");
  return CLAIMANT_OK;
}

ClaimantStatus draft_read_list(Draft *draft)
{
  const char    *text;
  size_t         bytes, number = 0;
  ClaimantStatus status = draft_load(draft, draft_list(draft)->path, &text, &bytes);
  for (size_t at = 0; !status && at < bytes; ++at) {
    const char *end = memchr(text + at, '\n', bytes - at);
    size_t      length = end ? (size_t)(end - text) - at : bytes - at;
    status = read_line(draft, (Slice){text + at, length}, ++number);
    at += length;
  }
  return status;
}
