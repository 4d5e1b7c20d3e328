/* Which rules are for which language. */
#include "match/run.h"

#include "base/language.h"

#include <string.h>

/* A rule for a language is for all of whose tags it is a range; one for none is for all. */
static bool is_for(const char *rules, const char *letter)
{
  return !rules || !letter || rules == letter || language_covers(rules, letter);
}

static void add_bits(uint64_t *to, const uint64_t *from, size_t words)
{
  for (size_t i = 0; i < words; ++i) to[i] |= from[i];
}

static Endings endings_of(const RuleSet *rules, const char *tag)
{
  const TermList *list = &lexicons_find(&rules->lexicons, tag)->lists[LEXICON_ENDING];
  return (Endings){list->terms, list->count};
}

static Spoken ask(Run *run, const char *tag)
{
  const Matcher *matcher = run->matcher;
  Endings        endings = endings_of(run->rules, tag);
  size_t         patterns = trigger_index_words(run->rules->triggers), lists = run->rules->view_words;
  if (matcher->language_count == 1 && is_for(matcher->languages[0].language, tag))
    return (Spoken){tag, matcher->languages[0].patterns, matcher->languages[0].lists, endings};
  uint64_t *bits = arena_alloc(run->arena, (patterns + lists + 1) * sizeof *bits);
  for (size_t i = 0; i < matcher->language_count; ++i) {
    const RuleLanguage *rules = &matcher->languages[i];
    if (!is_for(rules->language, tag)) continue;
    add_bits(bits, rules->patterns, patterns);
    add_bits(bits + patterns, rules->lists, lists);
  }
  return (Spoken){tag, bits, bits + patterns, endings};
}

/* Whether rules have languages, and none has this one. */
static bool lacks(const Matcher *matcher, const char *language)
{
  bool any = false;
  for (size_t i = 0; i < matcher->language_count; ++i) {
    const char *rules = matcher->languages[i].language;
    if (rules && is_for(rules, language)) return false;
    any = any || rules;
  }
  return any;
}

/* A unit of the language; NULL: none. */
static const Unit *first_unit(const Letter *letter, size_t language)
{
  for (size_t i = 0; i < letter->unit_count; ++i)
    if (letter->units[i].language == language) return &letter->units[i];
  return NULL;
}

static bool is_hinted(const Letter *letter, const Unit *unit)
{
  for (size_t i = 0; i < letter->hinted_count; ++i)
    if (letter->hinted[i].span.start <= unit->span.start && unit->span.start < letter->hinted[i].span.end) return true;
  return false;
}

static void report(Run *run, size_t language)
{
  const Letter *letter = run->letter;
  const Unit   *unit = first_unit(letter, language);
  if (!unit) return;
  Place place = {.file = letter->name, .line = letter_line(letter, unit->span.start)};
  diagnostics_add(run->diagnostics, CLAIMANT_WARNING, "no-rules-for-language", place,
                  "%s in the language \"%s\"%s, which no rules are for; only what is the same in every language was looked for",
                  language ? "from here on there is text" : "the letter is", letter->languages[language],
                  letter->told_by_words && !is_hinted(letter, unit) ? ", by its words" : "");
}

void run_languages(Run *run)
{
  const Letter *letter = run->letter;
  const char   *other = run->options.language ? run->options.language : run->rules->language;
  size_t        count = letter->language_count ? letter->language_count : 1;
  run->spoken = arena_alloc(run->arena, count * sizeof *run->spoken);
  for (size_t i = 0; i < count; ++i) run->spoken[i] = ask(run, letter->language_count ? letter->languages[i] : other);
  for (size_t i = 0; i < letter->language_count; ++i)
    if (letter->languages[i] && lacks(run->matcher, letter->languages[i])) report(run, i);
  run->heard = run->spoken[0].patterns;
  if (count == 1) return;
  size_t    words = trigger_index_words(run->rules->triggers);
  uint64_t *heard = arena_alloc(run->arena, (words + 1) * sizeof *heard);
  for (size_t i = 0; i < count; ++i) add_bits(heard, run->spoken[i].patterns, words);
  run->heard = heard;
}

/* ---- Of the rule set ---- */

static RuleLanguage *language_of(Matcher *matcher, const char *language)
{
  const RuleSet *rules = matcher->rules;
  for (size_t i = 0; i < matcher->language_count; ++i)
    if (matcher->languages[i].language == language) return &matcher->languages[i];
  RuleLanguage *made = &matcher->languages[matcher->language_count];
  made->language = language;
  made->patterns = arena_alloc(rules->arena, (trigger_index_words(rules->triggers) + 1) * sizeof *made->patterns);
  made->lists = arena_alloc(rules->arena, (rules->view_words + 1) * sizeof *made->lists);
  if (!made->patterns || !made->lists) return NULL;
  matcher->language_count++;
  return made;
}

static void see_type(uint64_t *types, uint16_t type) { types[type / 64] |= UINT64_C(1) << type % 64; }

static void see_rule(const RuleSet *rules, const Rule *rule, RuleLanguage *language)
{
  for (size_t i = 0; i < rule->pattern_count; ++i) {
    uint32_t ordinal = rule->patterns[i]->ordinal;
    language->patterns[ordinal / 64] |= UINT64_C(1) << ordinal % 64;
  }
  add_bits(language->lists, rules->views[rule->view].bits, rules->view_words);
  for (size_t i = 0; i < rule->fill_count; ++i)
    for (size_t j = 0; j < rule->fills[i].from_count; ++j) see_type(language->lists, rule->fills[i].from[j].type);
}

/* Lists that no rule names but that say something all the same: of the vocabulary's the resolver knows, features
 * take their concepts, and what learning or masking names. */
static void see_others(const RuleSet *rules, RuleLanguage *language)
{
  for (size_t i = 0; i < rules->gazetteer_count; ++i)
    if (rules->gazetteers[i].external || rules->gazetteers[i].given) see_type(language->lists, rules->gazetteers[i].type);
  for (size_t i = 0; i < rules->type_count; ++i)
    for (size_t j = 0; j < rules->types[i].feature_count; ++j)
      if (rules->types[i].features[j].from) see_type(language->lists, (uint16_t)(rules->types[i].features[j].from - 1));
  for (size_t i = 0; i < rules->phase_count; ++i) {
    if (rules->phases[i].mask) add_bits(language->lists, rules->phases[i].mask, rules->view_words);
    if (rules->phases[i].kind == PHASE_LEARN) see_type(language->lists, rules->phases[i].learn_from);
  }
}

ClaimantStatus matcher_languages(Matcher *matcher)
{
  const RuleSet *rules = matcher->rules;
  matcher->languages = arena_alloc(rules->arena, (rules->rule_count + 1) * sizeof *matcher->languages);
  if (!matcher->languages) return CLAIMANT_NO_MEMORY;
  for (size_t i = 0; i < rules->rule_count; ++i) {
    RuleLanguage *language = language_of(matcher, rules->rules[i]->language);
    if (!language) return CLAIMANT_NO_MEMORY;
    see_rule(rules, rules->rules[i], language);
  }
  for (size_t i = 0; i < matcher->language_count; ++i) see_others(rules, &matcher->languages[i]);
  return CLAIMANT_OK;
}
