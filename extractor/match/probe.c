/* A copy of a pattern that calls back at every part of it. */
#include "match/probe.h"

#include <string.h>

bool probe_calls_at(const SourcePart *part, Calls calls)
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
    if (probe_calls_at(part, calls)) append(p, "(?C)", 4);
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

pcre2_code *probe_compile(const char *text, size_t bytes, bool everywhere)
{
  uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_DUPNAMES | PCRE2_NO_AUTO_CAPTURE | PCRE2_DOLLAR_ENDONLY |
                     PCRE2_NEVER_BACKSLASH_C | PCRE2_NO_START_OPTIMIZE | PCRE2_NO_AUTO_POSSESS |
                     (everywhere ? PCRE2_AUTO_CALLOUT : 0);
  int        error;
  PCRE2_SIZE offset;
  return regex_compile(text, bytes, options, &error, &offset);
}

bool probe_make(Probe *p)
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
    p->code = probe_compile(p->text.data, p->text.size, p->everywhere);
  }
  return p->code != NULL;
}
