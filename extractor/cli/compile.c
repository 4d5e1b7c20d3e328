/* claimant vocab compile FOLDER -o FILE and claimant rules compile PATH -o FILE, used by the build;
 * claimant vocab compile FILE... -o FILE for gazetteers of one's own; claimant vocab page FILE -o FILE to read one. */
#include "cli/cli.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/where.h"

#include "rules/image.h"
#include "rules/load.h"
#include "vocab/compile.h"
#include "vocab/page.h"

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

static ClaimantStatus write_page(const Options *options, Diagnostics *diagnostics)
{
  Buffer         page = {0};
  ClaimantStatus status = vocab_page(options->files[0], diagnostics, &page);
  Output output;
  if (!status) {
    bool open = output_open(&output, options->output);
    bool written = open && output_put(&output, page.data, page.size);
    status = open && !output_finish(&output, written) && written ? CLAIMANT_OK : CLAIMANT_OUTPUT;
  }
  buffer_free(&page);
  return status;
}

/* What follows the command's name: "compile", "page". */
typedef struct {
  const char *name;
  CompileFn   run;
  size_t      most; /* files */
} Work;

static int work(CommandName command, int argc, char **argv, const Work *works, const char *usage)
{
  Options     options;
  const Work *wanted = NULL;
  for (const Work *w = works; argc > 1 && w->name; ++w)
    if (!strcmp(argv[1], w->name)) wanted = w;
  int parsed = options_parse(command, wanted ? argc - 1 : argc, wanted ? argv + 1 : argv, &options);
  if (parsed != GO_ON) return parsed;
  if (!wanted || !options.output || options.file_count > wanted->most || !strcmp(options.files[0], "-"))
    return usage_fault(&options, "usage: claimant %s", usage);
  Diagnostics list = {.arena = arena_new()};
  if (!list.arena) {
    say(NULL, 0, "out of memory");
    return STATUS_INTERNAL;
  }
  ClaimantStatus st = wanted->run(&options, &list);
  for (size_t i = 0; i < list.count; ++i) say_diagnostic(NULL, &list.items[i]);
  if (st && st != CLAIMANT_OUTPUT && !list.errors) say(options.files[0], 0, "cannot be made: %s", claimant_status_text(st));
  arena_free(list.arena);
  return status_of(st);
}

int command_vocab(int argc, char **argv)
{
  static const Work works[] = {{"compile", compile_vocab, SIZE_MAX}, {"page", write_page, 1}, {0}};
  return work(OF_VOCAB, argc, argv, works, "vocab compile FOLDER|FILE... -o FILE, or vocab page FILE -o FILE");
}

int command_rules(int argc, char **argv)
{
  static const Work works[] = {{"compile", compile_rules, 1}, {0}};
  return work(OF_RULES, argc, argv, works, "rules compile PATH -o FILE");
}
