/* hand_made.h: a document made without rules or engine, for tests of graphs and writers. */
#ifndef HAND_MADE_H
#define HAND_MADE_H

#include "resolve/document.h"

enum {
  PERSON_MINISTER, /* "Adela Krane" in the salutation */
  DEMAND,          /* "repair the Orva pipeline by May 2021" */
  DATE,            /* "May 2021" */
  PROVISION,       /* "article 9 of the Water Charter" */
  PERSON_SURNAME,  /* "Krane" */
  CLAIM,           /* "the pipe is sound" */
  PERSON_SIGNER,   /* "Tomas Hale" */
  BODY,            /* "River Watch" */
  HAND_MADE_ITEMS
};

typedef struct {
  Document document;
  RuleSet  rules;
  Type     types[8];
  Entity   entities[4]; /* minister, charter, signer, body */
  Item     items[HAND_MADE_ITEMS];
} HandMade;

/* A letter with two persons, a body, a law, a date, a demand and a claim. Tests change what they need. */
void hand_made_new(HandMade *made);
void hand_made_free(HandMade *made);

/* The range of the nth (from 1) place where `words` stand in the text. */
Span hand_made_span(const HandMade *made, const char *words, unsigned nth);

/* Sets the value of a feature the item has. */
void hand_made_set(Item *item, const char *feature, const char *value);

#endif
