#include "cli/filter.h"

#include <string.h>

/* The next word of a comma-separated list, or NULL; *rest moves behind it. */
static const char *next_word(const char **rest, size_t *length)
{
  const char *word = *rest + strspn(*rest, ", ");
  *length = strcspn(word, ", ");
  *rest = word + *length;
  return *length ? word : NULL;
}

static const Type *find_type(const RuleSet *rules, const char *name, size_t length)
{
  for (size_t i = 0; i < rules->type_count; ++i) {
    const Type *type = &rules->types[i];
    if (strlen(type->name) == length && !memcmp(type->name, name, length)) return type;
  }
  return NULL;
}

/* A type that can be asked for: its items, or those of a type that extends it, are output. */
static bool is_output(const RuleSet *rules, const Type *type)
{
  for (size_t i = 0; i < rules->type_count; ++i) {
    if ((rules->types[i].output || rules->types[i].referred) && ruleset_is_a(rules, (uint16_t)i, type->index)) return true;
  }
  return false;
}

static void name_types(const RuleSet *rules, char *names, size_t size)
{
  size_t used = 0;
  names[0] = '\0';
  for (size_t i = 0; i < rules->type_count; ++i) {
    const Type *type = &rules->types[i];
    size_t      length = strlen(type->name);
    if ((!type->output && !type->referred) || used + length + 3 > size) continue;
    if (used) memcpy(names + used, ", ", 3), used += 2;
    memcpy(names + used, type->name, length + 1);
    used += length;
  }
}

bool check_types(const Options *options, const RuleSet *rules)
{
  const char *rest = options->types, *word;
  size_t      length;
  while (rest && (word = next_word(&rest, &length))) {
    const Type *type = find_type(rules, word, length);
    if (type && is_output(rules, type)) continue;
    char names[512];
    name_types(rules, names, sizeof names);
    say(NULL, 0, "unknown type \"%.*s\" in --types; the rules have %s", (int)length, word, names);
    return false;
  }
  return true;
}

static bool is_wanted(const Options *options, const Document *document, const Item *item)
{
  const char *rest = options->types, *word;
  size_t      length;
  if (item->confidence < options->min_confidence) return false;
  if (!rest) return true;
  while ((word = next_word(&rest, &length))) {
    const Type *type = find_type(document->rules, word, length);
    if (type && ruleset_is_a(document->rules, item->type->index, type->index)) return true;
  }
  return false;
}

static bool is_among(const Entity *const *entities, size_t count, const Entity *entity)
{
  for (size_t i = 0; i < count; ++i) {
    if (entities[i] == entity) return true;
  }
  return false;
}

static bool is_referred_to(const Document *document, const Entity *entity)
{
  const LetterMeta *meta = &document->meta;
  if (entity == document->writer || entity == document->addressee) return true;
  if (is_among(meta->senders, meta->sender_count, entity)) return true;
  if (is_among(meta->addressees, meta->addressee_count, entity)) return true;
  if (is_among(meta->signatories, meta->signatory_count, entity)) return true;
  for (size_t i = 0; i < document->item_count; ++i) {
    const Item *item = &document->items[i];
    if (item->entity == entity) return true;
    for (size_t r = 0; r < item->role_count; ++r) {
      if (item->roles[r].entity == entity) return true;
    }
  }
  return false;
}

void filter_entities(Document *document)
{
  size_t entities = 0;
  for (size_t i = 0; i < document->entity_count; ++i) {
    if (is_referred_to(document, document->entities[i]))
      document->entities[entities++] = document->entities[i];
  }
  document->entity_count = entities;
}

void filter_items(const Options *options, Document *document)
{
  size_t items = 0;
  if (!options->types && options->min_confidence <= 0) return;
  for (size_t i = 0; i < document->item_count; ++i) {
    if (is_wanted(options, document, &document->items[i])) document->items[items++] = document->items[i];
  }
  document->item_count = items;
  filter_entities(document);
}

bool type_is_listed(const char *types, const char *name)
{
  const char *rest = types, *word;
  size_t      length;
  while (rest && (word = next_word(&rest, &length)))
    if (strlen(name) == length && !memcmp(word, name, length)) return true;
  return !types;
}
