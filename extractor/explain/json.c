/* An item explained for programs: one object a line. */
#include "explain/explained.h"

#include "write/json.h"

static void put_span(const Explained *e, Json *json, Span span)
{
  const Letter *letter = e->document->letter;
  json_key(json, "start");
  json_put_size(json, letter_code_point(letter, span.start));
  json_key(json, "end");
  json_put_size(json, letter_code_point(letter, span.end));
  json_key(json, "text");
  json_put_text(json, letter->text + span.start, span.end - span.start);
}

static void put_rule(Json *json, const Rule *rule)
{
  json_key(json, "rule");
  json_put_string(json, rule->id);
  json_key(json, "file");
  json_put_string(json, rule->file);
  json_key(json, "line");
  json_put_size(json, rule->line);
}

static void put_view(const Explained *e, Json *json, const char *key, Span part)
{
  Buffer text = {0};
  trace_put_view(e->document->rules, e->document->letter, e->match->view, part, &text);
  json_key(json, key);
  json_put_text(json, text.data ? text.data : "", text.size);
  if (text.failed) json->out->failed = true;
  buffer_free(&text);
}

static void put_match(const Explained *e, Json *json)
{
  const TraceMatch *match = e->match;
  const Phase      *phase = trace_phase(e->document->rules, match->rule);
  put_rule(json, match->rule);
  json_key(json, "phase");
  json_put_string(json, phase ? phase->id : NULL);
  json_key(json, "pattern");
  json_begin(json, '{');
  json_key(json, "line");
  json_put_size(json, match->pattern->line);
  json_key(json, "source");
  json_put_string(json, match->pattern->source);
  json_end(json, '}');
  put_view(e, json, "view", (Span){0, match->view->size});
  put_view(e, json, "matched", (Span){match->start, match->end});
  json_key(json, "groups");
  json_begin(json, '[');
  for (size_t i = 0; i < match->group_count; ++i) {
    json_begin(json, '{');
    json_key(json, "name");
    json_put_string(json, match->groups[i].name);
    put_span(e, json, match->groups[i].span);
    json_end(json, '}');
  }
  json_end(json, ']');
}

static void put_origin(const Explained *e, Json *json, Origin origin)
{
  static const char *const kinds[] = {"set", "group", "fill", "modifier", "resolver"}, *const ways[] = {"own", "merged",
                                                                                            "absorbed"};
  json_key(json, "origin");
  json_begin(json, '{');
  json_key(json, "by");
  json_put_string(json, kinds[origin.kind]);
  if (origin.rule) {
    json_key(json, "way");
    json_put_string(json, ways[origin.way]);
    json_key(json, "rule");
    json_put_string(json, origin.rule->id);
    json_key(json, "file");
    json_put_string(json, origin.rule->file);
    json_key(json, "line");
    json_put_size(json, origin.line);
  }
  if (origin.trigger) {
    json_key(json, "trigger");
    json_begin(json, '{');
    put_span(e, json, *origin.trigger);
    json_end(json, '}');
  }
  json_end(json, '}');
}

static void put_features(const Explained *e, Json *json)
{
  json_key(json, "features");
  json_begin(json, '[');
  for (size_t i = 0; i < e->item->feature_count; ++i) {
    const ItemFeature *feature = &e->item->features[i];
    json_begin(json, '{');
    json_key(json, "name");
    json_put_string(json, feature->name);
    json_key(json, "value");
    json_put_string(json, feature->value);
    put_origin(e, json, origin_of_feature(e->match, feature->name, feature->value));
    json_end(json, '}');
  }
  json_end(json, ']');
}

static void put_roles(const Explained *e, Json *json)
{
  static const char *const refs[] = {NULL, "letter-addressee", "writer", "unstated"};
  json_key(json, "roles");
  json_begin(json, '[');
  for (size_t i = 0; i < e->item->role_count; ++i) {
    const ItemRole *role = &e->item->roles[i];
    json_begin(json, '{');
    json_key(json, "name");
    json_put_string(json, role->name);
    if (role->has_span) put_span(e, json, role->span);
    if (role->ref) json_key(json, "ref"), json_put_string(json, refs[role->ref]);
    if (role->entity) json_key(json, "entity"), json_put_string(json, role->entity->id);
    put_origin(e, json, origin_of_role(e->match, role->name, role->has_span ? &role->span : NULL));
    json_end(json, '}');
  }
  json_end(json, ']');
}

static void put_confidence(const Explained *e, Json *json)
{
  double            own = e->match->rule->confidence;
  const Annotation *least =
      e->item->confidence < own ? origin_of_confidence(e->match, e->item->confidence) : NULL;
  json_key(json, "confidence");
  json_begin(json, '{');
  json_key(json, "value");
  json_put_share(json, e->item->confidence);
  json_key(json, "ofRule");
  json_put_share(json, own);
  if (least) {
    json_key(json, "from");
    json_begin(json, '{');
    put_span(e, json, least->span);
    if (least->rule) put_rule(json, least->rule);
    json_end(json, '}');
  }
  json_end(json, '}');
}

static void put_reason(Json *json, const TraceMatch *loser)
{
  static const char *const reasons[] = {"phase", "priority", "length", "place", "order"};
  json_key(json, "reason");
  json_put_string(json, reasons[loser->reason]);
}

static void put_others(const Explained *e, Json *json, const char *key, StepKind kind)
{
  json_key(json, key);
  json_begin(json, '[');
  for (const TraceStep *step = e->match->steps; step; step = step->next) {
    if (step->kind != kind) continue;
    json_begin(json, '{');
    put_span(e, json, step->other ? step->other->span : step->source->span);
    if (step->other) put_rule(json, step->other->rule);
    if (kind == STEP_BEAT) put_reason(json, step->other);
    json_end(json, '}');
  }
  json_end(json, ']');
}

static void put_links(const Explained *e, Json *json)
{
  static const char *const verdicts[] = {[LINK_EXACT] = "exact",
                                         [LINK_CANDIDATE] = "candidate",
                                         [LINK_OUTDONE] = "outdone",
                                         [LINK_REJECTED] = "rejected",
                                         [LINK_OTHER_TYPE] = "other-type"};
  static const char *const namings[] = {[NAMED_BY_ACRONYM] = "acronym",
                                        [NAMED_BY_LABEL] = "label",
                                        [NAMED_BY_PREFERRED] = "preferredLabel",
                                        [NAMED_LIKE_IT] = "likeLabel"};
  const Entity            *entity = e->item->entity;
  if (!entity) return;
  json_key(json, "links");
  json_begin(json, '[');
  for (size_t i = 0; i < entity->link_count; ++i) {
    const Link *link = &entity->links[i];
    json_begin(json, '{');
    json_key(json, "concept"), json_put_string(json, link->concept);
    json_key(json, "label"), json_put_string(json, link->label);
    json_key(json, "verdict"), json_put_string(json, verdicts[link->verdict]);
    json_key(json, "score"), json_put_share(json, link->score);
    json_key(json, "name"), json_put_string(json, link->name);
    json_key(json, "naming"), json_put_string(json, namings[link->naming]);
    json_key(json, "gazetteer"), json_put_string(json, link->source ? link->source : link->list);
    json_key(json, "ambiguous"), json_put_raw(json, link->ambiguous ? "true" : "false");
    json_key(json, "whole"), json_put_raw(json, link->whole ? "true" : "false");
    json_key(json, "namesakes"), json_put_size(json, link->namesakes);
    json_key(json, "company"), json_put_size(json, link->company);
    json_end(json, '}');
  }
  json_end(json, ']');
}

void explain_json(const Explained *e, Buffer *out)
{
  Json json = {.out = out};
  json_begin(&json, '{');
  json_key(&json, "id");
  json_put_string(&json, e->item->id);
  json_key(&json, "type");
  json_put_string(&json, e->item->type->name);
  put_span(e, &json, e->item->span);
  put_match(e, &json);
  put_features(e, &json);
  put_roles(e, &json);
  put_confidence(e, &json);
  put_links(e, &json);
  put_others(e, &json, "beat", STEP_BEAT);
  put_others(e, &json, "merged", STEP_MERGED);
  put_others(e, &json, "absorbed", STEP_ABSORBED);
  json_end(&json, '}');
  buffer_append_byte(out, '\n');
}
