#include "random_rules.h"

#include <stdlib.h>
#include <string.h>

#define COUNT(list) (sizeof(list) / sizeof *(list))
#define KELVIN "\xE2\x84\xAA"
#define LONG_S "\xC5\xBF"

static uint32_t next(Choices *choices, uint32_t below)
{
  if (choices->size) {
    choices->size--;
    return (uint32_t)*choices->bytes++ % below;
  }
  choices->seed = choices->seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
  return (uint32_t)(choices->seed >> 33) % below;
}

static const char *const atoms[] = {
    "a", "b", "ab", "ba", "k", "s", "K", "B", " ", "-", "'", "1", "21", "\\.", "\xC3\xA9", "\xC3\x89", KELVIN, LONG_S, "\\d", "\\w", "\\s", ".",
    "[ab]", "[^a]", "[a-c1]", "[\\w-]", "[ \\-]", "\\b", "\\B", "^", "$", "\\A", "{Name}", "{Sub}", "{@town}", "{Sub|@town}", "{ab}",
    "(*nla:\\w)", "(*nlb:\\w)", "(*nla:[\\w'])", "(*nlb:[\\p{L}\\d])", "(*nla:a)", "(*pla:b)", "(*plb:a)", "(*pla:b|$)", "(*nlb:^)", "\\x{E9}", "abk",
    "bas 1", "ab ", " ba", "b-a",
};
static const char *const quantifiers[] = {"?", "*", "+", "{2}", "{0,2}", "{1,2}", "{0}", "+?", "*+", "??"};

static void append_pattern(Buffer *out, Choices *choices, int depth);

static void append_part(Buffer *out, Choices *choices, int depth)
{
  static const char *const openings[] = {"(?:", "(?:", "(?i:", "(?>", "(?-i:", "(?'h'", "(*pla:", "(*nla:"};
  bool group = depth && next(choices, 4) == 0;
  if (group) {
    buffer_append_string(out, openings[next(choices, COUNT(openings))]);
    append_pattern(out, choices, depth - 1);
    buffer_append_byte(out, ')');
  } else buffer_append_string(out, atoms[next(choices, COUNT(atoms))]);
  const char *end = out->data + out->size;
  bool        border = end[-1] == '^' || end[-1] == '$' || (out->size > 1 && end[-2] == '\\' && strchr("bBA", end[-1]));
  if (!border && next(choices, 5) == 0) buffer_append_string(out, quantifiers[next(choices, COUNT(quantifiers))]);
}

static void append_pattern(Buffer *out, Choices *choices, int depth)
{
  uint32_t alternatives = next(choices, 3) == 0 ? 2 : 1;
  for (uint32_t i = 0; i < alternatives; ++i) {
    if (i) buffer_append_byte(out, '|');
    for (uint32_t parts = 1 + next(choices, 4); parts; --parts) append_part(out, choices, depth);
  }
}

/* Would the loader take it? With any character for a placeholder. */
static bool compiles(const char *pattern)
{
  Buffer      plain = {0};
  int         error;
  PCRE2_SIZE  offset;
  uint32_t    empty = 1;
  for (const char *at = pattern; *at; ++at) {
    bool hex = at >= pattern + 2 && at[-1] == 'x' && at[-2] == '\\';
    bool braces = at[0] == '{' && !hex && (at[1] == '@' || (at[1] >= 'A' && at[1] <= 'z'));
    buffer_append_byte(&plain, braces ? 'x' : *at);
    if (braces) at = strchr(at, '}');
  }
  pcre2_code *code = pcre2_compile((PCRE2_SPTR)plain.data, PCRE2_ZERO_TERMINATED, PCRE2_UTF | PCRE2_UCP | PCRE2_DUPNAMES | PCRE2_NO_AUTO_CAPTURE,
                                   &error, &offset, NULL);
  if (code) pcre2_pattern_info(code, PCRE2_INFO_MATCHEMPTY, &empty);
  pcre2_code_free(code);
  buffer_free(&plain);
  bool trimmed = *pattern == ' ' || pattern[strlen(pattern) - 1] == ' ';
  return code && !empty && !trimmed && !strstr(pattern, "\\b{") && !strstr(pattern, "\\B{");
}

static void take_pattern(Buffer *pattern, Choices *choices, int depth)
{
  do {
    buffer_clear(pattern);
    append_pattern(pattern, choices, depth);
  } while (!compiles(pattern->data));
}

static void append_extras(Buffer *xml, Choices *choices)
{
  static const char *const wheres[] = {"sentence", "previous", "next", "paragraph", "section", "letter", "list"};
  static const char *const picks[] = {"before", "first", "last", "nearest"};
  Buffer pattern = {0};
  take_pattern(&pattern, choices, 1);
  if (next(choices, 5) == 0) buffer_printf(xml, "<before required=\"%s\">%s</before>", next(choices, 2) ? "yes" : "no", pattern.data);
  take_pattern(&pattern, choices, 1);
  if (next(choices, 4) == 0) buffer_printf(xml, "<unless at=\"%s\">%s</unless>", next(choices, 2) ? "unit" : "overlap", pattern.data);
  if (next(choices, 4) == 0) buffer_append_string(xml, "<set feature=\"f\" value=\"{all}\"/>");
  if (next(choices, 4) == 0)
    buffer_printf(xml, "<fill role=\"who\" from=\"Name | @town\" where=\"%s\" pick=\"%s\" required=\"%s\"/>", wheres[next(choices, COUNT(wheres))],
                  picks[next(choices, COUNT(picks))], next(choices, 2) ? "yes" : "no");
  buffer_free(&pattern);
}

static void append_rule(Buffer *xml, Choices *choices, int number)
{
  static const char *const scopes[] = {"", "", "", " scope=\"paragraph\"", " scope=\"item\"", " scope=\"paragraph notes\""};
  Buffer pattern = {0};
  take_pattern(&pattern, choices, 2);
  buffer_printf(xml, "<rule id=\"r%d\" emits=\"Hit\"%s%s><pattern>(?'all'%s)</pattern>", number, scopes[next(choices, COUNT(scopes))],
                next(choices, 6) ? "" : " absorb=\"yes\"", pattern.data);
  append_extras(xml, choices);
  buffer_append_string(xml, "<example>x</example><counter>y</counter></rule>\n");
  buffer_free(&pattern);
}

static const char *const words[] = {
    "a", "b", "ab", "ba", "abk", "bas 1", "k", "K", "S", "AB", "B", "1", "21", "7", " ", " ", " ", "-", "'", "\xE2\x80\x99", ".", ",", "|", "||", "\n", "\xC2\xA0",
    "\xC2\xAD", "\xC3\xA9", "\xC3\x89", KELVIN, LONG_S, "\xCC\x81", "_", "\xE2\x80\x9C", "Ada", "Ben", "\xC3\x89va", "Ulm", "Bad Orb", "Ada ", " Ben ", " Ulm ",
};

void random_text(Choices *choices, RandomText *made)
{
  *made->text = '\0';
  for (uint32_t count = 1 + next(choices, 24); count; --count) strcat(made->text, words[next(choices, COUNT(words))]);
  for (int u = 0; u < RANDOM_UNITS; ++u) {
    made->kinds[u] = "sssli"[next(choices, 5)];
    made->zones[u] = "bbn"[next(choices, 3)];
  }
}

enum { RULES_EACH = 8 };

void random_rules(Choices *choices, Buffer *xml)
{
  buffer_append_string(xml, "<ruleset xmlns=\"" RULES_NS "\" id=\"test\" version=\"1\">\n" RANDOM_TYPES "<phase id=\"p\">");
  for (int i = 0; i < RULES_EACH; ++i) append_rule(xml, choices, i);
  buffer_append_string(xml, "</phase><phase builtin=\"learn\" from=\"Hit\" into=\"seen\" forms=\"full last\"/><phase id=\"q\" mask=\"@seen Hit\">");
  for (int i = 0; i < 2; ++i) append_rule(xml, choices, RULES_EACH + i);
  buffer_append_string(xml, "</phase></ruleset>");
}
