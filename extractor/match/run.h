/* run.h: the state of matching one letter, shared by the files of this room only. */
#ifndef CLAIMANT_MATCH_RUN_H
#define CLAIMANT_MATCH_RUN_H

#include "match/fold.h"
#include "match/matcher.h"

enum { MATCH_LIMIT = 1000000 /* steps of PCRE2 at one start */, FEW_STEPS = 5000 };

/* A live annotation as views look for it; ordered by start, end descending, what found it
 * (a rule says more of a word than a list does, a list more than the scanner), id. */
enum { FOUND_BY_RULE, FOUND_IN_LIST, FOUND_BY_SCAN };
typedef struct {
  Span     span;
  Span     base; /* its part of the base view */
  uint32_t id;
  uint16_t type;
  uint16_t shown; /* the type that stands for it in views: its own, or one of those that pass tests */
  uint8_t  found;
  bool     hidden; /* from views: it cuts a word */
} Mark;

typedef struct {
  Mark    *items; /* in the order above */
  uint32_t count, capacity;
} UnitMarks;

/* A place of the base view where a word begins. */
typedef struct {
  WordKey  key;
  uint32_t at;
} WordPlace;

/* A stretch of a view that is a copy of the base view, and the placeholder before it, if any. */
typedef struct {
  uint32_t view;   /* where it begins in the view */
  uint32_t base;   /* and in the base view */
  uint32_t holder; /* id of the annotation whose placeholder ends where it begins, or NO_INDEX */
  uint32_t holder_start; /* byte of the letter where that annotation begins */
} Piece;

/* What a rule sees of a stretch of the letter. */
typedef struct {
  char    *text;
  uint32_t size, capacity;
  Piece   *pieces; /* in order; the first begins at 0 */
  size_t   piece_count, piece_capacity;
  bool      has_places; /* what follows is made, see places.c */
  char     *plain;      /* the text as triggers see it, byte by byte */
  uint32_t *tokens;     /* in order: where a placeholder begins, or a letter that none stands before */
  uint32_t  token_count, places_capacity;
} View;

typedef struct {
  const char *name; /* group */
  Span        span; /* of the letter */
  uint32_t    view_start, view_end;
  const Annotation *annotation; /* when the group is exactly one placeholder */
} Capture;

typedef struct Candidate {
  const Rule *rule;
  struct TraceMatch *trace; /* NULL: nobody asks */
  Annotation *annotation; /* complete: becomes live when the candidate wins */
  Capture    *captures;
  size_t      capture_count;
  const uint32_t *consumed; /* ids of placeholders inside the match, for absorb */
  size_t      consumed_count;
} Candidate;

/* What a modifier's trigger does to one item, once the phase is over. */
typedef struct {
  const Rule         *rule;
  size_t              place; /* in the order of search */
  Span                trigger;
  Annotation         *target;
  const FeatureValue *features;
  size_t              feature_count;
  struct TraceMatch  *trace;
} Modification;

/* A stretch of the letter that patterns are matched on: a unit, joined units, or a block. */
typedef struct {
  Span     span;
  Span     base; /* its part of the base view */
  uint32_t unit; /* the first */
} Stretch;

/* What one language of the letter asks for. */
typedef struct {
  const char     *tag;      /* NULL: not known, so every rule is tried */
  const uint64_t *patterns; /* a bit a pattern: is its rule for it? */
  const uint64_t *lists;    /* TypeSet words: lists of the rule set that its rules can see */
  Endings         endings;  /* of words */
} Spoken;

typedef struct {
  const Matcher *matcher;
  const RuleSet *rules;
  Letter        *letter;
  Arena         *arena;
  Diagnostics   *diagnostics;
  MatchOptions   options;
  Spoken        *spoken;   /* [language of the letter] */
  const uint64_t *heard;   /* a bit a pattern: is its rule for a language of the letter? */
  BaseView       base;
  Span          *unit_base; /* [u]: unit u in the base view */
  WordPlace     *words;     /* in order; numbers are one */
  uint32_t      *unit_word; /* [u]: the first of unit u; one more at the end */
  size_t         word_count, word_capacity;
  Annotation   **annotations; /* by id */
  size_t         annotation_count, annotation_capacity;
  UnitMarks     *marks; /* [u]: live annotations that start in unit u, or between it and the next */
  Mark          *fresh; /* accepted in this phase, not yet among marks */
  size_t         fresh_count, fresh_capacity;
  uint64_t      *present;     /* [u * view_words]: types with a mark that starts in unit u */
  uint64_t      *ticks;       /* [u * tick_words]: what unit u has for the patterns' triggers */
  size_t         tick_words;
  uint64_t      *chance;      /* a bit a pattern: may it match what is searched now? */
  TriggerSeen    seen;
  uint64_t      *crosses;     /* TypeSet words: types of which an annotation crosses a unit's end */
  bool          *joins;       /* [v]: of the phase's views, is one such that units join? */
  bool           absorbed;    /* some annotation has died since marks were settled */
  struct Touching **seen_in;  /* [u]: candidates of the phase that were looked at */
  struct Touching **touching; /* [u]: live annotations of rules that lie in unit u, or partly */
  Candidate     *candidates;
  size_t         candidate_count, candidate_capacity;
  Modification  *modifications; /* of the phase */
  size_t         modification_count, modification_capacity;
  View           view;
  pcre2_match_data    *match_data;
  pcre2_match_context *match_context;
  pcre2_jit_stack     *jit_stack;
  bool           limit_crossed;
} Run;

/* New, fresh, live, of no rule; `base` is its part of the base view. */
Annotation *run_annotate(Run *run, uint16_t type, Span base, uint32_t unit);
void        run_accept(Run *run, Annotation *annotation);                      /* gives it an id and makes it fresh */
void        run_settle(Run *run);                                              /* fresh marks become visible */
uint32_t    run_unit_at(const Run *run, uint32_t byte);                        /* unit that holds or precedes the byte */

/* Marks in order from a unit's first on; those that start before a byte, then NULL. */
typedef struct {
  const Run *run;
  uint32_t   unit, index;
} MarkWalk;
static inline MarkWalk marks_from(const Run *run, uint32_t unit) { return (MarkWalk){run, unit, 0}; }

static inline const Mark *marks_next(MarkWalk *walk, uint32_t before)
{
  const Run *run = walk->run;
  for (; walk->unit < run->letter->unit_count; walk->unit++, walk->index = 0) {
    const UnitMarks *marks = &run->marks[walk->unit];
    if (walk->index < marks->count) {
      const Mark *mark = &marks->items[walk->index];
      if (mark->span.start >= before) return NULL;
      walk->index++;
      return mark;
    }
    if (run->letter->units[walk->unit].span.end >= before) return NULL;
  }
  return NULL;
}

void run_languages(Run *run);                               /* makes run->spoken and run->heard */
static inline const Spoken *run_spoken(const Run *run, uint32_t unit) { return &run->spoken[run->letter->units[unit].language]; }
void run_scan(Run *run);                                    /* words, numbers, gazetteer hits */
void run_learn(Run *run, const Phase *phase);
void run_search(Run *run, const Rule *rule, Stretch stretch); /* adds candidates */
void run_shadow(Run *run, const Rule *rule, Stretch stretch); /* on the view as built, and builds it again */
void run_resolve(Run *run);                                 /* candidates of the phase -> annotations */
bool run_fill(Run *run, Candidate *candidate);              /* false: a required role stays empty */
void run_set_features(Run *run, Candidate *candidate);
void run_put_feature(Run *run, Annotation *annotation, FeatureValue feature); /* in place of one of its name */
void run_modify(Run *run, Candidate *candidate, Stretch stretch, uint32_t start, uint32_t end); /* start, end: of the view */
void run_apply_modifiers(Run *run); /* at the end of the phase */
void run_show_again(Run *run, const Annotation *annotation); /* its features have changed */

/* Tries a pattern on the view; true on a match, of which the ovector of the run's match data tells. */
bool run_try(Run *run, const Rule *rule, Pattern *pattern, uint32_t from, uint32_t size);

/* The view of a stretch under a set of visible types. */
void view_build(Run *run, const TypeSet *types, Stretch stretch);
Span view_to_letter(const Run *run, uint32_t start, uint32_t end); /* white space at the ends left out */

/* Where a match of a pattern may begin. */
void     view_places(Run *run); /* makes them for the view as built */
uint32_t view_next_place(const View *view, const Starts *starts, uint32_t from, uint32_t end); /* `end`: none */

/* Id of the annotation whose placeholder begins at a byte of the view, or NO_INDEX. */
uint32_t view_holder(const Run *run, uint32_t byte);

/* Lower case, collapsed text of a span as rules see it. In the arena. */
const char *run_folded_text(Run *run, Span span, size_t *bytes);

#endif
