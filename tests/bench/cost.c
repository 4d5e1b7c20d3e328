/* cost OUT COMMAND...: runs a command with its output in the file OUT and prints the processor time in
 * seconds and the peak memory in kB that it took. A program of its own because a process starts
 * with the peak memory of the one that started it, and this one is small. */
#include <fcntl.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static double seconds(struct timeval time) { return (double)time.tv_sec + (double)time.tv_usec / 1e6; }

int main(int argc, char **argv)
{
  if (argc < 3) return 2;
  pid_t child = fork();
  if (child == 0) {
    int out = open(argv[1], O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (out < 0 || dup2(out, STDOUT_FILENO) < 0) _exit(127);
    execvp(argv[2], argv + 2);
    _exit(127);
  }
  int           status;
  struct rusage used;
  if (child < 0 || wait4(child, &status, 0, &used) < 0) return 1;
  if (!WIFEXITED(status) || WEXITSTATUS(status)) {
    fprintf(stderr, "cost: %s failed\n", argv[2]);
    return 1;
  }
  printf("%.6f %ld\n", seconds(used.ru_utime) + seconds(used.ru_stime), used.ru_maxrss);
  return 0;
}
