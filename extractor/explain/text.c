/* An item explained for people, with colour where they see it. */
#include "explain/explained.h"

#include "match/fate.h"

#include <stdio.h>

typedef enum { PLAIN, STRONG, FAINT, NAME, VALUE } Paint;

static void paint(const Explained *e, Buffer *out, Paint paint)
{
  static const char *const codes[] = {[PLAIN] = "\033[0m",
                                      [STRONG] = "\033[1m",
                                      [FAINT] = "\033[2m",
                                      [NAME] = "\033[36m",
                                      [VALUE] = "\033[32m"};
  if (e->colour) buffer_append_string(out, codes[paint]);
}

static void put_painted(const Explained *e, Buffer *out, Paint colour, const char *text)
{
  paint(e, out, colour);
  buffer_append_string(out, text);
  paint(e, out, PLAIN);
}

/* What a line is about, in a column. */
static void label(const Explained *e, Buffer *out, const char *name)
{
  buffer_append_string(out, "  ");
  paint(e, out, FAINT);
  buffer_printf(out, "%-11s", name);
  paint(e, out, PLAIN);
}

static void put_words(const Explained *e, Buffer *out, Span span)
{
  const Letter *letter = e->document->letter;
  paint(e, out, VALUE);
  buffer_append_byte(out, '"');
  trace_put_words(letter, span, out);
  buffer_append_byte(out, '"');
  paint(e, out, PLAIN);
  buffer_printf(out, " %u-%u", letter_code_point(letter, span.start), letter_code_point(letter, span.end));
}

/* ---- The match ---- */

static void put_view(const Explained *e, Buffer *out)
{
  const TraceMatch *match = e->match;
  const RuleSet    *rules = e->document->rules;
  const Letter     *letter = e->document->letter;
  label(e, out, "seen as");
  trace_put_view(rules, letter, match->view, (Span){0, match->start}, out);
  paint(e, out, STRONG);
  trace_put_view(rules, letter, match->view, (Span){match->start, match->end}, out);
  paint(e, out, PLAIN);
  trace_put_view(rules, letter, match->view, (Span){match->end, match->view->size}, out);
  buffer_append_byte(out, '\n');
  label(e, out, "matched");
  trace_put_view(rules, letter, match->view, (Span){match->start, match->end}, out);
  buffer_append_byte(out, '\n');
}

static void put_match(const Explained *e, Buffer *out)
{
  const TraceMatch *match = e->match;
  const Phase      *phase = trace_phase(e->document->rules, match->rule);
  label(e, out, "rule");
  put_painted(e, out, NAME, match->rule->id);
  buffer_printf(out, " (%s:%zu), pattern at line %zu, phase %s\n", match->rule->file, match->rule->line,
                match->pattern->line, phase ? phase->id : "");
  put_view(e, out);
  for (size_t i = 0; i < match->group_count; ++i) {
    label(e, out, "group");
    put_painted(e, out, NAME, match->groups[i].name);
    buffer_append_byte(out, ' ');
    put_words(e, out, match->groups[i].span);
    buffer_append_byte(out, '\n');
  }
}

/* ---- Features, roles, confidence ---- */

static void put_origin(const Explained *e, Buffer *out, Origin origin)
{
  static const char *const kinds[] = {"<set> at ", "group of the pattern at ", "<fill> at ", "<set> at ", ""};
  static const char *const ways[] = {"", "merged from ", "absorbed from "};
  paint(e, out, FAINT);
  buffer_append_string(out, "   ");
  if (origin.kind == ORIGIN_RESOLVER) {
    buffer_append_string(out, "worked out from the letter as a whole");
  } else {
    if (origin.trigger) buffer_printf(out, "modifier %s, ", origin.rule->id);
    else if (origin.way != OWN) buffer_printf(out, "%srule %s, ", ways[origin.way], origin.rule->id);
    buffer_printf(out, "%s%s:%zu", kinds[origin.kind], origin.rule->file, origin.line);
    if (origin.trigger) buffer_append_string(out, ", by "), fate_put_quoted(e->document->letter, *origin.trigger, out);
    if (origin.ref) buffer_printf(out, ", and stands for what the <fill> at line %zu says", origin.ref->line);
  }
  paint(e, out, PLAIN);
  buffer_append_byte(out, '\n');
}

static void put_features(const Explained *e, Buffer *out)
{
  for (size_t i = 0; i < e->item->feature_count; ++i) {
    const ItemFeature *feature = &e->item->features[i];
    label(e, out, "feature");
    put_painted(e, out, NAME, feature->name);
    buffer_append_string(out, " = ");
    put_painted(e, out, VALUE, feature->value);
    put_origin(e, out, origin_of_feature(e->match, feature->name, feature->value));
  }
}

static void put_roles(const Explained *e, Buffer *out)
{
  static const char *const refs[] = {"", "the letter's addressee", "the writer", "unstated"};
  for (size_t i = 0; i < e->item->role_count; ++i) {
    const ItemRole *role = &e->item->roles[i];
    label(e, out, "role");
    put_painted(e, out, NAME, role->name);
    buffer_append_byte(out, ' ');
    if (role->has_span) put_words(e, out, role->span);
    if (role->ref) buffer_printf(out, "%s%s", role->has_span ? " = " : "", refs[role->ref]);
    if (role->entity) buffer_printf(out, " = %s", role->entity->id);
    put_origin(e, out, origin_of_role(e->match, role->name, role->has_span ? &role->span : NULL));
  }
}

static void put_confidence(const Explained *e, Buffer *out)
{
  double            own = e->match->rule->confidence, now = e->item->confidence;
  const Annotation *least = now < own ? origin_of_confidence(e->match, now) : NULL;
  const Rule       *modifier = NULL;
  label(e, out, "confidence");
  buffer_printf(out, "%g", now);
  for (size_t i = 0; i < e->annotation->modifier_count && now < own; ++i)
    if (e->annotation->modifiers[i].rule->confidence <= now) modifier = e->annotation->modifiers[i].rule;
  if (now >= own && e->annotation->confidence >= own) buffer_append_string(out, ", the rule's own");
  else buffer_printf(out, ", where the rule's own is %g", own);
  if (modifier) {
    buffer_append_string(out, ": it is that of ");
    fate_put_rule(modifier, out);
  } else if (least) {
    buffer_append_string(out, ": it is that of ");
    put_words(e, out, least->span);
    if (least->rule) buffer_append_string(out, " of "), fate_put_rule(least->rule, out);
  }
  buffer_append_byte(out, '\n');
}

/* ---- Links ---- */

/* What keeps the only concept of a name from being the entity's for sure. */
static const char *doubt_of(const Entity *entity, const Link *link)
{
  if (entity->rival_count) return ", but it may be short for a longer name in the letter";
  return link->whole ? ", but two of its names are of two things" : ", but what it is called in full is no name of that";
}

void explain_put_link(const Entity *entity, const Link *link, Buffer *out)
{
  static const char *const namings[] = {[NAMED_BY_ACRONYM] = "an acronym",
                                        [NAMED_BY_LABEL] = "a label",
                                        [NAMED_BY_PREFERRED] = "the preferred label",
                                        [NAMED_LIKE_IT] = "like a label"};
  buffer_printf(out, "\"%s\" is %s in %s", link->name, namings[link->naming], link->source ? link->source : link->list);
  if (link->ambiguous) buffer_append_string(out, ", which says that it means other things as often");
  switch (link->verdict) {
  case LINK_EXACT: buffer_append_string(out, ", and of nothing else there that it could be"); break;
  case LINK_REJECTED: buffer_append_string(out, ", but a reviewer says no"); break;
  case LINK_OUTDONE: buffer_append_string(out, ", but another of its names says it is something else"); break;
  case LINK_OTHER_TYPE: buffer_append_string(out, ", whose concepts are no things of its type"); break;
  case LINK_CANDIDATE:
    if (link->naming == NAMED_LIKE_IT) {
      buffer_append_string(out, ", with which it shares most words");
      break;
    }
    if (link->namesakes > 1) buffer_printf(out, ", and of %u more", link->namesakes - 1);
    else if (!link->ambiguous) buffer_append_string(out, doubt_of(entity, link));
    buffer_printf(out, "; %u other names in the letter go with it", link->company);
    break;
  }
}

/* Why the entity is, or is not, linked to a concept. */
static void put_links(const Explained *e, Buffer *out)
{
  static const char *const labels[] = {[LINK_EXACT] = "linked to",
                                       [LINK_CANDIDATE] = "perhaps",
                                       [LINK_OUTDONE] = "not",
                                       [LINK_REJECTED] = "not",
                                       [LINK_OTHER_TYPE] = "not"};
  const Entity            *entity = e->item->entity;
  if (!entity || !entity->type) return;
  for (size_t i = 0; i < entity->link_count; ++i) {
    const Link *link = &entity->links[i];
    label(e, out, labels[link->verdict]);
    buffer_printf(out, "<%s>", link->concept);
    if (*link->label) buffer_printf(out, " %s", link->label);
    if (link->verdict == LINK_CANDIDATE) buffer_printf(out, ", %.2f", link->score);
    paint(e, out, FAINT);
    buffer_append_string(out, "   ");
    explain_put_link(entity, link, out);
    paint(e, out, PLAIN);
    buffer_append_byte(out, '\n');
  }
  if (entity->link_count) return;
  label(e, out, "not linked");
  buffer_append_string(out, "no gazetteer has one of its names\n");
}

/* ---- Others ---- */

static void put_other(const Explained *e, Buffer *out, const TraceStep *step)
{
  const TraceMatch *other = step->other;
  put_words(e, out, other ? other->span : step->source->span);
  if (other) buffer_append_string(out, " of "), fate_put_rule(other->rule, out);
  if (step->kind == STEP_BEAT) {
    buffer_append_string(out, ": ");
    fate_put_reason(other, out);
  }
  buffer_append_byte(out, '\n');
}

static void put_others(const Explained *e, Buffer *out)
{
  static const char *const labels[] = {
      [STEP_MERGED] = "merged", [STEP_ABSORBED] = "absorbed", [STEP_BEAT] = "beat"};
  for (const TraceStep *step = e->match->steps; step; step = step->next) {
    if (step->kind == STEP_SET || step->kind == STEP_FILL || step->kind == STEP_MODIFIED) continue;
    label(e, out, labels[step->kind]);
    put_other(e, out, step);
  }
}

void explain_text(const Explained *e, Buffer *out)
{
  put_painted(e, out, STRONG, e->item->type->name);
  buffer_append_byte(out, ' ');
  put_words(e, out, e->item->span);
  buffer_append_byte(out, ' ');
  put_painted(e, out, FAINT, e->item->id);
  buffer_append_byte(out, '\n');
  put_match(e, out);
  put_features(e, out);
  put_roles(e, out);
  put_confidence(e, out);
  put_links(e, out);
  put_others(e, out);
  buffer_append_byte(out, '\n');
}
