#include "audit/island.h"

#include "audit/marks.h"
#include "write/json.h"

#include <string.h>

typedef struct {
  Json            json;
  const Document *document;
  uint32_t       *rule_numbers; /* [ordinal] number + 1 of a rule that is told of; 0: it is not */
  const Rule    **rules;
  size_t          rule_count;
} Writing;

static void put_string(Json *json, const char *key, const char *value)
{
  if (!value) return;
  json_key(json, key);
  json_put_string(json, value);
}

static void put_size(Json *json, const char *key, size_t value)
{
  json_key(json, key);
  json_put_size(json, value);
}

static void put_place(Writing *w, const char *key, Span span)
{
  const Letter *letter = w->document->letter;
  json_key(&w->json, key);
  json_begin(&w->json, '[');
  json_put_size(&w->json, letter_code_point(letter, span.start));
  json_put_size(&w->json, letter_code_point(letter, span.end));
  json_end(&w->json, ']');
}

/* ---- Rules: each that is told of once ---- */

static uint32_t number_of(Writing *w, const Rule *rule)
{
  uint32_t *number = &w->rule_numbers[rule->ordinal];
  if (!*number) {
    w->rules[w->rule_count++] = rule;
    *number = (uint32_t)w->rule_count;
  }
  return *number - 1;
}

/* As the rule set lists its files, so that a page is the same wherever the rules are. */
static const char *file_of(const RuleSet *set, const Rule *rule)
{
  size_t length = strlen(rule->file);
  for (size_t i = 0; i < set->file_count; ++i) {
    size_t listed = strlen(set->files[i]);
    if (listed < length && rule->file[length - listed - 1] == '/' &&
        !strcmp(rule->file + length - listed, set->files[i]))
      return set->files[i];
  }
  return rule->file;
}

static void put_rules(Writing *w)
{
  Json *json = &w->json;
  json_key(json, "rules");
  json_begin(json, '[');
  for (size_t i = 0; i < w->rule_count; ++i) {
    const Rule  *rule = w->rules[i];
    const Phase *phase = trace_phase(w->document->rules, rule);
    json_begin(json, '{');
    put_string(json, "id", rule->id);
    put_string(json, "file", file_of(w->document->rules, rule));
    put_size(json, "line", rule->line);
    put_string(json, "phase", phase ? phase->id : NULL);
    json_key(json, "patterns");
    json_begin(json, '[');
    for (size_t p = 0; p < rule->pattern_count; ++p) {
      json_put_size(json, rule->patterns[p]->line);
      json_put_string(json, rule->patterns[p]->source);
    }
    json_end(json, ']');
    json_end(json, '}');
  }
  json_end(json, ']');
}

/* ---- Items ---- */

static void put_origin(Writing *w, Origin origin)
{
  static const char *const kinds[] = {[ORIGIN_SET] = "set", [ORIGIN_GROUP] = "group", [ORIGIN_FILL] = "fill",
                                      [ORIGIN_MODIFIER] = "modifier", [ORIGIN_RESOLVER] = "letter"};
  static const char *const ways[] = {[OWN] = "", [MERGED] = "merged", [ABSORBED] = "absorbed"};
  Json                    *json = &w->json;
  put_string(json, "by", kinds[origin.kind]);
  if (!origin.rule) return;
  put_size(json, "line", origin.line);
  if (origin.way == OWN) return;
  put_string(json, "way", ways[origin.way]);
  put_size(json, "rule", number_of(w, origin.rule));
}

static void put_roles(Writing *w, const Explained *e)
{
  static const char *const refs[] = {NULL, "letter-addressee", "writer", "unstated"};
  Json                    *json = &w->json;
  json_key(json, "roles");
  json_begin(json, '[');
  for (size_t i = 0; i < e->item->role_count; ++i) {
    const ItemRole *role = &e->item->roles[i];
    json_begin(json, '{');
    put_string(json, "name", role->name);
    if (role->has_span) put_place(w, "at", role->span);
    if (role->has_span || role->text) put_string(json, "text", role->text);
    put_string(json, "ref", refs[role->ref]);
    if (role->entity) put_string(json, "entity", role->entity->id);
    if (e->match) put_origin(w, origin_of_role(e->match, role->name, role->has_span ? &role->span : NULL));
    json_end(json, '}');
  }
  json_end(json, ']');
}

static void put_features(Writing *w, const Explained *e)
{
  Json *json = &w->json;
  json_key(json, "features");
  json_begin(json, '[');
  for (size_t i = 0; i < e->item->feature_count; ++i) {
    const ItemFeature *feature = &e->item->features[i];
    if (feature->type && !feature->type->output) continue;
    json_begin(json, '{');
    put_string(json, "name", feature->name);
    put_string(json, "value", feature->value);
    if (e->match) put_origin(w, origin_of_feature(e->match, feature->name, feature->value));
    json_end(json, '}');
  }
  json_end(json, ']');
}

/* What it beat, and what was merged with it or absorbed by it. */
static void put_others(Writing *w, const Explained *e)
{
  static const char *const kinds[] = {
      [STEP_MERGED] = "merged", [STEP_ABSORBED] = "absorbed", [STEP_BEAT] = "beat"};
  static const char *const reasons[] = {"phase", "priority", "length", "place", "order"};
  Json                    *json = &w->json;
  json_key(json, "others");
  json_begin(json, '[');
  for (const TraceStep *step = e->match->steps; step; step = step->next) {
    if (step->kind == STEP_SET || step->kind == STEP_FILL) continue;
    const TraceMatch *other = step->other;
    json_begin(json, '{');
    put_string(json, "how", kinds[step->kind]);
    put_place(w, "at", other ? other->span : step->source->span);
    if (other) put_size(json, "rule", number_of(w, other->rule));
    if (step->kind == STEP_BEAT) put_string(json, "reason", reasons[other->reason]);
    json_end(json, '}');
  }
  json_end(json, ']');
}

static void put_match(Writing *w, const Explained *e)
{
  const TraceMatch *match = e->match;
  Buffer            view = {0};
  for (size_t i = 0; i < match->rule->pattern_count; ++i)
    if (match->rule->patterns[i] == match->pattern) put_size(&w->json, "pattern", i);
  trace_put_view(w->document->rules, w->document->letter, match->view, (Span){match->start, match->end}, &view);
  json_key(&w->json, "matched");
  json_put_text(&w->json, view.data ? view.data : "", view.size);
  if (view.failed) w->json.out->failed = true;
  buffer_free(&view);
  put_others(w, e);
}

static void put_item(Writing *w, const Explained *e)
{
  const Item *item = e->item;
  Json       *json = &w->json;
  json_begin(json, '{');
  put_string(json, "id", item->id);
  put_string(json, "type", item->type->name);
  put_place(w, "at", item->span);
  put_place(w, "evidence", item->evidence);
  put_size(json, "rule", number_of(w, item->rule));
  json_key(json, "confidence");
  json_put_share(json, item->confidence);
  if (e->match && item->confidence < e->match->rule->confidence) {
    json_key(json, "ofRule");
    json_put_share(json, e->match->rule->confidence);
  }
  if (item->entity) put_string(json, "entity", item->entity->id);
  put_roles(w, e);
  put_features(w, e);
  if (e->match) put_match(w, e);
  json_end(json, '}');
}

static void put_items(Writing *w, const Explanation *found)
{
  json_key(&w->json, "items");
  json_begin(&w->json, '[');
  for (size_t i = 0; i < found->document.item_count; ++i) {
    Explained e = explanation_of(found, &found->document.items[i]);
    put_item(w, &e);
  }
  json_end(&w->json, ']');
}

/* ---- The letter, types and entities ---- */

static void put_labels(Json *json, const char *key, const Entity *const *entities, size_t count)
{
  json_key(json, key);
  json_begin(json, '[');
  for (size_t i = 0; i < count; ++i)
    if (entities[i]->label) json_put_string(json, entities[i]->label);
  json_end(json, ']');
}

static void put_letter(Writing *w, const Island *island)
{
  const Document *document = w->document;
  Json           *json = &w->json;
  put_string(json, "name", island->name);
  put_string(json, "iri", island->iri);
  put_string(json, "sha256", document->sha256);
  put_string(json, "rulesHash", document->rules_hash);
  put_string(json, "rulesIri", document->rules->iri);
  put_string(json, "date", document->meta.date);
  put_string(json, "writer", document->writer->id);
  put_string(json, "addressee", document->addressee->id);
  put_labels(json, "senders", document->meta.senders, document->meta.sender_count);
  put_labels(json, "addressees", document->meta.addressees, document->meta.addressee_count);
  json_key(json, "text");
  json_put_text(json, document->letter->text, document->letter->size);
}

/* With those it extends. */
static void put_declared(Json *json, const RuleSet *set, const Type *type, bool roles)
{
  json_key(json, roles ? "roles" : "features");
  json_begin(json, '[');
  for (;; type = &set->types[type->parent]) {
    for (size_t i = 0; roles && i < type->role_count; ++i) json_put_string(json, type->roles[i].name);
    for (size_t i = 0; !roles && i < type->feature_count; ++i) {
      const FeatureType *feature = &type->features[i];
      if (!feature->output) continue;
      json_begin(json, '[');
      json_put_string(json, feature->name);
      for (size_t v = 0; v < feature->value_count; ++v) json_put_string(json, feature->values[v]);
      json_end(json, ']');
    }
    if (type->parent == NO_TYPE) break;
  }
  json_end(json, ']');
}

static void put_types(Writing *w)
{
  const RuleSet *set = w->document->rules;
  Json          *json = &w->json;
  json_key(json, "types");
  json_begin(json, '[');
  for (size_t i = 0; i < set->type_count; ++i) {
    if (!set->types[i].output && !set->types[i].referred) continue;
    json_begin(json, '{');
    put_string(json, "name", set->types[i].name);
    put_size(json, "slot", type_slot(set, &set->types[i]));
    put_declared(json, set, &set->types[i], true);
    put_declared(json, set, &set->types[i], false);
    json_end(json, '}');
  }
  json_end(json, ']');
}

static void put_entities(Writing *w)
{
  Json *json = &w->json;
  json_key(json, "entities");
  json_begin(json, '[');
  for (size_t i = 0; i < w->document->entity_count; ++i) {
    const Entity *entity = w->document->entities[i];
    json_begin(json, '{');
    put_string(json, "id", entity->id);
    put_string(json, "label", entity->label);
    put_string(json, "type", entity->type ? entity->type->name : NULL);
    json_end(json, '}');
  }
  json_end(json, ']');
}

void island_put(const Island *island, Buffer *out)
{
  const Document *document = &island->found->document;
  Writing         w = {.json = {.out = out}, .document = document};
  w.rule_numbers = arena_alloc(document->arena, (document->rules->rule_count + 1) * sizeof *w.rule_numbers);
  w.rules = arena_alloc(document->arena, (document->rules->rule_count + 1) * sizeof *w.rules);
  if (!w.rule_numbers || !w.rules) {
    out->failed = true;
    return;
  }
  json_begin(&w.json, '{');
  put_size(&w.json, "v", 1);
  put_letter(&w, island);
  put_types(&w);
  put_entities(&w);
  put_items(&w, island->found);
  put_rules(&w);
  json_end(&w.json, '}');
}
