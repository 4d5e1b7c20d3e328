#include "match/whynot.h"

#include "match/fate.h"
#include "match/furthest.h"

#include <string.h>

enum { GOES_ON = 60 /* bytes of what follows the furthest point */, MAX_WAYS = 16, MAX_KINDS = 12 };

typedef struct {
  const RuleSet *rules;
  const Rule    *rule;
  Letter        *letter;
  const Trace   *trace;
  Buffer        *out;
} Answer;

/* ---- Units and scopes ---- */

static const char *const kind_names[] = {"a sentence", "a lead-in", "an item of a list",
                                         "a heading",  "a line",    "a salutation"};
static const char *const zone_names[] = {"head", "body", "signature", "notes"};
static const char *const scope_names[] = {"sentence", "leadin", "item", "heading", "line", "salutation"};

void whynot_put_unit(const Unit *unit, Buffer *out)
{
  buffer_printf(out, "%s of the %s", kind_names[unit->kind], zone_names[unit->zone]);
}

bool whynot_in_scope(const Rule *rule, const Unit *unit)
{
  if (!(rule->scope >> (SCOPE_ZONE_SHIFT + unit->zone) & 1U)) return false;
  return (rule->scope >> unit->kind & 1U) || rule->scope & SCOPE_PARAGRAPH;
}

static void put_scope(const Rule *rule, Buffer *out)
{
  const char *separator = "";
  for (uint32_t kind = 0; kind <= UNIT_SALUTATION; ++kind) {
    if (!(rule->scope >> kind & 1U)) continue;
    buffer_printf(out, "%s%s", separator, scope_names[kind]);
    separator = " ";
  }
  if (rule->scope & SCOPE_PARAGRAPH) buffer_printf(out, "%sparagraph", separator);
  for (uint32_t zone = 0; zone <= ZONE_NOTES; ++zone)
    if (rule->scope >> (SCOPE_ZONE_SHIFT + zone) & 1U) buffer_printf(out, " %s", zone_names[zone]);
}

static void tell_scope(const Answer *a)
{
  buffer_append_string(a->out, "does not look here: its scope is \"");
  put_scope(a->rule, a->out);
  buffer_append_string(a->out, "\", and the text is ");
  bool   seen[UNIT_SALUTATION + 1][ZONE_NOTES + 1] = {{false}};
  size_t told = 0;
  for (size_t i = 0; i < a->letter->unit_count; ++i) {
    const Unit *unit = &a->letter->units[i];
    if (seen[unit->kind][unit->zone]) continue;
    seen[unit->kind][unit->zone] = true;
    if (told++) buffer_append_string(a->out, ", ");
    whynot_put_unit(unit, a->out);
  }
  if (!told) buffer_append_string(a->out, "nothing that rules look at");
  buffer_append_byte(a->out, '\n');
}

/* ---- What became of matches ---- */

static void put_seen(const Answer *a, const TraceView *view)
{
  if (a->letter->unit_count == 1) buffer_append_string(a->out, "  seen as: ");
  else buffer_printf(a->out, "  seen as (line %zu of the text): ", letter_line(a->letter, view->span.start));
  trace_put_view(a->rules, a->letter, view, (Span){0, view->size}, a->out);
  buffer_append_byte(a->out, '\n');
}

static void tell_matches(const Answer *a)
{
  const TraceView *last = NULL;
  for (size_t i = 0; i < a->trace->match_count; ++i) {
    const TraceMatch *match = a->trace->matches[i];
    fate_put(a->rules, a->letter, match, a->out);
    buffer_append_byte(a->out, '\n');
    if (match->view != last) put_seen(a, match->view);
    last = match->view;
  }
}

/* ---- How far it came ---- */

static uint32_t up_to(const TraceView *view, uint32_t from)
{
  uint32_t to = view->size - from > GOES_ON ? from + GOES_ON : view->size;
  while (to > from && to < view->size && ((unsigned char)view->text[to] & 0xC0U) == 0x80U) to--;
  return to;
}

static bool any_in_views(const Answer *a, const char *name, size_t bytes)
{
  for (size_t t = 0; t < a->rules->type_count; ++t) {
    const Type *type = &a->rules->types[t];
    if (strlen(type->name) != bytes || memcmp(type->name, name, bytes) != 0) continue;
    for (size_t v = 0; v < a->trace->view_count; ++v)
      for (size_t h = 0; h < a->trace->views[v]->holder_count; ++h)
        if (ruleset_is_a(a->rules, a->trace->views[v]->holders[h].annotation->type, type->index)) return true;
  }
  return false;
}

/* Of "{A|B}?": is there none of these in all the text? */
static bool is_absent(const Answer *a, const char *types)
{
  for (const char *name = types + 1; *name && *name != '}';) {
    size_t bytes = strcspn(name, "|}");
    if (any_in_views(a, name, strcspn(name, "[|}"))) return false;
    name += bytes + (name[bytes] == '|');
  }
  return true;
}

static void put_way(const Answer *a, const WayOn *way)
{
  buffer_printf(a->out, way->plain ? "\"%s\"" : "%s", way->text);
  if (way->types && is_absent(a, way->text)) buffer_append_string(a->out, " (none in the text)");
}

static bool same_macro(const WayOn *x, const WayOn *y)
{
  return x->macro && y->macro && strcmp(x->macro, y->macro) == 0;
}

/* One line for each way of the pattern's own, and one for all that a macro offers. */
static void put_line(const Answer *a, const Furthest *f, size_t first)
{
  size_t count = 0;
  for (size_t i = 0; i < first; ++i)
    if (same_macro(&f->ways[i], &f->ways[first])) return;
  buffer_append_string(a->out, "      ");
  if (!f->ways[first].macro) put_way(a, &f->ways[first]);
  else buffer_printf(a->out, "%s: ", f->ways[first].macro);
  for (size_t i = first; i < f->way_count; ++i) {
    if (!same_macro(&f->ways[i], &f->ways[first]) || count++ >= MAX_WAYS) continue;
    if (count > 1) buffer_append_string(a->out, ", ");
    put_way(a, &f->ways[i]);
  }
  if (count > MAX_WAYS) buffer_printf(a->out, " and %zu more", count - MAX_WAYS);
  buffer_append_byte(a->out, '\n');
}

static void put_ways(const Answer *a, const Furthest *f)
{
  buffer_append_string(a->out, f->way_count == 1 ? "    it needs\n" : "    it needs one of\n");
  for (size_t i = 0; i < f->way_count; ++i) put_line(a, f, i);
}

/* A placeholder at the furthest point hides its words from the ways on that are text. */
static void put_hidden(const Answer *a, const Furthest *f)
{
  for (size_t i = 0; i < f->view->holder_count; ++i) {
    const TraceHolder *holder = &f->view->holders[i];
    if (holder->at != f->end) continue;
    buffer_append_string(a->out, "    there, ");
    fate_put_quoted(a->letter, holder->annotation->span, a->out);
    buffer_printf(a->out, " is {%s}, and the rule's patterns cannot see its words\n",
                  a->rules->types[holder->annotation->type].name);
  }
}

static void tell_furthest(const Answer *a, const Pattern *pattern)
{
  Furthest f;
  bool found = furthest_find(a->letter->arena, a->rules, pattern, a->trace->views, a->trace->view_count, &f);
  buffer_printf(a->out, "  the pattern at %s:%zu ", a->rule->file, pattern->line);
  if (!found) {
    buffer_append_string(a->out, "finds nothing it could begin with\n");
    return;
  }
  if (f.end == f.start) buffer_append_string(a->out, "finds nothing it could begin with\n");
  else {
    if (a->trace->view_count > 1)
      buffer_printf(a->out, "(line %zu of the text) ", letter_line(a->letter, f.view->span.start));
    buffer_append_string(a->out, "comes as far as \"");
    trace_put_view(a->rules, a->letter, f.view, (Span){f.start, f.end}, a->out);
    buffer_append_string(a->out, "\"; the text goes on \"");
    trace_put_view(a->rules, a->letter, f.view, (Span){f.end, up_to(f.view, f.end)}, a->out);
    buffer_append_string(a->out, up_to(f.view, f.end) < f.view->size ? "...\"\n" : "\"\n");
  }
  if (f.way_count) put_ways(a, &f);
  if (f.end > f.start) put_hidden(a, &f);
  if (f.cut)
    buffer_append_string(a->out, "    (the search was cut short: the pattern has too many ways to go)\n");
}

static void tell_shadows(const Answer *a, const Diagnostics *shadows)
{
  for (size_t i = 0; shadows && i < shadows->count; ++i) {
    const ClaimantDiagnostic *d = &shadows->items[i];
    if (strcmp(d->code, "shadow") == 0 && d->rule && strcmp(d->rule, a->rule->id) == 0)
      buffer_printf(a->out, "  it %s\n", d->message);
  }
}

/* Some of the text is not for this rule. */
static void tell_left_out(const Answer *a)
{
  size_t outside = 0;
  for (size_t i = 0; i < a->letter->unit_count; ++i)
    outside += !whynot_in_scope(a->rule, &a->letter->units[i]);
  if (!outside) return;
  buffer_printf(a->out, "  %zu of %zu units of the text are outside its scope, \"", outside,
                a->letter->unit_count);
  put_scope(a->rule, a->out);
  buffer_append_string(a->out, "\"\n");
}

static void tell_types(const Answer *a)
{
  size_t told = 0;
  for (size_t v = 0; v < a->trace->view_count && told < MAX_KINDS; ++v) {
    const TraceView *view = a->trace->views[v];
    for (size_t h = 0; h < view->holder_count && told < MAX_KINDS; ++h) {
      const Annotation *found = view->holders[h].annotation;
      buffer_printf(a->out, "%s{%s} ",
                    told++ ? ", " : "  types in the text: ", a->rules->types[found->type].name);
      fate_put_quoted(a->letter, found->span, a->out);
    }
  }
  if (told) buffer_append_string(a->out, told < MAX_KINDS ? "\n" : " ...\n");
}

static void tell(const Answer *a, const Diagnostics *shadows)
{
  const Phase *phase = trace_phase(a->rules, a->rule);
  fate_put_rule(a->rule, a->out);
  buffer_printf(a->out, ", phase %s, ", phase ? phase->id : "");
  if (!a->trace->view_count) {
    tell_scope(a);
    return;
  }
  if (a->trace->match_count) {
    tell_matches(a);
  } else {
    buffer_append_string(a->out, "does not match\n");
    if (a->trace->view_count == 1) put_seen(a, a->trace->views[0]);
    for (size_t i = 0; i < a->rule->pattern_count; ++i) tell_furthest(a, a->rule->patterns[i]);
    tell_types(a);
  }
  tell_shadows(a, shadows);
  tell_left_out(a);
}

ClaimantStatus whynot_tell(const RuleSet *rules, const Rule *rule, Letter *letter, const Trace *trace,
                           const Diagnostics *shadows, Buffer *out)
{
  tell(&(Answer){rules, rule, letter, trace, out}, shadows);
  return out->failed ? CLAIMANT_NO_MEMORY : CLAIMANT_OK;
}
