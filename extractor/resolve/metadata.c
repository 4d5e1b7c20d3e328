#include "resolve/metadata.h"

#include "resolve/corefer.h"

#include <string.h>

typedef struct {
  const Entity **list;
  size_t         count;
} Parties;

static void add(Document *document, Parties *parties, const Entity *entity)
{
  for (size_t i = 0; i < parties->count; ++i)
    if (parties->list[i] == entity || (entity->label && strcmp(parties->list[i]->label, entity->label) == 0)) return;
  const Entity **list = arena_alloc(document->arena, (parties->count + 1) * sizeof *list);
  if (parties->count) memcpy(list, parties->list, parties->count * sizeof *list);
  list[parties->count++] = entity;
  parties->list = list;
}

/* Names that stand within the span are the party; otherwise its words are. */
static void add_named(Document *document, Parties *parties, Span span)
{
  bool found = false;
  for (size_t i = 0; i < document->item_count; ++i) {
    const Item *item = &document->items[i];
    if (!item->entity || item->span.start < span.start || item->span.end > span.end) continue;
    if (item->type->corefer != COREFER_PERSON && item->type->corefer != COREFER_BODY) continue;
    add(document, parties, item->entity);
    found = true;
  }
  if (!found) add(document, parties, entity_new(document, NULL, items_text(document, span)));
}

/* Only what the strongest of the rules that fired say counts. */
static Parties collect(Document *document, const MatchResult *matches, MetaKind kind)
{
  Parties parties = {0};
  int32_t best = INT32_MIN;
  for (size_t i = 0; i < matches->count; ++i) {
    const Annotation *a = matches->annotations[i];
    if (a->rule && document->rules->types[a->type].meta == kind && a->rule->priority > best) best = a->rule->priority;
  }
  for (size_t i = 0; i < matches->count; ++i) {
    const Annotation *a = matches->annotations[i];
    if (a->live && a->rule && document->rules->types[a->type].meta == kind && a->rule->priority == best)
      add_named(document, &parties, a->span);
  }
  return parties;
}

/* A party without a name is a node all the same. */
static const Entity *nameless(Document *document, const char *id)
{
  Entity *entity = entity_new(document, NULL, NULL);
  strcpy(entity->id, id);
  return entity;
}

void metadata_resolve(Document *document, const MatchResult *matches, const ItemMap *map)
{
  (void)map;
  LetterMeta *meta = &document->meta;
  Parties     senders = collect(document, matches, META_SENDER);
  Parties     addressees = collect(document, matches, META_ADDRESSEE);
  Parties     signatories = collect(document, matches, META_SIGNATORY);
  if (!senders.count) senders = signatories;
  meta->senders = senders.list, meta->sender_count = senders.count;
  meta->addressees = addressees.list, meta->addressee_count = addressees.count;
  meta->signatories = signatories.list, meta->signatory_count = signatories.count;
  document->writer = senders.count ? senders.list[0] : nameless(document, "writer");
  document->addressee = addressees.count ? addressees.list[0] : nameless(document, "addressee");
}
