#include "cli/feed.h"

#include "cli/signals.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* A line may hold the longest letter with every character escaped, and more besides. */
enum { ESCAPED = 6, BESIDES = 1 << 20 };

typedef struct {
  const Options *options;
  Crew          *crew;
  void (*idle)(void *user);
  void *user;
} Feed;

static size_t longest_line(const Options *options) { return options->max_bytes * ESCAPED + BESIDES; }

/* `place` and `text` become the task's own where it outlives them. False: out of memory. */
static bool keep(const Feed *feed, Task *task, bool place_too)
{
  if (!crew_keeps(feed->crew)) return true;
  size_t place = place_too ? strlen(task->place) + 1 : 0;
  task->memory = malloc(place + task->size + 1);
  if (!task->memory) return false;
  if (place) {
    if (task->name == task->place) task->name = task->memory;
    task->place = memcpy(task->memory, task->place, place);
  }
  if (task->size) memcpy(task->memory + place, task->text, task->size);
  task->text = task->memory + place;
  return true;
}

static bool put(const Feed *feed, Task *task, bool place_too)
{
  if (!keep(feed, task, place_too)) task->kind = TASK_FAULT, task->size = 0, task->status = CLAIMANT_NO_MEMORY;
  return crew_put(feed->crew, task) && !signals_asked();
}

/* ---- JSON Lines --------------------------------------------------------------------------------- */

static bool is_blank(const char *line, size_t bytes)
{
  for (size_t i = 0; i < bytes; ++i) {
    if (!strchr(" \t\r\v\f", line[i]) || !line[i]) return false;
  }
  return true;
}

/* False: nothing more is wanted. */
static bool put_lines(const Feed *feed, Input *input, bool listed)
{
  bool wanted = true;
  if (!crew_keeps(feed->crew)) input->before_wait = feed->idle, input->user = feed->user;
  input->max_line = longest_line(feed->options);
  while (wanted) {
    const char    *line;
    size_t         bytes = 0;
    ClaimantStatus st = input_line(input, &line, &bytes);
    Task           task = {.kind = TASK_LINE, .place = input->name, .line = input->line};
    if (input->stopped || (!st && !line)) break;
    if (!st && is_blank(line, bytes)) continue;
    if (st) task.kind = TASK_FAULT, task.status = st, task.error = errno;
    else task.text = line, task.size = bytes;
    if (st && st != CLAIMANT_TOO_LARGE) task.line = 0; /* the file itself fails, and ends here */
    wanted = put(feed, &task, listed);
    if (st && st != CLAIMANT_TOO_LARGE) break;
  }
  Task end = {.kind = TASK_END, .place = input->name};
  return put(feed, &end, listed) && wanted && !input->stopped;
}

/* ---- Files ----------------------------------------------------------------------------------------- */

/* `listed`: the path lives only as long as the call. */
static int put_file(const Feed *feed, const char *path, bool listed)
{
  const Options *options = feed->options;
  Task           task = {.kind = TASK_FILE, .format = options->from};
  ClaimantStatus st = input_open(&task.input, path);
  task.place = task.input.name;
  task.name = strcmp(path, "-") ? task.place : "-";
  if (!st && task.format == FROM_GUESS) st = input_guess(&task.input, &task.format);
  if (!st && task.format == FROM_JSONL && options->doc_iri) {
    say(task.place, 0,
        "JSON Lines hold many letters, and --doc-iri names one; their field \"iri\" was expected");
    input_close(&task.input);
    return STATUS_USAGE;
  }
  if (!st && task.format == FROM_JSONL) {
    bool wanted = put_lines(feed, &task.input, listed);
    input_close(&task.input);
    return wanted ? GO_ON : STATUS_FINE;
  }
  if (st) {
    task.kind = TASK_FAULT, task.status = st, task.error = errno;
    input_close(&task.input);
  }
  return put(feed, &task, listed) ? GO_ON : STATUS_FINE;
}

/* ---- Lists of files -------------------------------------------------------------------------------- */

static int put_listed(const Feed *feed, Input *list)
{
  Buffer path = {0};
  int    status = GO_ON;
  list->separator = feed->options->zero ? '\0' : '\n';
  if (!crew_keeps(feed->crew)) list->before_wait = feed->idle, list->user = feed->user;
  while (status == GO_ON) {
    const char    *line;
    size_t         bytes = 0;
    ClaimantStatus st = input_line(list, &line, &bytes);
    if (list->stopped || (!st && !line)) break;
    if (st) {
      say(list->name, list->line, "cannot be read: %s",
          st == CLAIMANT_NO_INPUT ? input_error(errno) : claimant_status_text(st));
      status = status_of(st);
      break;
    }
    if (!bytes) continue;
    buffer_clear(&path);
    buffer_append(&path, line, bytes);
    if (path.failed) status = STATUS_INTERNAL;
    else if (strlen(path.data) != bytes) {
      say(list->name, list->line, "a name holds a byte 0; one path a line was expected, or -0 to end paths with it");
      status = STATUS_USAGE;
    } else status = put_file(feed, path.data, true);
  }
  buffer_free(&path);
  return status;
}

static int feed_list(const Feed *feed)
{
  Input          list;
  const char    *path = feed->options->files_from;
  ClaimantStatus st = input_open(&list, path);
  int            status = STATUS_NO_INPUT;
  list.max_line = BESIDES;
  if (st) say(list.name, 0, "cannot be read: %s", strerror(errno));
  else status = put_listed(feed, &list);
  input_close(&list);
  return status;
}

int feed(const Options *options, Crew *crew, void (*idle)(void *user), void *user)
{
  Feed it = {.options = options, .crew = crew, .idle = idle, .user = user};
  int  status = GO_ON;
  for (size_t i = 0; i < options->file_count && status == GO_ON; ++i) status = put_file(&it, options->files[i], false);
  if (status == GO_ON && options->files_from) status = feed_list(&it);
  return status == STATUS_FINE ? GO_ON : status;
}
