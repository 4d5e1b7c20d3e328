#include "resolve/resolve.h"

#include "resolve/corefer.h"
#include "resolve/dates.h"
#include "resolve/details.h"
#include "resolve/identify.h"
#include "resolve/items.h"
#include "resolve/jurisdiction.h"
#include "resolve/law_status.h"
#include "resolve/likeness.h"
#include "resolve/link.h"
#include "resolve/metadata.h"
#include "resolve/provisions.h"

#include <string.h>

/* An entity carries what its mentions say of it: every feature value and role text once. */
static void gather_on_entity(Document *document, Entity *entity, ItemFeature feature)
{
  for (size_t i = 0; i < entity->feature_count; ++i)
    if (entity->features[i].name == feature.name && strcmp(entity->features[i].value, feature.value) == 0) return;
  ItemFeature *features = arena_alloc(document->arena, (entity->feature_count + 1) * sizeof *features);
  if (entity->feature_count) memcpy(features, entity->features, entity->feature_count * sizeof *features);
  features[entity->feature_count++] = feature;
  entity->features = features;
}

static void gather_features(Document *document)
{
  for (size_t i = 0; i < document->item_count; ++i) {
    const Item *item = &document->items[i];
    if (!item->entity) continue;
    for (size_t j = 0; j < item->feature_count; ++j) gather_on_entity(document, (Entity *)item->entity, item->features[j]);
    for (size_t j = 0; j < item->role_count; ++j)
      if (item->roles[j].text)
        gather_on_entity(document, (Entity *)item->entity, (ItemFeature){NULL, item->roles[j].name, item->roles[j].text});
  }
}

/* All memory is the document's arena's, so running out of it may jump back here. */
ClaimantStatus resolve_document(Document *document, const MatchResult *matches, const char *date, const char *genre)
{
  jmp_buf rescue;
  ItemMap map;
  if (setjmp(rescue)) {
    arena_rescue(document->arena, NULL);
    return CLAIMANT_NO_MEMORY;
  }
  arena_rescue(document->arena, &rescue);
  items_make(document, matches, &map);
  ClaimantStatus status = dates_resolve(document, date, genre);
  items_mend(document, matches, &map);
  jurisdiction_find(document, matches, &map);
  corefer(document, matches, &map);
  link_entities(document, matches);
  likeness_link(document);
  metadata_resolve(document, matches);
  items_fill_roles(document, matches, &map);
  law_status_resolve(document, matches, &map);
  jurisdiction_share(document, matches);
  provisions_expand(document);
  provisions_count(document);
  details_add(document, matches);
  items_drop_hidden(document);
  gather_features(document);
  identify(document);
  arena_rescue(document->arena, NULL);
  return status;
}
