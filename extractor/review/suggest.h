/* suggest.h: what reviewers rejected and accepted of a rule, as examples and counters to paste into it. */
#ifndef CLAIMANT_REVIEW_SUGGEST_H
#define CLAIMANT_REVIEW_SUGGEST_H

#include "review/find.h"
#include "review/tally.h"

/* Found items gathered over letters. Zero-initialise but for the arena. */
typedef struct {
  Arena *arena; /* not owned */
  struct Suggestion {
    const char *rule;     /* that finds the item now */
    const char *sentence; /* white space collapsed, XML, the item in <m> */
    const char *plain;    /* the same without <m> */
    bool        rejected;
  }     *items;
  size_t count, capacity;
} Suggestions;

/* Takes what was decided on a letter's items. False: no memory. */
bool suggest_take(Suggestions *suggestions, const DecisionSet *set, const LetterKey *letter, const Document *document);

/* Appends the rules that something was rejected of, the worst first. */
bool suggest_write(const Suggestions *suggestions, const RuleSet *rules, Buffer *out);

#endif
