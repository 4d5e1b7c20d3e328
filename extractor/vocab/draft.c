#include "vocab/draft.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "vocab/term.h"

DraftList *draft_list(Draft *draft) { return &draft->lists[draft->list_count - 1]; }

static ClaimantStatus read_all(const char *path, Buffer *content)
{
  FILE *file = fopen(path, "re");
  if (!file) return CLAIMANT_NO_INPUT;
  char   chunk[16384];
  size_t got;
  while ((got = fread(chunk, 1, sizeof chunk, file)) > 0) buffer_append(content, chunk, got);
  ClaimantStatus status = ferror(file)      ? CLAIMANT_NO_INPUT
                          : content->failed ? CLAIMANT_NO_MEMORY
                                            : CLAIMANT_OK;
  int            failure = errno;
  fclose(file);
  errno = failure;
  return status;
}

/* Bytes before the first that is 0 or not UTF-8. */
static size_t text_prefix(const Buffer *content)
{
  size_t      valid = utf8_valid_prefix(content->data, content->size);
  const char *zero = valid ? memchr(content->data, '\0', valid) : NULL;
  return zero ? (size_t)(zero - content->data) : valid;
}

static size_t line_of(const char *text, size_t offset)
{
  size_t line = 1;
  for (size_t i = 0; i < offset; ++i) line += text[i] == '\n';
  return line;
}

ClaimantStatus draft_load(Draft *draft, const char *path, const char **text, size_t *bytes)
{
  Buffer         content = {0};
  ClaimantStatus status = read_all(path, &content);
  if (status == CLAIMANT_NO_INPUT)
    diagnostics_add(draft->diagnostics, CLAIMANT_ERROR, "vocab-read", (Place){.file = path},
                    "cannot be read: %s", strerror(errno));
  size_t valid = status ? 0 : text_prefix(&content);
  if (!status && valid < content.size) {
    diagnostics_add(draft->diagnostics, CLAIMANT_ERROR, "vocab-encoding",
                    (Place){.file = path, .line = line_of(content.data, valid)},
                    "expected text in UTF-8, found a byte that cannot stand in it");
    status = CLAIMANT_BAD_DATA;
  }
  if (!status) {
    *text = arena_copy(draft->arena, content.data, content.size);
    *bytes = content.size;
    if (!*text) status = CLAIMANT_NO_MEMORY;
  }
  buffer_free(&content);
  return status;
}

static ClaimantStatus add_term(Draft *draft, const Buffer *folded, bool fold, const char *concept,
                               size_t line)
{
  DraftList *list = draft_list(draft);
  Place      place = {.file = list->path, .line = line};
  WordKey    key = word_key(folded->data, folded->size);
  if (!key.bytes || folded->size > TERM_MAX_BYTES) {
    const char *wanted = key.bytes ? "is too long for a term: expected at most"
                                   : "cannot begin a term: expected a "
                                     "letter or digit first, and at most";
    diagnostics_add(draft->diagnostics, CLAIMANT_ERROR, "vocab-term", place, "\"%.40s\" %s %d bytes",
                    folded->data, wanted, TERM_MAX_BYTES);
    return CLAIMANT_OK;
  }
  DraftTerm *terms =
      arena_grow(draft->arena, draft->terms, draft->term_count, &draft->term_capacity, sizeof *terms);
  char *text = arena_copy(draft->arena, folded->data, folded->size);
  if (!terms || !text) return CLAIMANT_NO_MEMORY;
  draft->terms = terms;
  terms[draft->term_count++] = (DraftTerm){.text = text,
                                           .concept = concept,
                                           .hash = key.hash,
                                           .bytes = (uint16_t)folded->size,
                                           .list = (uint16_t)(draft->list_count - 1),
                                           .fold = fold,
                                           .scan = list->scan,
                                           .line = line};
  return CLAIMANT_OK;
}

ClaimantStatus draft_term(Draft *draft, const char *term, size_t bytes, bool fold, const char *concept,
                          size_t line)
{
  Buffer folded = {0};
  term_fold(&folded, term, bytes, fold);
  ClaimantStatus status = folded.failed ? CLAIMANT_NO_MEMORY : CLAIMANT_OK;
  if (!status && folded.size) status = add_term(draft, &folded, fold, concept, line);
  buffer_free(&folded);
  return status;
}

ClaimantStatus draft_value(Draft *draft, const char *concept, const char *property, const char *value)
{
  DraftValue *values =
      arena_grow(draft->arena, draft->values, draft->value_count, &draft->value_capacity, sizeof *values);
  if (!values) return CLAIMANT_NO_MEMORY;
  draft->values = values;
  values[draft->value_count++] = (DraftValue){concept, property, value};
  return CLAIMANT_OK;
}
