/* page.h: a vocabulary of RDFS, OWL and SKOS as a page of HTML to read. */
#ifndef CLAIMANT_VOCAB_PAGE_H
#define CLAIMANT_VOCAB_PAGE_H

#include "base/buffer.h"
#include "base/diagnostics.h"

/* The page of the Turtle or N-Triples file `path`: its classes, properties, datatypes, lists of values and what else
 * it names, each with all that is said of it, and with what points to it. It needs no network and no script.
 * Reports every fault of the file. Returns OK, NO_MEMORY, NO_INPUT or BAD_DATA, also where nothing is described. */
ClaimantStatus vocab_page(const char *path, Diagnostics *diagnostics, Buffer *out);

#endif
