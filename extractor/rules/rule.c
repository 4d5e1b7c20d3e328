/* Phases and rules. */
#include "rules/loader.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
  Loader     *loader;
  Rule       *rule;
  Declaration at;
  const Type *type; /* that it emits; NULL when it is not known */
  uint64_t   *seen; /* TypeSet: types its patterns name */
} Reading;

/* ---- Patterns and vetoes ---- */

static void see_types(Reading *r, const Pattern *pattern)
{
  for (size_t i = 0; i < r->loader->rules->view_words; ++i) r->seen[i] |= pattern->types[i];
}

static void read_pattern(Reading *r, Declaration at, size_t *capacity)
{
  static const char *const allowed[] = {NULL};
  only_attributes(r->loader, at, allowed);
  Pattern *pattern = load_pattern(r->loader, at, joined(r->loader, at, at.node), ANCHOR_NONE);
  if (!pattern) return;
  LOADER_GROW(r->loader, r->rule->patterns, r->rule->pattern_count, *capacity);
  r->rule->patterns[r->rule->pattern_count++] = pattern;
  see_types(r, pattern);
}

static void read_before(Reading *r, Declaration at)
{
  static const char *const allowed[] = {"required", NULL};
  only_attributes(r->loader, at, allowed);
  if (r->rule->before) fault(r->loader, at, "duplicate", "rule %s has a <before> already", r->rule->id);
  if (r->rule->before) return;
  r->rule->before_required = yes_no(r->loader, at, "required", false);
  r->rule->before = load_pattern(r->loader, at, joined(r->loader, at, at.node), ANCHOR_END);
  if (r->rule->before) see_types(r, r->rule->before);
}

static void read_unless(Reading *r, Declaration at, size_t *capacity)
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

static void need_group(Reading *r, Declaration at, const char *name)
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
  const char   **names = arena_alloc(loader->arena, (rules->table_count + 1) * sizeof *names);
  for (size_t i = 0; i < rules->table_count; ++i) {
    if (rules->tables[i]->name == name) return rules->tables[i];
    names[i] = rules->tables[i]->name;
  }
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

static const FeatureType *need_feature(Reading *r, Declaration at, const char *name)
{
  const Type        *type = r->type;
  const FeatureType *feature = type ? type_feature(r->loader->rules, type, name) : NULL;
  if (feature || !type || !*name) return feature;
  const char **names = arena_alloc(r->loader->arena, (type->feature_count + 1) * sizeof *names);
  for (size_t i = 0; i < type->feature_count; ++i) names[i] = type->features[i].name;
  const char *near = nearest(name, names, type->feature_count);
  fault(r->loader, at, "unknown-feature", "%s has no feature %s%s%s%s", type->name, name, near ? "; did you mean " : "",
        near ? near : "", near ? "?" : "");
  return NULL;
}

static void read_set(Reading *r, Declaration at, size_t *capacity)
{
  static const char *const allowed[] = {"feature", "value", "from", "table", "fn", "if", "ifnot", NULL};
  static const char *const functions[] = {"lower", "upper", "title", "digits", "words", "collapse", NULL};
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
  if (fn) set.fn = functions[one_of(loader, at, "fn", fn, functions)];
  if (table) set.table = find_table(loader, at, table);
  if (!set.value == !set.from) fault(loader, at, "bad-set", "<set> takes either value or from");
  set.holes = set.value && strchr(set.value, '{');
  const FeatureType *feature = need_feature(r, at, set.feature);
  if (set.holes) need_groups_in_holes(r, at, set.value);
  else if (set.value && !table) check_value(r, at, feature, set.value);
  for (size_t i = 0; set.table && i < set.table->row_count; ++i)
    check_value(r, at, feature, set.table->rows[i].value);
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
  for (size_t i = 0; i < count; ++i) {
    const char *dot = strchr(parts[i], '.');
    size_t      length = dot ? (size_t)(dot - parts[i]) : strlen(parts[i]);
    const Type *type = find_type(r->loader, at, intern(r->loader->rules->names, parts[i], length));
    if (!type) continue;
    const char *role = dot ? intern(r->loader->rules->names, dot + 1, strlen(dot + 1)) : NULL;
    if (role && strcmp(role, "*") != 0 && !any_has_role(r->loader->rules, type, role))
      fault(r->loader, at, "unknown-role", "%s has no role %s", type->name, role);
    fill->from[fill->from_count++] = (FillFrom){type->index, role};
  }
}

static void need_role(Reading *r, Declaration at, const char *name)
{
  if (!r->type || type_role(r->loader->rules, r->type, name)) return;
  const char **names = arena_alloc(r->loader->arena, (r->type->role_count + 1) * sizeof *names);
  for (size_t i = 0; i < r->type->role_count; ++i) names[i] = r->type->roles[i].name;
  const char *near = nearest(name, names, r->type->role_count);
  fault(r->loader, at, "unknown-role", "%s has no role %s%s%s%s", r->type->name, name, near ? "; did you mean " : "",
        near ? near : "", near ? "?" : "");
}

static void read_fill(Reading *r, Declaration at, size_t *capacity)
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

/* ---- Examples ---- */

typedef struct {
  Reading *r;
  Example *example;
  Buffer   text;
  size_t   mark_capacity, feature_capacity;
} ExampleReading;

static void read_example_nodes(ExampleReading *x, Declaration at, const xmlNode *first);

static void read_mark(ExampleReading *x, Declaration at)
{
  static const char *const allowed[] = {"role", NULL};
  Loader                  *loader = x->r->loader;
  only_attributes(loader, at, allowed);
  LOADER_GROW(loader, x->example->marks, x->example->mark_count, x->mark_capacity);
  size_t index = x->example->mark_count++;
  x->example->marks[index].role = attribute(loader, at, "role");
  if (x->example->marks[index].role) need_role(x->r, at, x->example->marks[index].role);
  x->example->marks[index].span.start = (uint32_t)x->text.size;
  read_example_nodes(x, at, at.node->children);
  x->example->marks[index].span.end = (uint32_t)x->text.size;
}

static void read_expected(ExampleReading *x, Declaration at)
{
  static const char *const allowed[] = {"name", "value", NULL};
  Loader                  *loader = x->r->loader;
  only_attributes(loader, at, allowed);
  nothing_inside(loader, at);
  LOADER_GROW(loader, x->example->features, x->example->feature_count, x->feature_capacity);
  size_t      index = x->example->feature_count++;
  const char *value = attribute(loader, at, "value");
  x->example->features[index].name = required(loader, at, "name");
  x->example->features[index].value = value ? value : "";
  need_feature(x->r, at, x->example->features[index].name);
}

static void read_example_nodes(ExampleReading *x, Declaration at, const xmlNode *first)
{
  Loader *loader = x->r->loader;
  for (const xmlNode *node = first; node; node = node->next) {
    Declaration here = within(at, node);
    if (node->type == XML_TEXT_NODE) buffer_append_string(&x->text, (const char *)node->content);
    else if (is_element(node, "m") && !x->example->counter) read_mark(x, here);
    else if (is_element(node, "f") && is_element(at.node, "example")) read_expected(x, here);
    else if (node->type == XML_ELEMENT_NODE)
      fault(loader, here, "unknown-element", "<%s> holds %s, not <%s>", (const char *)at.node->name,
            x->example->counter ? "text only" : is_element(at.node, "m") ? "text and <m>" : "text, <m> and <f>",
            (const char *)node->name);
  }
}

static void read_example(Reading *r, Declaration at, bool counter, size_t *capacity)
{
  static const char *const allowed[] = {"note", "unit", "issue", NULL};
  static const char *const units[] = {"unit", "document", NULL};
  only_attributes(r->loader, at, allowed);
  const char *unit = attribute(r->loader, at, "unit");
  Example     example = {.counter = counter, .line = (size_t)xmlGetLineNo(at.node)};
  example.document = unit && one_of(r->loader, at, "unit", unit, units) == 1;
  ExampleReading x = {.r = r, .example = &example};
  read_example_nodes(&x, at, at.node->children);
  example.text = arena_copy(r->loader->arena, x.text.data ? x.text.data : "", x.text.size);
  buffer_free(&x.text);
  LOADER_GROW(r->loader, r->rule->examples, r->rule->example_count, *capacity);
  r->rule->examples[r->rule->example_count++] = example;
}

/* ---- Rules ---- */

static const char *const scope_words[] = {"sentence", "leadin", "item", "heading", "line", "salutation",
                                          "head", "body", "signature", "notes", "paragraph", NULL};

/* Kinds and zones; a list without kinds means all kinds, without zones all zones. */
static uint32_t read_scope(Loader *loader, Declaration at, uint32_t otherwise)
{
  enum { KINDS = UNIT_SALUTATION + 1, ZONES = ZONE_NOTES + 1 };
  const char **words;
  size_t       count = words_of(loader, at, "scope", &words);
  uint32_t     bits = 0;
  if (!count) return otherwise;
  for (size_t i = 0; i < count; ++i) {
    size_t index = one_of(loader, at, "scope", words[i], scope_words);
    if (index < KINDS) bits |= 1U << index;
    else if (index < KINDS + ZONES) bits |= 1U << (SCOPE_ZONE_SHIFT + index - KINDS);
    else bits |= SCOPE_PARAGRAPH;
  }
  uint32_t zones = ((1U << ZONES) - 1) << SCOPE_ZONE_SHIFT;
  if (!(bits & (SCOPE_KINDS | SCOPE_PARAGRAPH))) bits |= SCOPE_KINDS;
  if (!(bits & zones)) bits |= zones;
  return bits;
}

static uint32_t whole_scope(void) { return SCOPE_KINDS | (((1U << (ZONE_NOTES + 1)) - 1) << SCOPE_ZONE_SHIFT); }

static int32_t read_priority(Loader *loader, Declaration at)
{
  const char *text = attribute(loader, at, "priority");
  const char *digits = text && (*text == '-' || *text == '+') ? text + 1 : text;
  long        number = text ? strtol(text, NULL, 10) : 0;
  if (text && (!*digits || digits[strspn(digits, "0123456789")] || number < -1000 || number > 1000))
    fault(loader, at, "bad-number", "priority=\"%s\" is not a whole number from -1000 to 1000", text);
  return (int32_t)number;
}

/* "0.95": a digit, and up to six behind the point. Read by hand, since strtod listens to the locale. */
static double read_confidence(Loader *loader, Declaration at)
{
  const char *text = attribute(loader, at, "confidence");
  if (!text) return 0.9;
  size_t decimals = *text && text[1] == '.' ? strspn(text + 2, "0123456789") : 0;
  double number = *text - '0', scale = 1;
  for (size_t i = 0; i < decimals && i < 6; ++i, scale *= 10) number = number * 10 + (text[2 + i] - '0');
  bool good = (*text == '0' || *text == '1') && decimals <= 6 && text[decimals ? 2 + decimals : 1] == '\0';
  if (!good || number / scale > 1)
    fault(loader, at, "bad-number", "confidence=\"%s\" is not a number from 0 to 1, like 0.9", text);
  return number / scale;
}

static uint32_t view_of(Loader *loader, const uint64_t *seen)
{
  RuleSet *rules = loader->rules;
  for (size_t i = 0; i < rules->view_count; ++i)
    if (memcmp(rules->views[i].bits, seen, rules->view_words * sizeof *seen) == 0) return (uint32_t)i;
  LOADER_GROW(loader, rules->views, rules->view_count, loader->view_capacity);
  uint64_t *copy = arena_alloc(loader->arena, rules->view_words * sizeof *copy);
  memcpy(copy, seen, rules->view_words * sizeof *copy);
  rules->views[rules->view_count].bits = copy;
  return (uint32_t)rules->view_count++;
}

static const char *const part_names[] = {"note", "pattern", "before", "unless", "set", "fill", "example", "counter", NULL};

/* Parts stand in the order above, so that every rule reads alike. */
static void in_order(Reading *r, Declaration at, size_t *place)
{
  size_t now = 0;
  while (part_names[now] && !is_element(at.node, part_names[now])) now++;
  if (part_names[now] && now < *place)
    fault(r->loader, at, "wrong-order",
          "<%s> stands behind <%s>; a rule has <note>, <pattern>, <before>, <unless>, <set>, <fill>, <example>, <counter>",
          part_names[now], part_names[*place]);
  else if (part_names[now]) *place = now;
}

static void read_parts(Reading *r)
{
  size_t patterns = 0, unless = 0, sets = 0, fills = 0, examples = 0, place = 0;
  only_elements(r->loader, r->at);
  for (const xmlNode *node = r->at.node->children; node; node = node->next) {
    Declaration here = within(r->at, node);
    if (node->type != XML_ELEMENT_NODE) continue;
    in_order(r, here, &place);
    if (is_element(node, "note")) read_note(r->loader, here);
    else if (is_element(node, "pattern")) read_pattern(r, here, &patterns);
    else if (is_element(node, "before")) read_before(r, here);
    else if (is_element(node, "unless")) read_unless(r, here, &unless);
    else if (is_element(node, "set")) read_set(r, here, &sets);
    else if (is_element(node, "fill")) read_fill(r, here, &fills);
    else if (is_element(node, "example")) read_example(r, here, false, &examples);
    else if (is_element(node, "counter")) read_example(r, here, true, &examples);
    else
      fault(r->loader, here, "unknown-element",
            "<rule> holds <pattern>, <before>, <unless>, <set>, <fill>, <example>, <counter> and <note>, not <%s>",
            (const char *)node->name);
  }
}

static void need_parts(Reading *r)
{
  size_t examples = 0, counters = 0;
  for (size_t i = 0; i < r->rule->example_count; ++i) *(r->rule->examples[i].counter ? &counters : &examples) += 1;
  bool has_pattern = false;
  for (const xmlNode *node = r->at.node->children; node; node = node->next) has_pattern |= is_element(node, "pattern");
  if (!has_pattern) fault(r->loader, r->at, "missing-pattern", "rule %s needs a <pattern>", r->rule->id);
  if (!examples) fault(r->loader, r->at, "missing-example", "rule %s needs an <example>: a sentence it must match", r->rule->id);
  if (!counters) fault(r->loader, r->at, "missing-counter", "rule %s needs a <counter>: a sentence it must not match", r->rule->id);
  need_group(r, r->at, r->rule->span_group);
}

static void unique_id(Loader *loader, Declaration at, const char *id)
{
  for (size_t i = 0; i < loader->rules->rule_count; ++i) {
    const Rule *other = loader->rules->rules[i];
    if (other->id == id) fault(loader, at, "duplicate", "the rule %s exists already at %s:%zu", id, other->file, other->line);
  }
}

static void read_rule(Loader *loader, Declaration at, uint32_t scope, const uint64_t *mask)
{
  static const char *const allowed[] = {"id", "emits", "scope", "priority", "confidence", "span", "absorb", NULL};
  RuleSet                 *rules = loader->rules;
  only_attributes(loader, at, allowed);
  Rule *rule = arena_alloc(loader->arena, sizeof *rule);
  rule->id = named(loader, at, "id");
  rule->file = at.file;
  rule->line = (size_t)xmlGetLineNo(at.node);
  unique_id(loader, at, rule->id);
  const Type *type = find_item_type(loader, at, required(loader, at, "emits"));
  if (type) rule->type = type->index;
  rule->scope = read_scope(loader, at, scope);
  rule->priority = read_priority(loader, at);
  rule->confidence = read_confidence(loader, at);
  rule->span_group = attribute(loader, at, "span");
  rule->absorb = yes_no(loader, at, "absorb", false);
  Reading r = {.loader = loader, .rule = rule, .at = at, .type = type};
  r.seen = arena_alloc(loader->arena, rules->view_words * sizeof *r.seen);
  memcpy(r.seen, mask, rules->view_words * sizeof *r.seen);
  read_parts(&r);
  need_parts(&r);
  rule->view = view_of(loader, r.seen);
  rule->ordinal = (uint32_t)rules->rule_count;
  LOADER_GROW(loader, rules->rules, rules->rule_count, loader->rule_capacity);
  rules->rules[rules->rule_count++] = rule;
}

/* ---- Phases ---- */

static void read_mask(Loader *loader, Declaration at, uint64_t *mask)
{
  const char **names;
  size_t       count = words_of(loader, at, "mask", &names);
  for (size_t i = 0; i < count; ++i) {
    const Type *type = find_type(loader, at, names[i]);
    for (size_t j = 0; type && j < type->below_count; ++j)
      mask[type->below[j] / 64] |= UINT64_C(1) << (type->below[j] % 64);
  }
}

static void read_learn(Loader *loader, Declaration at, Phase *phase)
{
  static const char *const words[] = {"full", "last", "acronym", NULL};
  const char              *into = named(loader, at, "into");
  const Type              *from = find_item_type(loader, at, required(loader, at, "from"));
  const Type              *list = ruleset_type(loader->rules, arena_printf(loader->arena, "@%s", into));
  const char             **parts;
  size_t                   count = words_of(loader, at, "forms", &parts);
  if (from && list) phase->learn_from = from->index, phase->learn_into = list->index;
  if (!count) phase->learn_forms = LEARN_FULL | LEARN_ACRONYM;
  for (size_t i = 0; i < count; ++i) phase->learn_forms |= 1U << one_of(loader, at, "forms", parts[i], words);
  phase->kind = PHASE_LEARN;
}

static int by_view(const void *a, const void *b)
{
  const Rule *x = *(Rule *const *)a, *y = *(Rule *const *)b;
  if (x->view != y->view) return x->view < y->view ? -1 : 1;
  return x->ordinal < y->ordinal ? -1 : x->ordinal > y->ordinal;
}

static void sort_by_view(Loader *loader, Phase *phase)
{
  phase->by_view = arena_alloc(loader->arena, (phase->rule_count + 1) * sizeof *phase->by_view);
  for (uint32_t i = 0; i < phase->rule_count; ++i)
    phase->by_view[i] = loader->rules->rules[phase->first_rule + i];
  if (phase->rule_count) qsort(phase->by_view, phase->rule_count, sizeof *phase->by_view, by_view);
}

static void read_phase(Loader *loader, Declaration at)
{
  static const char *const allowed[] = {"id", "mask", "scope", "builtin", NULL};
  static const char *const learning[] = {"id", "mask", "builtin", "from", "into", "forms", NULL};
  static const char *const builtins[] = {"learn", NULL};
  RuleSet                 *rules = loader->rules;
  only_attributes(loader, at, attribute(loader, at, "builtin") ? learning : allowed);
  only_elements(loader, at);
  const char *builtin = attribute(loader, at, "builtin");
  uint64_t   *mask = arena_alloc(loader->arena, rules->view_words * sizeof *mask);
  uint32_t    scope = read_scope(loader, at, whole_scope());
  bool        has_id = !builtin || attribute(loader, at, "id");
  Phase       phase = {.id = has_id ? named(loader, at, "id") : builtin, .first_rule = (uint32_t)rules->rule_count};
  if (builtin) {
    one_of(loader, at, "builtin", builtin, builtins);
    read_learn(loader, at, &phase);
  }
  read_mask(loader, at, mask);
  for (const xmlNode *node = at.node->children; node; node = node->next) {
    Declaration here = within(at, node);
    if (is_element(node, "note")) read_note(loader, here);
    else if (is_element(node, "rule") && !builtin) read_rule(loader, here, scope, mask);
    else if (node->type == XML_ELEMENT_NODE)
      fault(loader, here, "unknown-element", "<phase> holds %s, not <%s>", builtin ? "no rules when it is built in" : "<rule>",
            (const char *)node->name);
  }
  phase.rule_count = (uint32_t)rules->rule_count - phase.first_rule;
  phase.mask = mask;
  sort_by_view(loader, &phase);
  LOADER_GROW(loader, rules->phases, rules->phase_count, loader->phase_capacity);
  rules->phases[rules->phase_count++] = phase;
}

void load_rules(Loader *loader)
{
  loader->rules->view_words = (loader->rules->type_count + 63) / 64;
  for (size_t i = 0; i < loader->declaration_count; ++i)
    if (is_element(loader->declarations[i].node, "phase")) read_phase(loader, loader->declarations[i]);
}
