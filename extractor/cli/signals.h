/* signals.h: a request to stop (SIGINT, SIGTERM) is kept until the letter in hand is done.
 *
 * The one room with state of its own, since signals belong to the process. A second request
 * ends the program at once, with what is unfinished removed. */
#ifndef CLAIMANT_CLI_SIGNALS_H
#define CLAIMANT_CLI_SIGNALS_H

#include <stdbool.h>

/* From now on requests are kept. Those that were ignored before stay ignored. */
void signals_keep(void);

/* The signal that asked to stop, or 0. */
int signals_asked(void);

/* Waits until `fd` can be read or someone asks to stop; false: the latter. */
bool signals_wait(int fd);

/* A file that has no place without its end: removed when a signal ends the program, until it is released. At most
 * 128 at a time are. */
void signals_guard(const char *path);
void signals_release(const char *path);

/* Ends the program as the signal would have; does not return. */
void signals_obey(int signal_number);

#endif
