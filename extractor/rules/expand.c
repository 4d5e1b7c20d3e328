/* Patterns: {Type}, {A|B}, {@list} and {macro} taken out, then compiled by PCRE2. */
#include "rules/loader.h"

#include "base/language.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { MAX_DEPTH = 32, MAX_EXPANDED = 1 << 20, MAX_SOURCE = 1 << 17, SHARE_ABOVE = 8192, SHORT_MACRO = 100, MAX_NESTING = 250 };

/* A macro that a large pattern defines once and calls, since PCRE2 limits the compiled size. */
typedef struct Shared {
  const Macro   *macro;
  const char    *text; /* expanded */
  struct Shared *next; /* defined before this one */
} Shared;

typedef struct {
  Loader     *loader;
  const char *language; /* of the rule, or NULL: what names mean */
  Declaration at;
  Buffer     *out;
  uint64_t   *types; /* named so far */
  int         depth;
  bool        sharing;
  bool        caseless; /* inside (?i: a macro is not shared, since a call would not be caseless */
  Shared     *shared;
} Expansion;

static void expand(Expansion *x, const char *text);

static void append_code(Buffer *out, uint16_t type) { buffer_printf(out, "\\x{%x}", PLACEHOLDER_FIRST + type); }

static void see(Expansion *x, uint16_t type) { x->types[type / 64] |= UINT64_C(1) << (type % 64); }

/* {A|B|@c}: one character class of all their subtypes, or of those that pass its test. */
static void expand_types(Expansion *x, const char *names)
{
  const char **parts;
  size_t       count = split(x->loader, names, "|", &parts), codes = 0;
  size_t       start = x->out->size;
  buffer_append_byte(x->out, '[');
  for (size_t i = 0; i < count; ++i) {
    PlaceholderTest test;
    const Type     *type = read_placeholder(x->loader, x->at, parts[i], x->language, &test);
    for (size_t j = 0; type && j < type->below_count; ++j) {
      see(x, type->below[j]);
      if (!placeholder_has(x->loader->rules, &test, type->below[j])) continue;
      append_code(x->out, type->below[j]);
      codes++;
    }
  }
  buffer_append_byte(x->out, ']');
  if (!codes) x->out->size = start;
}

static Macro *find_macro(Expansion *x, const char *name)
{
  Loader *loader = x->loader;
  Macro  *best = NULL;
  size_t  fit = 0;
  for (size_t i = 0; i < loader->macro_count; ++i) {
    if (strcmp(loader->macros[i].name, name) != 0) continue;
    size_t fits = language_fit(loader->macros[i].language, x->language);
    if (!best || fits > fit) best = &loader->macros[i], fit = fits;
  }
  if (best) return best;
  const char **names = arena_alloc(loader->arena, (loader->macro_count + 1) * sizeof *names);
  for (size_t i = 0; i < loader->macro_count; ++i) names[i] = loader->macros[i].name;
  const char *near = nearest(name, names, loader->macro_count);
  fault(loader, x->at, "unknown-macro", "the macro {%s} is not declared%s%s%s", name, near ? "; did you mean {" : "",
        near ? near : "", near ? "}?" : "");
  return NULL;
}

static void expand_inside(Expansion *x, Macro *macro)
{
  bool caseless = x->caseless;
  macro->open = true;
  x->depth++;
  expand(x, macro->text);
  x->depth--;
  macro->open = false;
  x->caseless = caseless;
}

static bool has_names(const char *text) { return strstr(text, "(?'") != NULL || strstr(text, "(?P<") != NULL; }

/* Its definition, made on first use; NULL for a macro that is better written out. */
static const Shared *share(Expansion *x, Macro *macro)
{
  for (const Shared *s = x->shared; s; s = s->next)
    if (s->macro == macro) return s->text ? s : NULL;
  Buffer  own = {0}, *out = x->out;
  Shared *made = arena_alloc(x->loader->arena, sizeof *made);
  x->out = &own;
  expand_inside(x, macro);
  x->out = out;
  *made = (Shared){.macro = macro, .next = x->shared};
  if (own.size >= SHORT_MACRO && !has_names(own.data)) made->text = arena_copy(x->loader->arena, own.data, own.size);
  x->shared = made;
  buffer_free(&own);
  return made->text ? made : NULL;
}

static void expand_macro(Expansion *x, const char *name)
{
  Macro *macro = find_macro(x, name);
  if (!macro) return;
  macro->used = true;
  if (macro->open) {
    fault(x->loader, x->at, "macro-cycle", "the macro {%s} holds itself, directly or through others", name);
    return;
  }
  if (x->depth >= MAX_DEPTH) {
    fault(x->loader, x->at, "too-deep", "macros are nested more than %d deep at {%s}", MAX_DEPTH, name);
    return;
  }
  if (x->sharing && !x->caseless && share(x, macro)) {
    buffer_printf(x->out, "(?P>_%zu)", (size_t)(macro - x->loader->macros));
    return;
  }
  buffer_append_string(x->out, "(?:");
  expand_inside(x, macro);
  buffer_append_byte(x->out, ')');
}

/* Groups with the number of the macro for a name: macros' own names may be too long, or have hyphens. */
static void define_shared(const Expansion *x, Buffer *out, const Shared *shared)
{
  if (!shared) return;
  define_shared(x, out, shared->next);
  if (shared->text) buffer_printf(out, "(?'_%zu'%s)", (size_t)(shared->macro - x->loader->macros), shared->text);
}

/* Bytes of the character class at `text`, brackets included. */
static size_t class_length(const char *text)
{
  size_t i = 1;
  if (text[i] == '^') i++;
  if (text[i] == ']') i++;
  for (; text[i] && text[i] != ']'; ++i) {
    if (text[i] == '\\' && text[i + 1]) i++;
    else if (text[i] == '[' && text[i + 1] == ':') {
      size_t end = i + 2 + strspn(text + i + 2, "^abcdefghijklmnopqrstuvwxyz"); /* [:alpha:] and the like */
      if (text[end] == ':' && text[end + 1] == ']') i = end + 1;
    }
  }
  return text[i] ? i + 1 : i;
}

/* \x{...}, \p{...} and the like own their braces; other escapes are two bytes. */
static size_t escape_length(const char *text)
{
  if (text[1] && strchr("pPxogkN", text[1]) && text[2] == '{') {
    const char *end = strchr(text, '}');
    if (end) return (size_t)(end - text) + 1;
  }
  return text[1] ? 2 : 1;
}

static void forbid(Expansion *x, const char *text)
{
  if (strncmp(text, "(?<", 3) == 0)
    fault(x->loader, x->at, "forbidden", "write (?'name'...) for a group, (*plb:...) or (*nlb:...) for a look-behind, not (?<");
  if (text[0] == '\\' && text[1] >= '1' && text[1] <= '9')
    fault(x->loader, x->at, "forbidden", "\\%c: groups have names here, write \\k'name'", text[1]);
  if (text[0] == '\\' && text[1] == 'b' && text[2] == '{' && (isupper((unsigned char)text[3]) || text[3] == '@'))
    fault(x->loader, x->at, "border-at-placeholder",
          "\\b beside {Type} never matches after a space: a placeholder is a whole word already, take the \\b out");
}

/* "(?i:" and "(?i)": does the group, or what is left of it, ignore case? */
static bool sets_caseless(const char *text, bool now)
{
  if (strncmp(text, "(?", 2) != 0) return now;
  size_t length = strspn(text + 2, "imsxnJU-");
  if (text[2 + length] != ':' && text[2 + length] != ')') return now;
  const char *minus = memchr(text + 2, '-', length), *i = memchr(text + 2, 'i', length);
  return i ? !(minus && minus < i) : now;
}

/* \d is an ASCII digit: what every rule means, and what PCRE2 finds fast. */
static void append_class(Buffer *out, const char *text, size_t length)
{
  for (size_t i = 0; i < length; ++i) {
    bool escape = text[i] == '\\' && i + 1 < length;
    if (escape && text[i + 1] == 'd') buffer_append_string(out, "0-9");
    else buffer_append(out, text + i, escape ? 2 : 1);
    i += escape;
  }
}

static void append_atom(Buffer *out, const char *text, size_t length)
{
  if (*text == '[') append_class(out, text, length);
  else if (length == 2 && text[0] == '\\' && text[1] == 'd') buffer_append_string(out, "[0-9]");
  else buffer_append(out, text, length);
}

static void expand(Expansion *x, const char *text)
{
  bool   outer[MAX_NESTING];
  size_t nesting = 0;
  while (*text && x->out->size < MAX_EXPANDED) {
    size_t length = 1;
    forbid(x, text);
    if (*text == '\\') length = escape_length(text);
    else if (*text == '[') length = class_length(text);
    else if (*text == '(') {
      bool whole = strncmp(text, "(?", 2) == 0 && text[2 + strspn(text + 2, "imsxnJU-")] == ')';
      bool inner = sets_caseless(text, x->caseless);
      if (nesting < MAX_NESTING) outer[nesting++] = whole ? inner : x->caseless;
      x->caseless = inner;
    } else if (*text == ')' && nesting) x->caseless = outer[--nesting];
    else if (*text == '{' && (isalpha((unsigned char)text[1]) || text[1] == '@')) {
      const char *end = strchr(text, '}');
      if (!end) {
        fault(x->loader, x->at, "open-brace", "{ without } in the pattern: \"%.40s\"", text);
        return;
      }
      const char *name = intern(x->loader->rules->names, text + 1, (size_t)(end - text) - 1);
      if (islower((unsigned char)*name)) expand_macro(x, name);
      else expand_types(x, name);
      text = end + 1;
      continue;
    }
    append_atom(x->out, text, length);
    text += length;
  }
}

/* ---- Compiling ---- */

static void report_compile_error(Loader *loader, Declaration at, const char *expanded, int code, size_t offset)
{
  PCRE2_UCHAR message[256];
  pcre2_get_error_message(code, message, sizeof message);
  size_t from = offset > 40 ? offset - 40 : 0;
  while (from && ((unsigned char)expanded[from] & 0xC0U) == 0x80U) from--;
  fault(loader, at, "bad-pattern", "the pattern does not compile: %s, here: %s%.*s >>> %.40s", (char *)message,
        from ? "..." : "", (int)(offset - from), expanded + from, expanded + offset);
}

static bool few_groups(Loader *loader, Declaration at, const pcre2_code *code)
{
  uint32_t count = 0;
  pcre2_pattern_info(code, PCRE2_INFO_CAPTURECOUNT, &count);
  if (count > PATTERN_GROUPS)
    fault(loader, at, "too-large", "the pattern has %u groups, macros that a large pattern shares included; %d is the most",
          count, PATTERN_GROUPS);
  return count <= PATTERN_GROUPS;
}

static void read_groups(Loader *loader, Pattern *pattern)
{
  uint32_t  count = 0, entry = 0;
  PCRE2_SPTR table = NULL;
  pcre2_pattern_info(pattern->code, PCRE2_INFO_NAMECOUNT, &count);
  pcre2_pattern_info(pattern->code, PCRE2_INFO_NAMEENTRYSIZE, &entry);
  pcre2_pattern_info(pattern->code, PCRE2_INFO_NAMETABLE, &table);
  pattern->groups = arena_alloc(loader->arena, (count + 1) * sizeof *pattern->groups);
  for (uint32_t i = 0; i < count; ++i) {
    PCRE2_SPTR  row = table + (size_t)i * entry;
    const char *name = (const char *)row + 2;
    if (*name == '_') continue; /* a shared macro */
    Group       group = {intern(loader->rules->names, name, strlen(name)), (uint32_t)row[0] << 8 | row[1]};
    size_t      at = pattern->group_count++;
    for (; at && pattern->groups[at - 1].number > group.number; --at) pattern->groups[at] = pattern->groups[at - 1];
    pattern->groups[at] = group;
  }
}

static pcre2_code *compile(Loader *loader, Declaration at, const char *expanded, Anchor anchor)
{
  uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_DUPNAMES | PCRE2_NO_AUTO_CAPTURE | PCRE2_DOLLAR_ENDONLY |
                     PCRE2_NEVER_BACKSLASH_C | (anchor == ANCHOR_START ? PCRE2_ANCHORED : PCRE2_USE_OFFSET_LIMIT);
  int         error;
  PCRE2_SIZE  offset;
  pcre2_code *code = regex_compile(expanded, PCRE2_ZERO_TERMINATED, options, &error, &offset);
  if (!code && regex_no_memory(error)) arena_alloc(loader->arena, SIZE_MAX);
  if (!code) report_compile_error(loader, at, expanded, error, offset);
  return code;
}

static bool matches_nothing(Loader *loader, const pcre2_code *code)
{
  pcre2_match_data *data = regex_match_data(1);
  int               found = data ? pcre2_match(code, (PCRE2_SPTR) "", 0, 0, 0, data, NULL) : PCRE2_ERROR_NOMEMORY;
  pcre2_match_data_free(data);
  if (regex_no_memory(found)) arena_alloc(loader->arena, SIZE_MAX);
  return found >= 0;
}

/* PCRE2 takes what is called, as shared macros are, for possibly empty: that is tried out. */
static bool never_empty(Loader *loader, Declaration at, const pcre2_code *code, bool calls)
{
  uint32_t empty = 0;
  pcre2_pattern_info(code, PCRE2_INFO_MATCHEMPTY, &empty);
  if (empty && calls) empty = matches_nothing(loader, code);
  if (empty) fault(loader, at, "empty-match", "the pattern can match nothing at all; make one part of it required");
  return !empty;
}

/* The pattern with everything in braces taken out, in the loader's scratch buffer. */
static void expand_whole(Expansion *x, const char *source, Anchor anchor)
{
  Buffer body = {0};
  buffer_clear(x->out);
  Buffer *out = x->out;
  x->out = &body;
  expand(x, source);
  x->out = out;
  if (x->shared) {
    buffer_append_string(out, "(?(DEFINE)");
    define_shared(x, out, x->shared);
    buffer_append_byte(out, ')');
  }
  buffer_append_string(out, anchor == ANCHOR_END ? "(?:" : "");
  buffer_append(out, body.data ? body.data : "", body.size);
  buffer_append_string(out, anchor == ANCHOR_END ? ")\\z" : "");
  buffer_free(&body);
}

/* With macros shared where it would be too large without; the shared ones are in `x`. False: it has faults. */
static bool expand_pattern(Expansion *x, const char *source, Anchor anchor)
{
  size_t faults = x->loader->diagnostics->errors;
  expand_whole(x, source, anchor);
  if (x->out->size > SHARE_ABOVE && x->loader->diagnostics->errors == faults) {
    x->sharing = true;
    expand_whole(x, source, anchor);
  }
  if (x->out->size >= MAX_EXPANDED)
    fault(x->loader, x->at, "too-large", "the pattern is larger than %d bytes with its macros", MAX_EXPANDED);
  return x->loader->diagnostics->errors == faults;
}

Pattern *load_variant(Loader *loader, const Pattern *original, const char *source)
{
  Pattern  *pattern = arena_alloc(loader->arena, sizeof *pattern);
  Expansion x = {.loader = loader, .language = original->language, .out = &loader->scratch};
  *pattern = (Pattern){.source = source, .language = original->language, .line = original->line, .anchor = original->anchor, .types = original->types};
  pattern->ordinal = original->ordinal;
  x.types = arena_alloc(loader->arena, loader->rules->view_words * sizeof *x.types);
  if (!expand_pattern(&x, source, original->anchor)) return NULL;
  pattern->expanded = arena_copy(loader->arena, x.out->data, x.out->size);
  if (strcmp(pattern->expanded, original->expanded) == 0) return pattern;
  pattern->code = compile(loader, x.at, pattern->expanded, original->anchor);
  if (!pattern->code) return NULL;
  read_groups(loader, pattern);
  return pattern;
}

Pattern *load_pattern(Loader *loader, Declaration at, const char *source, Anchor anchor)
{
  Pattern         *pattern = arena_alloc(loader->arena, sizeof *pattern);
  CompiledPattern *entry = arena_alloc(loader->arena, sizeof *entry);
  Expansion x = {.loader = loader, .language = language_of(loader, at), .at = at, .out = &loader->scratch};
  pattern->language = x.language;
  pattern->types = x.types = arena_alloc(loader->arena, loader->rules->view_words * sizeof *x.types);
  pattern->source = source;
  pattern->line = (size_t)xmlGetLineNo(at.node);
  pattern->anchor = anchor;
  if (strlen(source) > MAX_SOURCE) {
    fault(loader, at, "too-large", "a pattern may have %d bytes at most", MAX_SOURCE);
    return NULL;
  }
  if (!expand_pattern(&x, source, anchor)) return NULL;
  pattern->expanded = arena_copy(loader->arena, x.out->data, x.out->size);
  *entry = (CompiledPattern){pattern, loader->compiled};
  loader->compiled = entry;
  pattern->code = compile(loader, at, pattern->expanded, anchor);
  if (!pattern->code) return NULL;
  bool good = few_groups(loader, at, pattern->code);
  if (anchor == ANCHOR_NONE) good = never_empty(loader, at, pattern->code, x.shared != NULL) && good;
  if (!good) return NULL;
  read_groups(loader, pattern);
  if (anchor != ANCHOR_START) trigger_derive(loader->arena, pattern->expanded, &pattern->trigger, &pattern->starts);
  return pattern;
}
