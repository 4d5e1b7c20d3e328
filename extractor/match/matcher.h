/* matcher.h: a rule set made ready to be applied: with its vocabulary and term lists. */
#ifndef CLAIMANT_MATCH_MATCHER_H
#define CLAIMANT_MATCH_MATCHER_H

#include "base/deadline.h"
#include "match/annotation.h"
#include "vocab/lexis.h"
#include "vocab/vocab.h"

typedef struct LawLabels LawLabels;

/* A compiled vocabulary, and what its lists are to the rules. */
typedef struct NameSource {
  const Vocab      *vocab;
  const char       *name;   /* file of a user's gazetteer, as given; NULL: the vocabulary of the rules */
  const uint16_t   *list_type;  /* [list]: type of its hits, or NO_TYPE */
  const TypeSet    *list_links; /* [list]: types of the items that its concepts may be linked to; bits NULL: none */
  _Atomic(LawLabels *) *law_labels; /* the resolver's, which makes and frees it: see resolve/likeness.h */
} NameSource;

/* What the rules of one language have. */
typedef struct {
  const char *language; /* of rules, as they have it; NULL: for any */
  uint64_t   *patterns; /* a bit a pattern, by ordinal */
  uint64_t   *lists;    /* TypeSet words: lists of the rule set that they can see */
} RuleLanguage;

/* Immutable, shared by all threads. */
typedef struct {
  const RuleSet *rules;
  const Vocab   *vocab;      /* NULL: external gazetteers have no terms */
  const Lexis   *lexis;      /* inline gazetteers; list number = type index */
  const NameSource *sources; /* the vocabulary first, where there is one */
  size_t         source_count;
  Rule         **rule_of;    /* [ordinal of a pattern] */
  int            dictionary; /* vocabulary list that tells known words, or -1 */
  RuleLanguage  *languages;  /* of the rules */
  size_t         language_count;
} Matcher;

/* A gazetteer of the user's. */
typedef struct {
  Vocab      *vocab;
  const char *name; /* file, as given */
  const Type *type; /* of all its names, where the user says so, else NULL: by their classes */
} OwnNames;

/* Allocates in the rule set's arena. Reports external gazetteers the vocabulary lacks. `own` may be NULL.
 * Returns OK, NO_MEMORY or BAD_RULES. */
ClaimantStatus matcher_init(Matcher *matcher, const RuleSet *rules, const Vocab *vocab, const OwnNames *own, size_t own_count,
                            Diagnostics *diagnostics);

/* matcher_init's part of languages. Returns OK or NO_MEMORY. */
ClaimantStatus matcher_languages(Matcher *matcher);

typedef struct {
  bool     plain;      /* every rule on every unit, interpreter only */
  const char *language; /* of a letter that letter_segment has not seen: a tag of BCP 47; NULL: that of the rule set */
  uint32_t last_phase; /* stop after this phase; UINT32_MAX: run all */
  bool     shadow;     /* warn of text that a rule's own types hide from it; goes with plain */
  Deadline deadline;   /* when it passes, the letter is given up: a diagnostic "timeout", and LIMIT */
  ClaimantRuleCost *costs; /* one a rule, added to; NULL: nothing is measured */
  int (*callout)(pcre2_callout_block *, void *); /* for the callouts of patterns; NULL: they do nothing */
  void *callout_data;
  struct Trace *trace; /* filled with what became of every match, see trace.h; NULL: nothing is recorded */
} MatchOptions;

typedef struct {
  Annotation **annotations; /* all that were accepted, live or absorbed, by id */
  size_t       count;
} MatchResult;

/* Applies the phases to a segmented letter; the result lives in the letter's arena.
 * Returns OK, NO_MEMORY or LIMIT (a match limit was crossed: see the diagnostics). */
ClaimantStatus match_letter(const Matcher *matcher, Letter *letter, MatchOptions options, Diagnostics *diagnostics,
                            MatchResult *result);

#endif
