/* Ways on, in the words of the pattern's source. */
#include "match/probe.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { WAY_BYTES = 60 };

static bool is_plain(char c)
{
  return isalnum((unsigned char)c) || (unsigned char)c >= 0x80 || (c && strchr(" ',;:-\"/&", c));
}

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

void way_add(Probe *p, WayOn way)
{
  for (size_t i = 0; i < p->best.way_count; ++i) {
    const WayOn *known = &p->best.ways[i];
    bool         same_macro =
        known->macro == way.macro || (known->macro && way.macro && strcmp(known->macro, way.macro) == 0);
    if (same_macro && strcmp(known->text, way.text) == 0) return;
  }
  p->best.ways = arena_grow(p->arena, p->best.ways, p->best.way_count, &p->way_capacity, sizeof way);
  p->best.ways[p->best.way_count++] = way;
}

const char *way_source(Probe *p, Span span)
{
  return arena_copy(p->arena, p->pattern->source + span.start, span.end - span.start);
}

/* A part of the rule's own source, with the plain text that follows it. A macro is told by what it holds,
 * where that is seen. */
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
  way_add(p, (WayOn){.text = way_source(p, span), .types = part->kind == PART_TYPES, .plain = plain});
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
      names =
          arena_printf(p->arena, "%s%s%s", names ? names : "{", names ? "|" : "", p->rules->types[type].name);
      last = type;
    }
    i += strcspn(text + i, "}") + 1;
  }
  return names ? arena_printf(p->arena, "%s}", names) : NULL;
}

/* A place inside a macro. */
void way_add_inner(Probe *p, const char *macro, const char *text, size_t bytes)
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
  way_add(p, way);
}

static void add_inside(Probe *p, uint32_t index, uint32_t at)
{
  const SourcePart *part = &p->map.parts[index];
  const char       *text = p->pattern->expanded + at;
  size_t            bytes = part->expanded.end - at;
  way_add_inner(p, way_source(p, part->source), text, bytes);
}

/* Its text stands where it is used, and calls come from inside. */
static bool is_open(const Probe *p, const SourcePart *part)
{
  return p->everywhere && strncmp(p->pattern->expanded + part->expanded.start, "(?:", 3) == 0;
}

void way_add_call(Probe *p, uint32_t index, uint32_t at)
{
  const SourcePart *part = &p->map.parts[index];
  if (p->everywhere && part->kind == PART_MACRO && at > part->expanded.start) add_inside(p, index, at);
  else if (part->kind != PART_MACRO || !is_open(p, part)) add_part(p, index);
}
