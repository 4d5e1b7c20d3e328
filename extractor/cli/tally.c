#include "cli/tally.h"

#include "cli/output.h"
#include "write/json.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const double FIRST_AFTER = 1, THEN_EVERY = 0.5; /* seconds */

static double now(void)
{
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

/* Only what is a file can say beforehand how much it is. */
static size_t bytes_of_files(const Options *options)
{
  size_t      sum = 0;
  struct stat about;
  if (options->files_from) return 0;
  for (size_t i = 0; i < options->file_count; ++i) {
    if (!strcmp(options->files[i], "-") || stat(options->files[i], &about) || !S_ISREG(about.st_mode)) return 0;
    sum += (size_t)about.st_size;
  }
  return sum;
}

void tally_begin(Tally *tally, const Options *options)
{
  *tally = (Tally){.progress = options->progress, .began = now()};
  if (tally->progress == PROGRESS_GUESS)
    tally->progress = isatty(STDERR_FILENO) && !isatty(STDOUT_FILENO) ? PROGRESS_BAR : PROGRESS_NONE;
  if (tally->progress != PROGRESS_NONE) tally->expected = bytes_of_files(options);
  tally->told = tally->began + FIRST_AFTER - THEN_EVERY;
}

static void count_fault(Tally *tally, const char *code)
{
  for (size_t i = 0; i < TALLY_CODES; ++i) {
    if (!tally->faults[i].code) tally->faults[i].code = code;
    if (strcmp(tally->faults[i].code, code) != 0) continue;
    tally->faults[i].count++;
    return;
  }
}

/* ---- On the way --------------------------------------------------------------------------------- */

static double rate(double amount, double seconds) { return seconds > 0 ? amount / seconds : 0; }

/* Without printf's %f, which writes the point of the locale. */
static void put_number(Json *json, const char *name, double value)
{
  char     text[64];
  uint64_t thousandths = value > 0 ? (uint64_t)(value * 1000 + 0.5) : 0;
  snprintf(text, sizeof text, "%" PRIu64 ".%03" PRIu64, thousandths / 1000, thousandths % 1000);
  json_key(json, name);
  json_put_raw(json, text);
}

static void put_count(Json *json, const char *name, size_t value)
{
  json_key(json, name);
  json_put_size(json, value);
}

static void put_counts(const Tally *tally, Json *json, double seconds)
{
  put_count(json, "letters", tally->letters);
  put_count(json, "written", tally->letters - tally->failed - tally->skipped);
  put_count(json, "failed", tally->failed);
  put_count(json, "skipped", tally->skipped);
  put_count(json, "bytes", tally->bytes);
  put_number(json, "seconds", seconds);
  put_number(json, "lettersPerSecond", rate((double)tally->letters, seconds));
  put_number(json, "bytesPerSecond", rate((double)tally->bytes, seconds));
}

/* Seconds, or less than 0: nobody knows. */
static double time_left(const Tally *tally, double seconds)
{
  if (!tally->expected || !tally->bytes || tally->bytes > tally->expected) return -1;
  return seconds * (double)(tally->expected - tally->bytes) / (double)tally->bytes;
}

static void tell_json(const Tally *tally, double seconds)
{
  Buffer line = {0};
  Json   json = {.out = &line};
  double left = time_left(tally, seconds);
  json_begin(&json, '{');
  put_counts(tally, &json, seconds);
  if (left >= 0) put_number(&json, "secondsLeft", left);
  json_end(&json, '}');
  buffer_append_byte(&line, '\n');
  if (!line.failed) fputs(line.data, stderr);
  buffer_free(&line);
}

static void tell_bar(Tally *tally, double seconds)
{
  double left = time_left(tally, seconds);
  fprintf(stderr, "\r\033[K%zu letters", tally->letters);
  if (tally->failed) fprintf(stderr, ", %zu failed", tally->failed);
  if (tally->skipped) fprintf(stderr, ", %zu skipped", tally->skipped);
  fprintf(stderr, "; %.0f a second, %.2f MB a second", rate((double)tally->letters, seconds),
          rate((double)tally->bytes, seconds) / 1e6);
  if (left >= 0) fprintf(stderr, "; %.0f:%02.0f left", (double)(long)(left / 60), (double)((long)left % 60));
  fflush(stderr);
  tally->shown = true;
}

static void tell(Tally *tally, double at)
{
  tally->told = at;
  if (tally->progress == PROGRESS_JSON) tell_json(tally, at - tally->began);
  else tell_bar(tally, at - tally->began);
}

void tally_add(Tally *tally, const Answer *answer)
{
  tally->letters++;
  tally->failed += answer->failed;
  tally->skipped += answer->skipped;
  tally->items += answer->failed ? 0 : answer->items;
  tally->bytes += answer->bytes;
  tally->out_bytes += answer->out.size;
  if (answer->failed) count_fault(tally, answer->code);
  if (tally->progress == PROGRESS_NONE) return;
  double at = now();
  if (at - tally->told >= THEN_EVERY) tell(tally, at);
}

void tally_hide(Tally *tally)
{
  if (tally->shown) fputs("\r\033[K", stderr);
  tally->shown = false;
}

void tally_end(Tally *tally)
{
  tally_hide(tally);
  if (tally->progress == PROGRESS_JSON) tell(tally, now());
}

/* ---- At the end --------------------------------------------------------------------------------- */

int tally_write(const Tally *tally, const char *path, const char *rules_hash, int status)
{
  Output output;
  if (!output_open(&output, strcmp(path, "-") ? path : NULL)) return output_finish(&output, false), STATUS_OUTPUT;
  Json json = {.out = &output.pending};
  json_begin(&json, '{');
  put_counts(tally, &json, now() - tally->began);
  put_count(&json, "items", tally->items);
  put_count(&json, "outputBytes", tally->out_bytes);
  json_key(&json, "errors");
  json_begin(&json, '{');
  for (size_t i = 0; i < TALLY_CODES && tally->faults[i].code; ++i)
    put_count(&json, tally->faults[i].code, tally->faults[i].count);
  json_end(&json, '}');
  json_key(&json, "rules");
  json_put_string(&json, rules_hash);
  json_key(&json, "version");
  json_put_string(&json, CLAIMANT_VERSION);
  put_count(&json, "status", (size_t)status);
  json_end(&json, '}');
  buffer_append_byte(&output.pending, '\n');
  return output_finish(&output, true);
}
