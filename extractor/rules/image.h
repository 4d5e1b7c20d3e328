/* image.h: a rule set as one file, so that nothing is parsed or compiled at start.
 *
 * An image holds what matching needs, patterns as PCRE2's byte code included, and
 * the names and hash of the rule files it was made from. It is used only while
 * these still have that hash; examples are left out, so `check` reads the files. */
#ifndef CLAIMANT_RULES_IMAGE_H
#define CLAIMANT_RULES_IMAGE_H

#include "rules/ruleset.h"

/* Writes the image by way of a temporary file. Returns OK, NO_MEMORY, INTERNAL or OUTPUT. */
ClaimantStatus image_save(const RuleSet *rules, const char *path);

/* The rule set of an image made from the rule file or folder `source` as it is now. *rules
 * stays NULL, without a word, when there is no such image: it is missing, of another
 * version of the program or of PCRE2, damaged, or older than its sources.
 * Returns OK or NO_MEMORY. Free with ruleset_free. */
ClaimantStatus image_open(const char *path, const char *source, RuleSet **rules);

#endif
