/* Macros that a large pattern defines once and calls. */
#include "match/probe.h"

#include <stdio.h>
#include <string.h>

enum { MAX_ZOOM = 6 };

/* A macro that a large pattern defines once and calls is looked into by a copy of its own: the definitions,
 * with calls at the parts of this one, and a call to it that begins where the pattern came to. */
struct Zoom {
  Probe               *probe;
  const char          *macro; /* as the source names it, or what holds it */
  const char          *body;  /* of its definition */
  SourceMap            map;
  Buffer               text;
  uint32_t            *part_of;
  uint32_t             from, end; /* of the view */
  bool                 collecting;
  int                  depth;
  pcre2_code          *code;
  pcre2_match_data    *data;
  pcre2_match_context *context;
  Zoom                *next; /* of the probe's */
};

static void zoom_in(Probe *p, const char *macro, const char *call, uint32_t from, int depth);

static int on_inner_call(pcre2_callout_block *block, void *user)
{
  Zoom    *z = user;
  uint32_t index = z->part_of[block->pattern_position], at = (uint32_t)block->current_position;
  if (index == NO_INDEX || at < z->from) return 0;
  if (!z->collecting) {
    if (at > z->end) z->end = at;
    return 0;
  }
  const char *text = z->body + z->map.parts[index].expanded.start;
  if (at != z->end) return 0;
  if (strncmp(text, "(?P>_", 5) == 0) zoom_in(z->probe, z->macro, text, at, z->depth + 1);
  else way_add_inner(z->probe, z->macro, text, strlen(text));
  return 0;
}

/* The definition "(?'_7'...)" that "(?P>_7)" calls; *bytes is that of its body. */
static const char *definition(const Probe *p, const char *call, size_t *bytes)
{
  char name[32];
  int  digits = (int)strspn(call + 5, "0123456789");
  snprintf(name, sizeof name, "(?'_%.*s'", digits, call + 5);
  const char *found = strstr(p->pattern->expanded, name);
  if (!found) return NULL;
  *bytes = group_bytes(found) - strlen(name) - 1;
  return found + strlen(name);
}

static void write_definitions(Zoom *z, const char *call)
{
  const char *expanded = z->probe->pattern->expanded;
  buffer_append(&z->text, expanded, (size_t)(z->body - expanded));
  for (size_t i = 0; i < z->map.count; ++i) {
    const SourcePart *part = &z->map.parts[i];
    if (probe_calls_at(part, CALLS_AT_PARTS)) buffer_append(&z->text, "(?C)", 4);
    z->part_of[z->text.size] = (uint32_t)i;
    buffer_append(&z->text, z->body + part->expanded.start, part->expanded.end - part->expanded.start);
  }
  const char *rest = z->body + z->map.parts[z->map.count - 1].expanded.end;
  buffer_append(&z->text, rest, (size_t)(expanded + z->probe->map.body - rest));
  buffer_append(&z->text, call, strcspn(call, ")") + 1);
}

static void run_inner(Zoom *z)
{
  const TraceView *view = z->probe->best.view;
  z->data = regex_match_data(PROBE_GROUPS);
  z->context = regex_match_context();
  if (!z->code || !z->data || !z->context) return;
  pcre2_set_match_limit(z->context, PROBE_MATCH_LIMIT);
  pcre2_set_callout(z->context, on_inner_call, z);
  for (int turn = 0; turn < 2; ++turn, z->collecting = true)
    pcre2_match(z->code, (PCRE2_SPTR)view->text, view->size, z->from,
                PCRE2_NO_UTF_CHECK | PCRE2_ANCHORED | PCRE2_NO_JIT, z->data, z->context);
}

/* Its ways on, where it comes at least as far as those known. */
static void zoom_in(Probe *p, const char *macro, const char *call, uint32_t from, int depth)
{
  size_t      bytes = 0;
  const char *body = definition(p, call, &bytes);
  if (!body || depth > MAX_ZOOM) return;
  Zoom *z = arena_alloc(p->arena, sizeof *z);
  *z = (Zoom){
      .probe = p, .macro = macro, .body = body, .from = from, .end = from, .depth = depth, .next = p->zooms};
  p->zooms = z;
  body = arena_copy(p->arena, body, bytes);
  if (!source_map(p->arena, &(Pattern){.source = body, .expanded = body}, &z->map) || !z->map.count) return;
  size_t room = strlen(p->pattern->expanded) + 4 * z->map.count + 32;
  z->part_of = arena_alloc(p->arena, room * sizeof *z->part_of);
  memset(z->part_of, 0xFF, room * sizeof *z->part_of);
  write_definitions(z, call);
  if (!z->text.failed) z->code = probe_compile(z->text.data, z->text.size, false);
  run_inner(z);
  if (z->end > p->best.end) p->best.end = z->end;
}

/* The call that stands for a way on, or NULL. */
static const char *shared_call(Probe *p, const WayOn *way)
{
  for (size_t i = 0; !way->macro && i < p->map.count; ++i) {
    const SourcePart *part = &p->map.parts[i];
    const char       *call = p->pattern->expanded + part->expanded.start;
    if (part->kind == PART_MACRO && strncmp(call, "(?P>_", 5) == 0 &&
        strcmp(way->text, way_source(p, part->source)) == 0)
      return call;
  }
  return NULL;
}

static Furthest inside_of(Probe *p, const Furthest *from, const WayOn *way, const char *call)
{
  Furthest outer = p->best;
  size_t   capacity = p->way_capacity;
  p->best = *from;
  p->best.ways = NULL;
  p->best.way_count = p->way_capacity = 0;
  zoom_in(p, way->text, call, from->end, 0);
  Furthest inner = p->best;
  p->best = outer;
  p->way_capacity = capacity;
  return inner;
}

/* Of the ways on that are such macros, those that lead furthest tell of themselves. */
void zoom_into_shared(Probe *p)
{
  Furthest first = p->best;
  p->best.ways = NULL;
  p->best.way_count = p->way_capacity = 0;
  for (size_t i = 0; i < first.way_count; ++i) {
    const char *call = shared_call(p, &first.ways[i]);
    Furthest    inner = call ? inside_of(p, &first, &first.ways[i], call) : first;
    if (inner.end < p->best.end) continue;
    if (inner.end > p->best.end) p->best.way_count = 0;
    p->best.end = inner.end;
    if (!call || !inner.way_count) way_add(p, first.ways[i]);
    for (size_t w = 0; call && w < inner.way_count; ++w) way_add(p, inner.ways[w]);
  }
}

void zoom_free_all(Zoom *zooms)
{
  for (Zoom *z = zooms; z; z = z->next) {
    pcre2_match_context_free(z->context);
    pcre2_match_data_free(z->data);
    pcre2_code_free(z->code);
    buffer_free(&z->text);
  }
}
