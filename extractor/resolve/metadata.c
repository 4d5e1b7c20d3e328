#include "resolve/metadata.h"

#include "resolve/corefer.h"

#include <stdlib.h>
#include <string.h>

enum { MANY = 20, LINES_A_NAME = 3, NAMED_IN_TEXT = 5 /* priority of sender rules that read the text, not the signature */ };

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

static const Entity *entity_at(const Document *document, Span span)
{
  for (size_t i = 0; i < document->item_count; ++i) {
    const Item *item = &document->items[i];
    if (item->entity && item->span.start == span.start && item->span.end == span.end) return item->entity;
  }
  return NULL;
}

/* A name that is the whole of the span is the party; otherwise its words are. */
static void add_named(Document *document, Parties *parties, Span span)
{
  const Entity *named = entity_at(document, span);
  add(document, parties, named ? named : entity_new(document, NULL, items_text(document, span)));
}

/* A name that no rule found: that of a mention where one has it. */
static void add_said(Document *document, Parties *parties, const char *name)
{
  if (!name || parties->count) return;
  for (size_t i = 0; i < document->item_count; ++i) {
    const Entity *entity = document->items[i].entity;
    if (!entity || !entity->label || strcmp(entity->label, name) != 0) continue;
    add(document, parties, entity);
    return;
  }
  add(document, parties, entity_new(document, NULL, name));
}

static MetaKind meta_of(const Document *document, const Annotation *a)
{
  return a->live && a->rule ? document->rules->types[a->type].meta : META_NONE;
}

static uint32_t block_of(const Document *document, const Annotation *a) { return document->letter->units[a->unit].block; }

/* Those who only get a copy stand behind the word for it, in its block. */
static bool gets_copy(const Document *document, const MatchResult *matches, const Annotation *party)
{
  for (size_t i = 0; i < matches->count; ++i) {
    const Annotation *a = matches->annotations[i];
    if (meta_of(document, a) == META_COPY && block_of(document, a) == block_of(document, party) &&
        a->span.start <= party->span.start)
      return true;
  }
  return false;
}

static bool signs(const Document *document, const MatchResult *matches, const Entity *entity)
{
  for (size_t i = 0; entity && i < matches->count; ++i) {
    const Annotation *a = matches->annotations[i];
    if (meta_of(document, a) == META_SIGNATORY && entity_at(document, a->span) == entity) return true;
  }
  return false;
}

static bool says(const Document *document, const MatchResult *matches, const Annotation *a, MetaKind kind)
{
  if (meta_of(document, a) != kind || gets_copy(document, matches, a)) return false;
  if (kind != META_ADDRESSEE || document->letter->units[a->unit].kind != UNIT_LINE) return true;
  return !signs(document, matches, entity_at(document, a->span)); /* the writer's own address */
}

/* The priority of the strongest of the rules that found such a party; INT32_MIN when none did. */
static int32_t strongest(const Document *document, const MatchResult *matches, MetaKind kind)
{
  int32_t best = INT32_MIN;
  for (size_t i = 0; i < matches->count; ++i) {
    const Annotation *a = matches->annotations[i];
    if (says(document, matches, a, kind) && a->rule->priority > best) best = a->rule->priority;
  }
  return best;
}

static int by_place(const void *a, const void *b)
{
  const Annotation *x = *(const Annotation *const *)a, *y = *(const Annotation *const *)b;
  return x->span.start < y->span.start ? -1 : x->span.start > y->span.start;
}

/* Only what the strongest of the rules that fired say counts; in letter order. */
static Parties collect(Document *document, const MatchResult *matches, MetaKind kind)
{
  Parties            parties = {0};
  int32_t            best = strongest(document, matches, kind);
  const Annotation **list = arena_alloc(document->arena, (matches->count + 1) * sizeof *list);
  size_t             count = 0;
  for (size_t i = 0; i < matches->count; ++i) {
    const Annotation *a = matches->annotations[i];
    if (says(document, matches, a, kind) && a->rule->priority == best) list[count++] = a;
  }
  if (count) qsort(list, count, sizeof *list, by_place);
  for (size_t i = 0; i < count; ++i) add_named(document, &parties, list[i]->span);
  return parties;
}

/* The first body of the head, with those on its line, where the addressee stands in a block of the head below it. */
static Parties letterhead(Document *document, const MatchResult *matches)
{
  const Letter     *letter = document->letter;
  const Annotation *head = NULL;
  Parties           parties = {0};
  for (size_t i = 0; i < matches->count; ++i) {
    const Annotation *a = matches->annotations[i];
    if (meta_of(document, a) == META_LETTERHEAD && (!head || a->span.start < head->span.start)) head = a;
  }
  for (size_t i = 0; head && i < matches->count; ++i) {
    const Annotation *a = matches->annotations[i];
    const Unit       *unit = &letter->units[a->unit];
    if (!says(document, matches, a, META_ADDRESSEE) || unit->zone != ZONE_HEAD || unit->kind != UNIT_LINE) continue;
    if (unit->block <= block_of(document, head)) continue;
    for (size_t j = 0; j < matches->count; ++j) {
      const Annotation *row = matches->annotations[j];
      if (meta_of(document, row) == META_LETTERHEAD && row->unit == head->unit) add_named(document, &parties, row->span);
    }
    break;
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

/* A list too long to be a block of a few who sign with name, office and body. */
static bool is_long_list(const Letter *letter)
{
  size_t lines = 0;
  for (size_t i = 0; i < letter->unit_count; ++i)
    lines += letter->units[i].kind == UNIT_LINE && letter->units[i].zone == ZONE_SIGNATURE;
  return lines > (size_t)MANY * LINES_A_NAME;
}

/* Annotations that name a party, which are all that metadata comes from. */
static MatchResult list_parties(const Document *document, const MatchResult *all)
{
  MatchResult parties = {arena_alloc(document->arena, (all->count + 1) * sizeof *parties.annotations), 0};
  for (size_t i = 0; i < all->count; ++i)
    if (meta_of(document, all->annotations[i]) != META_NONE) parties.annotations[parties.count++] = all->annotations[i];
  return parties;
}

void metadata_resolve(Document *document, const MatchResult *all)
{
  LetterMeta       *meta = &document->meta;
  const MatchResult parties = list_parties(document, all), *matches = &parties;
  Parties     senders = collect(document, matches, META_SENDER);
  Parties     addressees = collect(document, matches, META_ADDRESSEE);
  Parties     signatories = collect(document, matches, META_SIGNATORY);
  bool        many = senders.count > MANY || signatories.count > MANY || is_long_list(document->letter);
  bool        said = strongest(document, matches, META_UNDERSIGNED) > INT32_MIN;
  bool        named = strongest(document, matches, META_SENDER) >= NAMED_IN_TEXT;
  meta->undersigned = !named && (many || (said && !senders.count && !signatories.count));
  if (meta->undersigned) senders.count = 0;
  else if (!senders.count) senders = letterhead(document, matches);
  if (!meta->undersigned && !senders.count) senders = signatories;
  if (many) signatories.count = 0;
  if (!meta->undersigned) add_said(document, &senders, document->said_sender);
  add_said(document, &addressees, document->said_addressee);
  meta->senders = senders.list, meta->sender_count = senders.count;
  meta->addressees = addressees.list, meta->addressee_count = addressees.count;
  meta->signatories = signatories.list, meta->signatory_count = signatories.count;
  document->writer = senders.count ? senders.list[0] : nameless(document, "writer");
  document->addressee = addressees.count ? addressees.list[0] : nameless(document, "addressee");
}
