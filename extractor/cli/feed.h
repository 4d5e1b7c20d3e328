/* feed.h: the letters of a run, one after another: files that are named, and lines of JSON. */
#ifndef CLAIMANT_CLI_FEED_H
#define CLAIMANT_CLI_FEED_H

#include "cli/crew.h"

/* Puts a task for every letter of the files, and of those that --files-from lists, until there are no
 * more, the crew wants none, or someone asks to stop. `idle` is called before a wait for more input.
 * Tells what is wrong with the list itself; returns GO_ON or the status to exit with. */
int feed(const Options *options, Crew *crew, void (*idle)(void *user), void *user);

#endif
