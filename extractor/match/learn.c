/* The learn phase: names found once are looked for in the rest of the letter. */
#include "match/run.h"

#include "base/language.h"
#include "base/unicode.h"
#include "base/utf8.h"

#include <string.h>

enum { MAX_HITS = 8, SHORTEST_NAME = 2 /* bytes */ };

typedef struct {
  Run         *run;
  const Phase *phase;
  Lexis       *lexis;
  MarkWalk     walk;   /* behind the place in hand */
  uint32_t     hidden; /* where the text hidden by marks seen so far ends */
} Learning;

static void learn(Learning *l, const char *name, size_t bytes, const Annotation *from)
{
  if (bytes < SHORTEST_NAME) return;
  if (lexis_add(l->lexis, 0, name, bytes, false, from) == CLAIMANT_NO_MEMORY) arena_alloc(l->run->arena, SIZE_MAX);
}

/* "al-Sabri", and "Al-Sabri" where a sentence begins with it. */
static void learn_with_particle(Learning *l, const char *word, size_t bytes, const Annotation *from)
{
  const char *hyphen = memchr(word, '-', bytes);
  size_t      length, behind = hyphen ? (size_t)(hyphen - word) + 1 : bytes;
  if (behind >= bytes || !unicode_is_upper(utf8_decode(word + behind, &length))) return;
  if (word[0] < 'a' || word[0] > 'z') return;
  char *capital = arena_copy(l->run->arena, word, bytes);
  capital[0] = (char)(word[0] - 'a' + 'A');
  learn(l, word, bytes, from);
  learn(l, capital, bytes, from);
}

static void learn_last_word(Learning *l, const char *name, size_t bytes, const Annotation *from)
{
  size_t at = bytes;
  while (at && name[at - 1] != ' ') at--;
  size_t length;
  if (!at) return;
  if (unicode_is_upper(utf8_decode(name + at, &length))) learn(l, name + at, bytes - at, from);
  else learn_with_particle(l, name + at, bytes - at, from);
}

static void learn_first_word(Learning *l, const char *name, size_t bytes, const Annotation *from)
{
  const char *space = memchr(name, ' ', bytes);
  size_t      length;
  if (space && unicode_is_upper(utf8_decode(name, &length)) && (size_t)(space - name) > length + 1) learn(l, name, (size_t)(space - name), from);
}

static void learn_from(Learning *l, const Annotation *annotation)
{
  size_t      bytes;
  const char *name = run_folded_text(l->run, annotation->span, &bytes);
  const char *acronym = annotation_feature(annotation, "acronym");
  if (l->phase->learn_forms & LEARN_FULL) learn(l, name, bytes, annotation);
  if (l->phase->learn_forms & LEARN_LAST) learn_last_word(l, name, bytes, annotation);
  if (l->phase->learn_forms & LEARN_FIRST) learn_first_word(l, name, bytes, annotation);
  if (l->phase->learn_forms & LEARN_ACRONYM && acronym) learn(l, acronym, strlen(acronym), annotation);
}

/* Text inside an annotation of the learnt type's layer, or of a masked type, is not looked at. */
static bool hides(const Learning *l, const Mark *mark)
{
  const RuleSet *rules = l->run->rules;
  if (l->phase->mask[mark->type / 64] >> (mark->type % 64) & 1U) return true;
  return rules->types[mark->type].layer == rules->types[l->phase->learn_from].layer && l->run->annotations[mark->id]->rule;
}

/* Where the text ends that is hidden at a byte: marks that start up to it were looked at before. */
static uint32_t hidden_until(Learning *l, uint32_t byte)
{
  for (const Mark *mark; (mark = marks_next(&l->walk, byte + 1)) != NULL;)
    if (hides(l, mark) && mark->span.end > l->hidden) l->hidden = mark->span.end;
  return l->hidden;
}

static bool is_spoken(const Learning *l, uint32_t unit)
{
  const char *tag = run_spoken(l->run, unit)->tag;
  return !l->phase->language || !tag || language_covers(l->phase->language, tag);
}

static void look_in_unit(Learning *l, uint32_t unit)
{
  Run     *run = l->run;
  const Endings *endings = &run_spoken(run, unit)->endings;
  uint32_t end = run->unit_base[unit].end, free = run->unit_base[unit].start;
  for (uint32_t i = run->unit_word[unit]; i < run->unit_word[unit + 1]; ++i) {
    WordPlace word = run->words[i];
    VocabHit  hit;
    const char *text = run->base.text + word.at;
    if (word.at < free || !lexis_match(l->lexis, word.key, text, end - word.at, endings, &hit, 1)) continue;
    if (hidden_until(l, run->base.origin[word.at]) > run->base.origin[word.at]) continue;
    Annotation *found = run_annotate(run, l->phase->learn_into, (Span){word.at, word.at + hit.bytes}, unit);
    found->learnt_from = hit.payload;
    free = word.at + hit.bytes;
  }
}

void run_learn(Run *run, const Phase *phase)
{
  Learning l = {.run = run, .phase = phase, .lexis = lexis_new(run->arena)};
  MarkWalk walk = marks_from(run, 0);
  for (const Mark *mark; (mark = marks_next(&walk, UINT32_MAX)) != NULL;)
    if (ruleset_is_a(run->rules, mark->type, phase->learn_from)) learn_from(&l, run->annotations[mark->id]);
  if (!lexis_count(l.lexis)) return;
  if (!lexis_seal(l.lexis)) arena_alloc(run->arena, SIZE_MAX);
  l.walk = marks_from(run, 0);
  for (uint32_t unit = 0; unit < run->letter->unit_count; ++unit)
    if (is_spoken(&l, unit)) look_in_unit(&l, unit);
}
