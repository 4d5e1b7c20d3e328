#include "match/example.h"

#include "base/buffer.h"
#include "match/whynot.h"

#include <string.h>

typedef struct {
  const Matcher *matcher;
  const Rule    *rule;
  const Example *example;
  Diagnostics   *diagnostics;
  bool           quiet;
  Letter        *letter;
  MatchResult    result;
  Trace          trace; /* of the rule, once something is to be told */
  bool           passed;
} Check;

/* ---- The letter ------------------------------------------------------------------------------- */

/* The usual bit if it is among them, else the first. */
static uint32_t first_bit(uint32_t bits, uint32_t usual)
{
  if (bits >> usual & 1) return usual;
  for (uint32_t bit = 0; bit < 8; ++bit) {
    if (bits >> bit & 1) return bit;
  }
  return usual;
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

/* Reports one fault; `told` is freed. */
static void tell(Check *check, const char *code, Buffer *told)
{
  Place place = {.file = check->rule->file, .line = check->example->line, .rule = check->rule->id};
  check->passed = false;
  const char *words = check->example->words;
  if (!check->quiet)
    diagnostics_add(check->diagnostics, CLAIMANT_ERROR, code, place, "%s%s%s%s", words ? "with \"" : "", words ? words : "",
                    words ? "\": " : "", told->failed ? "failed, and there was no memory to say why" : told->data);
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

/* Found by the rule, or modified by it. */
static bool is_own(const Check *check, const Annotation *found)
{
  if (!check->rule->modifier) return found->rule == check->rule;
  for (size_t i = 0; i < found->modifier_count; ++i)
    if (found->modifiers[i].rule == check->rule) return true;
  return false;
}

/* The item of this rule, or of one whose like it was merged with, at the span. */
static const Annotation *find_item(const Check *check, Span span)
{
  const Annotation *merged = NULL;
  for (size_t i = 0; i < check->result.count; ++i) {
    const Annotation *found = check->result.annotations[i];
    if (!found->rule || !same(found->span, span)) continue;
    if (is_own(check, found)) return found;
    if (found->type == check->rule->type && !check->rule->modifier) merged = found;
  }
  return merged;
}

static const Annotation *find_own(const Check *check, const Annotation *after)
{
  for (size_t i = after ? after->id + 1U : 0; i < check->result.count; ++i) {
    if (is_own(check, check->result.annotations[i])) return check->result.annotations[i];
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

/* The match of the rule's own patterns that came nearest to the expected item. */
static const TraceMatch *find_match(const Check *check, Span span)
{
  const TraceMatch *best = NULL;
  for (size_t i = 0; i < check->trace.match_count; ++i) {
    const TraceMatch *match = check->trace.matches[i];
    if (match->rule != check->rule || (!overlap(match->span, span) && !match->rule->modifier)) continue;
    if (!best || same(match->span, span)) best = match;
  }
  return best;
}

static void append_rival(const Check *check, Buffer *out, const TraceMatch *match)
{
  static const char *const reasons[] = {"of an earlier phase", "of higher priority", "which is longer", "which begins earlier",
                                        "which stands earlier"};
  const Annotation *winner = match->winner_annotation;
  buffer_append_string(out, "but the match lost to ");
  append_words(check, out, winner->span);
  if (winner->rule)
    buffer_printf(out, " of rule %s (%s:%zu), %s", winner->rule->id, winner->rule->file, winner->rule->line,
                  reasons[match->reason]);
}

static void append_veto(const Check *check, Buffer *out, const TraceMatch *match)
{
  Span words = {match->veto_start, match->veto_end};
  buffer_printf(out, "but the <unless> on line %zu vetoed it", match->unless->pattern->line);
  if (words.end <= words.start) return;
  buffer_append_string(out, " with \"");
  trace_put_view(check->matcher->rules, check->letter, match->view, words, out);
  buffer_append_byte(out, '"');
}

/* What became of a match that did not become an item, as a code; NULL: nothing to be told. */
static const char *append_fate(const Check *check, Buffer *out, const TraceMatch *match)
{
  switch (match->fate) {
  case FATE_BEATEN: append_rival(check, out, match); return "lost";
  case FATE_VETOED: append_veto(check, out, match); return "vetoed";
  case FATE_NOT_EXTENDED: buffer_append_string(out, "but what its <before> requires is not there"); return "incomplete";
  case FATE_NO_SPAN: buffer_printf(out, "but the group %s is not set", check->rule->span_group); return "incomplete";
  case FATE_UNFILLED:
    buffer_printf(out, "but the <fill> on line %zu found nothing for the role %s", match->fill->line, match->role);
    return "incomplete";
  case FATE_NO_TARGET: buffer_append_string(out, "but the trigger reaches no item of its targets"); return "incomplete";
  case FATE_KEPT:
  case FATE_MERGED: break;
  }
  return NULL;
}

static void append_elsewhere(const Check *check, Buffer *out, const Annotation *own)
{
  buffer_append_string(out, "but it matched ");
  append_words(check, out, own->span);
  for (own = find_own(check, own); own; own = find_own(check, own)) {
    buffer_append_string(out, " and ");
    append_words(check, out, own->span);
  }
}

/* How far the rule's patterns came, a note a line. */
static void tell_why_not(Check *check)
{
  Buffer why = {0};
  if (check->quiet || whynot_tell(check->matcher->rules, check->rule, check->letter, &check->trace, NULL, &why)) return;
  Place place = {.file = check->rule->file, .line = check->example->line, .rule = check->rule->id};
  for (const char *line = why.data; line && *line; line += strcspn(line, "\n"), line += *line == '\n')
    diagnostics_add(check->diagnostics, CLAIMANT_NOTE, "why-not", place, "%.*s", (int)strcspn(line, "\n"), line);
  buffer_free(&why);
}

static void tell_missing(Check *check, Span span)
{
  Buffer            told = {0};
  const Annotation *own = find_own(check, NULL);
  const TraceMatch *match = find_match(check, span);
  append_words(check, &told, span);
  buffer_append_string(&told, " was expected, ");
  const char *code = match ? append_fate(check, &told, match) : NULL;
  if (!code && own) {
    append_elsewhere(check, &told, own);
    code = "elsewhere";
  } else if (!code) {
    buffer_append_string(&told, "but it did not match");
    code = "no-match";
  }
  tell(check, code, &told);
  if (!strcmp(code, "no-match")) tell_why_not(check);
}

/* The words of a modifier's trigger count as a role of what it modifies. */
static bool has_trigger(const Check *check, const Annotation *item, Span span)
{
  for (size_t i = 0; i < item->modifier_count; ++i)
    if (item->modifiers[i].rule == check->rule && same(item->modifiers[i].trigger, span)) return true;
  return false;
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
  if (check->rule->modifier ? has_trigger(check, item, span) : has_role(item, name, span)) return;
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
  if (!others) buffer_append_string(&told, check->rule->modifier ? "elsewhere" : "empty");
  tell(check, "role", &told);
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
  tell(check, "feature", &told);
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
  tell(check, "counter", &told);
}

/* ---- Running ---------------------------------------------------------------------------------------- */

/* In its own language, and never by its words. */
static ClaimantStatus segment(Check *check, const char *language)
{
  const RuleSet *rules = check->matcher->rules;
  return letter_segment(check->letter, &rules->lexicons, language ? language : rules->language);
}

static ClaimantStatus match(Check *check, MatchOptions options)
{
  options.language = check->example->language;
  options.last_phase = phase_of(check->matcher->rules, check->rule);
  ClaimantStatus st = letter_new(check->example->text, strlen(check->example->text), check->rule->file,
                                 check->diagnostics, &check->letter);
  if (!st) st = check->example->document ? segment(check, options.language) : make_one_unit(check);
  return st ? st : match_letter(check->matcher, check->letter, options, check->diagnostics, &check->result);
}

static void forget(Check *check)
{
  letter_free(check->letter);
  check->letter = NULL;
}

static ClaimantStatus judge(Check *check, MatchOptions options)
{
  ClaimantStatus st = match(check, options);
  check->passed = !st;
  if (!st && check->example->counter) check_counter(check);
  else if (!st) check_example(check);
  return st;
}

ClaimantStatus example_run(const Matcher *matcher, const Rule *rule, const Example *example, MatchOptions options,
                           Diagnostics *diagnostics, ExampleOutcome *outcome)
{
  Diagnostics aside = {.arena = arena_new()};
  Check       check = {.matcher = matcher, .rule = rule, .example = example, .diagnostics = &aside, .quiet = true};
  if (!aside.arena) return CLAIMANT_NO_MEMORY;
  ClaimantStatus st = judge(&check, options);
  *outcome = (ExampleOutcome){check.passed, !st && find_own(&check, NULL) != NULL};
  forget(&check);
  arena_free(aside.arena);
  bool told = options.shadow || !outcome->passed;
  if (!diagnostics || !told || st == CLAIMANT_NO_MEMORY) return st;
  check.diagnostics = diagnostics; /* the same again, with all that can be said */
  check.quiet = false;
  check.trace = (Trace){.rule = rule};
  options.plain = true; /* leaves nothing out of the trace */
  if (!options.shadow) options.trace = &check.trace;
  st = judge(&check, options);
  forget(&check);
  return st;
}

static bool is_tie(const TraceMatch *match, const Rule *rule)
{
  const Annotation *winner = match->winner_annotation;
  return match->fate == FATE_BEATEN && match->reason == BEATEN_BY_ORDER && winner->rule != match->rule &&
         (match->rule == rule || winner->rule == rule);
}

ClaimantStatus example_tie(const Matcher *matcher, const Rule *rule, const Example *example, ExampleTie *tie)
{
  Diagnostics  aside = {.arena = arena_new()};
  Check        check = {.matcher = matcher, .rule = rule, .example = example, .diagnostics = &aside, .quiet = true};
  MatchOptions options = {.trace = &check.trace};
  *tie = (ExampleTie){0};
  if (!aside.arena) return CLAIMANT_NO_MEMORY;
  ClaimantStatus st = match(&check, options);
  for (size_t i = 0; !st && i < check.trace.match_count && !tie->winner; ++i) {
    const TraceMatch *beaten = check.trace.matches[i];
    if (is_tie(beaten, rule)) *tie = (ExampleTie){beaten->winner_annotation->rule, beaten->rule};
  }
  forget(&check);
  arena_free(aside.arena);
  return st;
}
