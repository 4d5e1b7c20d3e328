/* When a short form may stand for a longer name. */
#include "resolve/known.h"
#include "resolve/mention.h"

#include "base/unicode.h"
#include "base/utf8.h"

#include <ctype.h>
#include <string.h>

enum { SHORTEST_CUT = 3 /* bytes */ };

/* ---- Words ---- */

bool same_word(Word a, Word b) { return a.bytes == b.bytes && memcmp(a.text, b.text, a.bytes) == 0; }

Word last_word(const Mention *m) { return m->words[m->word_count - 1]; }

static bool is_initial(Word w) { return w.bytes == 1 || (w.bytes == 2 && w.text[1] == '.'); }

static bool fits_initial(Word a, Word b)
{
  return same_word(a, b) || ((is_initial(a) || is_initial(b)) && a.text[0] == b.text[0]);
}

/* ---- People, bodies ---- */

static bool ends_with(const Mention *full, const Mention *brief)
{
  size_t offset = full->word_count - brief->word_count;
  for (size_t i = 0; i < brief->word_count; ++i)
    if (!same_word(full->words[offset + i], brief->words[i])) return false;
  return true;
}

bool begins_with(const Mention *full, const Mention *brief)
{
  for (size_t i = 0; i < brief->word_count; ++i)
    if (!same_word(full->words[i], brief->words[i])) return false;
  return true;
}

/* Does the name's word with this number begin with a capital? Not what "of" or "to" leads to. */
bool word_is_capitalised(const Item *item, size_t number)
{
  const char *at = item->text;
  for (size_t word = 0;; ++word) {
    while (*at && (unsigned char)*at <= ' ') at++;
    if (!*at || word == number) break;
    while ((unsigned char)*at > ' ') at++;
  }
  size_t length;
  return *at && unicode_is_upper(utf8_decode(at, &length));
}

/* A surname of several words: "Ortega" of "Ortega y Vidal". */
static bool before_particle(const Mention *full, Word word)
{
  for (size_t i = 1; i + 1 < full->word_count; ++i)
    if (same_word(full->words[i], word)) return !word_is_capitalised(full->item, i + 1);
  return false;
}

static bool person_stands_for(const Mention *brief, const Mention *full)
{
  if (full->word_count < 2 || full->word_count < brief->word_count) return false;
  Word first = brief->words[0];
  if (brief->word_count == 1)
    return same_word(first, last_word(full)) || same_word(first, full->words[0]) || before_particle(full, first);
  if (full->word_count > brief->word_count && ends_with(full, brief)) return true; /* "de Vries" */
  return same_word(last_word(brief), last_word(full)) && fits_initial(first, full->words[0]);
}

/* "Human Rights Watch" is HRW: first letters of its capitalised words. */
static bool initials_are(const Item *full, const char *acronym)
{
  const char *text = full->text;
  bool        start = true;
  for (size_t length; *text; text += length) {
    uint32_t code = utf8_decode(text, &length);
    if (start && unicode_is_upper(code)) {
      size_t   width;
      uint32_t expected = *acronym ? utf8_decode(acronym, &width) : 0;
      if (expected != code) return false;
      acronym += width;
    }
    start = code == ' ' || code == '-' || code == '\n';
  }
  return *acronym == '\0';
}

bool is_all_capitals(const char *text)
{
  for (size_t length; *text; text += length) {
    uint32_t code = utf8_decode(text, &length);
    if (unicode_is_word(code) && !unicode_is_upper(code)) return false;
  }
  return true;
}

static bool is_acronym(const Item *item)
{
  size_t upper = 0, length;
  for (const char *text = item->text; *text; text += length, ++upper)
    if (!unicode_is_upper(utf8_decode(text, &length))) return false;
  return upper >= 2;
}

static bool is_prefix(Word brief, Word full)
{
  return brief.bytes >= SHORTEST_CUT && brief.bytes <= full.bytes && memcmp(brief.text, full.text, brief.bytes) == 0;
}

/* "Carmel Tech" for "Carmelite Technical Institute": its words cut short, and the noun at its end left out. */
static bool cuts_short(const Mention *brief, const Mention *full)
{
  if (brief->word_count < 2 || full->word_count != brief->word_count + 1) return false;
  for (size_t i = 0; i < brief->word_count; ++i)
    if (!is_prefix(brief->words[i], full->words[i])) return false;
  return word_is_capitalised(full->item, brief->word_count);
}

static bool body_stands_for(const Mention *brief, const Mention *full)
{
  if (full->acronym && strcmp(full->acronym, brief->item->text) == 0) return true;
  if (full->alias && strcmp(full->alias, brief->key) == 0) return true;
  if (full->word_count > 1 && is_acronym(brief->item) && initials_are(full->item, brief->item->text)) return true;
  if (full->word_count <= brief->word_count) return false;
  if (cuts_short(brief, full)) return true;
  /* "Quarry Foundation" for "Quarry Foundation for the Arts": what is left out begins with a small word. */
  if (brief->word_count > 1 && begins_with(full, brief) && !word_is_capitalised(full->item, brief->word_count)) return true;
  if (!ends_with(full, brief)) return false;
  if (word_is_capitalised(full->item, full->word_count - brief->word_count - 1)) return true;
  /* "Mission to the WTO" is not the WTO; but after "Church of Marthology", "Marthology" is. */
  return brief->word_count == 1 && !is_acronym(brief->item) && full->item->span.start < brief->item->span.start;
}

/* A name that a gazetteer knows by itself stands for no longer one that it does not know as the same, but for that of
 * its country: "Council of State" for "Dutch Council of State", not "World Court" for "Cycling World Court". */
bool is_known_apart(const Corefer *c, const Mention *brief, const Mention *full)
{
  const Item *item = brief->item;
  if (item->type->corefer != COREFER_BODY || is_acronym(item)) return false;
  KnownConcept known = known_as(c->document, item->type, brief->folded);
  if (!known.vocab) return false;
  KnownConcept other = known_as(c->document, item->type, full->folded);
  if (other.vocab == known.vocab && other.concept == known.concept) return false;
  size_t bytes = strlen(brief->folded), whole = strlen(full->folded);
  bool   ends = whole > bytes && full->folded[whole - bytes - 1] == ' ' && !strcmp(full->folded + whole - bytes, brief->folded);
  return !ends || !known_home_of(c->document, known, full->folded, whole - bytes - 1);
}

/* ---- Laws ---- */

/* Digits alone, brackets and a comma beside them aside: the year of a law. */
static bool is_number(Word w)
{
  size_t digits = 0;
  for (size_t i = 0; i < w.bytes; ++i) {
    if (isdigit((unsigned char)w.text[i])) digits++;
    else if (!strchr("(),", w.text[i])) return false;
  }
  return digits > 0;
}

/* How many of its words are the law's name: not the year behind it, nor the small word before that. */
static size_t words_without_year(const Mention *m)
{
  size_t count = m->word_count;
  if (count < 2 || !is_number(m->words[count - 1])) return count;
  count--;
  while (count > 1 && !word_is_capitalised(m->item, count - 1)) count--;
  return count;
}

static bool same_but_comma(Word a, Word b)
{
  if (a.bytes && a.text[a.bytes - 1] == ',') a.bytes--;
  if (b.bytes && b.text[b.bytes - 1] == ',') b.bytes--;
  return same_word(a, b);
}

/* "Seasonal Work Act" for "Seasonal Work Act of 2019", "Penal Code" for "Provincial Penal Code" before it,
 * "Baka v. Orva" for "Baka v. Orva [2016] ...". */
static bool law_stands_for(const Mention *brief, const Mention *full)
{
  if (full->acronym && strcmp(full->acronym, brief->item->text) == 0) return true;
  if (brief->part || full->part || brief->word_count < 2) return false;
  size_t words = words_without_year(brief), of = words_without_year(full);
  if (words < 2 || of < words || (words < brief->word_count && of == full->word_count)) return false;
  if (words < brief->word_count && !same_word(last_word(brief), last_word(full))) return false;
  if (of == words && full->word_count == brief->word_count) return false;
  bool begins = true, ends = true;
  for (size_t i = 0; i < words; ++i) {
    begins = begins && same_but_comma(full->words[i], brief->words[i]);
    ends = ends && same_but_comma(full->words[of - words + i], brief->words[i]);
  }
  if (of == words) return begins;
  if (full->item->span.start >= brief->item->span.start) return false;
  if (begins) return !word_is_capitalised(full->item, words);
  return ends && word_is_capitalised(full->item, of - words - 1);
}

bool stands_for(const Mention *brief, const Mention *full)
{
  if (brief->item->type != full->item->type || brief->backref || full->backref) return false;
  switch (brief->item->type->corefer) {
  case COREFER_WORDS: return false;
  case COREFER_PERSON: return person_stands_for(brief, full);
  case COREFER_BODY: return body_stands_for(brief, full);
  case COREFER_LAW: return law_stands_for(brief, full);
  }
  return false;
}
