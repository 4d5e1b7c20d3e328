/* claimant vocab compile FOLDER -o FILE and claimant rules compile PATH -o FILE, used by the build;
 * claimant vocab compile FILE... -o FILE for gazetteers of one's own. */
#include "cli/cli.h"
#include "cli/options.h"
#include "cli/where.h"

#include "rules/image.h"
#include "rules/load.h"
#include "vocab/compile.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

typedef ClaimantStatus (*CompileFn)(const Options *options, Diagnostics *diagnostics);

static ClaimantStatus compile_rules(const Options *options, Diagnostics *diagnostics)
{
  RuleSet       *rules = NULL;
  ClaimantStatus status = ruleset_load(options->files[0], diagnostics, &rules);
  if (status) return status;
  status = image_save(rules, options->output);
  ruleset_free(rules);
  return status;
}

static bool is_folder(const char *path)
{
  struct stat about;
  return !stat(path, &about) && S_ISDIR(about.st_mode);
}

/* The vocabulary that tells ordinary words; without it none is told. */
static Vocab *open_words(const Options *options)
{
  Vocab      *words = NULL;
  Diagnostics unheard = {.arena = arena_new()};
  char       *path = vocabulary_path(options->vocab);
  if (path && unheard.arena) vocab_open(path, &unheard, &words);
  arena_free(unheard.arena);
  free(path);
  return words;
}

static ClaimantStatus compile_vocab(const Options *options, Diagnostics *diagnostics)
{
  if (options->file_count == 1 && is_folder(options->files[0]))
    return vocab_compile(options->files[0], options->output, diagnostics);
  Buffer         image = {0};
  Vocab         *words = open_words(options);
  ClaimantStatus status = names_compile(options->files, options->file_count, words, diagnostics, &image);
  if (!status) status = vocab_save(&image, options->output, diagnostics);
  buffer_free(&image);
  vocab_close(words);
  return status;
}

static int compile(CommandName command, int argc, char **argv, CompileFn run, size_t most, const char *usage)
{
  Options options;
  bool    named = argc > 1 && !strcmp(argv[1], "compile");
  int     parsed = options_parse(command, argc - named, argv + named, &options);
  if (parsed != GO_ON) return parsed;
  if (!named || !options.output || options.file_count > most || !strcmp(options.files[0], "-"))
    return usage_fault(&options, "usage: claimant %s compile %s", argv[0], usage);
  Diagnostics list = {.arena = arena_new()};
  if (!list.arena) {
    say(NULL, 0, "out of memory");
    return STATUS_INTERNAL;
  }
  ClaimantStatus st = run(&options, &list);
  for (size_t i = 0; i < list.count; ++i) say_diagnostic(NULL, &list.items[i]);
  if (st && !list.errors) say(options.files[0], 0, "cannot be compiled: %s", claimant_status_text(st));
  arena_free(list.arena);
  return status_of(st);
}

int command_vocab(int argc, char **argv)
{
  return compile(OF_VOCAB, argc, argv, compile_vocab, SIZE_MAX, "FOLDER|FILE... -o FILE");
}

int command_rules(int argc, char **argv) { return compile(OF_RULES, argc, argv, compile_rules, 1, "PATH -o FILE"); }
