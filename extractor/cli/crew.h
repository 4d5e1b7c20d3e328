/* crew.h: letters are worked on by several threads, and answered in the order they came in.
 *
 * The caller puts tasks; workers take them; one more thread hands out the answers in order. All
 * queues are bounded: who puts waits until there is room. With one job everything happens in the
 * caller's thread, at once. */
#ifndef CLAIMANT_CLI_CREW_H
#define CLAIMANT_CLI_CREW_H

#include "cli/task.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct {
  /* Works on a task; called from several threads at a time, each with its number from 0. */
  void (*work)(void *user, size_t worker, Task *task, Answer *answer);
  /* Takes an answer, in order, from one thread at a time. False: nothing more is wanted. */
  bool (*take)(void *user, Answer *answer);
  /* Called where the next answer is not there yet. */
  void (*idle)(void *user);
  void *user;
} CrewWork;

typedef struct Crew Crew;

/* NULL when out of memory or when no thread can be had. */
Crew *crew_new(size_t jobs, CrewWork work);

/* Owns the task from now on. False: nothing more is wanted. */
bool crew_put(Crew *crew, Task *task);

/* Whether a task outlives the call that puts it, so that what it points to must be its own. */
bool crew_keeps(const Crew *crew);

/* No task that nobody has taken up yet will be. */
void crew_stop(Crew *crew);

/* Waits for the last answer and ends the threads. */
void crew_free(Crew *crew);

#endif
