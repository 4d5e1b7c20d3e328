#include "cli/cli.h"
#include "cli/help.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

typedef struct {
  const char *name;
  int (*run)(int argc, char **argv);
} Command;

static const Command commands[] = {
    {"extract", command_extract}, {"check", command_check}, {"explain", command_explain},
    {"why-not", command_why_not}, {"vocab", command_vocab}, {"rules", command_rules},
    {"audit", command_audit},     {"merge", command_merge}, {"review", command_review},
    {"score", command_score},     {"diff", command_diff},   {"list", command_list}};

/* Where a standard stream is closed, the next file opened would take its place and get what
 * belongs to the stream. Input and messages go nowhere; closed output is left to fail. */
static bool hold_streams(void)
{
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; ++fd) {
    if (fcntl(fd, F_GETFD) != -1) continue;
    int got = open("/dev/null", fd == STDERR_FILENO ? O_WRONLY : O_RDONLY);
    if (got != fd) return false;
  }
  return true;
}

int main(int argc, char **argv)
{
  if (!hold_streams()) return STATUS_INTERNAL;
  for (size_t i = 0; argc > 1 && i < sizeof commands / sizeof *commands; ++i) {
    if (!strcmp(argv[1], commands[i].name)) return commands[i].run(argc - 1, argv + 1);
  }
  if (argc > 1 && (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h"))) return print_help(OF_ALL);
  if (argc == 1 && isatty(STDIN_FILENO)) {
    say(NULL, 0, "no letter is given; files, or a letter on standard input, were expected (claimant --help shows how)");
    return STATUS_USAGE;
  }
  return command_extract(argc, argv);
}
