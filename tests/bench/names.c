/* names NAMES.bin TEXT: how fast a compiled gazetteer is opened and looked up: milliseconds to open it, then
 * megabytes of text a second of processor time, and the hits. The text is read over and over for half a second. */
#include "vocab/vocab.h"

#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { MAX_HITS = 64 };

static double seconds(void)
{
  struct timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static size_t look_up(const Vocab *vocab, const char *text, size_t bytes)
{
  VocabHit hits[MAX_HITS];
  size_t   found = 0;
  for (size_t at = 0, length; at < bytes; at += length) {
    WordKey key = word_key(text + at, bytes - at);
    length = key.bytes;
    if (length) found += vocab_match(vocab, key, text + at, bytes - at, NULL, hits, MAX_HITS);
    else utf8_decode(text + at, &length);
  }
  return found;
}

int main(int argc, char **argv)
{
  static char text[1 << 20];
  Diagnostics list = {.arena = arena_new()};
  Vocab      *vocab = NULL;
  FILE       *file = argc == 3 ? fopen(argv[2], "r") : NULL;
  size_t      bytes = file ? fread(text, 1, sizeof text, file) : 0;
  double      start = seconds();
  if (!bytes || vocab_open(argv[1], &list, &vocab)) return 1;
  double opened = seconds() - start;
  size_t found = look_up(vocab, text, bytes), rounds = 0;
  start = seconds();
  do found = look_up(vocab, text, bytes), ++rounds;
  while (seconds() - start < 0.5);
  printf("opened in %.1f ms; looked up %.0f MB of text a second, %zu hits in %zu bytes\n", 1000 * opened,
         1e-6 * (double)(bytes * rounds) / (seconds() - start), found, bytes);
  vocab_close(vocab);
  arena_free(list.arena);
  fclose(file);
  return 0;
}
