/* compile.h: makes the one file that vocab.h reads from the folder that people edit.
 *
 * DIR/lists/NAME.txt is the list NAME: one term a line. Lines that begin with #
 * are the header and comments. The header is made of lines `# key: value` with
 * the keys title, source, licence (all three required; a repeated key adds to
 * the value), `case` (exact, the default, or fold: found regardless of case) and
 * `scan` (yes, the default, or no: only for vocab_has).
 *
 * DIR/concepts/NAME.ttl is the list NAME of SKOS concepts. Its terms are the
 * preferred, alternative and hidden labels and the notations without a datatype
 * (acronyms). The skos:ConceptScheme in the file carries dcterms:title, dcterms:source,
 * dcterms:license, and clm:case "fold" when the case of labels does not count; that of notations always
 * does. Other properties of a concept are kept for vocab_value. */
#ifndef CLAIMANT_VOCAB_COMPILE_H
#define CLAIMANT_VOCAB_COMPILE_H

#include "base/diagnostics.h"

/* Reports every fault it finds. The output is the same, byte for byte, for the same
 * files on machines of one byte order; it is written beside `out` and then renamed, so that `out`
 * is whole or as it was.
 * Returns OK, NO_MEMORY, NO_INPUT, BAD_DATA or OUTPUT. */
ClaimantStatus vocab_compile(const char *dir, const char *out, Diagnostics *diagnostics);

#endif
