#include "read/pdf.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PIECE = 1 << 16, LOOK_AGAIN = 50 /* ms, to see whether it was cancelled */, NOT_FOUND = 127, SECONDS = 60, MEMORY = 1 << 30, COMPLAINT = 4096 };

typedef struct {
  pid_t process;
  int   text, complaints; /* what it writes */
} Child;

static bool write_all(int fd, const char *bytes, size_t size)
{
  while (size) {
    ssize_t written = write(fd, bytes, size);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    bytes += written;
    size -= (size_t)written;
  }
  return true;
}

/* A file without a name, which the process opens by the number of its descriptor. */
static int file_of(const char *bytes, size_t size)
{
  int fd = memfd_create("letter.pdf", 0);
  if (fd >= 0 && write_all(fd, bytes, size)) return fd;
  if (fd >= 0) close(fd);
  return -1;
}

/* Between fork and exec only what is safe in a program with threads. */
static void become_pdftotext(int file, int text, int complaints)
{
  char                path[] = "/dev/fd/3";
  const char         *arguments[] = {"pdftotext", "-enc", "UTF-8", path, "-", NULL};
  const struct rlimit memory = {MEMORY, MEMORY}, seconds = {SECONDS, SECONDS}, none = {0, 0};
  int                 nothing = open("/dev/null", O_RDONLY);
  sigset_t            empty;
  sigemptyset(&empty);
  sigprocmask(SIG_SETMASK, &empty, NULL);
  setrlimit(RLIMIT_AS, &memory);
  setrlimit(RLIMIT_CPU, &seconds);
  setrlimit(RLIMIT_CORE, &none);
  /* the descriptors may be low ones themselves: first out of the way, then into place */
  int file_high = fcntl(file, F_DUPFD, 10), text_high = fcntl(text, F_DUPFD, 10);
  int complaints_high = fcntl(complaints, F_DUPFD, 10);
  if (dup2(nothing, 0) < 0 || dup2(text_high, 1) < 0 || dup2(complaints_high, 2) < 0 || dup2(file_high, 3) < 0)
    _exit(NOT_FOUND);
  for (int fd = 4; fd < 64; ++fd) close(fd);
  execvp(arguments[0], (char *const *)(uintptr_t)arguments);
  _exit(NOT_FOUND);
}

static bool start(Child *child, int file)
{
  int text[2], complaints[2];
  if (pipe2(text, O_CLOEXEC) < 0) return false;
  if (pipe2(complaints, O_CLOEXEC | O_NONBLOCK) < 0) return close(text[0]), close(text[1]), false;
  child->process = fork();
  if (child->process == 0) become_pdftotext(file, text[1], complaints[1]);
  close(text[1]);
  close(complaints[1]);
  child->text = text[0];
  child->complaints = complaints[0];
  if (child->process > 0) return true;
  close(text[0]);
  close(complaints[0]);
  return false;
}

/* Milliseconds to wait at most. */
static int patience(Deadline deadline)
{
  double left = deadline.at > 0 ? deadline.at - deadline_clock() : SECONDS;
  return left <= 0 ? 0 : left > SECONDS ? SECONDS * 1000 : (int)(left * 1000) + 1;
}

static ClaimantStatus read_text(const Child *child, size_t most, Deadline deadline, Buffer *out)
{
  size_t before = out->size;
  for (;;) {
    struct pollfd ready = {.fd = child->text, .events = POLLIN};
    int           left = patience(deadline), count = poll(&ready, 1, deadline.cancelled && left > LOOK_AGAIN ? LOOK_AGAIN : left);
    if (deadline_cancelled(deadline)) return CLAIMANT_CANCELLED;
    if (count < 0 && errno == EINTR) continue;
    if (count == 0 && left > LOOK_AGAIN && deadline.cancelled) continue;
    if (count <= 0) return CLAIMANT_LIMIT;
    if (!buffer_reserve(out, PIECE)) return CLAIMANT_NO_MEMORY;
    ssize_t got = read(child->text, out->data + out->size, PIECE);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    out->size += (size_t)got;
    if (out->size - before > most) return CLAIMANT_TOO_LARGE;
  }
  out->data[out->size] = '\0';
  return CLAIMANT_OK;
}

/* The first line of what the process had to say. */
static void read_complaint(const Child *child, char complaint[COMPLAINT])
{
  ssize_t got = read(child->complaints, complaint, COMPLAINT - 1);
  complaint[got > 0 ? got : 0] = '\0';
  complaint[strcspn(complaint, "\r\n")] = '\0';
}

static ClaimantStatus judge(int status, const char *complaint, const char *name, Diagnostics *diagnostics)
{
  Place place = {.file = name};
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return CLAIMANT_OK;
  if (WIFEXITED(status) && WEXITSTATUS(status) == NOT_FOUND) {
    diagnostics_add(diagnostics, CLAIMANT_ERROR, "no-pdftotext", place,
                    "a PDF file is read with pdftotext, which is not here; install poppler-utils");
    return CLAIMANT_INTERNAL;
  }
  if (WIFSIGNALED(status)) {
    diagnostics_add(diagnostics, CLAIMANT_ERROR, "bad-pdf", place,
                    "pdftotext was ended by signal %d: the PDF file needs too much time or memory, or is damaged",
                    WTERMSIG(status));
  } else if (strstr(complaint, "password")) {
    diagnostics_add(diagnostics, CLAIMANT_ERROR, "encrypted", place,
                    "the PDF file is encrypted; one that opens without a password was expected");
  } else {
    diagnostics_add(diagnostics, CLAIMANT_ERROR, "bad-pdf", place, "the PDF file cannot be read%s%s",
                    *complaint ? ": " : "", complaint);
  }
  return CLAIMANT_BAD_DATA;
}

static ClaimantStatus finish(Child *child, ClaimantStatus st, const char *name, Diagnostics *diagnostics)
{
  char complaint[COMPLAINT];
  int  status = 0;
  if (st) kill(child->process, SIGKILL);
  while (waitpid(child->process, &status, 0) < 0 && errno == EINTR) continue;
  read_complaint(child, complaint);
  close(child->text);
  close(child->complaints);
  if (st == CLAIMANT_LIMIT)
    diagnostics_add(diagnostics, CLAIMANT_ERROR, "timeout", (Place){.file = name},
                    "pdftotext took more time than the letter was given");
  return st ? st : judge(status, complaint, name, diagnostics);
}

ClaimantStatus pdf_to_text(const char *bytes, size_t size, size_t most, Deadline deadline, const char *name,
                           Diagnostics *diagnostics, Buffer *out)
{
  Child child;
  int   file = file_of(bytes, size);
  bool  started = file >= 0 && start(&child, file);
  int   error = errno;
  if (file >= 0) close(file);
  if (!started) {
    diagnostics_add(diagnostics, CLAIMANT_ERROR, "no-pdftotext", (Place){.file = name},
                    "pdftotext, which reads PDF files, cannot be started: %s", strerror(error));
    return CLAIMANT_INTERNAL;
  }
  return finish(&child, read_text(&child, most, deadline, out), name, diagnostics);
}
