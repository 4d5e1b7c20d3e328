/* deadline.h: a moment by which work has to be done, by a clock that nobody sets; or earlier, where the program
 * no longer wants it. */
#ifndef CLAIMANT_BASE_DEADLINE_H
#define CLAIMANT_BASE_DEADLINE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <time.h>

typedef struct {
  double             at;        /* seconds of the clock; 0: there is none */
  const atomic_bool *cancelled; /* NULL: nobody can */
} Deadline;

static inline double deadline_clock(void)
{
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

/* So many seconds from now; none where they are 0. */
static inline Deadline deadline_in(double seconds) { return (Deadline){.at = seconds > 0 ? deadline_clock() + seconds : 0}; }

static inline bool deadline_cancelled(Deadline deadline)
{
  return deadline.cancelled && atomic_load_explicit(deadline.cancelled, memory_order_relaxed);
}

/* Can it ever pass? */
static inline bool deadline_is_set(Deadline deadline) { return deadline.at > 0 || deadline.cancelled; }

static inline bool deadline_passed(Deadline deadline)
{
  return deadline_cancelled(deadline) || (deadline.at > 0 && deadline_clock() > deadline.at);
}

#endif
