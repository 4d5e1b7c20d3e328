#include "base/iri.h"

#include "base/utf8.h"

#include <string.h>

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
static bool is_alnum(char c) { return is_digit(c) || is_alpha(c); }
static bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

/* ucschar of RFC 3987 */
static bool is_iri_code(uint32_t code)
{
  if (code < 0xA0U) return false;
  if (code <= 0xD7FFU) return true;
  if (code >= 0xF900U && code <= 0xFDCFU) return true;
  if (code >= 0xFDF0U && code <= 0xFFEFU) return true;
  if (code >= 0xE0000U && code <= 0xE0FFFU) return false;
  return code >= 0x10000U && code <= 0xEFFFDU && (code & 0xFFFFU) <= 0xFFFDU;
}

static bool is_iri_ascii(char c)
{
  return is_alnum(c) || (c && strchr("-._~!$&'()*+,;=:@/?", c));
}

/* Bytes of the IRI character at `at`, or 0. */
static size_t iri_character(const char *at)
{
  if (*at == '%') return is_hex(at[1]) && is_hex(at[2]) ? 3 : 0;
  if ((unsigned char)*at < 0x80U) return is_iri_ascii(*at) ? 1 : 0;
  size_t length = utf8_sequence(at, strnlen(at, 4));
  if (!length) return 0;
  return is_iri_code(utf8_decode(at, &length)) ? length : 0;
}

/* What follows the last ':' of an authority is a port. */
static bool authority_is_valid(const char *start, const char *end)
{
  const char *host = memrchr(start, '@', (size_t)(end - start));
  host = host ? host + 1 : start;
  if (memchr(start, '@', (size_t)(host > start ? host - 1 - start : 0))) return false;
  const char *colon = memchr(host, ':', (size_t)(end - host));
  if (!colon) return true;
  for (const char *at = colon + 1; at < end; ++at)
    if (!is_digit(*at)) return false;
  return true;
}

static const char *scheme_end(const char *iri)
{
  if (!is_alpha(*iri)) return NULL;
  while (is_alnum(*iri) || *iri == '+' || *iri == '-' || *iri == '.') iri++;
  return *iri == ':' ? iri + 1 : NULL;
}

bool iri_is_valid(const char *iri)
{
  const char *at = scheme_end(iri);
  if (!at) return false;
  bool authority = at[0] == '/' && at[1] == '/';
  if (authority && !authority_is_valid(at + 2, at + 2 + strcspn(at + 2, "/?#"))) return false;
  bool fragment = false;
  while (*at) {
    size_t length = iri_character(at);
    if (*at == '#' && !fragment) fragment = true, length = 1;
    if (!length) return false;
    at += length;
  }
  return true;
}

bool iri_takes_fragment(const char *iri) { return iri_is_valid(iri) && !strchr(iri, '#'); }

const char *iri_escape(Arena *arena, const char *text)
{
  static const char digits[] = "0123456789ABCDEF";
  char             *escaped = arena_alloc(arena, 3 * strlen(text) + 1);
  if (!escaped) return NULL;
  char *to = escaped;
  for (const char *at = text; *at;) {
    size_t length = iri_character(at);
    if (*at == '%') length = 0;
    for (size_t i = 0; i < length; ++i) *to++ = *at++;
    if (length) continue;
    *to++ = '%';
    *to++ = digits[(unsigned char)*at >> 4];
    *to++ = digits[(unsigned char)*at++ & 15U];
  }
  return escaped;
}
