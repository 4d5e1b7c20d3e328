/* claimant extract: letters in, graphs or lines of JSON out. */
#include "cli/decisions.h"
#include "cli/filter.h"
#include "cli/input.h"
#include "cli/options.h"
#include "cli/letters.h"
#include "cli/output.h"
#include "cli/profile.h"
#include "cli/where.h"

#include "read/jsonl.h"
#include "review/apply.h"
#include "write/json.h"
#include "write/jsonl.h"
#include "write/timeline.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct {
  const Options    *options;
  ClaimantRules    *rules;
  ClaimantRuleCost *costs; /* NULL: nobody asks */
  DecisionSet       decisions; /* of reviewers; none unless --decisions is given */
  Output            output;
  size_t            done, failed; /* letters */
  int               failure;      /* the status that all failures share, or STATUS_SOME_FAILED */
  int               stop;         /* GO_ON, or the status to exit with at once */
  bool              lines_seen;   /* JSON Lines were read: each of them has an answer */
  bool              types_checked;
  bool              head_written; /* the first letter is out */
} Run;

/* One letter: where it stands and what is known of it. */
typedef struct {
  const char  *place;
  size_t       line; /* of the JSON Lines file, else 0 */
  const char  *date, *genre, *language;
  const char  *remark; /* on the line that gave it, or NULL */
  WriteOptions write;
} Letterhead;

typedef struct {
  ClaimantStatus status;
  const char    *code; /* NULL: the status's own */
  const char    *message;
  const char    *rule;
} Fault;

/* ---- What goes wrong ------------------------------------------------------------------------ */

static const char *fault_code(ClaimantStatus status)
{
  switch (status) {
  case CLAIMANT_OK: return "ok";
  case CLAIMANT_NO_MEMORY: return "no-memory";
  case CLAIMANT_BAD_ARGUMENT: return "bad-argument";
  case CLAIMANT_BAD_RULES: return "bad-rules";
  case CLAIMANT_BAD_DATA: return "bad-data";
  case CLAIMANT_NO_INPUT: return "cannot-read";
  case CLAIMANT_TOO_LARGE: return "too-large";
  case CLAIMANT_LIMIT: return "limit";
  case CLAIMANT_OUTPUT: return "output";
  case CLAIMANT_INTERNAL: return "internal";
  }
  return "internal";
}

static bool writes_lines(const Run *run)
{
  return run->options->write == write_jsonl || run->options->write == write_timeline_json;
}

/* A letter failed: its record is written, or a person is told; the run goes on. */
static void fail_letter(Run *run, const Letterhead *head, Fault fault)
{
  int         status = head->line ? STATUS_SOME_FAILED : status_of(fault.status);
  const char *message = fault.message ? fault.message : claimant_status_text(fault.status);
  if (run->failed++ == 0) run->failure = status;
  if (run->failure != status) run->failure = STATUS_SOME_FAILED;
  if (writes_lines(run)) {
    ErrorRecord record = {.id_json = head->write.id_json,
                          .line = head->line,
                          .code = fault.code ? fault.code : fault_code(fault.status),
                          .message = message,
                          .rule = fault.rule};
    write_error_record(&record, &run->output.pending);
    if (head->line) return;
  }
  if (fault.rule) say(head->place, head->line, "%s (rule %s)", message, fault.rule);
  else say(head->place, head->line, "%s", message);
}

static const ClaimantDiagnostic *first_error(const Diagnostics *list)
{
  for (size_t i = 0; i < list->count; ++i) {
    if (list->items[i].severity == CLAIMANT_ERROR) return &list->items[i];
  }
  return NULL;
}

static Fault fault_from(ClaimantStatus status, const Diagnostics *list)
{
  const ClaimantDiagnostic *diagnostic = list ? first_error(list) : NULL;
  Fault                     fault = {.status = status};
  if (!diagnostic) return fault;
  fault.code = diagnostic->code;
  fault.message = diagnostic->message;
  fault.rule = diagnostic->rule;
  return fault;
}

/* ---- One letter -------------------------------------------------------------------------------- */

/* A file without text is a mistake; in a row of documents it is a document with nothing in it. */
static bool accept_empty(Run *run, const Letterhead *head, const Document *document)
{
  bool empty = false;
  for (size_t i = 0; i < document->diagnostics.count; ++i) {
    if (!strcmp(document->diagnostics.items[i].code, "empty")) empty = true;
  }
  if (!empty || head->line) return true;
  fail_letter(run, head,
              (Fault){.status = CLAIMANT_BAD_DATA,
                      .code = "empty",
                      .message = "there is no text in it; a letter was expected"});
  return false;
}

static void tell_diagnostics(const Run *run, const Letterhead *head, const Diagnostics *list)
{
  if (head->line && writes_lines(run)) return; /* they are in the line's answer */
  for (size_t i = 0; i < list->count; ++i) {
    ClaimantDiagnostic diagnostic = list->items[i];
    if (diagnostic.severity == CLAIMANT_NOTE) continue;
    diagnostic.file = head->place;
    if (head->line) diagnostic.line = head->line, diagnostic.column = 0;
    say_diagnostic(head->place, &diagnostic);
  }
}

/* What decisions say of it is done to it. False: it failed, and that is told. */
static bool review_letter(Run *run, const Letterhead *head, Document *document)
{
  static const ReviewKeep keeps[2][2] = {{KEEP_ALL, DROP_REJECTED}, {KEEP_ACCEPTED, KEEP_ACCEPTED}};
  const Options          *options = run->options;
  if (!options->decision_count) return true;
  char          *name = letter_name(head->write.id_json, head->place);
  LetterKey      key = {name, document->sha256};
  ClaimantStatus st = CLAIMANT_NO_MEMORY;
  if (name) {
    decisions_tell_lost(&run->decisions, &key, document);
    st = review_apply(&run->decisions, &key, keeps[options->only_accepted][options->exclude_rejected], document);
    filter_entities(document);
  }
  free(name);
  if (st) fail_letter(run, head, (Fault){.status = st});
  return !st;
}

static void write_letter(Run *run, const Letterhead *head, Document *document)
{
  Diagnostics  report = {.arena = document->arena};
  WriteOptions options = head->write;
  options.report = &report;
  if (head->remark)
    diagnostics_add(&document->diagnostics, CLAIMANT_WARNING, "bad-date", (Place){0}, "%s", head->remark);
  if (!review_letter(run, head, document)) return;
  filter_items(run->options, document);
  options.with_head = !run->head_written;
  ClaimantStatus st = run->options->write(document, &options, &run->output.pending);
  if (!st) {
    run->head_written = true;
    tell_diagnostics(run, head, &document->diagnostics);
    return;
  }
  fail_letter(run, head, fault_from(st, &report));
  if (st == CLAIMANT_BAD_ARGUMENT && !head->line) run->stop = STATUS_USAGE;
}

/* `source`, where the bytes came from, is emptied once they are not needed: a large letter is in
 * memory often enough. */
static void extract_letter(Run *run, const Letterhead *head, ClaimantInput *input, Input *source)
{
  Document *document = NULL;
  input->name = head->place;
  input->date = head->date ? head->date : run->options->date;
  input->genre = head->genre ? head->genre : run->options->genre;
  input->language = head->language ? head->language : run->options->language;
  input->plain = run->options->plain;
  input->costs = run->costs;
  ClaimantStatus st = claimant_extract(run->rules, input, &document);
  if (source) buffer_free(&source->bytes);
  if (st) {
    fail_letter(run, head, fault_from(st, document ? &document->diagnostics : NULL));
  } else if (!run->types_checked && !check_types(run->options, document->rules)) {
    run->stop = STATUS_USAGE;
  } else if (accept_empty(run, head, document)) {
    run->types_checked = true;
    write_letter(run, head, document);
  }
  claimant_document_free(document);
  if (!output_ready(&run->output)) run->stop = run->output.failed ? STATUS_OUTPUT : STATUS_FINE;
}

/* ---- Files --------------------------------------------------------------------------------------- */

/* `path` names the file where `head` does not. */
static void fail_to_read(Run *run, const Letterhead *head, const char *path, ClaimantStatus status)
{
  char  message[1024];
  Fault fault = {.status = status, .message = message};
  if (status == CLAIMANT_NO_INPUT) {
    snprintf(message, sizeof message, "%s%scannot be read: %s", path ? path : "", path ? " " : "",
             strerror(errno));
  } else if (status == CLAIMANT_TOO_LARGE) {
    snprintf(message, sizeof message, "too large; a letter of at most %d MiB was expected",
             LETTER_MAX_BYTES >> 20);
  } else {
    fault.message = NULL;
  }
  fail_letter(run, head, fault);
}

static void fail_as_foreign(Run *run, const Letterhead *head, const char *kind)
{
  char message[256];
  snprintf(message, sizeof message, "%s; text, HTML or JSON Lines in UTF-8 was expected", kind);
  fail_letter(run, head, (Fault){.status = CLAIMANT_BAD_DATA, .code = "not-text", .message = message});
}

/* A whole file is one letter; `path` names it where `head` does not. */
static void extract_whole(Run *run, const Letterhead *head, const char *path, Input *source,
                          SourceFormat format)
{
  const char    *data, *kind;
  size_t         bytes;
  ClaimantStatus st = input_all(source, &data, &bytes);
  if (st) {
    fail_to_read(run, head, path, st);
  } else if ((kind = foreign_kind(data, bytes))) {
    fail_as_foreign(run, head, kind);
  } else {
    ClaimantFormat as = format == FROM_HTML ? CLAIMANT_HTML : CLAIMANT_TEXT;
    extract_letter(run, head, &(ClaimantInput){.data = data, .size = bytes, .format = as}, source);
  }
}

/* The file that a line names. */
static void extract_path(Run *run, const Letterhead *head, const char *path)
{
  Input          input;
  SourceFormat   format = FROM_GUESS;
  ClaimantStatus st = input_open(&input, path);
  if (!st) st = input_guess(&input, &format);
  if (st) fail_to_read(run, head, path, st);
  else extract_whole(run, head, path, &input, format);
  input_close(&input);
}

/* ---- JSON Lines ------------------------------------------------------------------------------------ */

static bool is_blank_line(const char *line, size_t bytes)
{
  for (size_t i = 0; i < bytes; ++i) {
    if (!strchr(" \t\r\v\f", line[i]) || !line[i]) return false;
  }
  return true;
}

static void extract_line(Run *run, const char *place, size_t number, const char *text, size_t bytes)
{
  JsonLine       line;
  ClaimantStatus st = jsonl_read(text, bytes, &line);
  Letterhead     head = {
          .place = place, .line = number, .date = line.date, .genre = line.genre,
          .language = line.language, .remark = line.remark};
  head.write = (WriteOptions){.id_json = line.id_json,
                              .base = run->options->base,
                              .doc_iri = line.iri,
                              .timestamp = run->options->timestamp,
                              .compact = run->options->compact,
                              .no_words = run->options->no_quotes,
                              .with_text = line.path || line.format == CLAIMANT_HTML};
  run->done++;
  if (st) {
    fail_letter(run, &head, (Fault){.status = st, .code = line.error_code, .message = line.error_message});
  } else if (line.path) {
    extract_path(run, &head, line.path);
  } else {
    ClaimantInput input = {.data = line.text, .size = line.size, .format = line.format};
    extract_letter(run, &head, &input, NULL);
  }
  jsonl_free(&line);
}

/* A reader who waits for an answer gets it before we wait for a question. */
static void flush_before_wait(void *user)
{
  Run *run = user;
  output_flush(&run->output);
}

static void extract_lines(Run *run, Input *input)
{
  size_t failed_before = run->failed, first = run->done;
  run->lines_seen = true;
  input->before_wait = flush_before_wait;
  input->user = run;
  while (run->stop == GO_ON) {
    const char    *line;
    size_t         bytes = 0;
    ClaimantStatus st = input_line(input, &line, &bytes);
    Letterhead     head = {.place = input->name, .line = input->line};
    if (!st && !line) break;
    if (!st && is_blank_line(line, bytes)) continue;
    if (!st) {
      extract_line(run, input->name, input->line, line, bytes);
    } else {
      run->done++;
      if (st != CLAIMANT_TOO_LARGE) head.line = 0; /* the file itself fails, and ends here */
      fail_to_read(run, &head, NULL, st);
      if (st != CLAIMANT_TOO_LARGE) break;
    }
    if (run->output.closed || run->output.failed) break;
  }
  if (run->failed > failed_before && writes_lines(run)) {
    say(input->name, 0, "%zu of %zu letters failed; their lines say why", run->failed - failed_before,
        run->done - first);
  }
}

/* ---- The command ------------------------------------------------------------------------------------- */

static bool name_letter(const char *name, Buffer *id)
{
  Json json = {.out = id};
  json_put_string(&json, name);
  return !id->failed;
}

static void extract_file(Run *run, const char *path)
{
  Buffer         id = {0};
  Input          input;
  SourceFormat   format = run->options->from;
  ClaimantStatus st = input_open(&input, path);
  if (!st && format == FROM_GUESS) st = input_guess(&input, &format);
  if (!st && format == FROM_JSONL && run->options->doc_iri) {
    say(input.name, 0,
        "JSON Lines hold many letters, and --doc-iri names one; their field \"iri\" was expected");
    run->stop = STATUS_USAGE;
  } else if (!st && format == FROM_JSONL) {
    extract_lines(run, &input);
  } else if (!name_letter(path, &id)) {
    run->stop = STATUS_INTERNAL;
  } else {
    Letterhead head = {.place = input.name};
    head.write = (WriteOptions){.id_json = id.data,
                                .base = run->options->base,
                                .doc_iri = run->options->doc_iri,
                                .timestamp = run->options->timestamp,
                              .compact = run->options->compact,
                              .no_words = run->options->no_quotes,
                                .with_text = true};
    run->done++;
    if (st) fail_to_read(run, &head, NULL, st);
    else extract_whole(run, &head, NULL, &input, format);
  }
  input_close(&input);
  buffer_free(&id);
}

static int finish(Run *run)
{
  bool all_failed = run->failed && run->failed == run->done && !run->lines_seen;
  int  status = output_finish(&run->output, run->stop == GO_ON && !all_failed);
  if (run->output.closed) return STATUS_FINE;
  if (status) return status;
  if (run->stop != GO_ON) return run->stop;
  if (!run->failed) return STATUS_FINE;
  return run->failed == run->done ? run->failure : STATUS_SOME_FAILED;
}

/* A table for a person, CSV for whatever else reads it. */
static int choose_timeline(Options *options)
{
  static const struct {
    const char *name;
    WriteFn     write;
  } formats[] = {{"table", write_timeline_table}, {"csv", write_timeline_csv}, {"json", write_timeline_json}};
  const char *name = options->format;
  if (!options->timeline) {
    if (!name) return GO_ON;
    say(NULL, 0, "--format is for explain, check and -t timeline; -t was expected (claimant --help shows how)");
    return STATUS_USAGE;
  }
  if (!name) name = !options->output && isatty(STDOUT_FILENO) ? "table" : "csv";
  for (size_t i = 0; i < sizeof formats / sizeof *formats; ++i) {
    if (!strcmp(name, formats[i].name)) return options->write = formats[i].write, GO_ON;
  }
  say(NULL, 0, "unknown format \"%s\" for --format; table, csv or json was expected", name);
  return STATUS_USAGE;
}

static int read_decisions(Run *run)
{
  if (!run->options->decision_count) return GO_ON;
  run->decisions.arena = arena_new();
  if (!run->decisions.arena) return STATUS_INTERNAL;
  return decisions_open(&run->decisions, (char *const *)run->options->decisions, run->options->decision_count);
}

int command_extract(int argc, char **argv)
{
  Options options;
  Run     run = {.options = &options, .stop = GO_ON};
  int     status = options_parse(argc, argv, &options);
  if (status == GO_ON) status = choose_timeline(&options);
  if (status == GO_ON) status = open_rules(&options, false, &run.rules);
  if (status != GO_ON) return status;
  status = read_decisions(&run);
  if (status != GO_ON) {
    claimant_rules_free(run.rules);
    arena_free(run.decisions.arena);
    return status;
  }
  if (options.profile) run.costs = profile_new(run.rules);
  if (output_open(&run.output, options.output)) {
    for (size_t i = 0; i < options.file_count && run.stop == GO_ON; ++i) extract_file(&run, options.files[i]);
  } else {
    run.stop = STATUS_OUTPUT;
  }
  status = finish(&run);
  profile_print(run.rules, run.costs);
  free(run.costs);
  arena_free(run.decisions.arena);
  claimant_rules_free(run.rules);
  return status;
}
