#include "match/fate.h"

#include <string.h>

enum { MAX_SOURCE = 160 /* bytes of a pattern that are shown */ };

void fate_put_quoted(const Letter *letter, Span span, Buffer *out)
{
  buffer_append_byte(out, '"');
  trace_put_words(letter, span, out);
  buffer_append_byte(out, '"');
}

void fate_put_rule(const Rule *rule, Buffer *out)
{
  buffer_printf(out, "rule %s (%s:%zu)", rule->id, rule->file, rule->line);
}

void fate_put_reason(const TraceMatch *loser, Buffer *out)
{
  const Annotation *winner = loser->winner_annotation;
  switch (loser->reason) {
  case BEATEN_BY_PHASE: buffer_append_string(out, "it was there first, from an earlier phase"); break;
  case BEATEN_BY_PRIORITY:
    buffer_printf(out, "its priority is higher, %d against %d", winner->rule->priority,
                  loser->rule->priority);
    break;
  case BEATEN_BY_LENGTH: buffer_append_string(out, "it is longer, at the same priority"); break;
  case BEATEN_BY_PLACE:
    buffer_append_string(out, "it begins earlier, at the same priority and length");
    break;
  case BEATEN_BY_ORDER: buffer_append_string(out, "its rule comes first, all else being equal"); break;
  }
}

static void put_veto(const RuleSet *rules, const Letter *letter, const TraceMatch *match, Buffer *out)
{
  static const char *const places[] = {[AT_OVERLAP] = "overlap",
                                       [AT_BEFORE] = "before",
                                       [AT_AFTER] = "after",
                                       [AT_INSIDE] = "inside",
                                       [AT_UNIT] = "unit"};
  buffer_printf(out, ", but the <unless at=\"%s\"> at %s:%zu vetoes it: ", places[match->unless->at],
                match->rule->file, match->unless->pattern->line);
  trace_put_view(rules, letter, match->view, (Span){match->veto_start, match->veto_end}, out);
}

static void put_unfilled(const TraceMatch *match, Buffer *out)
{
  static const char *const wheres[] = {
      [WHERE_SENTENCE] = "in the sentence",   [WHERE_LIST] = "in the lead-in of a list",
      [WHERE_NEXT] = "in the next unit",      [WHERE_PREVIOUS] = "in the unit before",
      [WHERE_PARAGRAPH] = "in the paragraph", [WHERE_SECTION] = "in the section",
      [WHERE_LETTER] = "in the letter"};
  buffer_printf(out, ", but the required <fill> at %s:%zu finds nothing %s for the role %s",
                match->rule->file, match->fill->line, wheres[match->fill->where], match->role);
}

static void put_unextended(const TraceMatch *match, Buffer *out)
{
  const Pattern *before = match->rule->before;
  size_t         bytes = strlen(before->source), told = bytes;
  if (bytes > MAX_SOURCE) told = MAX_SOURCE;
  while (told && told < bytes && ((unsigned char)before->source[told] & 0xC0U) == 0x80U) told--;
  buffer_printf(out, ", but what its <before> at %s:%zu requires does not stand in front of it: %.*s%s",
                match->rule->file, before->line, (int)told, before->source, told < bytes ? "..." : "");
}

static void put_no_target(const TraceMatch *match, Buffer *out)
{
  static const char *const reaches[] = {[MODIFY_FORWARD] = "behind it",
                                        [MODIFY_BACKWARD] = "in front of it",
                                        [MODIFY_BOTH] = "on either side of it",
                                        [MODIFY_AROUND] = "around it"};
  buffer_printf(out, ", but there is no item of its targets %s", reaches[match->rule->direction]);
  if (match->rule->until) buffer_printf(out, ", as far as the <until> at %s:%zu lets it reach", match->rule->file, match->rule->until->line);
}

static void put_winner(const Letter *letter, const TraceMatch *match, Buffer *out)
{
  const Annotation *winner = match->winner_annotation;
  fate_put_quoted(letter, winner->span, out);
  if (!winner->rule) return;
  buffer_append_string(out, " of ");
  fate_put_rule(winner->rule, out);
}

static void put_outcome(const RuleSet *rules, const Letter *letter, const TraceMatch *match, Buffer *out)
{
  switch (match->fate) {
  case FATE_KEPT:
    if (match->rule->modifier) {
      buffer_append_string(out, " and modifies ");
      fate_put_quoted(letter, match->annotation->span, out);
    } else if (match->winner_annotation) {
      buffer_append_string(out, ", and later became part of ");
      put_winner(letter, match, out);
    } else if (!rules->types[match->rule->type].output && !rules->types[match->rule->type].referred) {
      buffer_printf(out, "; what is of the type %s is for other rules, not for the output",
                    rules->types[match->rule->type].name);
    }
    break;
  case FATE_MERGED:
    buffer_append_string(out, ", and is one with ");
    put_winner(letter, match, out);
    if (match->winner && match->winner->fate == FATE_BEATEN) put_outcome(rules, letter, match->winner, out);
    break;
  case FATE_BEATEN:
    buffer_append_string(out, ", but loses to ");
    put_winner(letter, match, out);
    buffer_append_string(out, ": ");
    fate_put_reason(match, out);
    break;
  case FATE_VETOED: put_veto(rules, letter, match, out); break;
  case FATE_NOT_EXTENDED: put_unextended(match, out); break;
  case FATE_NO_SPAN:
    buffer_printf(out, ", but the group %s, which is to be the item, is empty", match->rule->span_group);
    break;
  case FATE_UNFILLED: put_unfilled(match, out); break;
  case FATE_NO_TARGET: put_no_target(match, out); break;
  }
}

void fate_put(const RuleSet *rules, const Letter *letter, const TraceMatch *match, Buffer *out)
{
  buffer_append_string(out, "matches ");
  fate_put_quoted(letter, match->span, out);
  put_outcome(rules, letter, match, out);
}
