#include "audit/assets.h"

#include <string.h>

const Asset *asset_find(const char *name)
{
  for (size_t i = 0; i < audit_asset_count; ++i)
    if (!strcmp(audit_assets[i].name, name)) return &audit_assets[i];
  return NULL;
}
