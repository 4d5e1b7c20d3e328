#include "cli/output.h"

#include "cli/cli.h"
#include "cli/signals.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { WORTH_WRITING = 1 << 16 };

static bool fail(Output *output, const char *what)
{
  if (!output->failed) say(output->name, 0, "%s: %s", what, strerror(errno));
  output->failed = true;
  return false;
}

/* A new file gets the usual mode, one that is replaced keeps its own. */
static mode_t wanted_mode(const char *path)
{
  struct stat about;
  if (!stat(path, &about)) return about.st_mode & 07777;
  mode_t mask = umask(0);
  umask(mask);
  return 0666 & ~mask;
}

static bool open_temporary(Output *output)
{
  size_t size = strlen(output->path) + sizeof ".XXXXXX";
  output->temporary = malloc(size);
  if (!output->temporary) return fail(output, "cannot be written");
  snprintf(output->temporary, size, "%s.XXXXXX", output->path);
  mode_t mode = wanted_mode(output->path);
  output->fd = mkostemp(output->temporary, O_CLOEXEC);
  if (output->fd < 0) {
    free(output->temporary);
    output->temporary = NULL;
    return fail(output, "cannot be written (a new file beside it is needed)");
  }
  signals_guard(output->temporary);
  if (fchmod(output->fd, mode) < 0) return fail(output, "its mode cannot be set");
  return true;
}

void output_ignore_pipe(void)
{
  struct sigaction ignore = {.sa_handler = SIG_IGN};
  sigemptyset(&ignore.sa_mask);
  sigaction(SIGPIPE, &ignore, NULL); /* EPIPE and EFBIG tell the same, and let us clean up */
  sigaction(SIGXFSZ, &ignore, NULL);
}

bool output_open(Output *output, const char *path)
{
  *output = (Output){.name = path ? path : "standard output", .fd = STDOUT_FILENO};
  output_ignore_pipe();
  struct stat about;
  if (!path) return fcntl(STDOUT_FILENO, F_GETFL) >= 0 || fail(output, "cannot be written");
  bool exists = stat(path, &about) == 0;
  if (exists && S_ISDIR(about.st_mode)) return errno = EISDIR, fail(output, "cannot be written");
  if (exists && !S_ISREG(about.st_mode)) { /* a device or a pipe has no name to be renamed to */
    output->fd = open(path, O_WRONLY | O_CLOEXEC);
    return output->fd >= 0 || fail(output, "cannot be written");
  }
  if (exists && access(path, W_OK) < 0) return fail(output, "cannot be written");
  output->path = exists ? realpath(path, NULL) : strdup(path);
  if (!output->path) return fail(output, "cannot be written");
  if (open_temporary(output)) return true;
  free(output->path);
  output->path = NULL;
  return false;
}

static bool write_out(Output *output, const char *at, size_t left)
{
  while (left) {
    ssize_t written = write(output->fd, at, left);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0 && errno == EPIPE) return output->closed = true, false;
    if (written < 0) return fail(output, "cannot be written");
    at += written;
    left -= (size_t)written;
  }
  return true;
}

bool output_flush(Output *output)
{
  if (output->closed || output->failed) return false;
  if (!write_out(output, output->pending.data, output->pending.size)) return false;
  buffer_clear(&output->pending);
  return true;
}

bool output_put(Output *output, const char *data, size_t size)
{
  if (size < WORTH_WRITING) buffer_append(&output->pending, data, size);
  else return output_flush(output) && write_out(output, data, size);
  return output_ready(output);
}

bool output_ready(Output *output)
{
  if (output->pending.failed) return false;
  if (output->pending.size < WORTH_WRITING) return !output->closed && !output->failed;
  return output_flush(output);
}

static bool put_in_place(Output *output)
{
  if (fsync(output->fd) < 0 && errno != EINVAL && errno != EROFS) return fail(output, "cannot be written");
  int fd = output->fd;
  output->fd = -1;
  if (close(fd) < 0) return fail(output, "cannot be written");
  if (rename(output->temporary, output->path) < 0) return fail(output, "cannot be put in place");
  return true;
}

static bool close_straight(Output *output)
{
  int fd = output->fd;
  output->fd = -1;
  return close(fd) == 0 || fail(output, "cannot be written");
}

int output_finish(Output *output, bool keep)
{
  bool memory = !output->pending.failed;
  if (!memory) say(output->name, 0, "out of memory");
  bool fine = keep && memory && output_flush(output);
  if (output->temporary) {
    bool placed = fine && put_in_place(output);
    if (!placed) unlink(output->temporary);
    signals_release(output->temporary);
    if (output->fd >= 0) close(output->fd);
  } else if (output->fd >= 0) {
    if (!keep && memory) output_flush(output);
    close_straight(output);
  }
  free(output->temporary);
  free(output->path);
  buffer_free(&output->pending);
  if (output->failed) return STATUS_OUTPUT;
  return memory ? STATUS_FINE : STATUS_INTERNAL;
}
