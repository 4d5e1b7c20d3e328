#include "resolve/corefer.h"

#include "base/unicode.h"
#include "base/utf8.h"
#include "resolve/known.h"
#include "resolve/mention.h"

#include <stdlib.h>
#include <string.h>

enum { LOOK_AMONG = 500, LOOK_AHEAD = 1000 /* mentions */ };

/* ---- Words ---- */

static const char *fold(Arena *arena, const char *text)
{
  size_t bytes = strlen(text), out = 0;
  char  *key = arena_alloc(arena, bytes * 2 + 1);
  for (size_t i = 0, length; i < bytes; i += length) {
    uint32_t code = utf8_decode(text + i, &length);
    bool     space = code <= ' ' || code == 0xA0;
    if (code == 0x2019) code = '\'';
    if (space && (out == 0 || key[out - 1] == ' ')) continue;
    out += utf8_encode(space ? ' ' : unicode_lower(code), key + out);
  }
  while (out && key[out - 1] == ' ') out--;
  key[out] = '\0';
  return key;
}

static const char *collapse(Arena *arena, const char *text)
{
  size_t bytes = strlen(text), out = 0;
  char  *copy = arena_alloc(arena, bytes + 1);
  for (size_t i = 0; i < bytes; ++i) {
    bool space = (unsigned char)text[i] <= ' ';
    if (space && (out == 0 || copy[out - 1] == ' ')) continue;
    copy[out++] = space ? ' ' : text[i];
  }
  while (out && copy[out - 1] == ' ') out--;
  copy[out] = '\0';
  return copy;
}

static void split_words(Mention *mention)
{
  const char *at = mention->key;
  while (*at && mention->word_count < MAX_WORDS) {
    size_t length = strcspn(at, " ");
    if (length) mention->words[mention->word_count++] = (Word){at, length};
    at += length + (at[length] == ' ');
  }
}

/* What stands behind a surname: shortened to a full stop, or a small Roman number. */
static bool is_suffix(Word w)
{
  return (w.bytes > 2 && w.text[w.bytes - 1] == '.') || strspn(w.text, "iv") >= w.bytes;
}

/* ---- Entities ---- */

Entity *entity_new(Document *document, const Type *type, const char *label)
{
  size_t   count = document->entity_count;
  bool     full = (count & (count - 1)) == 0; /* room is doubled at every power of two */
  Entity **entities = document->entities;
  if (full) entities = arena_alloc(document->arena, (count ? 2 * count : 1) * sizeof(Entity *));
  if (full && count) memcpy(entities, document->entities, count * sizeof(Entity *));
  Entity *entity = arena_alloc(document->arena, sizeof *entity);
  *entity = (Entity){.type = type, .label = label ? collapse(document->arena, label) : NULL};
  entities[count] = entity;
  document->entity_count = count + 1;
  document->entities = entities;
  return entity;
}

/* "Gearing, Loyola" is Loyola Gearing, and "Jr." or "III" behind a name is no surname. */
static void arrange_name(Mention *m)
{
  bool inverted = m->word_count == 2 && m->words[0].text[m->words[0].bytes - 1] == ',';
  for (size_t i = 0; i < m->word_count; ++i)
    if (m->words[i].bytes > 1 && m->words[i].text[m->words[i].bytes - 1] == ',') m->words[i].bytes--;
  while (m->word_count > 2 && is_suffix(last_word(m))) m->word_count--;
  if (!inverted) return;
  Word surname = m->words[0];
  m->words[0] = m->words[1], m->words[1] = surname;
}

static Mention *add_mention(Corefer *c, Item *item)
{
  Arena      *arena = c->document->arena;
  Mention    *m = &c->mentions[c->count];
  const char *mention = item_feature(item, "mention"), *alias = item_feature(item, "alias");
  *m = (Mention){.item = item, .key = fold(arena, item->text), .folded = known_folded(arena, item->text), .acronym = item_feature(item, "acronym")};
  m->alias = alias ? fold(arena, alias) : NULL;
  m->head = item_feature(item, "head");
  m->local = item_feature(item, "local");
  m->parts = m->head ? NULL : item_feature(item, "parts");
  m->part = m->parts || item_feature(item, "article");
  m->backref = m->head || m->parts || (mention && strcmp(mention, "backref") == 0);
  split_words(m);
  if (item->type->corefer == COREFER_PERSON) arrange_name(m);
  if (m->word_count) c->count++;
  return m;
}

static const RoleValue *whole_of(const Annotation *annotation)
{
  for (size_t i = 0; i < annotation->role_count; ++i)
    if (strcmp(annotation->roles[i].name, "law") == 0 && annotation->roles[i].has_span) return &annotation->roles[i];
  return NULL;
}

/* The law that a provision names, as a mention of its own. */
static void add_whole(Corefer *c, Item *provision, Span span)
{
  Document   *document = c->document;
  const char *names[] = {"whole", "kind", "acronym", "jurisdiction"}, *as[] = {"identifier", "kind", "acronym", "jurisdiction"};
  Item       *item = arena_alloc(document->arena, sizeof *item);
  *item = (Item){.type = provision->type, .rule = provision->rule, .span = span, .evidence = provision->evidence,
                 .text = items_text(document, span), .section = provision->section};
  item->features = arena_alloc(document->arena, sizeof names / sizeof *names * sizeof *item->features);
  for (size_t i = 0; i < sizeof names / sizeof *names; ++i) {
    const char *value = item_feature(provision, names[i]);
    if (value) item->features[item->feature_count++] = (ItemFeature){NULL, as[i], value};
  }
  provision->whole = add_mention(c, item)->item;
}

static void gather(Corefer *c, const MatchResult *matches, const ItemMap *map)
{
  Document *document = c->document;
  c->mentions = arena_alloc(document->arena, (2 * document->item_count + 1) * sizeof *c->mentions);
  for (size_t i = 0; i < document->item_count; ++i) {
    Item *item = &document->items[i];
    if (strcmp(item->type->node, "entity") != 0) continue;
    const Mention *m = add_mention(c, item);
    bool           part = item->type->corefer == COREFER_LAW && m->part;
    const RoleValue *whole = part ? whole_of(matches->annotations[map->annotation_of[i]]) : NULL;
    if (whole) add_whole(c, item, whole->span);
  }
}

/* ---- Joining ---- */

/* The mention that stands for all that share its entity. */
static uint32_t root(const Corefer *c, uint32_t mention)
{
  while (c->parent[mention] != mention) mention = c->parent[mention] = c->parent[c->parent[mention]];
  return mention;
}

/* The penal codes of two countries are two, though both are called "Penal Code". */
static bool may_be_one(const Mention *a, const Mention *b)
{
  const char *x = item_feature(a->item, "jurisdiction"), *y = item_feature(b->item, "jurisdiction");
  return !x || !y || strcmp(x, y) == 0;
}

/* What the authority that issued it calls the law; not of a part. Within one letter only ("internal"): NULL. */
static const char *official_name(const Mention *m)
{
  const char *identifier = m->part || m->item->type->corefer != COREFER_LAW ? NULL : item_feature(m->item, "identifier");
  return identifier && strpbrk(identifier, ":/") ? identifier : NULL;
}

static uint32_t first_of(const Corefer *c, const Postings *postings, const char *key, const Mention *m)
{
  for (const Posting *p = postings_of(postings, key, strlen(key)); p; p = p->next)
    if (c->mentions[p->number].item->type == m->item->type && may_be_one(&c->mentions[p->number], m)) return p->number;
  return NO_INDEX;
}

static uint32_t first_with_key(const Corefer *c, const Mention *m)
{
  const char *official = official_name(m);
  uint32_t    first = first_of(c, c->keys, m->key, m);
  return first == NO_INDEX && official ? first_of(c, c->signs, official, m) : first;
}

static void file_initials(Corefer *c, const Item *item, uint32_t number)
{
  char   initials[4 * MAX_WORDS];
  size_t bytes = 0, length;
  bool   start = true;
  for (const char *at = item->text; *at && bytes + 4 <= sizeof initials; at += length) {
    uint32_t code = utf8_decode(at, &length);
    if (start && unicode_is_upper(code)) bytes += utf8_encode(code, initials + bytes);
    start = code == ' ' || code == '-' || code == '\n';
  }
  if (bytes > 1) postings_add(c->signs, initials, bytes, number);
}

static void file_words(Corefer *c, uint32_t number)
{
  const Mention *m = &c->mentions[number];
  for (size_t i = 0; i < m->word_count; ++i) postings_add(c->words, m->words[i].text, m->words[i].bytes, number);
  file_initials(c, m->item, number);
}

/* Mentions of equal words share an entity from the start, that of the first of them. */
static void join_equals(Corefer *c)
{
  for (uint32_t i = 0; i < c->count; ++i) {
    Mention *m = &c->mentions[i];
    uint32_t first = m->backref ? NO_INDEX : first_with_key(c, m);
    c->parent[i] = first == NO_INDEX ? i : first;
    if (m->acronym) postings_add(c->signs, m->acronym, strlen(m->acronym), i);
    if (m->alias) postings_add(c->signs, m->alias, strlen(m->alias), i);
    const char *official = first == NO_INDEX && !m->backref ? official_name(m) : NULL;
    if (official) postings_add(c->signs, official, strlen(official), i);
    if (first != NO_INDEX && m->acronym && !c->mentions[first].acronym) c->mentions[first].acronym = m->acronym;
    if (first != NO_INDEX || m->backref) continue;
    postings_add(c->keys, m->key, strlen(m->key), i);
    file_words(c, i);
  }
}

static int by_number(const void *a, const void *b)
{
  uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
  return x < y ? -1 : x > y;
}

/* Of the names that share a word the latest LOOK_AMONG: a text may name thousands of ministries. */
static size_t take(Corefer *c, size_t count, const Posting *postings)
{
  for (size_t i = 0; postings && i < LOOK_AMONG; postings = postings->next, ++i) c->shortlist[count++] = postings->number;
  return count;
}

/* Longer names share the brief one's first or last word, or go by it; in letter order, some of them twice. */
static size_t list_full_forms(Corefer *c, const Mention *brief)
{
  Word   first = brief->words[0], last = last_word(brief);
  size_t count = take(c, 0, postings_of(c->words, last.text, last.bytes));
  if (brief->word_count > 1) count = take(c, count, postings_of(c->words, first.text, first.bytes));
  count = take(c, count, postings_of(c->signs, brief->item->text, strlen(brief->item->text)));
  count = take(c, count, postings_of(c->signs, brief->key, strlen(brief->key)));
  if (count) qsort(c->shortlist, count, sizeof *c->shortlist, by_number);
  return count;
}

/* Whoever is greeted by surname is not the one of that name who only signs. */
static bool only_signs(const Corefer *c, const Mention *brief, const Mention *full)
{
  if (!c->document->letter || brief->item->type->corefer != COREFER_PERSON) return false;
  const Unit *greeting = letter_unit(c->document->letter, brief->item->span.start);
  const Unit *signature = letter_unit(c->document->letter, full->item->span.start);
  return greeting && greeting->kind == UNIT_SALUTATION && signature->zone == ZONE_SIGNATURE;
}

/* Where the last mention of these words begins; of a long text the end, as they may be said there again. */
static uint32_t last_said(const Corefer *c, uint32_t number)
{
  uint32_t at = 0;
  if (c->count - number > LOOK_AHEAD) return UINT32_MAX;
  for (uint32_t i = number; i < c->count; ++i)
    if (strcmp(c->mentions[i].key, c->mentions[number].key) == 0) at = c->mentions[i].item->span.start;
  return at;
}

/* The one entity among the longer names that the mention may stand for; NO_INDEX when none or several. A name that
 * comes up only after the brief one was last said is not meant by it. */
static uint32_t only_full_form(Corefer *c, uint32_t number)
{
  const Mention *brief = &c->mentions[number], *found = NULL;
  size_t         count = list_full_forms(c, brief);
  uint32_t       found_root = NO_INDEX, last = NO_INDEX;
  for (size_t i = 0; i < count; ++i) {
    const Mention *full = &c->mentions[c->shortlist[i]];
    uint32_t       full_root = root(c, c->shortlist[i]);
    if (full_root == root(c, number) || !stands_for(brief, full) || !may_be_one(brief, full)) continue;
    if (only_signs(c, brief, full) || is_known_apart(c, brief, full)) continue;
    bool other = found && found_root != full_root && !stands_for(found, full) && !stands_for(full, found);
    if (other && last == NO_INDEX) last = last_said(c, number);
    if (other && full->item->span.start > last && found->item->span.start < brief->item->span.start) continue;
    if (other) return NO_INDEX;
    if (!found || full->word_count > found->word_count) found = full, found_root = full_root;
  }
  return found_root;
}

static void join_short_forms(Corefer *c)
{
  for (uint32_t i = 0; i < c->count; ++i) {
    uint32_t full = only_full_form(c, i);
    if (full != NO_INDEX) c->parent[root(c, i)] = full;
  }
}

static void make_entities(Corefer *c)
{
  for (uint32_t i = 0; i < c->count; ++i) {
    const Mention *m = &c->mentions[root(c, i)];
    if (!m->item->entity) m->item->entity = entity_new(c->document, m->item->type, m->item->text);
    c->mentions[i].item->entity = m->item->entity;
  }
}

/* Who else a name may mean that was left alone for it, in letter order. A known name at the start of a longer one
 * ("European Council" of the "European Council on Foreign Relations") is none of it. */
static void note_rivals(Corefer *c, uint32_t number)
{
  const Mention *brief = &c->mentions[number];
  Entity        *entity = (Entity *)brief->item->entity;
  size_t         count = list_full_forms(c, brief);
  for (size_t i = 0; i < count; ++i) {
    const Mention *full = &c->mentions[c->shortlist[i]];
    const Entity  *rival = full->item->entity;
    bool           known = rival == entity;
    for (size_t j = 0; j < entity->rival_count; ++j) known |= entity->rivals[j] == rival;
    if (known || !stands_for(brief, full) || (begins_with(full, brief) && is_known_apart(c, brief, full))) continue;
    const Entity **rivals = arena_alloc(c->document->arena, (entity->rival_count + 1) * sizeof *rivals);
    if (entity->rival_count) memcpy(rivals, entity->rivals, entity->rival_count * sizeof *rivals);
    rivals[entity->rival_count++] = rival;
    entity->rivals = rivals;
  }
}

static void note_all_rivals(Corefer *c)
{
  for (uint32_t i = 0; i < c->count; ++i)
    if (root(c, i) == i && !c->mentions[i].backref) note_rivals(c, i);
}

/* ---- Afterwards ---- */

/* The longer one; of two as long the one that is not all in capitals. */
static bool is_better_label(const char *text, const char *label)
{
  size_t bytes = strlen(text), before = strlen(label);
  return bytes > before || (bytes == before && is_all_capitals(label) && !is_all_capitals(text));
}

static void label_by_longest(Corefer *c)
{
  for (size_t i = 0; i < c->count; ++i) {
    const Item *item = c->mentions[i].item;
    Entity     *entity = (Entity *)item->entity;
    if (!c->mentions[i].backref && is_better_label(item->text, entity->label))
      entity->label = collapse(c->document->arena, item->text);
  }
}

static int by_address(const void *a, const void *b)
{
  const Entity *x = *(const Entity *const *)a, *y = *(const Entity *const *)b;
  return (x > y) - (x < y);
}

/* A back reference leaves its own entity behind when it finds its antecedent's. */
static void drop_unused(Corefer *c)
{
  Document      *document = c->document;
  const Entity **used = arena_alloc(document->arena, (c->count + 1) * sizeof *used);
  size_t         out = 0;
  for (size_t i = 0; i < c->count; ++i) used[i] = c->mentions[i].item->entity;
  if (c->count) qsort(used, c->count, sizeof *used, by_address);
  for (size_t i = 0; i < document->entity_count; ++i) {
    const Entity *entity = document->entities[i];
    if (c->count && bsearch(&entity, used, c->count, sizeof *used, by_address)) document->entities[out++] = document->entities[i];
  }
  document->entity_count = out;
}

void corefer(Document *document, const MatchResult *matches, const ItemMap *map)
{
  Corefer c = {.document = document};
  gather(&c, matches, map);
  c.keys = postings_new(document->arena);
  c.words = postings_new(document->arena);
  c.signs = postings_new(document->arena);
  c.parent = arena_alloc(document->arena, (c.count + 1) * sizeof *c.parent);
  c.shortlist = arena_alloc(document->arena, 4 * LOOK_AMONG * sizeof *c.shortlist);
  join_equals(&c);
  join_short_forms(&c);
  make_entities(&c);
  note_all_rivals(&c);
  join_back_references(&c);
  label_by_longest(&c);
  drop_unused(&c);
}
