#include "review/diff.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
  const json_t *item;
  const char   *id, *type;
  json_int_t    start, end;
  json_int_t    reach; /* the largest end up to here */
  size_t        place; /* among the items of its record */
  bool          paired;
} Entry;

typedef struct {
  Entry *entries;
  size_t count;
} Entries;

/* ---- Reading ------------------------------------------------------------------------------------- */

static bool read_entry(const json_t *item, size_t place, Entry *entry)
{
  const json_t *start = json_object_get(item, "start"), *end = json_object_get(item, "end");
  *entry = (Entry){.item = item,
                   .id = json_string_value(json_object_get(item, "id")),
                   .type = json_string_value(json_object_get(item, "type")),
                   .start = json_integer_value(start),
                   .end = json_integer_value(end),
                   .place = place};
  return entry->id && entry->type && json_is_integer(start) && json_is_integer(end) && entry->start <= entry->end;
}

/* Those of one type and place stand together, in the order of their identifiers. */
static int by_place(const void *left, const void *right)
{
  const Entry *a = left, *b = right;
  if (a->start != b->start) return a->start < b->start ? -1 : 1;
  if (a->end != b->end) return a->end > b->end ? -1 : 1;
  int order = strcmp(a->type, b->type);
  if (!order) order = strcmp(a->id, b->id);
  return order ? order : (a->place > b->place) - (a->place < b->place);
}

static ClaimantStatus read_entries(Arena *arena, const json_t *record, Entries *entries, const char **fault)
{
  const json_t *items = json_object_get(record, "items");
  if (!json_is_array(items)) return *fault = "there are no \"items\" in it", CLAIMANT_BAD_DATA;
  entries->count = json_array_size(items);
  entries->entries = arena_alloc(arena, (entries->count + 1) * sizeof *entries->entries);
  if (!entries->entries) return CLAIMANT_NO_MEMORY;
  for (size_t i = 0; i < entries->count; ++i)
    if (!read_entry(json_array_get(items, i), i, &entries->entries[i]))
      return *fault = "there is an item without \"id\", \"type\", \"start\" and \"end\"", CLAIMANT_BAD_DATA;
  if (entries->count) qsort(entries->entries, entries->count, sizeof *entries->entries, by_place);
  json_int_t reach = 0;
  for (size_t i = 0; i < entries->count; ++i) {
    if (entries->entries[i].end > reach) reach = entries->entries[i].end;
    entries->entries[i].reach = reach;
  }
  return CLAIMANT_OK;
}

/* ---- Pairs ----------------------------------------------------------------------------------------- */

typedef struct {
  Entries before, after;
  Diff   *diff;
} Pairing;

static bool same(const json_t *a, const json_t *b) { return a == b || (a && b && json_equal(a, b)); }

static void note_field(void *user, const char *field, const json_t *before, const json_t *after)
{
  (void)field;
  (void)before;
  (void)after;
  *(bool *)user = true;
}

static void pair(Pairing *p, Entry *before, Entry *after)
{
  bool altered = false;
  before->paired = after->paired = true;
  diff_fields(before->item, after->item, note_field, &altered);
  if (altered) p->diff->changes[p->diff->count++] = (DiffChange){DIFF_ALTERED, before->item, after->item};
}

static int compare_keys(const Entry *a, const Entry *b)
{
  if (a->start != b->start) return a->start < b->start ? -1 : 1;
  if (a->end != b->end) return a->end > b->end ? -1 : 1;
  return strcmp(a->type, b->type);
}

/* Both lists are in order of place and type. */
static void pair_equal(Pairing *p)
{
  for (size_t i = 0, j = 0; i < p->before.count && j < p->after.count;) {
    int order = compare_keys(&p->before.entries[i], &p->after.entries[j]);
    if (!order) pair(p, &p->before.entries[i], &p->after.entries[j]);
    i += order <= 0;
    j += order >= 0;
  }
}

static json_int_t overlap(const Entry *a, const Entry *b)
{
  json_int_t start = a->start > b->start ? a->start : b->start, end = a->end < b->end ? a->end : b->end;
  return end > start ? end - start : 0;
}

/* The one to pair with: of its type, or where `retyped`, of another at the same place. */
static Entry *partner_of(const Entry *entry, const Entries *among, size_t from, bool retyped)
{
  Entry *best = NULL;
  for (size_t i = from; i < among->count && among->entries[i].start < entry->end; ++i) {
    Entry     *other = &among->entries[i];
    json_int_t shared = other->paired ? 0 : overlap(entry, other);
    if (!shared) continue;
    if (retyped && (other->start != entry->start || other->end != entry->end)) continue;
    if (!retyped && strcmp(other->type, entry->type) != 0) continue;
    if (!best || shared > overlap(entry, best)) best = other;
  }
  return best;
}

static void pair_near(Pairing *p, bool retyped)
{
  size_t from = 0;
  for (size_t i = 0; i < p->before.count; ++i) {
    Entry *entry = &p->before.entries[i];
    while (from < p->after.count && p->after.entries[from].reach <= entry->start) from++;
    Entry *partner = entry->paired ? NULL : partner_of(entry, &p->after, from, retyped);
    if (partner) pair(p, entry, partner);
  }
}

static int by_id(const void *left, const void *right)
{
  const Entry *a = *(Entry *const *)left, *b = *(Entry *const *)right;
  int          order = strcmp(a->id, b->id);
  return order ? order : (a->place > b->place) - (a->place < b->place);
}

static Entry **sorted_by_id(Arena *arena, const Entries *entries)
{
  Entry **sorted = arena_alloc(arena, (entries->count + 1) * sizeof *sorted);
  for (size_t i = 0; sorted && i < entries->count; ++i) sorted[i] = &entries->entries[i];
  if (sorted && entries->count) qsort(sorted, entries->count, sizeof *sorted, by_id);
  return sorted;
}

static bool pair_named(Pairing *p, Arena *arena)
{
  Entry **before = sorted_by_id(arena, &p->before), **after = sorted_by_id(arena, &p->after);
  if (!before || !after) return false;
  for (size_t i = 0, j = 0; i < p->before.count && j < p->after.count;) {
    int order = strcmp(before[i]->id, after[j]->id);
    if (!order) before[i]->paired = after[j]->paired = true;
    i += order <= 0;
    j += order >= 0;
  }
  return true;
}

static void add_rest(Pairing *p)
{
  for (size_t i = 0; i < p->before.count; ++i)
    if (!p->before.entries[i].paired)
      p->diff->changes[p->diff->count++] = (DiffChange){.kind = DIFF_LOST, .before = p->before.entries[i].item};
  for (size_t i = 0; i < p->after.count; ++i)
    if (!p->after.entries[i].paired)
      p->diff->changes[p->diff->count++] = (DiffChange){.kind = DIFF_GAINED, .after = p->after.entries[i].item};
}

static json_int_t start_of(const DiffChange *change)
{
  return json_integer_value(json_object_get(change->after ? change->after : change->before, "start"));
}

/* Lost before gained where both stand at one place. */
static int by_start(const void *left, const void *right)
{
  const DiffChange *a = left, *b = right;
  json_int_t        first = start_of(a), second = start_of(b);
  if (first != second) return first < second ? -1 : 1;
  if (a->kind != b->kind) return a->kind > b->kind ? -1 : 1;
  const json_t *x = a->after ? a->after : a->before, *y = b->after ? b->after : b->before;
  return strcmp(json_string_value(json_object_get(x, "id")), json_string_value(json_object_get(y, "id")));
}

ClaimantStatus diff_letters(Arena *arena, const json_t *before, const json_t *after, Diff *diff, const char **fault,
                            int *bad)
{
  Pairing p = {.diff = diff};
  *diff = (Diff){.moved = !same(json_object_get(before, "sha256"), json_object_get(after, "sha256"))};
  *bad = 0;
  ClaimantStatus st = read_entries(arena, before, &p.before, fault);
  if (st) return st;
  *bad = 1;
  st = read_entries(arena, after, &p.after, fault);
  if (st) return st;
  diff->changes = arena_alloc(arena, (p.before.count + p.after.count + 1) * sizeof *diff->changes);
  if (!diff->changes) return CLAIMANT_NO_MEMORY;
  if (diff->moved) {
    if (!pair_named(&p, arena)) return CLAIMANT_NO_MEMORY;
  } else {
    pair_equal(&p);
    pair_near(&p, false);
    pair_near(&p, true);
  }
  add_rest(&p);
  if (diff->count) qsort(diff->changes, diff->count, sizeof *diff->changes, by_start);
  return CLAIMANT_OK;
}

/* ---- Fields ------------------------------------------------------------------------------------------ */

static void compare_value(const json_t *before, const json_t *after, const char *name, DiffFieldFn take, void *user)
{
  const json_t *old = json_object_get(before, name), *new = json_object_get(after, name);
  if (!same(old, new)) take(user, name, old, new);
}

/* The values of an object in an item, by name: those of the first, then what only the second has. */
static void compare_object(const json_t *before, const json_t *after, const char *object, DiffFieldFn take, void *user)
{
  json_t     *old = json_object_get(before, object), *new = json_object_get(after, object), *value;
  const char *name;
  char        field[256];
  json_object_foreach(old, name, value) {
    if (same(value, json_object_get(new, name))) continue;
    snprintf(field, sizeof field, "%s.%s", object, name);
    take(user, field, value, json_object_get(new, name));
  }
  json_object_foreach(new, name, value) {
    if (json_object_get(old, name)) continue;
    snprintf(field, sizeof field, "%s.%s", object, name);
    take(user, field, NULL, value);
  }
}

void diff_fields(const json_t *before, const json_t *after, DiffFieldFn take, void *user)
{
  static const char *const values[] = {"type", "start", "end", "text", "rule", "confidence", "entity", "evidence", "modifiers"};
  for (size_t i = 0; i < sizeof values / sizeof *values; ++i) compare_value(before, after, values[i], take, user);
  compare_object(before, after, "features", take, user);
  compare_object(before, after, "roles", take, user);
}

void diff_heads(const json_t *before, const json_t *after, DiffFieldFn take, void *user)
{
  compare_object(before, after, "letter", take, user);
}

bool diff_heads_differ(const json_t *before, const json_t *after)
{
  bool differ = false;
  diff_heads(before, after, note_field, &differ);
  return differ;
}
