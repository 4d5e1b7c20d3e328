#include "letter/languages.h"

#include "base/language.h"
#include "base/memory.h"
#include "letter/chars.h"

#include <string.h>

enum {
  LONGEST_WORD = 24,   /* bytes; common words are short */
  LEAST_WORDS = 3,     /* common words that tell a language at all */
  CHANGE = 8,          /* more common words of another language than this, to change over, and again to change back */
  LONG_LINE = 160      /* bytes of a line that is a paragraph by itself */
};

/* A paragraph, so far as empty lines and long lines tell. */
typedef struct {
  uint32_t start;
  uint32_t counts[LEXICON_LANGUAGES]; /* common words of each language */
} Chunk;

typedef struct {
  const Lexicons *lexicons;
  const char     *text;
  uint32_t        size;
  Chunk          *chunks;
  size_t          count, capacity;
  bool            failed;
  uint32_t        totals[LEXICON_LANGUAGES];
} Survey;

/* ---- Counting ------------------------------------------------------------------- */

static Chunk *add_chunk(Survey *s, uint32_t start)
{
  if (s->count == s->capacity) {
    size_t capacity = s->capacity ? 2 * s->capacity : 16;
    Chunk *more = memory_resize(s->chunks, capacity * sizeof *more);
    if (!more) return s->failed = true, NULL;
    s->chunks = more;
    s->capacity = capacity;
  }
  Chunk *chunk = s->chunks + s->count++;
  *chunk = (Chunk){.start = start};
  return chunk;
}

/* Scripts written without spaces, whose common words are single characters: U+2E80 and above, Hangul aside. */
static bool is_word_alone(const char *text, uint32_t at)
{
  unsigned char byte = (unsigned char)text[at], next = (unsigned char)text[at + 1];
  return (byte == 0xE2U && next >= 0xBAU) || (byte >= 0xE3U && byte <= 0xE9U);
}

static uint32_t word_end(const char *text, uint32_t at, uint32_t end)
{
  uint32_t start = at, length;
  for (; at < end && char_is_letter(char_class_at(text, at, &length)); at += length)
    if (is_word_alone(text, at)) return at > start ? at : at + length;
  return at;
}

static void count_word(const Survey *s, Chunk *chunk, uint32_t start, uint32_t end)
{
  if (end - start > LONGEST_WORD) return;
  uint32_t of = lexicon_word(s->lexicons->common, s->text + start, end - start);
  for (uint32_t bit = 0; of; ++bit, of >>= 1) chunk->counts[bit] += of & 1U;
}

static void count_words_in(const Survey *s, Chunk *chunk, uint32_t at, uint32_t end)
{
  while (at < end) {
    uint32_t after = word_end(s->text, at, end), length;
    if (after > at) count_word(s, chunk, at, after);
    else char_class_at(s->text, at, &length), after = at + length;
    at = after;
  }
}

static void survey(Survey *s)
{
  Chunk *chunk = NULL;
  bool   alone = true;
  for (uint32_t at = 0; at < s->size && !s->failed;) {
    const char *feed = memchr(s->text + at, '\n', s->size - at);
    uint32_t    end = feed ? (uint32_t)(feed - s->text) : s->size;
    bool        empty = skip_space(s->text, at, end) == end, wide = end - at >= LONG_LINE;
    if (alone || empty || wide) chunk = add_chunk(s, at);
    if (chunk) count_words_in(s, chunk, at, end);
    alone = empty || wide;
    at = end + 1;
  }
  for (size_t i = 0; i < s->count; ++i)
    for (size_t j = 0; j < s->lexicons->count && j < LEXICON_LANGUAGES; ++j) s->totals[j] += s->chunks[i].counts[j];
}

/* The language of the most common words; SIZE_MAX: too few, or none ahead of the others. */
static size_t most_common(const Survey *s)
{
  size_t   best = SIZE_MAX;
  uint32_t most = LEAST_WORDS - 1, second = 0;
  for (size_t i = 0; i < s->lexicons->count && i < LEXICON_LANGUAGES; ++i) {
    if (s->totals[i] > most) second = best == SIZE_MAX ? 0 : most, most = s->totals[i], best = i;
    else if (s->totals[i] > second) second = s->totals[i];
  }
  return best != SIZE_MAX && most > second ? best : SIZE_MAX;
}

/* ---- What the source says ----------------------------------------------------------- */

/* The lexicon's own tag for what somebody calls "en-US"; else what it is called, if that is a tag at all. */
static const char *known_tag(const Lexicons *lexicons, const char *tag)
{
  const Lexicon *lexicon = lexicons_find(lexicons, tag);
  if (lexicon->language && language_covers(lexicon->language, tag)) return lexicon->language;
  return language_is_valid(tag) ? tag : NULL;
}

/* NULL: nothing is said of the place. */
static const char *said_at(const Letter *letter, const Lexicons *lexicons, uint32_t at)
{
  size_t low = 0, high = letter->hinted_count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (letter->hinted[middle].span.end <= at) low = middle + 1;
    else high = middle;
  }
  bool inside = low < letter->hinted_count && letter->hinted[low].span.start <= at;
  return inside ? known_tag(lexicons, letter->hinted[low].language) : NULL;
}

/* ---- Stretches ------------------------------------------------------------------------ */

static bool same(const char *a, const char *b) { return a == b || (a && b && strcmp(a, b) == 0); }

static uint16_t language_number(Letter *letter, const char *tag)
{
  size_t i = 0;
  while (i < letter->language_count && !same(letter->languages[i], tag)) i++;
  if (i == LEXICON_LANGUAGES) return 0;
  if (i == letter->language_count) letter->languages[letter->language_count++] = tag;
  return (uint16_t)i;
}

static void add_stretch(Letter *letter, uint32_t start, const char *tag)
{
  uint16_t number = language_number(letter, tag);
  if (letter->stretch_count && letter->stretches[letter->stretch_count - 1].language == number) return;
  letter->stretches[letter->stretch_count++] = (LanguageStretch){start, number};
}

/* The best way through the chunks, each in one language: the sum of their common words, less what changes cost
 * (Viterbi's algorithm). came[i][j]: the language before chunk i, if that is in language j. */
static void choose(const Survey *s, size_t own, uint8_t (*came)[LEXICON_LANGUAGES], uint8_t *chosen)
{
  int64_t score[LEXICON_LANGUAGES], next[LEXICON_LANGUAGES];
  size_t  languages = s->lexicons->count < LEXICON_LANGUAGES ? s->lexicons->count : LEXICON_LANGUAGES;
  for (size_t j = 0; j < languages; ++j) score[j] = j == own ? 0 : -CHANGE;
  for (size_t i = 0; i < s->count; ++i) {
    size_t best = 0;
    for (size_t j = 1; j < languages; ++j)
      if (score[j] > score[best]) best = j;
    for (size_t j = 0; j < languages; ++j) {
      bool stays = j == best || score[j] > score[best] - CHANGE; /* so that it changes as late as it can */
      came[i][j] = (uint8_t)(stays ? j : best);
      next[j] = (stays ? score[j] : score[best] - CHANGE) + s->chunks[i].counts[j];
    }
    memcpy(score, next, languages * sizeof *score);
  }
  size_t last = own;
  for (size_t j = 0; j < languages; ++j)
    if (score[j] - (j == own ? 0 : CHANGE) > score[last] - (last == own ? 0 : CHANGE)) last = j;
  for (size_t i = s->count; i-- > 0; last = came[i][last]) chosen[i] = (uint8_t)last;
}

static bool is_mixed(const Survey *s, size_t own)
{
  for (size_t i = 0; i < s->lexicons->count && i < LEXICON_LANGUAGES; ++i)
    if (i != own && s->totals[i] > CHANGE) return true;
  return false;
}

static ClaimantStatus divide(Letter *letter, const Survey *s, size_t own)
{
  uint8_t(*came)[LEXICON_LANGUAGES] = memory_zeroed(s->count + 1, sizeof *came);
  uint8_t *chosen = memory_zeroed(s->count + 1, 1);
  bool     made = came && chosen;
  if (made) choose(s, own, came, chosen);
  for (size_t i = 0; made && i < s->count; ++i) {
    const char *said = said_at(letter, s->lexicons, s->chunks[i].start);
    add_stretch(letter, s->chunks[i].start, said ? said : s->lexicons->items[chosen[i]].language);
  }
  memory_free(came);
  memory_free(chosen);
  return made ? CLAIMANT_OK : CLAIMANT_NO_MEMORY;
}

/* Only the source's word counts. */
static void take_said(Letter *letter, const Survey *s)
{
  for (size_t i = 0; i < s->count; ++i) {
    const char *said = said_at(letter, s->lexicons, s->chunks[i].start);
    add_stretch(letter, s->chunks[i].start, said ? said : letter->languages[0]);
  }
}

static ClaimantStatus find(Letter *letter, Survey *s, const char *said)
{
  const Lexicons *lexicons = s->lexicons;
  bool            hinted = !said && letter->hinted_count;
  if (!said && letter->said) said = known_tag(lexicons, letter->said);
  bool ask = !said && lexicons->common;
  if (ask || hinted) survey(s);
  if (s->failed) return CLAIMANT_NO_MEMORY;
  size_t own = ask ? most_common(s) : SIZE_MAX;
  letter->told_by_words = own != SIZE_MAX;
  letter->languages = arena_alloc(letter->arena, LEXICON_LANGUAGES * sizeof *letter->languages);
  letter->stretches = arena_alloc(letter->arena, (s->count + 1) * sizeof *letter->stretches);
  if (!letter->languages || !letter->stretches) return CLAIMANT_NO_MEMORY;
  language_number(letter, said ? said : own != SIZE_MAX ? lexicons->items[own].language : lexicons->language);
  if (own != SIZE_MAX && (is_mixed(s, own) || hinted)) return divide(letter, s, own);
  if (hinted) take_said(letter, s);
  return CLAIMANT_OK;
}

ClaimantStatus letter_find_languages(Letter *letter, const Lexicons *lexicons, const char *said)
{
  Survey s = {.lexicons = lexicons, .text = letter->text, .size = letter->size};
  letter->language_count = letter->stretch_count = 0;
  ClaimantStatus status = find(letter, &s, said);
  memory_free(s.chunks);
  return status;
}

uint16_t letter_language_at(const Letter *letter, uint32_t byte)
{
  size_t low = 0, high = letter->stretch_count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (letter->stretches[middle].start <= byte) low = middle + 1;
    else high = middle;
  }
  return low ? letter->stretches[low - 1].language : 0;
}
