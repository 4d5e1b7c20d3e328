/* A copy of the pattern is compiled that calls back at every part of it. Which place is furthest is told by
 * how far along the pattern's outermost sequence it is, then by how much text was matched; the copy is then
 * run once more to note every part that was tried there. */
#include "match/furthest.h"

#include "base/utf8.h"
#include "rules/source_map.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { MATCH_LIMIT = 3000000, LIMIT_AFTER_CUT = 100000, HEAP_LIMIT_KIB = 65536, MAX_GROUPS = 100, WAY_BYTES = 60 };

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

/* A part of the rule's own source, with the plain text that follows it. */
static void add_part(Probe *p, uint32_t index)
{
  const SourcePart *part = &p->map.parts[index];
  Span              span = part->whole;
  if (part->kind == PART_CLOSE || part->kind == PART_BAR || part->kind == PART_OPEN) return;
  for (size_t i = index + 1; part->kind == PART_TEXT && !part->repeated && i < p->map.count; ++i) {
    const SourcePart *next = &p->map.parts[i];
    if (next->kind != PART_TEXT || next->repeated || next->source.end - span.start > WAY_BYTES) break;
    span.end = next->source.end;
  }
  add_way(p, (WayOn){.text = source_of(p, span), .types = part->kind == PART_TYPES});
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
static void add_inside(Probe *p, uint32_t index, uint32_t at)
{
  const SourcePart *part = &p->map.parts[index];
  const char       *text = p->pattern->expanded + at;
  size_t            bytes = part->expanded.end - at;
  WayOn             way = {.macro = source_of(p, part->source)};
  if (*text == '(' || *text == ')' || *text == '|') return;
  if (*text == '[') {
    size_t length = class_bytes(text);
    way.text = types_of_class(p, text, length);
    way.types = way.text != NULL;
    if (!way.text) way.text = arena_copy(p->arena, text, length < WAY_BYTES ? length : WAY_BYTES);
  } else {
    size_t length = *text == '\\' ? escape_bytes(text) : plain_bytes(text, bytes);
    way.text = arena_copy(p->arena, text, length ? length : 1);
  }
  add_way(p, way);
}

static void add_call(Probe *p, uint32_t index, uint32_t at)
{
  const SourcePart *part = &p->map.parts[index];
  if (p->everywhere && part->kind == PART_MACRO && at > part->expanded.start) add_inside(p, index, at);
  else if (part->kind != PART_MACRO || !p->everywhere || p->pattern->expanded[at + 1] == '?') add_part(p, index);
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

bool furthest_find(Arena *arena, const RuleSet *rules, const Pattern *pattern, TraceView *const *views, size_t count,
                   Furthest *result)
{
  Probe p = {.arena = arena, .rules = rules, .pattern = pattern, .best = {.pattern = pattern}};
  bool  good = source_map(arena, pattern, &p.map) && make_copy(&p);
  good = good && search(&p, views, count);
  pcre2_match_context_free(p.context);
  pcre2_match_data_free(p.data);
  pcre2_code_free(p.code);
  buffer_free(&p.text);
  *result = p.best;
  return good;
}
