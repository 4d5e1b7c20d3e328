/* language.h: language tags (BCP 47). */
#ifndef CLAIMANT_BASE_LANGUAGE_H
#define CLAIMANT_BASE_LANGUAGE_H

#include <stdbool.h>
#include <stddef.h>

/* A well-formed tag, by RFC 5646. */
bool language_is_valid(const char *tag);

/* Basic filtering of RFC 4647: "en" means "en" and "en-GB", in any case, but not "eng"; "en-GB" does not mean "en". */
bool language_covers(const char *range, const char *tag);

/* How well what is declared for one language serves another: 0 when it is for another language, 1 when it is for
 * none (NULL), and more the closer it is to the tag. */
size_t language_fit(const char *declared, const char *tag);

#endif
