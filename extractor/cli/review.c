/* claimant review: what becomes of decisions: a report, a measure, examples for rules. */
#include "cli/decisions.h"
#include "cli/filter.h"
#include "cli/letters.h"
#include "cli/output.h"
#include "cli/where.h"
#include "base/hash.h"
#include "review/gold.h"
#include "review/report.h"
#include "review/suggest.h"
#include "session.h"
#include "write/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NOWHERE SIZE_MAX

typedef struct Review Review;

typedef struct {
  const char *name;
  bool        needs_letters, needs_files; /* --letters; rules with their files */
  int (*letter)(Review *review, const DecisionSet *own, const LetterKey *key, Document *document);
  int (*finish)(Review *review);
} Work;

struct Review {
  const Options *options;
  const Work    *work;
  ClaimantRules *rules;
  Arena         *arena;
  DecisionSet    set;
  LetterKey     *letters; /* of the folder, in its order */
  size_t         letter_count, letter_capacity, next;
  size_t        *letter_of; /* [decision] or NOWHERE */
  const char   **orphans;   /* [decision] why it has no item, or NULL */
  Suggestions    suggestions;
  Output         output;
  size_t         failed; /* letters */
  int            stop;
};

static bool stop(Review *review, int status)
{
  review->stop = status;
  return false;
}

/* ---- Which letter a decision is about ---- */

static bool count_failure(void *user, int status)
{
  Review *review = user;
  (void)status;
  review->failed++;
  return true;
}

static bool note_letter(void *user, const LetterSource *source)
{
  Review *review = user;
  char    hash[SHA256_HEX + 1];
  sha256_hex(source->data, source->bytes, hash);
  void *grown = arena_grow(review->arena, review->letters, review->letter_count, &review->letter_capacity,
                           sizeof *review->letters);
  if (!grown) return stop(review, STATUS_INTERNAL);
  review->letters = grown;
  LetterKey *key = &review->letters[review->letter_count++];
  *key = (LetterKey){arena_copy_string(review->arena, source->name), arena_copy_string(review->arena, hash)};
  return (key->name && key->sha256) || stop(review, STATUS_INTERNAL);
}

/* The very letter; else the only one of its name. */
static size_t letter_of(const Review *review, const Decision *decision, const char **why)
{
  size_t named = NOWHERE, count = 0;
  for (size_t i = 0; i < review->letter_count; ++i) {
    LetterMatch match = decision_letter(decision, &review->letters[i]);
    if (match == OF_SAME) return i;
    if (match == OF_EDITED) named = i, count++;
  }
  if (count == 1) return named;
  *why = count ? "several letters have its letter's name, and none its hash" : "its letter is not there";
  return NOWHERE;
}

static bool find_letters(Review *review)
{
  LetterTaker taker = {note_letter, count_failure, review};
  review->letter_of = arena_alloc(review->arena, (review->set.count + 1) * sizeof *review->letter_of);
  review->orphans = arena_alloc(review->arena, (review->set.count + 1) * sizeof *review->orphans);
  if (!review->letter_of || !review->orphans) return stop(review, STATUS_INTERNAL);
  letters_in_folder(review->options->letters, &taker);
  for (size_t i = 0; i < review->set.count; ++i)
    review->letter_of[i] = letter_of(review, review->set.items[i], &review->orphans[i]);
  return review->stop == GO_ON;
}

/* ---- One letter ---- */

static bool own_decisions(const Review *review, size_t letter, DecisionSet *own)
{
  *own = (DecisionSet){.arena = review->arena};
  for (size_t i = 0; i < review->set.count; ++i) {
    if (review->letter_of[i] != letter) continue;
    void *grown = arena_grow(review->arena, own->items, own->count, &own->capacity, sizeof *own->items);
    if (!grown) return false;
    own->items = grown;
    own->items[own->count++] = review->set.items[i];
  }
  return true;
}

static int work_on(Review *review, size_t letter, const DecisionSet *own, Document *document)
{
  const LetterKey *key = &review->letters[letter];
  for (size_t i = 0; i < review->set.count; ++i)
    if (review->letter_of[i] == letter) review->orphans[i] = decision_lost(document, review->set.items[i], decision_letter(review->set.items[i], key));
  return review->work->letter ? review->work->letter(review, own, key, document) : GO_ON;
}

static bool review_letter(void *user, const LetterSource *source)
{
  Review     *review = user;
  Document   *document = NULL;
  DecisionSet own;
  size_t      letter = review->next++;
  if (letter >= review->letter_count || !own_decisions(review, letter, &own)) return stop(review, STATUS_INTERNAL);
  if (!own.count) return true;
  ClaimantInput  input = {.data = source->data, .size = source->bytes, .name = source->name,
                          .format = format_of(source->format),
                          .date = source->date ? source->date : review->options->date,
                          .genre = source->genre ? source->genre : review->options->genre,
                          .language = source->language ? source->language : review->options->language,
                          .plain = review->options->plain};
  ClaimantStatus st = claimant_extract(review->rules, &input, &document);
  if (st) say(source->name, 0, "%s", claimant_status_text(st));
  int status = st ? status_of(st) : work_on(review, letter, &own, document);
  claimant_document_free(document);
  return status == GO_ON || stop(review, status);
}

/* ---- The report ---- */

static int print_report(Review *review)
{
  Report report = {&review->set, review->orphans};
  bool   json = review->options->format && !strcmp(review->options->format, "json");
  bool   fine = json ? report_json(review->arena, &report, &review->output.pending)
                     : report_text(review->arena, &report, &review->output.pending);
  return fine ? GO_ON : STATUS_INTERNAL;
}

/* ---- The measure ---- */

static int write_gold(Review *review, const DecisionSet *own, const LetterKey *key, Document *document)
{
  Buffer         id = {0};
  Json           json = {.out = &id};
  json_put_string(&json, key->name);
  WriteOptions   how = {.id_json = id.data, .base = review->options->base, .with_text = true};
  ClaimantStatus st = id.failed ? CLAIMANT_NO_MEMORY : gold_write(own, key, document, &how, &review->output.pending);
  buffer_free(&id);
  return st ? status_of(st) : GO_ON;
}

static int tell_orphans(Review *review)
{
  for (size_t i = 0; i < review->set.count; ++i) {
    const Decision *d = review->set.items[i];
    if (review->orphans[i]) say(d->file, d->line, "warning: %s has no item: %s", d->item, review->orphans[i]);
  }
  return GO_ON;
}

/* ---- Examples ---- */

static int take_suggestions(Review *review, const DecisionSet *own, const LetterKey *key, Document *document)
{
  return suggest_take(&review->suggestions, own, key, document) ? GO_ON : STATUS_INTERNAL;
}

static int print_suggestions(Review *review)
{
  tell_orphans(review);
  return suggest_write(&review->suggestions, review->rules->set, &review->output.pending) ? GO_ON : STATUS_INTERNAL;
}

/* ---- The command ---- */

static const Work works[] = {{"import", false, false, NULL, print_report},
                             {"gold", true, false, write_gold, tell_orphans},
                             {"suggest", true, true, take_suggestions, print_suggestions}};

static int check(const Review *review)
{
  const Options *options = review->options;
  if (review->work->needs_letters && !options->letters)
    return usage_fault(options, "review %s needs --letters DIR, the folder with the letters", review->work->name);
  if (options->format && (review->work->letter || (strcmp(options->format, "text") != 0 && strcmp(options->format, "json") != 0)))
    return usage_fault(options, "unknown format \"%s\" for --format; review import has text and json", options->format);
  return GO_ON;
}

static int run(Review *review)
{
  int status = decisions_open(&review->set, review->options->files, review->options->file_count);
  if (status != GO_ON) return status;
  if (review->options->letters) {
    status = review->work->needs_files ? open_rule_files(review->options, &review->rules)
                                       : open_rules(review->options, false, &review->rules);
    if (status != GO_ON) return status;
    LetterTaker taker = {review_letter, count_failure, review};
    size_t      failed = 0;
    if (find_letters(review)) {
      failed = review->failed;
      letters_in_folder(review->options->letters, &taker);
      review->failed = failed;
    }
    if (review->stop != GO_ON) return review->stop;
  }
  status = review->work->finish(review);
  return status == GO_ON && review->failed ? STATUS_SOME_FAILED : status;
}

int command_review(int argc, char **argv)
{
  Options options;
  Review  review = {.options = &options, .stop = GO_ON};
  for (size_t i = 0; argc > 1 && i < sizeof works / sizeof *works; ++i)
    if (!strcmp(argv[1], works[i].name)) review.work = &works[i];
  if (!review.work && argc > 1 && argv[1][0] != '-')
    return usage_fault(&(Options){.command = OF_REVIEW}, "unknown \"review %s\"; import, gold or suggest was expected", argv[1]);
  int status = options_parse(OF_REVIEW, review.work ? argc - 1 : argc, review.work ? argv + 1 : argv, &options);
  if (status == GO_ON && !review.work) status = usage_fault(&options, "review needs import, gold or suggest, and files of decisions");
  if (status == GO_ON) status = check(&review);
  if (status != GO_ON) return status;
  review.arena = review.set.arena = review.suggestions.arena = arena_new();
  if (!review.arena) return STATUS_INTERNAL;
  if (output_open(&review.output, options.output)) {
    status = run(&review);
    bool keep = status == GO_ON || status == STATUS_SOME_FAILED;
    int  written = output_finish(&review.output, keep);
    if (keep && written) status = written;
  } else {
    status = STATUS_OUTPUT;
  }
  claimant_rules_free(review.rules);
  arena_free(review.arena);
  return status == GO_ON ? STATUS_FINE : status;
}
