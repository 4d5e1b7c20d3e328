/* mention.h: the mentions of people, bodies and laws while they are compared.
 *
 * What corefer.c and back_references.c share; nobody else reads it. A mention is an item, or the law
 * that an item names a part of ("the Quiet Nights Act" in "section 5 of the Quiet Nights Act"), which
 * then has an item made for it that is no item of the document. */
#ifndef CLAIMANT_RESOLVE_MENTION_H
#define CLAIMANT_RESOLVE_MENTION_H

#include "resolve/items.h"
#include "resolve/postings.h"

enum { MAX_WORDS = 32 };

typedef struct {
  const char *text;
  size_t      bytes;
} Word;

/* One mention, ready to be compared. */
typedef struct {
  Item       *item;
  const char *key; /* folded: lower case, ' and single spaces */
  const char *folded; /* as gazetteers compare it */
  Word        words[MAX_WORDS];
  size_t      word_count;
  const char *acronym; /* the item's own feature, or NULL */
  const char *alias;   /* folded; what the letter says it will be called, or NULL */
  const char *head;    /* the noun its antecedent must hold, folded, or NULL: needs none */
  const char *local;   /* the part of the antecedent that is meant ("/art_4"), or NULL: all of it */
  const char *parts;   /* a part alone: kinds of law that have such parts, spaces between; "*": any; else NULL */
  bool        backref; /* stands for something named before it */
  bool        part;    /* of a law, and not the law itself */
} Mention;

typedef struct {
  Document *document;
  Mention  *mentions;
  size_t    count;
  Postings *keys;    /* first mentions, by their words as they stand */
  Postings *words;   /* first mentions, by each word */
  Postings *signs;   /* mentions, by their acronym, alias, initials or identifier */
  uint32_t *parent;  /* [mention]: one whose entity it shares; itself: its own */
  uint32_t *shortlist;
} Corefer;

/* short_forms.c */
bool        same_word(Word a, Word b);
Word        last_word(const Mention *mention);
bool        is_all_capitals(const char *text); /* not one letter in it is small */
bool        word_is_capitalised(const Item *item, size_t number); /* the item's word with this number */

/* May the one name stand for the other, which is longer or the same by other means (acronym, alias)? */
bool stands_for(const Mention *brief, const Mention *full);
bool begins_with(const Mention *full, const Mention *brief);
bool is_known_apart(const Corefer *c, const Mention *brief, const Mention *full); /* although it may, by its words */

/* back_references.c: gives those mentions an antecedent's entity that stand for something named before. */
void join_back_references(Corefer *c);

#endif
