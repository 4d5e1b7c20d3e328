#include "vocab/draft.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/unicode.h"
#include "base/utf8.h"
#include "vocab/term.h"
#include "vocab/vocab.h"

enum { TOLD_ONE_BY_ONE = 5, MOST_CLASSES = 64 };

DraftList *draft_list(Draft *draft) { return &draft->lists[draft->current]; }

ClaimantStatus draft_add_list(Draft *draft, DraftList list)
{
  DraftList *lists = arena_grow(draft->arena, draft->lists, draft->list_count, &draft->list_capacity, sizeof *lists);
  if (!lists) return CLAIMANT_NO_MEMORY;
  draft->lists = lists;
  draft->current = draft->list_count;
  lists[draft->list_count++] = list;
  return CLAIMANT_OK;
}

ClaimantStatus draft_use_class(Draft *draft, size_t home, const char *class)
{
  draft->current = home;
  for (size_t i = home; class && i < draft->list_count; ++i)
    if (draft->lists[i].class && !strcmp(draft->lists[i].class, class)) {
      draft->current = i;
      return CLAIMANT_OK;
    }
  if (!class || draft->list_count - home > MOST_CLASSES) return CLAIMANT_OK;
  const DraftList *of = &draft->lists[home];
  DraftList        part = *of;
  part.class = class;
  part.terms = 0;
  memset(part.told, 0, sizeof part.told);
  return draft_add_list(draft, part);
}

/* ---- What is at fault ---- */

static const char *const codes[TELL_COUNT] = {
    [TELL_SYNTAX] = "vocab-turtle",     [TELL_IRI] = "vocab-iri",
    [TELL_LABEL] = "vocab-label",       [TELL_COMMON] = "vocab-common-word",
    [TELL_REPEATED] = "vocab-repeated", [TELL_IDENTIFIER] = "vocab-identifier",
    [TELL_CROWD] = "vocab-crowd",
};

static void tell(Draft *draft, DraftList *list, TellKind kind, size_t line, const char *format, va_list arguments)
{
  if (list->told[kind]++ >= TOLD_ONE_BY_ONE) return;
  const char *message = arena_vprintf(draft->arena, format, arguments);
  diagnostics_add(draft->diagnostics, draft->lenient ? CLAIMANT_WARNING : CLAIMANT_ERROR, codes[kind],
                  (Place){.file = list->path, .line = line}, "%s", message ? message : "out of memory");
}

void draft_tell(Draft *draft, TellKind kind, size_t line, const char *format, ...)
{
  va_list arguments;
  va_start(arguments, format);
  tell(draft, draft_list(draft), kind, line, format, arguments);
  va_end(arguments);
}

void draft_tell_of(Draft *draft, size_t list, TellKind kind, size_t line, const char *format, ...)
{
  va_list arguments;
  va_start(arguments, format);
  tell(draft, &draft->lists[list], kind, line, format, arguments);
  va_end(arguments);
}

void draft_tell_rest(Draft *draft)
{
  static const char *const faults[TELL_COUNT] = {
      [TELL_SYNTAX] = "statements that cannot be read",
      [TELL_IRI] = "concepts without an absolute IRI",
      [TELL_LABEL] = "labels that cannot be names",
      [TELL_COMMON] = "labels that are ordinary words too",
      [TELL_REPEATED] = "labels that stand there more than once",
      [TELL_IDENTIFIER] = "identifiers in conflict",
      [TELL_CROWD] = "labels that too many concepts share",
  };
  for (size_t i = 0; i < draft->list_count; ++i)
    for (size_t kind = 0; kind < TELL_COUNT; ++kind) {
      size_t told = draft->lists[i].told[kind];
      if (told > TOLD_ONE_BY_ONE)
        diagnostics_add(draft->diagnostics, draft->lenient ? CLAIMANT_WARNING : CLAIMANT_ERROR, codes[kind],
                        (Place){.file = draft->lists[i].path}, "and %zu more %s", told - TOLD_ONE_BY_ONE, faults[kind]);
    }
}

/* ---- Reading ---- */

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

/* A single word that any text holds, "May" or "Will": not an acronym, which is written otherwise. */
static bool is_common(const Draft *draft, const Buffer *term, WordKey key)
{
  if (!draft->words || key.bytes != term->size) return false;
  size_t capitals = 0;
  for (size_t at = 0, length; at < term->size; at += length)
    capitals += unicode_is_upper(utf8_decode(term->data + at, &length));
  return capitals <= key.upper && vocab_has(draft->words, vocab_list(draft->words, "dictionary"), term->data, term->size);
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
    diagnostics_add(draft->diagnostics, draft->lenient ? CLAIMANT_WARNING : CLAIMANT_ERROR, "vocab-term", place,
                    "\"%.*s\" %s %d bytes", (int)utf8_cut(folded->data, 40), folded->data, wanted, TERM_MAX_BYTES);
    return CLAIMANT_OK;
  }
  DraftTerm *terms =
      arena_grow(draft->arena, draft->terms, draft->term_count, &draft->term_capacity, sizeof *terms);
  char *text = arena_copy(draft->arena, folded->data, folded->size);
  if (!terms || !text) return CLAIMANT_NO_MEMORY;
  draft->terms = terms;
  bool common = is_common(draft, folded, key);
  if (common)
    draft_tell(draft, TELL_COMMON, line, "\"%s\", a label of <%.100s>, is an ordinary word too: it is linked, but not found by itself",
               text, concept);
  terms[draft->term_count++] = (DraftTerm){.text = text,
                                           .concept = concept,
                                           .hash = key.hash,
                                           .bytes = (uint16_t)folded->size,
                                           .list = (uint16_t)draft->current,
                                           .fold = fold,
                                           .scan = list->scan,
                                           .common = common,
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
