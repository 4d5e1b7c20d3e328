#include "review/tally.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

Precision tally_precision(const Tally *tally)
{
  static const double z = 1.959963984540054; /* the normal distribution's, for 95 percent */
  Precision           p = {.right = tally->counts[VERDICT_ACCEPT], .high = 1};
  p.of = p.right + tally->counts[VERDICT_CORRECT] + tally->counts[VERDICT_REJECT];
  if (!p.of) return p;
  double n = (double)p.of, share = (double)p.right / n, z2 = z * z;
  double middle = share + z2 / (2 * n), width = z * sqrt(share * (1 - share) / n + z2 / (4 * n * n));
  p.share = share;
  p.low = fmax(0, (middle - width) / (1 + z2 / n));
  p.high = fmin(1, (middle + width) / (1 + z2 / n));
  return p;
}

static const char *key_of(const Decision *d, Column column)
{
  if (column == COLUMN_TYPE) return d->type;
  if (column == COLUMN_REVIEWER) return d->reviewer;
  return d->verdict == VERDICT_MISSED ? "" : d->rule;
}

static int by_precision(const void *a, const void *b)
{
  const Tally *x = a, *y = b;
  Precision    p = tally_precision(x), q = tally_precision(y);
  if (!p.of != !q.of) return p.of ? -1 : 1;
  if (p.share < q.share || p.share > q.share) return p.share < q.share ? -1 : 1;
  if (p.of != q.of) return p.of > q.of ? -1 : 1;
  return strcmp(x->name, y->name);
}

static Tally *tally_named(Arena *arena, Tallies *tallies, size_t *capacity, const char *name)
{
  for (size_t i = 0; i < tallies->count; ++i)
    if (!strcmp(tallies->items[i].name, name)) return &tallies->items[i];
  void *grown = arena_grow(arena, tallies->items, tallies->count, capacity, sizeof *tallies->items);
  if (!grown) return NULL;
  tallies->items = grown;
  tallies->items[tallies->count] = (Tally){.name = name};
  return &tallies->items[tallies->count++];
}

bool tally_by(Arena *arena, const DecisionSet *set, const bool *skip, Column column, Tallies *tallies)
{
  size_t capacity = 0;
  *tallies = (Tallies){0};
  for (size_t i = 0; i < set->count; ++i) {
    const char *key = key_of(set->items[i], column);
    if ((skip && skip[i]) || !*key) continue;
    Tally *tally = tally_named(arena, tallies, &capacity, key);
    if (!tally) return false;
    tally->counts[set->items[i]->verdict]++;
  }
  if (tallies->count) qsort(tallies->items, tallies->count, sizeof *tallies->items, by_precision);
  return true;
}

/* ---- Agreement ---- */

static bool is_same_item(const Decision *a, const Decision *b)
{
  return a->verdict != VERDICT_MISSED && b->verdict != VERDICT_MISSED && !strcmp(a->item, b->item) &&
         !strcmp(a->sha256, b->sha256);
}

static const Decision *decision_of(const DecisionSet *set, const bool *skip, const char *reviewer, const Decision *item)
{
  for (size_t i = 0; i < set->count; ++i) {
    const Decision *d = set->items[i];
    if ((!skip || !skip[i]) && is_same_item(d, item) && !strcmp(d->reviewer, reviewer)) return d;
  }
  return NULL;
}

static void set_kappa(Agreement *pair, const size_t first[VERDICTS], const size_t second[VERDICTS])
{
  double both = (double)pair->both, chance = 0;
  if (!pair->both) return;
  for (size_t v = 0; v < VERDICTS; ++v) chance += (double)first[v] / both * ((double)second[v] / both);
  pair->has_kappa = chance < 1;
  if (pair->has_kappa) pair->kappa = ((double)pair->agree / both - chance) / (1 - chance);
}

static bool compare(Arena *arena, const DecisionSet *set, const bool *skip, Agreement *pair, Agreements *out,
                    size_t *capacity)
{
  size_t first[VERDICTS] = {0}, second[VERDICTS] = {0};
  for (size_t i = 0; i < set->count; ++i) {
    const Decision *a = set->items[i];
    if ((skip && skip[i]) || strcmp(a->reviewer, pair->first) != 0) continue;
    const Decision *b = decision_of(set, skip, pair->second, a);
    if (!b) continue;
    pair->both++;
    pair->agree += a->verdict == b->verdict;
    first[a->verdict]++;
    second[b->verdict]++;
    if (a->verdict == b->verdict) continue;
    void *grown = arena_grow(arena, out->disagreements, out->disagreement_count, capacity, sizeof *out->disagreements);
    if (!grown) return false;
    out->disagreements = grown;
    out->disagreements[out->disagreement_count++] = (Disagreement){a, b};
  }
  set_kappa(pair, first, second);
  return true;
}

static int by_name(const void *a, const void *b) { return strcmp(((const Tally *)a)->name, ((const Tally *)b)->name); }

bool tally_agreements(Arena *arena, const DecisionSet *set, const bool *skip, Agreements *agreements)
{
  Tallies reviewers;
  size_t  capacity = 0;
  *agreements = (Agreements){0};
  if (!tally_by(arena, set, skip, COLUMN_REVIEWER, &reviewers)) return false;
  size_t n = reviewers.count;
  if (n) qsort(reviewers.items, n, sizeof *reviewers.items, by_name);
  agreements->pairs = arena_alloc(arena, (n * n + 1) * sizeof *agreements->pairs);
  if (!agreements->pairs) return false;
  for (size_t i = 0; i < n; ++i) {
    for (size_t j = i + 1; j < n; ++j) {
      Agreement *pair = &agreements->pairs[agreements->pair_count++];
      *pair = (Agreement){.first = reviewers.items[i].name, .second = reviewers.items[j].name};
      if (!compare(arena, set, skip, pair, agreements, &capacity)) return false;
    }
  }
  return true;
}
