/* segment.h: divides a letter into blocks, lists, sections and units.
 *
 * What it needs to know of a language comes in a lexicon; how a page is laid
 * out (blank lines, bullets, wrapped lines, indents) it knows itself. */
#ifndef CLAIMANT_LETTER_SEGMENT_H
#define CLAIMANT_LETTER_SEGMENT_H

#include "letter/letter.h"

/* Which words of a language mark the parts of a letter. One list a kind; terms
 * are compared without regard to case. */
typedef enum {
  LEXICON_ABBREVIATION, /* "Mr.", "No.": a full stop that ends no sentence */
  LEXICON_INITIALISM,   /* "U.S.", "a.m.": ends a sentence only before a capitalised sentence starter */
  LEXICON_STARTER,      /* "The", "However", "We": words that open sentences */
  LEXICON_MONTH,        /* "January", "Jan." */
  LEXICON_SALUTATION,   /* "Dear", "To whom it may concern": how a salutation begins */
  LEXICON_CLOSING,      /* "Yours sincerely", "Respectfully": how a closing line begins */
  LEXICON_SUBJECT,      /* "Re", "Subject": before a colon */
  LEXICON_ADDRESS,      /* "Via e-mail", "To", "Cc", "By post", "Attn": how a line of the head begins */
  LEXICON_FURNITURE,    /* "Donate Now", "Skip to main content", "Share this": whole lines, or their beginning when the term ends in "..." */
  LEXICON_NOTES,        /* "Notes", "Footnotes", "References": a line above footnotes */
  LEXICON_COUNT
} LexiconKind;

typedef struct {
  const char **terms; /* folded to lower case */
  size_t       count;
} TermList;

typedef struct {
  TermList lists[LEXICON_COUNT];
} Lexicon;

/* Fills blocks, units, lists and sections of a letter made by letter_new.
 * Returns OK or NO_MEMORY. */
ClaimantStatus letter_segment(Letter *letter, const Lexicon *lexicon);

/* Names of the lexicon's lists as rule files write them ("abbreviation", ...), and of kinds
 * as `scope` does ("sentence", "leadin", "item", "heading", "line", "salutation"; "head", "body", "signature", "notes"). */
extern const char *const lexicon_names[LEXICON_COUNT];

#endif
