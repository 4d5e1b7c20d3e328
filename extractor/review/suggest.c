#include "review/suggest.h"

#include "review/apply.h"

#include <stdlib.h>
#include <string.h>

/* ---- Taking ---- */

static void put_xml(Buffer *out, const char *text, uint32_t start, uint32_t end)
{
  for (uint32_t i = start; i < end; ++i) {
    unsigned char c = (unsigned char)text[i];
    bool          space = c == ' ' || (c >= '\t' && c <= '\r');
    if (space && out->size && out->data[out->size - 1] == ' ') continue;
    if (c == '<') buffer_append_string(out, "&lt;");
    else if (c == '>') buffer_append_string(out, "&gt;");
    else if (c == '&') buffer_append_string(out, "&amp;");
    else if (space) buffer_append_byte(out, ' ');
    else if (c >= 0x20) buffer_append_byte(out, (char)c);
  }
}

static const char *sentence_of(Arena *arena, const Document *document, const Item *item, bool marked)
{
  Buffer      out = {0};
  const char *text = document->letter->text;
  Span        all = item->evidence;
  if (item->span.end > all.end) all.end = item->span.end;
  put_xml(&out, text, all.start, item->span.start);
  if (marked) buffer_append_string(&out, "<m>");
  put_xml(&out, text, item->span.start, item->span.end);
  if (marked) buffer_append_string(&out, "</m>");
  put_xml(&out, text, item->span.end, all.end);
  const char *copy = out.failed ? NULL : arena_copy(arena, out.data ? out.data : "", out.size);
  buffer_free(&out);
  return copy;
}

bool suggest_take(Suggestions *s, const DecisionSet *set, const LetterKey *letter, const Document *document)
{
  for (size_t i = 0; i < document->item_count; ++i) {
    const Item *item = &document->items[i];
    bool        decided;
    int         balance = review_balance(set, letter, document, item, &decided);
    if (!decided || !balance || !item->rule) continue;
    void *grown = arena_grow(s->arena, s->items, s->count, &s->capacity, sizeof *s->items);
    if (!grown) return false;
    s->items = grown;
    struct Suggestion *made = &s->items[s->count++];
    *made = (struct Suggestion){.rule = arena_copy_string(s->arena, item->rule->id), .rejected = balance < 0};
    made->sentence = sentence_of(s->arena, document, item, true);
    made->plain = sentence_of(s->arena, document, item, false);
    if (!made->rule || !made->sentence || !made->plain) return false;
  }
  return true;
}

/* ---- Writing ---- */

typedef struct {
  const char *rule;
  size_t      accepted, rejected;
} Blamed;

/* Most rejected in proportion, then most rejected, then by name. */
static int by_blame(const void *a, const void *b)
{
  const Blamed *x = a, *y = b;
  size_t        left = x->rejected * (y->accepted + y->rejected), right = y->rejected * (x->accepted + x->rejected);
  if (left != right) return left > right ? -1 : 1;
  if (x->rejected != y->rejected) return x->rejected > y->rejected ? -1 : 1;
  return strcmp(x->rule, y->rule);
}

static const Rule *rule_named(const RuleSet *rules, const char *id)
{
  for (size_t i = 0; i < rules->rule_count; ++i)
    if (!strcmp(rules->rules[i]->id, id)) return rules->rules[i];
  return NULL;
}

/* A counter's whole text must be free of what the rule finds. */
static bool holds_accepted(const Suggestions *s, const struct Suggestion *rejected)
{
  for (size_t i = 0; i < s->count; ++i)
    if (!s->items[i].rejected && !strcmp(s->items[i].rule, rejected->rule) && !strcmp(s->items[i].plain, rejected->plain))
      return true;
  return false;
}

/* "--" may not stand in a comment. */
static void put_comment(Buffer *out, const char *text)
{
  buffer_append_string(out, "<!-- ");
  for (; *text; ++text) {
    buffer_append_byte(out, *text);
    if (*text == '-') buffer_append_byte(out, ' ');
  }
  buffer_append_string(out, " -->\n");
}

static void write_rule(const Suggestions *s, const Blamed *blamed, const RuleSet *rules, Buffer *out)
{
  const Rule *rule = rule_named(rules, blamed->rule);
  buffer_printf(out, "<!-- %s", blamed->rule);
  if (rule) buffer_printf(out, " (%s:%zu)", rule->file, rule->line);
  buffer_printf(out, ": %zu rejected, %zu accepted -->\n", blamed->rejected, blamed->accepted);
  for (int rejected = 1; rejected >= 0; --rejected) {
    for (size_t i = 0; i < s->count; ++i) {
      const struct Suggestion *one = &s->items[i];
      if (one->rejected != rejected || strcmp(one->rule, blamed->rule) != 0) continue;
      if (rejected && holds_accepted(s, one))
        buffer_append_string(out, "<!-- no counter, since the rule is right elsewhere in it: -->\n"), put_comment(out, one->plain);
      else if (rejected) buffer_printf(out, "<counter>%s</counter>\n", one->plain);
      else buffer_printf(out, "<example>%s</example>\n", one->sentence);
    }
  }
  buffer_append_byte(out, '\n');
}

bool suggest_write(const Suggestions *s, const RuleSet *rules, Buffer *out)
{
  Blamed *blamed = arena_alloc(s->arena, (s->count + 1) * sizeof *blamed);
  size_t  count = 0;
  if (!blamed) return false;
  for (size_t i = 0; i < s->count; ++i) {
    size_t at = 0;
    while (at < count && strcmp(blamed[at].rule, s->items[i].rule) != 0) at++;
    if (at == count) blamed[count++] = (Blamed){.rule = s->items[i].rule};
    if (s->items[i].rejected) blamed[at].rejected++;
    else blamed[at].accepted++;
  }
  if (count) qsort(blamed, count, sizeof *blamed, by_blame);
  for (size_t i = 0; i < count && blamed[i].rejected; ++i) write_rule(s, &blamed[i], rules, out);
  return !out->failed;
}
