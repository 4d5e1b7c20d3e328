#include "cli/answer.h"

#include "cli/filter.h"
#include "cli/letters.h"
#include "cli/signals.h"
#include "read/jsonl.h"
#include "review/apply.h"
#include "write/json.h"
#include "write/jsonl.h"
#include "write/table.h"
#include "write/timeline.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A task while it is worked on. */
typedef struct {
  const Job        *job;
  Answer           *answer;
  ClaimantRuleCost *costs;
  const char       *place;
  size_t            line; /* of the JSON Lines file, else 0 */
  const char       *date, *genre, *language;
  const char       *remark; /* on the line that gave it, or NULL */
  WriteOptions      write;
} Work;

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
  case CLAIMANT_CANCELLED: return "cancelled";
  }
  return "internal";
}

/* The record goes where the answer would have gone, if that is made of lines. */
static bool writes_records(const Job *job)
{
  return job->store || job->options->write == write_jsonl || job->options->write == write_timeline_json;
}

/* A letter failed: its record is written, or a person is told; the run goes on. */
static void fail(Work *work, Fault fault)
{
  Answer     *answer = work->answer;
  const char *message = fault.message ? fault.message : claimant_status_text(fault.status);
  answer->failed = true;
  answer->status = work->line ? STATUS_SOME_FAILED : status_of(fault.status);
  answer->code = fault.code ? fault.code : fault_code(fault.status);
  if (writes_records(work->job)) {
    ErrorRecord record = {.id_json = work->write.id_json,
                          .line = work->line,
                          .code = answer->code,
                          .message = message,
                          .rule = fault.rule};
    write_error_record(&record, &answer->out);
    if (work->line) return;
  }
  if (fault.rule) say_into(&answer->messages, work->place, work->line, "%s (rule %s)", message, fault.rule);
  else say_into(&answer->messages, work->place, work->line, "%s", message);
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

/* `path` names the file where the place does not. */
static void fail_to_read(Work *work, const char *path, ClaimantStatus status, int error)
{
  char  message[1024];
  Fault fault = {.status = status, .message = message};
  if (status == CLAIMANT_NO_INPUT && error == EINTR && signals_asked()) {
    work->answer->abandoned = true;
    return;
  }
  if (status == CLAIMANT_NO_INPUT) {
    snprintf(message, sizeof message, "%s%scannot be read: %s", path ? path : "", path ? " " : "",
             input_error(error));
  } else if (status == CLAIMANT_TOO_LARGE) {
    snprintf(message, sizeof message, "too large; a letter of at most %zu bytes was expected",
             work->job->options->max_bytes);
  } else {
    fault.message = NULL;
  }
  fail(work, fault);
}

/* ---- One letter -------------------------------------------------------------------------------- */

/* A file without text is a mistake; in a row of documents it is a document with nothing in it. */
static bool accept_empty(Work *work, const Document *document)
{
  bool empty = false;
  for (size_t i = 0; i < document->diagnostics.count; ++i) {
    if (!strcmp(document->diagnostics.items[i].code, "empty")) empty = true;
  }
  if (!empty || work->line) return true;
  fail(work, (Fault){.status = CLAIMANT_BAD_DATA,
                     .code = "empty",
                     .message = "there is no text in it; a letter was expected"});
  return false;
}

static void tell_diagnostics(Work *work, const Diagnostics *list)
{
  if (work->line && (work->job->options->write == write_jsonl || work->job->options->write == write_timeline_json))
    return; /* they are in the line's answer */
  for (size_t i = 0; i < list->count; ++i) {
    ClaimantDiagnostic diagnostic = list->items[i];
    if (diagnostic.severity == CLAIMANT_NOTE) continue;
    diagnostic.file = work->place;
    if (work->line) diagnostic.line = work->line, diagnostic.column = 0;
    say_diagnostic_into(&work->answer->messages, work->place, &diagnostic);
  }
}

/* What decisions say of it is done to it. False: it failed, and that is told. */
static bool review_letter(Work *work, Document *document)
{
  static const ReviewKeep keeps[2][2] = {{KEEP_ALL, DROP_REJECTED}, {KEEP_ACCEPTED, KEEP_ACCEPTED}};
  const Options          *options = work->job->options;
  if (!work->job->decisions) return true;
  char          *name = letter_name(work->write.id_json, work->place);
  LetterKey      key = {name, document->sha256};
  ClaimantStatus st = CLAIMANT_NO_MEMORY;
  if (name) {
    decisions_tell_lost(work->job->decisions, &key, document);
    st = review_apply(work->job->decisions, &key, keeps[options->only_accepted][options->exclude_rejected], document);
    filter_entities(document);
  }
  free(name);
  if (st) fail(work, (Fault){.status = st});
  return !st;
}

/* One after another, without the names of columns. */
static ClaimantStatus write_tables(const Work *work, const Document *document, WriteOptions options)
{
  ClaimantStatus st = CLAIMANT_OK;
  options.with_head = false;
  for (size_t i = 0; i < work->job->table_count && !st; ++i) {
    options.table = work->job->tables[i];
    st = write_table(document, &options, &work->answer->out);
    work->answer->ends[i] = work->answer->out.size;
  }
  return st;
}

/* What several letters in one output have but once. */
static void find_frame(Work *work)
{
  static const char root[] = "</rdf:RDF>\n";
  Answer           *answer = work->answer;
  const char       *out = answer->out.data, *start = NULL, *end = NULL;
  if (work->write.with_head) start = strstr(out, "\r\n");
  if (start) answer->head = (size_t)(start + 2 - out);
  if (work->job->options->write != write_rdfxml) return;
  start = strstr(out, "<rdf:RDF");
  end = start ? strstr(start, ">\n") : NULL;
  if (end) answer->head = (size_t)(end + 2 - out);
  if (end) answer->tail = sizeof root - 1;
}

static void write_letter(Work *work, Document *document)
{
  Diagnostics  report = {.arena = document->arena};
  WriteOptions options = work->write;
  options.report = &report;
  if (work->remark)
    diagnostics_add(&document->diagnostics, CLAIMANT_WARNING, "bad-date", (Place){0}, "%s", work->remark);
  if (!review_letter(work, document)) return;
  filter_items(work->job->options, document);
  work->answer->items = document->item_count;
  if (work->job->options->text) buffer_append(&work->answer->text, document->letter->text, document->letter->size);
  ClaimantStatus st = work->job->tables ? write_tables(work, document, options)
                                        : work->job->options->write(document, &options, &work->answer->out);
  if (!st) {
    if (!work->job->tables && !work->job->store) find_frame(work);
    tell_diagnostics(work, &document->diagnostics);
    tell_diagnostics(work, &report);
    return;
  }
  fail(work, fault_from(st, &report));
  if (st == CLAIMANT_BAD_ARGUMENT && !work->line) work->answer->stop = STATUS_USAGE;
}

/* Known by its bytes, a letter that was answered before is passed over. */
static bool is_answered(Work *work, const ClaimantInput *input)
{
  const Store *store = work->job->store;
  if (!store) return false;
  sha256_hex(input->data, input->size, work->answer->sha256);
  if (store_has(store, work->answer->sha256)) work->answer->skipped = true;
  return work->answer->skipped;
}

/* `source`, where the bytes came from, is emptied once they are not needed: a large letter is in
 * memory often enough. */
static void extract_letter(Work *work, ClaimantInput *input, Input *source)
{
  const Options *options = work->job->options;
  Document      *document = NULL;
  work->answer->bytes = input->size;
  if (is_answered(work, input)) return;
  input->name = work->place;
  input->date = work->date ? work->date : options->date;
  input->genre = work->genre ? work->genre : options->genre;
  input->language = work->language ? work->language : options->language;
  input->plain = options->plain;
  input->timeout = options->timeout;
  input->costs = work->costs;
  ClaimantStatus st = claimant_extract(work->job->rules, input, &document);
  if (source) buffer_free(&source->bytes);
  if (st) fail(work, fault_from(st, document ? &document->diagnostics : NULL));
  else if (accept_empty(work, document)) write_letter(work, document);
  claimant_document_free(document);
}

/* ---- Files --------------------------------------------------------------------------------------- */

static void fail_as_foreign(Work *work, const char *kind)
{
  char message[256];
  snprintf(message, sizeof message, "%s; text, HTML or another format that -f names was expected", kind);
  fail(work, (Fault){.status = CLAIMANT_BAD_DATA, .code = "not-text", .message = message});
}

/* A whole file is one letter; `path` names it where the place does not. */
static void extract_whole(Work *work, const char *path, Input *source, SourceFormat format)
{
  const char    *data, *kind;
  size_t         bytes;
  source->most = work->job->options->max_bytes;
  ClaimantStatus st = input_all(source, &data, &bytes);
  if (st) {
    fail_to_read(work, path, st, errno);
  } else if ((kind = foreign_kind(format, data, bytes))) {
    fail_as_foreign(work, kind);
  } else {
    extract_letter(work, &(ClaimantInput){.data = data, .size = bytes, .format = format_of(format)}, source);
  }
}

/* The file that a line names. */
static void extract_path(Work *work, const char *path)
{
  Input          input;
  SourceFormat   format = FROM_GUESS;
  ClaimantStatus st = input_open(&input, path);
  if (!st) st = input_guess(&input, &format);
  if (st) fail_to_read(work, path, st, errno);
  else extract_whole(work, path, &input, format);
  input_close(&input);
}

static bool name_letter(const char *name, Buffer *id)
{
  Json json = {.out = id};
  json_put_string(&json, name);
  return !id->failed;
}

static void answer_file(Work *work, Task *task)
{
  Buffer id = {0};
  if (work->job->store) sha256_hex(task->name, strlen(task->name), work->answer->handle);
  if (!name_letter(task->name, &id)) work->answer->stop = STATUS_INTERNAL;
  work->write.id_json = id.data;
  work->write.doc_iri = work->job->options->doc_iri;
  work->write.with_text = true;
  if (work->answer->stop != GO_ON) work->answer->abandoned = true;
  else if (task->kind == TASK_FAULT) fail_to_read(work, NULL, task->status, task->error);
  else extract_whole(work, NULL, &task->input, task->format);
  buffer_free(&id);
}

/* ---- JSON Lines ------------------------------------------------------------------------------------ */

static void answer_line(Work *work, const Task *task)
{
  JsonLine       line;
  ClaimantStatus st = jsonl_read(task->text, task->size, &line);
  if (work->job->store) sha256_hex(task->text, task->size, work->answer->handle);
  work->date = line.date;
  work->genre = line.genre;
  work->language = line.language;
  work->remark = line.remark;
  work->write.id_json = line.id_json;
  work->write.doc_iri = line.iri;
  work->write.with_text = line.path || line.format == CLAIMANT_HTML;
  if (st) {
    fail(work, (Fault){.status = st, .code = line.error_code, .message = line.error_message});
  } else if (line.path) {
    extract_path(work, line.path);
  } else if (line.size > work->job->options->max_bytes) {
    fail_to_read(work, NULL, CLAIMANT_TOO_LARGE, 0);
  } else {
    extract_letter(work, &(ClaimantInput){.data = line.text, .size = line.size, .format = line.format}, NULL);
  }
  jsonl_free(&line);
}

void answer_task(const Job *job, Task *task, ClaimantRuleCost *costs, Answer *answer)
{
  answer_clear(answer);
  answer->end = task->kind == TASK_END;
  answer->of_line = task->line > 0;
  answer->place = task->place;
  Work work = {.job = job, .answer = answer, .costs = costs, .place = task->place, .line = task->line};
  work.write = (WriteOptions){.base = job->options->base,
                              .timestamp = job->options->timestamp,
                              .compact = job->options->compact,
                              .no_words = job->options->no_quotes,
                              .table = job->options->table,
                              .with_head = job->options->write == write_timeline_csv || job->options->write == write_table};
  if (answer->end) return;
  if (task->kind == TASK_LINE) answer_line(&work, task);
  else if (task->line) fail_to_read(&work, NULL, task->status, task->error);
  else answer_file(&work, task);
  if (answer->out.failed || answer->messages.failed) answer->stop = STATUS_INTERNAL;
}
