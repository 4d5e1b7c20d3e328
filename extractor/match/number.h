/* number.h: numbers out of words and digits, exactly, for <set fn>. */
#ifndef CLAIMANT_MATCH_NUMBER_H
#define CLAIMANT_MATCH_NUMBER_H

#include "rules/ruleset.h"

typedef enum {
  NUMBER_PLAIN,
  NUMBER_ORDINAL, /* letters may stand behind digits, "23rd" */
  NUMBER_SUM,     /* of the numbers between plus signs */
  NUMBER_PRODUCT  /* of the numbers between asterisks */
} NumberKind;

/* The value of a text as decimal digits ("1250000", "2.5"), in the arena. `words` (or NULL) has the numbers of words:
 * N is added, *N multiplies, and an empty value, written "+", stands for nothing; a row for "," with the value
 * "." makes the comma the decimal sign. NULL: it is no number, or has more than 18 digits. */
const char *number_value(Arena *arena, NumberKind kind, const Table *words, const char *text);

#endif
