/* claimant diff: what changed between two outputs, letter by letter. */
#include "cli/filter.h"
#include "cli/input.h"
#include "cli/output.h"

#include "review/diff.h"
#include "write/json.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A line of the old output, kept as it is until the letter is met in the new one. */
typedef struct {
  char  *key;  /* the letter's id as JSON; owned */
  char  *line; /* owned */
  size_t bytes, number;
  bool   met;
} Line;

typedef struct {
  Line  *lines;
  size_t count, capacity;
} Lines;

typedef struct {
  char  *name;  /* owned */
  size_t counts[3]; /* by DiffKind */
} Count;

typedef struct {
  Count *counts;
  size_t count;
} Counts;

typedef struct {
  const Options *options;
  bool           json, failed; /* failed: out of memory */
  Buffer         out;
  Json           writer;
  Lines          old;
  Line         **index; /* the old lines, by key, then by place */
  size_t         same, differ, gone, come, failing; /* letters */
  size_t         kinds[3];
  Counts         types, rules;
} Run;

/* ---- Reading ------------------------------------------------------------------------------------- */

static int bad_line(const char *file, size_t line, const char *what)
{
  say(file, line, "%s; a line as claimant -t jsonl writes it was expected", what);
  return STATUS_BAD_DATA;
}

static int read_record(const char *file, size_t number, const char *line, size_t bytes, json_t **record)
{
  json_error_t error;
  *record = json_loadb(line, bytes, JSON_REJECT_DUPLICATES, &error);
  if (!*record) return bad_line(file, number, error.text);
  bool whole = json_is_object(*record) && json_object_get(*record, "id");
  bool answer = json_is_string(json_object_get(*record, "sha256")) && json_is_array(json_object_get(*record, "items"));
  if (whole && (answer || json_is_object(json_object_get(*record, "error")))) return GO_ON;
  json_decref(*record);
  *record = NULL;
  return bad_line(file, number, "there is no \"id\" with \"sha256\" and \"items\", or with \"error\", in it");
}

/* What tells letters apart: the id, or for lines that had none, the number of the line. */
static char *key_of(const json_t *record)
{
  const json_t *id = json_object_get(record, "id"), *line = json_object_get(record, "line");
  char         *key = NULL;
  if (!json_is_null(id) || !line) return json_dumps(id, JSON_ENCODE_ANY | JSON_COMPACT | JSON_SORT_KEYS);
  return asprintf(&key, "line %" JSON_INTEGER_FORMAT, json_integer_value(line)) < 0 ? NULL : key;
}

typedef int (*LineFn)(Run *run, const char *file, size_t number, const char *line, size_t bytes, json_t *record);

static int read_lines(Run *run, const char *path, LineFn take)
{
  Input          input;
  int            status = GO_ON;
  ClaimantStatus st = input_open(&input, path);
  while (!st && status == GO_ON) {
    const char *line;
    size_t      bytes = 0;
    json_t     *record = NULL;
    st = input_line(&input, &line, &bytes);
    if (st || !line) break;
    if (strspn(line, " \t\r") >= bytes) continue;
    status = read_record(input.name, input.line, line, bytes, &record);
    if (status == GO_ON) status = take(run, input.name, input.line, line, bytes, record);
    json_decref(record);
  }
  if (st == CLAIMANT_NO_INPUT) say(input.name, 0, "cannot be read: %s", strerror(errno));
  else if (st) say(input.name, input.line, "%s", claimant_status_text(st));
  if (st) status = status_of(st);
  input_close(&input);
  return status;
}

static int keep_line(Run *run, const char *file, size_t number, const char *line, size_t bytes, json_t *record)
{
  Lines *lines = &run->old;
  (void)file;
  if (lines->count == lines->capacity) {
    size_t capacity = lines->capacity ? 2 * lines->capacity : 64;
    Line  *grown = realloc(lines->lines, capacity * sizeof *grown);
    if (!grown) return STATUS_INTERNAL;
    lines->lines = grown;
    lines->capacity = capacity;
  }
  Line *kept = &lines->lines[lines->count];
  *kept = (Line){.key = key_of(record), .line = malloc(bytes + 1), .bytes = bytes, .number = number};
  lines->count++;
  if (!kept->key || !kept->line) return STATUS_INTERNAL;
  memcpy(kept->line, line, bytes);
  kept->line[bytes] = '\0';
  return GO_ON;
}

static int by_key(const void *left, const void *right)
{
  const Line *a = *(Line *const *)left, *b = *(Line *const *)right;
  int         order = strcmp(a->key, b->key);
  return order ? order : (a->number > b->number) - (a->number < b->number);
}

static bool index_lines(Run *run)
{
  run->index = calloc(run->old.count + 1, sizeof *run->index);
  for (size_t i = 0; run->index && i < run->old.count; ++i) run->index[i] = &run->old.lines[i];
  if (run->index && run->old.count) qsort(run->index, run->old.count, sizeof *run->index, by_key);
  return run->index;
}

/* The first with this id that was not met yet: letters of one id are paired in their order. */
static Line *find_line(Run *run, const char *key)
{
  size_t low = 0, high = run->old.count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    int    order = strcmp(run->index[middle]->key, key);
    if (order < 0 || (!order && run->index[middle]->met)) low = middle + 1;
    else high = middle;
  }
  return low < run->old.count && !strcmp(run->index[low]->key, key) ? run->index[low] : NULL;
}

/* ---- Counting -------------------------------------------------------------------------------------- */

static void count_name(Run *run, Counts *counts, const char *name, DiffKind kind)
{
  size_t i = 0;
  while (i < counts->count && strcmp(counts->counts[i].name, name) != 0) i++;
  if (i == counts->count) {
    Count *grown = realloc(counts->counts, (counts->count + 1) * sizeof *grown);
    if (grown) counts->counts = grown, grown[counts->count] = (Count){.name = strdup(name)};
    if (!grown || !grown[counts->count++].name) {
      run->failed = true;
      return;
    }
  }
  counts->counts[i].counts[kind]++;
}

static const char *text_of(const json_t *item, const char *name)
{
  const char *text = json_string_value(json_object_get(item, name));
  return text ? text : "-";
}

static int by_name(const void *left, const void *right)
{
  return strcmp(((const Count *)left)->name, ((const Count *)right)->name);
}

/* ---- Telling ----------------------------------------------------------------------------------------- */

static const char *const kind_names[] = {
    [DIFF_GAINED] = "gained", [DIFF_LOST] = "lost", [DIFF_ALTERED] = "altered"};

static const json_t *item_of(const DiffChange *change) { return change->after ? change->after : change->before; }

/* A value on one line; a role by its words where it has some. */
static void put_value(Run *run, const json_t *value)
{
  const json_t *words = json_object_get(value, "text");
  if (!words) words = json_object_get(value, "ref");
  if (words) value = words;
  char *text = value ? json_dumps(value, JSON_ENCODE_ANY | JSON_SORT_KEYS | JSON_COMPACT) : NULL;
  if (value && !text) run->failed = true;
  buffer_append_string(&run->out, text ? text : "nothing");
  free(text);
}

static void tell_field(void *user, const char *field, const json_t *before, const json_t *after)
{
  Run *run = user;
  buffer_printf(&run->out, "    %s: ", field);
  put_value(run, before);
  buffer_append_string(&run->out, " -> ");
  put_value(run, after);
  buffer_append_byte(&run->out, '\n');
}

static void tell_change(Run *run, const DiffChange *change)
{
  static const char marks[] = {[DIFF_GAINED] = '+', [DIFF_LOST] = '-', [DIFF_ALTERED] = '~'};
  const json_t     *item = item_of(change);
  buffer_printf(&run->out, "%c %s %" JSON_INTEGER_FORMAT "-%" JSON_INTEGER_FORMAT " ", marks[change->kind], text_of(item, "type"),
                json_integer_value(json_object_get(item, "start")), json_integer_value(json_object_get(item, "end")));
  if (json_object_get(item, "text")) put_value(run, json_object_get(item, "text"));
  buffer_printf(&run->out, " (%s)\n", text_of(item, "rule"));
  if (change->kind == DIFF_ALTERED) diff_fields(change->before, change->after, tell_field, run);
}

static void put_json(Run *run, const char *key, const json_t *value)
{
  char *text = value ? json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT) : NULL;
  if (value && !text) run->failed = true;
  json_key(&run->writer, key);
  json_put_raw(&run->writer, text ? text : "null");
  free(text);
}

static void write_field(void *user, const char *field, const json_t *before, const json_t *after)
{
  Run *run = user;
  json_begin(&run->writer, '{');
  json_key(&run->writer, "field"), json_put_string(&run->writer, field);
  put_json(run, "old", before);
  put_json(run, "new", after);
  json_end(&run->writer, '}');
}

static void write_change(Run *run, const DiffChange *change)
{
  json_begin(&run->writer, '{');
  json_key(&run->writer, "change"), json_put_string(&run->writer, kind_names[change->kind]);
  json_key(&run->writer, "type"), json_put_string(&run->writer, text_of(item_of(change), "type"));
  json_key(&run->writer, "rule"), json_put_string(&run->writer, text_of(item_of(change), "rule"));
  if (change->before) put_json(run, "old", change->before);
  if (change->after) put_json(run, "new", change->after);
  if (change->kind == DIFF_ALTERED) {
    json_key(&run->writer, "fields");
    json_begin(&run->writer, '[');
    diff_fields(change->before, change->after, write_field, run);
    json_end(&run->writer, ']');
  }
  json_end(&run->writer, '}');
}

/* Of a letter that both have: its name, what kept its items from being compared, its head, its items. */
typedef struct {
  const char       *key, *remark;
  const json_t     *before, *after;
  const DiffChange *changes;
  size_t            count;
} LetterDiff;

static void tell_letter(Run *run, const LetterDiff *letter)
{
  buffer_printf(&run->out, "%s\n", letter->key);
  if (letter->remark) buffer_printf(&run->out, "! %s\n", letter->remark);
  size_t start = run->out.size;
  buffer_append_string(&run->out, "~ letter\n");
  size_t named = run->out.size;
  if (letter->after) diff_heads(letter->before, letter->after, tell_field, run);
  if (run->out.size == named && run->out.data) run->out.size = start, run->out.data[start] = '\0';
  for (size_t i = 0; i < letter->count; ++i) tell_change(run, &letter->changes[i]);
  buffer_append_byte(&run->out, '\n');
}

static void write_letter(Run *run, const LetterDiff *letter)
{
  run->writer = (Json){.out = &run->out};
  json_begin(&run->writer, '{');
  json_key(&run->writer, "id");
  if (*letter->key == 'l') json_put_string(&run->writer, letter->key);
  else json_put_raw(&run->writer, letter->key);
  if (letter->remark) json_key(&run->writer, "remark"), json_put_string(&run->writer, letter->remark);
  json_key(&run->writer, "letter");
  json_begin(&run->writer, '[');
  if (letter->after) diff_heads(letter->before, letter->after, write_field, run);
  json_end(&run->writer, ']');
  json_key(&run->writer, "changes");
  json_begin(&run->writer, '[');
  for (size_t i = 0; i < letter->count; ++i) write_change(run, &letter->changes[i]);
  json_end(&run->writer, ']');
  json_end(&run->writer, '}');
  buffer_append_byte(&run->out, '\n');
}

static void put_letter(Run *run, const LetterDiff *letter)
{
  if (run->json) write_letter(run, letter);
  else tell_letter(run, letter);
}

/* ---- Letters ------------------------------------------------------------------------------------------- */

static size_t keep_wanted(const Run *run, DiffChange *changes, size_t count)
{
  size_t kept = 0;
  for (size_t i = 0; i < count; ++i) {
    const DiffChange *change = &changes[i];
    bool              old = change->before && type_is_listed(run->options->types, text_of(change->before, "type"));
    bool              new = change->after && type_is_listed(run->options->types, text_of(change->after, "type"));
    if (old || new) changes[kept++] = *change;
  }
  return kept;
}

static void put_items(Run *run, LetterDiff *letter, Diff *diff)
{
  letter->changes = diff->changes;
  letter->count = keep_wanted(run, diff->changes, diff->count);
  if (diff->moved) letter->remark = "answers to different bytes: items are compared by their identifiers alone";
  for (size_t i = 0; i < letter->count; ++i) {
    const DiffChange *change = &letter->changes[i];
    run->kinds[change->kind]++;
    count_name(run, &run->types, text_of(item_of(change), "type"), change->kind);
    count_name(run, &run->rules, text_of(item_of(change), "rule"), change->kind);
  }
  bool differs = letter->count || diff->moved || diff_heads_differ(letter->before, letter->after);
  run->same += !differs;
  run->differ += differs;
  if (differs) put_letter(run, letter);
}

/* One of the two failed, or both did. */
static void put_failed(Run *run, LetterDiff *letter)
{
  const json_t *old = json_object_get(letter->before, "error"), *new = json_object_get(letter->after, "error");
  run->failing += new && !old;
  if (old && new && json_equal(old, new)) {
    run->same++;
    return;
  }
  letter->remark = !new ? "failed before, and is answered now" : !old ? "was answered before, and fails now" : "fails for another reason now";
  letter->before = letter->after = NULL;
  run->differ++;
  put_letter(run, letter);
}

static int compare(Run *run, const char *file, size_t number, const Line *line, const json_t *after)
{
  json_t     *before = NULL;
  const char *fault = NULL;
  int         bad = 0, status = read_record(run->options->files[0], line->number, line->line, line->bytes, &before);
  LetterDiff  letter = {.key = line->key, .before = before, .after = after};
  if (status != GO_ON) return status;
  Diff           diff;
  Arena         *arena = arena_new();
  ClaimantStatus st = arena ? CLAIMANT_OK : CLAIMANT_NO_MEMORY;
  if (json_object_get(before, "error") || json_object_get(after, "error")) put_failed(run, &letter);
  else if (!st && !(st = diff_letters(arena, before, after, &diff, &fault, &bad))) put_items(run, &letter, &diff);
  if (fault) status = bad_line(bad ? file : run->options->files[0], bad ? number : line->number, fault);
  else if (st) status = status_of(st);
  arena_free(arena);
  json_decref(before);
  return status;
}

static int take_new(Run *run, const char *file, size_t number, const char *line, size_t bytes, json_t *record)
{
  (void)line;
  (void)bytes;
  char *key = key_of(record);
  if (!key) return STATUS_INTERNAL;
  Line *old = find_line(run, key);
  int   status = GO_ON;
  if (old) {
    old->met = true;
    status = compare(run, file, number, old, record);
    free(old->line);
    old->line = NULL;
  } else {
    LetterDiff letter = {.key = key, .remark = "only in the new output"};
    run->come++;
    put_letter(run, &letter);
  }
  free(key);
  return status;
}

static void put_gone(Run *run)
{
  for (size_t i = 0; i < run->old.count; ++i) {
    LetterDiff letter = {.key = run->old.lines[i].key, .remark = "only in the old output"};
    if (run->old.lines[i].met) continue;
    run->gone++;
    put_letter(run, &letter);
  }
}

/* ---- The sum --------------------------------------------------------------------------------------------- */

static void tell_counts(Run *run, const char *name, const Counts *counts)
{
  if (!counts->count) return;
  buffer_printf(&run->out, "%-32s %8s %8s %8s\n", name, "gained", "lost", "altered");
  for (size_t i = 0; i < counts->count; ++i)
    buffer_printf(&run->out, "%-32s %8zu %8zu %8zu\n", counts->counts[i].name, counts->counts[i].counts[DIFF_GAINED],
                  counts->counts[i].counts[DIFF_LOST], counts->counts[i].counts[DIFF_ALTERED]);
  buffer_append_byte(&run->out, '\n');
}

static void write_counts(Run *run, const char *name, const Counts *counts)
{
  json_key(&run->writer, name);
  json_begin(&run->writer, '{');
  for (size_t i = 0; i < counts->count; ++i) {
    json_key(&run->writer, counts->counts[i].name);
    json_begin(&run->writer, '{');
    for (DiffKind kind = DIFF_GAINED; kind <= DIFF_ALTERED; ++kind)
      json_key(&run->writer, kind_names[kind]), json_put_size(&run->writer, counts->counts[i].counts[kind]);
    json_end(&run->writer, '}');
  }
  json_end(&run->writer, '}');
}

static void put_sum(Run *run)
{
  const struct {
    const char *name;
    size_t      count;
  } sums[] = {{"same", run->same}, {"differ", run->differ}, {"onlyOld", run->gone}, {"onlyNew", run->come}, {"failing", run->failing}};
  if (run->types.count) qsort(run->types.counts, run->types.count, sizeof *run->types.counts, by_name);
  if (run->rules.count) qsort(run->rules.counts, run->rules.count, sizeof *run->rules.counts, by_name);
  if (!run->json) {
    tell_counts(run, "type", &run->types);
    tell_counts(run, "rule", &run->rules);
    buffer_printf(&run->out, "letters: %zu the same, %zu differ, %zu only in the old output, %zu only in the new one, %zu fail anew\n",
                  run->same, run->differ, run->gone, run->come, run->failing);
    buffer_printf(&run->out, "items: %zu gained, %zu lost, %zu altered\n", run->kinds[DIFF_GAINED], run->kinds[DIFF_LOST],
                  run->kinds[DIFF_ALTERED]);
    return;
  }
  run->writer = (Json){.out = &run->out};
  json_begin(&run->writer, '{');
  json_key(&run->writer, "letters");
  json_begin(&run->writer, '{');
  for (size_t i = 0; i < sizeof sums / sizeof *sums; ++i)
    json_key(&run->writer, sums[i].name), json_put_size(&run->writer, sums[i].count);
  json_end(&run->writer, '}');
  json_key(&run->writer, "items");
  json_begin(&run->writer, '{');
  for (DiffKind kind = DIFF_GAINED; kind <= DIFF_ALTERED; ++kind)
    json_key(&run->writer, kind_names[kind]), json_put_size(&run->writer, run->kinds[kind]);
  json_end(&run->writer, '}');
  write_counts(run, "types", &run->types);
  write_counts(run, "rules", &run->rules);
  json_end(&run->writer, '}');
  buffer_append_byte(&run->out, '\n');
}

/* ---- The command -------------------------------------------------------------------------------------------- */

static void free_counts(Counts *counts)
{
  for (size_t i = 0; i < counts->count; ++i) free(counts->counts[i].name);
  free(counts->counts);
}

static void free_run(Run *run)
{
  for (size_t i = 0; i < run->old.count; ++i) {
    free(run->old.lines[i].key);
    free(run->old.lines[i].line);
  }
  free(run->old.lines);
  free(run->index);
  free_counts(&run->types);
  free_counts(&run->rules);
  buffer_free(&run->out);
}

static int run_diff(Run *run)
{
  int status = read_lines(run, run->options->files[0], keep_line);
  if (status == GO_ON && !index_lines(run)) status = STATUS_INTERNAL;
  if (status == GO_ON) status = read_lines(run, run->options->files[1], take_new);
  if (status != GO_ON) return status;
  put_gone(run);
  put_sum(run);
  if (run->failed || run->out.failed) return STATUS_INTERNAL;
  return run->differ || run->gone || run->come ? STATUS_SOME_FAILED : STATUS_FINE;
}

int command_diff(int argc, char **argv)
{
  Options options;
  Output  output;
  int     status = options_parse(OF_DIFF, argc, argv, &options);
  if (status != GO_ON) return status;
  const char *format = options.format ? options.format : "text";
  Run         run = {.options = &options, .json = !strcmp(format, "json")};
  if (!run.json && strcmp(format, "text") != 0) return usage_fault(&options, "--format is text or json here");
  if (options.file_count != 2) return usage_fault(&options, "diff takes two files, the old output and the new one");
  if (!output_open(&output, options.output)) return STATUS_OUTPUT;
  status = run_diff(&run);
  if (status == STATUS_INTERNAL) say(NULL, 0, "out of memory");
  bool keep = status == STATUS_FINE || status == STATUS_SOME_FAILED;
  if (keep) output_put(&output, run.out.data, run.out.size);
  int written = output_finish(&output, keep);
  free_run(&run);
  return keep && written ? written : status;
}
