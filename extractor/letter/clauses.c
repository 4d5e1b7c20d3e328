#include "letter/clauses.h"

#include "letter/chars.h"
#include "letter/lines.h"

#include <string.h>

/* The next ':' or ';' (whichever `sign` is) outside brackets and quotation marks, or `end`. */
static uint32_t find_outside(const char *text, uint32_t at, uint32_t end, char sign)
{
  int  depth = 0;
  bool quoted = false;
  for (uint32_t length; at < end; at += length) {
    length = 1;
    char byte = text[at];
    if (byte == sign && depth <= 0 && !quoted) return at;
    if (byte == '(' || byte == '[') ++depth;
    else if (byte == ')' || byte == ']') depth -= depth > 0;
    else if (byte == '"') quoted = !quoted;
    else if (byte == '\xE2' && memcmp(text + at, "\xE2\x80\x9C", 3) == 0) quoted = true, length = 3;
    else if (byte == '\xE2' && memcmp(text + at, "\xE2\x80\x9D", 3) == 0) quoted = false, length = 3;
  }
  return end;
}

/* `at` moved over the digits of a note number. */
static uint32_t skip_digits(const char *text, uint32_t at, uint32_t end)
{
  while (at < end && text[at] >= '0' && text[at] <= '9') ++at;
  return at;
}

static bool is_followed_by_space(const char *text, uint32_t at, uint32_t end)
{
  uint32_t length;
  return at == end || char_class_at(text, at, &length) == CHAR_SPACE;
}

static uint32_t word_end(const char *text, uint32_t at, uint32_t end)
{
  uint32_t length;
  while (at < end && char_is_letter(char_class_at(text, at, &length))) at += length;
  return at;
}

/* `at` moved over white space and a conjunction; `at` itself when there is none. */
static uint32_t skip_conjunction(const char *text, uint32_t at, uint32_t end, const LexiconIndex *lexicon)
{
  uint32_t start = skip_space(text, at, end), stop = word_end(text, start, end);
  if (stop == start || !is_followed_by_space(text, stop, end)) return at;
  return lexicon_word(lexicon, text + start, stop - start) & 1U << LEXICON_CONJUNCTION ? stop : at;
}

/* The end of a semicolon with its note number and conjunction, or 0 when `at` is no border. */
static uint32_t border_end(const char *text, uint32_t at, uint32_t end, const LexiconIndex *lexicon)
{
  uint32_t after = skip_digits(text, at + 1, end);
  if (!is_followed_by_space(text, after, end)) return 0;
  return skip_conjunction(text, after, end, lexicon);
}

static bool has_items(const char *text, uint32_t at, uint32_t end, const LexiconIndex *lexicon)
{
  unsigned borders = 0;
  bool     sure = false;
  Mark     mark;
  while ((at = find_outside(text, at, end, ';')) < end) {
    uint32_t after = border_end(text, at, end, lexicon), next = skip_space(text, after, end);
    if (after && next < end) {
      ++borders;
      sure |= skip_conjunction(text, at + 1, end, lexicon) != at + 1 ||
              skip_enumerator(text, next, end, &mark) != next;
    }
    if (borders > 1 || sure) return true;
    ++at;
  }
  return false;
}

/* The place of the next enumerator after `at` that follows `mark`, or `end`. */
static uint32_t find_enumerator(const char *text, uint32_t at, uint32_t end, Mark mark)
{
  for (; at + 1 < end; ++at) {
    if (text[at] != ' ' && text[at] != '\n') continue;
    Mark     next;
    uint32_t after = skip_enumerator(text, at + 1, end, &next);
    if (after > at + 1 && mark_follows(next, mark)) return at + 1;
  }
  return end;
}

static bool has_numbers(const char *text, uint32_t at, uint32_t end)
{
  Mark     mark;
  uint32_t after = skip_enumerator(text, at, end, &mark);
  return after > at && mark_is_first(mark) && find_enumerator(text, after, end, mark) < end;
}

bool clauses_find(const char *text, Span sentence, const LexiconIndex *lexicon, Span *leadin, Clauses *items)
{
  if (!memchr(text + sentence.start, ':', sentence.end - sentence.start)) return false;
  uint32_t colon = find_outside(text, sentence.start, sentence.end, ':');
  if (colon == sentence.end || colon == sentence.start) return false;
  uint32_t first = skip_space(text, colon + 1, sentence.end);
  if (first == colon + 1 || first == sentence.end) return false;
  bool stopped =
      memchr(text + first, ';', sentence.end - first) && has_items(text, first, sentence.end, lexicon);
  bool numbered = !stopped && has_numbers(text, first, sentence.end);
  if (!stopped && !numbered) return false;
  *leadin = (Span){sentence.start, colon + 1};
  *items = (Clauses){text, first, sentence.end, numbered};
  return true;
}

/* The end of a numbered item: where the next number begins. */
static uint32_t numbered_end(const Clauses *items, uint32_t start, Mark mark)
{
  return find_enumerator(items->text, start, items->end, mark);
}

/* The end of an item behind its semicolon. */
static uint32_t semicolon_end(const Clauses *items, uint32_t start, const LexiconIndex *lexicon)
{
  uint32_t end = start, after = 0;
  while ((end = find_outside(items->text, end, items->end, ';')) < items->end) {
    after = border_end(items->text, end, items->end, lexicon);
    if (after) return after;
    ++end;
  }
  return items->end;
}

bool clause_next(Clauses *items, const LexiconIndex *lexicon, Span *item)
{
  Mark     mark = {0};
  uint32_t start = skip_space(items->text, items->at, items->end);
  if (start == items->end) return false;
  start = skip_enumerator(items->text, start, items->end, &mark);
  items->at = items->numbered ? numbered_end(items, start, mark) : semicolon_end(items, start, lexicon);
  *item = (Span){start, skip_space_back(items->text, start, items->at)};
  return true;
}
