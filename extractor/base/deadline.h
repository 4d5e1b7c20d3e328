/* deadline.h: a moment by which work has to be done, by a clock that nobody sets. */
#ifndef CLAIMANT_BASE_DEADLINE_H
#define CLAIMANT_BASE_DEADLINE_H

#include <stdbool.h>
#include <time.h>

typedef struct {
  double at; /* seconds of the clock; 0: there is none */
} Deadline;

static inline double deadline_clock(void)
{
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

/* So many seconds from now; none where they are 0. */
static inline Deadline deadline_in(double seconds) { return (Deadline){seconds > 0 ? deadline_clock() + seconds : 0}; }

static inline bool deadline_passed(Deadline deadline) { return deadline.at > 0 && deadline_clock() > deadline.at; }

#endif
