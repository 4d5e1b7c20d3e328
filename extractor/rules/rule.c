/* Phases and rules. */
#include "rules/reading.h"

#include <stdlib.h>
#include <string.h>

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

static const char *const rule_parts[] = {"note", "pattern", "before", "unless", "set", "fill", "example", "counter", NULL};
static const char *const modifier_parts[] = {"note", "trigger", "until", "unless", "set", "example", "counter", NULL};

static const char *const *parts_of(const Rule *rule) { return rule->modifier ? modifier_parts : rule_parts; }

static const char *listed_parts(Reading *r)
{
  const char *list = "";
  for (const char *const *part = parts_of(r->rule); *part; ++part)
    list = arena_printf(r->loader->arena, "%s%s<%s>", list, *list ? ", " : "", *part);
  return list;
}

/* Is it a part of the rule? Parts stand in the order above, so that every rule reads alike. */
static bool in_order(Reading *r, Declaration at, size_t *place)
{
  const char *const *names = parts_of(r->rule);
  size_t             now = 0;
  while (names[now] && !is_element(at.node, names[now])) now++;
  if (!names[now])
    fault(r->loader, at, "unknown-element", "<%s> holds %s, not <%s>", (const char *)r->at.node->name, listed_parts(r),
          (const char *)at.node->name);
  else if (now < *place)
    fault(r->loader, at, "wrong-order", "<%s> stands behind <%s>; a %s has %s", names[now], names[*place],
          (const char *)r->at.node->name, listed_parts(r));
  else *place = now;
  return names[now] != NULL;
}

static void read_parts(Reading *r)
{
  size_t patterns = 0, unless = 0, sets = 0, fills = 0, examples = 0, place = 0;
  only_elements(r->loader, r->at);
  for (const xmlNode *node = r->at.node->children; node; node = node->next) {
    Declaration here = within(r->at, node);
    if (node->type != XML_ELEMENT_NODE) continue;
    if (!in_order(r, here, &place)) continue;
    if (is_element(node, "note")) read_note(r->loader, here);
    else if (is_element(node, "pattern") || is_element(node, "trigger")) read_pattern(r, here, &patterns);
    else if (is_element(node, "before")) read_before(r, here);
    else if (is_element(node, "until")) read_until(r, here);
    else if (is_element(node, "unless")) read_unless(r, here, &unless);
    else if (is_element(node, "set")) read_set(r, here, &sets);
    else if (is_element(node, "fill")) read_fill(r, here, &fills);
    else if (is_element(node, "example")) read_example(r, here, false, &examples);
    else read_example(r, here, true, &examples);
  }
}

static void need_parts(Reading *r)
{
  size_t examples = 0, counters = 0;
  for (size_t i = 0; i < r->rule->example_count; ++i) *(r->rule->examples[i].counter ? &counters : &examples) += 1;
  const char *what = (const char *)r->at.node->name, *pattern = r->rule->modifier ? "trigger" : "pattern";
  bool has_pattern = false;
  for (const xmlNode *node = r->at.node->children; node; node = node->next) has_pattern |= is_element(node, pattern);
  if (!has_pattern) fault(r->loader, r->at, "missing-pattern", "%s %s needs a <%s>", what, r->rule->id, pattern);
  if (r->rule->modifier && !r->rule->set_count) fault(r->loader, r->at, "missing-set", "modifier %s needs a <set>", r->rule->id);
  if (!examples) fault(r->loader, r->at, "missing-example", "%s %s needs an <example>: a sentence it must match", what, r->rule->id);
  if (!counters) fault(r->loader, r->at, "missing-counter", "%s %s needs a <counter>: a sentence it must not match", what, r->rule->id);
  need_group(r, r->at, r->rule->span_group);
}

static void unique_id(Loader *loader, Declaration at, const char *id)
{
  for (size_t i = 0; i < loader->rules->rule_count; ++i) {
    const Rule *other = loader->rules->rules[i];
    if (other->id == id) fault(loader, at, "duplicate", "the rule %s exists already at %s:%zu", id, other->file, other->line);
  }
}

static Rule *begin_rule(Loader *loader, Declaration at, uint32_t scope)
{
  Rule *rule = arena_alloc(loader->arena, sizeof *rule);
  rule->id = named(loader, at, "id");
  rule->file = at.file;
  rule->line = (size_t)xmlGetLineNo(at.node);
  unique_id(loader, at, rule->id);
  rule->language = language_at(loader, at);
  rule->scope = read_scope(loader, at, scope);
  rule->priority = read_priority(loader, at);
  rule->confidence = read_confidence(loader, at);
  return rule;
}

static void finish_rule(Reading *r, const uint64_t *mask)
{
  Loader  *loader = r->loader;
  RuleSet *rules = loader->rules;
  r->seen = arena_alloc(loader->arena, rules->view_words * sizeof *r->seen);
  memcpy(r->seen, mask, rules->view_words * sizeof *r->seen);
  read_parts(r);
  need_parts(r);
  r->rule->view = view_of(loader, r->seen);
  r->rule->ordinal = (uint32_t)rules->rule_count;
  LOADER_GROW(loader, rules->rules, rules->rule_count, loader->rule_capacity);
  rules->rules[rules->rule_count++] = r->rule;
}

static void read_rule(Loader *loader, Declaration at, uint32_t scope, const uint64_t *mask)
{
  static const char *const allowed[] = {"id", "emits", "scope", "priority", "confidence", "span", "absorb", "xml:lang", NULL};
  only_attributes(loader, at, allowed);
  Rule       *rule = begin_rule(loader, at, scope);
  const Type *type = find_item_type(loader, at, required(loader, at, "emits"));
  Reading     r = {.loader = loader, .rule = rule, .at = at, .types = &type, .type_count = type != NULL};
  if (type) rule->type = type->index;
  rule->span_group = attribute(loader, at, "span");
  rule->absorb = yes_no(loader, at, "absorb", false);
  finish_rule(&r, mask);
}

static void read_modifier(Loader *loader, Declaration at, uint32_t scope, const uint64_t *mask)
{
  static const char *const allowed[] = {"id", "targets", "direction", "scope", "priority", "confidence", "xml:lang", NULL};
  static const char *const directions[] = {"forward", "backward", "both", "around", NULL};
  only_attributes(loader, at, allowed);
  Rule        *rule = begin_rule(loader, at, scope);
  const char **targets, *direction = attribute(loader, at, "direction");
  if (!*required(loader, at, "targets")) return;
  Reading r = {.loader = loader, .rule = rule, .at = at};
  size_t  count = words_of(loader, at, "targets", &targets);
  r.types = arena_alloc(loader->arena, (count + 1) * sizeof *r.types);
  rule->modifier = true;
  rule->direction = direction ? (ModifierDirection)one_of(loader, at, "direction", direction, directions) : MODIFY_FORWARD;
  rule->targets = arena_alloc(loader->arena, (loader->rules->view_words + 1) * sizeof *rule->targets);
  for (size_t i = 0; i < count; ++i) {
    const Type *type = find_item_type(loader, at, targets[i]);
    if (!type) continue;
    r.types[r.type_count++] = type;
    rule->type = r.types[0]->index;
    for (size_t j = 0; j < type->below_count; ++j) rule->targets[type->below[j] / 64] |= UINT64_C(1) << (type->below[j] % 64);
  }
  finish_rule(&r, mask);
}

/* ---- Phases ---- */

static void read_mask(Loader *loader, Declaration at, uint64_t *mask)
{
  const char **names;
  size_t       count = words_of(loader, at, "mask", &names);
  for (size_t i = 0; i < count; ++i) {
    const Type *type = find_type(loader, at, names[i], language_of(loader, at));
    for (size_t j = 0; type && j < type->below_count; ++j)
      mask[type->below[j] / 64] |= UINT64_C(1) << (type->below[j] % 64);
  }
}

static void read_learn(Loader *loader, Declaration at, Phase *phase)
{
  static const char *const words[] = {"full", "last", "acronym", "first", NULL};
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
  static const char *const allowed[] = {"id", "mask", "scope", "builtin", "xml:lang", NULL};
  static const char *const learning[] = {"id", "mask", "builtin", "from", "into", "forms", "xml:lang", NULL};
  static const char *const builtins[] = {"learn", NULL};
  RuleSet                 *rules = loader->rules;
  only_attributes(loader, at, attribute(loader, at, "builtin") ? learning : allowed);
  only_elements(loader, at);
  const char *builtin = attribute(loader, at, "builtin");
  const char *language = language_at(loader, at);
  uint64_t   *mask = arena_alloc(loader->arena, rules->view_words * sizeof *mask);
  uint32_t    scope = read_scope(loader, at, whole_scope());
  bool        has_id = !builtin || attribute(loader, at, "id");
  Phase       phase = {.id = has_id ? named(loader, at, "id") : builtin, .language = language, .first_rule = (uint32_t)rules->rule_count};
  if (builtin) {
    one_of(loader, at, "builtin", builtin, builtins);
    read_learn(loader, at, &phase);
  }
  read_mask(loader, at, mask);
  for (const xmlNode *node = at.node->children; node; node = node->next) {
    Declaration here = within(at, node);
    if (is_element(node, "note")) read_note(loader, here);
    else if (is_element(node, "rule") && !builtin) read_rule(loader, here, scope, mask);
    else if (is_element(node, "modifier") && !builtin) read_modifier(loader, here, scope, mask);
    else if (node->type == XML_ELEMENT_NODE)
      fault(loader, here, "unknown-element", "<phase> holds %s, not <%s>",
            builtin ? "no rules when it is built in" : "<rule> and <modifier>", (const char *)node->name);
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
