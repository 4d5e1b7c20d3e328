#include "base/language.h"

#include <string.h>

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
static bool is_alnum(char c) { return is_alpha(c) || is_digit(c); }

typedef enum { TAG_LANGUAGE, TAG_SCRIPT, TAG_REGION, TAG_VARIANT, TAG_EXTENSION, TAG_PRIVATE } TagStage;

static bool all_alpha(const char *text, size_t length)
{
  for (size_t i = 0; i < length; ++i)
    if (!is_alpha(text[i])) return false;
  return true;
}

static bool all_alnum(const char *text, size_t length)
{
  for (size_t i = 0; i < length; ++i)
    if (!is_alnum(text[i])) return false;
  return true;
}

static bool all_digits(const char *text, size_t length)
{
  for (size_t i = 0; i < length; ++i)
    if (!is_digit(text[i])) return false;
  return true;
}

static bool is_variant(const char *text, size_t length)
{
  return length >= 5 || (length == 4 && is_digit(text[0]));
}

/* Whether the subtag may stand after `*stage`; moves the stage on. */
static bool next_subtag(TagStage *stage, const char *text, size_t length)
{
  if (*stage == TAG_PRIVATE) return true;
  if (length == 1) {
    *stage = text[0] == 'x' || text[0] == 'X' ? TAG_PRIVATE : TAG_EXTENSION;
    return true;
  }
  if (*stage == TAG_EXTENSION) return true;
  if (*stage == TAG_LANGUAGE && length == 3 && all_alpha(text, 3)) return true; /* extended language */
  if (*stage < TAG_SCRIPT && length == 4 && all_alpha(text, 4)) return *stage = TAG_SCRIPT, true;
  bool region = (length == 2 && all_alpha(text, 2)) || (length == 3 && all_digits(text, 3));
  if (*stage < TAG_REGION && region) return *stage = TAG_REGION, true;
  if (is_variant(text, length)) return *stage = TAG_VARIANT, true;
  return false;
}

bool language_is_valid(const char *tag)
{
  size_t length = strcspn(tag, "-");
  if (length < 2 || length > 8 || !all_alpha(tag, length)) return false;
  TagStage stage = TAG_LANGUAGE;
  bool     opened = false; /* a singleton that still needs its subtag */
  while (tag[length]) {
    tag += length + 1;
    length = strcspn(tag, "-");
    if (!length || length > 8 || !all_alnum(tag, length)) return false;
    if (opened && length == 1 && stage == TAG_EXTENSION) return false;
    opened = length == 1 && (stage != TAG_PRIVATE);
    if (!next_subtag(&stage, tag, length)) return false;
  }
  return !opened;
}

static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c; }

bool language_covers(const char *range, const char *tag)
{
  while (*range && lower(*range) == lower(*tag)) range++, tag++;
  return !*range && (!*tag || *tag == '-');
}

size_t language_fit(const char *declared, const char *tag)
{
  if (!declared) return 1;
  return tag && language_covers(declared, tag) ? 1 + strlen(declared) : 0;
}
