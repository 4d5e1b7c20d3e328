#include "resolve/items.h"

#include "resolve/pronouns.h"

#include <stdlib.h>
#include <string.h>

const char *items_text(const Document *document, Span span)
{
  return arena_copy(document->arena, document->letter->text + span.start, span.end - span.start);
}

/* Output order: start, end descending, type, rule. */
static int in_output_order(const void *a, const void *b)
{
  const Annotation *x = *(const Annotation *const *)a, *y = *(const Annotation *const *)b;
  if (x->span.start != y->span.start) return x->span.start < y->span.start ? -1 : 1;
  if (x->span.end != y->span.end) return x->span.end > y->span.end ? -1 : 1;
  if (x->type != y->type) return x->type < y->type ? -1 : 1;
  if (x->rule->ordinal != y->rule->ordinal) return x->rule->ordinal < y->rule->ordinal ? -1 : 1;
  return x->id < y->id ? -1 : x->id > y->id;
}

static const Annotation *head_of(const Annotation *annotation)
{
  for (size_t i = 0; i < annotation->role_count; ++i)
    if (strcmp(annotation->roles[i].name, "head") == 0) return annotation->roles[i].annotation;
  return NULL;
}

static const Type *type_of(const Document *document, const Annotation *annotation)
{
  return &document->rules->types[annotation->type];
}

/* Marks what the roles of an item refer to, as items_behind() finds it. */
static void mark_referred(const Annotation *item, bool *referred)
{
  for (size_t i = 0; i < item->role_count; ++i)
    for (const Annotation *a = item->roles[i].annotation; a; a = a->learnt_from ? a->learnt_from : head_of(a))
      referred[a->id] = true;
}

static int by_span(const void *a, const void *b)
{
  const Span *x = a, *y = b;
  if (x->start != y->start) return x->start < y->start ? -1 : 1;
  return (x->end > y->end) - (x->end < y->end);
}

/* And what a party of the letter is called. */
static void mark_parties(const Document *document, const MatchResult *matches, Span *parties, size_t count, bool *referred)
{
  if (count) qsort(parties, count, sizeof *parties, by_span);
  for (size_t i = 0; count && i < matches->count; ++i) {
    const Annotation *a = matches->annotations[i];
    if (type_of(document, a)->referred && bsearch(&a->span, parties, count, sizeof *parties, by_span)) referred[a->id] = true;
  }
}

static bool *find_referred(const Document *document, const MatchResult *matches)
{
  bool  *referred = arena_alloc(document->arena, (matches->count + 1) * sizeof *referred);
  Span  *parties = arena_alloc(document->arena, (matches->count + 1) * sizeof *parties);
  size_t count = 0;
  for (size_t i = 0; i < matches->count; ++i) {
    const Annotation *a = matches->annotations[i];
    if (!a->live || !a->rule) continue;
    if (type_of(document, a)->output) mark_referred(a, referred);
    else if (type_of(document, a)->meta != META_NONE) parties[count++] = a->span;
  }
  mark_parties(document, matches, parties, count, referred);
  return referred;
}

/* Every item repeats the text of those inside it, so that deep nests would cost the square of their depth. */
enum { MAX_OVER_ONE_PLACE = 8 };

/* How many of `kept`, which start no later, lie over the start of the item and are of its type. */
static size_t over_start(const Annotation **kept, size_t *count, const Annotation *item)
{
  size_t open = 0, same = 0;
  for (size_t i = 0; i < *count; ++i) {
    if (kept[i]->span.end <= item->span.start) continue;
    same += kept[i]->type == item->type;
    kept[open++] = kept[i];
  }
  *count = open;
  return same;
}

static size_t thin_out(Document *document, const Annotation **list, size_t count)
{
  const Annotation **open = arena_alloc(document->arena, (count + 1) * sizeof *open);
  size_t             open_count = 0, kept = 0;
  const Annotation  *first_cut = NULL;
  for (size_t i = 0; i < count; ++i) {
    if (over_start(open, &open_count, list[i]) >= MAX_OVER_ONE_PLACE) {
      if (!first_cut) first_cut = list[i];
      continue;
    }
    open[open_count++] = list[i];
    list[kept++] = list[i];
  }
  if (!first_cut) return kept;
  const Letter *letter = document->letter;
  Place         place = {.file = letter->name, .line = letter_line(letter, first_cut->span.start)};
  diagnostics_add(&document->diagnostics, CLAIMANT_WARNING, "nesting-cut", place,
                  "%zu item%s left out that lie%s inside %d others of the same type; the first is a %s", count - kept,
                  count - kept == 1 ? " was" : "s were", count - kept == 1 ? "s" : "", MAX_OVER_ONE_PLACE, document->rules->types[first_cut->type].name);
  return kept;
}

static size_t collect(Document *document, const MatchResult *matches, const Annotation **list)
{
  const bool *referred = find_referred(document, matches);
  size_t      count = 0;
  for (size_t i = 0; i < matches->count; ++i) {
    const Annotation *a = matches->annotations[i];
    const Type       *type = type_of(document, a);
    if (a->live && a->rule && (type->output || (type->referred && referred[a->id]))) list[count++] = a;
  }
  if (count) qsort(list, count, sizeof *list, in_output_order);
  return thin_out(document, list, count);
}

static void copy_features(Document *document, const Annotation *from, Item *item)
{
  item->features = arena_alloc(document->arena, (from->feature_count + 1) * sizeof *item->features);
  for (size_t i = 0; i < from->feature_count; ++i)
    item->features[item->feature_count++] =
        (ItemFeature){type_feature(document->rules, item->type, from->features[i].name), from->features[i].name,
                      from->features[i].value};
}

/* Each once, in order of place. */
static void copy_modifiers(Document *document, const Annotation *from, Item *item)
{
  item->modifiers = arena_alloc(document->arena, (from->modifier_count + 1) * sizeof *item->modifiers);
  for (size_t i = 0; i < from->modifier_count; ++i) {
    const Modifier *m = &from->modifiers[i];
    size_t          at = item->modifier_count++;
    for (; at && (item->modifiers[at - 1].trigger.start > m->trigger.start ||
                  (item->modifiers[at - 1].trigger.start == m->trigger.start && item->modifiers[at - 1].rule->ordinal > m->rule->ordinal));
         --at)
      item->modifiers[at] = item->modifiers[at - 1];
    item->modifiers[at] = (ItemModifier){m->rule, m->trigger};
  }
}

/* The unit or units the item stands in. */
static Span evidence_of(const Document *document, const Annotation *annotation)
{
  const Letter *letter = document->letter;
  uint32_t      last = annotation->unit;
  while (last + 1 < letter->unit_count && letter->units[last].span.end < annotation->span.end) last++;
  Span evidence = {letter->units[annotation->unit].span.start, letter->units[last].span.end};
  if (annotation->span.end > evidence.end) evidence.end = annotation->span.end;
  return evidence;
}

void items_make(Document *document, const MatchResult *matches, ItemMap *map)
{
  const Annotation **list = arena_alloc(document->arena, (matches->count + 1) * sizeof *list);
  size_t             count = collect(document, matches, list);
  document->items = arena_alloc(document->arena, (count + 1) * sizeof *document->items);
  document->item_count = count;
  map->of_annotation = arena_alloc(document->arena, (matches->count + 1) * sizeof *map->of_annotation);
  map->annotation_of = arena_alloc(document->arena, (count + 1) * sizeof *map->annotation_of);
  for (size_t i = 0; i < matches->count; ++i) map->of_annotation[i] = NO_INDEX;
  for (size_t i = 0; i < count; ++i) {
    const Annotation *a = list[i];
    Item             *item = &document->items[i];
    *item = (Item){.type = &document->rules->types[a->type],
                   .rule = a->rule,
                   .span = a->span,
                   .evidence = evidence_of(document, a),
                   .confidence = a->confidence,
                   .text = items_text(document, a->span),
                   .section = document->letter->units[a->unit].section};
    copy_features(document, a, item);
    copy_modifiers(document, a, item);
    map->of_annotation[a->id] = (uint32_t)i;
    map->annotation_of[i] = a->id;
  }
}

/* Order is kept, and an item its rule and start, so the next annotation with both is its own. */
void items_mend(Document *document, const MatchResult *matches, ItemMap *map)
{
  size_t next = 0;
  for (size_t i = 0; i < matches->count; ++i) map->of_annotation[i] = NO_INDEX;
  for (size_t i = 0; i < document->item_count; ++i) {
    const Item       *item = &document->items[i];
    const Annotation *a;
    do a = matches->annotations[map->annotation_of[next++]];
    while (a->rule != item->rule || a->span.start != item->span.start);
    map->of_annotation[a->id] = (uint32_t)i;
    map->annotation_of[i] = a->id;
  }
}

/* ---- Roles ---- */

Item *items_behind(Document *document, const ItemMap *map, const Annotation *annotation)
{
  while (annotation) {
    uint32_t index = map->of_annotation[annotation->id];
    if (index != NO_INDEX) return &document->items[index];
    annotation = annotation->learnt_from ? annotation->learnt_from : head_of(annotation);
  }
  return NULL;
}

/* A phrase that is a name with one word before it, "the Board of Trade", or "your deputy, Dr Lund", or with its
 * acronym in brackets behind it, is what it names. */
static const Entity *named_in(const Document *document, Span span)
{
  const Item *name = NULL;
  for (size_t i = 0; i < document->item_count && document->items[i].span.start < span.end; ++i) {
    const Item *item = &document->items[i];
    if (item->span.start < span.start || item->span.end > span.end || !item->entity) continue;
    if (!name) name = item;
    else if (item->entity != name->entity) return NULL;
  }
  if (!name) return NULL;
  const char *text = document->letter->text;
  for (uint32_t i = span.start; i + 1 < name->span.start; ++i)
    if (memcmp(text + i, ", ", 2) == 0) span.start = i + 2;
  const char *before = memchr(text + span.start, ' ', name->span.start - span.start);
  bool        one_word = name->span.start == span.start || before == text + name->span.start - 1;
  size_t      rest = span.end - name->span.end;
  bool        bracketed = rest > 2 && memcmp(text + name->span.end, " (", 2) == 0 && text[span.end - 1] == ')';
  return one_word && (rest == 0 || bracketed) ? name->entity : NULL;
}

/* An addressee that a rule of the type may take for granted is the letter's, however it is called. */
static bool may_be_addressee(const Document *document, const Type *type, const char *role)
{
  const RuleSet *rules = document->rules;
  for (size_t i = 0; i < rules->rule_count; ++i) {
    const Rule *rule = rules->rules[i];
    if (rule->modifier || &rules->types[rule->type] != type) continue;
    for (size_t j = 0; j < rule->fill_count; ++j)
      for (size_t k = 0; rule->fills[j].ref == CLAIMANT_REF_ADDRESSEE && k < rule->fills[j].role_count; ++k)
        if (strcmp(rule->fills[j].roles[k], role) == 0) return true;
  }
  return false;
}

/* Whatever its case, for a-z. */
static bool same_letter(char a, char b) { return a == b || ((a ^ b) == 0x20 && (a | 0x20) >= 'a' && (a | 0x20) <= 'z'); }

/* "the trustees" where the letter is to "Trustees of the Harbour Museum", in words and not by a name. */
static bool is_described_addressee(const Document *document, Span span)
{
  const Entity *addressee = document->addressee;
  if (!addressee || addressee->type || !addressee->label) return false;
  const char *text = document->letter->text + span.start;
  size_t      bytes = strcspn(addressee->label, " "), said = span.end - span.start;
  if (!addressee->label[bytes] || said < bytes || (said > bytes && text[said - bytes - 1] != ' ')) return false;
  if (memchr(text, ' ', said - bytes) && memchr(text, ' ', said - bytes) != text + said - bytes - 1) return false;
  size_t same = 0;
  while (same < bytes && same_letter(text[said - bytes + same], addressee->label[same])) ++same;
  return same == bytes;
}

static const Entity *filler(Document *document, const ItemMap *map, const RoleValue *value)
{
  if (value->ref == CLAIMANT_REF_ADDRESSEE) return document->addressee;
  if (value->ref == CLAIMANT_REF_WRITER) return document->writer;
  const Item *item = items_behind(document, map, value->annotation);
  if (item) return item->entity;
  if (!value->has_span) return NULL;
  if (is_described_addressee(document, value->span)) return document->addressee;
  if (!value->annotation) return NULL;
  const Entity *named = named_in(document, value->span);
  return named ? named : pronoun_antecedent(document, value->annotation);
}

static bool is_pronoun(const Entity *entity, const RoleValue *value)
{
  return entity && value->annotation && annotation_feature(value->annotation, "refers");
}

/* Place of a role in its type's declaration, supertypes last. */
static size_t role_rank(const Document *document, const Type *type, const char *name)
{
  size_t rank = 0;
  for (;; type = &document->rules->types[type->parent]) {
    for (size_t i = 0; i < type->role_count; ++i, ++rank)
      if (strcmp(type->roles[i].name, name) == 0) return rank;
    if (type->parent == NO_TYPE) return rank;
  }
}

void items_insert_role(Document *document, Item *item, ItemRole role)
{
  size_t at = item->role_count++, rank = role_rank(document, item->type, role.name);
  for (; at; --at) {
    const ItemRole *before = &item->roles[at - 1];
    size_t          other = role_rank(document, item->type, before->name);
    if (other < rank || (other == rank && before->span.start <= role.span.start)) break;
    item->roles[at] = *before;
  }
  item->roles[at] = role;
}

static void add_role(Document *document, Item *item, const char *name, ItemRole role)
{
  role.type = type_role(document->rules, item->type, name);
  if (!role.type) return;
  role.name = role.type->name;
  items_insert_role(document, item, role);
}

/* The law a provision belongs to: where its words are not beside it, those that name it elsewhere. */
static void fill_whole(Document *document, Item *item)
{
  const Item *whole = item->whole;
  if (!whole) return;
  for (size_t i = 0; i < item->role_count; ++i)
    if (strcmp(item->roles[i].name, "law") == 0) {
      item->roles[i].entity = whole->entity;
      return;
    }
  add_role(document, item, "law", (ItemRole){.has_span = true, .span = whole->span, .text = whole->text, .entity = whole->entity});
}

static void fill_item(Document *document, const ItemMap *map, const Annotation *from, Item *item)
{
  item->roles = arena_alloc(document->arena, (from->role_count + item->candidate_count + 1) * sizeof *item->roles);
  for (size_t i = 0; i < from->role_count; ++i) {
    const RoleValue *value = &from->roles[i];
    ItemRole role = {.type = type_role(document->rules, item->type, value->name),
                     .name = value->name,
                     .ref = value->ref,
                     .has_span = value->has_span,
                     .span = value->span,
                     .entity = filler(document, map, value)};
    bool addressed = role.entity && role.entity == document->addressee && role.ref == CLAIMANT_REF_NONE;
    if (addressed && may_be_addressee(document, item->type, role.name)) role.ref = CLAIMANT_REF_ADDRESSEE;
    if (is_pronoun(role.entity, value) && item->confidence > PRONOUN_CONFIDENCE) item->confidence = PRONOUN_CONFIDENCE;
    if (value->has_span) role.text = items_text(document, value->span);
    else if (role.entity) role.text = role.entity->label;
    if (!role.type || role.type->output) items_insert_role(document, item, role);
  }
  fill_whole(document, item);
  for (size_t i = 0; i < item->candidate_count; ++i)
    add_role(document, item, "candidate", (ItemRole){.text = item->candidates[i]->label, .entity = item->candidates[i]});
}

void items_fill_roles(Document *document, const MatchResult *matches, const ItemMap *map)
{
  for (size_t i = 0; i < document->item_count; ++i)
    fill_item(document, map, matches->annotations[map->annotation_of[i]], &document->items[i]);
}

/* ---- Features ---- */

const char *item_feature(const Item *item, const char *name)
{
  for (size_t i = 0; i < item->feature_count; ++i)
    if (strcmp(item->features[i].name, name) == 0) return item->features[i].value;
  return NULL;
}

void items_set_feature(Document *document, Item *item, const char *name, const char *value)
{
  ItemFeature *features = arena_alloc(document->arena, (item->feature_count + 1) * sizeof *features);
  size_t       count = 0;
  for (size_t i = 0; i < item->feature_count; ++i)
    if (strcmp(item->features[i].name, name) != 0) features[count++] = item->features[i];
  if (value) features[count++] = (ItemFeature){type_feature(document->rules, item->type, name), name, value};
  item->features = features;
  item->feature_count = count;
}

static size_t feature_rank(const Document *document, const Type *type, const char *name)
{
  size_t rank = 0;
  for (;; type = &document->rules->types[type->parent]) {
    for (size_t i = 0; i < type->feature_count; ++i, ++rank)
      if (strcmp(type->features[i].name, name) == 0) return rank;
    if (type->parent == NO_TYPE) return rank;
  }
}

void items_drop_hidden(Document *document)
{
  for (size_t i = 0; i < document->item_count; ++i) {
    Item  *item = &document->items[i];
    size_t out = 0;
    for (size_t j = 0; j < item->feature_count; ++j) {
      ItemFeature feature = item->features[j];
      if (!feature.type || !feature.type->output || !feature.value) continue;
      size_t at = out++, rank = feature_rank(document, item->type, feature.name);
      for (; at && feature_rank(document, item->type, item->features[at - 1].name) > rank; --at)
        item->features[at] = item->features[at - 1];
      item->features[at] = feature;
    }
    item->feature_count = out;
  }
}
