/* A pattern's source and its expansion are read side by side: a macro has become a group or a call, a
 * type a class, \d a class, and all else is the same. */
#include "rules/source_map.h"

#include "base/utf8.h"

#include <ctype.h>
#include <string.h>

enum { MAX_NESTING = 250 };

size_t escape_bytes(const char *text)
{
  if (!text[1]) return 1;
  if (strchr("pPxogkN", text[1]) && text[2] == '{') return strcspn(text, "}") + 1;
  if (strchr("kg", text[1]) && text[2] == '\'') return 3 + strcspn(text + 3, "'") + 1;
  size_t length;
  utf8_decode(text + 1, &length);
  return 1 + length;
}

size_t class_bytes(const char *text)
{
  size_t i = 1 + (text[1] == '^');
  if (text[i] == ']') i++;
  while (text[i] && text[i] != ']') {
    size_t posix =
        text[i] == '[' && text[i + 1] == ':' ? strspn(text + i + 2, "^abcdefghijklmnopqrstuvwxyz") + 2 : 0;
    if (text[i] == '\\' && text[i + 1]) i += 2;
    else if (posix && text[i + posix] == ':' && text[i + posix + 1] == ']') i += posix + 2;
    else i++;
  }
  return text[i] ? i + 1 : i;
}

size_t group_bytes(const char *text)
{
  size_t depth = 0, i = 0;
  while (text[i]) {
    if (text[i] == '\\') i += escape_bytes(text + i);
    else if (text[i] == '[') i += class_bytes(text + i);
    else {
      if (text[i] == '(') depth++;
      if (text[i] == ')' && depth-- == 1) return i + 1;
      i++;
    }
  }
  return i;
}

static bool starts(const char *text, const char *with) { return strncmp(text, with, strlen(with)) == 0; }

/* (*pla: (*nlb: and the like. */
static size_t starred_bytes(const char *text, bool *look)
{
  static const char *const looks[] = {"(*pla:", "(*nla:", "(*plb:", "(*nlb:", "(*napla:", "(*naplb:"};
  for (size_t i = 0; i < sizeof looks / sizeof *looks; ++i)
    if (starts(text, looks[i])) *look = true;
  size_t length = 2 + strspn(text + 2, "abcdefghijklmnopqrstuvwxyz_");
  return text[length] == ':' ? length + 1 : 0;
}

size_t opening_bytes(const char *text, bool *look)
{
  *look = false;
  if (text[1] == '*') return starred_bytes(text, look);
  if (text[1] != '?') return 1;
  if (text[2] == '=' || text[2] == '!') return *look = true, 3;
  if (text[2] == '(') return 2 + group_bytes(text + 2);
  if (text[2] == '\'') return 3 + strcspn(text + 3, "'") + 1;
  if (text[2] == '|' || text[2] == '>') return 3;
  size_t flags = strspn(text + 2, "imsxnJU-^");
  return text[2 + flags] == ':' ? 2 + flags + 1 : 0; /* (?i) and (?P>name) open nothing */
}

/* What says how often the part before it may come. */
static size_t quantifier_bytes(const char *text)
{
  size_t length = 0;
  if (*text == '*' || *text == '+' || *text == '?') length = 1;
  else if (*text == '{' && isdigit((unsigned char)text[1])) {
    length = 1 + strspn(text + 1, "0123456789,");
    if (text[length] != '}') return 0;
    length++;
  }
  return length && (text[length] == '?' || text[length] == '+') ? length + 1 : length;
}

typedef struct {
  Arena      *arena;
  const char *source, *expanded;
  uint32_t    at, to; /* bytes read of each */
  SourceMap  *map;
  size_t      capacity;
  uint32_t    open[MAX_NESTING]; /* parts that open the groups around */
  bool        looks[MAX_NESTING];
  uint32_t    depth, looking, step;
} Reading;

/* Its length in the source; *kind is what it is. */
static size_t part_bytes(const char *text, PartKind *kind, bool *opens_look)
{
  size_t length = 1;
  *kind = PART_OTHER;
  *opens_look = false;
  switch (*text) {
  case '\\': return escape_bytes(text);
  case '[': return class_bytes(text);
  case ')': return *kind = PART_CLOSE, 1;
  case '|': return *kind = PART_BAR, 1;
  case '(':
    length = opening_bytes(text, opens_look);
    if (!length) return group_bytes(text);
    return *kind = *opens_look ? PART_LOOK : PART_OPEN, length;
  case '{':
    if (!isalpha((unsigned char)text[1]) && text[1] != '@') break;
    *kind = islower((unsigned char)text[1]) ? PART_MACRO : PART_TYPES;
    return strcspn(text, "}") + 1;
  case '.':
  case '^':
  case '$': return 1;
  default: break;
  }
  *kind = PART_TEXT;
  utf8_decode(text, &length);
  return length;
}

static size_t expanded_bytes(const char *source, size_t length, PartKind kind, const char *expanded)
{
  bool digit = length == 2 && source[0] == '\\' && source[1] == 'd';
  if (kind == PART_MACRO) return group_bytes(expanded);
  if (kind == PART_TYPES || *source == '[' || digit) return *expanded == '[' ? class_bytes(expanded) : 0;
  return strncmp(source, expanded, length) == 0 ? length : 0;
}

static void go_in(Reading *r, uint32_t index, bool look)
{
  if (r->depth >= MAX_NESTING) return;
  r->open[r->depth] = index;
  r->looks[r->depth++] = look;
  r->looking += look;
}

static void go_out(Reading *r)
{
  if (!r->depth) return;
  SourcePart *open = &r->map->parts[r->open[--r->depth]];
  r->looking -= r->looks[r->depth];
  open->whole.end = r->at;
}

static bool read_part(Reading *r)
{
  const char *text = r->source + r->at, *expanded = r->expanded + r->to;
  SourcePart  part = {.source = {r->at, 0}};
  bool        look;
  size_t      length = part_bytes(text, &part.kind, &look);
  size_t      written = expanded_bytes(text, length, part.kind, expanded);
  if (!written) return false;
  bool   opens = part.kind == PART_OPEN || part.kind == PART_LOOK;
  size_t often = opens || part.kind == PART_BAR ? 0 : quantifier_bytes(text + length);
  part.expanded = (Span){r->to, (uint32_t)(r->to + written + often)};
  r->at += (uint32_t)(length + often);
  r->to = part.expanded.end;
  part.source.end = r->at;
  part.whole = part.source;
  part.repeated = often > 0;
  if (part.kind == PART_CLOSE) go_out(r);
  if (part.kind == PART_BAR && !r->depth) r->step = 0;
  part.depth = r->depth;
  part.looking = r->looking > 0;
  part.step = r->step;
  if (!r->depth && !opens) r->step++;
  r->map->parts = arena_grow(r->arena, r->map->parts, r->map->count, &r->capacity, sizeof part);
  r->map->parts[r->map->count++] = part;
  if (opens) go_in(r, (uint32_t)r->map->count - 1, look);
  return true;
}

bool source_map(Arena *arena, const Pattern *pattern, SourceMap *map)
{
  Reading r = {.arena = arena, .source = pattern->source, .expanded = pattern->expanded, .map = map};
  *map = (SourceMap){0};
  if (starts(r.expanded, "(?(DEFINE)")) r.to = (uint32_t)group_bytes(r.expanded);
  if (pattern->anchor == ANCHOR_END) r.to += (uint32_t)strlen("(?:");
  map->body = r.to;
  while (r.source[r.at])
    if (!read_part(&r)) return false;
  return true;
}
