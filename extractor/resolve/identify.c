#include "resolve/identify.h"

#include "base/hash.h"
#include "base/unicode.h"
#include "base/utf8.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ID_DIGITS = 16 };

/* What is hashed, and where the fragment goes. */
typedef struct {
  char       *id;
  const char *kind, *text;
  size_t      place; /* in letter order */
} Named;

static const char *lower_kind(Arena *arena, const char *name)
{
  char *kind = arena_copy_string(arena, name);
  for (char *c = kind; *c; ++c) *c = (char)tolower((unsigned char)*c);
  return kind;
}

static const char *collapse(Arena *arena, const char *text, bool fold)
{
  size_t bytes = strlen(text), out = 0;
  char  *copy = arena_alloc(arena, bytes * 2 + 1);
  for (size_t i = 0, length; i < bytes; i += length) {
    uint32_t code = utf8_decode(text + i, &length);
    bool     space = code <= ' ' || code == 0xA0;
    if (space && (out == 0 || copy[out - 1] == ' ')) continue;
    out += utf8_encode(space ? ' ' : fold ? unicode_lower(code) : code, copy + out);
  }
  while (out && copy[out - 1] == ' ') out--;
  copy[out] = '\0';
  return copy;
}

static const char *content_of(const Item *item)
{
  for (size_t i = 0; i < item->feature_count; ++i)
    if (strcmp(item->features[i].name, "value") == 0) return item->features[i].value;
  return item->text;
}

static int by_content(const void *a, const void *b)
{
  const Named *x = a, *y = b;
  int          order = strcmp(x->kind, y->kind);
  if (!order) order = strcmp(x->text, y->text);
  if (order) return order;
  return x->place < y->place ? -1 : x->place > y->place;
}

static void write_id(Arena *arena, Named *named, size_t ordinal)
{
  char        hex[SHA256_HEX + 1];
  const char *content = arena_printf(arena, "%s\n%s\n%zu", named->kind, named->text, ordinal);
  sha256_hex(content, strlen(content), hex);
  snprintf(named->id, ID_SIZE, "%.40s-%.*s", named->kind, ID_DIGITS, hex);
}

void identify(Document *document)
{
  size_t count = 0;
  Named *list = arena_alloc(document->arena, (document->item_count + document->entity_count + 1) * sizeof *list);
  for (size_t i = 0; i < document->entity_count; ++i) {
    Entity *entity = document->entities[i];
    if (!entity->label) continue;
    const char *kind = lower_kind(document->arena, entity->type ? entity->type->name : "party");
    list[count] = (Named){entity->id, kind, collapse(document->arena, entity->label, true), count};
    count++;
  }
  for (size_t i = 0; i < document->item_count; ++i) {
    Item       *item = &document->items[i];
    const char *kind = item->entity ? "mention" : lower_kind(document->arena, item->type->name);
    list[count] = (Named){item->id, kind, collapse(document->arena, content_of(item), false), count};
    count++;
  }
  if (count) qsort(list, count, sizeof *list, by_content);
  for (size_t i = 0, ordinal = 1; i < count; ++i, ++ordinal) {
    bool equal = i && strcmp(list[i].kind, list[i - 1].kind) == 0 && strcmp(list[i].text, list[i - 1].text) == 0;
    if (!equal) ordinal = 1;
    write_id(document->arena, &list[i], ordinal);
  }
}
