#include "match/coverage.h"

#include "match/trace.h"

#include <stdlib.h>
#include <string.h>

/* A text in whose run an alternative's end was reached. */
typedef struct Reach {
  Rule         *rule;
  uint32_t      example;
  struct Reach *next;
} Reach;

typedef struct {
  RuleSet       *rules;
  const Matcher *matcher;
  const bool    *wanted;
  Arena         *arena;
  Coverage      *out;
  bool         **passes; /* [rule][example]: as the rules are */
  Reach        **reaches, ***last_reaches; /* by alternative */
  bool          *reached; /* by alternative, in the run of one text */
  Variants      *variants;
  Pattern      **made, **kept; /* of one rule */
  Rule          *changed;      /* whose patterns are exchanged, or NULL */
  Rule          *thinned;      /* whose unless are, or NULL */
  Unless        *unless;
  size_t         unless_count;
  uint32_t       view;         /* its own */
  TypeSet       *views;        /* of the rule set; one more is lent to it */
  size_t         view_count;
  Table         *cut; /* whose rows are, or NULL */
  TableRow      *rows;
  size_t         capacity[3];
} Measure;

static bool is_wanted(const Measure *m, const Rule *rule) { return !m->wanted || m->wanted[rule->ordinal]; }

static ExampleOutcome run(Measure *m, const Rule *rule, size_t example, MatchOptions options)
{
  ExampleOutcome outcome = {0};
  if (example_run(m->matcher, rule, &rule->examples[example], options, NULL, &outcome) == CLAIMANT_NO_MEMORY)
    arena_alloc(m->arena, SIZE_MAX);
  return outcome;
}

/* Does the text fail that passes as the rules are? */
static bool fails_now(Measure *m, const Rule *rule, size_t example)
{
  return m->passes[rule->ordinal][example] && !run(m, rule, example, (MatchOptions){0}).passed;
}

/* ---- As the rules are ---- */

static void run_rule(Measure *m, Rule *rule)
{
  bool won = false;
  m->passes[rule->ordinal] = arena_alloc(m->arena, rule->example_count + 1);
  for (size_t i = 0; i < rule->example_count; ++i) {
    ExampleOutcome outcome = run(m, rule, i, (MatchOptions){0});
    m->passes[rule->ordinal][i] = outcome.passed;
    won |= outcome.won && !rule->examples[i].counter;
  }
  if (!won && is_wanted(m, rule)) m->out->winless[m->out->winless_count++] = rule;
}

static void run_all(Measure *m)
{
  m->passes = arena_alloc(m->arena, (m->rules->rule_count + 1) * sizeof *m->passes);
  m->out->winless = arena_alloc(m->arena, (m->rules->rule_count + 1) * sizeof *m->out->winless);
  for (size_t i = 0; i < m->rules->rule_count; ++i) run_rule(m, m->rules->rules[i]);
}

static void add_tie(Measure *m, ExampleTie tie)
{
  Coverage *out = m->out;
  for (size_t i = 0; i < out->tie_count; ++i)
    if (out->ties[i].winner == tie.winner && out->ties[i].loser == tie.loser) return;
  out->ties = arena_grow(m->arena, out->ties, out->tie_count, &m->capacity[0], sizeof *out->ties);
  out->ties[out->tie_count++] = tie;
}

static void find_ties(Measure *m)
{
  for (size_t i = 0; i < m->rules->rule_count; ++i) {
    const Rule *rule = m->rules->rules[i];
    for (size_t j = 0; j < rule->example_count && is_wanted(m, rule); ++j) {
      ExampleTie tie;
      example_tie(m->matcher, rule, &rule->examples[j], &tie);
      if (tie.winner) add_tie(m, tie);
    }
  }
}

/* ---- Exchanging the patterns of a rule ---- */

static void put_back(Measure *m)
{
  for (size_t i = 0; m->changed && i < rule_pattern_count(m->changed); ++i) rule_put_pattern(m->changed, i, m->kept[i]);
  m->changed = NULL;
}

static void exchange(Measure *m, Rule *rule)
{
  size_t count = rule_pattern_count(rule);
  for (size_t i = 0; i < count; ++i) m->kept[i] = rule_pattern(rule, i);
  m->changed = rule;
  for (size_t i = 0; i < count; ++i)
    if (m->made[i]) rule_put_pattern(rule, i, m->made[i]);
}

/* ---- Which alternatives are reached ---- */

static int note_reached(pcre2_callout_block *block, void *data)
{
  Measure *m = data;
  if (block->callout_string) m->reached[strtoul((const char *)block->callout_string, NULL, 10)] = true;
  return 0;
}

static void add_reach(Measure *m, size_t alternative, Rule *rule, size_t example)
{
  Reach *reach = arena_alloc(m->arena, sizeof *reach);
  *reach = (Reach){.rule = rule, .example = (uint32_t)example};
  *m->last_reaches[alternative] = reach;
  m->last_reaches[alternative] = &reach->next;
}

/* Where the callouts make a pattern too large, all its alternatives may be reached. */
static void reach_everything(Measure *m, const Rule *rule)
{
  const Alternatives *list = &m->out->alternatives;
  for (size_t i = 0; i < list->count; ++i) {
    const AlternativeSource *source = &list->sources[i];
    bool                     has = source->macro ? variants_used(m->variants, source->macro) : source->rule == rule;
    if (has) memset(m->reached + source->first, true, source->count);
  }
}

static void reach_from(Measure *m, Rule *rule)
{
  size_t total = m->out->alternatives.total;
  bool   good = variants_with_callouts(m->variants, &m->out->alternatives, rule, m->made);
  if (good) exchange(m, rule);
  for (size_t i = 0; i < rule->example_count; ++i) {
    if (!m->passes[rule->ordinal][i]) continue;
    memset(m->reached, false, total);
    if (good) run(m, rule, i, (MatchOptions){.callout = note_reached, .callout_data = m});
    else reach_everything(m, rule);
    for (size_t j = 0; j < total; ++j)
      if (m->reached[j]) add_reach(m, j, rule, i);
  }
  put_back(m);
}

static void find_reached(Measure *m)
{
  size_t total = m->out->alternatives.total;
  m->reached = arena_alloc(m->arena, total + 1);
  m->reaches = arena_alloc(m->arena, (total + 1) * sizeof *m->reaches);
  m->last_reaches = arena_alloc(m->arena, (total + 1) * sizeof *m->last_reaches);
  for (size_t i = 0; i < total; ++i) m->last_reaches[i] = &m->reaches[i];
  for (size_t i = 0; i < m->rules->rule_count; ++i)
    if (is_wanted(m, m->rules->rules[i])) reach_from(m, m->rules->rules[i]);
}

/* ---- Which are needed ---- */

static bool is_needed_by(Measure *m, const AlternativeSource *source, size_t index, const Reach *first)
{
  Rule *rule = first->rule;
  bool  failed = false;
  if (!variants_without(m->variants, source, index, rule, m->made)) return true;
  exchange(m, rule);
  for (const Reach *reach = first; reach && reach->rule == rule && !failed; reach = reach->next)
    failed = fails_now(m, rule, reach->example);
  put_back(m);
  return failed;
}

static Cover cover_of(Measure *m, const AlternativeSource *source, size_t index)
{
  const Reach *reach = m->reaches[source->first + index];
  Cover        cover = reach ? COVER_UNNEEDED : COVER_UNREACHED;
  while (reach && cover != COVER_NEEDED) {
    if (is_needed_by(m, source, index, reach)) cover = COVER_NEEDED;
    for (const Rule *rule = reach->rule; reach && reach->rule == rule;) reach = reach->next;
  }
  return cover;
}

static void cover_alternatives(Measure *m)
{
  Coverage           *out = m->out;
  const Alternatives *list = &out->alternatives;
  out->covers = arena_alloc(m->arena, (list->total + 1) * sizeof *out->covers);
  out->counted = arena_alloc(m->arena, (list->count + 1) * sizeof *out->counted);
  for (size_t i = 0; i < list->count; ++i) {
    const AlternativeSource *source = &list->sources[i];
    out->counted[i] = source->rule ? is_wanted(m, source->rule) : !m->wanted && source->macro->used;
    for (size_t j = 0; out->counted[i] && j < source->count; ++j) {
      Cover cover = cover_of(m, source, j);
      out->covers[source->first + j] = cover;
      out->counted_total++;
      out->needed_total += cover == COVER_NEEDED;
    }
  }
}

/* ---- Vetoes ---- */

static void restore_unless(Measure *m)
{
  if (!m->thinned) return;
  m->thinned->unless = m->unless;
  m->thinned->unless_count = m->unless_count;
  m->thinned->view = m->view;
  m->thinned = NULL;
}

/* A rule that does not name a type sees its words: without the veto, its view is another one. */
static void see_afresh(Measure *m, Rule *rule)
{
  const Phase *phase = trace_phase(m->rules, rule);
  TypeSet     *view = &m->rules->views[m->view_count];
  size_t       words = m->rules->view_words;
  if (phase && phase->mask) memcpy(view->bits, phase->mask, words * sizeof *view->bits);
  else memset(view->bits, 0, words * sizeof *view->bits);
  for (size_t i = 0; i < rule_pattern_count(rule); ++i)
    for (size_t j = 0; j < words; ++j) view->bits[j] |= rule_pattern(rule, i)->types[j];
  rule->view = (uint32_t)m->view_count;
}

static bool is_unless_needed(Measure *m, Rule *rule, size_t index)
{
  Unless *rest = arena_alloc(m->arena, rule->unless_count * sizeof *rest);
  size_t  count = 0;
  bool    failed = false;
  for (size_t i = 0; i < rule->unless_count; ++i)
    if (i != index) rest[count++] = rule->unless[i];
  m->unless = rule->unless;
  m->unless_count = rule->unless_count;
  m->view = rule->view;
  m->thinned = rule;
  rule->unless = rest;
  rule->unless_count = count;
  see_afresh(m, rule);
  for (size_t i = 0; i < rule->example_count && !failed; ++i) failed = fails_now(m, rule, i);
  restore_unless(m);
  return failed;
}

static void cover_unless(Measure *m)
{
  Coverage *out = m->out;
  for (size_t i = 0; i < m->rules->rule_count; ++i) {
    Rule *rule = m->rules->rules[i];
    for (size_t j = 0; j < rule->unless_count && is_wanted(m, rule); ++j) {
      out->unless = arena_grow(m->arena, out->unless, out->unless_count, &m->capacity[1], sizeof *out->unless);
      UnlessCover cover = {rule, &rule->unless[j], is_unless_needed(m, rule, j)};
      out->unless[out->unless_count++] = cover;
      out->unless_needed += cover.needed;
    }
  }
}

/* ---- Tables ---- */

static bool set_uses(const RuleSet *rules, const Rule *rule, const Set *set, const Table *table)
{
  if (set->table == table || set->numbers == table) return true;
  for (const char *at = set->holes ? strchr(set->value, '@') : NULL; at; at = strchr(at + 1, '@'))
    if (ruleset_table(rules, at + 1, strcspn(at + 1, "}"), rule->language) == table) return true;
  return false;
}

static bool rule_uses(const RuleSet *rules, const Rule *rule, const Table *table)
{
  for (size_t i = 0; i < rule->set_count; ++i)
    if (set_uses(rules, rule, &rule->sets[i], table)) return true;
  return false;
}

static bool is_row_needed(Measure *m, Table *table, size_t index)
{
  bool      failed = false;
  TableRow *rest = arena_alloc(m->arena, table->row_count * sizeof *rest), *rows = table->rows;
  memcpy(rest, rows, index * sizeof *rest);
  memcpy(rest + index, rows + index + 1, (table->row_count - index - 1) * sizeof *rest);
  m->cut = table;
  m->rows = rows;
  table->rows = rest;
  table->row_count--;
  for (size_t i = 0; i < m->rules->rule_count && !failed; ++i) {
    const Rule *rule = m->rules->rules[i];
    if (!rule_uses(m->rules, rule, table)) continue;
    for (size_t j = 0; j < rule->example_count && !failed; ++j)
      if (rule->examples[j].feature_count) failed = fails_now(m, rule, j);
  }
  table->rows = rows;
  table->row_count++;
  m->cut = NULL;
  return failed;
}

static void cover_rows(Measure *m)
{
  Coverage *out = m->out;
  size_t    count = 0;
  for (size_t i = 0; i < m->rules->table_count; ++i) count += m->rules->tables[i]->row_count;
  out->rows = arena_alloc(m->arena, (count + 1) * sizeof *out->rows);
  for (size_t i = 0; i < m->rules->table_count; ++i) {
    Table *table = m->rules->tables[i];
    for (size_t j = 0; j < table->row_count; ++j) {
      RowCover cover = {table, &table->rows[j], is_row_needed(m, table, j)};
      out->rows[out->row_count++] = cover;
      out->rows_needed += cover.needed;
    }
  }
}

/* ---- What nothing names ---- */

static void add_unused(Measure *m, Unused unused)
{
  Coverage *out = m->out;
  out->unused = arena_grow(m->arena, out->unused, out->unused_count, &m->capacity[2], sizeof *out->unused);
  out->unused[out->unused_count++] = unused;
}

static bool is_lexicon(const char *name)
{
  for (size_t i = 0; i < LEXICON_COUNT; ++i)
    if (strcmp(lexicon_names[i], name) == 0) return true;
  return false;
}

static bool any_view_has(const RuleSet *rules, uint16_t type)
{
  for (size_t i = 0; i < rules->view_count; ++i)
    if (rules->views[i].bits[type / 64] >> (type % 64) & 1U) return true;
  for (size_t i = 0; i < rules->phase_count; ++i)
    if (rules->phases[i].mask && rules->phases[i].mask[type / 64] >> (type % 64) & 1U) return true;
  return false;
}

static bool fills_take(const RuleSet *rules, uint16_t type)
{
  for (size_t i = 0; i < rules->rule_count; ++i)
    for (size_t j = 0; j < rules->rules[i]->fill_count; ++j)
      for (size_t k = 0; k < rules->rules[i]->fills[j].from_count; ++k)
        if (rules->rules[i]->fills[j].from[k].type == type) return true;
  return false;
}

static bool features_take(const RuleSet *rules, uint16_t type)
{
  for (size_t i = 0; i < rules->type_count; ++i)
    for (size_t j = 0; j < rules->types[i].feature_count; ++j)
      if (rules->types[i].features[j].from == type + 1) return true;
  return false;
}

static bool is_table_used(const RuleSet *rules, const Table *table)
{
  for (size_t i = 0; i < rules->rule_count; ++i)
    if (rule_uses(rules, rules->rules[i], table)) return true;
  return false;
}

static void find_unused(Measure *m)
{
  const RuleSet *rules = m->rules;
  for (size_t i = 0; i < rules->macro_count; ++i) {
    const Macro *macro = &rules->macros[i];
    if (!macro->used) add_unused(m, (Unused){"macro", macro->name, macro->file, macro->line});
  }
  for (size_t i = 0; i < rules->table_count; ++i) {
    const Table *table = rules->tables[i];
    if (!is_table_used(rules, table)) add_unused(m, (Unused){"table", table->name, table->file, table->line});
  }
  for (size_t i = 0; i < rules->gazetteer_count; ++i) {
    const Gazetteer *list = &rules->gazetteers[i];
    if (!is_lexicon(list->name) && !any_view_has(rules, list->type) && !fills_take(rules, list->type) &&
        !features_take(rules, list->type))
      add_unused(m, (Unused){"gazetteer", list->name, list->file, list->line});
  }
}

/* ---- All of it ---- */

static void lend_view(Measure *m)
{
  RuleSet *rules = m->rules;
  TypeSet *more = arena_alloc(m->arena, (rules->view_count + 1) * sizeof *more);
  if (rules->view_count) memcpy(more, rules->views, rules->view_count * sizeof *more);
  more[rules->view_count].bits = arena_alloc(m->arena, (rules->view_words + 1) * sizeof *more->bits);
  m->views = rules->views;
  m->view_count = rules->view_count;
  rules->views = more;
  rules->view_count++;
}

static void take_view_back(Measure *m)
{
  if (!m->views) return;
  m->rules->views = m->views;
  m->rules->view_count = m->view_count;
}

static void begin(Measure *m)
{
  size_t most = 1;
  for (size_t i = 0; i < m->rules->rule_count; ++i)
    if (rule_pattern_count(m->rules->rules[i]) > most) most = rule_pattern_count(m->rules->rules[i]);
  m->made = arena_alloc(m->arena, most * sizeof *m->made);
  m->kept = arena_alloc(m->arena, most * sizeof *m->kept);
  m->variants = variants_begin(m->rules, m->arena);
  lend_view(m);
  alternatives_list(m->rules, m->arena, &m->out->alternatives);
}

/* Not inlined: its locals must stay out of the frame that setjmp saves. */
__attribute__((noinline)) static void measure(Measure *m)
{
  begin(m);
  run_all(m);
  find_reached(m);
  cover_alternatives(m);
  cover_unless(m);
  find_ties(m);
  if (m->wanted) return;
  cover_rows(m);
  find_unused(m);
}

ClaimantStatus coverage_measure(RuleSet *rules, const Matcher *matcher, const bool *wanted, Arena *arena, Coverage *coverage)
{
  jmp_buf  rescue;
  Measure *m = arena_alloc(arena, sizeof *m);
  if (!m) return CLAIMANT_NO_MEMORY;
  *coverage = (Coverage){0};
  *m = (Measure){.rules = rules, .matcher = matcher, .wanted = wanted, .arena = arena, .out = coverage};
  ClaimantStatus st = CLAIMANT_NO_MEMORY;
  if (!setjmp(rescue)) {
    arena_rescue(arena, &rescue);
    measure(m);
    st = CLAIMANT_OK;
  }
  arena_rescue(arena, NULL);
  put_back(m);
  restore_unless(m);
  take_view_back(m);
  if (m->cut) m->cut->rows = m->rows, m->cut->row_count++;
  variants_end(m->variants);
  return st;
}
