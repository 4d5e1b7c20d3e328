#include "match/matcher.h"

#include <string.h>

const char *annotation_feature(const Annotation *annotation, const char *name)
{
  for (size_t i = 0; i < annotation->feature_count; ++i)
    if (strcmp(annotation->features[i].name, name) == 0) return annotation->features[i].value;
  return NULL;
}

static ClaimantStatus add_terms(Lexis *lexis, const Gazetteer *gazetteer)
{
  for (size_t i = 0; i < gazetteer->term_count; ++i) {
    const char    *term = gazetteer->terms[i];
    ClaimantStatus status = lexis_add(lexis, gazetteer->type, term, strlen(term), gazetteer->fold, NULL);
    if (status == CLAIMANT_NO_MEMORY) return status;
  }
  return CLAIMANT_OK;
}

static Rule **rules_of_patterns(const RuleSet *rules)
{
  Rule **rule_of = arena_alloc(rules->arena, trigger_index_words(rules->triggers) * 64 * sizeof(Rule *));
  for (size_t i = 0; rule_of && i < rules->rule_count; ++i)
    for (size_t j = 0; j < rules->rules[i]->pattern_count; ++j) rule_of[rules->rules[i]->patterns[j]->ordinal] = rules->rules[i];
  return rule_of;
}

ClaimantStatus matcher_init(Matcher *matcher, const RuleSet *rules, const Vocab *vocab, Diagnostics *diagnostics)
{
  size_t    lists = vocab ? (size_t)vocab_list_count(vocab) : 0;
  uint16_t *list_type = arena_alloc(rules->arena, (lists + 1) * sizeof *list_type);
  Lexis    *lexis = lexis_new(rules->arena);
  Rule    **rule_of = rules_of_patterns(rules);
  if (!list_type || !lexis || !rule_of) return CLAIMANT_NO_MEMORY;
  for (size_t i = 0; i < lists; ++i) list_type[i] = NO_TYPE;
  size_t missing = 0;
  for (size_t i = 0; i < rules->gazetteer_count; ++i) {
    const Gazetteer *gazetteer = &rules->gazetteers[i];
    ClaimantStatus   status = add_terms(lexis, gazetteer);
    if (status) return status;
    int list = gazetteer->external && vocab ? vocab_list(vocab, gazetteer->name) : -1;
    if (list >= 0) list_type[list] = gazetteer->type;
    else if (gazetteer->external) {
      missing++;
      diagnostics_add(diagnostics, CLAIMANT_ERROR, "unknown-list", (Place){0},
                      "the gazetteer %s is external, but the compiled vocabulary has no such list", gazetteer->name);
    }
  }
  *matcher = (Matcher){.rules = rules, .vocab = vocab, .lexis = lexis, .list_type = list_type, .rule_of = rule_of};
  matcher->dictionary = vocab ? vocab_list(vocab, "dictionary") : -1;
  return missing ? CLAIMANT_BAD_RULES : CLAIMANT_OK;
}
