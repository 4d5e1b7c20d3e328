/* claimant check --cost: which rules are dear on a sample text, and which have no trigger. */
#include "cli/check.h"
#include "cli/letter.h"

#include "base/buffer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TURNS = 20 }; /* enough for machine code to be made and clocks to tell */

typedef struct {
  const Rule      *rule;
  ClaimantRuleCost cost;
} Row;

static int run_letter(const ClaimantRules *rules, LetterIn *in, const char *name, ClaimantRuleCost *costs)
{
  MatchOptions   how = {.last_phase = UINT32_MAX, .costs = costs};
  MatchResult    result;
  ClaimantStatus st = match_letter(&rules->matcher, in->letter, how, &in->list, &result);
  if (!st) return GO_ON;
  for (size_t i = 0; i < in->list.count; ++i) say_diagnostic(name, &in->list.items[i]);
  return status_of(st);
}

/* A letter keeps what was found in it, so each turn reads it anew. */
static int run_file(const Options *options, const ClaimantRules *rules, const char *path, ClaimantRuleCost *costs)
{
  int status = GO_ON;
  for (int turn = 0; turn < TURNS && status == GO_ON; ++turn) {
    LetterIn in;
    status = letter_in_file(&in, path, options->from, rules->set, options->language);
    if (status == GO_ON) status = run_letter(rules, &in, path, costs);
    letter_in_close(&in);
  }
  return status;
}

/* Without a letter, the texts of all rules are one, a paragraph each. */
static int run_examples(const Options *options, const ClaimantRules *rules, ClaimantRuleCost *costs)
{
  Buffer all = {0};
  int    status = GO_ON;
  for (size_t i = 0; i < rules->set->rule_count; ++i)
    for (size_t j = 0; j < rules->set->rules[i]->example_count; ++j)
      buffer_printf(&all, "%s\n\n", rules->set->rules[i]->examples[j].text);
  for (int turn = 0; turn < TURNS && status == GO_ON && !all.failed; ++turn) {
    LetterIn in;
    status = letter_in_text(&in, all.data ? all.data : "", rules->set, options->language);
    if (status == GO_ON) status = run_letter(rules, &in, "examples", costs);
    letter_in_close(&in);
  }
  if (all.failed) status = STATUS_INTERNAL;
  buffer_free(&all);
  return status;
}

static int dearest_first(const void *a, const void *b)
{
  const Row *x = a, *y = b;
  if (x->cost.seconds != y->cost.seconds) return x->cost.seconds < y->cost.seconds ? 1 : -1;
  return x->rule->ordinal < y->rule->ordinal ? -1 : 1;
}

static void print_untriggered(const RuleSet *set)
{
  for (size_t i = 0; i < set->rule_count; ++i)
    for (size_t j = 0; j < set->rules[i]->pattern_count; ++j) {
      const Pattern *pattern = set->rules[i]->patterns[j];
      if (!pattern->trigger.count)
        printf("%s:%zu: rule %s has no trigger, and is tried on every unit of its scope: give its pattern a word or type that "
               "must be there\n",
               set->rules[i]->file, pattern->line, set->rules[i]->id);
    }
}

static int print_costs(const RuleSet *set, const ClaimantRuleCost *costs)
{
  Row   *rows = calloc(set->rule_count + 1, sizeof *rows);
  double total = 0;
  if (!rows) return STATUS_INTERNAL;
  for (size_t i = 0; i < set->rule_count; ++i) {
    rows[i] = (Row){set->rules[i], costs[i]};
    total += costs[i].seconds;
  }
  qsort(rows, set->rule_count, sizeof *rows, dearest_first);
  printf("%9s %6s %8s %8s %8s  %s\n", "us", "share", "tries", "matches", "us/try", "rule");
  for (size_t i = 0; i < set->rule_count && rows[i].cost.tries; ++i) {
    const ClaimantRuleCost *c = &rows[i].cost;
    printf("%9.1f %5.1f%% %8zu %8zu %8.2f  %s\n", 1e6 * c->seconds / TURNS, 100 * c->seconds / (total > 0 ? total : 1),
           c->tries / TURNS, c->matches / TURNS, 1e6 * c->seconds / (double)c->tries, rows[i].rule->id);
  }
  printf("%9.1f        in all\n", 1e6 * total / TURNS);
  free(rows);
  return !ferror(stdout) && !fflush(stdout) ? STATUS_FINE : STATUS_OUTPUT;
}

int check_cost(const Options *options, const ClaimantRules *rules)
{
  ClaimantRuleCost *costs = calloc(rules->set->rule_count + 1, sizeof *costs);
  bool              examples = options->file_count == 1 && !strcmp(options->files[0], "-");
  int               status = costs ? GO_ON : STATUS_INTERNAL;
  if (status == GO_ON && examples) status = run_examples(options, rules, costs);
  for (size_t i = 0; i < options->file_count && status == GO_ON && !examples; ++i)
    status = run_file(options, rules, options->files[i], costs);
  if (status == GO_ON) {
    print_untriggered(rules->set);
    status = print_costs(rules->set, costs);
  }
  free(costs);
  return status;
}
