/* rule_text.h: rules written in a test, applied to text divided by hand. */
#ifndef RULE_TEXT_H
#define RULE_TEXT_H

#include "match/matcher.h"
#include "rules/load.h"

#define RULES_NS "https://w3id.org/claimant/rules#"

/* A whole file; `body` begins on line 2. */
#define RULES(body) "<ruleset xmlns=\"" RULES_NS "\" id=\"test\" version=\"1\" xml:lang=\"en\">\n" body "\n</ruleset>\n"
#define PHASE(attributes, rules) "<phase " attributes ">\n" rules "</phase>\n"
/* A rule of one line; `inner` holds its pattern and what follows up to the examples. */
#define RULE(attributes, inner) "<rule " attributes ">" inner "<example>x</example><counter>y</counter></rule>\n"

typedef struct {
  Arena      *arena; /* of the diagnostics and of this struct's strings */
  Diagnostics diagnostics;
  char        folder[40]; /* of its own, removed by rule_text_free */
  char        path[60];   /* the rule file in it, rules.xml */
  RuleSet    *rules;      /* NULL when loading failed */
  Matcher     matcher;
} RuleText;

/* Writes `xml` to a file and loads it; the status is that of ruleset_load or matcher_init. */
ClaimantStatus rule_text_load(RuleText *made, const char *xml);

/* The same in two steps, for tests that write more files into the folder first. */
void           rule_text_begin(RuleText *made);
void           rule_text_put(RuleText *made, const char *name, const char *bytes, size_t size);
ClaimantStatus rule_text_finish(RuleText *made);

void rule_text_free(RuleText *made);

/* All errors reported, a line each: "LINE: message", or "NAME:LINE: message" for another file of the folder. */
const char *rule_text_faults(RuleText *made);

/* How a text is divided: a bar ends a unit, two end a block, three a section, and the bars are
 * part of the text. */
typedef struct {
  const char *kinds; /* of the units: s(entence) l(eadin) i(tem) h(eading) n (line) d (salutation); NULL: all s */
  const char *zones; /* h(ead) b(ody) s(ignature) n(otes); NULL: all b */
  bool        plain; /* the reference engine */
  const char *language; /* NULL: that of the rules */
} Layout;

typedef struct {
  Letter        *letter;
  MatchResult    result;
  ClaimantStatus status;
  char          *found; /* what rules found, by place: "Type(words; role=words; feature:value)" with spaces between */
} Matched;

void match_text(RuleText *made, const char *text, Layout layout, Matched *matched);
void matched_free(Matched *matched);

/* Fails the test unless the rules find exactly this; with both engines. */
void assert_found(RuleText *made, const char *text, Layout layout, const char *expected);

/* Loads, asserts, frees. */
void assert_rules_find(const char *xml, const char *text, const char *expected);

#endif
