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
 * does. clm:ambiguous true says that its terms mean other things as often. Other properties of a concept are
 * kept for vocab_value. */
#ifndef CLAIMANT_VOCAB_COMPILE_H
#define CLAIMANT_VOCAB_COMPILE_H

#include "base/buffer.h"
#include "base/diagnostics.h"
#include "vocab/vocab.h"

/* Reports every fault it finds. The output is the same, byte for byte, for the same
 * files on machines of one byte order; it is written beside `out` and then renamed, so that `out`
 * is whole or as it was.
 * Returns OK, NO_MEMORY, NO_INPUT, BAD_DATA or OUTPUT. */
ClaimantStatus vocab_compile(const char *dir, const char *out, Diagnostics *diagnostics);

/* Names of others: of whatever has a skos:prefLabel, altLabel, hiddenLabel or notation or an rdfs:label in Turtle or
 * N-Triples (by the ending .nt). Each file is a list of its own, named for it without folder and ending; the concepts
 * of one class (the first of their rdf:type, SKOS's and OWL's own left out) are a list of that name and class. What
 * is at fault is a warning that names file and line or concept, and the rest is used: statements that cannot be read;
 * labels that are empty, of one letter, too long or not UTF-8; a label given twice; identifiers in conflict. A single
 * word that is in the list "dictionary" of `words` (may be NULL) is marked as common.
 * Returns OK with the bytes of a compiled vocabulary in *image, or NO_MEMORY, NO_INPUT or BAD_DATA. */
ClaimantStatus names_compile(char *const *files, size_t count, const Vocab *words, Diagnostics *diagnostics, Buffer *image);

/* Writes beside `out`, then renames. Returns OK, NO_MEMORY or OUTPUT. */
ClaimantStatus vocab_save(const Buffer *image, const char *out, Diagnostics *diagnostics);

#endif
