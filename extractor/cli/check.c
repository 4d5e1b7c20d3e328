/* claimant check: the examples and counters of the rules, what they leave untested, what rules hide from
 * themselves, and what rules cost. */
#include "cli/check.h"
#include "cli/letter.h"
#include "cli/where.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

typedef struct {
  const Options *options;
  ClaimantRules *rules;
  const char   **ids; /* of the rules asked for; none: all */
  size_t         id_count;
  bool          *wanted; /* by ordinal */
  Diagnostics    list;
} Command;

/* ---- What is asked for ------------------------------------------------------------------------- */

static bool has_arguments(const Options *options)
{
  return options->file_count > 1 || strcmp(options->files[0], "-");
}

static bool is_rules(const char *name)
{
  struct stat about;
  size_t      length = strlen(name);
  if (strchr(name, '/') || (length > 4 && !strcmp(name + length - 4, ".xml"))) return true;
  return stat(name, &about) == 0 && S_ISDIR(about.st_mode);
}

/* An argument that is a file or folder names the rules to check, others rules of it. */
static int sort_arguments(Options *options, const char **ids, size_t *count)
{
  if (options->rule) ids[(*count)++] = options->rule;
  for (size_t i = 0; i < options->file_count && has_arguments(options); ++i) {
    const char *name = options->files[i];
    if (!is_rules(name)) ids[(*count)++] = name;
    else if (!options->rules) options->rules = name;
    else {
      say(name, 0, "%s is checked already; one file or folder of rules at a time was expected", options->rules);
      return STATUS_USAGE;
    }
  }
  return GO_ON;
}

static int find_wanted(Command *command)
{
  const RuleSet *set = command->rules->set;
  command->wanted = arena_alloc(command->list.arena, set->rule_count + 1);
  if (!command->wanted) return STATUS_INTERNAL;
  for (size_t i = 0; i < command->id_count; ++i) {
    size_t found = 0;
    while (found < set->rule_count && strcmp(set->rules[found]->id, command->ids[i])) found++;
    if (found == set->rule_count) {
      say(NULL, 0, "unknown rule \"%s\"; the id of a rule was expected", command->ids[i]);
      return STATUS_USAGE;
    }
    command->wanted[found] = true;
  }
  if (!command->id_count) memset(command->wanted, true, set->rule_count);
  return GO_ON;
}

/* ---- Examples -------------------------------------------------------------------------------------- */

static ClaimantStatus check_text(Command *command, const Rule *rule, const Example *example, CheckedText *text)
{
  const Options *options = command->options;
  MatchOptions   how = {.plain = options->shadow || options->plain, .shadow = options->shadow};
  ExampleOutcome outcome;
  size_t         before = command->list.count;
  ClaimantStatus st = example_run(&command->rules->matcher, rule, example, how, &command->list, &outcome);
  if (st == CLAIMANT_NO_MEMORY) return st;
  *text = (CheckedText){.rule = rule, .example = example, .verdict = outcome.passed ? "ok" : "failed"};
  text->message_count = command->list.count - before;
  ClaimantDiagnostic *messages = arena_alloc(command->list.arena, (text->message_count + 1) * sizeof *messages);
  if (!messages) return CLAIMANT_NO_MEMORY;
  if (text->message_count) memcpy(messages, command->list.items + before, text->message_count * sizeof *messages);
  text->messages = messages;
  for (size_t i = text->message_count; i-- > 0 && !outcome.passed;)
    if (messages[i].severity == CLAIMANT_ERROR) text->verdict = messages[i].code;
  return CLAIMANT_OK;
}

static ClaimantStatus check_texts(Command *command, Checked *checked)
{
  const RuleSet *set = command->rules->set;
  size_t         count = 0;
  for (size_t i = 0; i < set->rule_count; ++i) count += set->rules[i]->example_count;
  checked->texts = arena_alloc(command->list.arena, (count + 1) * sizeof *checked->texts);
  ClaimantStatus st = checked->texts ? CLAIMANT_OK : CLAIMANT_NO_MEMORY;
  for (size_t i = 0; i < set->rule_count; ++i) {
    const Rule *rule = set->rules[i];
    if (!command->wanted[i]) continue;
    checked->rule_count++;
    for (size_t j = 0; j < rule->example_count && !st; ++j) {
      CheckedText *text = &checked->texts[checked->count];
      st = check_text(command, rule, &rule->examples[j], text);
      if (st) break;
      checked->failed += strcmp(text->verdict, "ok") != 0;
      checked->count++;
    }
  }
  return st;
}

static int print(const Checked *checked, const char *format)
{
  static const struct {
    const char *name;
    void (*print)(const Checked *checked);
  } formats[] = {{"text", check_print_text}, {"json", check_print_json}, {"junit", check_print_junit}};
  for (size_t i = 0; i < sizeof formats / sizeof *formats; ++i)
    if (!format || !strcmp(format, formats[i].name)) {
      formats[i].print(checked);
      if (!ferror(stdout) && !fflush(stdout)) return GO_ON;
      say("standard output", 0, "cannot be written");
      return STATUS_OUTPUT;
    }
  say(NULL, 0, "unknown format \"%s\" for --format; text, json or junit was expected", format);
  return STATUS_USAGE;
}

static int check_rules(Command *command)
{
  const Options *options = command->options;
  Checked        checked = {.min_coverage = options->min_coverage, .only_failed = options->only_failed};
  Coverage       coverage;
  ClaimantStatus st = check_texts(command, &checked);
  if (!st && options->coverage) {
    const bool *wanted = command->id_count ? command->wanted : NULL;
    st = coverage_measure(command->rules->set, &command->rules->matcher, wanted, command->list.arena, &coverage);
    checked.coverage = &coverage;
  }
  if (st) {
    say(NULL, 0, "the rules cannot be checked: %s", claimant_status_text(st));
    return status_of(st);
  }
  int status = print(&checked, options->format);
  if (status != GO_ON) return status;
  return checked.failed || !check_covers_enough(&checked) ? STATUS_BAD_DATA : STATUS_FINE;
}

/* ---- Shadows in letters ---------------------------------------------------------------------- */

static int shadow_letter(const Options *options, const ClaimantRules *rules, const char *path)
{
  LetterIn     in;
  MatchResult  result;
  MatchOptions how = {.plain = true, .shadow = true, .last_phase = UINT32_MAX};
  int          status = letter_in_file(&in, path, options->from, rules->set, options->language);
  if (status == GO_ON) {
    ClaimantStatus st = match_letter(&rules->matcher, in.letter, how, &in.list, &result);
    for (size_t i = 0; i < in.list.count; ++i) say_diagnostic(path, &in.list.items[i]);
    if (st && !in.list.errors) say(path, 0, "%s", claimant_status_text(st));
    if (st) status = status_of(st);
  }
  letter_in_close(&in);
  return status;
}

static int shadow_letters(const Options *options, const ClaimantRules *rules)
{
  int status = GO_ON;
  for (size_t i = 0; i < options->file_count && status == GO_ON; ++i)
    status = shadow_letter(options, rules, options->files[i]);
  return status == GO_ON ? STATUS_FINE : status;
}

/* ---- The command --------------------------------------------------------------------------------- */

static int run(Options *options, const char **ids)
{
  bool    letters = (options->shadow && has_arguments(options)) || options->cost;
  Command command = {.options = options, .ids = ids};
  int     status = letters ? GO_ON : sort_arguments(options, ids, &command.id_count);
  if (status == GO_ON) status = open_rules(options, true, &command.rules);
  if (status != GO_ON) return status;
  command.list.arena = arena_new();
  if (!command.list.arena) status = STATUS_INTERNAL;
  else if (options->cost) status = check_cost(options, command.rules);
  else if (letters) status = shadow_letters(options, command.rules);
  else status = find_wanted(&command);
  if (status == GO_ON) status = check_rules(&command);
  arena_free(command.list.arena);
  claimant_rules_free(command.rules);
  return status;
}

int command_check(int argc, char **argv)
{
  Options options;
  int     status = options_parse(OF_CHECK, argc, argv, &options);
  if (status != GO_ON) return status;
  const char **ids = calloc(options.file_count + 1, sizeof *ids);
  if (!ids) return STATUS_INTERNAL;
  status = run(&options, ids);
  free(ids);
  return status;
}
