#include "graph/identifier.h"

#include "base/utf8.h"
#include "graph/term.h"

#include <stdlib.h>
#include <string.h>

static int hex_value(char c)
{
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

static bool read_digest(const char *digits, unsigned char digest[SHA256_BYTES])
{
  if (strlen(digits) != SHA256_HEX) return false;
  for (size_t i = 0; i < SHA256_BYTES; ++i) {
    int high = hex_value(digits[2 * i]), low = hex_value(digits[2 * i + 1]);
    if (high < 0 || low < 0) return false;
    digest[i] = (unsigned char)(high << 4 | low);
  }
  return true;
}

/* base64url without padding, RFC 4648 section 5 */
static void base64url(const unsigned char *bytes, size_t size, char *out)
{
  static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  unsigned          bits = 0, held = 0;
  for (size_t i = 0; i < size; ++i) {
    bits = bits << 8 | bytes[i];
    for (held += 8; held >= 6; held -= 6) *out++ = digits[bits >> (held - 6) & 63U];
  }
  if (held) *out++ = digits[bits << (6 - held) & 63U];
  *out = '\0';
}

const char *ni_name(Arena *arena, const char *sha256_digits)
{
  unsigned char digest[SHA256_BYTES];
  char          encoded[2 * SHA256_BYTES];
  if (!read_digest(sha256_digits, digest)) return NULL;
  base64url(digest, SHA256_BYTES, encoded);
  return arena_printf(arena, "ni:///sha-256;%s", encoded);
}

ClaimantStatus letter_iri(Arena *arena, const char *doc_iri, const char *base, const char *sha256_digits,
                          const char **iri)
{
  unsigned char digest[SHA256_BYTES];
  if (!read_digest(sha256_digits, digest)) return CLAIMANT_BAD_ARGUMENT;
  const char *made = doc_iri;
  if (!made) made = base ? arena_printf(arena, "%s%s", base, sha256_digits) : ni_name(arena, sha256_digits);
  if (!made) return CLAIMANT_NO_MEMORY;
  if (!iri_takes_fragment(made)) return CLAIMANT_BAD_ARGUMENT;
  *iri = made;
  return CLAIMANT_OK;
}

const char *fragment_name(Arena *arena, const char *kind, const char *text, unsigned ordinal)
{
  char        hex[SHA256_HEX + 1];
  const char *hashed = arena_printf(arena, "%s\n%s\n%u", kind, text, ordinal);
  if (!hashed) return NULL;
  sha256_hex(hashed, strlen(hashed), hex);
  return arena_printf(arena, "%s-%.*s", kind, FRAGMENT_HASH, hex);
}

typedef struct {
  const char *text;
  size_t      index;
} PlacedText;

static int compare_places(const void *left, const void *right)
{
  const PlacedText *a = left, *b = right;
  int          order = strcmp(a->text, b->text);
  if (order) return order;
  return a->index < b->index ? -1 : a->index > b->index;
}

const char **fragment_names(Arena *arena, const char *kind, const char *const *texts, size_t count)
{
  const char **names = arena_alloc(arena, (count + 1) * sizeof *names);
  PlacedText  *places = arena_alloc(arena, (count + 1) * sizeof *places);
  if (!names || !places) return NULL;
  for (size_t i = 0; i < count; ++i) places[i] = (PlacedText){texts[i], i};
  qsort(places, count, sizeof *places, compare_places);
  unsigned ordinal = 1;
  for (size_t i = 0; i < count; ++i) {
    ordinal = i && !strcmp(places[i - 1].text, places[i].text) ? ordinal + 1 : 1;
    const char *name = fragment_name(arena, kind, places[i].text, ordinal);
    if (!name) return NULL;
    names[places[i].index] = name;
  }
  return names;
}

static bool is_space(uint32_t code)
{
  if (code == ' ' || (code >= 0x09U && code <= 0x0DU)) return true;
  if (code < 0x85U) return false;
  return code == 0x85U || code == 0xA0U || code == 0x1680U || (code >= 0x2000U && code <= 0x200AU) ||
         code == 0x2028U || code == 0x2029U || code == 0x202FU || code == 0x205FU || code == 0x3000U;
}

const char *collapse_space(Arena *arena, const char *text, size_t bytes)
{
  char *collapsed = arena_alloc(arena, bytes + 1);
  if (!collapsed) return NULL;
  char *to = collapsed;
  bool  space = false;
  for (size_t at = 0, length = 0; at < bytes; at += length) {
    if (is_space(utf8_decode(text + at, &length))) {
      space = to > collapsed;
      continue;
    }
    if (space) *to++ = ' ';
    space = false;
    memcpy(to, text + at, length);
    to += length;
  }
  *to = '\0';
  return collapsed;
}
