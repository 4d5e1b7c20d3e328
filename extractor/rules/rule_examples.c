/* Examples and counters of a rule, with what they mark. */
#include "rules/reading.h"

#include <string.h>

typedef struct {
  Reading *r;
  Example *example;
  Buffer   text;
  size_t   mark_capacity, feature_capacity;
} ExampleReading;

static void read_example_nodes(ExampleReading *x, Declaration at, const xmlNode *first);

/* In an example of a modifier, its trigger can be marked. */
static void need_marked_role(Reading *r, Declaration at, const char *role)
{
  bool trigger = role && strcmp(role, MODIFIER_TRIGGER) == 0;
  if (role && !r->rule->modifier) need_role(r, at, role);
  else if (role && !trigger) fault(r->loader, at, "unknown-role", "in a modifier, <m role> is \"" MODIFIER_TRIGGER "\", not \"%s\"", role);
}

static void read_mark(ExampleReading *x, Declaration at)
{
  static const char *const allowed[] = {"role", NULL};
  Loader                  *loader = x->r->loader;
  only_attributes(loader, at, allowed);
  LOADER_GROW(loader, x->example->marks, x->example->mark_count, x->mark_capacity);
  size_t index = x->example->mark_count++;
  x->example->marks[index].role = attribute(loader, at, "role");
  need_marked_role(x->r, at, x->example->marks[index].role);
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
  for (size_t i = 0; i < x->r->type_count; ++i) need_feature(x->r, at, x->r->types[i], x->example->features[index].name);
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

void read_example(Reading *r, Declaration at, bool counter, size_t *capacity)
{
  static const char *const allowed[] = {"note", "unit", "issue", "xml:lang", NULL};
  static const char *const units[] = {"unit", "document", NULL};
  only_attributes(r->loader, at, allowed);
  const char *unit = attribute(r->loader, at, "unit");
  Example     example = {.counter = counter, .line = (size_t)xmlGetLineNo(at.node)};
  example.language = language_at(r->loader, at);
  example.document = unit && one_of(r->loader, at, "unit", unit, units) == 1;
  ExampleReading x = {.r = r, .example = &example};
  read_example_nodes(&x, at, at.node->children);
  example.text = arena_copy(r->loader->arena, x.text.data ? x.text.data : "", x.text.size);
  buffer_free(&x.text);
  LOADER_GROW(r->loader, r->rule->examples, r->rule->example_count, *capacity);
  r->rule->examples[r->rule->example_count++] = example;
}
