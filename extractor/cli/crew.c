#include "cli/crew.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

enum { SLOTS_A_JOB = 8, BYTES_A_JOB = 8 << 20 /* of lines that wait */ };

typedef struct {
  Task   task;
  Answer answer;
  bool   done;
} Slot;

typedef struct {
  Crew     *crew;
  size_t    number;
  pthread_t thread;
} Worker;

/* Tasks put, taken up and answered so far; each is in slot number modulo count. */
struct Crew {
  CrewWork        work;
  Slot           *slots;
  size_t          slot_count;
  size_t          put, taken, answered;
  size_t          waiting_bytes; /* of tasks that are not answered */
  size_t          jobs, started;
  bool            closed;  /* nothing more will be put */
  bool            stopped; /* nothing more is taken up */
  bool            refused; /* nothing more is wanted */
  bool            taker_started;
  Worker         *workers;
  pthread_t       taker;
  pthread_mutex_t lock;
  pthread_cond_t  room, task, answer;
};

static Slot *slot_of(Crew *crew, size_t number) { return &crew->slots[number % crew->slot_count]; }

static void *work(void *argument)
{
  Worker *worker = argument;
  Crew   *crew = worker->crew;
  pthread_mutex_lock(&crew->lock);
  for (;;) {
    while (!crew->stopped && !crew->closed && crew->taken == crew->put) pthread_cond_wait(&crew->task, &crew->lock);
    if (crew->stopped || crew->taken == crew->put) break;
    Slot *slot = slot_of(crew, crew->taken++);
    pthread_mutex_unlock(&crew->lock);
    crew->work.work(crew->work.user, worker->number, &slot->task, &slot->answer);
    pthread_mutex_lock(&crew->lock);
    slot->done = true;
    pthread_cond_signal(&crew->answer);
  }
  pthread_cond_signal(&crew->answer); /* who waits for the last one may go */
  pthread_mutex_unlock(&crew->lock);
  return NULL;
}

/* True with the next answer in its slot; false at the end. Called and returns with the lock held. */
static bool next_answer(Crew *crew)
{
  bool told = false;
  for (;;) {
    if (crew->answered < crew->taken && slot_of(crew, crew->answered)->done) return true;
    bool nothing_in_hand = crew->answered == crew->taken;
    if (nothing_in_hand && (crew->stopped || (crew->closed && crew->taken == crew->put))) return false;
    if (!told && crew->work.idle) {
      pthread_mutex_unlock(&crew->lock);
      crew->work.idle(crew->work.user);
      pthread_mutex_lock(&crew->lock);
      told = true;
    } else {
      pthread_cond_wait(&crew->answer, &crew->lock);
    }
  }
}

static void *take(void *argument)
{
  Crew *crew = argument;
  pthread_mutex_lock(&crew->lock);
  while (next_answer(crew)) {
    Slot *slot = slot_of(crew, crew->answered);
    bool  refused = crew->refused;
    pthread_mutex_unlock(&crew->lock);
    bool wanted = !refused && crew->work.take(crew->work.user, &slot->answer);
    pthread_mutex_lock(&crew->lock);
    if (!wanted) crew->refused = crew->stopped = true;
    crew->waiting_bytes -= slot->task.size;
    task_free(&slot->task);
    slot->done = false;
    crew->answered++;
    pthread_cond_signal(&crew->room);
    if (!wanted) pthread_cond_broadcast(&crew->task);
  }
  pthread_cond_broadcast(&crew->room);
  pthread_mutex_unlock(&crew->lock);
  return NULL;
}

/* Signals are the main thread's to wait for. */
static bool start(Crew *crew)
{
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  crew->taker_started = pthread_create(&crew->taker, NULL, take, crew) == 0;
  for (size_t i = 0; crew->taker_started && i < crew->jobs; ++i) {
    crew->workers[i] = (Worker){.crew = crew, .number = i};
    if (pthread_create(&crew->workers[i].thread, NULL, work, &crew->workers[i])) break;
    crew->started++;
  }
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  return crew->started > 0;
}

Crew *crew_new(size_t jobs, CrewWork wanted)
{
  Crew *crew = calloc(1, sizeof *crew);
  if (!crew) return NULL;
  crew->work = wanted;
  crew->jobs = jobs;
  crew->slot_count = jobs > 1 ? jobs * SLOTS_A_JOB : 1;
  crew->slots = calloc(crew->slot_count, sizeof *crew->slots);
  crew->workers = calloc(jobs, sizeof *crew->workers);
  pthread_mutex_init(&crew->lock, NULL);
  pthread_cond_init(&crew->room, NULL);
  pthread_cond_init(&crew->task, NULL);
  pthread_cond_init(&crew->answer, NULL);
  bool fine = crew->slots && crew->workers && (jobs == 1 || start(crew));
  if (fine) return crew;
  crew_free(crew);
  return NULL;
}

bool crew_keeps(const Crew *crew) { return crew->jobs > 1; }

static bool put_at_once(Crew *crew, Task *task)
{
  Slot *slot = crew->slots;
  if (!crew->stopped) {
    crew->work.work(crew->work.user, 0, task, &slot->answer);
    if (!crew->work.take(crew->work.user, &slot->answer)) crew->stopped = true;
  }
  task_free(task);
  return !crew->stopped;
}

bool crew_put(Crew *crew, Task *task)
{
  if (!crew_keeps(crew)) return put_at_once(crew, task);
  size_t most = crew->jobs * BYTES_A_JOB;
  pthread_mutex_lock(&crew->lock);
  while (!crew->stopped &&
         (crew->put - crew->answered == crew->slot_count ||
          (crew->put > crew->answered && crew->waiting_bytes + task->size > most)))
    pthread_cond_wait(&crew->room, &crew->lock);
  bool wanted = !crew->stopped;
  if (wanted) {
    slot_of(crew, crew->put)->task = *task;
    crew->waiting_bytes += task->size;
    crew->put++;
    pthread_cond_signal(&crew->task);
  }
  pthread_mutex_unlock(&crew->lock);
  if (!wanted) task_free(task);
  return wanted;
}

void crew_stop(Crew *crew)
{
  pthread_mutex_lock(&crew->lock);
  crew->stopped = true;
  pthread_cond_broadcast(&crew->task);
  pthread_cond_signal(&crew->answer);
  pthread_mutex_unlock(&crew->lock);
}

void crew_free(Crew *crew)
{
  pthread_mutex_lock(&crew->lock);
  crew->closed = true;
  pthread_cond_broadcast(&crew->task);
  pthread_cond_signal(&crew->answer);
  pthread_mutex_unlock(&crew->lock);
  for (size_t i = 0; i < crew->started; ++i) pthread_join(crew->workers[i].thread, NULL);
  if (crew->taker_started && !crew->started) crew_stop(crew);
  if (crew->taker_started) pthread_join(crew->taker, NULL);
  for (size_t i = crew->answered; i < crew->put; ++i) task_free(&slot_of(crew, i)->task);
  for (size_t i = 0; crew->slots && i < crew->slot_count; ++i) answer_free(&crew->slots[i].answer);
  pthread_mutex_destroy(&crew->lock);
  pthread_cond_destroy(&crew->room);
  pthread_cond_destroy(&crew->task);
  pthread_cond_destroy(&crew->answer);
  free(crew->slots);
  free(crew->workers);
  free(crew);
}
