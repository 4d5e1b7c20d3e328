#include "letter/lexicon.h"

#include "base/hash.h"
#include "base/language.h"
#include "base/unicode.h"
#include "base/utf8.h"
#include "letter/chars.h"

#include <string.h>

const char *const lexicon_names[LEXICON_COUNT] = {
    [LEXICON_ABBREVIATION] = "abbreviation", [LEXICON_NUMBERED] = "numbered",
    [LEXICON_INITIALISM] = "initialism",     [LEXICON_STARTER] = "starter",
    [LEXICON_CONJUNCTION] = "conjunction",   [LEXICON_MONTH] = "month",
    [LEXICON_SALUTATION] = "salutation",     [LEXICON_CLOSING] = "closing",
    [LEXICON_SUBJECT] = "subject",           [LEXICON_ADDRESS] = "address",
    [LEXICON_FURNITURE] = "furniture",       [LEXICON_NOTES] = "notes",
    [LEXICON_COMMON] = "common",             [LEXICON_ENDING] = "ending",
};

enum { WORD_MAX = 64 };

typedef struct Phrase Phrase;
struct Phrase {
  LexiconKind   kind;
  const char   *term; /* folded */
  size_t        bytes;
  bool          open; /* ended in "...": more may follow on the line */
  const Phrase *next; /* with the same first word */
};

typedef struct {
  const char   *word; /* folded, NULL: free */
  size_t        bytes;
  uint32_t      kinds;   /* it is a whole term of these */
  uint32_t      small;   /* and of these it is listed with a small letter */
  uint32_t      openers; /* kinds of the terms that begin with it */
  const Phrase *phrases; /* terms that begin with it */
} Entry;

struct LexiconIndex {
  size_t mask;
  Entry *entries;
};

/* ---- Folding ---------------------------------------------------------------- */

/* Reads one folded character at *at and moves *at behind it; white space is one blank. */
static uint32_t next_folded(const char *text, size_t bytes, size_t *at)
{
  size_t   length;
  uint32_t code = utf8_decode(text + *at, &length);
  *at += length;
  if (code > 0x20 && code < 0x7F) return unicode_lower(code);
  if (char_class(code) == CHAR_SPACE) {
    *at = skip_space(text, (uint32_t)*at, (uint32_t)bytes);
    return ' ';
  }
  if (code == 0x2018 || code == 0x2019) return '\'';
  if (code == 0x2010 || code == 0x2011) return '-';
  return unicode_lower(code);
}

static char *fold(Arena *arena, const char *text, size_t bytes, size_t *folded_bytes)
{
  char *out = arena_alloc(arena, 2 * bytes + 4); /* no lower case is more than twice as long */
  if (!out) return NULL;
  size_t written = 0;
  for (size_t at = 0; at < bytes;) written += utf8_encode(next_folded(text, bytes, &at), out + written);
  out[written] = '\0';
  *folded_bytes = written;
  return out;
}

/* ---- Building ---------------------------------------------------------------- */

static Entry *find_entry(const LexiconIndex *index, const char *word, size_t bytes)
{
  size_t slot = (size_t)hash_bytes(HASH_START, word, bytes) & index->mask;
  for (;; slot = (slot + 1) & index->mask) {
    Entry *entry = index->entries + slot;
    if (!entry->word) return entry;
    if (entry->bytes == bytes && memcmp(entry->word, word, bytes) == 0) return entry;
  }
}

static Entry *claim_entry(LexiconIndex *index, const char *word, size_t bytes)
{
  Entry *entry = find_entry(index, word, bytes);
  entry->word = word;
  entry->bytes = bytes;
  return entry;
}

static size_t first_word(const char *text, size_t bytes)
{
  size_t   at = 0;
  uint32_t length = 0;
  for (; at < bytes; at += length) {
    CharClass class = char_class_at(text, (uint32_t)at, &length);
    if (!char_is_letter(class) && class != CHAR_DIGIT) break;
  }
  return at ? at : length;
}

static bool is_word_kind(LexiconKind kind) { return kind <= LEXICON_MONTH; }

static bool is_capital(const char *text)
{
  uint32_t length;
  return char_class_at(text, 0, &length) == CHAR_UPPER;
}

static void add_word(LexiconIndex *index, const char *term, size_t bytes, uint32_t kind, bool capital)
{
  Entry *entry = claim_entry(index, term, bytes);
  entry->kinds |= 1U << kind;
  if (!capital) entry->small |= 1U << kind;
}

static bool add_term(LexiconIndex *index, Arena *arena, LexiconKind kind, const char *text)
{
  size_t bytes;
  char  *term = fold(arena, text, strlen(text), &bytes);
  if (!term) return false;
  bool open = bytes > 3 && memcmp(term + bytes - 3, "...", 3) == 0;
  if (open) bytes -= 3;
  while (bytes > 1 && (term[bytes - 1] == '.' || term[bytes - 1] == ' ')) --bytes;
  if (!bytes) return true;
  if (is_word_kind(kind)) return add_word(index, term, bytes, kind, is_capital(text)), true;
  Phrase *phrase = arena_alloc(arena, sizeof *phrase);
  if (!phrase) return false;
  Entry *entry = claim_entry(index, term, first_word(term, bytes));
  *phrase = (Phrase){kind, term, bytes, open, entry->phrases};
  entry->phrases = phrase;
  entry->openers |= 1U << kind;
  return true;
}

static LexiconIndex *new_index(Arena *arena, size_t count)
{
  size_t size = 16;
  while (size < 2 * count + 1) size *= 2;
  LexiconIndex *index = arena_alloc(arena, sizeof *index);
  if (!index || !(index->entries = arena_alloc(arena, size * sizeof *index->entries))) return NULL;
  index->mask = size - 1;
  return index;
}

static ClaimantStatus index_lists(Lexicon *lexicon, Arena *arena)
{
  size_t count = 0;
  for (size_t kind = 0; kind < LEXICON_COMMON; ++kind) count += lexicon->lists[kind].count;
  LexiconIndex *index = new_index(arena, count);
  if (!index) return CLAIMANT_NO_MEMORY;
  for (size_t kind = 0; kind < LEXICON_COMMON; ++kind)
    for (size_t i = 0; i < lexicon->lists[kind].count; ++i)
      if (!add_term(index, arena, (LexiconKind)kind, lexicon->lists[kind].terms[i])) return CLAIMANT_NO_MEMORY;
  lexicon->index = index;
  return CLAIMANT_OK;
}

/* A list that stands for several languages tells none of them. */
static const TermList *common_words(const Lexicons *lexicons, size_t which)
{
  static const TermList nothing;
  return lexicons->items[which].language ? &lexicons->items[which].lists[LEXICON_COMMON] : &nothing;
}

static ClaimantStatus index_common(Lexicons *lexicons, Arena *arena)
{
  size_t languages = lexicons->count < LEXICON_LANGUAGES ? lexicons->count : LEXICON_LANGUAGES, count = 0;
  for (size_t i = 0; i < languages; ++i) count += common_words(lexicons, i)->count;
  LexiconIndex *index = count ? new_index(arena, count) : NULL;
  if (count && !index) return CLAIMANT_NO_MEMORY;
  for (size_t i = 0; i < languages; ++i) {
    const TermList *words = common_words(lexicons, i);
    for (size_t j = 0; j < words->count; ++j) {
      size_t bytes;
      char  *term = fold(arena, words->terms[j], strlen(words->terms[j]), &bytes);
      if (!term) return CLAIMANT_NO_MEMORY;
      if (bytes) add_word(index, term, bytes, (uint32_t)i, is_capital(words->terms[j]));
    }
  }
  lexicons->common = index;
  return CLAIMANT_OK;
}

ClaimantStatus lexicons_index(Lexicons *lexicons, Arena *arena)
{
  Lexicon       *none = arena_alloc(arena, sizeof *none);
  ClaimantStatus status = none ? index_lists(none, arena) : CLAIMANT_NO_MEMORY;
  lexicons->none = none;
  for (size_t i = 0; i < lexicons->count && !status; ++i) status = index_lists(&lexicons->items[i], arena);
  return status ? status : index_common(lexicons, arena);
}

const Lexicon *lexicons_find(const Lexicons *lexicons, const char *language)
{
  const Lexicon *best = NULL;
  size_t         fit = 0;
  for (size_t i = 0; i < lexicons->count; ++i) {
    size_t fits = language_fit(lexicons->items[i].language, language);
    if (fits > fit) best = &lexicons->items[i], fit = fits;
  }
  if (best) return best;
  return language || !lexicons->count ? lexicons->none : &lexicons->items[0];
}

/* ---- Looking up ---------------------------------------------------------------- */

/* Folds a word into `out`; 0 when it is too long to be in any list. */
static size_t fold_word(const char *word, size_t bytes, char out[WORD_MAX + 4])
{
  size_t written = 0;
  if (bytes > WORD_MAX / 2) return 0;
  for (size_t at = 0; at < bytes;) written += utf8_encode(next_folded(word, bytes, &at), out + written);
  return written;
}

static const Entry *look_up(const LexiconIndex *index, const char *word, size_t bytes)
{
  char   folded[WORD_MAX + 4];
  size_t length = fold_word(word, bytes, folded);
  if (!length) return NULL;
  const Entry *entry = find_entry(index, folded, length);
  return entry->word ? entry : NULL;
}

uint32_t lexicon_word(const LexiconIndex *index, const char *word, size_t bytes)
{
  while (bytes > 1 && word[bytes - 1] == '.') --bytes;
  const Entry *entry = bytes ? look_up(index, word, bytes) : NULL;
  if (!entry) return 0;
  return is_capital(word) ? entry->kinds : entry->small;
}

/* Bytes of `text` that spell the term, or 0. */
static size_t spells(const Phrase *phrase, const char *text, size_t bytes)
{
  size_t at = 0;
  for (size_t term = 0; term < phrase->bytes;) {
    if (at >= bytes) return 0;
    uint32_t expected = next_folded(phrase->term, phrase->bytes, &term);
    if (next_folded(text, bytes, &at) != expected) return 0;
  }
  if (at == bytes) return at;
  uint32_t  length;
  CharClass last = char_class_before(text, 0, (uint32_t)at, &length);
  CharClass next = char_class_at(text, (uint32_t)at, &length);
  bool inside = (char_is_letter(last) || last == CHAR_DIGIT) && (char_is_letter(next) || next == CHAR_DIGIT);
  return inside ? 0 : at;
}

static bool fills(const char *text, size_t from, size_t bytes)
{
  while (from < bytes) {
    uint32_t length;
    CharClass class = char_class_at(text, (uint32_t)from, &length);
    if (char_is_letter(class) || class == CHAR_DIGIT) return false;
    from += length;
  }
  return true;
}

uint32_t lexicon_openers(const LexiconIndex *index, const char *text, size_t bytes)
{
  const Entry *entry = look_up(index, text, first_word(text, bytes));
  return entry ? entry->openers : 0;
}

size_t lexicon_phrase(const LexiconIndex *index, LexiconKind kind, const char *text, size_t bytes, bool whole)
{
  const Entry *entry = look_up(index, text, first_word(text, bytes));
  size_t       longest = 0;
  for (const Phrase *phrase = entry ? entry->phrases : NULL; phrase; phrase = phrase->next) {
    if (phrase->kind != kind) continue;
    size_t length = spells(phrase, text, bytes);
    if (length > longest && (!whole || phrase->open || fills(text, length, bytes))) longest = length;
  }
  return longest;
}
