#include "cli/signals.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <unistd.h>

static const int requests[] = {SIGINT, SIGTERM};
static const int deadly[] = {SIGHUP, SIGINT, SIGTERM, SIGQUIT, SIGXCPU};
enum { REQUESTS = sizeof requests / sizeof *requests, DEADLY = sizeof deadly / sizeof *deadly,
       UNFINISHED = 128 };

/* Set and cleared with the signals blocked. */
static const char *volatile    unfinished[UNFINISHED];
static volatile sig_atomic_t   asked;
static volatile sig_atomic_t   keeping;
static int                     wake[2] = {-1, -1}; /* readable once someone asked */

static void die_of(int signal_number)
{
  for (size_t i = 0; i < UNFINISHED; ++i)
    if (unfinished[i]) unlink(unfinished[i]);
  struct sigaction action = {.sa_handler = SIG_DFL};
  sigset_t         only;
  sigemptyset(&action.sa_mask);
  sigaction(signal_number, &action, NULL);
  sigemptyset(&only);
  sigaddset(&only, signal_number);
  raise(signal_number);
  pthread_sigmask(SIG_UNBLOCK, &only, NULL); /* now it comes */
}

static void handle(int signal_number)
{
  int  before = errno;
  bool request = signal_number == SIGINT || signal_number == SIGTERM;
  if (!request || !keeping || asked) die_of(signal_number);
  asked = signal_number;
  ssize_t written = write(wake[1], "", 1);
  (void)written; /* full: it is readable already */
  errno = before;
}

static void catch(const int *signals, size_t count)
{
  for (size_t i = 0; i < count; ++i) {
    struct sigaction old, action = {.sa_handler = handle};
    sigemptyset(&action.sa_mask);
    if (!sigaction(signals[i], NULL, &old) && old.sa_handler != SIG_IGN) sigaction(signals[i], &action, NULL);
  }
}

void signals_keep(void)
{
  if (keeping || pipe2(wake, O_CLOEXEC | O_NONBLOCK) < 0) return;
  keeping = true;
  catch(requests, REQUESTS);
}

int signals_asked(void) { return (int)asked; }

bool signals_wait(int fd)
{
  struct pollfd fds[] = {{.fd = fd, .events = POLLIN}, {.fd = wake[0], .events = POLLIN}};
  while (!asked && poll(fds, keeping ? 2 : 1, -1) < 0 && errno == EINTR) continue;
  return !asked;
}

/* Puts `path` in the first place that holds `there`. */
static void replace(const char *there, const char *path)
{
  sigset_t all, before;
  sigemptyset(&all);
  for (size_t i = 0; i < DEADLY; ++i) sigaddset(&all, deadly[i]);
  pthread_sigmask(SIG_BLOCK, &all, &before);
  if (path) catch(deadly, DEADLY);
  for (size_t i = 0; i < UNFINISHED; ++i) {
    if (unfinished[i] != there) continue;
    unfinished[i] = path;
    break;
  }
  pthread_sigmask(SIG_SETMASK, &before, NULL);
}

void signals_guard(const char *path) { replace(NULL, path); }

void signals_release(const char *path) { replace(path, NULL); }

void signals_obey(int signal_number)
{
  die_of(signal_number);
  _exit(128 + signal_number);
}
