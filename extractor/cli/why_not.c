/* claimant why-not: what became of one rule on a text. */
#include "cli/letter.h"
#include "cli/where.h"

#include "base/language.h"
#include "match/whynot.h"
#include "session.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

typedef struct {
  const Options       *options;
  const ClaimantRules *rules;
  const Rule          *rule;
  const char          *language; /* of the text */
} Question;

static const Rule *find_rule(const RuleSet *set, const char *id)
{
  for (size_t i = 0; i < set->rule_count; ++i)
    if (!strcmp(set->rules[i]->id, id)) return set->rules[i];
  return NULL;
}

static ClaimantStatus ask(const Question *question, Letter *letter, Buffer *out)
{
  Trace          trace = {.rule = question->rule};
  MatchResult    result;
  MatchOptions   how = {.plain = true, .shadow = true, .last_phase = UINT32_MAX, .trace = &trace,
                        .language = question->language};
  Diagnostics    list = {.arena = letter->arena};
  ClaimantStatus st = match_letter(&question->rules->matcher, letter, how, &list, &result);
  if (st == CLAIMANT_LIMIT) {
    for (size_t i = 0; i < list.count; ++i)
      if (list.items[i].severity == CLAIMANT_ERROR) say_diagnostic(letter->name, &list.items[i]);
  }
  return st ? st : whynot_tell(question->rules->set, question->rule, letter, &trace, &list, out);
}

/* The kind or zone that a rule looks for first. */
static uint32_t first_bit(uint32_t bits, uint32_t otherwise)
{
  if (bits >> otherwise & 1U) return otherwise;
  for (uint32_t bit = 0; bit < 8; ++bit)
    if (bits >> bit & 1U) return bit;
  return otherwise;
}

static bool any_in_scope(const Question *question, const Letter *letter)
{
  for (size_t i = 0; i < letter->unit_count; ++i)
    if (whynot_in_scope(question->rule, &letter->units[i])) return true;
  return false;
}

/* What the rule would say if its scope were right. */
static ClaimantStatus ask_as_if(const Question *question, Letter *letter, Buffer *out)
{
  uint32_t scope = question->rule->scope;
  Unit     unit = {.kind = (UnitKind)first_bit(scope & SCOPE_KINDS, UNIT_SENTENCE),
                   .zone = (Zone)first_bit(scope >> SCOPE_ZONE_SHIFT & 15U, ZONE_BODY)};
  for (size_t i = 0; i < letter->unit_count; ++i) {
    letter->units[i].kind = unit.kind;
    letter->units[i].zone = unit.zone;
  }
  for (size_t i = 0; i < letter->block_count; ++i) letter->blocks[i].zone = unit.zone;
  buffer_append_string(out, "if it were ");
  whynot_put_unit(&unit, out);
  buffer_append_string(out, ":\n");
  return ask(question, letter, out);
}

static int answer(const Question *question, LetterIn *in, bool is_file)
{
  Buffer         out = {0};
  ClaimantStatus st = ask(question, in->letter, &out);
  bool           elsewhere = in->letter->unit_count && !any_in_scope(question, in->letter);
  if (!st && elsewhere && !is_file) st = ask_as_if(question, in->letter, &out);
  if (!st) fwrite(out.data, 1, out.size, stdout);
  else if (st != CLAIMANT_LIMIT) say(NULL, 0, "%s", claimant_status_text(st));
  buffer_free(&out);
  if (st) return status_of(st);
  if (!fflush(stdout) && !ferror(stdout)) return STATUS_FINE;
  say("standard output", 0, "cannot be written");
  return STATUS_OUTPUT;
}

static int answer_all(Question *question)
{
  const char *id = question->options->files[0], *text = question->options->files[1];
  LetterIn    in = {0};
  bool        is_file = !strcmp(text, "-") || access(text, R_OK) == 0;
  question->rule = find_rule(question->rules->set, id);
  if (!question->rule) {
    say(NULL, 0, "unknown rule \"%s\"; the id of a rule was expected", id);
    return STATUS_USAGE;
  }
  if (question->options->language && question->rule->language &&
      !language_covers(question->rule->language, question->options->language)) {
    printf("rule %s (%s:%zu) is for texts in %s, and this one is in %s\n", question->rule->id, question->rule->file,
           question->rule->line, question->rule->language, question->options->language);
    return STATUS_FINE;
  }
  question->language = question->options->language ? question->options->language : question->rule->language;
  int status = is_file ? letter_in_file(&in, text, question->options->from, question->rules->set, question->language)
                       : letter_in_text(&in, text, question->rules->set, question->language);
  if (status == GO_ON) status = answer(question, &in, is_file);
  letter_in_close(&in);
  return status;
}

int command_why_not(int argc, char **argv)
{
  Options        options;
  ClaimantRules *rules = NULL;
  int            status = options_parse(OF_WHY_NOT, argc, argv, &options);
  if (status != GO_ON) return status;
  if (options.file_count != 2)
    return usage_fault(&options, "why-not takes the id of a rule and a text, or the name of a file");
  status = open_rule_files(&options, &rules);
  if (status != GO_ON) return status;
  status = answer_all(&(Question){.options = &options, .rules = rules});
  claimant_rules_free(rules);
  return status;
}
