#include "rules/ruleset.h"

#include "base/language.h"

#include <string.h>

const Type *ruleset_type(const RuleSet *rules, const char *name)
{
  for (size_t i = 0; i < rules->type_count; ++i)
    if (strcmp(rules->types[i].name, name) == 0) return &rules->types[i];
  return NULL;
}

const Table *ruleset_table(const RuleSet *rules, const char *name, size_t bytes, const char *language)
{
  const Table *best = NULL;
  size_t       fit = 0;
  for (size_t i = 0; i < rules->table_count; ++i) {
    const Table *table = rules->tables[i];
    if (strlen(table->name) != bytes || memcmp(table->name, name, bytes) != 0) continue;
    size_t fits = language_fit(table->language, language);
    if (!best || fits > fit) best = table, fit = fits;
  }
  return best;
}

bool ruleset_is_a(const RuleSet *rules, uint16_t type, uint16_t ancestor)
{
  for (; type != NO_TYPE; type = rules->types[type].parent)
    if (type == ancestor) return true;
  return false;
}

const FeatureType *type_feature(const RuleSet *rules, const Type *type, const char *name)
{
  for (;;) {
    for (size_t i = 0; i < type->feature_count; ++i)
      if (strcmp(type->features[i].name, name) == 0) return &type->features[i];
    if (type->parent == NO_TYPE) return NULL;
    type = &rules->types[type->parent];
  }
}

const RoleType *type_role(const RuleSet *rules, const Type *type, const char *name)
{
  for (;;) {
    for (size_t i = 0; i < type->role_count; ++i)
      if (strcmp(type->roles[i].name, name) == 0) return &type->roles[i];
    if (type->parent == NO_TYPE) return NULL;
    type = &rules->types[type->parent];
  }
}
