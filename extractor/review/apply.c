#include "review/apply.h"

#include "rules/ruleset.h"

#include <stdlib.h>
#include <string.h>

static bool is_about(const Decision *d, const LetterKey *letter, const Document *document, const Item *item)
{
  const char *why;
  if (d->verdict == VERDICT_MISSED || strcmp(d->item, item->id) != 0) return false;
  LetterMatch match = decision_letter(d, letter);
  return match != OF_OTHER && find_item(document, d, match, &why) == item;
}

int review_balance(const DecisionSet *set, const LetterKey *letter, const Document *document, const Item *item,
                   bool *decided)
{
  int balance = 0;
  *decided = false;
  for (size_t i = 0; i < set->count; ++i) {
    const Decision *d = set->items[i];
    if (!is_about(d, letter, document, item)) continue;
    *decided = *decided || d->verdict != VERDICT_UNSURE;
    if (d->verdict == VERDICT_ACCEPT || d->verdict == VERDICT_CORRECT) balance++;
    if (d->verdict == VERDICT_REJECT) balance--;
  }
  return balance;
}

/* ---- Corrections ---- */

static void correct_span(Document *document, const Decision *d, LetterMatch match, Item *item)
{
  Span span;
  if (!*d->new_text) return;
  bool found = match == OF_SAME ? find_place(document->letter, d->new_start, d->new_end, &span)
                                : find_once(document->letter, item->evidence, d->new_text, &span);
  size_t length = strlen(d->new_text);
  if (!found || length != span.end - span.start || memcmp(document->letter->text + span.start, d->new_text, length) != 0)
    return;
  item->span = span;
  item->text = d->new_text;
  if (span.start < item->evidence.start) item->evidence.start = span.start;
  if (span.end > item->evidence.end) item->evidence.end = span.end;
}

static bool correct_feature(Document *document, Item *item, const char *name, const char *value)
{
  const FeatureType *type = type_feature(document->rules, item->type, name);
  size_t             at = 0;
  if (!type) return true;
  while (at < item->feature_count && strcmp(item->features[at].name, name) != 0) at++;
  if (!*value) { /* it has none */
    for (; at + 1 < item->feature_count; ++at) item->features[at] = item->features[at + 1];
    if (at < item->feature_count) item->feature_count--;
    return true;
  }
  ItemFeature *features = arena_alloc(document->arena, (item->feature_count + 2) * sizeof *features);
  if (!features) return false;
  if (item->feature_count) memcpy(features, item->features, item->feature_count * sizeof *features);
  features[at] = (ItemFeature){type, type->name, value};
  if (at == item->feature_count) item->feature_count++;
  item->features = features;
  return true;
}

/* The words where the sentence has them once; the first filler of the role is replaced, others go. */
static bool correct_role(Document *document, Item *item, const char *name, const char *value)
{
  const RoleType *type = type_role(document->rules, item->type, name);
  if (!type) return true;
  ItemRole *roles = arena_alloc(document->arena, (item->role_count + 2) * sizeof *roles);
  if (!roles) return false;
  size_t count = 0;
  for (size_t i = 0; i < item->role_count; ++i)
    if (strcmp(item->roles[i].name, name) != 0) roles[count++] = item->roles[i];
  if (*value) {
    ItemRole role = {.type = type, .name = type->name, .text = value};
    role.has_span = find_once(document->letter, item->evidence, value, &role.span);
    roles[count++] = role;
  }
  item->roles = roles;
  item->role_count = count;
  return true;
}

static bool correct_item(Document *document, const Decision *d, LetterMatch match, Item *item)
{
  const char *rest = d->new_values, *name, *value;
  const Type *type = *d->new_type ? ruleset_type(document->rules, d->new_type) : NULL;
  if (type) item->type = type;
  correct_span(document, d, match, item);
  while (decision_value(document->arena, &rest, &name, &value))
    if (!correct_feature(document, item, name, value) || !correct_role(document, item, name, value)) return false;
  return true;
}

/* ---- Provenance ---- */

static void remember(Document *document, const Decision *d, const char *id, const Entity *entity)
{
  document->decisions[document->decision_count++] = (ItemDecision){
      .item = id, .entity = entity, .verdict = verdict_names[d->verdict], .reviewer = d->reviewer, .note = d->note};
}

static int by_place(const void *a, const void *b)
{
  const Item *x = a, *y = b;
  if (x->span.start != y->span.start) return x->span.start < y->span.start ? -1 : 1;
  if (x->span.end != y->span.end) return x->span.end > y->span.end ? -1 : 1;
  return strcmp(x->id, y->id);
}

/* A link that more accept than reject is an exact one, and one that more reject is none. */
static void decide_links(const DecisionSet *set, const LetterKey *letter, Document *document)
{
  for (size_t i = 0; i < set->count; ++i) {
    const Decision *d = set->items[i];
    Link           *link = NULL;
    const Entity   *entity = NULL;
    int             balance = 0;
    if (strcmp(d->type, "Link") == 0 && decision_letter(d, letter) != OF_OTHER) link = find_link(document, d, &entity);
    for (size_t j = 0; link && j < set->count; ++j) {
      const Decision *other = set->items[j];
      if (strcmp(other->item, d->item) != 0 || decision_letter(other, letter) == OF_OTHER) continue;
      balance += (other->verdict == VERDICT_ACCEPT) - (other->verdict == VERDICT_REJECT);
    }
    if (link && balance > 0) link->verdict = LINK_EXACT;
    if (link && balance < 0) link->verdict = LINK_REJECTED;
    if (link) remember(document, d, d->item, entity);
  }
}

static bool is_wanted(ReviewKeep keep, int balance)
{
  return keep == KEEP_ALL || (keep == KEEP_ACCEPTED ? balance > 0 : balance >= 0);
}

static bool take_decisions(const DecisionSet *set, const LetterKey *letter, Document *document, Item *item, int balance)
{
  for (size_t i = 0; i < set->count; ++i) {
    const Decision *d = set->items[i];
    if (strcmp(d->item, item->id) != 0 || !is_about(d, letter, document, item)) continue;
    remember(document, d, item->id, item->entity);
  }
  if (balance <= 0) return true;
  const Decision *last = NULL;
  for (size_t i = 0; i < set->count; ++i)
    if (set->items[i]->verdict == VERDICT_CORRECT && is_about(set->items[i], letter, document, item)) last = set->items[i];
  return !last || correct_item(document, last, decision_letter(last, letter), item);
}

ClaimantStatus review_apply(const DecisionSet *set, const LetterKey *letter, ReviewKeep keep, Document *document)
{
  size_t kept = 0;
  int   *balances = arena_alloc(document->arena, (document->item_count + 1) * sizeof *balances);
  document->decisions = arena_alloc(document->arena, (set->count + 1) * sizeof *document->decisions);
  if (!document->decisions || !balances) return CLAIMANT_NO_MEMORY;
  for (size_t i = 0; i < document->item_count; ++i) { /* all, before any is changed */
    bool decided;
    balances[i] = review_balance(set, letter, document, &document->items[i], &decided);
  }
  for (size_t i = 0; i < document->item_count; ++i) {
    Item *item = &document->items[i];
    if (is_wanted(keep, balances[i]) && !take_decisions(set, letter, document, item, balances[i])) return CLAIMANT_NO_MEMORY;
  }
  for (size_t i = 0; i < document->item_count; ++i)
    if (is_wanted(keep, balances[i])) document->items[kept++] = document->items[i];
  document->item_count = kept;
  decide_links(set, letter, document);
  if (kept) qsort(document->items, kept, sizeof *document->items, by_place);
  return CLAIMANT_OK;
}
