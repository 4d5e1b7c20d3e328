/* island.h: what the page's script knows of a letter, as one JSON object. */
#ifndef CLAIMANT_AUDIT_ISLAND_H
#define CLAIMANT_AUDIT_ISLAND_H

#include "explain/explanation.h"

typedef struct {
  const Explanation *found;
  const char        *name; /* of the letter, as decisions will call it */
  const char        *iri;  /* of the letter */
} Island;

/* Appends the object. Offsets are code points. Running out of memory shows in `out`. */
void island_put(const Island *island, Buffer *out);

#endif
