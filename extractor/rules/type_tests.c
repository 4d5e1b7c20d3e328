/* Tests in placeholders: {Person[title]} is a person with a title.
 *
 * An annotation that passes tests which patterns make of its type stands in views as a type of its own,
 * one for each set of tests, so that whatever looks at views and triggers need not know of tests. Such a
 * type is below the one it is of, so {Person} is all of them. */
#include "rules/loader.h"

#include <ctype.h>
#include <string.h>

/* "Type[test]": what stands before the bracket, and inside. */
typedef struct {
  const char *type, *test; /* interned; NULL: no test */
  bool        negated;     /* "Type[!test]" */
} Part;

static Part read_part(Loader *loader, const char *text)
{
  const char *open = strchr(text, '[');
  size_t      length = open ? (size_t)(open - text) : strlen(text);
  Part        part = {.type = intern(loader->rules->names, text, length)};
  if (!open) return part;
  part.negated = open[1] == '!';
  open += 1 + part.negated;
  part.test = intern(loader->rules->names, open, strcspn(open, "]"));
  return part;
}

static TypeTest read_test(Loader *loader, const char *text)
{
  size_t name = strcspn(text, "=");
  return (TypeTest){intern(loader->rules->names, text, name),
                    text[name] ? intern(loader->rules->names, text + name + 1, strlen(text + name + 1)) : NULL};
}

static bool has_member(const RuleSet *rules, const Type *type, TypeTest test)
{
  return type_feature(rules, type, test.name) || (!test.value && type_role(rules, type, test.name));
}

static size_t find_test(const Type *type, TypeTest test)
{
  size_t i = 0;
  while (i < type->test_count && (type->tests[i].name != test.name || type->tests[i].value != test.value)) i++;
  return i;
}

/* ---- Declaring ---- */

static void declare_test(Loader *loader, Declaration at, const char *type_name, TypeTest test)
{
  RuleSet    *rules = loader->rules;
  const Type *named = ruleset_type(rules, type_name);
  for (size_t i = 0; named && i < rules->type_count; ++i) {
    Type *type = &rules->types[i];
    if (!ruleset_is_a(rules, type->index, named->index) || !has_member(rules, type, test)) continue;
    if (find_test(type, test) < type->test_count) continue;
    if (type->test_count == MAX_TESTS) {
      fault(loader, at, "too-many", "more than %d different tests in {%s[...]}; a helper type can tell more apart", MAX_TESTS, type->name);
      return;
    }
    type->tests[type->test_count++] = test;
  }
}

/* Of one source: faults are told when it is expanded. */
static void declare_in(Loader *loader, Declaration at, const char *text)
{
  for (const char *open = strchr(text, '{'); open; open = strchr(open + 1, '{')) {
    const char **parts;
    size_t       length = strcspn(open, "}");
    if (!isupper((unsigned char)open[1]) || !open[length] || !memchr(open, '[', length)) continue;
    size_t count = split(loader, arena_copy(loader->arena, open + 1, length - 1), "|", &parts);
    for (size_t i = 0; i < count; ++i) {
      Part part = read_part(loader, parts[i]);
      if (part.test && *part.test) declare_test(loader, at, part.type, read_test(loader, part.test));
    }
  }
}

static void declare_below(Loader *loader, Declaration at)
{
  static const char *const holders[] = {"macro", "pattern", "before", "unless", "trigger", "until"};
  for (size_t i = 0; i < sizeof holders / sizeof *holders; ++i)
    if (is_element(at.node, holders[i])) declare_in(loader, at, content(loader, at.node));
  for (const xmlNode *node = at.node->children; node; node = node->next)
    if (node->type == XML_ELEMENT_NODE) declare_below(loader, within(at, node));
}

static const char *passed_name(Loader *loader, const Type *type, uint32_t bits)
{
  const char *name = type->name;
  for (size_t i = 0; i < type->test_count; ++i) {
    const TypeTest *test = &type->tests[i];
    if (!(bits >> i & 1U)) continue;
    name = arena_printf(loader->arena, test->value ? "%s[%s=%s]" : "%s[%s]", name, test->name, test->value);
  }
  return intern(loader->rules->names, name, strlen(name));
}

/* A type for every set of tests that can hold. */
static void declare_passed(Loader *loader, uint16_t index)
{
  RuleSet *rules = loader->rules;
  uint32_t sets = 1U << rules->types[index].test_count;
  if (rules->type_count + sets > MAX_TYPES) return;
  rules->types[index].passed_first = (uint16_t)rules->type_count;
  for (uint32_t bits = 1; bits < sets; ++bits) {
    LOADER_GROW(loader, rules->types, rules->type_count, loader->type_capacity);
    const Type *of = &rules->types[index];
    Type        type = {.name = passed_name(loader, of, bits), .index = (uint16_t)rules->type_count, .parent = index};
    type.layer = of->layer;
    type.mode = of->mode;
    type.node = of->node;
    type.passed = true;
    type.passed_of = index;
    type.passed_bits = bits;
    rules->types[rules->type_count++] = type;
  }
}

void load_type_tests(Loader *loader)
{
  size_t types = loader->rules->type_count;
  for (size_t i = 0; i < loader->declaration_count; ++i) declare_below(loader, loader->declarations[i]);
  for (size_t i = 0; i < types; ++i)
    if (loader->rules->types[i].test_count) declare_passed(loader, (uint16_t)i);
}

/* ---- Expanding ---- */

static void tell_unknown(Loader *loader, Declaration at, const Type *type, TypeTest test)
{
  bool role = test.value && type_role(loader->rules, type, test.name);
  fault(loader, at, "unknown-feature", "%s has no feature%s %s to test in {%s[...]}%s", type->name, test.value ? "" : " or role",
        test.name, type->name, role ? "; of a role can be asked only whether it is filled" : "");
}

/* Has the type, or one below it, what is asked for? */
static bool can_pass(const RuleSet *rules, const Type *type, TypeTest test)
{
  for (size_t i = 0; i < type->below_count; ++i)
    if (has_member(rules, &rules->types[type->below[i]], test)) return true;
  return false;
}

const Type *read_placeholder(Loader *loader, Declaration at, const char *text, const char *language, PlaceholderTest *test)
{
  Part        part = read_part(loader, text);
  const Type *type = find_type(loader, at, part.type, language);
  *test = (PlaceholderTest){.asked = part.test != NULL, .negated = part.negated};
  if (!type || !part.test) return type;
  const char *close = strchr(text, ']');
  test->test = read_test(loader, part.test);
  if (!close || close[1] || !*test->test.name || (test->test.value && !*test->test.value)) {
    fault(loader, at, "bad-test", "{%s}: a test is [name], [!name], [name=value] or [!name=value]", text);
    return NULL;
  }
  if (can_pass(loader->rules, type, test->test)) return type;
  tell_unknown(loader, at, type, test->test);
  return NULL;
}

bool placeholder_has(const RuleSet *rules, const PlaceholderTest *test, uint16_t below)
{
  if (!test->asked) return true;
  const Type *type = &rules->types[below];
  const Type *of = type->passed ? &rules->types[type->passed_of] : type;
  size_t      bit = find_test(of, test->test);
  bool        holds = type->passed && bit < of->test_count && (type->passed_bits >> bit & 1U);
  return holds != test->negated;
}
