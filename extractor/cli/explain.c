#include "cli/cli.h"
int command_explain(int argc, char **argv) { (void)argc; (void)argv; return 2; }
