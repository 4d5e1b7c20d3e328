/* claimant explain: how items came about. */
#include "cli/letter.h"
#include "cli/where.h"
#include "explain/explanation.h"

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
  Explanation          found;
} Explaining;

/* ---- Which items ---- */

static bool is_wanted(const Explaining *x, const Item *item)
{
  const Options *options = x->options;
  const Letter  *letter = x->found.document.letter;
  if (options->item && strcmp(options->item, item->id) != 0 &&
      (!item->entity || strcmp(options->item, item->entity->id) != 0))
    return false;
  if (options->rule && strcmp(options->rule, item->rule->id) != 0) return false;
  if (options->at < 0) return true;
  return letter_code_point(letter, item->span.start) <= options->at &&
         options->at < letter_code_point(letter, item->span.end);
}

/* ---- The letter ---- */

static bool wants_colour(const Explaining *x)
{
  const char *never = getenv("NO_COLOR");
  return !strcmp(x->form.name, "text") && !(never && *never) && isatty(STDOUT_FILENO);
}

/* One written out at a time, so that a long letter needs no more memory for it. */
static int tell_items(Explaining *x)
{
  Buffer out = {0};
  size_t told = 0;
  bool   colour = wants_colour(x);
  if (x->form.begin) x->form.begin(&out);
  for (size_t i = 0; i < x->found.document.item_count && !out.failed && !ferror(stdout); ++i) {
    const Item *item = &x->found.document.items[i];
    if (!is_wanted(x, item)) continue;
    Explained e = explanation_of(&x->found, item);
    if (!e.match) continue;
    e.base = x->options->base;
    e.colour = colour;
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
  if (!told) say(x->found.document.letter->name, 0, "no item here is what was asked for");
  return told ? STATUS_FINE : STATUS_SOME_FAILED;
}

static int explain_file(Explaining *x, const char *path)
{
  LetterIn in = {0};
  int      status = letter_in_file(&in, path, x->options->from, x->rules->set, x->options->language);
  if (status == GO_ON) {
    ExplanationOptions how = {.date = x->options->date, .genre = x->options->genre, .plain = x->options->plain};
    ClaimantStatus st = explanation_make(x->rules, in.letter, &in.list, in.sha256, how, &x->found);
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
  return usage_fault(options, "unknown format \"%s\" for --format; text, json or turtle was expected", name);
}

static int check_rule(const Options *options, const RuleSet *set)
{
  for (size_t i = 0; options->rule && i < set->rule_count; ++i)
    if (!strcmp(set->rules[i]->id, options->rule)) return GO_ON;
  return options->rule ? usage_fault(options, "unknown rule \"%s\"; the id of a rule was expected", options->rule) : GO_ON;
}

int command_explain(int argc, char **argv)
{
  Options        options;
  ClaimantRules *rules = NULL;
  Explaining     x = {.options = &options};
  int            status = options_parse(OF_EXPLAIN, argc, argv, &options);
  if (status == GO_ON) status = choose_form(&options, &x.form);
  if (status == GO_ON && options.file_count > 1)
    status = usage_fault(&options, "explain takes one letter, and \"%s\" is another", options.files[1]);
  if (status == GO_ON) status = open_rule_files(&options, &rules);
  if (status != GO_ON) return status;
  x.rules = rules;
  status = check_rule(&options, rules->set);
  if (status == GO_ON) status = explain_file(&x, options.files[0]);
  claimant_rules_free(rules);
  return status;
}
