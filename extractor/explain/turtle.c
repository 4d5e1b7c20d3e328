/* An item explained as PROV-O: the item came from a match, which followed a rule and used what filled its
 * roles; what it beat was invalidated by the same match. Links of the entity it mentions are candidates, those that
 * did not hold invalidated likewise. */
#include "explain/explained.h"

#include "base/iri.h"

#include "graph/identifier.h"
#include "graph/names.h"
#include "match/fate.h"

#include <string.h>

void explain_turtle_begin(Buffer *out)
{
  buffer_append_string(out, "@prefix clm: <" NS_CLM "> .\n"
                            "@prefix oa: <" NS_OA "> .\n"
                            "@prefix prov: <" NS_PROV "> .\n"
                            "@prefix rdfs: <" NS_RDFS "> .\n"
                            "@prefix skos: <" NS_SKOS "> .\n\n");
}

static void put_literal(Buffer *out, const char *text, size_t bytes)
{
  buffer_append_byte(out, '"');
  for (size_t i = 0; i < bytes; ++i) {
    unsigned char c = (unsigned char)text[i];
    if (c == '"' || c == '\\') buffer_printf(out, "\\%c", c);
    else if (c < 0x20 || c == 0x7F) buffer_printf(out, "\\u%04X", c);
    else buffer_append_byte(out, (char)c);
  }
  buffer_append_byte(out, '"');
}

static void put_buffer(Buffer *out, Buffer *text)
{
  put_literal(out, text->data ? text->data : "", text->size);
  if (text->failed) out->failed = true;
  buffer_free(text);
}

static void put_words(const Explained *e, Buffer *out, Span span)
{
  Buffer text = {0};
  trace_put_words(e->document->letter, span, &text);
  put_buffer(out, &text);
}

static void put_rule(const Explained *e, Buffer *out, const Rule *rule)
{
  buffer_printf(out, "<%s#%s>", e->document->rules->iri, rule->id);
}

static void put_extent(const Explained *e, Buffer *out, Span span)
{
  const Letter *letter = e->document->letter;
  buffer_printf(out, "[ a oa:TextPositionSelector ; oa:start %u ; oa:end %u ]",
                letter_code_point(letter, span.start), letter_code_point(letter, span.end));
}

/* Something that is no item: its words, its place and the rule behind it. */
static void put_entity(const Explained *e, Buffer *out, Span span, const Rule *rule)
{
  buffer_append_string(out, "[ a prov:Entity ; rdfs:label ");
  put_words(e, out, span);
  buffer_append_string(out, " ; clm:extent ");
  put_extent(e, out, span);
  if (rule) buffer_append_string(out, " ; clm:rule "), put_rule(e, out, rule);
}

static void put_used(const Explained *e, Buffer *out, const char *letter)
{
  buffer_printf(out, "    prov:used <%s>", letter);
  for (size_t i = 0; i < e->annotation->role_count; ++i) {
    const Annotation *filler = e->annotation->roles[i].annotation;
    if (!filler) continue;
    buffer_append_string(out, ",\n        ");
    put_entity(e, out, filler->span, filler->rule);
    buffer_append_string(out, " ]");
  }
  buffer_append_string(out, " ;\n");
}

static void put_plan(const Explained *e, Buffer *out)
{
  Buffer            view = {0}, place = {0};
  const TraceMatch *match = e->match;
  trace_put_view(e->document->rules, e->document->letter, match->view, (Span){match->start, match->end},
                 &view);
  buffer_printf(&place, "%s:%zu", match->rule->file, match->pattern->line);
  buffer_append_string(
      out, "    prov:qualifiedAssociation [ a prov:Association ; prov:agent <" SOFTWARE_IRI CLAIMANT_VERSION
           "> ;\n        prov:hadPlan ");
  put_rule(e, out, match->rule);
  buffer_append_string(out, " ] ;\n    prov:atLocation ");
  put_buffer(out, &place);
  buffer_append_string(out, " ;\n    rdfs:label ");
  put_buffer(out, &view);
  buffer_append_string(out, " .\n");
}

static const char *const properties[] = {
    [STEP_MERGED] = "prov:wasDerivedFrom", [STEP_ABSORBED] = "prov:wasRevisionOf"};

/* Losers have no IRI: each is an entity that the item's match invalidated. */
static void put_loser(const Explained *e, Buffer *out, const char *letter, const TraceMatch *loser)
{
  Buffer reason = {0};
  put_entity(e, out, loser->span, loser->rule);
  buffer_printf(out, " ;\n    prov:wasInvalidatedBy <%s#%s-match> ; rdfs:comment ", letter, e->item->id);
  buffer_append_string(&reason, "beaten: ");
  fate_put_reason(loser, &reason);
  put_buffer(out, &reason);
  buffer_append_string(out, " ] .\n");
}

static void put_steps(const Explained *e, Buffer *out, const char *letter)
{
  for (const TraceStep *step = e->match->steps; step; step = step->next) {
    if (step->kind == STEP_BEAT) put_loser(e, out, letter, step->other);
    if (step->kind != STEP_MERGED && step->kind != STEP_ABSORBED) continue;
    buffer_printf(out, "<%s#%s> %s ", letter, e->item->id, properties[step->kind]);
    put_entity(e, out, step->other ? step->other->span : step->source->span, step->source->rule);
    buffer_append_string(out, " ] .\n");
  }
}

/* The words of a modifier that changed the item, and whose they are. */
static void put_modifiers(const Explained *e, Buffer *out, const char *letter)
{
  for (size_t i = 0; i < e->annotation->modifier_count; ++i) {
    buffer_printf(out, "<%s#%s> prov:wasInfluencedBy ", letter, e->item->id);
    put_entity(e, out, e->annotation->modifiers[i].trigger, e->annotation->modifiers[i].rule);
    buffer_append_string(out, " ] .\n");
  }
}

static void put_link(const Explained *e, Buffer *out, const char *letter, const Link *link)
{
  static const char *const methods[] = {[NAMED_BY_ACRONYM] = "acronym",
                                        [NAMED_BY_LABEL] = "label",
                                        [NAMED_BY_PREFERRED] = "preferredLabel",
                                        [NAMED_LIKE_IT] = "likeLabel"};
  const bool               holds = link->verdict == LINK_EXACT || link->verdict == LINK_CANDIDATE;
  Buffer                   why = {0};
  if (link->verdict == LINK_EXACT)
    buffer_printf(out, "<%s#%s> skos:exactMatch <%s> .\n", letter, e->item->entity->id, link->concept);
  buffer_printf(out, "[ a clm:CandidateLink ; clm:linkFrom <%s#%s> ; clm:linkTo <%s> ; clm:method clm:method-%s ;\n    rdfs:label ",
                letter, e->item->entity->id, link->concept, methods[link->naming]);
  put_literal(out, *link->label ? link->label : link->name, strlen(*link->label ? link->label : link->name));
  if (link->verdict == LINK_CANDIDATE) buffer_printf(out, " ; clm:score %u.%02u", (unsigned)link->score, (unsigned)(link->score * 100 + 0.5) % 100);
  if (!holds) buffer_printf(out, " ; prov:wasInvalidatedBy <%s#%s-match>", letter, e->item->id);
  buffer_append_string(out, " ;\n    rdfs:comment ");
  explain_put_link(e->item->entity, link, &why);
  put_buffer(out, &why);
  buffer_append_string(out, " ] .\n");
}

/* What the entity is in gazetteers, and what not. */
static void put_links(const Explained *e, Buffer *out, const char *letter)
{
  const Entity *entity = e->item->entity;
  if (!entity) return;
  buffer_printf(out, "<%s#%s> clm:mentions <%s#%s> .\n", letter, e->item->id, letter, entity->id);
  for (size_t i = 0; i < entity->link_count; ++i)
    if (iri_is_valid(entity->links[i].concept)) put_link(e, out, letter, &entity->links[i]);
}

void explain_turtle(const Explained *e, Buffer *out)
{
  const char *letter;
  if (letter_iri(e->document->arena, NULL, e->base, e->document->sha256, &letter)) {
    out->failed = true;
    return;
  }
  buffer_printf(out, "<%s#%s> a prov:Entity ;\n    rdfs:label ", letter, e->item->id);
  put_words(e, out, e->item->span);
  buffer_printf(out, " ;\n    prov:wasGeneratedBy <%s#%s-match> .\n<%s#%s-match> a prov:Activity ;\n", letter,
                e->item->id, letter, e->item->id);
  put_used(e, out, letter);
  put_plan(e, out);
  put_steps(e, out, letter);
  put_modifiers(e, out, letter);
  put_links(e, out, letter);
  buffer_append_byte(out, '\n');
}
