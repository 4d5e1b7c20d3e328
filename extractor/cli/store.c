#include "cli/store.h"

#include "write/json.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MANIFEST "claimant.json"
#define PART ".claimant-part"

enum { HEAD_BYTES = 4096, PIECE_BYTES = 1 << 14, NAME_BYTES = 96 };

static bool fail(Store *store, const char *name, const char *what)
{
  if (!store->failed) say(store->path, 0, "%s %s: %s", name, what, strerror(errno));
  store->failed = true;
  return false;
}

/* ---- Files ------------------------------------------------------------------------------------- */

static bool write_all(int fd, const char *data, size_t size)
{
  while (size) {
    ssize_t written = write(fd, data, size);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    data += written;
    size -= (size_t)written;
  }
  return true;
}

typedef struct {
  const char *data;
  size_t      size;
} Bytes;

static bool write_part(const Store *store, const Bytes *pieces, size_t count)
{
  int fd = openat(store->fd, store->part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (fd < 0) return false;
  bool fine = true;
  for (size_t i = 0; fine && i < count; ++i) fine = write_all(fd, pieces[i].data, pieces[i].size);
  if (fine && fsync(fd) < 0 && errno != EINVAL && errno != EROFS) fine = false;
  int error = errno;
  if (close(fd) < 0 && fine) fine = false, error = errno;
  errno = error;
  return fine;
}

static bool put_file(Store *store, const char *name, const Bytes *pieces, size_t count)
{
  bool fine = write_part(store, pieces, count) && !renameat(store->fd, store->part, store->fd, name);
  if (fine) return true;
  int error = errno;
  unlinkat(store->fd, store->part, 0);
  errno = error;
  return fail(store, name, "cannot be written");
}

/* The beginning of a file as a string; false when there is none. */
static bool read_head(const Store *store, const char *name, char *head, size_t size)
{
  int fd = openat(store->fd, name, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return false;
  size_t  used = 0;
  ssize_t got = 1;
  while (used + 1 < size && (got = read(fd, head + used, size - 1 - used)) > 0) used += (size_t)got;
  close(fd);
  head[used] = '\0';
  return got >= 0;
}

/* ---- Answers ------------------------------------------------------------------------------------ */

static void answer_name(const Store *store, const char *sha256, char name[NAME_BYTES])
{
  snprintf(name, NAME_BYTES, "%s%s", sha256, store->suffix);
}

/* Whether a file holds the rules' hash, which mostly stands near its beginning. */
static bool names_rules(int fd, const char *hash)
{
  char    piece[PIECE_BYTES];
  size_t  used = 0, length = strlen(hash);
  ssize_t got;
  while ((got = read(fd, piece + used, sizeof piece - used)) > 0) {
    used += (size_t)got;
    if (memmem(piece, used, hash, length)) return true;
    if (used < sizeof piece) continue;
    memmove(piece, piece + used - length, length);
    used = length;
  }
  return false;
}

bool store_has(const Store *store, const char *sha256)
{
  char name[NAME_BYTES];
  answer_name(store, sha256, name);
  int fd = openat(store->fd, name, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return false;
  bool has = names_rules(fd, store->rules_hash);
  close(fd);
  return has;
}

static bool put_error(Store *store, const Answer *answer, const char *name)
{
  Bytes record = {answer->out.data, answer->out.size};
  return put_file(store, name, &record, 1);
}

static bool put_answer(Store *store, Answer *answer)
{
  char name[NAME_BYTES], head[128];
  if (answer->skipped || store_has(store, answer->sha256)) return answer->skipped = true;
  int   length = store->comment ? snprintf(head, sizeof head, "%s%s\n", store->comment, store->rules_hash) : 0;
  Bytes pieces[] = {{head, (size_t)length}, {answer->out.data, answer->out.size}};
  answer_name(store, answer->sha256, name);
  return put_file(store, name, pieces, 2);
}

bool store_put(Store *store, Answer *answer)
{
  char name[NAME_BYTES];
  snprintf(name, sizeof name, "%s.error.json", answer->handle);
  if (answer->failed) return put_error(store, answer, name);
  if (!put_answer(store, answer)) return false;
  return !unlinkat(store->fd, name, 0) || errno == ENOENT || fail(store, name, "cannot be removed");
}

/* ---- The folder --------------------------------------------------------------------------------- */

/* What the answers hang on besides letters and rules. */
static void describe(const Store *store, const Options *options, Buffer *out)
{
  const struct {
    const char *name, *value;
  } fields[] = {{"to", store->suffix + 1}, {"date", options->date},   {"genre", options->genre}, {"language", options->language},
                {"base", options->base},   {"types", options->types}, {"timestamp", options->timestamp},
                {"evidence", options->compact ? "compact" : "full"}};
  Json json = {.out = out};
  json_begin(&json, '{');
  json_key(&json, "claimant");
  json_put_string(&json, CLAIMANT_VERSION);
  for (size_t i = 0; i < sizeof fields / sizeof *fields; ++i) {
    json_key(&json, fields[i].name);
    json_put_string(&json, fields[i].value);
  }
  json_key(&json, "decisions");
  json_begin(&json, '[');
  for (size_t i = 0; i < options->decision_count; ++i) json_put_string(&json, options->decisions[i]);
  json_end(&json, ']');
  json_key(&json, "reviewed");
  json_put_string(&json, options->only_accepted ? "accepted" : options->exclude_rejected ? "not rejected" : "all");
  json_key(&json, "minConfidence");
  json_put_share(&json, options->min_confidence);
  json_key(&json, "quotes");
  json_put_raw(&json, options->no_quotes ? "false" : "true");
  json_end(&json, '}');
  buffer_append_byte(out, '\n');
}

/* Another process may be the first to describe the folder; then its word holds. */
static int check_manifest(Store *store, const Options *options)
{
  char   found[HEAD_BYTES];
  Buffer wanted = {0};
  int    status = GO_ON;
  describe(store, options, &wanted);
  bool there = !wanted.failed && read_head(store, MANIFEST, found, sizeof found);
  if (wanted.failed) {
    status = STATUS_INTERNAL;
  } else if (!there) {
    Bytes bytes = {wanted.data, wanted.size};
    if (!put_file(store, MANIFEST, &bytes, 1)) status = STATUS_OUTPUT;
  } else if (strcmp(found, wanted.data) != 0) {
    say(store->path, 0, "was filled with other options, as its %s says; the same, or another folder, were expected",
        MANIFEST);
    status = STATUS_USAGE;
  } else if (!store->resume) {
    say(store->path, 0, "holds answers already; --resume completes them, or name another folder");
    status = STATUS_USAGE;
  }
  buffer_free(&wanted);
  return status;
}

/* What a process of this machine left when it was killed. */
static void remove_parts(const Store *store, const char *host)
{
  char prefix[300];
  int  fd = openat(store->fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR *folder = fd >= 0 ? fdopendir(fd) : NULL;
  if (!folder) {
    if (fd >= 0) close(fd);
    return;
  }
  size_t length = (size_t)snprintf(prefix, sizeof prefix, PART "-%s-", host);
  for (const struct dirent *entry; (entry = readdir(folder));) {
    if (strncmp(entry->d_name, prefix, length) != 0) continue;
    long process = strtol(entry->d_name + length, NULL, 10);
    if (process > 0 && kill((pid_t)process, 0) < 0 && errno == ESRCH) unlinkat(store->fd, entry->d_name, 0);
  }
  closedir(folder);
}

static const char *suffix_of(WriteFn write, const char **comment)
{
  static const struct {
    WriteFn     write;
    const char *suffix, *comment;
  } names[] = {{write_turtle, ".ttl", "# rules "}, {write_ntriples, ".nt", "# rules "},
               {write_nquads, ".nq", "# rules "},  {write_trig, ".trig", "# rules "},
               {write_jsonl, ".jsonl", NULL},     {write_jsonld, ".jsonld", NULL},
               {write_rdfxml, ".rdf", NULL},       {write_dot, ".dot", NULL}};
  for (size_t i = 0; i < sizeof names / sizeof *names; ++i) {
    if (names[i].write != write) continue;
    *comment = names[i].comment;
    return names[i].suffix;
  }
  return NULL;
}

int store_open(Store *store, const Options *options, const char *rules_hash)
{
  char host[256] = "";
  *store = (Store){.path = options->output_dir, .resume = options->resume, .rules_hash = rules_hash, .fd = -1};
  store->suffix = suffix_of(options->write, &store->comment);
  if (!store->suffix) {
    say(NULL, 0, "--output-dir is for jsonl, turtle, ntriples, nquads, trig, jsonld, rdfxml, dot and csv; one of them was expected after -t");
    return STATUS_USAGE;
  }
  if (mkdir(store->path, 0777) < 0 && errno != EEXIST) return fail(store, "the folder", "cannot be made"), STATUS_OUTPUT;
  store->fd = open(store->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (store->fd < 0) return fail(store, "the folder", "cannot be opened"), STATUS_OUTPUT;
  if (gethostname(host, sizeof host - 1) < 0 || strchr(host, '/')) strcpy(host, "host");
  snprintf(store->part, sizeof store->part, PART "-%s-%ld", host, (long)getpid());
  if (store->resume) remove_parts(store, host);
  return check_manifest(store, options);
}

int store_close(Store *store)
{
  if (store->fd < 0) return STATUS_FINE;
  if (fsync(store->fd) < 0 && errno != EINVAL && errno != EROFS) fail(store, "the folder", "cannot be written");
  close(store->fd);
  store->fd = -1;
  return store->failed ? STATUS_OUTPUT : STATUS_FINE;
}
