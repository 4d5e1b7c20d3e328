/* source_map.h: the parts of a pattern as its rule file has them, and where each stands once expanded. */
#ifndef CLAIMANT_RULES_SOURCE_MAP_H
#define CLAIMANT_RULES_SOURCE_MAP_H

#include "base/arena.h"
#include "base/span.h"
#include "rules/pattern.h"

typedef enum {
  PART_TEXT,  /* one character */
  PART_OTHER, /* a class, an escape, a call: what matches or is looked up by itself */
  PART_TYPES, /* {Type}, {A|B}, {@list} */
  PART_MACRO,
  PART_OPEN, /* of a group */
  PART_LOOK, /* of a look-ahead or look-behind; `whole` reaches to its end */
  PART_CLOSE,
  PART_BAR
} PartKind;

typedef struct {
  PartKind kind;
  Span     source;   /* bytes of the source, with what says how often */
  Span     whole;    /* of a look-around; else as `source` */
  Span     expanded; /* bytes of the expanded pattern */
  uint32_t depth;    /* groups around it */
  uint32_t step;     /* how far along the pattern's outermost sequence it stands */
  bool     looking;  /* it is inside a look-around */
  bool     repeated; /* it has a quantifier of its own */
} SourcePart;

typedef struct {
  SourcePart *parts; /* in order */
  size_t      count;
  uint32_t
      body; /* byte of the expanded pattern where the first begins: shared macros are defined before it */
} SourceMap;

/* In an arena that has a rescue set. False: source and expanded pattern do not agree. */
bool source_map(Arena *arena, const Pattern *pattern, SourceMap *map);

/* Bytes of what stands in brackets at `text`: a class, or a group with all in it. */
size_t class_bytes(const char *text);
size_t group_bytes(const char *text);
size_t escape_bytes(const char *text);

/* Bytes of what opens a group at `text`: "(?:", "(?'name'"; *look tells whether it looks ahead or behind. */
size_t opening_bytes(const char *text, bool *look);

#endif
