#include "review/score.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
  const char *type;
  json_int_t  start, end;
  bool        used;
} Spot;

typedef struct {
  Spot *items;
  size_t count;
} Spots;

static ScoreRow *row_of(Score *score, const char *type)
{
  for (size_t i = 0; i < score->count; ++i)
    if (!strcmp(score->rows[i].type, type)) return &score->rows[i];
  void       *grown = arena_grow(score->arena, score->rows, score->count, &score->capacity, sizeof *score->rows);
  const char *name = arena_copy_string(score->arena, type);
  if (!grown || !name) return NULL;
  score->rows = grown;
  score->rows[score->count] = (ScoreRow){.type = name};
  return &score->rows[score->count++];
}

static bool read_spot(const json_t *item, Spot *place)
{
  const json_t *type = json_object_get(item, "type"), *start = json_object_get(item, "start"),
               *end = json_object_get(item, "end");
  if (!json_is_string(type) || !json_is_integer(start) || !json_is_integer(end)) return false;
  *place = (Spot){json_string_value(type), json_integer_value(start), json_integer_value(end), false};
  return place->start >= 0 && place->start < place->end;
}

/* NULL items: no memory, or *fault. */
static Spots read_spots(Arena *arena, const json_t *list, const char **fault)
{
  Spots places = {arena_alloc(arena, (json_array_size(list) + 1) * sizeof *places.items), 0};
  for (size_t i = 0; places.items && i < json_array_size(list); ++i) {
    if (read_spot(json_array_get(list, i), &places.items[places.count])) {
      places.count++;
      continue;
    }
    *fault = "an item has no \"type\", or no \"start\" and \"end\" that make a range";
    places.items = NULL;
  }
  return places;
}

/* Common characters by those of either; 0 for other types. */
static double common(const Spot *a, const Spot *b)
{
  json_int_t start = a->start > b->start ? a->start : b->start, end = a->end < b->end ? a->end : b->end;
  if (strcmp(a->type, b->type) != 0 || start >= end) return 0;
  json_int_t first = a->start < b->start ? a->start : b->start, last = a->end > b->end ? a->end : b->end;
  return (double)(end - start) / (double)(last - first);
}

/* What lies on words that nobody decided on, unless it is one of the answers too. */
static void drop_ignored(Spots *found, const Spots *gold, const Spots *ignore)
{
  size_t kept = 0;
  for (size_t i = 0; i < found->count; ++i) {
    bool drop = false, counts = false;
    for (size_t g = 0; g < gold->count; ++g) counts = counts || common(&found->items[i], &gold->items[g]) >= 0.5;
    for (size_t g = 0; g < ignore->count; ++g) drop = drop || common(&found->items[i], &ignore->items[g]) >= 0.5;
    if (!drop || counts) found->items[kept++] = found->items[i];
  }
  found->count = kept;
}

static bool match(Score *score, Spots *gold, Spots *found, bool exact)
{
  for (size_t g = 0; g < gold->count; ++g) {
    Spot *best = NULL;
    double most = exact ? 1 : 0.5;
    if (gold->items[g].used) continue;
    for (size_t f = 0; f < found->count; ++f) {
      double share = common(&gold->items[g], &found->items[f]);
      if (found->items[f].used || share < most) continue;
      if (!best || share > most) best = &found->items[f];
      most = share;
    }
    if (!best) continue;
    best->used = gold->items[g].used = true;
    ScoreRow *row = row_of(score, gold->items[g].type);
    if (!row) return false;
    row->exact += exact;
    row->overlap++;
  }
  return true;
}

static bool count(Score *score, const Spots *places, bool gold)
{
  for (size_t i = 0; i < places->count; ++i) {
    ScoreRow *row = row_of(score, places->items[i].type);
    if (!row) return false;
    if (gold) row->gold++;
    else row->found++;
  }
  return true;
}

ClaimantStatus score_add(Score *score, const json_t *gold, const json_t *system, const char **fault)
{
  *fault = NULL;
  if (!json_is_array(json_object_get(gold, "items"))) *fault = "the gold record has no list \"items\"";
  if (system && !json_is_array(json_object_get(system, "items"))) *fault = "the system's record has no list \"items\"";
  if (*fault) return CLAIMANT_BAD_DATA;
  Spots wanted = read_spots(score->arena, json_object_get(gold, "items"), fault);
  Spots found = read_spots(score->arena, system ? json_object_get(system, "items") : NULL, fault);
  Spots ignore = read_spots(score->arena, json_object_get(gold, "ignore"), fault);
  if (*fault) return CLAIMANT_BAD_DATA;
  if (!wanted.items || !found.items || !ignore.items) return CLAIMANT_NO_MEMORY;
  drop_ignored(&found, &wanted, &ignore);
  bool fine = count(score, &wanted, true) && count(score, &found, false) && match(score, &wanted, &found, true) &&
              match(score, &wanted, &found, false);
  return fine ? CLAIMANT_OK : CLAIMANT_NO_MEMORY;
}

static int by_type(const void *a, const void *b) { return strcmp(((const ScoreRow *)a)->type, ((const ScoreRow *)b)->type); }

bool score_sum(Score *score)
{
  ScoreRow sum = {.type = "all"};
  if (score->count) qsort(score->rows, score->count, sizeof *score->rows, by_type);
  for (size_t i = 0; i < score->count; ++i) {
    sum.gold += score->rows[i].gold;
    sum.found += score->rows[i].found;
    sum.exact += score->rows[i].exact;
    sum.overlap += score->rows[i].overlap;
  }
  void *grown = arena_grow(score->arena, score->rows, score->count, &score->capacity, sizeof *score->rows);
  if (!grown) return false;
  score->rows = grown;
  score->rows[score->count++] = sum;
  return true;
}
