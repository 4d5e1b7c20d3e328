/* Marks: the live annotations, unit by unit, in the order in which views take them. */
#include "match/run.h"

#include <stdlib.h>
#include <string.h>

uint32_t run_unit_at(const Run *run, uint32_t byte)
{
  uint32_t low = 0, high = (uint32_t)run->letter->unit_count;
  while (low + 1 < high) {
    uint32_t middle = low + (high - low) / 2;
    if (run->letter->units[middle].span.start <= byte) low = middle;
    else high = middle;
  }
  return low;
}

static uint8_t found_by(const RuleSet *rules, const Annotation *annotation)
{
  if (annotation->rule) return FOUND_BY_RULE;
  return rules->types[annotation->type].list ? FOUND_IN_LIST : FOUND_BY_SCAN;
}

static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

/* Letters as triggers take them. */
static bool letter_before(const char *text, uint32_t at)
{
  return (at && is_letter(text[at - 1])) || (at >= 3 && memcmp(text + at - 3, TRIGGER_KELVIN, 3) == 0) ||
         (at >= 2 && memcmp(text + at - 2, TRIGGER_LONG_S, 2) == 0);
}

/* The text ends in a 0. */
static bool letter_at(const char *text, uint32_t at)
{
  return is_letter(text[at]) || strncmp(text + at, TRIGGER_KELVIN, 3) == 0 || strncmp(text + at, TRIGGER_LONG_S, 2) == 0;
}

/* A placeholder is a whole word: text that begins or ends inside one stays text in every view. */
static bool cuts_word(const BaseView *base, Span span)
{
  const char *text = base->text;
  return (letter_before(text, span.start) && letter_at(text, span.start)) ||
         (span.end > span.start && letter_before(text, span.end) && letter_at(text, span.end));
}

static void accept(Run *run, Annotation *annotation, Span base)
{
  run->annotations = arena_grow(run->arena, run->annotations, run->annotation_count, &run->annotation_capacity,
                                sizeof *run->annotations);
  annotation->id = (uint32_t)run->annotation_count;
  annotation->live = true;
  run->annotations[run->annotation_count++] = annotation;
  run->fresh = arena_grow(run->arena, run->fresh, run->fresh_count, &run->fresh_capacity, sizeof *run->fresh);
  run->fresh[run->fresh_count++] = (Mark){.span = annotation->span,
                                          .base = base,
                                          .id = annotation->id,
                                          .type = annotation->type,
                                          .found = found_by(run->rules, annotation),
                                          .hidden = cuts_word(&run->base, base)};
}

void run_accept(Run *run, Annotation *annotation)
{
  accept(run, annotation, base_view_range(&run->base, annotation->span));
}

Annotation *run_annotate(Run *run, uint16_t type, Span base, uint32_t unit)
{
  Annotation *annotation = arena_alloc(run->arena, sizeof *annotation);
  Span        span = {run->base.origin[base.start], run->base.origin[base.end]};
  *annotation = (Annotation){.type = type, .unit = unit, .span = span, .match = span, .confidence = 1.0};
  accept(run, annotation, base);
  return annotation;
}

/* Start, end descending, what found it, id. */
static bool comes_before(const Mark *x, const Mark *y)
{
  if (x->span.start != y->span.start) return x->span.start < y->span.start;
  if (x->span.end != y->span.end) return x->span.end > y->span.end;
  if (x->found != y->found) return x->found < y->found;
  return x->id < y->id;
}

static void insert(Run *run, uint32_t unit, Mark mark)
{
  UnitMarks *marks = &run->marks[unit];
  size_t     capacity = marks->capacity;
  marks->items = arena_grow(run->arena, marks->items, marks->count, &capacity, sizeof *marks->items);
  marks->capacity = (uint32_t)capacity;
  uint32_t at = marks->count++;
  for (; at && comes_before(&mark, &marks->items[at - 1]); --at) marks->items[at] = marks->items[at - 1];
  marks->items[at] = mark;
}

static void tick_type(Run *run, uint32_t unit, uint16_t type)
{
  uint64_t  bit = UINT64_C(1) << (type % 64);
  uint64_t *present = &run->present[unit * run->rules->view_words + type / 64];
  if (!(*present & bit)) trigger_index_type(run->rules->triggers, type, run->ticks + unit * run->tick_words);
  *present |= bit;
}

static void note(Run *run, uint32_t unit, const Mark *mark)
{
  tick_type(run, unit, mark->type);
  if (mark->shown != mark->type) tick_type(run, unit, mark->shown);
  if (mark->span.end > run->letter->units[unit].span.end) run->crosses[mark->type / 64] |= UINT64_C(1) << (mark->type % 64);
}

static bool has_role(const Annotation *annotation, const char *name)
{
  for (size_t i = 0; i < annotation->role_count; ++i)
    if (annotation->roles[i].name == name) return true;
  return false;
}

static bool passes(const Annotation *annotation, const TypeTest *test)
{
  const char *value = annotation_feature(annotation, test->name);
  if (test->value) return value && strcmp(value, test->value) == 0;
  return value || has_role(annotation, test->name);
}

/* The type that an annotation stands as in views, by the tests of its type that hold. */
static uint16_t shown_as(const Run *run, const Annotation *annotation)
{
  const Type *type = &run->rules->types[annotation->type];
  uint32_t    bits = 0;
  for (size_t i = 0; i < type->test_count; ++i)
    if (passes(annotation, &type->tests[i])) bits |= 1U << i;
  return bits ? (uint16_t)(type->passed_first + bits - 1) : annotation->type;
}

void run_show_again(Run *run, const Annotation *annotation)
{
  UnitMarks *marks = &run->marks[annotation->unit];
  for (uint32_t i = 0; i < marks->count; ++i) {
    Mark *mark = &marks->items[i];
    if (mark->id != annotation->id) continue;
    mark->shown = shown_as(run, annotation);
    note(run, annotation->unit, mark);
  }
}

static void drop_absorbed(Run *run, UnitMarks *marks)
{
  uint32_t out = 0;
  for (uint32_t i = 0; i < marks->count; ++i)
    if (run->annotations[marks->items[i].id]->live) marks->items[out++] = marks->items[i];
  marks->count = out;
}

void run_settle(Run *run)
{
  for (size_t i = 0; i < run->fresh_count; ++i) {
    Mark    *mark = &run->fresh[i];
    uint32_t unit = run->annotations[mark->id]->unit;
    mark->shown = shown_as(run, run->annotations[mark->id]);
    insert(run, unit, *mark);
    note(run, unit, mark);
  }
  run->fresh_count = 0;
  for (size_t unit = 0; run->absorbed && unit < run->letter->unit_count; ++unit) drop_absorbed(run, &run->marks[unit]);
  run->absorbed = false;
}
