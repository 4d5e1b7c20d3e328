/* What a rule file may say and hardly means: told with advice once everything else is in order. */
#include "rules/lint.h"
#include "rules/source_map.h"

#include <ctype.h>
#include <string.h>

enum { MAX_NESTING = 250, MAX_ITEMS = 256, MAX_WORDS = 64, MAX_BYTES = 80, SHOWN_BYTES = 80 };

typedef struct {
  Loader     *loader;
  const Rule *rule; /* NULL: a macro */
  const char *file;
  size_t      line;
  const char *what; /* "the macro {x}", "the pattern" */
} Lint;

static void tell(const Lint *lint, ClaimantSeverity severity, const char *code, const char *message)
{
  Place place = {.file = lint->file, .line = lint->line, .rule = lint->rule ? lint->rule->id : NULL};
  diagnostics_add(lint->loader->diagnostics, severity, code, place, "%s", message);
}

static void warn(const Lint *lint, const char *code, const char *message) { tell(lint, CLAIMANT_WARNING, code, message); }

/* For "%.*s": at most so many bytes of whole characters. */
static int shown(const char *text, size_t bytes)
{
  if (bytes > SHOWN_BYTES) bytes = SHOWN_BYTES;
  while (bytes && ((unsigned char)text[bytes] & 0xC0U) == 0x80U) bytes--;
  return (int)bytes;
}

/* ---- Quantifiers and groups ---- */

typedef struct {
  size_t bytes;
  bool   many;      /* it may repeat */
  bool   unbounded; /* and has no upper limit */
} Quantifier;

static Quantifier quantifier_at(const char *text)
{
  Quantifier q = {0};
  if (*text == '*' || *text == '+') q = (Quantifier){1, true, true};
  else if (*text == '?') q.bytes = 1;
  else if (*text == '{' && isdigit((unsigned char)text[1])) {
    size_t low = 1 + strspn(text + 1, "0123456789");
    size_t high = text[low] == ',' ? low + 1 : low;
    size_t end = high + (text[low] == ',' ? strspn(text + high, "0123456789") : 0);
    const char *last = text[low] == ',' ? text + high : text + 1;
    if (text[end] != '}') return q;
    q.bytes = end + 1;
    q.unbounded = text[low] == ',' && end == high;
    q.many = q.unbounded || strspn(last, "0123456789") > 1 || *last > '1';
  }
  if (q.bytes && (text[q.bytes] == '?' || text[q.bytes] == '+')) q.bytes++;
  return q;
}

/* Bytes of one item that is no group: a character, class or escape. */
static size_t item_bytes(const char *text)
{
  if (*text == '\\') return escape_bytes(text);
  if (*text == '[') return class_bytes(text);
  size_t length = 1;
  while (((unsigned char)text[length] & 0xC0U) == 0x80U) length++;
  return length;
}

/* ---- Classes ---- */

/* The item at `text` of a class: a character, an escape, [:name:], or a range of them. */
static size_t class_item_bytes(const char *text)
{
  size_t length = 1;
  if (*text == '\\') length = escape_bytes(text);
  else if (*text == '[' && text[1] == ':') length = strcspn(text, "]") + 1;
  else length = item_bytes(*text == '[' ? "x" : text);
  if (text[length] == '-' && text[length + 1] && text[length + 1] != ']')
    length += 1 + (text[length + 1] == '\\' ? escape_bytes(text + length + 1) : item_bytes(text[length + 1] == '[' ? "x" : text + length + 1));
  return length;
}

static bool has_placeholder(const char *text, size_t bytes)
{
  for (size_t i = 1; i + 2 < bytes; i += text[i] == '\\' ? escape_bytes(text + i) : 1)
    if (text[i] == '{' && (isalpha((unsigned char)text[i + 1]) || text[i + 1] == '@') && memchr(text + i, '}', bytes - i)) return true;
  return false;
}

static void lint_class(const Lint *lint, const char *text, size_t bytes)
{
  Span   items[MAX_ITEMS];
  size_t count = 0, at = 1 + (text[1] == '^');
  if (has_placeholder(text, bytes)) {
    warn(lint, "placeholder-in-class",
         arena_printf(lint->loader->arena, "%s has a placeholder in %.*s, where it is so many letters; write (?:[...]|{Type})", lint->what,
                      shown(text, bytes), text));
    return;
  }
  while (at + 1 < bytes && count < MAX_ITEMS) {
    size_t length = class_item_bytes(text + at);
    for (size_t i = 0; i < count; ++i) {
      if (items[i].end - items[i].start != length || memcmp(text + items[i].start, text + at, length)) continue;
      warn(lint, "repeated-item",
           arena_printf(lint->loader->arena, "%s has \"%.*s\" twice in %.*s: a class stands for one character; take one out, or write {2}",
                        lint->what, shown(text + at, length), text + at, shown(text, bytes), text));
      return;
    }
    items[count++] = (Span){(uint32_t)at, (uint32_t)(at + length)};
    at += length;
  }
}

/* ---- Sources ---- */

static bool is_numbered_call(const char *text)
{
  if (strncmp(text, "(?", 2) == 0) {
    size_t sign = text[2] == '+' || text[2] == '-';
    return (isdigit((unsigned char)text[2 + sign]) || text[2] == 'R') && text[2 + sign + strspn(text + 2 + sign, "0123456789R")] == ')';
  }
  if (strncmp(text, "\\g", 2) != 0) return false;
  text += 2 + (text[2] == '{' || text[2] == '\'');
  return isdigit((unsigned char)text[*text == '-' || *text == '+']);
}

/* "\\k'x'" behind "(?'x'{Type})": it means the type, and is hardly meant to. */
static void lint_back_reference(const Lint *lint, const char *source, const char *text)
{
  if (strncmp(text, "\\k'", 3) != 0) return;
  size_t      bytes = strcspn(text + 3, "'");
  const char *open = arena_printf(lint->loader->arena, "(?'%.*s'{", (int)bytes, text + 3), *at = strstr(source, open);
  if (!at) return;
  at += strlen(open);
  if (!isupper((unsigned char)*at) && *at != '@') return;
  at += strcspn(at, "}");
  if (at[0] != '}' || at[1] != ')') return;
  warn(lint, "same-type",
       arena_printf(lint->loader->arena,
                    "\\k'%.*s' in %s matches any placeholder of the same type, not the same one again; take it out, or name the type",
                    (int)bytes, text + 3, lint->what));
}

static void lint_source(const Lint *lint, const char *text, bool may_split)
{
  size_t depth = 0;
  for (size_t i = 0; text[i];) {
    if (is_numbered_call(text + i))
      tell(lint, CLAIMANT_ERROR, "forbidden",
           arena_printf(lint->loader->arena, "%s refers to a group by its number: groups have names here, write \\k'name' or (?P>name)",
                        lint->what));
    lint_back_reference(lint, text, text + i);
    if (text[i] == '[') lint_class(lint, text + i, class_bytes(text + i));
    if (text[i] == '|' && !depth && !may_split) {
      warn(lint, "top-level-bar",
           arena_printf(lint->loader->arena,
                        "the | at \"%.*s\" divides the whole pattern; put what it is to divide into (?:...), or write two <pattern>s",
                        shown(text + i, strlen(text + i)), text + i));
      may_split = true;
    }
    if (text[i] == '{' && !isdigit((unsigned char)text[i + 1])) {
      bool type = isupper((unsigned char)text[i + 1]) || text[i + 1] == '@';
      i += strcspn(text + i, "}");
      i += text[i] == '}';
      if (type && strncmp(text + i, "\\b", 2) == 0)
        warn(lint, "border-at-placeholder",
             arena_printf(lint->loader->arena, "\\b behind a placeholder in %s matches only where a letter follows at once, which is never; "
                                               "a placeholder is a whole word already, take the \\b out", lint->what));
      continue;
    }
    depth += text[i] == '(';
    depth -= text[i] == ')' && depth;
    i += item_bytes(text + i);
  }
}

/* ---- Expanded patterns ---- */

typedef struct {
  size_t start;       /* its first byte inside */
  size_t first_name;  /* among names: of groups that open inside it */
  bool   repeats;     /* one of its alternatives is a single item without limit, and nothing else */
  size_t alternative; /* where the one in hand begins */
} Open;

typedef struct {
  const Lint *lint;
  Open        open[MAX_NESTING];
  size_t      depth;
  Span        names[MAX_ITEMS];
  size_t      name_count;
  bool        told_role, told_nested;
} Walk;

static bool is_role(const Walk *w, Span name, const char *text)
{
  const RuleSet *rules = w->lint->loader->rules;
  if (w->lint->rule->modifier) return false;
  const char    *known = intern_find(rules->names, text + name.start, name.end - name.start);
  return known && type_role(rules, &rules->types[w->lint->rule->type], known);
}

static void tell_repeated_roles(Walk *w, const Open *group, const char *text)
{
  for (size_t i = group->first_name; i < w->name_count && !w->told_role; ++i) {
    if (!is_role(w, w->names[i], text)) continue;
    Span name = w->names[i];
    tell(w->lint, CLAIMANT_ERROR, "role-in-repetition",
         arena_printf(w->lint->loader->arena,
                      "the group (?'%.*s'...) stands inside a repetition, of which only the last turn is kept; write the turns out",
                      (int)(name.end - name.start), text + name.start));
    w->told_role = true;
  }
}

/* Can the others, one after another, stand for this one? */
static bool is_composed(const char *text, const Span *words, size_t count, size_t one)
{
  size_t length = words[one].end - words[one].start;
  bool   reached[MAX_BYTES + 1] = {true};
  if (length > MAX_BYTES || !length) return false;
  for (size_t at = 0; at < length; ++at)
    for (size_t i = 0; i < count && reached[at]; ++i) {
      size_t other = words[i].end - words[i].start;
      if (i != one && other && at + other <= length && !memcmp(text + words[one].start + at, text + words[i].start, other))
        reached[at + other] = true;
    }
  return reached[length];
}

/* Of a repeated choice of plain words: one that others make up lets the same text be read in ever more ways. */
static void lint_choice(const Walk *w, const char *text, size_t from, size_t to)
{
  Span   words[MAX_WORDS];
  size_t count = 0;
  for (size_t i = from, start = from; i <= to; ++i) {
    if (i < to && strchr("()[]{}\\.*+?^$", text[i])) return;
    if (i < to && text[i] != '|') continue;
    if (count == MAX_WORDS) return;
    words[count++] = (Span){(uint32_t)start, (uint32_t)i};
    start = i + 1;
  }
  for (size_t i = 0; i < count; ++i) {
    if (!is_composed(text, words, count, i)) continue;
    warn(w->lint, "ambiguous-repeat",
         arena_printf(w->lint->loader->arena, "\"%.*s\" is repeated without limit, and the other alternatives make it up as well; words that do "
                                              "not match take for ever: take it out",
                      (int)(words[i].end - words[i].start), text + words[i].start));
    return;
  }
}

static void close_group(Walk *w, const char *text, size_t at)
{
  const Open *group = &w->open[w->depth];
  Quantifier  q = quantifier_at(text + at + 1);
  if (q.many) tell_repeated_roles(w, group, text);
  bool possessive = q.bytes > 1 && text[at + q.bytes] == '+';
  if (q.unbounded && !possessive) lint_choice(w, text, group->start, at);
  if (q.unbounded && group->repeats && !possessive && !w->told_nested) {
    warn(w->lint, "nested-repeat",
         arena_printf(w->lint->loader->arena,
                      "a repetition without limit repeats a single thing that has none either, in \"%.*s\"; words that do not match take "
                      "for ever: take one of the two out",
                      shown(text + group->start, at + 1 + q.bytes - group->start), text + group->start));
    w->told_nested = true;
  }
}

/* Is what stands between the two bytes one item repeated without limit? */
static bool is_single_repeat(const char *text, size_t from, size_t to)
{
  if (from >= to || strchr("()|", text[from])) return false;
  size_t     length = item_bytes(text + from);
  Quantifier q = quantifier_at(text + from + length);
  bool       possessive = q.bytes > 1 && text[to - 1] == '+';
  return q.unbounded && !possessive && from + length + q.bytes == to;
}

static bool opens_name(const char *text) { return strncmp(text, "(?'", 3) == 0; }

static void walk(Walk *w, const char *text)
{
  for (size_t i = 0; text[i];) {
    if (text[i] == '(') {
      bool   look = false;
      size_t bytes = opening_bytes(text + i, &look);
      if (w->depth + 1 >= MAX_NESTING) return;
      if (!bytes) { /* (?i) or a call */
        i += group_bytes(text + i);
        continue;
      }
      w->open[++w->depth] = (Open){.start = i + bytes, .first_name = w->name_count, .alternative = i + bytes};
      if (opens_name(text + i) && w->name_count < MAX_ITEMS) {
        uint32_t from = (uint32_t)i + 3;
        w->names[w->name_count++] = (Span){from, from + (uint32_t)strcspn(text + from, "'")};
      }
      i += bytes;
    } else if (text[i] == ')' || text[i] == '|') {
      Open *group = &w->open[w->depth];
      group->repeats |= is_single_repeat(text, group->alternative, i);
      group->alternative = i + 1;
      if (text[i] == ')' && w->depth) {
        close_group(w, text, i);
        w->depth--;
      }
      i++;
    } else i += item_bytes(text + i);
  }
}

/* The first item of a match, groups being opened; the end where it is a call, or a look-around, which tells
 * most places apart at once. */
static size_t leading_item(const char *text)
{
  size_t i = 0;
  while (text[i] == '(') {
    bool   look = false;
    size_t bytes = opening_bytes(text + i, &look);
    if (look || strncmp(text + i, "(?P>", 4) == 0) return strlen(text);
    i += !bytes || strncmp(text + i, "(?(DEFINE)", 10) == 0 ? group_bytes(text + i) : bytes;
  }
  return i;
}

/* One that stands for letters and spaces alike, so that its repetition runs through whole sentences. */
static bool runs_over_words(const char *item, size_t bytes)
{
  int               error;
  PCRE2_SIZE        offset;
  pcre2_code       *code = regex_compile(item, bytes, PCRE2_UTF | PCRE2_UCP, &error, &offset);
  pcre2_match_data *data = regex_match_data(1);
  bool              both = code && data && pcre2_match(code, (PCRE2_SPTR) " ", 1, 0, 0, data, NULL) >= 0 &&
              pcre2_match(code, (PCRE2_SPTR) "e", 1, 0, 0, data, NULL) >= 0;
  pcre2_match_data_free(data);
  pcre2_code_free(code);
  return both;
}

static void lint_leading(const Lint *lint, const char *text)
{
  const char *item = text + leading_item(text);
  if (!*item || strchr("^$|)", *item) || (item[0] == '\\' && item[1] && strchr("bBAGKzZ", item[1]))) return;
  size_t length = item_bytes(item);
  if (!quantifier_at(item + length).unbounded || !runs_over_words(item, length)) return;
  warn(lint, "leading-repeat",
       arena_printf(lint->loader->arena,
                    "the pattern begins with %.*s repeated without limit, which is tried anew from every character; begin with what must "
                    "be there, or give the repetition a limit",
                    shown(item, length), item));
}

/* ---- Types ---- */

static bool is_emitted(const RuleSet *rules, uint16_t type, uint32_t before)
{
  for (uint32_t i = 0; i < before; ++i)
    if (rules->rules[i]->type == type && !rules->rules[i]->modifier) return true;
  return false;
}

static bool is_scanned(const RuleSet *rules, uint16_t type)
{
  for (size_t i = 0; i < SCAN_COUNT; ++i)
    if (rules->scan[i] == type) return true;
  return false;
}

static bool exists_by(const RuleSet *rules, const Type *type, uint32_t first_rule)
{
  for (size_t i = 0; i < type->below_count; ++i) {
    uint16_t below = type->below[i];
    if (rules->types[below].list || is_scanned(rules, below) || is_emitted(rules, below, first_rule)) return true;
  }
  return false;
}

/* Itself, not by a macro, which may serve other phases too. */
static bool names(const char *source, const char *type)
{
  size_t length = strlen(type);
  for (const char *at = strstr(source, type); at; at = strstr(at + 1, type))
    if (at > source && strchr("{|", at[-1]) && at[length] && strchr("}|[", at[length]) && at[strcspn(at, "{}()")] == '}') return true;
  return false;
}

static void lint_types(const Lint *lint, const Pattern *pattern, uint32_t first_rule)
{
  const RuleSet *rules = lint->loader->rules;
  for (size_t i = 0; i < rules->type_count; ++i) {
    const Type *type = &rules->types[i];
    bool        seen = pattern->types[i / 64] >> (i % 64) & 1U;
    if (!seen || type->passed || !names(pattern->source, type->name) || exists_by(rules, type, first_rule)) continue;
    warn(lint, "never-there",
         arena_printf(lint->loader->arena, "{%s} is named, but no rule of an earlier phase emits it; phases run in the order of the files",
                      type->name));
  }
}

static void lint_targets(Loader *loader, const Rule *rule, uint32_t first_rule)
{
  const RuleSet *rules = loader->rules;
  for (size_t i = 0; i < rules->type_count; ++i)
    if ((rule->targets[i / 64] >> (i % 64) & 1U) && is_emitted(rules, (uint16_t)i, first_rule)) return;
  Lint lint = {loader, rule, rule->file, rule->line, NULL};
  warn(&lint, "never-there", "it has no targets: no rule of an earlier phase emits them; phases run in the order of the files");
}

/* ---- All of it ---- */

static void lint_pattern(Loader *loader, const Rule *rule, const Pattern *pattern, bool is_match, uint32_t first_rule)
{
  Lint lint = {loader, rule, rule->file, pattern->line, "the pattern"};
  Walk w = {.lint = &lint};
  lint_source(&lint, pattern->source, !is_match);
  if (is_match) lint_leading(&lint, pattern->expanded);
  lint_types(&lint, pattern, first_rule);
  walk(&w, pattern->expanded);
}

static void lint_rule(Loader *loader, const Rule *rule, uint32_t first_rule)
{
  for (size_t i = 0; i < rule->pattern_count; ++i) lint_pattern(loader, rule, rule->patterns[i], true, first_rule);
  if (rule->before) lint_pattern(loader, rule, rule->before, false, first_rule);
  if (rule->until) lint_pattern(loader, rule, rule->until, false, first_rule);
  if (rule->modifier) lint_targets(loader, rule, first_rule);
  for (size_t i = 0; i < rule->unless_count; ++i) lint_pattern(loader, rule, rule->unless[i].pattern, false, first_rule);
  lint_tables(loader, rule);
}

void lint_rules(Loader *loader)
{
  const RuleSet *rules = loader->rules;
  for (size_t i = 0; i < loader->macro_count; ++i) {
    const Macro *macro = &loader->macros[i];
    Lint         lint = {loader, NULL, macro->file, macro->line, arena_printf(loader->arena, "the macro {%s}", macro->name)};
    lint_source(&lint, macro->text, true);
  }
  for (size_t i = 0; i < rules->phase_count; ++i)
    for (uint32_t j = 0; j < rules->phases[i].rule_count; ++j)
      lint_rule(loader, rules->rules[rules->phases[i].first_rule + j], rules->phases[i].first_rule);
}
