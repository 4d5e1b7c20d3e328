/* probe.h: what the files share that tell how far a pattern came: probe.c compiles a copy of it that calls
 * back, furthest.c runs the copy, ways.c tells what it needed, zoom.c looks into macros. Not for others. */
#ifndef CLAIMANT_MATCH_PROBE_H
#define CLAIMANT_MATCH_PROBE_H

#include "match/furthest.h"
#include "rules/source_map.h"

enum { PROBE_MATCH_LIMIT = 3000000, PROBE_GROUPS = 100 };

/* From the finest to the coarsest: PCRE2 limits the size of what it compiles. */
typedef enum { CALLS_EVERYWHERE, CALLS_AT_PARTS, CALLS_OUTSIDE_GROUPS, CALLS_END } Calls;

typedef struct Zoom Zoom;

/* All but the arena's is freed by furthest.c, also when memory runs out. */
typedef struct {
  Arena               *arena;
  const RuleSet       *rules;
  const Pattern       *pattern;
  SourceMap            map;
  Buffer               text;    /* of the copy */
  uint32_t            *part_of; /* [byte of the copy]: the part that stands there, or NO_INDEX */
  pcre2_code          *code;
  pcre2_match_data    *data;
  pcre2_match_context *context;
  bool                 everywhere; /* calls come from inside macros too */
  bool                 collecting; /* ways on, at the furthest point */
  const TraceView     *view;
  Furthest             best;
  bool                 found;
  size_t               way_capacity;
  Zoom                *zooms; /* all that were made */
} Probe;

/* The copy. */
bool        probe_make(Probe *p);
bool        probe_calls_at(const SourcePart *part, Calls calls);
pcre2_code *probe_compile(const char *text, size_t bytes, bool everywhere);

/* Ways on: the part that stands at a byte of the copy; a place inside a macro; one as it is. */
void        way_add_call(Probe *p, uint32_t index, uint32_t at);
void        way_add_inner(Probe *p, const char *macro, const char *text, size_t bytes);
void        way_add(Probe *p, WayOn way);
const char *way_source(Probe *p, Span span);

/* Ways on that are macros which the pattern defines once and calls give way to what they hold. */
void zoom_into_shared(Probe *p);
void zoom_free_all(Zoom *zooms);

#endif
