/* claimant vocab compile DIR -o FILE, claimant rules compile PATH -o FILE: used by the build. */
#include "cli/cli.h"

#include "rules/image.h"
#include "rules/load.h"
#include "vocab/compile.h"

#include <string.h>

typedef ClaimantStatus (*CompileFn)(const char *source, const char *out, Diagnostics *diagnostics);

static ClaimantStatus compile_rules(const char *source, const char *out, Diagnostics *diagnostics)
{
  RuleSet       *rules = NULL;
  ClaimantStatus status = ruleset_load(source, diagnostics, &rules);
  if (status) return status;
  status = image_save(rules, out);
  ruleset_free(rules);
  return status;
}

static int compile(int argc, char **argv, CompileFn run)
{
  if (argc != 5 || strcmp(argv[1], "compile") || strcmp(argv[3], "-o")) {
    say(NULL, 0, "usage: claimant %s compile SOURCE -o FILE", argv[0]);
    return STATUS_USAGE;
  }
  Diagnostics list = {.arena = arena_new()};
  if (!list.arena) {
    say(NULL, 0, "out of memory");
    return STATUS_INTERNAL;
  }
  ClaimantStatus st = run(argv[2], argv[4], &list);
  for (size_t i = 0; i < list.count; ++i) say_diagnostic(NULL, &list.items[i]);
  if (st && !list.errors) say(argv[2], 0, "cannot be compiled: %s", claimant_status_text(st));
  arena_free(list.arena);
  return status_of(st);
}

int command_vocab(int argc, char **argv) { return compile(argc, argv, vocab_compile); }

int command_rules(int argc, char **argv) { return compile(argc, argv, compile_rules); }
