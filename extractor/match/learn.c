/* The learn phase: names found once are looked for in the rest of the letter. */
#include "match/run.h"

#include "base/unicode.h"
#include "base/utf8.h"

#include <string.h>

enum { MAX_HITS = 8, SHORTEST_NAME = 2 /* bytes */ };

typedef struct {
  Run         *run;
  const Phase *phase;
  Lexis       *lexis;
  uint32_t    *covered; /* [i]: end of the last mark among the first i that hides text from learning */
} Learning;

static void learn(Learning *l, const char *name, size_t bytes, const Annotation *from)
{
  if (bytes < SHORTEST_NAME) return;
  if (lexis_add(l->lexis, 0, name, bytes, false, from) == CLAIMANT_NO_MEMORY) arena_alloc(l->run->arena, SIZE_MAX);
}

static void learn_last_word(Learning *l, const char *name, size_t bytes, const Annotation *from)
{
  size_t at = bytes;
  while (at && name[at - 1] != ' ') at--;
  size_t length;
  if (at && unicode_is_upper(utf8_decode(name + at, &length))) learn(l, name + at, bytes - at, from);
}

static void learn_from(Learning *l, const Annotation *annotation)
{
  size_t      bytes;
  const char *name = run_folded_text(l->run, annotation->span, &bytes);
  const char *acronym = annotation_feature(annotation, "acronym");
  if (l->phase->learn_forms & LEARN_FULL) learn(l, name, bytes, annotation);
  if (l->phase->learn_forms & LEARN_LAST) learn_last_word(l, name, bytes, annotation);
  if (l->phase->learn_forms & LEARN_ACRONYM && acronym) learn(l, acronym, strlen(acronym), annotation);
}

/* Text inside an annotation of the learnt type's layer, or of a masked type, is not looked at. */
static bool hides(const Learning *l, const Mark *mark)
{
  const RuleSet *rules = l->run->rules;
  if (l->phase->mask[mark->type / 64] >> (mark->type % 64) & 1U) return true;
  return rules->types[mark->type].layer == rules->types[l->phase->learn_from].layer && l->run->annotations[mark->id]->rule;
}

static void find_covered(Learning *l)
{
  Run *run = l->run;
  l->covered = arena_alloc(run->arena, (run->mark_count + 1) * sizeof *l->covered);
  for (size_t i = 0; i < run->mark_count; ++i) {
    uint32_t end = hides(l, &run->marks[i]) ? run->marks[i].span.end : 0;
    l->covered[i + 1] = end > l->covered[i] ? end : l->covered[i];
  }
}

/* Skips marks that start before the place; says where the text hidden there ends. */
static uint32_t hidden_until(const Learning *l, size_t *next, uint32_t byte)
{
  while (*next < l->run->mark_count && l->run->marks[*next].span.start <= byte) ++*next;
  return l->covered[*next];
}

static void look_in_unit(Learning *l, uint32_t unit)
{
  Run     *run = l->run;
  Span     range = base_view_range(&run->base, run->letter->units[unit].span);
  size_t   next = run->unit_marks[unit];
  uint32_t at = range.start;
  while (at < range.end) {
    const char *text = run->base.text + at;
    WordKey     key = word_key(text, range.end - at);
    size_t      length;
    if (!key.bytes) utf8_decode(text, &length);
    uint32_t step = key.bytes ? key.bytes : (uint32_t)length;
    uint32_t hidden = hidden_until(l, &next, run->base.origin[at]);
    VocabHit hit;
    if (key.bytes && hidden <= run->base.origin[at] && lexis_match(l->lexis, key, text, range.end - at, &hit, 1)) {
      Span        span = {run->base.origin[at], run->base.origin[at + hit.bytes]};
      Annotation *found = run_annotate(run, l->phase->learn_into, span, unit);
      found->learnt_from = hit.payload;
      step = hit.bytes;
    }
    at += step;
  }
}

void run_learn(Run *run, const Phase *phase)
{
  Learning l = {.run = run, .phase = phase, .lexis = lexis_new(run->arena)};
  for (size_t i = 0; i < run->mark_count; ++i)
    if (ruleset_is_a(run->rules, run->marks[i].type, phase->learn_from)) learn_from(&l, run->annotations[run->marks[i].id]);
  if (!lexis_count(l.lexis)) return;
  find_covered(&l);
  for (size_t unit = 0; unit < run->letter->unit_count; ++unit) look_in_unit(&l, (uint32_t)unit);
}
