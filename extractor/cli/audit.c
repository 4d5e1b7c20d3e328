/* claimant audit: a page for each letter, to be checked by hand, and an index over them. */
#include "audit/page.h"
#include "cli/filter.h"
#include "cli/letters.h"
#include "cli/output.h"
#include "cli/where.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

enum { NAME_BYTES = 100 /* of a page's file, without what is added */ };

typedef struct {
  const Options       *options;
  const ClaimantRules *rules;
  Arena               *arena;
  AuditIndex           index;
  size_t               capacity;
  size_t               done, failed;
  int                  failure; /* the status that all failures share, or STATUS_SOME_FAILED */
  int                  stop;    /* GO_ON, or the status to exit with at once */
} Audit;

/* ---- Names of pages ---- */

static bool is_taken(const Audit *audit, const char *file)
{
  if (!strcasecmp(file, "index.html")) return true;
  for (size_t i = 0; i < audit->index.count; ++i)
    if (!strcasecmp(audit->index.entries[i].file, file)) return true;
  return false;
}

/* A file name that is one on every system, from the last part of the letter's name. */
static const char *page_name(const Audit *audit, const char *name)
{
  static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.";
  const char       *slash = strrchr(name, '/'), *from = slash ? slash + 1 : name, *dot = strrchr(from, '.');
  size_t            length = dot && dot > from ? (size_t)(dot - from) : strlen(from);
  char              stem[NAME_BYTES + 1];
  if (length > NAME_BYTES) length = NAME_BYTES;
  for (size_t i = 0; i < length; ++i) stem[i] = strchr(plain, from[i]) && from[i] ? from[i] : '-';
  stem[length] = '\0';
  if (!length || *stem == '.' || *stem == '-') snprintf(stem, sizeof stem, "letter");
  const char *file = arena_printf(audit->arena, "%s.html", stem);
  for (size_t n = 2; file && is_taken(audit, file); ++n) file = arena_printf(audit->arena, "%s-%zu.html", stem, n);
  return file;
}

static int write_file(Buffer *page, const char *path)
{
  Output output = {0};
  if (!output_open(&output, path)) {
    buffer_free(page);
    return STATUS_OUTPUT;
  }
  output.pending = *page;
  *page = (Buffer){0};
  return output_finish(&output, true);
}

static int write_page(Audit *audit, Buffer *page, const char *file)
{
  char *path = arena_printf(audit->arena, "%s/%s", audit->options->output, file);
  return path ? write_file(page, path) : STATUS_INTERNAL;
}

/* ---- One letter ---- */

static void tell_fault(const char *name, const Diagnostics *list, ClaimantStatus st)
{
  size_t told = 0;
  for (size_t i = 0; i < list->count; ++i) {
    if (list->items[i].severity != CLAIMANT_ERROR) continue;
    say_diagnostic(name, &list->items[i]);
    told++;
  }
  if (!told) say(name, 0, "%s", claimant_status_text(st));
}

static bool remember(Audit *audit, const Explanation *found, const char *name, const char *file)
{
  void *grown = arena_grow(audit->arena, audit->index.entries, audit->index.count, &audit->capacity,
                           sizeof *audit->index.entries);
  if (!grown) return false;
  audit->index.entries = grown;
  if (!index_entry(audit->arena, &found->document, name, file, &audit->index.entries[audit->index.count])) return false;
  audit->index.count++;
  return true;
}

static int audit_found(Audit *audit, Explanation *found, const LetterSource *source)
{
  Buffer       page = {0};
  Diagnostics  report = {.arena = found->document.arena};
  AuditOptions how = {.name = source->name,
                      .base = audit->options->base,
                      .doc_iri = source->iri ? source->iri : audit->options->doc_iri};
  filter_items(audit->options, &found->document);
  ClaimantStatus st = audit_page(found, &how, &report, &page);
  if (st) {
    tell_fault(source->name, &report, st);
    buffer_free(&page);
    return status_of(st);
  }
  const char *file = page_name(audit, source->name);
  int         status = file ? write_page(audit, &page, file) : STATUS_INTERNAL;
  buffer_free(&page);
  if (!status && !remember(audit, found, source->name, file)) status = STATUS_INTERNAL;
  return status;
}

static int audit_read(Audit *audit, LetterIn *in, const LetterSource *source)
{
  const char        *date = source->date ? source->date : audit->options->date;
  const char        *genre = source->genre ? source->genre : audit->options->genre;
  ExplanationOptions how = {.date = date, .genre = genre, .plain = audit->options->plain};
  Explanation        found;
  for (size_t i = 0; i < in->list.count; ++i)
    if (!strcmp(in->list.items[i].code, "empty")) return STATUS_BAD_DATA; /* told */
  ClaimantStatus st = explanation_make(audit->rules, in->letter, &in->list, in->sha256, how, &found);
  if (!st) return audit_found(audit, &found, source);
  tell_fault(source->name, &in->list, st);
  return status_of(st);
}

static bool fail_letter(void *user, int status)
{
  Audit *audit = user;
  audit->done++;
  if (audit->failed++ == 0) audit->failure = status;
  if (audit->failure != status) audit->failure = STATUS_SOME_FAILED;
  if (status == STATUS_INTERNAL || status == STATUS_OUTPUT || status == STATUS_USAGE) audit->stop = status;
  return audit->stop == GO_ON;
}

static bool take_letter(void *user, const LetterSource *source)
{
  Audit   *audit = user;
  LetterIn in = {0};
  int      status = letter_in_bytes(&in, source->data, source->bytes, source->name, source->format, audit->rules->set,
                                    source->language ? source->language : audit->options->language);
  if (status == GO_ON) status = audit_read(audit, &in, source);
  letter_in_close(&in);
  if (status) return fail_letter(audit, status);
  audit->done++;
  return true;
}

/* ---- The command ---- */

static int make_folder(const char *path)
{
  struct stat about;
  if (mkdir(path, 0777) == 0) return GO_ON;
  if (errno == EEXIST && stat(path, &about) == 0 && S_ISDIR(about.st_mode)) return GO_ON;
  say(path, 0, "%s", errno == EEXIST ? "is no folder; the pages need one" : strerror(errno));
  return STATUS_OUTPUT;
}

static int finish(Audit *audit)
{
  Buffer page = {0};
  if (audit->stop != GO_ON) return audit->stop;
  if (audit->index.count) {
    audit->index.rules = audit->rules->set;
    ClaimantStatus st = audit_index(&audit->index, &page);
    int            status = st ? status_of(st) : write_page(audit, &page, "index.html");
    buffer_free(&page);
    if (status) return status;
    printf("%s/index.html: %zu letter%s\n", audit->options->output, audit->index.count,
           audit->index.count == 1 ? "" : "s");
    if (fflush(stdout) || ferror(stdout)) return STATUS_OUTPUT;
  }
  if (!audit->failed) return STATUS_FINE;
  return audit->failed == audit->done ? audit->failure : STATUS_SOME_FAILED;
}

int command_audit(int argc, char **argv)
{
  Options        options;
  ClaimantRules *rules = NULL;
  Audit          audit = {.options = &options, .stop = GO_ON};
  int            status = options_parse(OF_AUDIT, argc, argv, &options);
  if (status == GO_ON && !options.output) {
    status = usage_fault(&options, "audit needs -o DIR, the folder to write pages into");
  }
  if (status == GO_ON) status = open_rule_files(&options, &rules);
  if (status == GO_ON && !check_types(&options, rules->set)) status = STATUS_USAGE;
  if (status == GO_ON) status = make_folder(options.output);
  if (status == GO_ON) {
    audit.rules = rules;
    audit.arena = arena_new();
    if (!audit.arena) audit.stop = STATUS_INTERNAL;
    LetterTaker taker = {take_letter, fail_letter, &audit};
    for (size_t i = 0; i < options.file_count && audit.stop == GO_ON; ++i)
      letters_in_file(options.files[i], options.from, &taker);
    status = finish(&audit);
  }
  arena_free(audit.arena);
  claimant_rules_free(rules);
  return status;
}
