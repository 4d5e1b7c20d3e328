/* claimant merge: what the graphs of many letters have in common, beside them. */
#include "cli/input.h"
#include "cli/options.h"
#include "cli/output.h"

#include "merge/merge.h"
#include "write/raptor.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static ClaimantStatus read_lines(Merge *merge, Input *input)
{
  for (;;) {
    const char    *line;
    size_t         bytes = 0;
    ClaimantStatus st = input_line(input, &line, &bytes);
    if (st || !line) return st;
    if (strspn(line, " \t\r\n") < bytes) st = merge_read_line(merge, input->name, input->line, line, bytes);
    if (st) return st;
  }
}

/* Whether it is JSON Lines, by its first character; moves nothing that is a file. */
static ClaimantStatus read_file(Merge *merge, const char *path)
{
  Input          input;
  SourceFormat   format;
  ClaimantStatus st = input_open(&input, path);
  if (!st) st = input_guess(&input, &format);
  size_t start = st || !input.bytes.data ? 0 : strspn(input.bytes.data, " \t\r\n");
  if (!st && (format == FROM_JSONL || (input.bytes.data && input.bytes.data[start] == '{'))) {
    st = read_lines(merge, &input);
  } else if (!st) {
    FILE *file = strcmp(path, "-") ? fopen(path, "re") : NULL;
    if (file) st = merge_read_rdf(merge, file, input.name);
    else if (!strcmp(path, "-")) {
      const char *data;
      size_t      bytes;
      st = input_all(&input, &data, &bytes);
      file = st || !bytes ? NULL : fmemopen((char *)data, bytes, "r");
      if (file) st = merge_read_rdf(merge, file, input.name);
    } else st = CLAIMANT_NO_INPUT;
    if (file) fclose(file);
  }
  if (st == CLAIMANT_NO_INPUT) say(input.name, 0, "cannot be read: %s", strerror(errno));
  else if (st) say(input.name, 0, "%s", claimant_status_text(st));
  input_close(&input);
  return st;
}

static int write_merged(const Merge *merge, const Options *options)
{
  Graph         *graph = NULL;
  Output         output;
  const char    *syntax = options->write == write_ntriples ? "ntriples" : "turtle";
  ClaimantStatus st = merge_graph(merge, options->base, &graph);
  if (st) {
    say(NULL, 0, "%s", graph && graph->fault ? graph->fault : claimant_status_text(st));
    graph_free(graph);
    return status_of(st);
  }
  if (!output_open(&output, options->output)) {
    graph_free(graph);
    return STATUS_OUTPUT;
  }
  st = raptor_write(graph, syntax, &output.pending);
  graph_free(graph);
  int status = output_finish(&output, !st);
  return st ? status_of(st) : status;
}

int command_merge(int argc, char **argv)
{
  Options options;
  Merge   merge;
  int     status = options_parse(OF_MERGE, argc, argv, &options), worst = STATUS_FINE;
  if (status != GO_ON) return status;
  if (options.timeline || (options.write != write_turtle && options.write != write_ntriples))
    return usage_fault(&options, "merge writes Turtle or N-Triples; -t turtle or -t ntriples was expected");
  Diagnostics list = {.arena = arena_new()};
  if (!list.arena || !merge_begin(&merge, list.arena, &list, options.base)) {
    say(NULL, 0, "out of memory");
    arena_free(list.arena);
    return STATUS_INTERNAL;
  }
  size_t failed = 0;
  for (size_t i = 0; i < options.file_count; ++i) {
    ClaimantStatus st = read_file(&merge, options.files[i]);
    if (st) failed++, worst = status_of(st);
  }
  for (size_t i = 0; i < list.count; ++i) say_diagnostic(NULL, &list.items[i]);
  bool none = failed == options.file_count || (list.errors && !merge.letters);
  if (!none && !merge.letters) say(NULL, 0, "no letter in the input; what claimant -t ntriples or -t jsonl wrote was expected");
  if (!merge.letters) status = failed ? worst : STATUS_BAD_DATA;
  else status = write_merged(&merge, &options);
  if (status == STATUS_FINE && (failed || list.errors)) status = STATUS_SOME_FAILED;
  arena_free(list.arena);
  return status;
}
