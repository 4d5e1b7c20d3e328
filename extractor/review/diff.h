/* diff.h: what changed between two answers to one letter, both as JSON Lines have them. */
#ifndef CLAIMANT_REVIEW_DIFF_H
#define CLAIMANT_REVIEW_DIFF_H

#include "base/arena.h"
#include "claimant.h"

#include <jansson.h>
#include <stdbool.h>

typedef enum { DIFF_GAINED, DIFF_LOST, DIFF_ALTERED } DiffKind;

/* An item of the old answer, of the new one, or one in both that is not the same. */
typedef struct {
  DiffKind      kind;
  const json_t *before, *after; /* of the answers; NULL where there is none */
} DiffChange;

typedef struct {
  DiffChange *changes; /* by place in the letter, first to last */
  size_t      count;
  bool        moved; /* the answers are to different bytes, so that places were not compared */
} Diff;

/* Compares two records of letters that did not fail. Items are the same one where type and place are; else where the
 * type is and the places overlap, those that overlap most first; else where the place is. Places of other bytes mean
 * nothing: there the identifiers pair them. Everything is in `arena` or in the records.
 * Returns OK, NO_MEMORY or BAD_DATA (*fault says what, static, and *bad in which: 0 the first record, 1 the second). */
ClaimantStatus diff_letters(Arena *arena, const json_t *before, const json_t *after, Diff *diff, const char **fault,
                            int *bad);

/* Called with what two items, or the heads of two letters, say of one thing: "rule", "features.strength",
 * "roles.addressee"; NULL: nothing. */
typedef void (*DiffFieldFn)(void *user, const char *field, const json_t *before, const json_t *after);

void diff_fields(const json_t *before, const json_t *after, DiffFieldFn take, void *user);

/* The fields of the letter's head: date, sender, and so on. */
void diff_heads(const json_t *before, const json_t *after, DiffFieldFn take, void *user);
bool diff_heads_differ(const json_t *before, const json_t *after);

#endif
