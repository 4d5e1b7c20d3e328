#include "match/origin.h"

#include <string.h>

enum { MAX_DEPTH = 16 };

static bool same(Span a, Span b) { return a.start == b.start && a.end == b.end; }

static bool joins(const TraceStep *step)
{
  return (step->kind == STEP_MERGED || step->kind == STEP_ABSORBED) && step->other;
}

static Origin handed_on(Origin origin, const TraceStep *step)
{
  if (origin.kind != ORIGIN_RESOLVER) origin.way = step->kind == STEP_MERGED ? MERGED : ABSORBED;
  return origin;
}

/* ---- Features ---- */

static Origin modified(const TraceStep *step)
{
  const Rule *rule = step->other->rule;
  size_t      line = rule->line;
  for (size_t i = 0; i < rule->set_count; ++i)
    if (strcmp(rule->sets[i].feature, step->name) == 0) line = rule->sets[i].line;
  return (Origin){.kind = ORIGIN_MODIFIER, .rule = rule, .line = line, .trigger = &step->other->span};
}

static Origin feature_at(const TraceMatch *match, const char *name, const char *value, int depth)
{
  const TraceStep *last = NULL;
  for (const TraceStep *step = match ? match->steps : NULL; step; step = step->next)
    if ((step->kind == STEP_SET || step->kind == STEP_MODIFIED) && strcmp(step->name, name) == 0) last = step;
  if (last && strcmp(last->value, value) == 0) {
    if (last->kind == STEP_MODIFIED) return modified(last);
    return (Origin){.kind = ORIGIN_SET, .rule = match->rule, .line = last->set->line};
  }
  for (const TraceStep *step = match && !last && depth < MAX_DEPTH ? match->steps : NULL; step;
       step = step->next) {
    Origin found =
        joins(step) ? feature_at(step->other, name, value, depth + 1) : (Origin){.kind = ORIGIN_RESOLVER};
    if (found.kind != ORIGIN_RESOLVER) return handed_on(found, step);
  }
  return (Origin){.kind = ORIGIN_RESOLVER};
}

Origin origin_of_feature(const TraceMatch *match, const char *name, const char *value)
{
  return feature_at(match, name, value, 0);
}

/* ---- Roles ---- */

static size_t line_of_group(const TraceMatch *match, const char *name)
{
  for (size_t i = 0; i < match->pattern->group_count; ++i)
    if (strcmp(match->pattern->groups[i].name, name) == 0) return match->pattern->line;
  return match->rule->before ? match->rule->before->line : match->pattern->line;
}

static const Fill *constant_fill(const TraceMatch *match, const char *name)
{
  for (const TraceStep *step = match->steps; step; step = step->next)
    if (step->kind == STEP_FILL && step->fill->ref && strcmp(step->name, name) == 0) return step->fill;
  return NULL;
}

static Origin role_at(const TraceMatch *match, const char *name, const Span *span, int depth)
{
  Origin none = {.kind = ORIGIN_RESOLVER};
  if (!match || depth > MAX_DEPTH) return none;
  for (size_t i = 0; span && i < match->group_count; ++i) {
    const TraceGroup *group = &match->groups[i];
    if (strcmp(group->name, name) != 0 || !same(group->span, *span)) continue;
    return (Origin){.kind = ORIGIN_GROUP,
                    .rule = match->rule,
                    .line = line_of_group(match, name),
                    .ref = constant_fill(match, name)};
  }
  for (const TraceStep *step = match->steps; step; step = step->next)
    if (step->kind == STEP_FILL && strcmp(step->name, name) == 0)
      return (Origin){.kind = ORIGIN_FILL, .rule = match->rule, .line = step->fill->line};
  for (const TraceStep *step = match->steps; step; step = step->next) {
    Origin found = joins(step) ? role_at(step->other, name, span, depth + 1) : none;
    if (found.kind != ORIGIN_RESOLVER) return handed_on(found, step);
  }
  return none;
}

Origin origin_of_role(const TraceMatch *match, const char *name, const Span *span)
{
  return role_at(match, name, span, 0);
}

/* ---- Confidence ---- */

const Annotation *origin_of_confidence(const TraceMatch *match, double confidence)
{
  const Annotation *annotation = match->annotation;
  for (size_t i = 0; annotation && i < annotation->role_count; ++i) {
    const Annotation *filler = annotation->roles[i].annotation;
    if (filler && filler->confidence <= confidence) return filler;
  }
  for (const TraceStep *step = match->steps; step; step = step->next)
    if (step->kind == STEP_FILL && step->source && step->source->confidence <= confidence)
      return step->source;
  return NULL;
}
