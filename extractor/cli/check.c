/* claimant check: the examples and counters of the rules; with --shadow also what rules hide from themselves.
 */
#include "cli/input.h"
#include "cli/options.h"
#include "cli/where.h"

#include "match/example.h"
#include "read/html.h"
#include "read/text.h"
#include "session.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

typedef struct {
  size_t rules, texts, failed;
} Tally;

static bool is_asked_for(const Options *options, const Rule *rule)
{
  bool all = options->file_count == 1 && !strcmp(options->files[0], "-");
  for (size_t i = 0; i < options->file_count && !all; ++i) {
    if (!strcmp(options->files[i], rule->id)) return true;
  }
  return all;
}

static int check_rule(const Options *options, const ClaimantRules *rules, const Rule *rule, Tally *tally)
{
  MatchOptions   how = {.plain = options->shadow || options->plain, .shadow = options->shadow};
  Diagnostics    list = {.arena = arena_new()};
  ClaimantStatus st = list.arena ? CLAIMANT_OK : CLAIMANT_NO_MEMORY;
  tally->rules++;
  for (size_t i = 0; !st && i < rule->example_count; ++i) {
    bool passed = true;
    st = example_run(&rules->matcher, rule, &rule->examples[i], how, &list, &passed);
    tally->texts++;
    if (!passed) tally->failed++;
    if (st == CLAIMANT_LIMIT) st = CLAIMANT_OK; /* it is among the diagnostics */
  }
  for (size_t i = 0; i < list.count; ++i) say_diagnostic(NULL, &list.items[i]);
  arena_free(list.arena);
  if (!st) return GO_ON;
  say(rule->file, rule->line, "rule %s cannot be checked: %s", rule->id, claimant_status_text(st));
  return status_of(st);
}

static bool all_known(const Options *options, const RuleSet *set)
{
  for (size_t i = 0; i < options->file_count; ++i) {
    const char *name = options->files[i];
    bool        known = !strcmp(name, "-");
    for (size_t r = 0; r < set->rule_count && !known; ++r) known = !strcmp(set->rules[r]->id, name);
    if (known) continue;
    say(NULL, 0, "unknown rule \"%s\"; the id of a rule was expected", name);
    return false;
  }
  return true;
}

/* ---- Shadows in letters ---------------------------------------------------------------------- */

static ClaimantStatus read_letter(Input *input, SourceFormat format, Diagnostics *list, Letter **letter)
{
  const char    *data;
  size_t         bytes;
  ClaimantStatus st = CLAIMANT_OK;
  if (format == FROM_GUESS) st = input_guess(input, &format);
  if (!st) st = input_all(input, &data, &bytes);
  if (st) return st;
  return format == FROM_HTML ? read_html(data, bytes, input->name, list, letter)
                             : read_text(data, bytes, input->name, list, letter);
}

static int shadow_letter(const Options *options, const ClaimantRules *rules, const char *path)
{
  Input          input;
  Letter        *letter = NULL;
  MatchResult    result;
  MatchOptions   how = {.plain = true, .shadow = true, .last_phase = UINT32_MAX};
  Diagnostics    list = {.arena = arena_new()};
  ClaimantStatus st = list.arena ? input_open(&input, path) : CLAIMANT_NO_MEMORY;
  if (!st) st = read_letter(&input, options->from, &list, &letter);
  if (!st) st = letter_segment(letter, &rules->set->lexicon);
  if (!st) st = match_letter(&rules->matcher, letter, how, &list, &result);
  if (st == CLAIMANT_NO_INPUT) say(path, 0, "cannot be read: %s", strerror(errno));
  else if (st && !list.errors) say(path, 0, "%s", claimant_status_text(st));
  for (size_t i = 0; i < list.count; ++i) say_diagnostic(path, &list.items[i]);
  letter_free(letter);
  if (list.arena) input_close(&input);
  arena_free(list.arena);
  return st ? status_of(st) : GO_ON;
}

static int shadow_letters(const Options *options, const ClaimantRules *rules)
{
  int status = GO_ON;
  for (size_t i = 0; i < options->file_count && status == GO_ON; ++i) {
    status = shadow_letter(options, rules, options->files[i]);
  }
  return status == GO_ON ? STATUS_FINE : status;
}

static bool has_arguments(const Options *options)
{
  return options->file_count > 1 || strcmp(options->files[0], "-");
}

/* ---- The command --------------------------------------------------------------------------------- */

int command_check(int argc, char **argv)
{
  Options        options;
  Tally          tally = {0};
  ClaimantRules *rules = NULL;
  int            status = options_parse(argc, argv, &options);
  if (status == GO_ON) status = open_rules(&options, true, &rules);
  if (status != GO_ON) return status;
  if (options.shadow && has_arguments(&options)) status = shadow_letters(&options, rules);
  else if (!all_known(&options, rules->set)) status = STATUS_USAGE;
  for (size_t i = 0; i < rules->set->rule_count && status == GO_ON; ++i) {
    const Rule *rule = rules->set->rules[i];
    if (is_asked_for(&options, rule)) status = check_rule(&options, rules, rule, &tally);
  }
  claimant_rules_free(rules);
  if (status != GO_ON) return status;
  printf("%zu rules, %zu examples and counters: %zu passed, %zu failed\n", tally.rules, tally.texts,
         tally.texts - tally.failed, tally.failed);
  if (fflush(stdout)) return STATUS_OUTPUT;
  return tally.failed ? STATUS_BAD_DATA : STATUS_FINE;
}
