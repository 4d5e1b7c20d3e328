#include "resolve/law_status.h"

#include <stdlib.h>
#include <string.h>

#define EVENT_TYPE "LawEvent"

static const RoleValue *role_of(const Annotation *event, const char *name)
{
  for (size_t i = 0; i < event->role_count; ++i)
    if (strcmp(event->roles[i].name, name) == 0) return &event->roles[i];
  return NULL;
}

/* Of a day, a month or a year; of anything else nothing. */
static bool is_calendar(const char *value)
{
  static const char *const forms[] = {"dddd-dd-dd", "dddd-dd", "dddd"};
  for (size_t i = 0; i < sizeof forms / sizeof *forms; ++i) {
    const char *form = forms[i];
    if (strlen(value) != strlen(form)) continue;
    size_t at = 0;
    while (form[at] && (form[at] == 'd' ? value[at] >= '0' && value[at] <= '9' : value[at] == form[at])) at++;
    if (!form[at]) return true;
  }
  return false;
}

static const char *date_of(Document *document, const ItemMap *map, const Annotation *event)
{
  const RoleValue *role = role_of(event, "date");
  const Item      *item = role ? items_behind(document, map, role->annotation) : NULL;
  const char      *value = item ? item_feature(item, "value") : NULL;
  return value && is_calendar(value) ? value : "";
}

/* The letter's words, of which "|" and ";" have a meaning here and white space none. */
static const char *words_of(const Document *document, Span span)
{
  const char *text = items_text(document, span);
  char       *copy = arena_alloc(document->arena, strlen(text) + 1), *end = copy;
  for (; *text; ++text) {
    bool space = (unsigned char)*text <= ' ' || strchr("|;", *text);
    if (space && (end == copy || end[-1] == ' ')) continue;
    *end++ = space ? ' ' : *text;
  }
  while (end > copy && end[-1] == ' ') end--;
  *end = '\0';
  return copy;
}

static const char *actor_of(Document *document, const ItemMap *map, const Annotation *event)
{
  const RoleValue *role = role_of(event, "actor");
  if (!role) return "";
  if (role->ref == CLAIMANT_REF_ADDRESSEE && document->addressee->label) return document->addressee->label;
  const Item *item = items_behind(document, map, role->annotation);
  if (item && item->entity && item->entity->label) return item->entity->label;
  return role->has_span ? words_of(document, role->span) : "";
}

static bool tells(const char *status, const char *fact)
{
  size_t bytes = strlen(fact);
  for (const char *at = status; at; at = (at = strchr(at, ';')) ? at + 1 : NULL)
    if (strncmp(at, fact, bytes) == 0 && (!at[bytes] || at[bytes] == ';')) return true;
  return false;
}

static void add_event(Document *document, const ItemMap *map, const Annotation *event)
{
  const RoleValue *law = role_of(event, "law");
  const char      *what = annotation_feature(event, "event");
  Item            *item = law && what ? items_behind(document, map, law->annotation) : NULL;
  if (!item) return;
  const char *date = date_of(document, map, event), *actor = actor_of(document, map, event);
  const char *before = item_feature(item, "status");
  const char *fact = *actor ? arena_printf(document->arena, "%s|%s|%s", what, date, actor)
                            : *date ? arena_printf(document->arena, "%s|%s", what, date) : what;
  if (before && tells(before, fact)) return;
  items_set_feature(document, item, "status", before ? arena_printf(document->arena, "%s;%s", before, fact) : fact);
}

static int by_place(const void *a, const void *b)
{
  const Annotation *x = *(const Annotation *const *)a, *y = *(const Annotation *const *)b;
  if (x->match.start != y->match.start) return x->match.start < y->match.start ? -1 : 1;
  if (x->match.end != y->match.end) return x->match.end < y->match.end ? -1 : 1;
  return x->id < y->id ? -1 : x->id > y->id;
}

void law_status_resolve(Document *document, const MatchResult *matches, const ItemMap *map)
{
  const Type *type = ruleset_type(document->rules, EVENT_TYPE);
  if (!type) return;
  const Annotation **events = arena_alloc(document->arena, (matches->count + 1) * sizeof *events);
  size_t             count = 0;
  for (size_t i = 0; i < matches->count; ++i) {
    const Annotation *a = matches->annotations[i];
    if (a->live && a->rule && ruleset_is_a(document->rules, a->type, type->index)) events[count++] = a;
  }
  if (count) qsort(events, count, sizeof *events, by_place);
  for (size_t i = 0; i < count; ++i) add_event(document, map, events[i]);
}
