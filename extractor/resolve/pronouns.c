#include "resolve/pronouns.h"

#include "resolve/mention.h"

#include <string.h>

enum { ARTICLE = 4 /* bytes that may stand before the name that a sentence begins with */ };

typedef struct {
  const Document   *document;
  const Annotation *pronoun;
  const Type       *type;  /* of what it stands for */
  const char       *form;  /* the name's form must not be another: "she"; NULL: any */
  bool              begin; /* only names that their sentence begins with */
} Search;

static bool is_a(const RuleSet *rules, const Type *type, const Type *wanted)
{
  return ruleset_is_a(rules, (uint16_t)(type - rules->types), (uint16_t)(wanted - rules->types));
}

static const Type *type_named(const RuleSet *rules, const char *name)
{
  for (size_t i = 0; i < rules->type_count; ++i)
    if (strcmp(rules->types[i].name, name) == 0) return &rules->types[i];
  return NULL;
}

/* A man is not "she": no mention of him says so. */
static bool form_fits(const Search *s, const Entity *entity)
{
  for (size_t i = 0; s->form && i < s->document->item_count; ++i) {
    const Item *item = &s->document->items[i];
    const char *form = item->entity == entity ? item_feature(item, "form") : NULL;
    if (form && strcmp(form, s->form) != 0) return false;
  }
  return true;
}

static bool begins_unit(const Document *document, const Item *item)
{
  const Unit *unit = letter_unit(document->letter, item->span.start);
  return unit && item->span.start - unit->span.start <= ARTICLE;
}

/* How many entities named in [from, to) it may be, two at most; the last of them goes to *found. */
static unsigned candidates(const Search *s, uint32_t from, uint32_t to, const Entity **found)
{
  const Document *document = s->document;
  unsigned        count = 0;
  *found = NULL;
  for (size_t i = 0; i < document->item_count && document->items[i].span.start < to && count < 2; ++i) {
    const Item *item = &document->items[i];
    if (item->span.start < from || item->span.end > to || !item->entity || item->entity == *found) continue;
    if (!is_a(document->rules, item->type, s->type) || item->entity == document->addressee) continue;
    if (s->begin && !begins_unit(document, item)) continue;
    if (form_fits(s, item->entity)) *found = item->entity, count++;
  }
  return count;
}

/* Where the block above begins that is text too; `start` when there is none. */
static uint32_t text_above(const Letter *letter, uint32_t block)
{
  const Block *above = block ? &letter->blocks[block - 1] : NULL;
  return above && above->zone == ZONE_BODY && above->kind != BLOCK_HEADING ? above->span.start : letter->blocks[block].span.start;
}

const Entity *pronoun_antecedent(const Document *document, const Annotation *pronoun)
{
  const char *refers = annotation_feature(pronoun, "refers");
  Search      s = {.document = document, .pronoun = pronoun, .form = annotation_feature(pronoun, "form")};
  if (!refers || !document->letter || !(s.type = type_named(document->rules, refers))) return NULL;
  s.begin = annotation_feature(pronoun, "subject") != NULL;
  const Letter *letter = document->letter;
  const Unit   *unit = &letter->units[pronoun->unit];
  const Block  *block = &letter->blocks[unit->block];
  const Entity *found;
  uint32_t      from = s.begin && pronoun->unit > block->first_unit ? unit[-1].span.start : block->span.start;
  unsigned      count = candidates(&s, from, pronoun->span.start, &found);
  if (!count && pronoun->unit == block->first_unit) count = candidates(&s, text_above(letter, unit->block), pronoun->span.start, &found);
  return count == 1 ? found : NULL;
}
