/* iri.h: IRIs as RFC 3987 defines them and as the strictest parsers accept them. */
#ifndef CLAIMANT_BASE_IRI_H
#define CLAIMANT_BASE_IRI_H

#include "base/arena.h"

#include <stdbool.h>

/* An absolute IRI. */
bool iri_is_valid(const char *iri);

/* `iri` may be followed by a fragment: it is valid and has none yet. */
bool iri_takes_fragment(const char *iri);

/* `text` with every character that an IRI cannot hold written as %XX; NULL when out of memory.
 * `text` must be valid UTF-8. */
const char *iri_escape(Arena *arena, const char *text);

#endif
