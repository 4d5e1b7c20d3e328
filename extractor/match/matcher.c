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

/* ---- Lists of the vocabulary and of the user's gazetteers ---- */

static void add_links(const RuleSet *rules, const Gazetteer *gazetteer, uint64_t *bits)
{
  for (size_t i = 0; i < gazetteer->link_count; ++i) {
    const Type *type = &rules->types[gazetteer->links[i]];
    for (size_t j = 0; j < type->below_count; ++j) bits[type->below[j] / 64] |= UINT64_C(1) << type->below[j] % 64;
  }
}

static ClaimantStatus add_source(const RuleSet *rules, NameSource *source)
{
  size_t    lists = (size_t)vocab_list_count(source->vocab);
  uint16_t *types = arena_alloc(rules->arena, (lists + 1) * sizeof *types);
  TypeSet  *links = arena_alloc(rules->arena, (lists + 1) * sizeof *links);
  uint64_t *bits = arena_alloc(rules->arena, (lists + 1) * rules->view_words * sizeof *bits);
  source->law_labels = arena_alloc(rules->arena, sizeof *source->law_labels);
  if (!types || !links || !bits || !source->law_labels) return CLAIMANT_NO_MEMORY;
  for (size_t i = 0; i < lists; ++i) types[i] = NO_TYPE, links[i].bits = bits + i * rules->view_words;
  source->list_type = types;
  source->list_links = links;
  return CLAIMANT_OK;
}

/* The lists of the vocabulary that the rules name. */
static size_t bind_lists(const RuleSet *rules, NameSource *source, Diagnostics *diagnostics)
{
  size_t missing = 0;
  for (size_t i = 0; i < rules->gazetteer_count; ++i) {
    const Gazetteer *gazetteer = &rules->gazetteers[i];
    if (!gazetteer->external) continue;
    int list = source ? vocab_list(source->vocab, gazetteer->name) : -1;
    if (list >= 0) {
      ((uint16_t *)source->list_type)[list] = gazetteer->type;
      add_links(rules, gazetteer, source->list_links[list].bits);
      continue;
    }
    missing++;
    diagnostics_add(diagnostics, CLAIMANT_ERROR, "unknown-list", (Place){0},
                    "the gazetteer %s is external, but the compiled vocabulary has no such list", gazetteer->name);
  }
  return missing;
}

static bool has_class(const Gazetteer *gazetteer, const char *class)
{
  for (size_t i = 0; class && i < gazetteer->class_count; ++i)
    if (!strcmp(gazetteer->classes[i], class)) return true;
  return false;
}

static bool links_to(const Gazetteer *gazetteer, const Type *type)
{
  for (size_t i = 0; type && i < gazetteer->link_count; ++i)
    if (gazetteer->links[i] == type->index) return true;
  return false;
}

/* The names of a user go where the user says, or their class; else they are only linked to, by whatever item has one. */
static void bind_names(const RuleSet *rules, NameSource *source, const Type *type)
{
  for (int list = 0; list < vocab_list_count(source->vocab); ++list) {
    const char *class = vocab_list_info(source->vocab, list).class;
    uint64_t   *bits = source->list_links[list].bits;
    bool        bound = false;
    for (size_t i = 0; !bound && i < rules->gazetteer_count; ++i) {
      const Gazetteer *gazetteer = &rules->gazetteers[i];
      bound = gazetteer->given && (type ? links_to(gazetteer, type) : has_class(gazetteer, class));
      if (!bound) continue;
      ((uint16_t *)source->list_type)[list] = gazetteer->type;
      add_links(rules, gazetteer, bits);
    }
    if (!bound && type) add_links(rules, &(Gazetteer){.links = (uint16_t[]){type->index}, .link_count = 1}, bits);
    if (!bound && !type) memset(bits, 0xFF, rules->view_words * sizeof *bits);
  }
}

ClaimantStatus matcher_init(Matcher *matcher, const RuleSet *rules, const Vocab *vocab, const OwnNames *own, size_t own_count,
                            Diagnostics *diagnostics)
{
  Lexis      *lexis = lexis_new(rules->arena);
  Rule      **rule_of = rules_of_patterns(rules);
  NameSource *sources = arena_alloc(rules->arena, (own_count + 1) * sizeof *sources);
  size_t      count = 0;
  if (!sources || !lexis || !rule_of) return CLAIMANT_NO_MEMORY;
  ClaimantStatus status = CLAIMANT_OK;
  for (size_t i = 0; !status && i < rules->gazetteer_count; ++i) status = add_terms(lexis, &rules->gazetteers[i]);
  if (vocab) sources[count++].vocab = vocab;
  for (size_t i = 0; i < own_count; ++i) sources[count++] = (NameSource){.vocab = own[i].vocab, .name = own[i].name};
  for (size_t i = 0; !status && i < count; ++i) status = add_source(rules, &sources[i]);
  if (status) return status;
  if (!lexis_seal(lexis)) return CLAIMANT_NO_MEMORY;
  size_t missing = bind_lists(rules, vocab ? sources : NULL, diagnostics);
  for (size_t i = 0; i < own_count; ++i) bind_names(rules, &sources[count - own_count + i], own[i].type);
  *matcher = (Matcher){.rules = rules, .vocab = vocab, .lexis = lexis, .rule_of = rule_of, .sources = sources, .source_count = count};
  matcher->dictionary = vocab ? vocab_list(vocab, "dictionary") : -1;
  status = matcher_languages(matcher);
  return status ? status : missing ? CLAIMANT_BAD_RULES : CLAIMANT_OK;
}
