#include "vocab/term.h"

#include <string.h>

#include "base/hash.h"
#include "base/unicode.h"
#include "base/utf8.h"

enum { NO_BREAK_SPACE = 0xA0, SOFT_HYPHEN = 0xAD, NO_BREAK_HYPHEN = 0x2011, RIGHT_QUOTE = 0x2019 };

/* Lower case of ASCII letters and digits; 0 for the rest of ASCII. */
static const unsigned char ascii_word[128] = {
    ['0'] = '0', ['1'] = '1', ['2'] = '2', ['3'] = '3', ['4'] = '4', ['5'] = '5', ['6'] = '6', ['7'] = '7',
    ['8'] = '8', ['9'] = '9', ['A'] = 'a', ['B'] = 'b', ['C'] = 'c', ['D'] = 'd', ['E'] = 'e', ['F'] = 'f',
    ['G'] = 'g', ['H'] = 'h', ['I'] = 'i', ['J'] = 'j', ['K'] = 'k', ['L'] = 'l', ['M'] = 'm', ['N'] = 'n',
    ['O'] = 'o', ['P'] = 'p', ['Q'] = 'q', ['R'] = 'r', ['S'] = 's', ['T'] = 't', ['U'] = 'u', ['V'] = 'v',
    ['W'] = 'w', ['X'] = 'x', ['Y'] = 'y', ['Z'] = 'z', ['a'] = 'a', ['b'] = 'b', ['c'] = 'c', ['d'] = 'd',
    ['e'] = 'e', ['f'] = 'f', ['g'] = 'g', ['h'] = 'h', ['i'] = 'i', ['j'] = 'j', ['k'] = 'k', ['l'] = 'l',
    ['m'] = 'm', ['n'] = 'n', ['o'] = 'o', ['p'] = 'p', ['q'] = 'q', ['r'] = 'r', ['s'] = 's', ['t'] = 't',
    ['u'] = 'u', ['v'] = 'v', ['w'] = 'w', ['x'] = 'x', ['y'] = 'y', ['z'] = 'z',
};

static uint64_t hash_code(uint64_t hash, uint32_t code)
{
  char   bytes[4];
  size_t length = utf8_encode(code, bytes);
  return hash_bytes(hash, bytes, length);
}

static bool begins_upper(const char *text)
{
  size_t length;
  if (!((unsigned char)text[0] & 0x80U)) return text[0] >= 'A' && text[0] <= 'Z';
  return unicode_is_upper(utf8_decode(text, &length));
}

WordKey word_key(const char *text, size_t bytes)
{
  uint64_t hash = HASH_START;
  size_t   at = 0;
  while (at < bytes) {
    unsigned char byte = (unsigned char)text[at];
    if (byte < 0x80U) {
      byte = ascii_word[byte];
      if (!byte) break;
      hash = hash_byte(hash, byte);
      ++at;
      continue;
    }
    size_t   length;
    uint32_t code = utf8_decode(text + at, &length);
    if (!unicode_is_word(code)) break;
    hash = hash_code(hash, unicode_lower(code));
    at += length;
  }
  return (WordKey){.hash = hash, .bytes = (uint32_t)at, .upper = at && begins_upper(text)};
}

enum { WIDEST_GAP = 4 /* bytes between two words of a term */ };

bool word_key_extend(const char *text, size_t bytes, size_t *at, uint64_t *key)
{
  for (size_t start = *at; start < bytes && start <= *at + WIDEST_GAP;) {
    WordKey word = word_key(text + start, bytes - start);
    if (word.bytes) {
      *at = start + word.bytes;
      *key = (*key << 7 | *key >> 57) * UINT64_C(0x9E3779B97F4A7C15) ^ word.hash;
      return true;
    }
    size_t length;
    utf8_decode(text + start, &length);
    start += length;
  }
  return false;
}

static bool is_space(uint32_t code)
{
  return code == ' ' || (code >= '\t' && code <= '\r') || code == 0x85 || code == NO_BREAK_SPACE ||
         code == 0x1680 || (code >= 0x2000 && code <= 0x200A) || code == 0x2028 || code == 0x2029 ||
         code == 0x202F || code == 0x205F || code == 0x3000;
}

void term_fold(Buffer *out, const char *term, size_t bytes, bool lower)
{
  size_t start = out->size;
  bool   space = false;
  for (size_t at = 0, length; at < bytes; at += length) {
    uint32_t code = utf8_decode(term + at, &length);
    if (code == SOFT_HYPHEN) continue;
    if (is_space(code)) {
      space = true;
      continue;
    }
    if (code == RIGHT_QUOTE) code = '\'';
    if (code == NO_BREAK_HYPHEN) code = '-';
    if (lower) code = unicode_lower(code);
    if (space && out->size > start) buffer_append_byte(out, ' ');
    space = false;
    char   encoded[4];
    size_t width = utf8_encode(code, encoded);
    buffer_append(out, encoded, width);
  }
}

static bool word_begins(const char *text, size_t bytes, size_t at, uint32_t *code)
{
  size_t length;
  if (at >= bytes) return false;
  *code = utf8_decode(text + at, &length);
  return unicode_is_word(*code);
}

/* Bytes of text that equal the lower-case term, or 0. */
static size_t equal_folded(const char *term, size_t term_bytes, const char *text, size_t bytes)
{
  size_t at = 0, i = 0;
  while (i < term_bytes) {
    if (at >= bytes) return 0;
    unsigned char byte = (unsigned char)text[at];
    if (byte < 0x80U) {
      unsigned char low = byte >= 'A' && byte <= 'Z' ? (unsigned char)(byte | 0x20U) : byte;
      if (low != (unsigned char)term[i]) return 0;
      ++at;
      ++i;
      continue;
    }
    size_t   length, term_length;
    uint32_t code = utf8_decode(text + at, &length);
    if (unicode_lower(code) != utf8_decode(term + i, &term_length)) return 0;
    at += length;
    i += term_length;
  }
  return at;
}

bool term_ending_at(const Endings *endings, const char *text, size_t bytes, size_t at)
{
  for (size_t i = 0; endings && i < endings->count; ++i) {
    const char *ending = endings->terms[i];
    size_t      length = equal_folded(ending, strlen(ending), text + at, bytes - at);
    uint32_t    code;
    if (length && !word_begins(text, bytes, at + length, &code)) return true;
  }
  return false;
}

static bool word_ends(const char *text, size_t bytes, size_t at, const Endings *endings)
{
  uint32_t code;
  if (at >= bytes) return true;
  switch (text[at]) {
  case ' ': return true;
  case '\'':
    return !word_begins(text, bytes, at + 1, &code) || term_ending_at(endings, text, bytes, at);
  case '-':
    return !word_begins(text, bytes, at + 1, &code) ||
           !(unicode_is_upper(code) || (code >= '0' && code <= '9'));
  default: return !word_begins(text, bytes, at, &code);
  }
}

size_t term_at(const char *term, size_t term_bytes, bool fold, const char *text, size_t bytes, const Endings *endings)
{
  size_t length;
  if (fold) {
    length = equal_folded(term, term_bytes, text, bytes);
    if (!length) return 0;
  } else {
    if (term_bytes > bytes || memcmp(term, text, term_bytes) != 0) return 0;
    length = term_bytes;
  }
  return word_ends(text, bytes, length, endings) ? length : 0;
}

size_t hits_add(VocabHit *hits, size_t count, size_t max, VocabHit hit)
{
  for (size_t i = 0; i < count; ++i) {
    if (hits[i].list != hit.list) continue;
    if (hits[i].bytes >= hit.bytes) return count;
    memmove(&hits[i], &hits[i + 1], (count - i - 1) * sizeof *hits);
    --count;
    break;
  }
  size_t place = count;
  while (place && (hits[place - 1].bytes < hit.bytes ||
                   (hits[place - 1].bytes == hit.bytes && hits[place - 1].list > hit.list)))
    --place;
  if (place >= max) return count;
  if (count == max) --count;
  memmove(&hits[place + 1], &hits[place], (count - place) * sizeof *hits);
  hits[place] = hit;
  return count + 1;
}
