/* The parts of a rule that say what it matches and what it makes of it. */
#include "rules/reading.h"

#include <stdlib.h>
#include <string.h>

/* ---- Patterns and vetoes ---- */

static void see_types(Reading *r, const Pattern *pattern)
{
  for (size_t i = 0; i < r->loader->rules->view_words; ++i) r->seen[i] |= pattern->types[i];
}

void read_pattern(Reading *r, Declaration at, size_t *capacity)
{
  static const char *const allowed[] = {NULL};
  only_attributes(r->loader, at, allowed);
  Pattern *pattern = load_pattern(r->loader, at, joined(r->loader, at, at.node), ANCHOR_NONE);
  if (!pattern) return;
  LOADER_GROW(r->loader, r->rule->patterns, r->rule->pattern_count, *capacity);
  r->rule->patterns[r->rule->pattern_count++] = pattern;
  see_types(r, pattern);
}

void read_before(Reading *r, Declaration at)
{
  static const char *const allowed[] = {"required", NULL};
  only_attributes(r->loader, at, allowed);
  if (r->rule->before) fault(r->loader, at, "duplicate", "rule %s has a <before> already", r->rule->id);
  if (r->rule->before) return;
  r->rule->before_required = yes_no(r->loader, at, "required", false);
  r->rule->before = load_pattern(r->loader, at, joined(r->loader, at, at.node), ANCHOR_END);
  if (r->rule->before) see_types(r, r->rule->before);
}

void read_until(Reading *r, Declaration at)
{
  static const char *const allowed[] = {NULL};
  only_attributes(r->loader, at, allowed);
  if (r->rule->until) fault(r->loader, at, "duplicate", "modifier %s has an <until> already", r->rule->id);
  if (r->rule->until) return;
  r->rule->until = load_pattern(r->loader, at, joined(r->loader, at, at.node), ANCHOR_NONE);
  if (r->rule->until) see_types(r, r->rule->until);
}

void read_unless(Reading *r, Declaration at, size_t *capacity)
{
  static const char *const allowed[] = {"at", NULL};
  static const char *const places[] = {"overlap", "before", "after", "inside", "unit", NULL};
  only_attributes(r->loader, at, allowed);
  const char *word = attribute(r->loader, at, "at");
  UnlessAt    place = word ? (UnlessAt)one_of(r->loader, at, "at", word, places) : AT_OVERLAP;
  Anchor      anchor = place == AT_BEFORE ? ANCHOR_END : place == AT_AFTER ? ANCHOR_START : ANCHOR_NONE;
  Pattern    *pattern = load_pattern(r->loader, at, joined(r->loader, at, at.node), anchor);
  if (!pattern) return;
  LOADER_GROW(r->loader, r->rule->unless, r->rule->unless_count, *capacity);
  r->rule->unless[r->rule->unless_count++] = (Unless){place, pattern};
  see_types(r, pattern);
}

/* ---- Groups that sets and fills speak of ---- */

static bool pattern_has_group(const Pattern *pattern, const char *name)
{
  for (size_t i = 0; pattern && i < pattern->group_count; ++i)
    if (pattern->groups[i].name == name) return true;
  return false;
}

static bool has_group(const Rule *rule, const char *name)
{
  for (size_t i = 0; i < rule->pattern_count; ++i)
    if (pattern_has_group(rule->patterns[i], name)) return true;
  return pattern_has_group(rule->before, name);
}

void need_group(Reading *r, Declaration at, const char *name)
{
  if (!name || has_group(r->rule, name)) return;
  fault(r->loader, at, "unknown-group", "no pattern of rule %s has a group (?'%s'...)", r->rule->id, name);
}

/* <set> may also read a role that a <fill> of the rule fills; the fills run first. */
static void need_group_or_fill(Reading *r, Declaration at, const char *name)
{
  for (const xmlNode *node = r->at.node->children; name && node; node = node->next) {
    const char **roles;
    const char  *list = is_element(node, "fill") ? attribute(r->loader, within(r->at, node), "role") : NULL;
    size_t       count = list ? split(r->loader, list, " \t\n", &roles) : 0;
    for (size_t i = 0; i < count; ++i)
      if (roles[i] == name) return;
  }
  need_group(r, at, name);
}

static const Table *find_table(Loader *loader, Declaration at, const char *name)
{
  const RuleSet *rules = loader->rules;
  const Table   *found = ruleset_table(rules, name, strlen(name), language_of(loader, at));
  if (found) return found;
  const char **names = arena_alloc(loader->arena, (rules->table_count + 1) * sizeof *names);
  for (size_t i = 0; i < rules->table_count; ++i) names[i] = rules->tables[i]->name;
  const char *near = nearest(name, names, rules->table_count);
  fault(loader, at, "unknown-table", "the table %s is not declared%s%s%s", name, near ? "; did you mean " : "",
        near ? near : "", near ? "?" : "");
  return NULL;
}

/* {group:2}: one digit or two. */
static void check_width(Reading *r, Declaration at, const char *open, const char *close)
{
  const char *width = strchr(open, ':') + 1;
  size_t      digits = strspn(width, "0123456789");
  if (digits < 1 || digits > 2 || width + digits != close)
    fault(r->loader, at, "bad-number", "%.*s: a width is a number of one digit or two", (int)(close - open) + 1, open);
}

static void need_groups_in_holes(Reading *r, Declaration at, const char *value)
{
  for (const char *open = strchr(value, '{'); open; open = strchr(open + 1, '{')) {
    const char *close = strchr(open, '}');
    if (!close) {
      fault(r->loader, at, "open-brace", "{ without } in value=\"%s\"", value);
      return;
    }
    size_t length = strcspn(open + 1, ".@:}");
    need_group(r, at, intern(r->loader->rules->names, open + 1, length));
    if (open[length + 1] == ':') check_width(r, at, open, close);
    if (open[length + 1] != '@') continue;
    const char *table = open + length + 2;
    find_table(r->loader, at, intern(r->loader->rules->names, table, (size_t)(close - table)));
  }
}

/* ---- Features ---- */

static void check_value(Reading *r, Declaration at, const FeatureType *feature, const char *value)
{
  if (!feature || !feature->value_count) return;
  for (size_t i = 0; i < feature->value_count; ++i)
    if (strcmp(feature->values[i], value) == 0) return;
  const char *near = nearest(value, feature->values, feature->value_count);
  fault(r->loader, at, "bad-value", "\"%s\" is no value of the feature %s%s%s%s", value, feature->name,
        near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
}

const FeatureType *need_feature(Reading *r, Declaration at, const Type *type, const char *name)
{
  const FeatureType *feature = type_feature(r->loader->rules, type, name);
  if (feature || !*name) return feature;
  const char **names = arena_alloc(r->loader->arena, (type->feature_count + 1) * sizeof *names);
  for (size_t i = 0; i < type->feature_count; ++i) names[i] = type->features[i].name;
  const char *near = nearest(name, names, type->feature_count);
  fault(r->loader, at, "unknown-feature", "%s has no feature %s%s%s%s", type->name, name, near ? "; did you mean " : "",
        near ? near : "", near ? "?" : "");
  return NULL;
}

static void check_values(Reading *r, Declaration at, const FeatureType *feature, const Set *set)
{
  if (set->value && !set->holes && !set->table) check_value(r, at, feature, set->value);
  for (size_t i = 0; set->table && i < set->table->row_count; ++i) check_value(r, at, feature, set->table->rows[i].value);
}

enum { NUMBER_FUNCTIONS = 4 /* the first in the list below */ };

void read_set(Reading *r, Declaration at, size_t *capacity)
{
  static const char *const allowed[] = {"feature", "value", "from", "table", "fn", "numbers", "if", "ifnot", NULL};
  static const char *const functions[] = {"number", "ordinal", "sum", "product", "lower", "upper", "title",
                                            "fold",   "digits",  "words", "collapse", NULL};
  Loader                  *loader = r->loader;
  only_attributes(loader, at, allowed);
  nothing_inside(loader, at);
  const char *table = attribute(loader, at, "table"), *fn = attribute(loader, at, "fn");
  Set         set = {.feature = required(loader, at, "feature"),
                     .value = attribute(loader, at, "value"),
                     .from = attribute(loader, at, "from"),
                     .only_if = attribute(loader, at, "if"),
                     .if_not = attribute(loader, at, "ifnot"),
                     .line = (size_t)xmlGetLineNo(at.node)};
  const char *numbers = attribute(loader, at, "numbers");
  size_t      function = fn ? one_of(loader, at, "fn", fn, functions) : NUMBER_FUNCTIONS;
  if (fn) set.fn = functions[function];
  if (numbers) set.numbers = find_table(loader, at, numbers);
  if (numbers && function >= NUMBER_FUNCTIONS)
    fault(loader, at, "bad-set", "numbers belongs to the functions number, ordinal, sum and product");
  if (table) set.table = find_table(loader, at, table);
  if (!set.value == !set.from) fault(loader, at, "bad-set", "<set> takes either value or from");
  set.holes = set.value && strchr(set.value, '{');
  if (set.holes) need_groups_in_holes(r, at, set.value);
  for (size_t i = 0; i < r->type_count; ++i) check_values(r, at, need_feature(r, at, r->types[i], set.feature), &set);
  need_group_or_fill(r, at, set.from);
  need_group(r, at, set.only_if);
  need_group(r, at, set.if_not);
  LOADER_GROW(loader, r->rule->sets, r->rule->set_count, *capacity);
  r->rule->sets[r->rule->set_count++] = set;
}

/* ---- Fills ---- */

/* The type itself, or a subtype. */
static bool any_has_role(const RuleSet *rules, const Type *type, const char *role)
{
  for (size_t i = 0; i < type->below_count; ++i)
    if (type_role(rules, &rules->types[type->below[i]], role)) return true;
  return false;
}

static void read_sources(Reading *r, Declaration at, Fill *fill, const char *from)
{
  const char **parts;
  size_t       count = some_parts(r->loader, at, "a type in its attribute from", from, "|", &parts);
  fill->from = arena_alloc(r->loader->arena, (count + 1) * sizeof *fill->from);
  fill->types = arena_alloc(r->loader->arena, (r->loader->rules->view_words + 1) * sizeof *fill->types);
  for (size_t i = 0; i < count; ++i) {
    const char *dot = strchr(parts[i], '.');
    size_t      length = dot ? (size_t)(dot - parts[i]) : strlen(parts[i]);
    const Type *type = find_type(r->loader, at, intern(r->loader->rules->names, parts[i], length), r->rule->language);
    if (!type) continue;
    const char *role = dot ? intern(r->loader->rules->names, dot + 1, strlen(dot + 1)) : NULL;
    if (role && strcmp(role, "*") != 0 && !any_has_role(r->loader->rules, type, role))
      fault(r->loader, at, "unknown-role", "%s has no role %s", type->name, role);
    fill->from[fill->from_count++] = (FillFrom){type->index, role};
    for (size_t j = 0; j < type->below_count; ++j) fill->types[type->below[j] / 64] |= UINT64_C(1) << (type->below[j] % 64);
  }
}

void need_role(Reading *r, Declaration at, const char *name)
{
  const Type *type = r->type_count ? r->types[0] : NULL;
  if (!type || type_role(r->loader->rules, type, name)) return;
  const char **names = arena_alloc(r->loader->arena, (type->role_count + 1) * sizeof *names);
  for (size_t i = 0; i < type->role_count; ++i) names[i] = type->roles[i].name;
  const char *near = nearest(name, names, type->role_count);
  fault(r->loader, at, "unknown-role", "%s has no role %s%s%s%s", type->name, name, near ? "; did you mean " : "",
        near ? near : "", near ? "?" : "");
}

void read_fill(Reading *r, Declaration at, size_t *capacity)
{
  static const char *const allowed[] = {"role", "ref", "from", "where", "pick", "required", "if", "ifnot", NULL};
  static const char *const refs[] = {"letter-addressee", "writer", "unstated", NULL};
  static const char *const wheres[] = {"sentence", "list", "next", "previous", "paragraph", "section", "letter", NULL};
  static const char *const picks[] = {"before", "first", "last", "nearest", NULL};
  Loader                  *loader = r->loader;
  only_attributes(loader, at, allowed);
  nothing_inside(loader, at);
  const char *ref = attribute(loader, at, "ref"), *from = attribute(loader, at, "from");
  const char *where = attribute(loader, at, "where"), *pick = attribute(loader, at, "pick");
  Fill        fill = {.required = yes_no(loader, at, "required", true),
                      .only_if = attribute(loader, at, "if"),
                      .if_not = attribute(loader, at, "ifnot"),
                      .line = (size_t)xmlGetLineNo(at.node)};
  fill.role_count = split(loader, required(loader, at, "role"), " \t\n", &fill.roles);
  if (!ref == !from) fault(loader, at, "bad-fill", "<fill> takes either ref or from");
  if (ref && (where || pick || attribute(loader, at, "required")))
    fault(loader, at, "bad-fill", "where, pick and required belong to <fill from>, and this has ref");
  if (ref) fill.ref = (ClaimantRef)(one_of(loader, at, "ref", ref, refs) + 1);
  if (from) read_sources(r, at, &fill, from);
  fill.where = where ? (FillWhere)one_of(loader, at, "where", where, wheres) : WHERE_SENTENCE;
  fill.pick = pick ? (FillPick)one_of(loader, at, "pick", pick, picks) : PICK_BEFORE;
  for (size_t i = 0; i < fill.role_count; ++i) need_role(r, at, fill.roles[i]);
  need_group(r, at, fill.only_if);
  need_group(r, at, fill.if_not);
  LOADER_GROW(loader, r->rule->fills, r->rule->fill_count, *capacity);
  r->rule->fills[r->rule->fill_count++] = fill;
}
