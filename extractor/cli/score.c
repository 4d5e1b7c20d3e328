/* claimant score: what was found against a measure. */
#include "cli/input.h"
#include "cli/output.h"

#include "review/score.h"
#include "write/json.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

typedef struct {
  json_t *records; /* an array */
  size_t  failed;  /* records of letters that failed */
} Records;

static int bad_line(const Input *input, const char *what)
{
  say(input->name, input->line, "%s; a line as claimant -t jsonl writes it was expected", what);
  return STATUS_BAD_DATA;
}

static int read_record(Records *records, const Input *input, const char *line, size_t bytes)
{
  json_error_t error;
  json_t      *record = json_loadb(line, bytes, JSON_REJECT_DUPLICATES, &error);
  if (!record) return bad_line(input, error.text);
  bool failed = json_object_get(record, "error") != NULL;
  int  status = GO_ON;
  records->failed += failed;
  if (!json_is_object(record)) status = bad_line(input, "this is no object");
  else if (!failed && !json_is_string(json_object_get(record, "sha256"))) status = bad_line(input, "there is no \"sha256\"");
  else if (!failed && json_array_append(records->records, record)) status = STATUS_INTERNAL;
  json_decref(record);
  return status;
}

static int read_records(Records *records, const char *path)
{
  Input          input;
  int            status = GO_ON;
  ClaimantStatus st = input_open(&input, path);
  *records = (Records){.records = json_array()};
  if (!records->records) st = CLAIMANT_NO_MEMORY;
  while (!st && status == GO_ON) {
    const char *line;
    size_t      bytes = 0;
    st = input_line(&input, &line, &bytes);
    if (st || !line) break;
    if (strspn(line, " \t\r") < bytes) status = read_record(records, &input, line, bytes);
  }
  if (st == CLAIMANT_NO_INPUT) say(input.name, 0, "cannot be read: %s", strerror(errno));
  else if (st) say(input.name, input.line, "%s", claimant_status_text(st));
  if (st) status = status_of(st);
  if (status == GO_ON && !json_array_size(records->records)) {
    say(input.name, 0, "there is no letter in it");
    status = STATUS_BAD_DATA;
  }
  input_close(&input);
  return status;
}

static const char *hash_of(const json_t *record) { return json_string_value(json_object_get(record, "sha256")); }

/* The same bytes, else the same id. */
static const json_t *partner_of(const json_t *gold, const json_t *records)
{
  const json_t *id = json_object_get(gold, "id"), *named = NULL;
  for (size_t i = 0; i < json_array_size(records); ++i) {
    const json_t *record = json_array_get(records, i);
    if (!strcmp(hash_of(record), hash_of(gold))) return record;
    if (id && json_equal(id, json_object_get(record, "id"))) named = record;
  }
  return named;
}

static const char *name_of(const json_t *record)
{
  const char *name = json_string_value(json_object_get(record, "id"));
  return name ? name : hash_of(record);
}

static int score_all(Score *score, const Records *gold, const Records *system, const char *file)
{
  int status = GO_ON;
  for (size_t i = 0; i < json_array_size(gold->records); ++i) {
    const json_t *wanted = json_array_get(gold->records, i), *found = partner_of(wanted, system->records);
    const char   *fault = NULL;
    if (!found) {
      say(file, 0, "the letter %s is not in it, and counts as missed", name_of(wanted));
      status = STATUS_SOME_FAILED;
    } else if (strcmp(hash_of(found), hash_of(wanted)) != 0) {
      say(file, 0, "the letter %s has other bytes here than in the measure, so that places mean nothing", name_of(wanted));
      return STATUS_BAD_DATA;
    }
    ClaimantStatus st = score_add(score, wanted, found, &fault);
    if (!st) continue;
    say(file, 0, "%s: %s", name_of(wanted), fault ? fault : claimant_status_text(st));
    return status_of(st);
  }
  return status;
}

/* ---- Printing ---- */

static double share(size_t part, size_t whole) { return whole ? (double)part / (double)whole : 0; }

static double f1(size_t right, const ScoreRow *row) { return share(2 * right, row->gold + row->found); }

static void print_text(const Score *score, Buffer *out)
{
  buffer_printf(out, "%-16s %6s %6s  %27s  %27s\n", "type", "gold", "found", "exact: precision recall F1",
                "half: precision recall F1");
  for (size_t i = 0; i < score->count; ++i) {
    const ScoreRow *row = &score->rows[i];
    buffer_printf(out, "%-16s %6zu %6zu", row->type, row->gold, row->found);
    for (int half = 0; half < 2; ++half) {
      size_t right = half ? row->overlap : row->exact;
      buffer_printf(out, "  %16.1f %5.1f %4.1f", 100 * share(right, row->found), 100 * share(right, row->gold),
                    100 * f1(right, row));
    }
    buffer_append_byte(out, '\n');
  }
}

static void put_figures(Json *json, const char *key, size_t right, const ScoreRow *row)
{
  json_key(json, key);
  json_begin(json, '{');
  json_key(json, "precision"), json_put_share(json, share(right, row->found));
  json_key(json, "recall"), json_put_share(json, share(right, row->gold));
  json_key(json, "f1"), json_put_share(json, f1(right, row));
  json_end(json, '}');
}

static void print_json(const Score *score, Buffer *out)
{
  Json json = {.out = out};
  json_begin(&json, '[');
  for (size_t i = 0; i < score->count; ++i) {
    const ScoreRow *row = &score->rows[i];
    json_begin(&json, '{');
    json_key(&json, "type"), json_put_string(&json, row->type);
    json_key(&json, "gold"), json_put_size(&json, row->gold);
    json_key(&json, "found"), json_put_size(&json, row->found);
    put_figures(&json, "exact", row->exact, row);
    put_figures(&json, "half", row->overlap, row);
    json_end(&json, '}');
  }
  json_end(&json, ']');
  buffer_append_byte(out, '\n');
}

static int score_files(const Options *options, Output *output)
{
  Score   score = {.arena = arena_new()};
  Records gold = {0}, system = {0};
  int     status = score.arena ? read_records(&gold, options->files[0]) : STATUS_INTERNAL;
  if (status == GO_ON) status = read_records(&system, options->files[1]);
  if (status == GO_ON) status = score_all(&score, &gold, &system, options->files[1]);
  if (status == GO_ON || status == STATUS_SOME_FAILED) {
    if (!score_sum(&score)) status = STATUS_INTERNAL;
    else if (options->format && !strcmp(options->format, "json")) print_json(&score, &output->pending);
    else print_text(&score, &output->pending);
  }
  json_decref(gold.records);
  json_decref(system.records);
  arena_free(score.arena);
  return status;
}

int command_score(int argc, char **argv)
{
  Options options;
  Output  output;
  int     status = options_parse(OF_SCORE, argc, argv, &options);
  if (status != GO_ON) return status;
  bool known = !options.format || !strcmp(options.format, "text") || !strcmp(options.format, "json");
  if (options.file_count != 2 || !known) {
    return usage_fault(&options, "%s",
                       known ? "score takes two files, the measure and what was found" : "--format is text or json here");
  }
  if (!output_open(&output, options.output)) return STATUS_OUTPUT;
  status = score_files(&options, &output);
  bool keep = status == GO_ON || status == STATUS_SOME_FAILED;
  int  written = output_finish(&output, keep);
  if (keep && written) return written;
  return status == GO_ON ? STATUS_FINE : status;
}
