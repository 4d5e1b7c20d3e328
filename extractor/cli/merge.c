/* claimant merge: what the graphs of many letters have in common, beside them. */
#include "cli/input.h"
#include "cli/options.h"
#include "cli/output.h"

#include "merge/merge.h"
#include "write/raptor.h"
#include "write/serd.h"

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

/* By its name, else by its first statement: a line with four terms is a quad, and TriG has braces. */
static RdfSyntax guess_syntax(const char *name, const Buffer *bytes)
{
  RdfSyntax   syntax = rdf_syntax(name);
  const char *at = bytes->data ? bytes->data : "";
  const char *end = syntax == RDF_TURTLE ? strchr(at, '\n') : NULL;
  size_t      last = end ? (size_t)(end - at) : 0;
  while (last && strchr(" \t\r.", at[last - 1])) last--;
  if (!last || *at != '<' || at[last - 1] != '>') return syntax;
  size_t iris = 0;
  bool   quoted = false;
  for (size_t i = 0; i < last; ++i) {
    if (quoted && at[i] == '\\') i++;
    else if (at[i] == '"') quoted = !quoted;
    else iris += !quoted && at[i] == '<' && !(i && at[i - 1] == '^');
  }
  bool literal = memchr(at, '"', last) != NULL;
  return iris + literal == 4 ? RDF_NQUADS : syntax;
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
    FILE     *file = strcmp(path, "-") ? fopen(path, "re") : NULL;
    RdfSyntax syntax = guess_syntax(input.name, &input.bytes);
    if (file) st = merge_read_rdf(merge, file, input.name, syntax);
    else if (!strcmp(path, "-")) {
      const char *data;
      size_t      bytes;
      st = input_all(&input, &data, &bytes);
      file = st || !bytes ? NULL : fmemopen((char *)data, bytes, "r");
      if (file) st = merge_read_rdf(merge, file, input.name, syntax);
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
  if (options->write == write_turtle) st = raptor_write(graph, "turtle", &output.pending);
  else if (options->write == write_nquads) st = serd_nquads(graph, &output.pending);
  else st = raptor_write(graph, "ntriples", &output.pending);
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
  const bool known = options.write == write_turtle || options.write == write_ntriples || options.write == write_nquads;
  if (options.timeline || !known)
    return usage_fault(&options, "merge writes Turtle, N-Triples or N-Quads; -t turtle, ntriples or nquads was expected");
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
