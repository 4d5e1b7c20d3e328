/* random_rules.h: rule sets and texts at random, to compare the engines by. */
#ifndef RANDOM_RULES_H
#define RANDOM_RULES_H

#include "base/buffer.h"
#include "rule_text.h"

/* Types, a list and a macro that the rules use. */
#define RANDOM_TYPES                                                                                              \
  "<type name=\"Name\"/><type name=\"Sub\" extends=\"Name\" layer=\"sub\"/>"              \
  "<type name=\"Hit\" mode=\"free\"><role name=\"g\" card=\"0..n\"/><role name=\"who\"/><feature name=\"f\"/></type>" \
  "<gazetteer name=\"town\"><terms>Ulm | Bad Orb</terms></gazetteer><macro name=\"ab\">ab|b1</macro>\n"          \
  PHASE("id=\"names\"", RULE("id=\"name\" emits=\"Name\"", "<pattern>Ada|\xC3\x89va</pattern>")                      \
                        RULE("id=\"sub\" emits=\"Sub\"", "<pattern>Ben</pattern>"))

/* What is chosen: by bytes as long as there are any, then by the seed. */
typedef struct {
  const unsigned char *bytes;
  size_t               size;
  uint64_t             seed;
} Choices;

enum { RANDOM_UNITS = 400 };

/* Divided as Layout says. */
typedef struct {
  char text[400], kinds[RANDOM_UNITS], zones[RANDOM_UNITS];
} RandomText;

void random_rules(Choices *choices, Buffer *xml); /* a rule set that the loader takes */
void random_text(Choices *choices, RandomText *made);

#endif
