/* Conflicts: which candidates of a phase become annotations.
 *
 * A total order (priority, length, place, rule), so that the outcome never depends
 * on the order of search; then one by one, if compatible within its layer. */
#include "match/tracing.h"

#include <stdlib.h>
#include <string.h>

typedef struct Touching {
  Annotation      *annotation;
  struct Touching *next;
} Touching;

static uint32_t length(Span span) { return span.end - span.start; }

static int by_strength(const void *a, const void *b)
{
  const Candidate  *x = a, *y = b;
  const Annotation *p = x->annotation, *q = y->annotation;
  if (x->rule->priority != y->rule->priority) return x->rule->priority > y->rule->priority ? -1 : 1;
  if (length(p->span) != length(q->span)) return length(p->span) > length(q->span) ? -1 : 1;
  if (p->span.start != q->span.start) return p->span.start < q->span.start ? -1 : 1;
  if (x->rule->ordinal != y->rule->ordinal) return x->rule->ordinal < y->rule->ordinal ? -1 : 1;
  if (p->match.start != q->match.start) return p->match.start < q->match.start ? -1 : 1;
  if (p->match.end != q->match.end) return p->match.end < q->match.end ? -1 : 1;
  return p->id < q->id ? -1 : p->id > q->id; /* order of search within one rule: of its patterns */
}

static bool disjoint(Span a, Span b) { return a.end <= b.start || b.end <= a.start; }
static bool same(Span a, Span b) { return a.start == b.start && a.end == b.end; }
static bool inside(Span a, Span b) { return a.start >= b.start && a.end <= b.end && !same(a, b); }

/* Words of its own that fill the key; what a fill brought from elsewhere many items may share. */
static bool is_key(const RoleValue *role, const char *key) { return role->name == key && role->has_span && !role->filled; }

static bool keys_overlap(const Annotation *a, const Annotation *b, const char *key)
{
  for (size_t i = 0; key && i < a->role_count; ++i)
    for (size_t j = 0; is_key(&a->roles[i], key) && j < b->role_count; ++j)
      if (is_key(&b->roles[j], key) && !disjoint(a->roles[i].span, b->roles[j].span)) return true;
  return false;
}

static bool compatible(const Run *run, const Annotation *a, const Annotation *b)
{
  const Type *type = &run->rules->types[a->type], *other = &run->rules->types[b->type];
  if (type->layer != other->layer || disjoint(a->span, b->span)) {
    bool free_pair = type->layer == other->layer && type->mode == LAYER_FREE && a->type == b->type;
    return !free_pair || !keys_overlap(a, b, type->key);
  }
  switch (type->mode) {
  case LAYER_FLAT: return false;
  case LAYER_NEST: return inside(a->span, b->span) || inside(b->span, a->span);
  case LAYER_FREE: return a->type != b->type || (!same(a->span, b->span) && !keys_overlap(a, b, type->key));
  }
  return false;
}

static bool is_consumed(const Candidate *candidate, uint32_t id)
{
  for (size_t i = 0; i < candidate->consumed_count; ++i)
    if (candidate->consumed[i] == id) return true;
  return false;
}

/* What is there already and does not go with it, or NULL. */
static const Annotation *rival(const Run *run, const Candidate *candidate, uint32_t last_unit)
{
  for (uint32_t unit = candidate->annotation->unit; unit <= last_unit; ++unit)
    for (const Touching *t = run->touching[unit]; t; t = t->next)
      if (t->annotation->live && !compatible(run, candidate->annotation, t->annotation) &&
          !is_consumed(candidate, t->annotation->id))
        return t->annotation;
  return NULL;
}

static void touch(Run *run, Annotation *annotation, uint32_t last_unit)
{
  for (uint32_t unit = annotation->unit; unit <= last_unit; ++unit) {
    Touching *t = arena_alloc(run->arena, sizeof *t);
    *t = (Touching){annotation, run->touching[unit]};
    run->touching[unit] = t;
  }
}

/* ---- Merging ---- */

static bool has_role(const Annotation *annotation, const char *name)
{
  for (size_t i = 0; i < annotation->role_count; ++i)
    if (annotation->roles[i].name == name) return true;
  return false;
}

static void merge_roles(Run *run, Annotation *into, const Annotation *from)
{
  RoleValue *roles = arena_alloc(run->arena, (into->role_count + from->role_count + 1) * sizeof *roles);
  size_t     count = into->role_count;
  if (count) memcpy(roles, into->roles, count * sizeof *roles);
  for (size_t i = 0; i < from->role_count; ++i)
    if (!has_role(into, from->roles[i].name)) roles[count++] = from->roles[i];
  into->roles = roles;
  into->role_count = count;
}

static void merge_features(Run *run, Annotation *into, const Annotation *from)
{
  FeatureValue *features =
      arena_alloc(run->arena, (into->feature_count + from->feature_count + 1) * sizeof *features);
  size_t count = into->feature_count;
  if (count) memcpy(features, into->features, count * sizeof *features);
  for (size_t i = 0; i < from->feature_count; ++i)
    if (!annotation_feature(into, from->features[i].name)) features[count++] = from->features[i];
  into->features = features;
  into->feature_count = count;
}

/* The strongest candidate of this phase with the same type and range, whatever became of it. The
 * lists are in reverse, so it is the last that fits. */
static Annotation *twin(const Run *run, const Candidate *candidate)
{
  Annotation *strongest = NULL;
  for (const Touching *t = run->seen_in[candidate->annotation->unit]; t; t = t->next)
    if (t->annotation->type == candidate->annotation->type && same(t->annotation->span, candidate->annotation->span))
      strongest = t->annotation;
  return strongest;
}

static void remember(Run *run, Annotation *annotation)
{
  Touching *t = arena_alloc(run->arena, sizeof *t);
  *t = (Touching){annotation, run->seen_in[annotation->unit]};
  run->seen_in[annotation->unit] = t;
}

/* ---- Resolution ---- */

/* What is absorbed hands on the roles and features that the new item lacks. */
static void absorb(Run *run, const Candidate *candidate)
{
  for (size_t i = 0; i < candidate->consumed_count; ++i) {
    Annotation *annotation = run->annotations[candidate->consumed[i]];
    if (run->rules->types[annotation->type].layer != run->rules->types[candidate->annotation->type].layer) continue;
    annotation->live = false;
    run->absorbed = true;
    if (run->options.trace) tracing_absorbed(run, candidate, annotation);
    if (annotation->type != candidate->annotation->type) continue;
    merge_roles(run, candidate->annotation, annotation);
    merge_features(run, candidate->annotation, annotation);
  }
}

void run_resolve(Run *run)
{
  const size_t first_id = run->annotation_count;
  for (size_t i = 0; i < run->candidate_count; ++i) run->candidates[i].annotation->id = (uint32_t)i;
  if (run->candidate_count) qsort(run->candidates, run->candidate_count, sizeof *run->candidates, by_strength);
  for (size_t i = 0; i < run->candidate_count; ++i) {
    Candidate  *candidate = &run->candidates[i];
    Annotation *first = twin(run, candidate);
    if (first) {
      merge_roles(run, first, candidate->annotation);
      merge_features(run, first, candidate->annotation);
      if (run->options.trace) tracing_merged(run, candidate, first);
      continue;
    }
    remember(run, candidate->annotation);
    uint32_t last_unit = run_unit_at(run, candidate->annotation->span.end - 1);
    const Annotation *winner = rival(run, candidate, last_unit);
    if (winner) {
      if (run->options.trace) tracing_beaten(run, candidate, winner, first_id);
      continue;
    }
    absorb(run, candidate);
    run_accept(run, candidate->annotation);
    if (run->options.trace) tracing_kept(run, candidate);
    touch(run, candidate->annotation, last_unit);
  }
  for (size_t i = 0; i < run->candidate_count; ++i) run->seen_in[run->candidates[i].annotation->unit] = NULL;
  run->candidate_count = 0;
}
