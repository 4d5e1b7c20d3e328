/* letter.h: the text of one letter and how it is divided.
 *
 * The text is clean UTF-8 and is never rewritten; everything else is ranges of
 * it. A letter is cut once into blocks (what a reader sees as a paragraph, a
 * heading, an address), and the blocks into units: the pieces a pattern is
 * matched against. Blocks and units are in text order and do not overlap. */
#ifndef CLAIMANT_LETTER_LETTER_H
#define CLAIMANT_LETTER_LETTER_H

#include "base/arena.h"
#include "base/diagnostics.h"
#include "base/span.h"

#define NO_INDEX UINT32_MAX

typedef enum {
  BLOCK_FURNITURE,    /* navigation, share and donate lines, running heads: no units */
  BLOCK_FRONT_MATTER, /* YAML or TOML before the letter: its title is a unit */
  BLOCK_DATELINE,
  BLOCK_ADDRESS,
  BLOCK_SUBJECT, /* "Re: ...", "Subject: ..." */
  BLOCK_SALUTATION,
  BLOCK_HEADING,
  BLOCK_PARAGRAPH,
  BLOCK_ITEM,    /* one item of a bulleted, numbered or lettered list */
  BLOCK_CLOSING, /* "Yours sincerely," */
  BLOCK_SIGNATURE,
  BLOCK_FOOTNOTE
} BlockKind;

typedef enum { ZONE_HEAD, ZONE_BODY, ZONE_SIGNATURE, ZONE_NOTES } Zone;

typedef enum { UNIT_SENTENCE, UNIT_LEADIN, UNIT_ITEM, UNIT_HEADING, UNIT_LINE, UNIT_SALUTATION } UnitKind;

/* What a source format knew about a stretch of text (an HTML heading, a list item). */
typedef struct {
  Span      span;
  BlockKind kind;  /* BLOCK_PARAGRAPH, BLOCK_HEADING, BLOCK_ITEM, BLOCK_FURNITURE or BLOCK_FOOTNOTE */
  uint8_t   level; /* of an item: how many lists it is in */
} BlockHint;

/* What a source format says of the language of a stretch of text. */
typedef struct {
  Span        span;
  const char *language; /* as it is written there */
} LanguageHint;

/* Reaches to where the next one starts, or the text ends. */
typedef struct {
  uint32_t start;
  uint16_t language; /* index into languages */
} LanguageStretch;

typedef struct {
  Span      span; /* without white space at its ends, and without a bullet or number */
  BlockKind kind;
  Zone      zone;
  uint32_t  section;                /* index into sections */
  uint32_t  first_unit, unit_count; /* the block's units */
  uint16_t  language;               /* index into languages */
} Block;

typedef struct {
  Span     span; /* without white space at its ends */
  UnitKind kind;
  Zone     zone;
  uint32_t block;   /* index into blocks */
  uint32_t section; /* index into sections */
  uint32_t list;    /* index into lists, of the list it leads in or is an item of; else NO_INDEX */
  uint16_t language; /* index into languages: the block's */
} Unit;

typedef struct {
  uint32_t leadin;     /* the unit that introduces it, ending in a colon or unfinished; or NO_INDEX */
  uint32_t first_item; /* unit */
  uint32_t item_count; /* items are not always adjacent units: an item of two sentences has two */
  uint32_t parent;     /* the list that this one is nested in, or NO_INDEX */
} List;

typedef struct {
  uint32_t heading; /* the block that heads it, or NO_INDEX for what stands before any heading */
} Section;

typedef struct {
  Arena       *arena; /* owns all of it; freed with the letter */
  const char  *name;  /* file name for messages, may be NULL */
  const char  *text;  /* 0-terminated */
  uint32_t     size;  /* bytes */
  Block       *blocks;
  Unit        *units;
  List        *lists;
  Section     *sections;
  size_t       block_count, unit_count, list_count, section_count;
  BlockHint   *hints; /* from the reader, in text order, without overlaps; may be none */
  size_t       hint_count;
  const char  *said; /* the language of all of it, as its source has it; or NULL */
  LanguageHint *hinted; /* stretches that are in another, from the reader, in text order, without overlaps */
  size_t       hinted_count;
  const char **languages; /* tags (BCP 47), the letter's own first; NULL: not known. None before letter_segment */
  size_t       language_count;
  LanguageStretch *stretches; /* in text order; none: all is in the letter's own */
  size_t       stretch_count;
  bool         told_by_words; /* the letter's own language is told by its words, and was said by nobody */
  uint32_t    *code_points; /* at [i]: code points before byte i * CODE_POINT_STEP */
  Diagnostics *diagnostics; /* the list given to letter_new: where letter_segment reports; not owned */
} Letter;

enum { CODE_POINT_STEP = 64, LETTER_MAX_BYTES = 16 << 20 };

/* A letter of this text (copied), with nothing divided yet; bytes that are not
 * UTF-8 and U+0000 become U+FFFD, with one diagnostic that names the line of the first.
 * `diagnostics` must live until the letter is segmented.
 * Returns OK, NO_MEMORY or TOO_LARGE. Free with letter_free. */
ClaimantStatus letter_new(const char *bytes, size_t size, const char *name, Diagnostics *diagnostics,
                          Letter **letter);
void           letter_free(Letter *letter);

/* Code points before a byte offset of the text. */
uint32_t letter_code_point(const Letter *letter, uint32_t byte);

/* The unit that holds a byte, or else the last one before it; NULL: none. */
const Unit *letter_unit(const Letter *letter, uint32_t byte);

/* The language it is in as a whole; NULL: not known, or not divided yet. */
static inline const char *letter_language(const Letter *letter) { return letter->language_count ? letter->languages[0] : NULL; }

/* Line number, from 1, of a byte offset. */
size_t letter_line(const Letter *letter, uint32_t byte);

#endif
