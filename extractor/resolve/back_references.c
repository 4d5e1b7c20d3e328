#include "resolve/corefer.h"
#include "resolve/mention.h"

#include <stdlib.h>
#include <string.h>

enum { LOOK_BACK = 1000 /* mentions: how far a back reference reaches */, MAX_CANDIDATES = 8 };

static bool holds_word(const Mention *m, Word word)
{
  for (size_t i = 0; i < m->word_count; ++i)
    if (same_word(m->words[i], word)) return true;
  return false;
}

static bool same_feature(const Item *a, const Item *b, const char *name)
{
  const char *x = item_feature(a, name), *y = item_feature(b, name);
  return x && y && strcmp(x, y) == 0;
}

static size_t earliest(size_t index) { return index > LOOK_BACK ? index - LOOK_BACK : 0; }

/* "Office" in "Office of University Relations": the last word before the first small one. */
static Word head_noun(const Mention *full)
{
  size_t next = 1;
  while (next < full->word_count && word_is_capitalised(full->item, next)) next++;
  return full->words[next - 1];
}

static bool holds_head(const Mention *m, const Mention *reference)
{
  if (!reference->head) return holds_word(m, last_word(reference));
  if (m->item->type->corefer != COREFER_BODY) return strstr(m->key, reference->head) != NULL;
  Word head = {reference->head, strlen(reference->head)};
  return is_all_capitals(m->item->text) ? holds_word(m, head) : same_word(head_noun(m), head);
}

static bool is_named(const Mention *m, const Mention *reference)
{
  return m->item->type == reference->item->type && !m->backref && !m->part;
}

static bool same_sentence(const Item *a, const Item *b)
{
  return a->evidence.start == b->evidence.start && a->evidence.end == b->evidence.end;
}

/* Is the word one of a list with spaces between them? */
static bool lists(const char *list, const char *word)
{
  size_t bytes = strlen(word);
  for (const char *at = list; *at; at += strspn(at, " ")) {
    size_t length = strcspn(at, " ");
    if ((length == bytes && memcmp(at, word, bytes) == 0) || (length == 1 && *at == '*')) return true;
    at += length;
  }
  return false;
}

static bool has_such_parts(const Mention *m, const Mention *part)
{
  const char *kind = item_feature(m->item, "kind");
  return lists(part->parts, kind ? kind : "");
}

/* ---- Which one ---- */

/* "the Convention": the latest law before it that has the noun in its name, else the latest of its kind. */
static size_t by_noun(const Corefer *c, size_t index)
{
  const Mention *m = &c->mentions[index];
  size_t         of_kind = index;
  for (size_t i = index, end = earliest(index); i-- > end;) {
    const Mention *other = &c->mentions[i];
    if (!is_named(other, m)) continue;
    if ((other->alias && strcmp(other->alias, m->key) == 0) || holds_head(other, m)) return i;
    if (of_kind == index && same_feature(m->item, other->item, "kind")) of_kind = i;
  }
  return of_kind;
}

/* "Article 13": the latest law before it that has articles; index itself: there is none. */
static size_t by_parts(const Corefer *c, size_t index)
{
  for (size_t i = index, end = earliest(index); i-- > end;) {
    const Mention *other = &c->mentions[i];
    if (is_named(other, &c->mentions[index]) && has_such_parts(other, &c->mentions[index])) return i;
  }
  return index;
}

/* A part of the same number whose law is known. */
static const Mention *same_part(const Corefer *c, size_t index)
{
  const Mention *m = &c->mentions[index];
  for (size_t i = index, end = earliest(index); i-- > end;) {
    const Mention *other = &c->mentions[i];
    if (other->item->type != m->item->type || !other->part || !same_feature(m->item, other->item, "article")) continue;
    if (other->item->whole || !other->backref) return other;
  }
  return NULL;
}

/* Others in the antecedent's sentence that the words fit as well. */
static void list_candidates(Corefer *c, size_t index, size_t found)
{
  const Mention *m = &c->mentions[index], *best = &c->mentions[found];
  const Entity  *list[MAX_CANDIDATES] = {best->item->entity};
  size_t         count = 1;
  bool           by_head = !m->parts && holds_head(best, m);
  if (best->alias && strcmp(best->alias, m->key) == 0) return;
  for (size_t i = found, end = earliest(index); i-- > end && count < MAX_CANDIDATES;) {
    const Mention *other = &c->mentions[i];
    if (!same_sentence(other->item, best->item)) break;
    bool fits = m->parts ? has_such_parts(other, m) : by_head ? holds_head(other, m) : same_feature(m->item, other->item, "kind");
    if (!is_named(other, m) || !fits) continue;
    bool known = false;
    for (size_t j = 0; j < count; ++j) known = known || list[j] == other->item->entity;
    if (!known) list[count++] = other->item->entity;
  }
  if (count < 2) return;
  m->item->candidates = arena_alloc(c->document->arena, count * sizeof(Entity *));
  m->item->candidate_count = count;
  for (size_t i = 0; i < count; ++i) m->item->candidates[i] = list[count - 1 - i];
}

/* "the Court" of which no full name stands before it is at least the same court each time. */
static const Entity *said_before(const Corefer *c, size_t index)
{
  const Mention *m = &c->mentions[index];
  for (size_t i = index, end = earliest(index); i-- > end;)
    if (c->mentions[i].backref && c->mentions[i].item->type == m->item->type && strcmp(c->mentions[i].key, m->key) == 0)
      return c->mentions[i].item->entity;
  return NULL;
}

/* ---- What follows from it ---- */

/* "internal/art_4" is said of a part while its law is not known; an identifier of its own is not touched. */
static bool is_provisional(const char *identifier) { return !identifier || !strpbrk(identifier, ":") || !*identifier; }

static void identify_part(Corefer *c, Mention *m, const char *whole)
{
  Document   *document = c->document;
  const char *own = item_feature(m->item, "identifier");
  if (m->local && whole && strpbrk(whole, ":/"))
    items_set_feature(document, m->item, "identifier", arena_printf(document->arena, "%s%s", whole, m->local));
  else if (is_provisional(own)) items_set_feature(document, m->item, "identifier", NULL);
}

static void bind_whole(Corefer *c, Mention *m, const Mention *found)
{
  const char *identifier = item_feature(found->item, "identifier");
  if (!m->part) {
    m->item->entity = found->item->entity;
    if (identifier && !item_feature(m->item, "identifier")) items_set_feature(c->document, m->item, "identifier", identifier);
    return;
  }
  const char *kind = item_feature(found->item, "kind");
  m->item->whole = found->item;
  if (m->parts && kind) items_set_feature(c->document, m->item, "kind", kind);
  if (m->parts) identify_part(c, m, identifier);
  else if (identifier && m->local && !item_feature(m->item, "identifier")) identify_part(c, m, identifier);
}

/* "Article 22" again, or "§ 2702(b)(8)" of the title that was named with it before. */
static void bind_same(Corefer *c, Mention *m, const Mention *same)
{
  const char *identifier = item_feature(same->item, "identifier"), *kind = item_feature(same->item, "kind");
  m->item->whole = same->item->whole;
  m->item->entity = same->item->entity;
  if (kind) items_set_feature(c->document, m->item, "kind", kind);
  items_set_feature(c->document, m->item, "identifier", identifier);
}

static void leave_unbound(Corefer *c, size_t index)
{
  Mention      *m = &c->mentions[index];
  const Entity *same = (m->head && !m->local) || m->parts ? said_before(c, index) : NULL;
  if (same) m->item->entity = same;
}

static void join_back_reference(Corefer *c, size_t index)
{
  Mention       *m = &c->mentions[index];
  const Mention *same = m->parts ? same_part(c, index) : NULL;
  if (same) {
    bind_same(c, m, same);
    return;
  }
  size_t found = m->parts ? by_parts(c, index) : by_noun(c, index);
  if (found != index && m->item->type->corefer == COREFER_LAW) list_candidates(c, index, found);
  if (found == index || m->item->candidate_count) leave_unbound(c, index);
  else bind_whole(c, m, &c->mentions[found]);
}

/* Parts of one law with one number are one node. */
static void join_parts(Corefer *c)
{
  Postings *parts = postings_new(c->document->arena);
  for (uint32_t i = 0; i < c->count; ++i) {
    Item       *item = c->mentions[i].item;
    const char *number = c->mentions[i].part ? item_feature(item, "article") : NULL;
    if (!number || !item->whole || !item->whole->entity) continue;
    const char    *key = arena_printf(c->document->arena, "%p %s", (const void *)item->whole->entity, number);
    const Posting *first = postings_of(parts, key, strlen(key));
    if (first) item->entity = c->mentions[first->number].item->entity;
    else postings_add(parts, key, strlen(key), i);
  }
}

void join_back_references(Corefer *c)
{
  for (size_t i = 0; i < c->count; ++i)
    if (c->mentions[i].backref) join_back_reference(c, i);
  join_parts(c);
}
