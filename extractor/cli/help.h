/* help.h: what --help and --version print. Both return the status to exit with. */
#ifndef CLAIMANT_CLI_HELP_H
#define CLAIMANT_CLI_HELP_H

#include "cli/options.h"

/* As it is typed; empty for OF_ALL. */
const char *command_name(CommandName command);

int print_help(CommandName command);
int print_version(const Options *options);

#endif
