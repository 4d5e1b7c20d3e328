#include "review/find.h"

#include "graph/identifier.h"

#include <string.h>

static const char *base_name(const char *path)
{
  const char *slash = strrchr(path, '/');
  return slash ? slash + 1 : path;
}

LetterMatch decision_letter(const Decision *decision, const LetterKey *letter)
{
  if (!strcmp(decision->sha256, letter->sha256)) return OF_SAME;
  return !strcmp(base_name(decision->letter), base_name(letter->name)) ? OF_EDITED : OF_OTHER;
}

static bool is_words(const Letter *letter, Span span, const char *words)
{
  size_t length = strlen(words);
  return length == span.end - span.start && !memcmp(letter->text + span.start, words, length);
}

static size_t count_equal(const Document *document, const Item *item)
{
  size_t count = 0;
  for (size_t i = 0; i < document->item_count; ++i) {
    const Item *other = &document->items[i];
    count += other->type == item->type && !strcmp(other->text, item->text);
  }
  return count;
}

static Item *item_named(const Document *document, const char *id)
{
  for (size_t i = 0; i < document->item_count; ++i)
    if (!strcmp(document->items[i].id, id)) return &document->items[i];
  return NULL;
}

Item *find_item(const Document *document, const Decision *decision, LetterMatch match, const char **why)
{
  Item *item = item_named(document, decision->item);
  *why = NULL;
  if (!item) *why = match == OF_SAME ? "the rules no longer find it" : "nothing in the letter as it is now has its identifier";
  else if (strcmp(item->text, decision->text) != 0) *why = "its identifier stands for other words now";
  else if (strcmp(item->type->name, decision->type) != 0) *why = "its identifier stands for an item of another type now";
  else if (match == OF_EDITED && *decision->evidence && !is_words(document->letter, item->evidence, decision->evidence) &&
           count_equal(document, item) > 1)
    *why = "the sentence around it has changed, and the same words stand elsewhere too";
  return *why ? NULL : item;
}

bool find_place(const Letter *letter, uint32_t start, uint32_t end, Span *span)
{
  uint32_t point = 0, byte = 0;
  *span = (Span){UINT32_MAX, UINT32_MAX};
  for (;; ++byte) {
    bool border = byte == letter->size || ((unsigned char)letter->text[byte] & 0xC0U) != 0x80U;
    if (!border) continue;
    if (point == start) span->start = byte;
    if (point == end) return span->end = byte, span->start != UINT32_MAX;
    if (byte == letter->size) return false;
    point++;
  }
}

bool find_once(const Letter *letter, Span inside, const char *words, Span *span)
{
  size_t length = strlen(words), size = inside.end - inside.start;
  if (!length || length > size) return false;
  const char *from = letter->text + inside.start;
  const char *at = memmem(from, size, words, length);
  if (!at) return false;
  size_t offset = (size_t)(at - from);
  if (memmem(at + 1, size - offset - 1, words, length)) return false;
  *span = (Span){inside.start + (uint32_t)offset, inside.start + (uint32_t)(offset + length)};
  return true;
}

bool find_missed(const Document *document, const Decision *decision, LetterMatch match, Span *span, const char **why)
{
  const Letter *letter = document->letter;
  Span          around;
  *why = NULL;
  if (match == OF_SAME) {
    if (find_place(letter, decision->start, decision->end, span) && is_words(letter, *span, decision->text)) return true;
    *why = "its words are not at their place";
  } else if (!find_once(letter, (Span){0, letter->size}, decision->evidence, &around)) {
    *why = "the paragraph around it has changed";
  } else if (!find_once(letter, around, decision->text, span)) {
    *why = "its words stand more than once in their paragraph, and the letter has changed";
  }
  return !*why;
}

/* Named as graph/link.c names it. */
Link *find_link(const Document *document, const Decision *decision, const Entity **entity)
{
  for (size_t i = 0; i < document->entity_count; ++i) {
    const Entity *of = *entity = document->entities[i];
    for (size_t l = 0; l < of->link_count; ++l) {
      const char *text = arena_printf(document->arena, "%s %s", of->id, of->links[l].concept);
      const char *name = text ? fragment_name(document->arena, "link", text, 1) : NULL;
      if (name && !strcmp(name, decision->item)) return &of->links[l];
    }
  }
  return NULL;
}

const char *decision_lost(const Document *document, const Decision *decision, LetterMatch match)
{
  const char *why = NULL;
  Span        span;
  const Entity *entity;
  if (decision->verdict == VERDICT_MISSED) find_missed(document, decision, match, &span, &why);
  else if (strcmp(decision->type, "Link") == 0) why = find_link(document, decision, &entity) ? NULL : "the letter has no such link now";
  else find_item(document, decision, match, &why);
  return why;
}
