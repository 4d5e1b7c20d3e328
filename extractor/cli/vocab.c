/* claimant vocab compile DIR -o FILE: used by the build. */
#include "cli/cli.h"

#include "vocab/compile.h"

#include <string.h>

static int usage(void)
{
  say(NULL, 0, "usage: claimant vocab compile DIR -o FILE");
  return STATUS_USAGE;
}

int command_vocab(int argc, char **argv)
{
  if (argc != 5 || strcmp(argv[1], "compile") || strcmp(argv[3], "-o")) return usage();
  Diagnostics list = {.arena = arena_new()};
  if (!list.arena) {
    say(NULL, 0, "out of memory");
    return STATUS_INTERNAL;
  }
  ClaimantStatus st = vocab_compile(argv[2], argv[4], &list);
  for (size_t i = 0; i < list.count; ++i) say_diagnostic(NULL, &list.items[i]);
  if (st && !list.errors) say(argv[2], 0, "the vocabulary cannot be compiled: %s", claimant_status_text(st));
  arena_free(list.arena);
  return status_of(st);
}
