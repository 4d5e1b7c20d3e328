/* marks.h: bullets, numbers and letters that begin the items of a list. */
#ifndef CLAIMANT_LETTER_MARKS_H
#define CLAIMANT_LETTER_MARKS_H

#include <stdbool.h>
#include <stdint.h>

typedef enum {
  MARK_NONE,
  MARK_BULLET,
  MARK_NUMBER,
  MARK_OUTLINE, /* 1.2, 1.2.3 */
  MARK_LOWER,   /* a) */
  MARK_UPPER    /* A. */
} MarkKind;

typedef enum { AROUND_DOT, AROUND_PAREN, AROUND_BOTH, AROUND_NOTHING } MarkAround; /* 1. 1) (1) - */

typedef struct {
  uint8_t  kind;   /* MarkKind */
  uint8_t  around; /* MarkAround */
  uint16_t value;  /* of a bullet: which; of a number or letter: its place, from 1 */
  uint16_t roman;  /* the value of "iv", or 0 */
} Mark;

/* Each returns the place behind what it looks for at `at`, or 0 when it is not there. */
uint32_t skip_bullet(const char *text, uint32_t at, uint32_t end, Mark *mark);
uint32_t skip_number(const char *text, uint32_t at, uint32_t end, Mark *mark); /* "1.", "(a)", "2.3" */
uint32_t skip_heading_mark(const char *text, uint32_t at, uint32_t end);       /* "##" */

/* The place behind "(a)", "2)" or the like and the space after it at `at`; `at` itself when there is none. */
uint32_t skip_enumerator(const char *text, uint32_t at, uint32_t end, Mark *mark);

bool mark_alike(Mark a, Mark b);
bool mark_follows(Mark mark, Mark before); /* it reads as the one after `before` in a list */
bool mark_is_first(Mark mark);

#endif
