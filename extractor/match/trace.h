/* trace.h: what became of every match of a rule's patterns, for people who ask.
 *
 * A trace is filled by match_letter where MatchOptions names one; nothing is recorded, and nothing
 * costs anything, where none is named. It lives in the letter's arena, with the rule set behind it. */
#ifndef CLAIMANT_MATCH_TRACE_H
#define CLAIMANT_MATCH_TRACE_H

#include "base/buffer.h"
#include "letter/letter.h"
#include "match/annotation.h"

typedef enum {
  FATE_KEPT,         /* it is an item, or was until another absorbed it */
  FATE_MERGED,       /* another of the same type and range has what it found */
  FATE_BEATEN,       /* by another of its layer */
  FATE_VETOED,       /* by an <unless> */
  FATE_NOT_EXTENDED, /* the <before> that it requires is not there */
  FATE_NO_SPAN,      /* the group that is to be the item is not set */
  FATE_UNFILLED,     /* a required <fill> found nothing */
  FATE_NO_TARGET     /* a modifier's trigger that reaches no item */
} TraceFate;

/* Why one candidate comes before another. */
typedef enum {
  BEATEN_BY_PHASE,
  BEATEN_BY_PRIORITY,
  BEATEN_BY_LENGTH,
  BEATEN_BY_PLACE,
  BEATEN_BY_ORDER
} TraceReason;

typedef struct TraceMatch TraceMatch;

/* Something that happened to a match, in order. */
typedef enum { STEP_SET, STEP_FILL, STEP_MERGED, STEP_ABSORBED, STEP_BEAT, STEP_MODIFIED } StepKind;
typedef struct TraceStep {
  StepKind          kind;
  const char       *name;  /* feature set or modified, or role filled */
  const char       *value; /* of the feature */
  const Set        *set;
  const Fill       *fill;
  const Annotation *source; /* what a fill took its words from; what was absorbed */
  const TraceMatch *other;  /* merged with it, absorbed or beaten, NULL where no pattern found it; the modifier's */
  struct TraceStep *next;
} TraceStep;

typedef struct {
  uint32_t          at; /* byte of the view where its placeholder begins */
  const Annotation *annotation;
} TraceHolder;

/* A stretch of the letter as a rule saw it. */
typedef struct {
  uint32_t     view; /* of the rule */
  uint32_t     unit; /* the first */
  Span         span; /* of the letter */
  const char  *text; /* 0-terminated; a placeholder is one character of PLACEHOLDER_BYTES */
  uint32_t     size;
  TraceHolder *holders;
  size_t       holder_count;
} TraceView;

typedef struct {
  const char *name;
  Span        span;       /* of the letter */
  uint32_t    start, end; /* of the view */
} TraceGroup;

struct TraceMatch {
  const Rule       *rule;
  const Pattern    *pattern;
  const TraceView  *view;
  uint32_t          start, end; /* of the view */
  Span              span;       /* of the letter; the item, where it came that far */
  TraceGroup       *groups;
  size_t            group_count;
  TraceFate         fate;
  const Annotation *annotation;           /* NULL where it did not come that far; of a modifier the first item it reaches */
  const Unless     *unless;               /* that vetoed it ... */
  uint32_t          veto_start, veto_end; /* ... and the words that did, in the view */
  const Fill       *fill;                 /* that stayed empty ... */
  const char       *role;                 /* ... and for which role */
  const TraceMatch *winner; /* that beat it or that it was merged into; NULL: see winner_annotation */
  const Annotation *winner_annotation;
  TraceReason       reason;
  TraceStep        *steps, **last_step;
};

typedef struct Trace {
  const Rule  *rule;    /* record this rule alone, with every view it is tried on; NULL: all rules */
  TraceMatch **matches; /* in order of search */
  size_t       match_count, match_capacity;
  TraceMatch **kept; /* by id of the annotation; NULL where no pattern found it */
  size_t       kept_count, kept_capacity;
  TraceView  **views; /* that the rule was tried on, or that matches lie in */
  size_t       view_count, view_capacity;
} Trace;

/* The match an accepted annotation came from; NULL: a word, a list's hit, or not recorded. */
const TraceMatch *trace_of(const Trace *trace, const Annotation *annotation);

const Phase *trace_phase(const RuleSet *rules, const Rule *rule);

/* The view's text from one byte to another, with placeholders as {Type "words"}. */
void trace_put_view(const RuleSet *rules, const Letter *letter, const TraceView *view, Span part,
                    Buffer *out);

/* A stretch of the letter's text in one line. */
void trace_put_words(const Letter *letter, Span span, Buffer *out);

#endif
