/* lines.h: the lines of a page and what can be seen of each.
 *
 * A line is what stands between two line ends; lines of nothing but white
 * space are only counted. Everything later (paragraphs, lists, the parts of a
 * letter) is decided by looking at lines. */
#ifndef CLAIMANT_LETTER_LINES_H
#define CLAIMANT_LETTER_LINES_H

#include "letter/letter.h"
#include "letter/lexicon.h"
#include "letter/marks.h"

enum {
  LINE_PAGE_BREAK = 1 << 0,   /* a form feed before it */
  LINE_STARTS_LOWER = 1 << 1, /* its text begins with a lower-case letter, quotes and brackets aside */
  LINE_STARTS_UPPER = 1 << 2,
  LINE_ENDS_STOP = 1 << 3, /* in a full stop or the like, closing quotes and note numbers aside */
  LINE_ENDS_COLON = 1 << 4,
  LINE_ENDS_SEMICOLON = 1 << 5, /* also "; and", ", or" */
  LINE_ENDS_COMMA = 1 << 6,
  LINE_HAS_GAP = 1 << 7,       /* a tab or three spaces inside: columns of a table */
  LINE_LONE_MARK = 1 << 8,     /* a bullet or number with nothing behind it */
  LINE_MARKED = 1 << 9,        /* begins a list item: `mark` holds */
  LINE_HINT_START = 1 << 10,   /* a stretch the reader marked begins here */
  LINE_HEADING_MARK = 1 << 11, /* marked "#" as a heading */
  LINE_ENDS_LOWER = 1 << 12,   /* in a word that begins with a lower-case letter */
  LINE_ENDS = LINE_ENDS_STOP | LINE_ENDS_COLON | LINE_ENDS_SEMICOLON, /* no clause goes on behind it */
  LINE_ENDS_ANY = LINE_ENDS | LINE_ENDS_COMMA
};

/* What part of the letter a line belongs to. */
typedef enum {
  ROLE_BODY,
  ROLE_NOTHING, /* a lone bullet, a ruled line: in no block */
  ROLE_FRONT_MATTER,
  ROLE_FURNITURE,
  ROLE_HEAD,
  ROLE_SALUTATION,
  ROLE_CLOSING,
  ROLE_SIGNATURE,
  ROLE_NOTE
} LineRole;

typedef struct {
  uint32_t start, end; /* bytes, without white space at the ends */
  uint32_t text;       /* start without a bullet or number */
  uint32_t hint;       /* index into the letter's hints, or NO_INDEX */
  uint16_t width;      /* code points, at most UINT16_MAX */
  uint16_t flags;
  Mark     mark;
  uint8_t  blanks;  /* blank lines above, at most UINT8_MAX */
  uint8_t  indent;  /* columns */
  uint8_t  role;    /* LineRole */
  uint16_t language; /* index into the letter's languages */
  uint16_t openers; /* lexicon kinds (bits) of which a term may begin the line, its mark aside */
} Line;

/* Where the words of a line begin: behind its mark, if it has one that counts. */
static inline uint32_t line_start(const Line *line)
{
  return line->flags & (LINE_MARKED | LINE_HEADING_MARK) ? line->text : line->start;
}

typedef struct {
  const Letter         *letter;
  const LexiconIndex  **lexicons; /* [language]: of each of the letter's */
  Line               *items;
  size_t              count, capacity;
  uint32_t            wrap; /* code points a hard-wrapped line fills; 0 when lines are not wrapped */
} Lines;

/* Cuts the text into lines. Returns OK or NO_MEMORY. Free with lines_free. */
ClaimantStatus lines_cut(const Letter *letter, const LexiconIndex **lexicons, Lines *lines);
void           lines_free(Lines *lines);

static inline const LexiconIndex *line_lexicon(const Lines *lines, const Line *line)
{
  return lines->lexicons[line->language];
}

/* The bytes of a term of this kind that begins the line, its mark aside, or 0; as lexicon_phrase. */
size_t line_phrase(const Lines *lines, size_t at, LexiconKind kind, bool whole);

/* Words of a stretch of text, or of a line without its mark, at most `limit`. */
size_t count_words(const Letter *letter, Span span, size_t limit);
size_t line_words(const Letter *letter, const Line *line, size_t limit);

/* Half of its words are capitalised. */
bool line_is_title(const Letter *letter, const Line *line);

#endif
