#include "rules/ruleset.h"

#include <string.h>

const Type *ruleset_type(const RuleSet *rules, const char *name)
{
  for (size_t i = 0; i < rules->type_count; ++i)
    if (strcmp(rules->types[i].name, name) == 0) return &rules->types[i];
  return NULL;
}

const Table *ruleset_table(const RuleSet *rules, const char *name, size_t bytes)
{
  for (size_t i = 0; i < rules->table_count; ++i)
    if (strlen(rules->tables[i]->name) == bytes && memcmp(rules->tables[i]->name, name, bytes) == 0)
      return rules->tables[i];
  return NULL;
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
