#include "match/tracing.h"

#include <string.h>

/* ---- Reading ---- */

const TraceMatch *trace_of(const Trace *trace, const Annotation *annotation)
{
  if (!annotation || annotation->id >= trace->kept_count) return NULL;
  const TraceMatch *match = trace->kept[annotation->id];
  return match && match->annotation == annotation ? match : NULL;
}

const Phase *trace_phase(const RuleSet *rules, const Rule *rule)
{
  for (size_t i = 0; i < rules->phase_count; ++i) {
    const Phase *phase = &rules->phases[i];
    if (phase->kind == PHASE_RULES && rule->ordinal >= phase->first_rule &&
        rule->ordinal - phase->first_rule < phase->rule_count)
      return phase;
  }
  return NULL;
}

static bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

void trace_put_words(const Letter *letter, Span span, Buffer *out)
{
  for (uint32_t i = span.start; i < span.end; ++i) {
    char c = letter->text[i];
    if (!is_space(c)) buffer_append_byte(out, c);
    else if (i > span.start && !is_space(letter->text[i - 1])) buffer_append_byte(out, ' ');
  }
}

void trace_put_view(const RuleSet *rules, const Letter *letter, const TraceView *view, Span part, Buffer *out)
{
  uint32_t at = part.start;
  for (size_t i = 0; i < view->holder_count; ++i) {
    const TraceHolder *holder = &view->holders[i];
    if (holder->at < at || holder->at >= part.end) continue;
    buffer_append(out, view->text + at, holder->at - at);
    buffer_printf(out, "{%s \"", rules->types[holder->annotation->type].name);
    trace_put_words(letter, holder->annotation->span, out);
    buffer_append_string(out, "\"}");
    at = holder->at + PLACEHOLDER_BYTES;
  }
  if (at < part.end) buffer_append(out, view->text + at, part.end - at);
}

/* ---- Filling ---- */

static bool is_traced(const Run *run, const Rule *rule)
{
  const Trace *trace = run->options.trace;
  return trace && (!trace->rule || trace->rule == rule);
}

static TraceHolder *copy_holders(Run *run, TraceView *copy)
{
  const View  *view = &run->view;
  TraceHolder *holders = arena_alloc(run->arena, (view->piece_count + 1) * sizeof *holders);
  for (size_t i = 1; i < view->piece_count; ++i)
    holders[copy->holder_count++] =
        (TraceHolder){view->pieces[i].view - PLACEHOLDER_BYTES, run->annotations[view->pieces[i].holder]};
  return holders;
}

/* Rules of one view are tried one after another on the same stretch: one copy serves them. */
static const TraceView *copy_view(Run *run, const Rule *rule, Stretch stretch)
{
  Trace     *trace = run->options.trace;
  TraceView *last = trace->view_count ? trace->views[trace->view_count - 1] : NULL;
  if (last && last->view == rule->view && last->span.start == stretch.span.start &&
      last->span.end == stretch.span.end && last->size == run->view.size &&
      memcmp(last->text, run->view.text, last->size) == 0)
    return last;
  TraceView *copy = arena_alloc(run->arena, sizeof *copy);
  *copy = (TraceView){.view = rule->view, .unit = stretch.unit, .span = stretch.span, .size = run->view.size};
  copy->text = arena_copy(run->arena, run->view.text, run->view.size);
  copy->holders = copy_holders(run, copy);
  trace->views =
      arena_grow(run->arena, trace->views, trace->view_count, &trace->view_capacity, sizeof *trace->views);
  trace->views[trace->view_count++] = copy;
  return copy;
}

void tracing_view(Run *run, const Rule *rule, Stretch stretch)
{
  if (run->options.trace->rule == rule) copy_view(run, rule, stretch);
}

TraceMatch *tracing_match(Run *run, const Candidate *candidate, const Pattern *pattern, Stretch stretch,
                          uint32_t start, uint32_t end)
{
  if (!is_traced(run, candidate->rule)) return NULL;
  Trace      *trace = run->options.trace;
  TraceMatch *match = arena_alloc(run->arena, sizeof *match);
  *match = (TraceMatch){.rule = candidate->rule, .pattern = pattern, .start = start, .end = end};
  match->view = copy_view(run, candidate->rule, stretch);
  match->span = view_to_letter(run, start, end);
  match->last_step = &match->steps;
  match->groups = arena_alloc(run->arena, (candidate->capture_count + 1) * sizeof *match->groups);
  for (size_t i = 0; i < candidate->capture_count; ++i) {
    const Capture *c = &candidate->captures[i];
    match->groups[match->group_count++] = (TraceGroup){c->name, c->span, c->view_start, c->view_end};
  }
  trace->matches = arena_grow(run->arena, trace->matches, trace->match_count, &trace->match_capacity,
                              sizeof *trace->matches);
  trace->matches[trace->match_count++] = match;
  return match;
}

void tracing_fate(TraceMatch *match, TraceFate fate)
{
  if (match) match->fate = fate;
}

void tracing_veto(TraceMatch *match, const Unless *unless, size_t start, size_t end)
{
  if (!match) return;
  match->fate = FATE_VETOED;
  match->unless = unless;
  match->veto_start = (uint32_t)start;
  match->veto_end = (uint32_t)end;
}

void tracing_unfilled(TraceMatch *match, const Fill *fill, const char *role)
{
  if (!match) return;
  match->fate = FATE_UNFILLED;
  match->fill = fill;
  match->role = role;
}

void tracing_item(TraceMatch *match, const Annotation *annotation)
{
  if (!match) return;
  match->annotation = annotation;
  match->span = annotation->span;
}

void tracing_target(TraceMatch *match, const Annotation *annotation)
{
  if (match) match->annotation = annotation;
}

static void add_step(Run *run, TraceMatch *match, TraceStep step)
{
  if (!match) return;
  TraceStep *made = arena_alloc(run->arena, sizeof *made);
  *made = step;
  *match->last_step = made;
  match->last_step = &made->next;
}

void tracing_set(Run *run, TraceMatch *match, const Set *set, const char *value)
{
  add_step(run, match, (TraceStep){.kind = STEP_SET, .name = set->feature, .value = value, .set = set});
}

void tracing_fill(Run *run, TraceMatch *match, const Fill *fill, const char *role, const Annotation *source)
{
  add_step(run, match, (TraceStep){.kind = STEP_FILL, .name = role, .fill = fill, .source = source});
}

/* ---- Conflicts ---- */

void tracing_kept(Run *run, const Candidate *candidate)
{
  Trace   *trace = run->options.trace;
  uint32_t id = candidate->annotation->id;
  while (trace->kept_count <= id) {
    trace->kept =
        arena_grow(run->arena, trace->kept, trace->kept_count, &trace->kept_capacity, sizeof *trace->kept);
    trace->kept[trace->kept_count++] = NULL;
  }
  trace->kept[id] = candidate->trace;
}

/* Also of one that was not accepted, whose id is not yet its own. */
static TraceMatch *match_of(const Run *run, const Annotation *annotation)
{
  const Trace *trace = run->options.trace;
  for (size_t i = trace->match_count; i-- > 0;)
    if (trace->matches[i]->annotation == annotation) return trace->matches[i];
  return NULL;
}

void tracing_merged(Run *run, const Candidate *candidate, const Annotation *into)
{
  TraceMatch *first = match_of(run, into);
  if (candidate->trace) {
    candidate->trace->fate = FATE_MERGED;
    candidate->trace->winner = first;
    candidate->trace->winner_annotation = into;
  }
  add_step(run, first,
           (TraceStep){.kind = STEP_MERGED, .other = candidate->trace, .source = candidate->annotation});
}

static TraceReason reason(const Annotation *winner, const Annotation *loser, size_t first_id)
{
  uint32_t length = winner->span.end - winner->span.start;
  if (winner->id < first_id || !winner->rule) return BEATEN_BY_PHASE;
  if (winner->rule->priority != loser->rule->priority) return BEATEN_BY_PRIORITY;
  if (length != loser->span.end - loser->span.start) return BEATEN_BY_LENGTH;
  return winner->span.start != loser->span.start ? BEATEN_BY_PLACE : BEATEN_BY_ORDER;
}

void tracing_beaten(Run *run, const Candidate *candidate, const Annotation *winner, size_t first_id)
{
  TraceMatch *match = candidate->trace;
  if (!match) return;
  TraceMatch *first = (TraceMatch *)trace_of(run->options.trace, winner);
  match->fate = FATE_BEATEN;
  match->winner = first;
  match->winner_annotation = winner;
  match->reason = reason(winner, candidate->annotation, first_id);
  add_step(run, first, (TraceStep){.kind = STEP_BEAT, .other = match});
}

void tracing_absorbed(Run *run, const Candidate *candidate, const Annotation *absorbed)
{
  TraceMatch *match = (TraceMatch *)trace_of(run->options.trace, absorbed);
  add_step(run, candidate->trace, (TraceStep){.kind = STEP_ABSORBED, .other = match, .source = absorbed});
  if (!match) return;
  match->winner = candidate->trace;
  match->winner_annotation = candidate->annotation;
}

void tracing_modified(Run *run, const Annotation *target, const TraceMatch *modifier, FeatureValue feature)
{
  if (!modifier || !run->options.trace) return;
  TraceMatch *match = (TraceMatch *)trace_of(run->options.trace, target);
  add_step(run, match, (TraceStep){.kind = STEP_MODIFIED, .name = feature.name, .value = feature.value, .other = modifier});
}
