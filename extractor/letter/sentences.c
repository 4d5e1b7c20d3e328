#include "letter/sentences.h"

#include "letter/chars.h"
#include "letter/marks.h"

#include <string.h>

enum {
  WORD_MAX = 48,     /* bytes looked back for the word before a stop */
  BRACKET_MAX = 600, /* bytes after which an open bracket is taken for a slip */
  NOTE_DIGITS = 3,   /* digits of a note number behind a stop */
  PLAIN_WORD_MIN = 5 /* letters of a word that ends a sentence even when lower case follows */
};

/* What makes the scan look closer: stops, brackets, and the lead bytes of non-ASCII stops. */
static const uint8_t special[256] = {
    ['.'] = 1, ['!'] = 1, ['?'] = 1,  ['('] = 1,  [')'] = 1,
    ['['] = 1, [']'] = 1, [0xE2] = 1, [0xE3] = 1, [0xEF] = 1,
};

/* ---- The word before a stop ---------------------------------------------------- */

typedef struct {
  uint32_t start, end; /* the word without the stop */
  unsigned letters, upper, lower, digits, dots, vowels, others;
} Word;

static bool is_vowel(char byte) { return byte && strchr("aeiouyAEIOUY", byte); }

static void count_char(Word *word, CharClass class, char byte)
{
  word->letters += char_is_letter(class);
  word->upper += class == CHAR_UPPER;
  word->lower += class == CHAR_LOWER;
  word->digits += class == CHAR_DIGIT;
  word->vowels += is_vowel(byte) || (unsigned char)byte >= 0x80U;
  word->dots += byte == '.';
  word->others += !char_is_letter(class) && class != CHAR_DIGIT && byte != '.';
}

static bool ends_word(CharClass class, char byte)
{
  return class == CHAR_SPACE || class == CHAR_OPEN || class == CHAR_DASH || byte == '"' || byte == '/';
}

static Word word_before(const char *text, uint32_t floor, uint32_t stop)
{
  Word     word = {.start = stop, .end = stop};
  uint32_t length;
  while (word.start > floor && stop - word.start < WORD_MAX) {
    CharClass class = char_class_before(text, floor, word.start, &length);
    char byte = text[word.start - length];
    if (ends_word(class, byte)) break;
    word.start -= length;
    count_char(&word, class, byte);
  }
  return word;
}

uint32_t stop_word_kinds(const LexiconIndex *lexicon, const char *text, uint32_t floor, uint32_t stop)
{
  Word word = word_before(text, floor, stop);
  return lexicon_word(lexicon, text + word.start, word.end - word.start);
}

/* ---- What follows a stop --------------------------------------------------------- */

static bool is_superscript_digit(const char *text, uint32_t at, uint32_t left, uint32_t *length)
{
  if (left >= 2 && memchr("\xB9\xB2\xB3", text[at + 1], 3) && (unsigned char)text[at] == 0xC2U)
    return *length = 2, true;
  if (left >= 3 && memcmp(text + at, "\xE2\x81", 2) == 0 && (unsigned char)text[at + 2] >= 0xB0U &&
      (unsigned char)text[at + 2] <= 0xB9U)
    return *length = 3, true;
  return false;
}

/* A note number right behind a stop: "text.12 More", "text.[3]", "text. [3]". */
static uint32_t skip_note(const char *text, uint32_t at, uint32_t end)
{
  uint32_t from = at, length;
  while (at < end && is_superscript_digit(text, at, end - at, &length)) at += length;
  if (at > from) return at;
  if (at + 1 < end && text[at] == ' ' && text[at + 1] == '[') ++at;
  bool bracket = at < end && text[at] == '[';
  at += bracket;
  uint32_t digits = 0;
  while (at < end && digits <= NOTE_DIGITS && text[at] >= '0' && text[at] <= '9') ++at, ++digits;
  if (!digits || digits > NOTE_DIGITS) return from;
  if (bracket && (at == end || text[at++] != ']')) return from;
  return at == end || char_class_at(text, at, &length) == CHAR_SPACE ? at : from;
}

static uint32_t skip_closers(const char *text, uint32_t at, uint32_t end)
{
  for (uint32_t length; at < end; at += length) {
    CharClass class = char_class_at(text, at, &length);
    if (class != CHAR_CLOSE && class != CHAR_QUOTE && class != CHAR_STOP && text[at] != '*') break;
  }
  return at;
}

typedef struct {
  CharClass class; /* of the first character, opening quotes and brackets aside; CHAR_SPACE at the end */
  bool quoted, bracketed;
  bool starter; /* a capitalised word that opens sentences */
  bool number;  /* figures, a section sign, a Roman number */
} Next;

static bool is_starter(const Sentences *s, uint32_t at)
{
  uint32_t start = at, length = 0;
  for (; at < s->end && at - start < WORD_MAX; at += length) {
    if (!char_is_letter(char_class_at(s->text, at, &length))) break;
  }
  if (at < s->end && s->text[at] == '.') return false;
  return lexicon_word(s->lexicon, s->text + start, at - start) & 1U << LEXICON_STARTER;
}

static bool is_roman(const Sentences *s, uint32_t at)
{
  uint32_t start = at, length;
  while (at < s->end && s->text[at] && strchr("IVXLCDM", s->text[at])) ++at;
  return at > start && (at == s->end || !char_is_letter(char_class_at(s->text, at, &length)));
}

static Next look_ahead(const Sentences *s, uint32_t at)
{
  Next next = {.class = CHAR_SPACE};
  for (uint32_t length; at < s->end; at += length) {
    next.class = char_class_at(s->text, at, &length);
    bool bracket = s->text[at] == '(' || s->text[at] == '[';
    bool quote = !bracket && (next.class == CHAR_OPEN || next.class == CHAR_QUOTE || s->text[at] == '`');
    if (!bracket && !quote && s->text[at] != '*') break;
    next.bracketed |= bracket;
    next.quoted |= quote;
  }
  next.starter = next.class == CHAR_UPPER && is_starter(s, at);
  next.number = next.class == CHAR_DIGIT || next.class == CHAR_OTHER || next.bracketed || is_roman(s, at);
  return next;
}

static bool opens_sentence(Next next)
{
  if (next.class == CHAR_LOWER) return false;
  return !next.bracketed || next.class == CHAR_UPPER || next.class == CHAR_LETTER;
}

/* ---- Decisions ---------------------------------------------------------------- */

/* "A." or "iv." or "12." with nothing of the sentence before it. */
static bool is_enumerator(const Sentences *s, uint32_t start, uint32_t stop)
{
  Mark mark;
  return skip_number(s->text, start, stop + 1, &mark) == stop + 1;
}

static bool is_initialism(const Word *word)
{
  return word->dots && word->letters && !word->digits && word->letters <= 3 * (word->dots + 1);
}

/* "Ltd", "Blvd": capitalised, short, and no vowel to speak it with. */
static bool looks_abbreviated(const Word *word)
{
  return word->upper == 1 && word->lower && !word->vowels && word->letters <= 5 && !word->others;
}

static bool is_plain_word(const Word *word)
{
  return word->lower >= PLAIN_WORD_MIN && word->lower == word->letters && word->vowels && !word->digits &&
         !word->dots;
}

static bool is_initial(const Word *word)
{
  return word->letters == 1 && word->upper == 1 && !word->digits && !word->others;
}

static bool is_behind_slash(const Sentences *s, const Word *word, uint32_t start)
{
  return word->letters == 1 && word->start > start && s->text[word->start - 1] == '/'; /* "M/s." */
}

/* The word before the stop takes it as its own, and never ends a sentence before such text. */
static bool is_abbreviation(const Sentences *s, const Word *word, uint32_t kinds, uint32_t start, Next next)
{
  uint32_t stop = word->end;
  if (kinds & 1U << LEXICON_ABBREVIATION && !(kinds & 1U << LEXICON_INITIALISM)) return true;
  if (kinds & 1U << LEXICON_NUMBERED && (next.number || next.class == CHAR_LOWER)) return true;
  return is_behind_slash(s, word, start) || is_enumerator(s, start, stop);
}

/* Whether the single full stop at `stop` ends a sentence that began at `start`; a quotation
 * mark `closed` behind it outweighs an abbreviation. */
static bool full_stop_ends(const Sentences *s, uint32_t start, uint32_t stop, Next next, bool closed)
{
  Word word = word_before(s->text, start, stop);
  if (next.class == CHAR_SPACE) return true;
  if (word.start == word.end) return next.class != CHAR_LOWER; /* " ." */
  uint32_t kinds = lexicon_word(s->lexicon, s->text + word.start, word.end - word.start);
  if (!closed && is_abbreviation(s, &word, kinds, start, next)) return false;
  bool may_go_on = kinds & 1U << LEXICON_INITIALISM || is_initialism(&word) || looks_abbreviated(&word) ||
                   is_initial(&word);
  if (may_go_on && !closed) return next.starter || (next.quoted && next.class == CHAR_UPPER && word.dots);
  if (next.class == CHAR_LOWER) return !closed && !next.quoted && !next.bracketed && is_plain_word(&word);
  return opens_sentence(next);
}

/* Whether stops from `stop` to `after` (several, or one that is no full stop) end a sentence. */
static bool strong_stop_ends(const Sentences *s, uint32_t start, uint32_t stop, uint32_t after, Next next)
{
  uint32_t length;
  bool     attached = stop > start && char_class_before(s->text, start, stop, &length) != CHAR_SPACE;
  bool     ellipsis = s->text[stop] == '.' || (unsigned char)s->text[stop] == 0xE2U;
  for (uint32_t at = stop; at < after; ++at)
    if (s->text[at] == '!' || s->text[at] == '?' || (unsigned char)s->text[at] == 0xE3U) ellipsis = false;
  if (ellipsis)
    return next.class == CHAR_SPACE || next.starter ||
           (next.class == CHAR_UPPER && (next.quoted || attached));
  return opens_sentence(next);
}

/* Whether digits right behind this stop can be a note number: not in "205.2", "P.W.5", "para.22". */
static bool takes_note(const Sentences *s, uint32_t start, uint32_t stop)
{
  if (stop == start) return false;
  uint32_t  length;
  CharClass before = char_class_before(s->text, start, stop, &length);
  if (before != CHAR_LOWER) return before == CHAR_CLOSE || before == CHAR_QUOTE;
  uint32_t kinds = stop_word_kinds(s->lexicon, s->text, start, stop);
  return !(kinds & (1U << LEXICON_ABBREVIATION | 1U << LEXICON_NUMBERED));
}

/* A closing quotation mark that stands apart: `text. "` with white space or nothing behind it. */
static uint32_t skip_loose_quote(const Sentences *s, uint32_t at)
{
  uint32_t from = skip_space(s->text, at, s->end), after = from, length;
  while (after < s->end) {
    CharClass class = char_class_at(s->text, after, &length);
    if (class != CHAR_QUOTE && class != CHAR_CLOSE) break;
    after += length;
  }
  if (after == from) return at;
  return after == s->end || char_class_at(s->text, after, &length) == CHAR_SPACE ? after : at;
}

/* A sentence begins right behind the stop, without a space: "text.The", "text.2. The". */
static bool is_glued(const Sentences *s, uint32_t start, uint32_t at)
{
  uint32_t length, digits = at;
  if (at < start + 3 || char_class_before(s->text, start, at - 1, &length) != CHAR_LOWER) return false;
  if (char_class_at(s->text, at, &length) == CHAR_UPPER) return is_starter(s, at);
  while (digits < s->end && digits - at < 2 && s->text[digits] >= '0' && s->text[digits] <= '9') ++digits;
  if (digits == at || digits + 2 >= s->end || s->text[digits] != '.' || s->text[digits + 1] != ' ')
    return false;
  return char_class_at(s->text, digits + 2, &length) == CHAR_UPPER;
}

/* A closing quotation mark is among the characters in [at, end): the stop before it ends a
 * sentence even behind an abbreviation. */
static bool closes_quote(const char *text, uint32_t at, uint32_t end)
{
  for (uint32_t length; at < end; at += length) {
    CharClass class = char_class_at(text, at, &length);
    if (class == CHAR_QUOTE || (class == CHAR_CLOSE && text[at] != ')' && text[at] != ']')) return true;
  }
  return false;
}

static uint32_t skip_stops(const char *text, uint32_t at, uint32_t end)
{
  for (uint32_t length; at < end && char_class_at(text, at, &length) == CHAR_STOP;) at += length;
  return at;
}

/* The end of the sentence whose stop stands at `stop`, or 0 when it goes on. */
static uint32_t end_at_stop(const Sentences *s, uint32_t start, uint32_t stop, uint32_t length)
{
  uint32_t after = skip_stops(s->text, stop + length, s->end);
  uint32_t tail = skip_closers(s->text, after, s->end), space;
  bool     cjk = (unsigned char)s->text[stop] == 0xE3U || (unsigned char)s->text[stop] == 0xEFU;
  if (cjk) return tail;
  if (tail < s->end && takes_note(s, start, stop)) tail = skip_note(s->text, tail, s->end);
  if (tail < s->end && char_class_at(s->text, tail, &space) != CHAR_SPACE)
    return tail == stop + 1 && is_glued(s, start, tail) ? tail : 0;
  tail = skip_loose_quote(s, tail);
  Next next = look_ahead(s, skip_space(s->text, tail, s->end));
  bool single = s->text[stop] == '.' && after == stop + 1;
  bool ends = single ? full_stop_ends(s, start, stop, next, closes_quote(s->text, after, tail))
                     : strong_stop_ends(s, start, stop, after, next);
  return ends ? tail : 0;
}

/* A bracket, and no sad face. */
static bool opens_bracket(const Sentences *s, uint32_t at)
{
  uint32_t length;
  if (at + 1 == s->end || char_class_at(s->text, at + 1, &length) == CHAR_SPACE) return false;
  return s->text[at - 1] != ':' && s->text[at - 1] != ';';
}

/* The end of the sentence that begins at `start`. */
static uint32_t sentence_end(const Sentences *s, uint32_t start)
{
  uint32_t depth = 0, opened = start;
  for (uint32_t at = start, length; at < s->end; at += length) {
    length = 1;
    unsigned char byte = (unsigned char)s->text[at];
    if (!special[byte]) continue;
    if (byte == '(' || byte == '[') {
      if (at > start && opens_bracket(s, at) && !depth++) opened = at;
      continue;
    }
    if (byte == ')' || byte == ']') {
      depth -= depth > 0;
      continue;
    }
    if (char_class_at(s->text, at, &length) != CHAR_STOP) continue;
    if (depth && at - opened > BRACKET_MAX) depth = 0;
    bool     outside = !depth || (depth == 1 && at + 1 < s->end && s->text[at + 1] == ')');
    uint32_t end = outside ? end_at_stop(s, start, at, length) : 0;
    if (end) return end;
    length = skip_stops(s->text, at, s->end) - at;
  }
  return s->end;
}

bool sentence_next(Sentences *sentences, Span *sentence)
{
  uint32_t start = skip_space(sentences->text, sentences->at, sentences->end);
  if (start == sentences->end) return false;
  uint32_t end = sentence_end(sentences, start);
  sentences->at = end;
  *sentence = (Span){start, skip_space_back(sentences->text, start, end)};
  return true;
}
