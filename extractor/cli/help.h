/* help.h: what --help and --version print. Both return the status to exit with. */
#ifndef CLAIMANT_CLI_HELP_H
#define CLAIMANT_CLI_HELP_H

#include "cli/options.h"

int print_help(void);
int print_version(const Options *options);

#endif
