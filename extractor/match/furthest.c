/* A copy of the pattern is compiled that calls back at every part of it. Which place is furthest is told by
 * how far along the pattern's outermost sequence it is, then by how much text was matched; the copy is then
 * run once more to note every part that was tried there. */
#include "match/furthest.h"

#include "base/utf8.h"
#include "rules/source_map.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_ZOOM = 6, MATCH_LIMIT = 3000000, LIMIT_AFTER_CUT = 100000, HEAP_LIMIT_KIB = 65536, MAX_GROUPS = 100, WAY_BYTES = 60 };

/* From the finest to the coarsest: PCRE2 limits the size of what it compiles. */
typedef enum { CALLS_EVERYWHERE, CALLS_AT_PARTS, CALLS_OUTSIDE_GROUPS, CALLS_END } Calls;

typedef struct {
  Arena         *arena;
  const RuleSet *rules;
  const Pattern *pattern;
  SourceMap      map;
  Buffer         text;     /* of the copy */
  uint32_t      *part_of;  /* [byte of the copy]: the part that stands there; its count: the end; NO_INDEX: none */
  pcre2_code    *code;
  pcre2_match_data    *data;
  pcre2_match_context *context;
  bool           everywhere;
  bool           collecting;
  const TraceView *view;
  Furthest       best;
  bool           found;
  size_t         way_capacity;
  struct Zoom   *zooms; /* all that were made, to be freed */
} Probe;

/* ---- The copy ---- */

static bool is_called(const SourcePart *part, Calls calls)
{
  if (part->kind == PART_CLOSE || part->kind == PART_BAR || part->looking) return false;
  return calls == CALLS_AT_PARTS || part->depth == 0;
}

static void append(Probe *p, const char *text, size_t bytes) { buffer_append(&p->text, text, bytes); }

static void write_copy(Probe *p, Calls calls)
{
  const char *expanded = p->pattern->expanded;
  buffer_clear(&p->text);
  append(p, expanded, p->map.body);
  for (size_t i = 0; i < p->map.count; ++i) {
    const SourcePart *part = &p->map.parts[i];
    if (is_called(part, calls)) append(p, "(?C)", 4);
    if (p->text.size < UINT32_MAX) p->part_of[p->text.size] = (uint32_t)i;
    append(p, expanded + part->expanded.start, part->expanded.end - part->expanded.start);
  }
}

static void map_everywhere(Probe *p)
{
  buffer_clear(&p->text);
  append(p, p->pattern->expanded, strlen(p->pattern->expanded));
  for (size_t i = 0; i < p->map.count; ++i) {
    const SourcePart *part = &p->map.parts[i];
    for (uint32_t at = part->expanded.start; at < part->expanded.end; ++at) p->part_of[at] = (uint32_t)i;
  }
}

/* What macros look at ahead or behind is not what was matched: no calls count there. */
static void look_around_inside(Probe *p)
{
  const char *text = p->pattern->expanded;
  for (uint32_t at = p->map.body; text[at];) {
    bool look = false;
    if (text[at] == '\\') at += (uint32_t)escape_bytes(text + at);
    else if (text[at] == '[') at += (uint32_t)class_bytes(text + at);
    else if (text[at] == '(' && opening_bytes(text + at, &look) && look) {
      uint32_t end = at + (uint32_t)group_bytes(text + at);
      for (++at; at < end; ++at) p->part_of[at] = NO_INDEX;
    } else {
      at++;
    }
  }
}

static pcre2_code *compile(const char *text, size_t bytes, bool everywhere)
{
  uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_DUPNAMES | PCRE2_NO_AUTO_CAPTURE | PCRE2_DOLLAR_ENDONLY |
                     PCRE2_NEVER_BACKSLASH_C | PCRE2_NO_START_OPTIMIZE | PCRE2_NO_AUTO_POSSESS |
                     (everywhere ? PCRE2_AUTO_CALLOUT : 0);
  int        error;
  PCRE2_SIZE offset;
  return pcre2_compile((PCRE2_SPTR)text, bytes, options, &error, &offset, NULL);
}

static bool make_copy(Probe *p)
{
  size_t room = strlen(p->pattern->expanded) + 4 * p->map.count + 2;
  p->part_of = arena_alloc(p->arena, room * sizeof *p->part_of);
  for (Calls calls = CALLS_EVERYWHERE; calls < CALLS_END && !p->code; ++calls) {
    memset(p->part_of, 0xFF, room * sizeof *p->part_of);
    p->everywhere = calls == CALLS_EVERYWHERE;
    if (p->everywhere) map_everywhere(p);
    else write_copy(p, calls);
    if (p->text.failed) return false;
    if (p->everywhere) look_around_inside(p);
    p->code = compile(p->text.data, p->text.size, p->everywhere);
  }
  return p->code != NULL;
}

/* ---- Ways on ---- */

static bool is_plain(char c) { return isalnum((unsigned char)c) || (unsigned char)c >= 0x80 || (c && strchr(" ',;:-\"/&", c)); }

/* Plain characters from the beginning; the last belongs to a quantifier where one follows. */
static size_t plain_bytes(const char *text, size_t bytes)
{
  size_t length = 0;
  while (length < bytes && length < WAY_BYTES && is_plain(text[length])) length++;
  while (length && length < bytes && ((unsigned char)text[length] & 0xC0U) == 0x80U) length--;
  if (length < bytes && length > 1 && text[length] && strchr("*+?{", text[length])) length--;
  while (length && ((unsigned char)text[length] & 0xC0U) == 0x80U) length--;
  return length;
}

static void add_way(Probe *p, WayOn way)
{
  for (size_t i = 0; i < p->best.way_count; ++i) {
    const WayOn *known = &p->best.ways[i];
    bool same_macro = known->macro == way.macro || (known->macro && way.macro && strcmp(known->macro, way.macro) == 0);
    if (same_macro && strcmp(known->text, way.text) == 0) return;
  }
  p->best.ways = arena_grow(p->arena, p->best.ways, p->best.way_count, &p->way_capacity, sizeof way);
  p->best.ways[p->best.way_count++] = way;
}

static const char *source_of(Probe *p, Span span)
{
  return arena_copy(p->arena, p->pattern->source + span.start, span.end - span.start);
}

/* A part of the rule's own source, with the plain text that follows it. A macro is told by what it holds, where
 * that is seen. */
static void add_part(Probe *p, uint32_t index)
{
  const SourcePart *part = &p->map.parts[index];
  Span              span = part->whole;
  if (part->kind == PART_CLOSE || part->kind == PART_BAR || part->kind == PART_OPEN) return;
  bool leads = !part->repeated && (part->kind == PART_TEXT || p->pattern->source[span.start] == '[');
  for (size_t i = index + 1; leads && i < p->map.count; ++i) {
    const SourcePart *next = &p->map.parts[i];
    if (next->kind != PART_TEXT || next->repeated || next->source.end - span.start > WAY_BYTES) break;
    span.end = next->source.end;
  }
  bool plain = part->kind == PART_TEXT && !part->repeated;
  add_way(p, (WayOn){.text = source_of(p, span), .types = part->kind == PART_TYPES, .plain = plain});
}

/* "[\x{100001}\x{100002}]" as the types it was made of; NULL for another class. */
static const char *types_of_class(Probe *p, const char *text, size_t bytes)
{
  const char *names = NULL;
  uint16_t    last = NO_TYPE;
  for (size_t i = 1; i + 1 < bytes;) {
    if (strncmp(text + i, "\\x{10", 5) != 0) return NULL;
    unsigned long code = strtoul(text + i + 3, NULL, 16);
    if (code < PLACEHOLDER_FIRST || code - PLACEHOLDER_FIRST >= p->rules->type_count) return NULL;
    uint16_t type = (uint16_t)(code - PLACEHOLDER_FIRST);
    if (last == NO_TYPE || !ruleset_is_a(p->rules, type, last)) {
      names = arena_printf(p->arena, "%s%s%s", names ? names : "{", names ? "|" : "", p->rules->types[type].name);
      last = type;
    }
    i += strcspn(text + i, "}") + 1;
  }
  return names ? arena_printf(p->arena, "%s}", names) : NULL;
}

/* A place inside a macro. */
static void add_inner(Probe *p, const char *macro, const char *text, size_t bytes)
{
  WayOn  way = {.macro = macro};
  size_t length = 1;
  if (*text == '(' || *text == ')' || *text == '|') return;
  if (*text == '[') {
    length = class_bytes(text);
    way.text = types_of_class(p, text, length);
    way.types = way.text != NULL;
    if (!way.types && !strchr("*+?{", text[length])) length += plain_bytes(text + length, bytes - length);
  } else if (*text == '\\') {
    length = escape_bytes(text);
  } else {
    length = plain_bytes(text, bytes);
    way.plain = length > 0;
    if (!length) length = 1;
  }
  if (!way.text) way.text = arena_copy(p->arena, text, length < 2 * WAY_BYTES ? length : 2 * WAY_BYTES);
  add_way(p, way);
}

static void add_inside(Probe *p, uint32_t index, uint32_t at)
{
  const SourcePart *part = &p->map.parts[index];
  const char       *text = p->pattern->expanded + at;
  size_t            bytes = part->expanded.end - at;
  add_inner(p, source_of(p, part->source), text, bytes);
}

/* Its text stands where it is used, and calls come from inside. */
static bool is_open(const Probe *p, const SourcePart *part)
{
  return p->everywhere && strncmp(p->pattern->expanded + part->expanded.start, "(?:", 3) == 0;
}

static void add_call(Probe *p, uint32_t index, uint32_t at)
{
  const SourcePart *part = &p->map.parts[index];
  if (p->everywhere && part->kind == PART_MACRO && at > part->expanded.start) add_inside(p, index, at);
  else if (part->kind != PART_MACRO || !is_open(p, part)) add_part(p, index);
}

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
  uint32_t byte = (uint32_t)block->pattern_position, index = byte < p->text.size ? p->part_of[byte] : NO_INDEX;
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
    add_call(p, index, byte);
  }
  return 0;
}

static void run(Probe *p, const TraceView *view)
{
  p->view = view;
  int code = pcre2_match(p->code, (PCRE2_SPTR)view->text, view->size, 0, PCRE2_NO_UTF_CHECK, p->data, p->context);
  if (code >= PCRE2_ERROR_NOMATCH) return;
  p->best.cut = true;
  pcre2_set_match_limit(p->context, LIMIT_AFTER_CUT);
}

static bool search(Probe *p, TraceView *const *views, size_t count)
{
  p->data = pcre2_match_data_create(MAX_GROUPS, NULL);
  p->context = pcre2_match_context_create(NULL);
  if (!p->data || !p->context) return false;
  pcre2_set_match_limit(p->context, MATCH_LIMIT);
  pcre2_set_heap_limit(p->context, HEAP_LIMIT_KIB);
  pcre2_set_callout(p->context, on_call, p);
  for (size_t i = 0; i < count; ++i) run(p, views[i]);
  p->collecting = true;
  pcre2_set_match_limit(p->context, MATCH_LIMIT);
  if (p->found) run(p, p->best.view);
  return p->found;
}

/* ---- Shared macros ---- */

/* A macro that a large pattern defines once and calls is looked into by a copy of its own: the definitions, with
 * calls at the parts of this one, and a call to it that begins where the pattern came to. */
typedef struct Zoom {
  Probe      *probe;
  const char *macro; /* as the source names it, or what holds it */
  const char *body;  /* of its definition */
  SourceMap   map;
  Buffer      text;
  uint32_t   *part_of;
  uint32_t    from, end; /* of the view */
  bool        collecting;
  int         depth;
  pcre2_code *code;
  pcre2_match_data    *data;
  pcre2_match_context *context;
  struct Zoom         *next; /* of the probe's */
} Zoom;

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
  else add_inner(z->probe, z->macro, text, strlen(text));
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
    if (is_called(part, CALLS_AT_PARTS)) buffer_append(&z->text, "(?C)", 4);
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
  z->data = pcre2_match_data_create(MAX_GROUPS, NULL);
  z->context = pcre2_match_context_create(NULL);
  if (!z->code || !z->data || !z->context) return;
  pcre2_set_match_limit(z->context, MATCH_LIMIT);
  pcre2_set_callout(z->context, on_inner_call, z);
  for (int turn = 0; turn < 2; ++turn, z->collecting = true)
    pcre2_match(z->code, (PCRE2_SPTR)view->text, view->size, z->from, PCRE2_NO_UTF_CHECK | PCRE2_ANCHORED | PCRE2_NO_JIT,
                z->data, z->context);
}

/* Its ways on, where it comes at least as far as those known. */
static void zoom_in(Probe *p, const char *macro, const char *call, uint32_t from, int depth)
{
  size_t      bytes = 0;
  const char *body = definition(p, call, &bytes);
  if (!body || depth > MAX_ZOOM) return;
  Zoom *z = arena_alloc(p->arena, sizeof *z);
  *z = (Zoom){.probe = p, .macro = macro, .body = body, .from = from, .end = from, .depth = depth, .next = p->zooms};
  p->zooms = z;
  body = arena_copy(p->arena, body, bytes);
  if (!source_map(p->arena, &(Pattern){.source = body, .expanded = body}, &z->map) || !z->map.count) return;
  size_t room = strlen(p->pattern->expanded) + 4 * z->map.count + 32;
  z->part_of = arena_alloc(p->arena, room * sizeof *z->part_of);
  memset(z->part_of, 0xFF, room * sizeof *z->part_of);
  write_definitions(z, call);
  if (!z->text.failed) z->code = compile(z->text.data, z->text.size, false);
  run_inner(z);
  if (z->end > p->best.end) p->best.end = z->end;
}

/* The call that stands for a way on, or NULL. */
static const char *shared_call(Probe *p, const WayOn *way)
{
  for (size_t i = 0; !way->macro && i < p->map.count; ++i) {
    const SourcePart *part = &p->map.parts[i];
    const char       *call = p->pattern->expanded + part->expanded.start;
    if (part->kind == PART_MACRO && strncmp(call, "(?P>_", 5) == 0 && strcmp(way->text, source_of(p, part->source)) == 0)
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
static void look_into_shared(Probe *p)
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
    if (!call || !inner.way_count) add_way(p, first.ways[i]);
    for (size_t w = 0; call && w < inner.way_count; ++w) add_way(p, inner.ways[w]);
  }
}

static void free_probe(Probe *p)
{
  for (Zoom *z = p->zooms; z; z = z->next) {
    pcre2_match_context_free(z->context);
    pcre2_match_data_free(z->data);
    pcre2_code_free(z->code);
    buffer_free(&z->text);
  }
  pcre2_match_context_free(p->context);
  pcre2_match_data_free(p->data);
  pcre2_code_free(p->code);
  buffer_free(&p->text);
}

/* Not inlined: its locals must stay out of the frame that setjmp saves. */
__attribute__((noinline)) static bool find(Probe *p, TraceView *const *views, size_t count)
{
  if (!source_map(p->arena, p->pattern, &p->map) || !make_copy(p) || !search(p, views, count)) return false;
  look_into_shared(p);
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

bool furthest_find(Arena *arena, const RuleSet *rules, const Pattern *pattern, TraceView *const *views, size_t count,
                   Furthest *result)
{
  Probe p = {.arena = arena, .rules = rules, .pattern = pattern, .best = {.pattern = pattern}};
  bool  good = guarded(&p, views, count);
  free_probe(&p);
  *result = p.best;
  return good;
}
