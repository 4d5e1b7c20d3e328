/* Modifiers: words that change what was said of items they reach, "no", "reportedly", "if". */
#include "match/tracing.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
  Run             *run;
  const Candidate *candidate; /* its annotation is no item: it holds the features to be set */
  Span             trigger;
  size_t           found;
} Modifying;

static void add(Modifying *m, const Annotation *target)
{
  Run *run = m->run;
  run->modifications = arena_grow(run->arena, run->modifications, run->modification_count, &run->modification_capacity,
                                  sizeof *run->modifications);
  run->modifications[run->modification_count] = (Modification){.rule = m->candidate->rule,
                                                               .place = run->modification_count,
                                                               .trigger = m->trigger,
                                                               .target = run->annotations[target->id],
                                                               .features = m->candidate->annotation->features,
                                                               .feature_count = m->candidate->annotation->feature_count,
                                                               .trace = m->candidate->trace};
  run->modification_count++;
  if (!m->found++) tracing_target(m->candidate->trace, target);
}

static bool is_target(const Rule *rule, uint16_t type) { return rule->targets[type / 64] >> (type % 64) & 1U; }

/* Items that begin in the reach, or with `ends` end in it. */
static void reach_items(Modifying *m, Stretch stretch, Span reach, bool ends)
{
  MarkWalk walk = marks_from(m->run, stretch.unit);
  for (const Mark *mark; (mark = marks_next(&walk, reach.end)) != NULL;) {
    uint32_t at = ends ? mark->span.end : mark->span.start;
    bool     inside = ends ? at > reach.start && at <= reach.end : at >= reach.start;
    if (inside && is_target(m->candidate->rule, mark->type)) add(m, m->run->annotations[mark->id]);
  }
}

static void reach_around(Modifying *m, Stretch stretch)
{
  MarkWalk walk = marks_from(m->run, stretch.unit);
  for (const Mark *mark; (mark = marks_next(&walk, m->trigger.start + 1)) != NULL;)
    if (mark->span.end >= m->trigger.end && is_target(m->candidate->rule, mark->type)) add(m, m->run->annotations[mark->id]);
}

/* ---- How far it reaches ---- */

static uint32_t forward_end(Run *run, const Rule *rule, uint32_t from)
{
  const PCRE2_SIZE *hit = pcre2_get_ovector_pointer(run->match_data);
  if (!rule->until || !run_try(run, rule, rule->until, from, run->view.size)) return run->view.size;
  return (uint32_t)hit[0];
}

/* Behind the last place where the reach would end. */
static uint32_t backward_start(Run *run, const Rule *rule, uint32_t to)
{
  const PCRE2_SIZE *hit = pcre2_get_ovector_pointer(run->match_data);
  uint32_t          start = 0, from = 0;
  while (rule->until && from < to && run_try(run, rule, rule->until, from, to)) {
    start = (uint32_t)hit[1];
    from = (uint32_t)(hit[1] > hit[0] ? hit[1] : hit[1] + 1);
  }
  return start;
}

static void reach_back(Modifying *m, Stretch stretch, uint32_t start)
{
  uint32_t from = backward_start(m->run, m->candidate->rule, start);
  if (from < start) reach_items(m, stretch, view_to_letter(m->run, from, start), true);
}

static void reach_on(Modifying *m, Stretch stretch, uint32_t end)
{
  uint32_t to = forward_end(m->run, m->candidate->rule, end);
  if (end < to) reach_items(m, stretch, view_to_letter(m->run, end, to), false);
}

void run_modify(Run *run, Candidate *candidate, Stretch stretch, uint32_t start, uint32_t end)
{
  Modifying m = {.run = run, .candidate = candidate, .trigger = candidate->annotation->span};
  run_set_features(run, candidate);
  tracing_fate(candidate->trace, FATE_NO_TARGET);
  switch (candidate->rule->direction) {
  case MODIFY_FORWARD: reach_on(&m, stretch, end); break;
  case MODIFY_BACKWARD: reach_back(&m, stretch, start); break;
  case MODIFY_BOTH:
    reach_back(&m, stretch, start);
    reach_on(&m, stretch, end);
    break;
  case MODIFY_AROUND: reach_around(&m, stretch); break;
  }
  if (m.found) tracing_fate(candidate->trace, FATE_KEPT);
}

/* ---- The outcome of a phase ---- */

/* The weakest first: whoever comes later has the last word. */
static int by_weakness(const void *a, const void *b)
{
  const Modification *x = a, *y = b;
  if (x->rule->priority != y->rule->priority) return x->rule->priority < y->rule->priority ? -1 : 1;
  if (x->rule->ordinal != y->rule->ordinal) return x->rule->ordinal > y->rule->ordinal ? -1 : 1;
  if (x->trigger.start != y->trigger.start) return x->trigger.start > y->trigger.start ? -1 : 1;
  return x->place > y->place ? -1 : x->place < y->place;
}

static void apply(Run *run, const Modification *m)
{
  Annotation *target = m->target;
  size_t      capacity = target->modifier_count;
  for (size_t i = 0; i < m->feature_count; ++i) {
    run_put_feature(run, target, m->features[i]);
    tracing_modified(run, target, m->trace, m->features[i]);
  }
  if (m->rule->confidence < target->confidence) target->confidence = m->rule->confidence;
  target->modifiers = arena_grow(run->arena, target->modifiers, target->modifier_count, &capacity, sizeof *target->modifiers);
  target->modifiers[target->modifier_count++] = (Modifier){m->rule, m->trigger};
}

void run_apply_modifiers(Run *run)
{
  if (run->modification_count) qsort(run->modifications, run->modification_count, sizeof *run->modifications, by_weakness);
  for (size_t i = 0; i < run->modification_count; ++i) {
    if (!run->modifications[i].target->live) continue;
    apply(run, &run->modifications[i]);
    run_show_again(run, run->modifications[i].target);
  }
  run->modification_count = 0;
}
