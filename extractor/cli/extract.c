/* claimant extract: letters in, graphs or lines of JSON out. */
#include "cli/answer.h"
#include "cli/crew.h"
#include "cli/decisions.h"
#include "cli/feed.h"
#include "cli/filter.h"
#include "cli/output.h"
#include "cli/profile.h"
#include "cli/signals.h"
#include "cli/store.h"
#include "cli/tables.h"
#include "cli/tally.h"
#include "cli/where.h"

#include "session.h"
#include "write/table.h"
#include "write/timeline.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct {
  const Options     *options;
  Job                job;
  Store              store;
  Tables             tables;
  ClaimantRuleCost **costs; /* [job], or NULL: nobody asks */
  Output             output;
  Buffer             tail; /* still to be written */
  Tally              tally;
  size_t             file_letters, file_failed; /* of the JSON Lines file that is being read */
  int                failure; /* the status that all failures share, or STATUS_SOME_FAILED */
  int                stop;    /* GO_ON, or the status to exit with at once */
  bool               enough;  /* more failed than --max-errors allows */
  bool               lines_seen; /* JSON Lines were read: each of them has an answer */
  bool               head_written; /* the first letter is out */
  bool               text_written; /* --text holds one letter's text */
} Run;

/* ---- Answers, in order --------------------------------------------------------------------------- */

static bool writes_records(const Run *run)
{
  return run->options->write == write_jsonl || run->options->write == write_timeline_json || run->job.store;
}

/* All of a line's failures are told at the file's end, in one message. */
static void end_file(Run *run, const char *place)
{
  run->lines_seen = true;
  if (run->file_failed && writes_records(run)) {
    tally_hide(&run->tally);
    bool one = run->file_failed == 1, store = run->job.store;
    say(place, 0, "%zu of %zu letters failed; %s %s%s%s %s why", run->file_failed, run->file_letters, one ? "its" : "their",
        store ? "file" : "line", one ? "" : "s", store ? " *.error.json" : "", one ? "says" : "say");
  }
  run->file_letters = run->file_failed = 0;
}

static void count(Run *run, const Answer *answer)
{
  tally_add(&run->tally, answer);
  run->file_letters += answer->of_line;
  run->file_failed += answer->of_line && answer->failed;
  if (!answer->failed) return;
  if (run->tally.failed == 1) run->failure = answer->status;
  if (run->failure != answer->status) run->failure = STATUS_SOME_FAILED;
  if (run->tally.failed > run->options->max_errors) run->enough = true;
}

/* What closes the whole of the output, whichever letter is the last. */
static bool keep_tail(Run *run, const Answer *answer)
{
  if (!answer->tail || run->tail.size) return true;
  buffer_append(&run->tail, answer->out.data + answer->out.size - answer->tail, answer->tail);
  return !run->tail.failed;
}

static bool put(Run *run, Answer *answer)
{
  if (run->job.store) return store_put(&run->store, answer);
  if (run->job.tables) return answer->failed || tables_put(&run->tables, answer);
  size_t head = run->head_written || answer->failed ? answer->head : 0;
  if (!answer->failed) run->head_written = true;
  if (!keep_tail(run, answer)) return false;
  return output_put(&run->output, answer->out.data + head, answer->out.size - head - answer->tail);
}

/* --text is for one letter; a second one is a mistake of whoever asked. */
static int put_text(Run *run, const Answer *answer)
{
  const char *path = run->options->text;
  Output      output;
  if (!path || answer->failed || answer->skipped) return GO_ON;
  if (run->text_written) {
    say(path, 0, "holds the text of one letter already, and several are given");
    return STATUS_USAGE;
  }
  run->text_written = true;
  bool open = output_open(&output, strcmp(path, "-") ? path : NULL);
  bool written = open && output_put(&output, answer->text.data, answer->text.size);
  int  status = output_finish(&output, written);
  return open && written && !status ? GO_ON : STATUS_OUTPUT;
}

/* Whether to go on. */
static bool take_answer(void *user, Answer *answer)
{
  Run *run = user;
  if (answer->messages.size) {
    tally_hide(&run->tally);
    fwrite(answer->messages.data, 1, answer->messages.size, stderr);
  }
  if (answer->end) return end_file(run, answer->place), true;
  bool written = answer->abandoned || !(answer->out.size || run->job.store) || put(run, answer);
  if (!answer->abandoned) count(run, answer);
  if (answer->stop != GO_ON) run->stop = answer->stop;
  else if (!written) run->stop = run->output.closed ? STATUS_FINE : STATUS_OUTPUT;
  else if (!answer->abandoned) run->stop = put_text(run, answer);
  return run->stop == GO_ON && !run->enough;
}

/* A reader who waits for an answer gets it before we wait for a question. */
static void flush(void *user)
{
  Run *run = user;
  if (!run->job.store) output_flush(&run->output);
}

static void work(void *user, size_t worker, Task *task, Answer *answer)
{
  Run *run = user;
  answer_task(&run->job, task, run->costs ? run->costs[worker] : NULL, answer);
}

/* ---- The run -------------------------------------------------------------------------------------- */

static void read_all(Run *run)
{
  Crew *crew = crew_new(run->options->jobs, (CrewWork){work, take_answer, flush, run});
  if (!crew) {
    say(NULL, 0, "%zu job%s cannot be started", run->options->jobs, run->options->jobs == 1 ? "" : "s");
    run->stop = STATUS_INTERNAL;
    return;
  }
  int status = feed(run->options, crew, flush, run);
  if (signals_asked()) crew_stop(crew);
  crew_free(crew);
  if (run->stop == GO_ON && status != GO_ON) run->stop = status;
}

static int close_output(Run *run)
{
  bool all_failed = run->tally.failed && run->tally.failed == run->tally.letters && !run->lines_seen;
  bool keep = run->stop == GO_ON && !all_failed && !signals_asked();
  if (run->job.store) return store_close(&run->store);
  if (run->job.tables) return tables_close(&run->tables, keep);
  if (run->tail.size) output_put(&run->output, run->tail.data, run->tail.size);
  buffer_free(&run->tail);
  return output_finish(&run->output, keep);
}

static int finish(Run *run)
{
  int status = close_output(run);
  tally_end(&run->tally);
  if (run->output.closed) return STATUS_FINE;
  if (status) return status;
  if (run->stop != GO_ON) return run->stop;
  if (run->enough && run->options->max_errors)
    say(NULL, 0, "more than %zu letter%s failed; the run ends here", run->options->max_errors,
        run->options->max_errors == 1 ? "" : "s");
  else if (run->enough) say(NULL, 0, "a letter failed; the run ends here");
  if (!run->tally.failed) return STATUS_FINE;
  return run->tally.failed == run->tally.letters ? run->failure : STATUS_SOME_FAILED;
}

static int open_output(Run *run)
{
  signals_keep();
  if (run->job.tables) return tables_open(&run->tables, run->options->output_dir, run->job.rules->set, run->job.tables, run->job.table_count);
  if (!run->options->output_dir) return output_open(&run->output, run->options->output) ? GO_ON : STATUS_OUTPUT;
  run->output = (Output){.fd = -1};
  output_ignore_pipe();
  int status = store_open(&run->store, run->options, claimant_rules_hash(run->job.rules));
  if (status == GO_ON) run->job.store = &run->store;
  else store_close(&run->store);
  return status;
}

/* ---- Costs of rules, by worker --------------------------------------------------------------------- */

static void free_costs(Run *run)
{
  for (size_t i = 0; run->costs && i < run->options->jobs; ++i) free(run->costs[i]);
  free(run->costs);
  run->costs = NULL;
}

static void new_costs(Run *run)
{
  bool fine = (run->costs = calloc(run->options->jobs, sizeof *run->costs)) != NULL;
  for (size_t i = 0; fine && i < run->options->jobs; ++i) fine = (run->costs[i] = profile_new(run->job.rules)) != NULL;
  if (!fine) free_costs(run);
}

static void print_costs(Run *run)
{
  size_t rules = claimant_rule_count(run->job.rules);
  for (size_t i = 1; run->costs && i < run->options->jobs; ++i) {
    for (size_t r = 0; r < rules; ++r) {
      run->costs[0][r].seconds += run->costs[i][r].seconds;
      run->costs[0][r].tries += run->costs[i][r].tries;
      run->costs[0][r].matches += run->costs[i][r].matches;
    }
  }
  if (run->costs) profile_print(run->job.rules, run->costs[0]);
  free_costs(run);
}

/* ---- The command ------------------------------------------------------------------------------------- */

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
    return usage_fault(options, "--format is for -t timeline; -t, which names the format of other output, was expected");
  }
  if (!name) name = !options->output && isatty(STDOUT_FILENO) ? "table" : "csv";
  for (size_t i = 0; i < sizeof formats / sizeof *formats; ++i) {
    if (!strcmp(name, formats[i].name)) return options->write = formats[i].write, GO_ON;
  }
  say(NULL, 0, "unknown format \"%s\" for --format; table, csv or json was expected", name);
  return STATUS_USAGE;
}

static int run_all(Run *run)
{
  int status = open_output(run);
  if (status != GO_ON) {
    if (run->job.tables) tables_close(&run->tables, false);
    else if (!run->options->output_dir) output_finish(&run->output, false);
    return status;
  }
  tally_begin(&run->tally, run->options);
  read_all(run);
  status = finish(run);
  print_costs(run);
  if (!run->options->metrics) return status;
  int metrics = tally_write(&run->tally, run->options->metrics, claimant_rules_hash(run->job.rules), status);
  return metrics ? metrics : status;
}

static int read_decisions(const Options *options, DecisionSet *decisions)
{
  if (!options->decision_count) return GO_ON;
  decisions->arena = arena_new();
  if (!decisions->arena) return STATUS_INTERNAL;
  return decisions_open(decisions, (char *const *)options->decisions, options->decision_count);
}

/* Which tables there are to be. */
static int choose_tables(const Options *options, const RuleSet *rules, Arena *arena, Job *job)
{
  if (options->write != write_table) return GO_ON;
  if (options->table && !table_exists(rules, options->table)) {
    say(NULL, 0, "unknown kind \"%s\" after csv:; letters, or a type that claimant list types tells, was expected", options->table);
    return STATUS_USAGE;
  }
  if (options->table) return GO_ON;
  if (!table_kinds(rules, arena, &job->tables, &job->table_count)) return STATUS_INTERNAL;
  if (job->table_count <= MOST_TABLES) return GO_ON;
  say(NULL, 0, "the rules have %zu kinds of items; at most %d tables at once were expected: name one after csv:", job->table_count, MOST_TABLES);
  return STATUS_USAGE;
}

int command_extract(int argc, char **argv)
{
  Options        options;
  ClaimantRules *rules = NULL;
  DecisionSet    decisions = {0};
  Run            run = {.options = &options, .stop = GO_ON};
  int            status = options_parse(OF_EXTRACT, argc, argv, &options);
  if (status == GO_ON) status = choose_timeline(&options);
  if (status == GO_ON) status = open_rules(&options, false, &rules);
  if (status == GO_ON && !check_types(&options, rules->set)) status = STATUS_USAGE;
  if (status == GO_ON) status = read_decisions(&options, &decisions);
  run.job = (Job){.options = &options, .rules = rules, .decisions = options.decision_count ? &decisions : NULL};
  Arena *names = status == GO_ON ? arena_new() : NULL;
  if (status == GO_ON) status = names ? choose_tables(&options, rules->set, names, &run.job) : STATUS_INTERNAL;
  if (status == GO_ON) {
    if (run.job.decisions) options.jobs = 1;
    if (options.profile) new_costs(&run);
    status = run_all(&run);
    free_costs(&run);
  }
  arena_free(names);
  arena_free(decisions.arena);
  claimant_rules_free(rules);
  if (signals_asked()) signals_obey(signals_asked());
  return status;
}
