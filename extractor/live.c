/* Rules that are exchanged while letters are read by them. */
#include "claimant.h"

#include "base/arena.h"
#include "base/memory.h"

#include <pthread.h>
#include <string.h>

/* One rule set, and how many have taken it and not given it back. */
typedef struct Generation {
  ClaimantRules     *rules;
  size_t             users;
  struct Generation *older;
} Generation;

struct ClaimantLiveRules {
  Arena               *arena; /* of the options' strings */
  ClaimantRulesOptions options;
  pthread_mutex_t      lock;      /* of what follows */
  pthread_mutex_t      reloading; /* one at a time */
  Generation          *newest;    /* in force */
};

static bool copy_string(Arena *arena, const char **text)
{
  if (*text) *text = arena_copy_string(arena, *text);
  return *text;
}

static bool copy_options(ClaimantLiveRules *live, const ClaimantRulesOptions *options)
{
  ClaimantRulesOptions *own = &live->options;
  *own = *options;
  const char **gazetteers = arena_alloc(live->arena, (own->gazetteer_count + 1) * sizeof *gazetteers);
  if (!gazetteers || !copy_string(live->arena, &own->rules)) return false;
  if (own->vocab && !copy_string(live->arena, &own->vocab)) return false;
  for (size_t i = 0; i < own->gazetteer_count; ++i) {
    gazetteers[i] = options->gazetteers[i];
    if (!copy_string(live->arena, &gazetteers[i])) return false;
  }
  own->gazetteers = gazetteers;
  return true;
}

static void free_generation(Generation *generation)
{
  claimant_rules_free(generation->rules);
  memory_free(generation);
}

/* Under the lock: those that nobody uses any more and that are not in force. */
static void drop_unused(ClaimantLiveRules *live)
{
  for (Generation **at = &live->newest->older; *at;) {
    Generation *generation = *at;
    if (generation->users) at = &generation->older;
    else {
      *at = generation->older;
      free_generation(generation);
    }
  }
}

static ClaimantStatus load(ClaimantLiveRules *live, Generation **made)
{
  *made = memory_zeroed(1, sizeof **made);
  if (!*made) return CLAIMANT_NO_MEMORY;
  ClaimantStatus status = claimant_rules_load(&live->options, &(*made)->rules);
  if (!status) return status;
  memory_free(*made);
  *made = NULL;
  return status;
}

ClaimantStatus claimant_live_open(const ClaimantRulesOptions *options, ClaimantLiveRules **live)
{
  if (!options || !options->rules || !live) return CLAIMANT_BAD_ARGUMENT;
  ClaimantLiveRules *made = memory_zeroed(1, sizeof *made);
  if (!made) return CLAIMANT_NO_MEMORY;
  pthread_mutex_init(&made->lock, NULL);
  pthread_mutex_init(&made->reloading, NULL);
  made->arena = arena_new();
  ClaimantStatus status = made->arena && copy_options(made, options) ? CLAIMANT_OK : CLAIMANT_NO_MEMORY;
  if (!status) status = load(made, &made->newest);
  if (status) claimant_live_close(made);
  else *live = made;
  return status;
}

ClaimantStatus claimant_live_reload(ClaimantLiveRules *live, bool *changed)
{
  Generation *made = NULL;
  pthread_mutex_lock(&live->reloading);
  ClaimantStatus status = load(live, &made);
  bool           same = !status && !strcmp(claimant_rules_hash(made->rules), claimant_rules_hash(live->newest->rules));
  if (changed) *changed = !status && !same;
  if (same) free_generation(made);
  else if (!status) {
    pthread_mutex_lock(&live->lock);
    made->older = live->newest;
    live->newest = made;
    drop_unused(live);
    pthread_mutex_unlock(&live->lock);
  }
  pthread_mutex_unlock(&live->reloading);
  return status;
}

const ClaimantRules *claimant_live_take(ClaimantLiveRules *live)
{
  pthread_mutex_lock(&live->lock);
  live->newest->users++;
  const ClaimantRules *rules = live->newest->rules;
  pthread_mutex_unlock(&live->lock);
  return rules;
}

void claimant_live_give_back(ClaimantLiveRules *live, const ClaimantRules *rules)
{
  pthread_mutex_lock(&live->lock);
  for (Generation *generation = live->newest; generation; generation = generation->older)
    if (generation->rules == rules && generation->users) generation->users--;
  drop_unused(live);
  pthread_mutex_unlock(&live->lock);
}

void claimant_live_close(ClaimantLiveRules *live)
{
  if (!live) return;
  while (live->newest) {
    Generation *generation = live->newest;
    live->newest = generation->older;
    free_generation(generation);
  }
  pthread_mutex_destroy(&live->lock);
  pthread_mutex_destroy(&live->reloading);
  arena_free(live->arena);
  memory_free(live);
}
