/* fold.h: the base view: the whole letter as patterns and gazetteers see it.
 *
 * White-space runs become one space, right single quotation marks ', hyphens of
 * other kinds -; soft hyphens and zero-width characters disappear; characters of
 * the placeholders' plane become U+FFFD. Every byte knows where it came from. */
#ifndef CLAIMANT_MATCH_FOLD_H
#define CLAIMANT_MATCH_FOLD_H

#include "base/buffer.h"
#include "letter/letter.h"

typedef struct {
  const char     *text;
  uint32_t        size;
  const uint32_t *origin; /* [i]: byte of the letter that byte i came from; [size]: the letter's end */
  const char     *plain;  /* the text as triggers see it, byte by byte; START_BYTES more can be read */
  const uint32_t *tokens; /* bytes at which a letter stands, of those that triggers see, and none before it */
  uint32_t        token_count;
  const uint32_t *step;   /* [i]: first byte of the view that came from byte i * BASE_STEP of the letter or later */
  bool            odd;    /* it holds one of the two characters that caseless patterns take for k and s */
} BaseView;

enum { BASE_STEP = 64 };

/* Allocates in the letter's arena; false when out of memory. */
bool base_view_build(const Letter *letter, BaseView *view);

/* The part of the view that came from a span of the letter. */
Span base_view_range(const BaseView *view, Span span);

#endif
