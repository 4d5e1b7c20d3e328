/* Features: <set> elements, their tables and functions. */
#include "match/tracing.h"

#include "base/unicode.h"
#include "base/utf8.h"
#include "match/number.h"
#include "rules/table.h"

#include <stdlib.h>
#include <string.h>

static const Capture *capture(const Candidate *candidate, const char *name)
{
  for (size_t i = 0; i < candidate->capture_count; ++i)
    if (candidate->captures[i].name == name) return &candidate->captures[i];
  return NULL;
}

static const char *map_case(Run *run, const char *text, bool upper)
{
  size_t bytes = strlen(text), out = 0;
  char  *result = arena_alloc(run->arena, bytes * 2 + 1);
  for (size_t i = 0, length; i < bytes; i += length) {
    uint32_t code = utf8_decode(text + i, &length);
    if (upper && code >= 'a' && code <= 'z') code -= 'a' - 'A';
    else if (!upper) code = unicode_lower(code);
    out += utf8_encode(code, result + out);
  }
  return result;
}

static const char *title_case(Run *run, const char *text)
{
  char *result = (char *)map_case(run, text, false);
  for (size_t i = 0; result[i]; ++i)
    if ((i == 0 || result[i - 1] == ' ' || result[i - 1] == '-') && result[i] >= 'a' && result[i] <= 'z')
      result[i] = (char)(result[i] - ('a' - 'A'));
  return result;
}

static const char *only(Run *run, const char *text, bool (*keep)(char))
{
  size_t out = 0;
  char  *result = arena_alloc(run->arena, strlen(text) + 1);
  for (; *text; ++text)
    if (keep(*text)) result[out++] = *text;
  return result;
}

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_black(char c) { return c != ' '; }

/* Letters and digits of any script, one space for whatever stands between them. */
static const char *words_only(Run *run, const char *text)
{
  size_t bytes = strlen(text), out = 0;
  char  *result = arena_alloc(run->arena, bytes + 1);
  for (size_t i = 0, length; i < bytes; i += length) {
    if (unicode_is_word(utf8_decode(text + i, &length))) {
      memcpy(result + out, text + i, length);
      out += length;
    } else if (out && result[out - 1] != ' ') result[out++] = ' ';
  }
  if (out && result[out - 1] == ' ') out--;
  result[out] = '\0';
  return result;
}

/* ---- Functions ---- */

static const char *lower(Run *run, const Set *set, const char *text) { return (void)set, map_case(run, text, false); }
static const char *upper(Run *run, const Set *set, const char *text) { return (void)set, map_case(run, text, true); }
static const char *title(Run *run, const Set *set, const char *text) { return (void)set, title_case(run, text); }
static const char *digits(Run *run, const Set *set, const char *text) { return (void)set, only(run, text, is_digit); }
static const char *words(Run *run, const Set *set, const char *text) { return (void)set, words_only(run, text); }
static const char *collapse(Run *run, const Set *set, const char *text) { return (void)set, only(run, text, is_black); }
static const char *fold(Run *run, const Set *set, const char *text) { return (void)set, folded_key(run->arena, text, strlen(text)); }

static const char *number_of_kind(Run *run, const Set *set, const char *text, NumberKind kind)
{
  return number_value(run->arena, kind, set->numbers, folded_key(run->arena, text, strlen(text)));
}

static const char *number(Run *run, const Set *set, const char *text) { return number_of_kind(run, set, text, NUMBER_PLAIN); }
static const char *ordinal(Run *run, const Set *set, const char *text) { return number_of_kind(run, set, text, NUMBER_ORDINAL); }
static const char *sum(Run *run, const Set *set, const char *text) { return number_of_kind(run, set, text, NUMBER_SUM); }
static const char *product(Run *run, const Set *set, const char *text) { return number_of_kind(run, set, text, NUMBER_PRODUCT); }

/* NULL: the text is none that the function is for. */
static const char *apply(Run *run, const Set *set, const char *text)
{
  static const struct {
    const char *name;
    const char *(*run)(Run *, const Set *, const char *);
  } functions[] = {{"lower", lower},   {"upper", upper},       {"title", title}, {"digits", digits},
                   {"words", words},   {"collapse", collapse}, {"fold", fold},   {"number", number},
                   {"ordinal", ordinal}, {"sum", sum},         {"product", product}};
  for (size_t i = 0; i < sizeof functions / sizeof *functions; ++i)
    if (strcmp(set->fn, functions[i].name) == 0) return functions[i].run(run, set, text);
  return text;
}

static const char *look_up(Run *run, const Table *table, const char *text)
{
  const char *key = map_case(run, text, false);
  return table_look_up(table, key, strlen(key));
}

static const char *folded_copy(Run *run, Span span)
{
  size_t      bytes;
  const char *text = run_folded_text(run, span, &bytes);
  return arena_copy(run->arena, text, bytes);
}

/* {group}, {group.feature} of the annotation the group is, {group@table}, {group:width} with
 * zeros in front; NULL when there is no such thing. `hole` is the text between the braces. */
static const char *fill_hole(Run *run, const Candidate *candidate, const char *hole, size_t bytes)
{
  size_t         name = strcspn(hole, ".@:}");
  const char    *rest = hole + name + 1;
  size_t         rest_bytes = bytes - name - (name < bytes);
  const char    *group = intern_find(run->rules->names, hole, name);
  const Capture *c = group ? capture(candidate, group) : NULL;
  if (!c) return NULL;
  if (hole[name] == '.')
    return c->annotation ? annotation_feature(c->annotation, arena_copy(run->arena, rest, rest_bytes)) : NULL;
  const char *text = folded_copy(run, c->span);
  if (hole[name] == '@') return look_up(run, ruleset_table(run->rules, rest, rest_bytes, candidate->rule->language), text);
  if (hole[name] == ':') return arena_printf(run->arena, "%0*lu", atoi(rest), strtoul(text, NULL, 10));
  return text;
}

static const char *fill_holes(Run *run, const Candidate *candidate, const char *value)
{
  const char *result = "";
  while (*value) {
    size_t length = strcspn(value, "{");
    result = arena_printf(run->arena, "%s%.*s", result, (int)length, value);
    value += length;
    if (!*value) break;
    const char *close = strchr(value, '}');
    const char *text = fill_hole(run, candidate, value + 1, (size_t)(close - value) - 1);
    if (!text) return NULL;
    result = arena_printf(run->arena, "%s%s", result, text);
    value = close + 1;
  }
  return result;
}

/* Words that a fill found for a role no group of the pattern has. */
static const Span *filled_role(const Annotation *annotation, const char *name)
{
  for (size_t i = 0; i < annotation->role_count; ++i)
    if (annotation->roles[i].name == name && annotation->roles[i].has_span) return &annotation->roles[i].span;
  return NULL;
}

static const char *value_of(Run *run, const Candidate *candidate, const Set *set)
{
  const char *value = set->value;
  if (set->from) {
    const Capture *c = capture(candidate, set->from);
    const Span    *span = c ? &c->span : filled_role(candidate->annotation, set->from);
    if (!span) return NULL;
    value = folded_copy(run, *span);
  } else if (set->holes) value = fill_holes(run, candidate, set->value);
  if (value && set->fn) value = apply(run, set, value);
  if (value && set->table) value = look_up(run, set->table, value);
  return value;
}

void run_put_feature(Run *run, Annotation *annotation, FeatureValue feature)
{
  for (size_t i = 0; i < annotation->feature_count; ++i)
    if (annotation->features[i].name == feature.name) {
      annotation->features[i].value = feature.value;
      return;
    }
  size_t capacity = annotation->feature_count;
  annotation->features =
      arena_grow(run->arena, annotation->features, annotation->feature_count, &capacity, sizeof(FeatureValue));
  annotation->features[annotation->feature_count++] = feature;
}

void run_set_features(Run *run, Candidate *candidate)
{
  for (size_t i = 0; i < candidate->rule->set_count; ++i) {
    const Set *set = &candidate->rule->sets[i];
    if (set->only_if && !capture(candidate, set->only_if)) continue;
    if (set->if_not && capture(candidate, set->if_not)) continue;
    const char *value = value_of(run, candidate, set);
    if (!value) continue;
    run_put_feature(run, candidate->annotation, (FeatureValue){set->feature, value});
    tracing_set(run, candidate->trace, set, value);
  }
}
