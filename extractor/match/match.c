/* The phases, one after another, over the units of a letter. */
#include "match/tracing.h"

#include <string.h>
#include <time.h>

enum { HEAP_LIMIT_KIB = 65536, JIT_STACK_START = 32768, JIT_STACK_MAX = 1 << 20 };

/* ---- Stretches ---- */

static bool any_crosses(const Run *run, const TypeSet *types)
{
  for (size_t i = 0; i < run->rules->view_words; ++i)
    if (run->crosses[i] & types->bits[i]) return true;
  return false;
}

/* A unit's end inside an annotation the view shows is no end: units join. */
static uint32_t join_units(const Run *run, const TypeSet *types, uint32_t first)
{
  const Unit *units = run->letter->units;
  uint32_t    last = first;
  for (uint32_t unit = first; unit <= last; ++unit) {
    const UnitMarks *marks = &run->marks[unit];
    for (uint32_t i = 0; i < marks->count; ++i) {
      const Mark *mark = &marks->items[i];
      if (!(types->bits[mark->type / 64] >> (mark->type % 64) & 1U)) continue;
      while (last + 1 < run->letter->unit_count && mark->span.end > units[last].span.end) last++;
    }
  }
  return last;
}

static bool in_scope(uint32_t scope, UnitKind kind, Zone zone)
{
  return (scope >> kind & 1U) && (scope >> (SCOPE_ZONE_SHIFT + zone) & 1U);
}

/* ---- Rules ---- */

/* Ordinals of patterns. */
typedef struct {
  uint32_t first, end;
} Range;

/* Which patterns, of those from one ordinal up to another, have a chance in these units? The answer
 * is in run->chance, and is of all patterns for the first unit's language when no triggers are asked. */
static void find_chances(Run *run, uint32_t first_unit, uint32_t last_unit, uint32_t first, uint32_t end)
{
  size_t          words = run->tick_words / TRIGGER_CLAUSES;
  const uint64_t *spoken = run_spoken(run, first_unit)->patterns;
  for (size_t word = first / 64; word * 64 < end; ++word) {
    run->chance[word] = spoken[word];
    if (run->options.plain || !spoken[word]) continue;
    uint64_t any[TRIGGER_CLAUSES] = {0}, all = UINT64_MAX;
    for (uint32_t unit = first_unit; unit <= last_unit; ++unit)
      for (size_t clause = 0; clause < TRIGGER_CLAUSES; ++clause)
        any[clause] |= run->ticks[unit * run->tick_words + clause * words + word];
    for (size_t clause = 0; clause < TRIGGER_CLAUSES; ++clause) all &= any[clause];
    run->chance[word] &= all;
  }
}

/* All patterns for the unit's language, whatever is in it. */
static void take_chances(Run *run, uint32_t unit, uint32_t first, uint32_t end)
{
  for (size_t word = first / 64; word * 64 < end; ++word) run->chance[word] = run_spoken(run, unit)->patterns[word];
}

/* The next pattern from `at` on that has a chance, or `end`. */
static uint32_t next_chance(const Run *run, uint32_t at, uint32_t end)
{
  while (at < end) {
    uint64_t rest = run->chance[at / 64] >> (at % 64);
    if (rest) return at + (uint32_t)__builtin_ctzll(rest) < end ? at + (uint32_t)__builtin_ctzll(rest) : end;
    at += 64 - at % 64;
  }
  return end;
}

static double processor_seconds(void)
{
  struct timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static void shadow(Run *run, const Rule *rule, Stretch stretch)
{
  const Trace *trace = run->options.trace;
  if (run->options.shadow && (!trace || !trace->rule || trace->rule == rule)) run_shadow(run, rule, stretch);
}

static void search(Run *run, const Rule *rule, Stretch stretch)
{
  if (run->options.trace) tracing_view(run, rule, stretch);
  if (!run->options.costs) {
    run_search(run, rule, stretch);
    return;
  }
  ClaimantRuleCost *cost = &run->options.costs[rule->ordinal];
  size_t            before = run->candidate_count;
  double            start = processor_seconds();
  run_search(run, rule, stretch);
  cost->seconds += processor_seconds() - start;
  cost->tries++;
  cost->matches += run->candidate_count - before;
}

static uint32_t pattern_end(const Rule *rule) { return rule->patterns[0]->ordinal + (uint32_t)rule->pattern_count; }

/* The rules with a chance on a stretch, of those with patterns from one ordinal to another: all rules but
 * those whose views join units (run->joins), or those of one view. */
static void search_stretch(Run *run, Stretch stretch, uint32_t last, Range range, uint32_t only_view)
{
  const Unit *unit = &run->letter->units[stretch.unit];
  uint32_t    built = NO_INDEX;
  find_chances(run, stretch.unit, last, range.first, range.end);
  for (uint32_t at = range.first; (at = next_chance(run, at, range.end)) < range.end;) {
    const Rule *rule = run->matcher->rule_of[at];
    at = pattern_end(rule);
    if (only_view == NO_INDEX ? run->joins[rule->view] : rule->view != only_view) continue;
    if (!in_scope(rule->scope, unit->kind, unit->zone)) continue;
    if (built != rule->view) view_build(run, &run->rules->views[rule->view], stretch);
    built = rule->view;
    search(run, rule, stretch);
    shadow(run, rule, stretch);
  }
}

static void search_units(Run *run, Range range)
{
  for (uint32_t unit = 0; unit < run->letter->unit_count; ++unit)
    search_stretch(run, (Stretch){run->letter->units[unit].span, run->unit_base[unit], unit}, unit, range, NO_INDEX);
}

static void search_joined_units(Run *run, Range range, uint32_t view)
{
  for (uint32_t unit = 0; unit < run->letter->unit_count; ++unit) {
    uint32_t last = join_units(run, &run->rules->views[view], unit);
    Span     span = {run->letter->units[unit].span.start, run->letter->units[last].span.end};
    Span     base = {run->unit_base[unit].start, run->unit_base[last].end};
    search_stretch(run, (Stretch){span, base, unit}, last, range, view);
    unit = last;
  }
}

static void search_blocks(Run *run, const Rule *rule)
{
  uint32_t first = rule->patterns[0]->ordinal, end = pattern_end(rule);
  for (size_t i = 0; i < run->letter->block_count; ++i) {
    const Block *block = &run->letter->blocks[i];
    if (!block->unit_count || !(rule->scope >> (SCOPE_ZONE_SHIFT + block->zone) & 1U)) continue;
    Stretch stretch = {block->span, base_view_range(&run->base, block->span), block->first_unit};
    find_chances(run, stretch.unit, stretch.unit + block->unit_count - 1, first, end);
    if (block->span.start != run->letter->units[block->first_unit].span.start)
      take_chances(run, stretch.unit, first, end); /* text of no unit */
    if (next_chance(run, first, end) == end) continue;
    view_build(run, &run->rules->views[rule->view], stretch);
    search(run, rule, stretch);
    shadow(run, rule, stretch);
  }
}

/* Rules of one view are neighbours in a phase; `next` is the first of the next view. */
static uint32_t same_view(const Phase *phase, uint32_t from)
{
  uint32_t next = from + 1;
  while (next < phase->rule_count && phase->by_view[next]->view == phase->by_view[from]->view) next++;
  return next;
}

/* Is any of the patterns of a rule that is for a language of the letter? */
static bool is_heard(const Run *run, Range range)
{
  uint64_t first = UINT64_MAX << range.first % 64, last = range.end % 64 ? UINT64_MAX >> (64 - range.end % 64) : UINT64_MAX;
  for (size_t word = range.first / 64; word * 64 < range.end; ++word) {
    uint64_t bits = run->heard[word];
    if (word == range.first / 64) bits &= first;
    if ((word + 1) * 64 > range.end) bits &= last;
    if (bits) return true;
  }
  return false;
}

static void run_rules(Run *run, const Phase *phase)
{
  if (!phase->rule_count) return;
  Range all = {phase->by_view[0]->patterns[0]->ordinal, pattern_end(phase->by_view[phase->rule_count - 1])};
  if (!is_heard(run, all)) return;
  for (uint32_t i = 0, next; i < phase->rule_count; i = next) {
    uint32_t view = phase->by_view[i]->view;
    Range    range = {phase->by_view[i]->patterns[0]->ordinal, 0};
    next = same_view(phase, i);
    range.end = pattern_end(phase->by_view[next - 1]);
    run->joins[view] = is_heard(run, range) && any_crosses(run, &run->rules->views[view]);
    if (run->joins[view]) search_joined_units(run, range, view);
  }
  search_units(run, all);
  for (uint32_t i = 0; i < phase->rule_count; ++i)
    if (phase->by_view[i]->scope & SCOPE_PARAGRAPH) search_blocks(run, phase->by_view[i]);
  run_resolve(run);
  run_apply_modifiers(run);
}

/* Literals that begin in a unit, or between it and the next, count for it: units join, and blocks are
 * searched whole, so a literal may cross the border. */
static Span tick_range(const Run *run, size_t unit)
{
  bool last = unit + 1 == run->letter->unit_count;
  return (Span){run->unit_base[unit].start, last ? run->base.size : run->unit_base[unit + 1].start};
}

/* The literals of each unit's text, lower-cased as triggers are. */
static void tick_texts(Run *run)
{
  Buffer lower = {0};
  size_t longest = trigger_index_longest(run->rules->triggers);
  for (size_t unit = 0; unit < run->letter->unit_count && !lower.failed; ++unit) {
    Span      range = tick_range(run, unit);
    uint64_t *ticks = run->ticks + unit * run->tick_words;
    size_t    own = range.end - range.start, beyond = run->base.size - range.end;
    if (beyond > longest) beyond = longest;
    trigger_fold(&lower, run->base.text + range.start, own + beyond);
    trigger_index_begin(run->rules->triggers, ticks);
    run->seen.stamp++;
    if (!lower.failed) trigger_index_text(run->rules->triggers, lower.data, lower.size, own + 1, run->seen, ticks);
  }
  bool failed = lower.failed;
  buffer_free(&lower);
  if (failed) arena_alloc(run->arena, SIZE_MAX);
}

/* Not inlined: its locals must stay out of the frame that setjmp saves. */
__attribute__((noinline)) static void run_phases(Run *run)
{
  tick_texts(run);
  run_scan(run);
  run_settle(run);
  for (size_t i = 0; i < run->rules->phase_count && i <= run->options.last_phase && !run->limit_crossed; ++i) {
    const Phase *phase = &run->rules->phases[i];
    if (phase->kind == PHASE_LEARN) run_learn(run, phase);
    else run_rules(run, phase);
    run_settle(run);
  }
}

/* ---- Setting up ---- */

static void allocate(Run *run)
{
  size_t units = run->letter->unit_count;
  run->marks = arena_alloc(run->arena, (units + 1) * sizeof *run->marks);
  run->present = arena_alloc(run->arena, (units + 1) * run->rules->view_words * sizeof *run->present);
  run->tick_words = TRIGGER_CLAUSES * trigger_index_words(run->rules->triggers);
  run->ticks = arena_alloc(run->arena, (units + 1) * run->tick_words * sizeof *run->ticks);
  run->chance = arena_alloc(run->arena, run->tick_words / TRIGGER_CLAUSES * sizeof *run->chance);
  run->seen.literals = arena_alloc(run->arena, trigger_index_literals(run->rules->triggers) * sizeof *run->seen.literals);
  run->crosses = arena_alloc(run->arena, (run->rules->view_words + 1) * sizeof *run->crosses);
  run->joins = arena_alloc(run->arena, (run->rules->view_count + 1) * sizeof *run->joins);
  run->touching = arena_alloc(run->arena, (units + 1) * sizeof *run->touching);
  run->seen_in = arena_alloc(run->arena, (units + 1) * sizeof *run->seen_in);
  run->match_data = regex_match_data(PATTERN_GROUPS + 1);
  run->match_context = regex_match_context();
  run->jit_stack = regex_jit_stack(JIT_STACK_START, JIT_STACK_MAX);
  if (!run->match_data || !run->match_context || !run->jit_stack) arena_alloc(run->arena, SIZE_MAX);
  pcre2_set_match_limit(run->match_context, MATCH_LIMIT);
  pcre2_set_heap_limit(run->match_context, HEAP_LIMIT_KIB);
  pcre2_jit_stack_assign(run->match_context, NULL, run->jit_stack);
  if (run->options.callout) pcre2_set_callout(run->match_context, run->options.callout, run->options.callout_data);
}

static void place_units(Run *run)
{
  size_t units = run->letter->unit_count;
  run->unit_base = arena_alloc(run->arena, (units + 1) * sizeof *run->unit_base);
  for (size_t i = 0; i < units; ++i) run->unit_base[i] = base_view_range(&run->base, run->letter->units[i].span);
}

/* All memory is the letter's arena's, or in `run`, so running out of it may jump back here. */
static ClaimantStatus guarded(Run *run)
{
  jmp_buf rescue;
  if (setjmp(rescue)) return CLAIMANT_NO_MEMORY;
  arena_rescue(run->arena, &rescue);
  allocate(run);
  run_languages(run);
  if (!base_view_build(run->letter, &run->base)) return CLAIMANT_NO_MEMORY;
  place_units(run);
  if (run->letter->unit_count) run_phases(run);
  return run->limit_crossed ? CLAIMANT_LIMIT : CLAIMANT_OK;
}

ClaimantStatus match_letter(const Matcher *matcher, Letter *letter, MatchOptions options, Diagnostics *diagnostics,
                            MatchResult *result)
{
  Run run = {.matcher = matcher,
             .rules = matcher->rules,
             .letter = letter,
             .arena = letter->arena,
             .diagnostics = diagnostics,
             .options = options};
  ClaimantStatus status = guarded(&run);
  arena_rescue(letter->arena, NULL);
  pcre2_match_data_free(run.match_data);
  pcre2_match_context_free(run.match_context);
  pcre2_jit_stack_free(run.jit_stack);
  *result = (MatchResult){run.annotations, run.annotation_count};
  return status;
}
