/* Examples and counters of a rule, with what they mark. */
#include "rules/reading.h"

#include <string.h>

enum { FRAME_BYTES = 1 << 20 };

/* An example with slots is a frame: read once for each turn, with the word of that turn in each slot. */
typedef struct {
  Reading *r;
  Example *example;
  Buffer   text, words; /* words: what the slots hold in this turn */
  size_t   turn, turns; /* turns: 0 until the first slot or list of values */
  bool     has_slot;
  size_t   mark_capacity, feature_capacity;
  size_t  *capacity; /* of the rule's examples */
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

/* ---- Slots ---- */

static size_t count_turns(const char *words)
{
  size_t count = 1;
  for (; *words; ++words) count += *words == '|';
  return count;
}

/* All slots and lists of values of an example have the same number of turns. */
static bool take_turns(ExampleReading *x, Declaration at, const char *words)
{
  size_t count = count_turns(words);
  if (count == 1) fault(x->r->loader, at, "slot-words", "two or more alternatives with | between them were expected, not \"%s\"", words);
  else if (!x->turns) x->turns = count;
  else if (x->turns != count)
    fault(x->r->loader, at, "slot-count", "%zu alternatives were expected, as in what stands before, not %zu", x->turns, count);
  return count > 1 && x->turns == count;
}

static bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/* White space at the ends goes if the line ends in it. */
static Span trim_lines(const char *words, Span span)
{
  Span   inner = span;
  while (inner.start < inner.end && is_space(words[inner.start])) inner.start++;
  while (inner.end > inner.start && is_space(words[inner.end - 1])) inner.end--;
  if (memchr(words + span.start, '\n', inner.start - span.start)) span.start = inner.start;
  if (span.end > inner.end && memchr(words + inner.end, '\n', span.end - inner.end)) span.end = inner.end;
  return span;
}

static Span words_of_turn(const char *words, size_t turn)
{
  uint32_t start = 0;
  for (; turn; ++start) turn -= words[start] == '|';
  return trim_lines(words, (Span){start, start + (uint32_t)strcspn(words + start, "|")});
}

static void read_slot(ExampleReading *x, Declaration at)
{
  static const char *const none[] = {NULL};
  only_attributes(x->r->loader, at, none);
  only_text(x->r->loader, at);
  const char *words = content(x->r->loader, at.node);
  x->has_slot = true;
  if (!take_turns(x, at, words)) return;
  Span span = words_of_turn(words, x->turn);
  buffer_append(&x->text, words + span.start, span.end - span.start);
  if (x->words.size) buffer_append_string(&x->words, "\", \"");
  buffer_append(&x->words, words + span.start, span.end - span.start);
}

/* Of values with bars between them that of the turn. */
static const char *value_of_turn(ExampleReading *x, Declaration at)
{
  const char *value = attribute(x->r->loader, at, "value"), *values = attribute(x->r->loader, at, "values");
  if (value && values) fault(x->r->loader, at, "value-and-values", "<f> has value or values, not both");
  if (!values) return value ? value : "";
  if (!take_turns(x, at, values)) return "";
  Span span = words_of_turn(values, x->turn);
  while (span.start < span.end && is_space(values[span.start])) span.start++;
  while (span.end > span.start && is_space(values[span.end - 1])) span.end--;
  return arena_copy(x->r->loader->arena, values + span.start, span.end - span.start);
}

static void read_expected(ExampleReading *x, Declaration at)
{
  static const char *const allowed[] = {"name", "value", "values", NULL};
  Loader                  *loader = x->r->loader;
  only_attributes(loader, at, allowed);
  nothing_inside(loader, at);
  LOADER_GROW(loader, x->example->features, x->example->feature_count, x->feature_capacity);
  size_t index = x->example->feature_count++;
  x->example->features[index].name = required(loader, at, "name");
  x->example->features[index].value = value_of_turn(x, at);
  for (size_t i = 0; i < x->r->type_count; ++i) need_feature(x->r, at, x->r->types[i], x->example->features[index].name);
}

static void read_example_nodes(ExampleReading *x, Declaration at, const xmlNode *first)
{
  Loader *loader = x->r->loader;
  for (const xmlNode *node = first; node; node = node->next) {
    Declaration here = within(at, node);
    if (node->type == XML_TEXT_NODE) buffer_append_string(&x->text, (const char *)node->content);
    else if (is_element(node, "m") && !x->example->counter) read_mark(x, here);
    else if (is_element(node, "slot") && !is_element(at.node, "slot")) read_slot(x, here);
    else if (is_element(node, "f") && is_element(at.node, "example")) read_expected(x, here);
    else if (node->type == XML_ELEMENT_NODE)
      fault(loader, here, "unknown-element", "<%s> holds %s, not <%s>", (const char *)at.node->name,
            x->example->counter ? "text and <slot>" : is_element(at.node, "m") ? "text, <m> and <slot>" : "text, <m>, <slot> and <f>",
            (const char *)node->name);
  }
}

/* False: there are faults, which further turns would only repeat. */
static bool read_turn(ExampleReading *x, Declaration at, Example example)
{
  Loader *loader = x->r->loader;
  size_t  faults = loader->diagnostics->errors;
  x->example = &example;
  x->text.size = x->words.size = 0;
  x->mark_capacity = x->feature_capacity = 0;
  read_example_nodes(x, at, at.node->children);
  if (x->turns && !x->has_slot) fault(loader, at, "values-without-slot", "<f values> needs a <slot> in its <%s>", (const char *)at.node->name);
  if (x->turns && x->turns > FRAME_BYTES / (x->text.size + 1))
    fault(loader, at, "frame-limit", "with each alternative of its slots the text has more than %d bytes", (int)FRAME_BYTES);
  bool good = loader->diagnostics->errors == faults;
  example.text = arena_copy(loader->arena, x->text.data ? x->text.data : "", x->text.size);
  if (x->has_slot) example.words = arena_copy(loader->arena, x->words.data ? x->words.data : "", x->words.size);
  LOADER_GROW(loader, x->r->rule->examples, x->r->rule->example_count, *x->capacity);
  x->r->rule->examples[x->r->rule->example_count++] = example;
  return good;
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
  ExampleReading x = {.r = r, .capacity = capacity};
  while (read_turn(&x, at, example) && ++x.turn < x.turns) {}
  buffer_free(&x.text);
  buffer_free(&x.words);
}
