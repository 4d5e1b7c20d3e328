/* Words, numbers and gazetteer hits: found once a letter, before any rule. */
#include "match/run.h"

#include "base/unicode.h"
#include "base/utf8.h"

#include <string.h>

enum { MAX_HITS = 64, FIRST_YEAR = 1000, LAST_YEAR = 2199 };

typedef struct {
  Run        *run;
  const char *text;
  uint32_t    at, end; /* of the base view */
  uint32_t    unit;
  const Spoken *spoken; /* what the unit's language asks for */
} Scan;

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static void found(Scan *scan, uint16_t type, uint32_t from, uint32_t to)
{
  if (type == NO_TYPE) return;
  run_annotate(scan->run, type, (Span){from, to}, scan->unit);
}

/* ---- Gazetteers ---- */

static void take_hits(Scan *scan, const VocabHit *hits, size_t count, const NameSource *source)
{
  Run *run = scan->run;
  for (size_t i = 0; i < count; ++i) {
    uint16_t type = source ? source->list_type[hits[i].list] : (uint16_t)hits[i].list;
    if (type == NO_TYPE || hits[i].common || scan->at + hits[i].bytes > scan->end) continue;
    if (!source && !(scan->spoken->lists[type / 64] >> type % 64 & 1U)) continue;
    Annotation *hit = run_annotate(run, type, (Span){scan->at, scan->at + hits[i].bytes}, scan->unit);
    hit->concept = hits[i].concept;
    if (source) hit->source = (uint16_t)(source - run->matcher->sources);
  }
}

static void scan_gazetteers(Scan *scan, WordKey key)
{
  const Matcher *matcher = scan->run->matcher;
  VocabHit       hits[MAX_HITS];
  const char    *text = scan->text + scan->at;
  size_t         left = scan->end - scan->at;
  const Endings *endings = &scan->spoken->endings;
  take_hits(scan, hits, lexis_match(matcher->lexis, key, text, left, endings, hits, MAX_HITS), NULL);
  for (size_t i = 0; i < matcher->source_count; ++i) {
    const NameSource *source = &matcher->sources[i];
    take_hits(scan, hits, vocab_match(source->vocab, key, text, left, endings, hits, MAX_HITS), source);
  }
}

/* ---- Words ---- */

typedef struct {
  uint32_t end;
  size_t   letters, upper;
} Word;

static bool letter_follows(const Scan *scan, uint32_t at)
{
  if (at >= scan->end || is_digit(scan->text[at])) return false;
  size_t length;
  return unicode_is_word(utf8_decode(scan->text + at, &length));
}

/* A word with its inner apostrophes, hyphens and ampersands; an ending of the language stays outside. */
static Word read_word(const Scan *scan, uint32_t at)
{
  Word word = {.end = at};
  while (at < scan->end) {
    size_t   length;
    uint32_t code = utf8_decode(scan->text + at, &length);
    if (code == '\'' && term_ending_at(&scan->spoken->endings, scan->text, scan->end, at)) break;
    if (!unicode_is_word(code) && !((code == '\'' || code == '-' || code == '&') && letter_follows(scan, at + 1)))
      break;
    at += (uint32_t)length;
    word.end = at;
    word.upper += unicode_is_upper(code);
    word.letters += unicode_is_word(code) && !(code >= '0' && code <= '9');
  }
  return word;
}

static bool is_acronym(Word word) { return word.letters >= 2 && word.upper == word.letters; }

/* OSCE/ODIHR is one acronym. */
static Word read_acronym(const Scan *scan, Word word)
{
  while (is_acronym(word) && word.end + 1 < scan->end && scan->text[word.end] == '/') {
    Word next = read_word(scan, word.end + 1);
    if (!is_acronym(next)) break;
    word.end = next.end;
  }
  return word;
}

/* Known are words of the dictionary, and compounds all of whose parts are. */
static bool is_known(const Scan *scan, uint32_t from, uint32_t to)
{
  const Matcher *matcher = scan->run->matcher;
  if (matcher->dictionary < 0) return false;
  if (vocab_has(matcher->vocab, matcher->dictionary, scan->text + from, to - from)) return true;
  uint32_t part = from;
  for (uint32_t i = from; i <= to; ++i) {
    if (i < to && scan->text[i] != '-') continue;
    if (part == from && i == to) return false;
    if (!vocab_has(matcher->vocab, matcher->dictionary, scan->text + part, i - part)) return false;
    part = i + 1;
  }
  return true;
}

/* Returns where the word ends. A single letter is an initial or an article, not a word. */
static uint32_t scan_capitalised(Scan *scan)
{
  const uint16_t *types = scan->run->rules->scan;
  Word            word = read_acronym(scan, read_word(scan, scan->at));
  uint16_t        type = types[SCAN_CAPITALISED];
  if (word.letters < 2) return word.end;
  if (is_acronym(word)) type = types[SCAN_ACRONYM];
  else if (types[SCAN_UNKNOWN] != NO_TYPE && !is_known(scan, scan->at, word.end)) type = types[SCAN_UNKNOWN];
  found(scan, type, scan->at, word.end);
  return word.end;
}

/* ---- Numbers ---- */

static uint32_t read_number(const Scan *scan)
{
  uint32_t at = scan->at;
  while (at < scan->end && is_digit(scan->text[at])) {
    while (at < scan->end && is_digit(scan->text[at])) at++;
    bool grouped = at + 1 < scan->end && (scan->text[at] == ',' || scan->text[at] == '.') && is_digit(scan->text[at + 1]);
    if (grouped) at++;
  }
  return at;
}

static void scan_number(Scan *scan)
{
  const uint16_t *types = scan->run->rules->scan;
  uint32_t        end = read_number(scan);
  uint32_t        value = 0;
  bool            plain = end - scan->at == 4;
  for (uint32_t i = scan->at; plain && i < end; ++i) {
    plain = is_digit(scan->text[i]);
    value = value * 10 + (uint32_t)(scan->text[i] - '0');
  }
  bool year = plain && value >= FIRST_YEAR && value <= LAST_YEAR && types[SCAN_YEAR] != NO_TYPE;
  found(scan, types[year ? SCAN_YEAR : SCAN_NUMBER], scan->at, end);
  scan->at = end;
}

/* ---- The pass ---- */

static bool inside_word(const Scan *scan, uint32_t start)
{
  return scan->at > start + 1 && scan->text[scan->at - 1] == '\'' &&
         unicode_is_word((unsigned char)scan->text[scan->at - 2]);
}

static void keep_word(Run *run, WordKey key, uint32_t at)
{
  run->words = arena_grow(run->arena, run->words, run->word_count, &run->word_capacity, sizeof *run->words);
  run->words[run->word_count++] = (WordPlace){key, at};
}

static void scan_unit(Run *run, uint32_t unit)
{
  Span range = run->unit_base[unit];
  Scan scan = {.run = run, .text = run->base.text, .at = range.start, .end = range.end, .unit = unit};
  scan.spoken = run_spoken(run, unit);
  uint32_t word_end = range.start; /* of the capitalised word in hand: its parts are none of their own */
  while (scan.at < scan.end) {
    WordKey key = word_key(scan.text + scan.at, scan.end - scan.at);
    if (!key.bytes) {
      size_t length;
      utf8_decode(scan.text + scan.at, &length);
      scan.at += (uint32_t)length;
      continue;
    }
    uint32_t start = scan.at, next = scan.at + key.bytes;
    size_t   length;
    keep_word(run, key, start);
    if (!inside_word(&scan, range.start)) scan_gazetteers(&scan, key);
    if (is_digit(scan.text[start])) {
      scan_number(&scan);
      if (scan.at > next) next = scan.at;
    } else if (start >= word_end && unicode_is_upper(utf8_decode(scan.text + start, &length))) {
      word_end = scan_capitalised(&scan);
    }
    scan.at = next;
  }
}

void run_scan(Run *run)
{
  size_t units = run->letter->unit_count;
  run->unit_word = arena_alloc(run->arena, (units + 1) * sizeof *run->unit_word);
  for (size_t unit = 0; unit < units; ++unit) {
    run->unit_word[unit] = (uint32_t)run->word_count;
    scan_unit(run, (uint32_t)unit);
  }
  run->unit_word[units] = (uint32_t)run->word_count;
}
