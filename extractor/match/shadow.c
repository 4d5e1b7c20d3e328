/* Shadows: a type that a rule names hides its text from all of the rule's patterns. Where a pattern
 * would match the bare text and nothing of the rule matches there, that is told: it is how rules fall
 * silent. */
#include "match/run.h"

#include <string.h>

enum { TOLD_BYTES = 100 };

typedef struct {
  Span  *items;
  size_t count, capacity;
} Spans;

static bool names(const Rule *rule, uint16_t type)
{
  for (size_t i = 0; i < rule->pattern_count; ++i) {
    if (rule->patterns[i]->types[type / 64] >> (type % 64) & 1U) return true;
  }
  return false;
}

static bool overlaps(Span a, Span b) { return a.start < b.end && b.start < a.end; }

static bool overlaps_any(const Spans *spans, Span span)
{
  for (size_t i = 0; i < spans->count; ++i) {
    if (overlaps(spans->items[i], span)) return true;
  }
  return false;
}

/* Where the rule's patterns match the view as it is, vetoes and fills aside. */
static Spans find_matches(Run *run, const Rule *rule)
{
  Spans             spans = {0};
  const PCRE2_SIZE *hit = pcre2_get_ovector_pointer(run->match_data);
  for (size_t i = 0; i < rule->pattern_count; ++i) {
    for (uint32_t from = 0; from < run->view.size;) {
      int code = pcre2_match(rule->patterns[i]->code, (PCRE2_SPTR)run->view.text, run->view.size, from,
                             PCRE2_NO_UTF_CHECK, run->match_data, run->match_context);
      if (code < 0) break;
      uint32_t start = (uint32_t)hit[0], end = (uint32_t)hit[1];
      spans.items = arena_grow(run->arena, spans.items, spans.count, &spans.capacity, sizeof *spans.items);
      spans.items[spans.count++] = view_to_letter(run, start, end);
      from = end > from ? end : from + 1;
    }
  }
  return spans;
}

static int told_bytes(const char *text, size_t bytes)
{
  if (bytes <= TOLD_BYTES) return (int)bytes;
  bytes = TOLD_BYTES;
  while (bytes && ((unsigned char)text[bytes] & 0xc0U) == 0x80U) bytes--;
  return (int)bytes;
}

static void tell(Run *run, const Rule *rule, Span match, const Annotation *hidden)
{
  size_t      match_bytes, hidden_bytes;
  const char *match_text = run_folded_text(run, match, &match_bytes);
  const char *hidden_text = run_folded_text(run, hidden->span, &hidden_bytes);
  diagnostics_add(run->diagnostics, CLAIMANT_WARNING, "shadow",
                  (Place){.file = rule->file, .line = rule->line, .rule = rule->id},
                  "would match \"%.*s\", but {%s} hides \"%.*s\" from its patterns",
                  told_bytes(match_text, match_bytes), match_text, run->rules->types[hidden->type].name,
                  told_bytes(hidden_text, hidden_bytes), hidden_text);
}

/* The annotations of the view as it is, those that masks hide on purpose left out. */
static Spans find_hidden(Run *run, const Rule *rule, const Annotation ***annotations)
{
  Spans  hidden = {0};
  size_t capacity = 0;
  *annotations = NULL;
  for (size_t i = 1; i < run->view.piece_count; ++i) {
    const Annotation *found = run->annotations[run->view.pieces[i].holder];
    if (!names(rule, found->type)) continue;
    *annotations = arena_grow(run->arena, *annotations, hidden.count, &capacity, sizeof **annotations);
    hidden.items = arena_grow(run->arena, hidden.items, hidden.count, &hidden.capacity, sizeof *hidden.items);
    (*annotations)[hidden.count] = found;
    hidden.items[hidden.count++] = found->span;
  }
  return hidden;
}

static TypeSet without(Run *run, const TypeSet *types, uint16_t type)
{
  size_t  bytes = run->rules->view_words * sizeof *types->bits;
  TypeSet rest = {arena_alloc(run->arena, bytes)};
  memcpy(rest.bits, types->bits, bytes);
  rest.bits[type / 64] &= ~(UINT64_C(1) << (type % 64));
  return rest;
}

void run_shadow(Run *run, const Rule *rule, Stretch stretch)
{
  const TypeSet     *types = &run->rules->views[rule->view];
  const Annotation **annotations;
  Spans              seen = find_matches(run, rule), hidden = find_hidden(run, rule, &annotations);
  for (size_t i = 0; i < hidden.count; ++i) {
    bool again = false;
    for (size_t j = 0; j < i && !again; ++j) again = annotations[j]->type == annotations[i]->type;
    if (again) continue;
    TypeSet rest = without(run, types, annotations[i]->type);
    view_build(run, &rest, stretch);
    Spans bare = find_matches(run, rule);
    for (size_t m = 0; m < bare.count; ++m) {
      if (overlaps_any(&seen, bare.items[m])) continue;
      for (size_t h = i; h < hidden.count; ++h) {
        if (annotations[h]->type != annotations[i]->type || !overlaps(hidden.items[h], bare.items[m])) continue;
        tell(run, rule, bare.items[m], annotations[h]);
        break;
      }
    }
  }
  if (hidden.count) view_build(run, types, stretch);
}
