/* Fills: roles taken from elsewhere in the letter. */
#include "match/tracing.h"

#include <string.h>

enum { REACH = 20000 /* bytes of the letter to either side, for what is nearest: blocks may be as long as a letter */ };

typedef struct {
  Run        *run;
  const Fill *fill;
  const char *role;
  Span        item;
  Span        where;
  const Annotation *best;
  const RoleValue  *best_role; /* when the role is copied from the annotation's own */
} Search;

static const RoleValue *role_of(const Annotation *annotation, const char *name)
{
  for (size_t i = 0; i < annotation->role_count; ++i)
    if (annotation->roles[i].name == name) return &annotation->roles[i];
  return NULL;
}

static Span unit_span(const Run *run, size_t unit)
{
  return unit < run->letter->unit_count ? run->letter->units[unit].span : (Span){0, 0};
}

static Span section_span(const Run *run, uint32_t unit)
{
  const Letter *letter = run->letter;
  uint32_t      section = letter->units[unit].section;
  uint32_t      first = unit, last = unit;
  while (first && letter->units[first - 1].section == section) first--;
  while (last + 1 < letter->unit_count && letter->units[last + 1].section == section) last++;
  return (Span){letter->units[first].span.start, letter->units[last].span.end};
}

static Span where_to_look(const Run *run, const Annotation *item, FillWhere where)
{
  const Letter *letter = run->letter;
  const Unit   *unit = &letter->units[item->unit];
  switch (where) {
  case WHERE_SENTENCE: {
    Span span = unit->span;
    if (item->match.start < span.start) span.start = item->match.start;
    if (item->match.end > span.end) span.end = item->match.end;
    return span;
  }
  case WHERE_LIST:
    if (unit->list == NO_INDEX || letter->lists[unit->list].leadin == NO_INDEX) break;
    return unit_span(run, letter->lists[unit->list].leadin);
  case WHERE_NEXT: return unit_span(run, (size_t)item->unit + 1);
  case WHERE_PREVIOUS:
    if (!item->unit) break;
    return unit_span(run, item->unit - 1);
  case WHERE_PARAGRAPH: return letter->blocks[unit->block].span;
  case WHERE_SECTION: return section_span(run, item->unit);
  case WHERE_LETTER: return (Span){0, letter->size};
  }
  return (Span){0, 0};
}

/* Greater is better; ties go to the smaller start, the longer, the lower id, which is the marks' order. */
static uint32_t merit(const Search *s, Span span)
{
  switch (s->fill->pick) {
  case PICK_BEFORE: return span.end;
  case PICK_FIRST: return UINT32_MAX - span.start;
  case PICK_LAST: return span.start;
  case PICK_NEAREST:
    if (span.end <= s->item.start) return UINT32_MAX - (s->item.start - span.end);
    return UINT32_MAX - (span.start > s->item.end ? span.start - s->item.end : 0);
  }
  return 0;
}

static bool may_serve(const Search *s, Span span)
{
  bool elsewhere = s->fill->where == WHERE_LIST || s->fill->where == WHERE_NEXT;
  if (elsewhere || s->fill->pick == PICK_LAST) return true;
  if (s->fill->pick == PICK_NEAREST) return span.end <= s->item.start || span.start >= s->item.end;
  return span.end <= s->item.start;
}

static void consider(Search *s, const Annotation *annotation)
{
  for (size_t i = 0; i < s->fill->from_count; ++i) {
    const FillFrom  *from = &s->fill->from[i];
    const RoleValue *role = NULL;
    if (!ruleset_is_a(s->run->rules, annotation->type, from->type)) continue;
    if (from->role) {
      role = role_of(annotation, strcmp(from->role, "*") == 0 ? s->role : from->role);
      if (!role) continue;
    }
    if (s->best && merit(s, annotation->span) <= merit(s, s->best->span)) return;
    s->best = annotation;
    s->best_role = role;
    return;
  }
}

/* What is far off is not the nearest in any sense that a rule means. */
static void keep_in_reach(Search *s)
{
  bool near = s->fill->pick == PICK_BEFORE || s->fill->pick == PICK_NEAREST;
  if (!near || s->fill->where == WHERE_LIST || s->fill->where == WHERE_NEXT) return;
  if (s->item.start > REACH && s->where.start < s->item.start - REACH) s->where.start = s->item.start - REACH;
  if (s->item.end < s->where.end && s->where.end - s->item.end > REACH) s->where.end = s->item.end + REACH;
}

static bool is_one_of(const uint64_t *types, uint16_t type) { return types[type / 64] >> (type % 64) & 1U; }

/* Is any of them in the unit? */
static bool has_any(const Run *run, const uint64_t *types, uint32_t unit)
{
  const size_t words = run->rules->view_words;
  for (size_t i = 0; i < words; ++i)
    if (run->present[unit * words + i] & types[i]) return true;
  return false;
}

static void look(Search *s)
{
  const Run *run = s->run;
  keep_in_reach(s);
  MarkWalk walk = marks_from(run, run_unit_at(run, s->where.start));
  for (;;) {
    while (!walk.index && walk.unit < run->letter->unit_count && run->letter->units[walk.unit].span.end < s->where.end &&
           !has_any(run, s->fill->types, walk.unit))
      walk.unit++;
    const Mark *mark = marks_next(&walk, s->where.end);
    if (!mark) return;
    if (!is_one_of(s->fill->types, mark->type) || mark->span.start < s->where.start ||
        mark->span.end > s->where.end || !may_serve(s, mark->span))
      continue;
    consider(s, run->annotations[mark->id]);
    if (s->best && s->fill->pick == PICK_FIRST) return; /* marks come in order */
  }
}

static void add_role(Run *run, Annotation *annotation, RoleValue value)
{
  RoleValue *roles = arena_alloc(run->arena, (annotation->role_count + 1) * sizeof *roles);
  if (annotation->role_count) memcpy(roles, annotation->roles, annotation->role_count * sizeof *roles);
  roles[annotation->role_count++] = value;
  annotation->roles = roles;
}

static void copy_filler(Run *run, Annotation *annotation, const Search *s)
{
  RoleValue value = {.name = s->role, .has_span = true, .span = s->best->span, .annotation = s->best};
  if (s->best_role) {
    value = *s->best_role;
    value.name = s->role;
  }
  value.filled = true;
  if (s->best->confidence < annotation->confidence) annotation->confidence = s->best->confidence;
  add_role(run, annotation, value);
}

/* A constant fills an empty role. With a condition it also says what words already there stand
 * for, and their span stays: "you" is the letter's addressee. */
static void set_ref(Run *run, Candidate *candidate, const char *role, const Fill *fill)
{
  RoleValue *present = (RoleValue *)role_of(candidate->annotation, role);
  if (present && (present->ref || (!fill->only_if && !fill->if_not))) return;
  if (!present) add_role(run, candidate->annotation, (RoleValue){.name = role, .ref = fill->ref});
  else present->ref = fill->ref;
  tracing_fill(run, candidate->trace, fill, role, NULL);
}

static bool has_group(const Candidate *candidate, const char *name)
{
  for (size_t i = 0; i < candidate->capture_count; ++i)
    if (candidate->captures[i].name == name) return true;
  return false;
}

static bool apply(Run *run, Candidate *candidate, const Fill *fill)
{
  Annotation *annotation = candidate->annotation;
  for (size_t i = 0; i < fill->role_count; ++i) {
    const char *role = fill->roles[i];
    if (fill->ref) {
      set_ref(run, candidate, role, fill);
      continue;
    }
    if (role_of(annotation, role)) continue;
    Search s = {.run = run, .fill = fill, .role = role, .item = annotation->span};
    s.where = where_to_look(run, annotation, fill->where);
    look(&s);
    if (s.best) {
      copy_filler(run, annotation, &s);
      tracing_fill(run, candidate->trace, fill, role, s.best);
    } else if (fill->required) {
      tracing_unfilled(candidate->trace, fill, role);
      return false;
    }
  }
  return true;
}

bool run_fill(Run *run, Candidate *candidate)
{
  for (size_t i = 0; i < candidate->rule->fill_count; ++i) {
    const Fill *fill = &candidate->rule->fills[i];
    if (fill->only_if && !has_group(candidate, fill->only_if)) continue;
    if (fill->if_not && has_group(candidate, fill->if_not)) continue;
    if (!apply(run, candidate, fill)) return false;
  }
  return true;
}
