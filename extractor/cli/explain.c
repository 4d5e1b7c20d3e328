/* claimant explain: how items came about. */
#include "cli/explain.h"

#include "cli/letter.h"
#include "cli/where.h"
#include "resolve/resolve.h"
#include "session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct {
  const char *name;
  void (*begin)(Buffer *out);
  void (*put)(const Explained *e, Buffer *out);
} Form;

typedef struct {
  const Options       *options;
  const ClaimantRules *rules;
  Form                 form;
  Trace                trace;
  MatchResult          result;
  Document             document;
  const Annotation   **sorted;
  size_t               sorted_count;
} Explanation;

static int usage(const char *format, const char *argument)
{
  char message[512];
  snprintf(message, sizeof message, format, argument);
  say(NULL, 0, "%s (claimant --help shows how)", message);
  return STATUS_USAGE;
}

/* ---- Which items ---- */

static bool is_wanted(const Explanation *x, const Item *item)
{
  const Options *options = x->options;
  const Letter  *letter = x->document.letter;
  if (options->item && strcmp(options->item, item->id) != 0 &&
      (!item->entity || strcmp(options->item, item->entity->id) != 0))
    return false;
  if (options->rule && strcmp(options->rule, item->rule->id) != 0) return false;
  if (options->at < 0) return true;
  return letter_code_point(letter, item->span.start) <= options->at &&
         options->at < letter_code_point(letter, item->span.end);
}

static int by_start(const void *a, const void *b)
{
  const Annotation *x = *(const Annotation *const *)a, *y = *(const Annotation *const *)b;
  if (x->span.start != y->span.start) return x->span.start < y->span.start ? -1 : 1;
  return x->id < y->id ? -1 : x->id > y->id;
}

/* Those that items are made of, by place. False: no memory. */
static bool sort_annotations(Explanation *x)
{
  x->sorted = arena_alloc(x->document.arena, (x->result.count + 1) * sizeof *x->sorted);
  for (size_t i = 0; x->sorted && i < x->result.count; ++i) {
    const Annotation *a = x->result.annotations[i];
    if (a->live && a->rule) x->sorted[x->sorted_count++] = a;
  }
  if (x->sorted_count) qsort(x->sorted, x->sorted_count, sizeof *x->sorted, by_start);
  return x->sorted;
}

/* Items keep the rule and the start of the annotation they were made of, and mostly its end. */
static const Annotation *annotation_of(const Explanation *x, const Item *item)
{
  const Annotation *near = NULL;
  size_t            low = 0, high = x->sorted_count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (x->sorted[middle]->span.start < item->span.start) low = middle + 1;
    else high = middle;
  }
  for (; low < x->sorted_count && x->sorted[low]->span.start == item->span.start; ++low) {
    const Annotation *a = x->sorted[low];
    if (a->rule != item->rule) continue;
    if (a->span.end == item->span.end) return a;
    near = a;
  }
  return near;
}

/* ---- The letter ---- */

static ClaimantStatus find_items(Explanation *x, LetterIn *in)
{
  MatchOptions how = {.last_phase = UINT32_MAX, .trace = &x->trace, .plain = x->options->plain};
  x->document = (Document){.arena = in->letter->arena, .letter = in->letter, .rules = x->rules->set,
                            .rules_hash = x->rules->hash};
  x->document.diagnostics = in->list;
  memcpy(x->document.sha256, in->sha256, sizeof in->sha256);
  ClaimantStatus st = match_letter(&x->rules->matcher, in->letter, how, &in->list, &x->result);
  if (!st) st = resolve_document(&x->document, &x->result, x->options->date, NULL);
  return st || sort_annotations(x) ? st : CLAIMANT_NO_MEMORY;
}

static bool wants_colour(const Explanation *x)
{
  const char *never = getenv("NO_COLOR");
  return !strcmp(x->form.name, "text") && !(never && *never) && isatty(STDOUT_FILENO);
}

/* One written out at a time, so that a long letter needs no more memory for it. */
static int tell_items(Explanation *x)
{
  Buffer out = {0};
  size_t told = 0;
  bool   colour = wants_colour(x);
  if (x->form.begin) x->form.begin(&out);
  for (size_t i = 0; i < x->document.item_count && !out.failed && !ferror(stdout); ++i) {
    Explained e = {
        .document = &x->document, .item = &x->document.items[i], .base = x->options->base, .colour = colour};
    if (!is_wanted(x, e.item)) continue;
    e.annotation = annotation_of(x, e.item);
    e.match = trace_of(&x->trace, e.annotation);
    if (!e.match) continue;
    x->form.put(&e, &out);
    fwrite(out.data, 1, out.size, stdout);
    buffer_clear(&out);
    told++;
  }
  bool failed = out.failed;
  buffer_free(&out);
  if (failed) return STATUS_INTERNAL;
  if (fflush(stdout) || ferror(stdout)) {
    say("standard output", 0, "cannot be written");
    return STATUS_OUTPUT;
  }
  if (!told) say(x->document.letter->name, 0, "no item here is what was asked for");
  return told ? STATUS_FINE : STATUS_SOME_FAILED;
}

static int explain_file(Explanation *x, const char *path)
{
  LetterIn in = {0};
  int      status = letter_in_file(&in, path, x->options->from, x->rules->set);
  if (status == GO_ON) {
    ClaimantStatus st = find_items(x, &in);
    if (st) {
      for (size_t i = 0; i < in.list.count; ++i)
        if (in.list.items[i].severity == CLAIMANT_ERROR) say_diagnostic(path, &in.list.items[i]);
      if (!in.list.errors) say(path, 0, "%s", claimant_status_text(st));
    }
    status = st ? status_of(st) : tell_items(x);
  }
  letter_in_close(&in);
  return status;
}

/* ---- The command ---- */

static int choose_form(const Options *options, Form *form)
{
  static const Form forms[] = {{"text", NULL, explain_text},
                               {"json", NULL, explain_json},
                               {"turtle", explain_turtle_begin, explain_turtle}};
  const char       *name = options->format ? options->format : "text";
  for (size_t i = 0; i < sizeof forms / sizeof *forms; ++i)
    if (!strcmp(forms[i].name, name)) return *form = forms[i], GO_ON;
  return usage("unknown format \"%s\" for --format; text, json or turtle was expected", name);
}

static int check_rule(const Options *options, const RuleSet *set)
{
  for (size_t i = 0; options->rule && i < set->rule_count; ++i)
    if (!strcmp(set->rules[i]->id, options->rule)) return GO_ON;
  return options->rule ? usage("unknown rule \"%s\"; the id of a rule was expected", options->rule) : GO_ON;
}

int command_explain(int argc, char **argv)
{
  Options        options;
  ClaimantRules *rules = NULL;
  Explanation    x = {.options = &options};
  int            status = options_parse(argc, argv, &options);
  if (status == GO_ON) status = choose_form(&options, &x.form);
  if (status == GO_ON && options.file_count > 1)
    status = usage("explain takes one letter, and \"%s\" is another", options.files[1]);
  if (status == GO_ON) status = open_rule_files(&options, &rules);
  if (status != GO_ON) return status;
  x.rules = rules;
  status = check_rule(&options, rules->set);
  if (status == GO_ON) status = explain_file(&x, options.files[0]);
  claimant_rules_free(rules);
  return status;
}
