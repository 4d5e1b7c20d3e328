/* A copy of the pattern calls back at every part of it. Which place is furthest is told by how far along the
 * pattern's outermost sequence it is, then by how much text was matched; the copy is then run once more to
 * note every part that was tried there. */
#include "match/probe.h"

enum { LIMIT_AFTER_CUT = 100000, HEAP_LIMIT_KIB = 65536 };

/* ---- Running it ---- */

static bool is_further(const Probe *p, uint32_t step, uint32_t start, uint32_t at)
{
  const Furthest *best = &p->best;
  if (!p->found || step != best->step) return !p->found || step > best->step;
  return at - start > best->end - best->start;
}

static int on_call(pcre2_callout_block *block, void *user)
{
  Probe   *p = user;
  uint32_t byte = (uint32_t)block->pattern_position,
           index = byte < p->text.size ? p->part_of[byte] : NO_INDEX;
  uint32_t start = (uint32_t)block->start_match, at = (uint32_t)block->current_position;
  if (index == NO_INDEX || p->map.parts[index].looking || at < start) return 0;
  if (!p->collecting) {
    if (!is_further(p, p->map.parts[index].step, start, at)) return 0;
    p->found = true;
    p->best.step = p->map.parts[index].step;
    p->best.view = p->view;
    p->best.start = start;
    p->best.end = at;
  } else if (p->view == p->best.view && start == p->best.start && at == p->best.end) {
    way_add_call(p, index, byte);
  }
  return 0;
}

static void run(Probe *p, const TraceView *view)
{
  p->view = view;
  int code =
      pcre2_match(p->code, (PCRE2_SPTR)view->text, view->size, 0, PCRE2_NO_UTF_CHECK, p->data, p->context);
  if (code >= PCRE2_ERROR_NOMATCH) return;
  p->best.cut = true;
  pcre2_set_match_limit(p->context, LIMIT_AFTER_CUT);
}

static bool search(Probe *p, TraceView *const *views, size_t count)
{
  p->data = regex_match_data(PROBE_GROUPS);
  p->context = regex_match_context();
  if (!p->data || !p->context) return false;
  pcre2_set_match_limit(p->context, PROBE_MATCH_LIMIT);
  pcre2_set_heap_limit(p->context, HEAP_LIMIT_KIB);
  pcre2_set_callout(p->context, on_call, p);
  for (size_t i = 0; i < count; ++i) run(p, views[i]);
  p->collecting = true;
  pcre2_set_match_limit(p->context, PROBE_MATCH_LIMIT);
  if (p->found) run(p, p->best.view);
  return p->found;
}

/* ---- All of it ---- */

static void free_probe(Probe *p)
{
  zoom_free_all(p->zooms);
  pcre2_match_context_free(p->context);
  pcre2_match_data_free(p->data);
  pcre2_code_free(p->code);
  buffer_free(&p->text);
}

/* Not inlined: its locals must stay out of the frame that setjmp saves. */
__attribute__((noinline)) static bool find(Probe *p, TraceView *const *views, size_t count)
{
  if (!source_map(p->arena, p->pattern, &p->map) || !probe_make(p) || !search(p, views, count)) return false;
  zoom_into_shared(p);
  return true;
}

/* Running out of memory jumps back here: all that is not the arena's is the probe's. */
static bool guarded(Probe *p, TraceView *const *views, size_t count)
{
  jmp_buf rescue;
  if (setjmp(rescue)) {
    arena_rescue(p->arena, NULL);
    return false;
  }
  arena_rescue(p->arena, &rescue);
  bool good = find(p, views, count);
  arena_rescue(p->arena, NULL);
  return good;
}

bool furthest_find(Arena *arena, const RuleSet *rules, const Pattern *pattern, TraceView *const *views,
                   size_t count, Furthest *result)
{
  Probe p = {.arena = arena, .rules = rules, .pattern = pattern, .best = {.pattern = pattern}};
  bool  good = guarded(&p, views, count);
  free_probe(&p);
  *result = p.best;
  return good;
}
