/* fuzz.h: what the fuzz targets share. Each target is a file with LLVMFuzzerTestOneInput, which libFuzzer calls
 * with bytes of its making (make fuzz), and replay.c with those of files (the tests).
 *
 * A target may return for any input, and aborts where something is not as it has to be. They run at the top of
 * the tree; BUILD names the build whose compiled vocabulary is used, "build" where it is not set. */
#ifndef FUZZ_H
#define FUZZ_H

#include "claimant.h"
#include "base/buffer.h"
#include "letter/letter.h"
#include "match/matcher.h"
#include "read/read.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Aborts with the condition where it does not hold. */
#define CHECK(condition) fuzz_check((condition), #condition, __FILE__, __LINE__)
void fuzz_check(bool holds, const char *condition, const char *file, int line);

/* The rules of the tree with their vocabulary; loaded once. */
const ClaimantRules *fuzz_rules(void);

/* A small rule set, tests/fuzz/rules.xml; loaded once. */
const RuleSet *fuzz_small_rules(void);
extern const char fuzz_small_path[];

/* The path of a file of this name in a folder of the process's own, which is removed at its end; written anew. */
const char *fuzz_file(const char *name, const void *data, size_t size);

/* The bytes of a file; aborts where it cannot be read. */
void fuzz_load(const char *path, Buffer *out);

/* Applies edits to a copy of something larger: each is an offset of two bytes and a new byte. */
void fuzz_edit(Buffer *bytes, const uint8_t *edits, size_t size);

/* Divides a letter, which it frees, and aborts where its parts are not in order. NULL does nothing. */
void fuzz_letter(Letter *letter);

/* Reads a letter of a format, and does the same with it. */
void fuzz_read(const uint8_t *data, size_t size, ClaimantFormat format);

/* Matches a text with a rule set. */
void fuzz_match(const Matcher *matcher, const char *text, size_t size);

#endif
