/* lexicon.h: the words by which a language marks the parts of a letter. */
#ifndef CLAIMANT_LETTER_LEXICON_H
#define CLAIMANT_LETTER_LEXICON_H

#include "base/arena.h"
#include "claimant.h"

/* One list a kind. Terms are compared without regard to the form of apostrophes
 * and spaces, to a full stop at their end, and to case, except that a single
 * word listed with a capital is not found where the text has a small letter:
 * "Miss." is an abbreviation, "miss." ends a sentence. */
typedef enum {
  LEXICON_ABBREVIATION, /* "Mr.", "v.": a full stop that ends no sentence */
  LEXICON_NUMBERED,     /* "No.", "art.": one that ends no sentence before a number */
  LEXICON_INITIALISM,   /* "Inc.", "etc.": one that ends a sentence only before a sentence starter */
  LEXICON_STARTER,      /* "The", "However", "We": words that open sentences */
  LEXICON_CONJUNCTION,  /* "and", "or": what stands before the last item of a list */
  LEXICON_MONTH,        /* "January", "Jan." */
  LEXICON_SALUTATION,   /* "Dear", "To whom it may concern": how a salutation begins */
  LEXICON_CLOSING,      /* "Yours sincerely", "Respectfully": how a closing line begins */
  LEXICON_SUBJECT,      /* "Re", "Subject": before a colon */
  LEXICON_ADDRESS,      /* "Via e-mail", "To:", "Cc:", "Attn": how a line of the head begins */
  LEXICON_FURNITURE,    /* "Donate Now": whole lines, or their beginning when the term ends in "..." */
  LEXICON_NOTES,        /* "Notes", "Endnotes": a line above footnotes */
  LEXICON_COMMON,       /* "the", "that", "has": words that tell the language */
  LEXICON_ENDING,       /* "'s": what may stand behind a name's last word and is no part of it */
  LEXICON_COUNT
} LexiconKind;

/* Names of the lists as rule files write them: "abbreviation", ... */
extern const char *const lexicon_names[LEXICON_COUNT];

typedef struct {
  const char **terms;
  size_t       count;
} TermList;

typedef struct LexiconIndex LexiconIndex;

typedef struct {
  const char         *language; /* a tag of BCP 47; NULL: for any */
  TermList            lists[LEXICON_COUNT];
  const LexiconIndex *index; /* made by lexicons_index */
} Lexicon;

enum { LEXICON_LANGUAGES = 32 /* at most */ };

/* One a language, one at least. */
typedef struct {
  Lexicon            *items;
  size_t              count;
  const char         *language; /* of letters that nothing tells it of, or NULL */
  const LexiconIndex *common;   /* common words: the "kinds" are languages, by their place in items; NULL: none has any */
  const Lexicon      *none;     /* without words, for languages that have no lexicon; NULL before lexicons_index */
} Lexicons;

/* Makes the lists ready for quick look-up; call once when they are complete.
 * The indexes live in `arena`. Returns OK or NO_MEMORY. */
ClaimantStatus lexicons_index(Lexicons *lexicons, Arena *arena);

/* The one that fits the language best: its own, that of a wider one, that for any, one without words. Where the
 * language is not known (NULL) it is that for any, or the first. */
const Lexicon *lexicons_find(const Lexicons *lexicons, const char *language);

/* The kinds a word of one piece is listed under, as bits `1 << kind`; 0: unknown. */
uint32_t lexicon_word(const LexiconIndex *index, const char *word, size_t bytes);

/* The kinds of which some term begins with the first word of `text`, as bits `1 << kind`. */
uint32_t lexicon_openers(const LexiconIndex *index, const char *text, size_t bytes);

/* Whether a term of this kind begins at `text` and ends at a word's border;
 * the bytes of the longest one, or 0. With `whole`, only a term that fills all
 * `bytes`, stops and white space aside, or one that ends in "...", counts. */
size_t lexicon_phrase(const LexiconIndex *index, LexiconKind kind, const char *text, size_t bytes,
                      bool whole);

#endif
