/* Search: one rule on one view, its matches to candidates. */
#include "match/tracing.h"

#include <string.h>

enum { SHOWN_BYTES = 60, BEFORE_WINDOW = 240 /* bytes of the view */, VETO_WINDOW = 2000 /* the same */, JIT_AFTER = 100 /* uses: what machine code costs to make, in interpreted matches */ };

/* ---- Running a pattern ---- */

/* The machine code of a pattern that has earned it, else its byte code. Threads may race to
 * make it; one copy wins, the others are thrown away. */
static const pcre2_code *code_for(const Run *run, Pattern *pattern)
{
  if (run->options.plain) return pattern->code;
  pcre2_code *fast = atomic_load_explicit(&pattern->fast, memory_order_acquire);
  if (fast) return fast;
  if (atomic_fetch_add_explicit(&pattern->uses, 1, memory_order_relaxed) != JIT_AFTER) return pattern->code;
  pcre2_code *copy = pcre2_code_copy(pattern->code);
  if (!copy || pcre2_jit_compile(copy, PCRE2_JIT_COMPLETE) != 0) {
    pcre2_code_free(copy);
    return pattern->code;
  }
  pcre2_code *none = NULL;
  if (atomic_compare_exchange_strong(&pattern->fast, &none, copy)) return copy;
  pcre2_code_free(copy);
  return none;
}

static void report_limit(Run *run, const Rule *rule, int code)
{
  PCRE2_UCHAR message[256];
  pcre2_get_error_message(code, message, sizeof message);
  run->limit_crossed = true;
  Span   place = view_to_letter(run, 0, run->view.size);
  size_t shown = place.end - place.start;
  if (shown > SHOWN_BYTES) shown = SHOWN_BYTES;
  while (shown && ((unsigned char)run->letter->text[place.start + shown] & 0xC0U) == 0x80U) shown--;
  diagnostics_add(run->diagnostics, CLAIMANT_ERROR, "match-limit",
                  (Place){.file = rule->file, .line = rule->line, .rule = rule->id},
                  "rule %s (%s:%zu) gave up on \"%.*s%s\": %s; make its pattern more definite", rule->id, rule->file, rule->line,
                  (int)shown, run->letter->text + place.start, shown < place.end - place.start ? "..." : "", (char *)message);
}

static bool knows_places(const Run *run, const Pattern *pattern)
{
  return pattern->starts.bits && !run->options.plain && !run->base.odd;
}

static void report_timeout(Run *run, const Rule *rule)
{
  run->limit_crossed = true;
  if (deadline_cancelled(run->options.deadline)) return; /* whoever did it knows */
  diagnostics_add(run->diagnostics, CLAIMANT_ERROR, "timeout",
                  (Place){.file = rule->file, .line = rule->line, .rule = rule->id},
                  "the letter took more time than it was given");
}

static int match(Run *run, Pattern *pattern, uint32_t from, uint32_t size, uint32_t how)
{
  return pcre2_match(code_for(run, pattern), (PCRE2_SPTR)run->view.text, size, from, PCRE2_NO_UTF_CHECK | how,
                     run->match_data, run->match_context);
}

/* PCRE2 counts steps anew at every start, so that one call may take long below every limit. Where a
 * first try with few steps is not enough, the starts are tried one by one, and the clock in between. */
static int match_in_time(Run *run, const Rule *rule, Pattern *pattern, uint32_t from, uint32_t size)
{
  if (deadline_passed(run->options.deadline)) return report_timeout(run, rule), PCRE2_ERROR_NOMATCH;
  pcre2_set_match_limit(run->match_context, FEW_STEPS);
  int code = match(run, pattern, from, size, 0);
  pcre2_set_match_limit(run->match_context, MATCH_LIMIT);
  if (code != PCRE2_ERROR_MATCHLIMIT) return code;
  uint32_t last = knows_places(run, pattern) ? from : size; /* or the one start that is asked for */
  for (uint32_t at = from; at <= last; ++at) {
    if (at < size && ((unsigned char)run->view.text[at] & 0xC0U) == 0x80U) continue;
    if (deadline_passed(run->options.deadline)) return report_timeout(run, rule), PCRE2_ERROR_NOMATCH;
    code = match(run, pattern, at, size, PCRE2_ANCHORED);
    if (code != PCRE2_ERROR_NOMATCH) return code;
  }
  return PCRE2_ERROR_NOMATCH;
}

static bool matches_from(Run *run, const Rule *rule, Pattern *pattern, uint32_t from, uint32_t size)
{
  int code = deadline_is_set(run->options.deadline) ? match_in_time(run, rule, pattern, from, size)
                                          : match(run, pattern, from, size, 0);
  if (regex_no_memory(code)) arena_alloc(run->arena, SIZE_MAX);
  if (code < PCRE2_ERROR_NOMATCH) report_limit(run, rule, code);
  return code >= 0;
}

/* A match that starts before `last`. True on one; the ovector of the run's match data tells where. Only places are
 * tried that begin as a match must, where that is known. */
static bool try_before(Run *run, const Rule *rule, Pattern *pattern, uint32_t from, uint32_t last, uint32_t size)
{
  bool hit = false;
  if (run->limit_crossed || from >= last) return false;
  if (!knows_places(run, pattern)) {
    uint32_t limit = last - 1; /* the start of a character */
    while (limit && ((unsigned char)run->view.text[limit] & 0xC0U) == 0x80U) limit--;
    if (last < size) pcre2_set_offset_limit(run->match_context, limit);
    hit = matches_from(run, rule, pattern, from, size);
  } else {
    if (!run->view.has_places) view_places(run);
    for (; !hit && !run->limit_crossed; ++from) {
      from = view_next_place(&run->view, &pattern->starts, from, last);
      if (from >= last) break;
      pcre2_set_offset_limit(run->match_context, from);
      hit = matches_from(run, rule, pattern, from, size);
    }
  }
  pcre2_set_offset_limit(run->match_context, PCRE2_UNSET);
  return hit;
}

bool run_try(Run *run, const Rule *rule, Pattern *pattern, uint32_t from, uint32_t size)
{
  if (from == size && !run->limit_crossed) return matches_from(run, rule, pattern, from, size); /* at the very end */
  return try_before(run, rule, pattern, from, size, size);
}

/* A word's start at most so many bytes before a place: what ends there is looked for from it on, so that the time
 * does not grow with the text before it. */
static uint32_t window_before(const Run *run, uint32_t start, uint32_t bytes)
{
  uint32_t from = start > bytes ? start - bytes : 0;
  while (from && from < start && run->view.text[from - 1] != ' ') from++;
  return from;
}

/* ---- Vetoes ---- */

static bool overlaps(Run *run, const Rule *rule, Pattern *pattern, uint32_t start, uint32_t end)
{
  const PCRE2_SIZE *hit = pcre2_get_ovector_pointer(run->match_data);
  uint32_t          from = window_before(run, start, VETO_WINDOW);
  while (from < end && try_before(run, rule, pattern, from, end, run->view.size)) {
    if (hit[1] > start) return true;
    from = (uint32_t)(hit[1] > from ? hit[1] : from + 1);
  }
  return false;
}

/* The veto whose words the run's match data then holds, or NULL. */
static const Unless *vetoed(Run *run, const Rule *rule, uint32_t start, uint32_t end)
{
  for (size_t i = 0; i < rule->unless_count; ++i) {
    Pattern *pattern = rule->unless[i].pattern;
    bool     hit = false;
    switch (rule->unless[i].at) {
    case AT_BEFORE: hit = run_try(run, rule, pattern, window_before(run, start, VETO_WINDOW), start); break;
    case AT_AFTER: hit = run_try(run, rule, pattern, end, run->view.size); break;
    case AT_INSIDE: hit = run_try(run, rule, pattern, start, end); break;
    case AT_UNIT: hit = run_try(run, rule, pattern, 0, run->view.size); break;
    case AT_OVERLAP: hit = overlaps(run, rule, pattern, start, end); break;
    }
    if (hit) return &rule->unless[i];
  }
  return NULL;
}

/* ---- Captures ---- */

static const Annotation *sole_placeholder(const Run *run, uint32_t start, uint32_t end)
{
  const View *view = &run->view;
  while (start < end && view->text[start] == ' ') start++;
  while (end > start && view->text[end - 1] == ' ') end--;
  uint32_t holder = end - start == PLACEHOLDER_BYTES ? view_holder(run, start) : NO_INDEX;
  return holder == NO_INDEX ? NULL : run->annotations[holder];
}

static void take_captures(Run *run, const Pattern *pattern, Candidate *candidate)
{
  const PCRE2_SIZE *hit = pcre2_get_ovector_pointer(run->match_data);
  for (size_t i = 0; i < pattern->group_count; ++i) {
    uint32_t number = pattern->groups[i].number;
    if (number >= pcre2_get_ovector_count(run->match_data) || hit[2 * number] == PCRE2_UNSET) continue;
    uint32_t start = (uint32_t)hit[2 * number], end = (uint32_t)hit[2 * number + 1];
    candidate->captures[candidate->capture_count++] = (Capture){.name = pattern->groups[i].name,
                                                                .span = view_to_letter(run, start, end),
                                                                .view_start = start,
                                                                .view_end = end,
                                                                .annotation = sole_placeholder(run, start, end)};
  }
}

static void take_consumed(Run *run, Candidate *candidate, uint32_t start, uint32_t end)
{
  size_t capacity = 0;
  if (!candidate->rule->absorb) return;
  uint32_t *ids = NULL;
  for (size_t i = 1; i < run->view.piece_count; ++i) {
    const Piece *piece = &run->view.pieces[i];
    if (piece->view - PLACEHOLDER_BYTES < start || piece->view > end) continue;
    ids = arena_grow(run->arena, ids, candidate->consumed_count, &capacity, sizeof *ids);
    ids[candidate->consumed_count++] = piece->holder;
  }
  candidate->consumed = ids;
}

/* ---- Items ---- */

static const Capture *capture(const Candidate *candidate, const char *name)
{
  for (size_t i = 0; i < candidate->capture_count; ++i)
    if (candidate->captures[i].name == name) return &candidate->captures[i];
  return NULL;
}

/* The hull of all set groups of a name. */
static Span capture_hull(const Candidate *candidate, const char *name)
{
  Span hull = {0, 0};
  for (size_t i = 0; i < candidate->capture_count; ++i) {
    if (candidate->captures[i].name != name) continue;
    Span span = candidate->captures[i].span;
    if (hull.end == 0) hull = span;
    if (span.start < hull.start) hull.start = span.start;
    if (span.end > hull.end) hull.end = span.end;
  }
  return hull;
}

static void take_roles(Run *run, Candidate *candidate)
{
  Annotation *annotation = candidate->annotation;
  const Type *type = &run->rules->types[annotation->type];
  size_t      capacity = 0;
  for (size_t i = 0; i < candidate->capture_count; ++i) {
    const Capture  *c = &candidate->captures[i];
    const RoleType *role = type_role(run->rules, type, c->name);
    if (!role || c->span.end <= c->span.start || (!role->many && capture(candidate, c->name) != c)) continue;
    annotation->roles = arena_grow(run->arena, annotation->roles, annotation->role_count, &capacity, sizeof(RoleValue));
    annotation->roles[annotation->role_count++] =
        (RoleValue){.name = c->name, .has_span = true, .span = c->span, .annotation = c->annotation};
    if (c->annotation && c->annotation->confidence < annotation->confidence)
      annotation->confidence = c->annotation->confidence;
  }
}

static bool place_item(Candidate *candidate)
{
  const char *group = candidate->rule->span_group;
  if (!group) return true;
  if (!capture(candidate, group)) return false;
  candidate->annotation->span = capture_hull(candidate, group);
  return true;
}

/* Moves the start of a match to where <before> begins that ends there. False: it must and does not. */
static bool extend_left(Run *run, Candidate *candidate, uint32_t *start)
{
  const Rule *rule = candidate->rule;
  if (!rule->before) return true;
  if (!run_try(run, rule, rule->before, window_before(run, *start, BEFORE_WINDOW), *start)) return !rule->before_required;
  *start = (uint32_t)pcre2_get_ovector_pointer(run->match_data)[0];
  take_captures(run, rule->before, candidate);
  return true;
}

static void add_candidate(Run *run, const Rule *rule, const Pattern *pattern, Stretch stretch, uint32_t start, uint32_t end)
{
  Candidate candidate = {.rule = rule};
  size_t    groups = pattern->group_count + (rule->before ? rule->before->group_count : 0);
  candidate.captures = arena_alloc(run->arena, (groups + 1) * sizeof *candidate.captures);
  take_captures(run, pattern, &candidate);
  bool extended = extend_left(run, &candidate, &start);
  if (run->options.trace) candidate.trace = tracing_match(run, &candidate, pattern, stretch, start, end);
  if (!extended) {
    tracing_fate(candidate.trace, FATE_NOT_EXTENDED);
    return;
  }
  Span match = view_to_letter(run, start, end);
  take_consumed(run, &candidate, start, end);
  const Unless *veto = vetoed(run, rule, start, end);
  if (veto) {
    const PCRE2_SIZE *words = pcre2_get_ovector_pointer(run->match_data);
    tracing_veto(candidate.trace, veto, words[0], words[1]);
    return;
  }
  candidate.annotation = arena_alloc(run->arena, sizeof *candidate.annotation);
  *candidate.annotation = (Annotation){.type = rule->type,
                                       .unit = stretch.unit,
                                       .span = match,
                                       .match = match,
                                       .rule = rule,
                                       .confidence = rule->confidence};
  if (rule->modifier) {
    run_modify(run, &candidate, stretch, start, end);
    return;
  }
  tracing_fate(candidate.trace, FATE_NO_SPAN);
  if (!place_item(&candidate)) return;
  if (candidate.annotation->span.end <= candidate.annotation->span.start) return;
  tracing_fate(candidate.trace, FATE_KEPT);
  tracing_item(candidate.trace, candidate.annotation);
  candidate.annotation->unit = run_unit_at(run, candidate.annotation->span.start);
  take_roles(run, &candidate);
  if (!run_fill(run, &candidate)) return;
  run_set_features(run, &candidate);
  run->candidates = arena_grow(run->arena, run->candidates, run->candidate_count, &run->candidate_capacity,
                               sizeof *run->candidates);
  run->candidates[run->candidate_count++] = candidate;
}

void run_search(Run *run, const Rule *rule, Stretch stretch)
{
  const PCRE2_SIZE *hit = pcre2_get_ovector_pointer(run->match_data);
  for (size_t i = 0; i < rule->pattern_count; ++i) {
    uint32_t from = 0, ordinal = rule->patterns[i]->ordinal;
    if (!(run->chance[ordinal / 64] >> (ordinal % 64) & 1U)) continue;
    while (from < run->view.size && run_try(run, rule, rule->patterns[i], from, run->view.size)) {
      uint32_t start = (uint32_t)hit[0], end = (uint32_t)hit[1];
      if (end > start) add_candidate(run, rule, rule->patterns[i], stretch, start, end);
      from = end > from ? end : from + 1;
    }
  }
}
