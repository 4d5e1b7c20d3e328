#include "cli/letters.h"

#include "read/jsonl.h"

#include <dirent.h>
#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static bool fail_to_read(const LetterTaker *taker, const char *name)
{
  say(name, 0, "cannot be read: %s", strerror(errno));
  return taker->fail(taker->user, STATUS_NO_INPUT);
}

static bool fail(const LetterTaker *taker, const char *place, size_t line, ClaimantStatus st)
{
  say(place, line, "%s", claimant_status_text(st));
  return taker->fail(taker->user, status_of(st));
}

/* All that is left of an input, as the letter that `source` begins to describe. */
static bool take_whole(const LetterTaker *taker, Input *input, LetterSource *source)
{
  const char    *kind;
  ClaimantStatus st = input_all(input, &source->data, &source->bytes);
  if (st == CLAIMANT_NO_INPUT) return fail_to_read(taker, input->name);
  if (st) return fail(taker, input->name, 0, st);
  if (!(kind = foreign_kind(source->format, source->data, source->bytes))) return taker->take(taker->user, source);
  say(input->name, 0, "%s; text or HTML in UTF-8 was expected", kind);
  return taker->fail(taker->user, STATUS_BAD_DATA);
}

/* ---- JSON Lines ---- */

/* A file that a line names. */
static bool take_path(const LetterTaker *taker, const char *path, LetterSource *source)
{
  Input          input;
  bool           more;
  ClaimantStatus st = input_open(&input, path);
  if (!st) st = input_guess(&input, &source->format);
  if (st) {
    more = fail_to_read(taker, path);
  } else if (source->format == FROM_JSONL) {
    say(path, 0, "JSON Lines hold many letters; the text or HTML of one was expected");
    more = taker->fail(taker->user, STATUS_BAD_DATA);
  } else {
    more = take_whole(taker, &input, source);
  }
  input_close(&input);
  return more;
}

char *letter_name(const char *id_json, const char *otherwise)
{
  if (!id_json) return strdup(otherwise);
  json_t *id = json_loads(id_json, JSON_DECODE_ANY, NULL);
  char   *name = strdup(json_is_string(id) ? json_string_value(id) : id_json);
  json_decref(id);
  return name;
}

/* Its id, or where there is none its place. */
static char *name_of(const char *id_json, const Input *input)
{
  char *place;
  if (id_json) return letter_name(id_json, NULL);
  return asprintf(&place, "%s:%zu", input->name, input->line) < 0 ? NULL : place;
}

static bool take_line(const LetterTaker *taker, const Input *input, const char *text, size_t bytes)
{
  JsonLine       line;
  bool           more;
  ClaimantStatus st = jsonl_read(text, bytes, &line);
  char          *name = name_of(line.id_json, input);
  LetterSource   source = {.name = name, .date = line.date, .genre = line.genre, .language = line.language, .iri = line.iri,
                           .data = line.text, .bytes = line.size, .format = line.format == CLAIMANT_HTML ? FROM_HTML : FROM_TEXT};
  if (!name) {
    more = fail(taker, input->name, input->line, CLAIMANT_NO_MEMORY);
  } else if (st) {
    say(input->name, input->line, "%s", line.error_message ? line.error_message : claimant_status_text(st));
    more = taker->fail(taker->user, status_of(st));
  } else {
    more = line.path ? take_path(taker, line.path, &source) : taker->take(taker->user, &source);
  }
  free(name);
  jsonl_free(&line);
  return more;
}

static bool take_lines(const LetterTaker *taker, Input *input)
{
  for (;;) {
    const char    *line;
    size_t         bytes = 0;
    ClaimantStatus st = input_line(input, &line, &bytes);
    if (!st && !line) return true;
    if (!st && strspn(line, " \t\r\v\f") >= bytes) continue;
    if (st == CLAIMANT_NO_INPUT) return fail_to_read(taker, input->name);
    bool more = st ? fail(taker, input->name, input->line, st) : take_line(taker, input, line, bytes);
    if (!more || (st && st != CLAIMANT_TOO_LARGE)) return more;
  }
}

/* ---- Files and folders ---- */

bool letters_in_file(const char *path, SourceFormat format, const LetterTaker *taker)
{
  Input          input;
  bool           more;
  ClaimantStatus st = input_open(&input, path);
  if (!st && format == FROM_GUESS) st = input_guess(&input, &format);
  LetterSource source = {.name = input.name, .format = format};
  if (st) more = fail_to_read(taker, input.name);
  else if (format == FROM_JSONL) more = take_lines(taker, &input);
  else more = take_whole(taker, &input, &source);
  input_close(&input);
  return more;
}

static int is_shown(const struct dirent *entry) { return entry->d_name[0] != '.'; }

static int by_bytes(const struct dirent **a, const struct dirent **b) { return strcmp((*a)->d_name, (*b)->d_name); }

static bool take_entry(const char *folder, const char *name, const LetterTaker *taker)
{
  struct stat about;
  char       *path;
  if (asprintf(&path, "%s/%s", folder, name) < 0) return fail(taker, folder, 0, CLAIMANT_NO_MEMORY);
  bool more = true;
  if (stat(path, &about)) more = fail_to_read(taker, path);
  else if (S_ISDIR(about.st_mode)) more = letters_in_folder(path, taker);
  else if (S_ISREG(about.st_mode)) more = letters_in_file(path, FROM_GUESS, taker);
  free(path);
  return more;
}

bool letters_in_folder(const char *path, const LetterTaker *taker)
{
  struct dirent **entries;
  int             count = scandir(path, &entries, is_shown, by_bytes);
  if (count < 0) return fail_to_read(taker, path);
  bool more = true;
  for (int i = 0; i < count; ++i) {
    if (more) more = take_entry(path, entries[i]->d_name, taker);
    free(entries[i]);
  }
  free(entries);
  return more;
}
