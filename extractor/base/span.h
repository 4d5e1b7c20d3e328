/* span.h: a half-open range of bytes of a letter's UTF-8 text. */
#ifndef CLAIMANT_BASE_SPAN_H
#define CLAIMANT_BASE_SPAN_H

#include <stdint.h>

typedef struct {
  uint32_t start, end; /* bytes; end is the first byte outside */
} Span;

#endif
