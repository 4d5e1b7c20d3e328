#include "cli/profile.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct {
  const char      *id;
  ClaimantRuleCost cost;
} Row;

ClaimantRuleCost *profile_new(const ClaimantRules *rules)
{
  return calloc(claimant_rule_count(rules) + 1, sizeof(ClaimantRuleCost));
}

static int dearest_first(const void *a, const void *b)
{
  const Row *x = a, *y = b;
  return (x->cost.seconds < y->cost.seconds) - (x->cost.seconds > y->cost.seconds);
}

void profile_print(const ClaimantRules *rules, const ClaimantRuleCost *costs)
{
  size_t count = claimant_rule_count(rules);
  Row   *rows = costs ? calloc(count + 1, sizeof *rows) : NULL;
  double total = 0;
  if (!rows) return;
  for (size_t i = 0; i < count; ++i) {
    rows[i] = (Row){claimant_rule_id(rules, i), costs[i]};
    total += costs[i].seconds;
  }
  qsort(rows, count, sizeof *rows, dearest_first);
  fprintf(stderr, "%10s %6s %9s %9s %9s  %s\n", "ms", "share", "tries", "matches", "us/try", "rule");
  for (size_t i = 0; i < count && rows[i].cost.tries; ++i) {
    const ClaimantRuleCost *c = &rows[i].cost;
    fprintf(stderr, "%10.2f %5.1f%% %9zu %9zu %9.1f  %s\n", 1e3 * c->seconds,
            100 * c->seconds / (total > 0 ? total : 1), c->tries, c->matches,
            1e6 * c->seconds / (double)c->tries, rows[i].id);
  }
  fprintf(stderr, "%10.2f        in all\n", 1e3 * total);
  free(rows);
}
