#include "match/example.h"

#include "base/buffer.h"

#include <string.h>

typedef struct {
  const Matcher *matcher;
  const Rule    *rule;
  const Example *example;
  Diagnostics   *diagnostics;
  Letter        *letter;
  MatchResult    result;
  bool           passed;
} Check;

/* ---- The letter ------------------------------------------------------------------------------- */

static uint32_t first_bit(uint32_t bits, uint32_t otherwise)
{
  for (uint32_t bit = 0; bit < 8; ++bit) {
    if (bits >> bit & 1) return bit;
  }
  return otherwise;
}

static bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

static BlockKind block_of(UnitKind kind, Zone zone)
{
  if (kind == UNIT_HEADING) return BLOCK_HEADING;
  if (kind == UNIT_ITEM) return BLOCK_ITEM;
  if (kind == UNIT_SALUTATION) return BLOCK_SALUTATION;
  if (zone == ZONE_HEAD) return BLOCK_ADDRESS;
  return zone == ZONE_SIGNATURE ? BLOCK_SIGNATURE : BLOCK_PARAGRAPH;
}

static ClaimantStatus make_one_unit(Check *check)
{
  Letter  *letter = check->letter;
  Arena   *arena = letter->arena;
  uint32_t scope = check->rule->scope;
  UnitKind kind = (UnitKind)first_bit(scope & SCOPE_KINDS, UNIT_SENTENCE);
  Zone     zone = (Zone)first_bit(scope >> SCOPE_ZONE_SHIFT & 15U, ZONE_BODY);
  Span     span = {0, letter->size};
  while (span.start < span.end && is_space(letter->text[span.start])) span.start++;
  while (span.end > span.start && is_space(letter->text[span.end - 1])) span.end--;

  letter->blocks = arena_alloc(arena, sizeof *letter->blocks);
  letter->units = arena_alloc(arena, sizeof *letter->units);
  letter->sections = arena_alloc(arena, sizeof *letter->sections);
  if (!letter->blocks || !letter->units || !letter->sections) return CLAIMANT_NO_MEMORY;
  letter->blocks[0] = (Block){.span = span, .kind = block_of(kind, zone), .zone = zone, .unit_count = 1};
  letter->units[0] = (Unit){.span = span, .kind = kind, .zone = zone, .list = NO_INDEX};
  letter->sections[0] = (Section){.heading = NO_INDEX};
  letter->block_count = letter->unit_count = letter->section_count = 1;
  return CLAIMANT_OK;
}

static uint32_t phase_of(const RuleSet *rules, const Rule *rule)
{
  for (uint32_t i = 0; i < rules->phase_count; ++i) {
    const Phase *phase = &rules->phases[i];
    if (phase->kind == PHASE_RULES && rule->ordinal >= phase->first_rule &&
        rule->ordinal - phase->first_rule < phase->rule_count) {
      return i;
    }
  }
  return UINT32_MAX;
}

/* ---- What came out -------------------------------------------------------------------------------- */

static void add(Check *check, Place place, const char *message)
{
  diagnostics_add(check->diagnostics, CLAIMANT_ERROR, "example", place, "%s", message);
}

/* Reports one fault; `told` was filled with printf and is cleared. */
static void tell(Check *check, Buffer *told)
{
  Place place = {.file = check->rule->file, .line = check->example->line, .rule = check->rule->id};
  check->passed = false;
  add(check, place, told->failed ? "failed, and there was no memory to say why" : told->data);
  buffer_free(told);
}

static void append_words(const Check *check, Buffer *out, Span span)
{
  buffer_append_byte(out, '"');
  for (uint32_t i = span.start; i < span.end; ++i) {
    char c = check->letter->text[i];
    if (!is_space(c)) buffer_append_byte(out, c);
    else if (i > span.start && !is_space(check->letter->text[i - 1])) buffer_append_byte(out, ' ');
  }
  buffer_append_byte(out, '"');
}

static bool same(Span a, Span b) { return a.start == b.start && a.end == b.end; }
static bool overlap(Span a, Span b) { return a.start < b.end && b.start < a.end; }

/* The item of this rule, or of one whose like it was merged with, at the span. */
static const Annotation *find_item(const Check *check, Span span)
{
  const Annotation *merged = NULL;
  for (size_t i = 0; i < check->result.count; ++i) {
    const Annotation *found = check->result.annotations[i];
    if (!found->rule || !same(found->span, span)) continue;
    if (found->rule == check->rule) return found;
    if (found->type == check->rule->type) merged = found;
  }
  return merged;
}

static const Annotation *find_own(const Check *check, const Annotation *after)
{
  for (size_t i = after ? after->id + 1U : 0; i < check->result.count; ++i) {
    if (check->result.annotations[i]->rule == check->rule) return check->result.annotations[i];
  }
  return NULL;
}

/* What the rule may have lost to: an item of its type's layer over the same words. */
static const Annotation *find_rival(const Check *check, Span span)
{
  const Type *types = check->matcher->rules->types;
  for (size_t i = 0; i < check->result.count; ++i) {
    const Annotation *found = check->result.annotations[i];
    if (!found->rule || found->rule == check->rule || !overlap(found->span, span)) continue;
    if (types[found->type].layer == types[check->rule->type].layer) return found;
  }
  return NULL;
}

static bool is_visible(const Check *check, uint16_t type)
{
  const TypeSet *view = &check->matcher->rules->views[check->rule->view];
  return view->bits[type / 64] >> (type % 64) & 1U;
}

/* The words that stand as types in the rule's view: the usual reason for a pattern that cannot see them. */
static void append_view(const Check *check, Buffer *out)
{
  const char *separator = "; types in the text: ";
  for (size_t i = 0; i < check->result.count; ++i) {
    const Annotation *found = check->result.annotations[i];
    if (found->rule == check->rule || !is_visible(check, found->type)) continue;
    buffer_append_string(out, separator);
    buffer_printf(out, "{%s} ", check->matcher->rules->types[found->type].name);
    append_words(check, out, found->span);
    separator = ", ";
  }
}

static void tell_missing(Check *check, Span span)
{
  Buffer            told = {0};
  const Annotation *own = find_own(check, NULL), *rival = find_rival(check, span);
  append_words(check, &told, span);
  buffer_append_string(&told, " was expected, ");
  if (own) {
    buffer_append_string(&told, "but it matched ");
    append_words(check, &told, own->span);
    for (own = find_own(check, own); own; own = find_own(check, own)) {
      buffer_append_string(&told, " and ");
      append_words(check, &told, own->span);
    }
  } else {
    buffer_append_string(&told, "but it did not match");
    if (rival) {
      buffer_append_string(&told, ", or lost to ");
      append_words(check, &told, rival->span);
      buffer_printf(&told, " of rule %s (%s:%zu)", rival->rule->id, rival->rule->file, rival->rule->line);
    }
    append_view(check, &told);
  }
  tell(check, &told);
}

static bool has_role(const Annotation *item, const char *name, Span span)
{
  for (size_t i = 0; i < item->role_count; ++i) {
    const RoleValue *role = &item->roles[i];
    if (role->has_span && same(role->span, span) && strcmp(role->name, name) == 0) return true;
  }
  return false;
}

static void check_role(Check *check, const Annotation *item, const char *name, Span span)
{
  if (has_role(item, name, span)) return;
  Buffer told = {0};
  size_t others = 0;
  buffer_printf(&told, "role %s: ", name);
  append_words(check, &told, span);
  buffer_append_string(&told, " was expected, but it is ");
  for (size_t i = 0; i < item->role_count; ++i) {
    if (strcmp(item->roles[i].name, name) != 0) continue;
    if (others++) buffer_append_string(&told, " and ");
    if (item->roles[i].has_span) append_words(check, &told, item->roles[i].span);
    else buffer_append_string(&told, "filled without words");
  }
  if (!others) buffer_append_string(&told, "empty");
  tell(check, &told);
}

static void check_feature(Check *check, const Annotation *item, const char *name, const char *expected)
{
  const char *value = annotation_feature(item, name);
  if (value && strcmp(value, expected) == 0) return;
  if (!value && !*expected) return;
  Buffer told = {0};
  buffer_printf(&told, "feature %s: \"%s\" was expected, but it is ", name, expected);
  if (value) buffer_printf(&told, "\"%s\"", value);
  else buffer_append_string(&told, "not set");
  tell(check, &told);
}

/* A role's mark belongs to the item it stands in, else to the first. */
static const Annotation *owner_of(const Check *check, Span span, const Annotation *first)
{
  for (size_t i = 0; i < check->example->mark_count; ++i) {
    Span item = check->example->marks[i].span;
    if (check->example->marks[i].role || item.start > span.start || item.end < span.end) continue;
    const Annotation *found = find_item(check, item);
    if (found) return found;
  }
  return first;
}

static void check_example(Check *check)
{
  const Example    *example = check->example;
  const Annotation *first = NULL;
  bool              marked = false;
  for (size_t i = 0; i < example->mark_count; ++i) {
    if (example->marks[i].role) continue;
    const Annotation *found = find_item(check, example->marks[i].span);
    marked = true;
    if (!found) tell_missing(check, example->marks[i].span);
    if (!first) first = found;
  }
  if (!marked) first = find_own(check, NULL);
  if (!marked && !first) tell_missing(check, check->letter->units[0].span);
  if (!first || !check->passed) return;
  for (size_t i = 0; i < example->mark_count; ++i) {
    if (!example->marks[i].role) continue;
    Span span = example->marks[i].span;
    check_role(check, owner_of(check, span, first), example->marks[i].role, span);
  }
  for (size_t i = 0; i < example->feature_count; ++i) {
    check_feature(check, first, example->features[i].name, example->features[i].value);
  }
}

static void check_counter(Check *check)
{
  const Annotation *own = find_own(check, NULL);
  if (!own) return;
  Buffer told = {0};
  buffer_append_string(&told, "a counter must not match, but ");
  append_words(check, &told, own->span);
  buffer_append_string(&told, " did");
  append_view(check, &told);
  tell(check, &told);
}

ClaimantStatus example_run(const Matcher *matcher, const Rule *rule, const Example *example,
                           MatchOptions options, Diagnostics *diagnostics, bool *passed)
{
  Check check = {
      .matcher = matcher, .rule = rule, .example = example, .diagnostics = diagnostics, .passed = true};
  options.last_phase = phase_of(matcher->rules, rule);
  ClaimantStatus st =
      letter_new(example->text, strlen(example->text), rule->file, diagnostics, &check.letter);
  if (st) return st;
  st = example->document ? letter_segment(check.letter, &matcher->rules->lexicon) : make_one_unit(&check);
  if (!st) st = match_letter(matcher, check.letter, options, diagnostics, &check.result);
  if (!st && example->counter) check_counter(&check);
  else if (!st) check_example(&check);
  letter_free(check.letter);
  *passed = check.passed && !st;
  return st;
}
