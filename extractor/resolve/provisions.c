#include "resolve/provisions.h"

#include "match/matcher.h"
#include "resolve/items.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST_NUMBER = 64, MOST_DIGITS = 9 };

typedef struct {
  Document    *document;
  const Table *ranges;  /* words between the ends of a range; NULL: none */
  bool         hyphens; /* a hyphen stands there too */
  const char **targets; /* [MAX_PROVISION_TARGETS] */
  size_t       count;
  bool         cut;     /* there are more targets than are told */
  bool         kept;    /* a range is too long to be counted out */
  const char  *last;    /* the number before this one; NULL: none */
} Expansion;

/* ---- Numbers ---- */

static bool starts_number(char c) { return isdigit((unsigned char)c) || isupper((unsigned char)c) || c == '('; }

/* Length of "4", "12A(1) (b)", "XIV", "205.2" or "10-1101". */
static size_t number_length(const Expansion *x, const char *at)
{
  size_t i = 0, depth = 0;
  for (; at[i]; ++i) {
    if (at[i] == '(') depth++;
    else if (at[i] == ')' && depth) depth--;
    else if (depth || isalnum((unsigned char)at[i])) continue;
    else if (at[i] == ' ' && at[i + 1] == '(') continue;
    else if (isalnum((unsigned char)at[i + 1]) && (strchr(".:", at[i]) || (at[i] == '-' && !x->hyphens))) continue;
    else break;
  }
  return i;
}

static size_t groups_in(const char *number)
{
  size_t count = 0;
  for (; *number; ++number) count += *number == '(';
  return count;
}

/* "(b)" after "6(1)(a)" is 6(1)(b): as many groups of the one before are kept as the new one lacks. */
static const char *completed(Expansion *x, const char *number)
{
  if (*number != '(' || !x->last) return number;
  size_t      own = groups_in(number), before = groups_in(x->last), keep = before > own ? before - own : 0;
  const char *end = strchrnul(x->last, '(');
  for (; keep; --keep) end = strchrnul(end, ')') + 1;
  return arena_printf(x->document->arena, "%.*s%s", (int)(end - x->last), x->last, number);
}

static const char *read_number(Expansion *x, const char *at, size_t length)
{
  char   number[LONGEST_NUMBER];
  size_t out = 0;
  for (size_t i = 0; i < length && out + 1 < sizeof number; ++i)
    if (at[i] != ' ') number[out++] = at[i];
  number[out] = '\0';
  return completed(x, arena_copy_string(x->document->arena, number));
}

/* ---- Targets ---- */

static void add_target(Expansion *x, const char *target)
{
  if (x->count < MAX_PROVISION_TARGETS) x->targets[x->count++] = target;
  else x->cut = true;
}

static long plain_number(const char *number)
{
  size_t digits = strspn(number, "0123456789");
  return digits && digits <= MOST_DIGITS && !number[digits] ? strtol(number, NULL, 10) : -1;
}

/* Its first end is the last target. */
static void add_range(Expansion *x, const char *to)
{
  long low = plain_number(x->last), high = plain_number(to);
  bool counts = low >= 0 && high > low;
  if (counts && high - low < MAX_PROVISION_RANGE) {
    for (long number = low + 1; number <= high; ++number) add_target(x, arena_printf(x->document->arena, "%ld", number));
    return;
  }
  x->kept = x->kept || counts;
  if (x->count) x->targets[x->count - 1] = arena_printf(x->document->arena, "%s-%s", x->last, to);
}

static bool joins_range(const Expansion *x, const char *word, size_t bytes)
{
  for (size_t i = 0; x->ranges && i < x->ranges->row_count; ++i) {
    const char *key = x->ranges->rows[i].key;
    if (strlen(key) == bytes && memcmp(key, word, bytes) == 0) return true;
  }
  return false;
}

static size_t dash_length(const char *at)
{
  if (*at == '-') return 1;
  return strncmp(at, "\xE2\x80\x93", 3) == 0 ? 3 : 0;
}

static void expand(Expansion *x, const char *at)
{
  bool range = false;
  while (*at) {
    size_t length = starts_number(*at) ? number_length(x, at) : 0, dash = dash_length(at);
    if (length) {
      const char *number = read_number(x, at, length);
      if (range && x->last) add_range(x, number);
      else add_target(x, number);
      x->last = number;
      range = false;
    } else if (dash) {
      length = dash;
      range = range || x->hyphens;
    } else if (isalpha((unsigned char)*at)) {
      for (length = 1; isalpha((unsigned char)at[length]);) length++;
      range = joins_range(x, at, length);
    } else length = 1;
    at += length;
  }
}

/* ---- Items ---- */

static const char *joined(const Expansion *x)
{
  size_t bytes = 1;
  for (size_t i = 0; i < x->count; ++i) bytes += strlen(x->targets[i]) + 1;
  char *text = arena_alloc(x->document->arena, bytes), *end = text;
  for (size_t i = 0; i < x->count; ++i) {
    if (i) *end++ = ' ';
    end = stpcpy(end, x->targets[i]);
  }
  *end = '\0';
  return text;
}

static void report(const Expansion *x, const Item *item)
{
  Place place = {.rule = item->rule ? item->rule->id : NULL};
  if (x->kept)
    diagnostics_add(&x->document->diagnostics, CLAIMANT_NOTE, "long-range", place,
                    "\"%.60s\" names a range of more than %d provisions, which is kept as a range", item->text,
                    MAX_PROVISION_RANGE);
  if (x->cut)
    diagnostics_add(&x->document->diagnostics, CLAIMANT_NOTE, "long-list", place,
                    "\"%.60s ...\" names more than %d provisions, of which the first %d are told", item->text,
                    MAX_PROVISION_TARGETS, MAX_PROVISION_TARGETS);
}

void provisions_expand(Document *document)
{
  Expansion x = {.document = document};
  for (size_t i = 0; i < document->item_count; ++i) {
    Item       *item = &document->items[i];
    const char *article = item->type->corefer == COREFER_LAW ? item_feature(item, "article") : NULL;
    if (!article) continue;
    if (!x.targets) x.targets = arena_alloc(document->arena, MAX_PROVISION_TARGETS * sizeof *x.targets);
    x.ranges = ruleset_table(document->rules, "article-range", strlen("article-range"), item->rule ? item->rule->language : NULL);
    x.hyphens = item_feature(item, "plural") != NULL;
    x.count = 0;
    x.cut = x.kept = false;
    x.last = NULL;
    expand(&x, article);
    bool range = x.count == 1 && x.last && strcmp(x.targets[0], x.last) != 0;
    if (x.count > 1 || range) items_set_feature(document, item, "targets", joined(&x));
    report(&x, item);
  }
}

/* ---- How many a law has ---- */

#define ARTICLE_COUNT "https://w3id.org/claimant/ns#articleCount"

static long articles_of(const Document *document, const Entity *law)
{
  for (size_t i = 0; law && i < law->link_count; ++i) {
    const Link *link = &law->links[i];
    const char *count = NULL;
    if (link->verdict == LINK_EXACT)
      count = vocab_value(document->sources[link->vocab].vocab, link->number, ARTICLE_COUNT, 0);
    if (count) return plain_number(count);
  }
  return -1;
}

/* The greatest number that begins one of the targets. */
static long greatest(const char *targets)
{
  long most = 0;
  for (const char *at = targets; *at; at += strcspn(at, " "), at += strspn(at, " ")) {
    size_t digits = strspn(at, "0123456789");
    long   number = digits && digits <= MOST_DIGITS ? strtol(at, NULL, 10) : 0;
    if (number > most) most = number;
  }
  return most;
}

void provisions_count(Document *document)
{
  for (size_t i = 0; i < document->item_count; ++i) {
    const Item *item = &document->items[i];
    const char *article = item->whole ? item_feature(item, "article") : NULL, *targets = item_feature(item, "targets");
    long        has = article ? articles_of(document, item->whole->entity) : -1;
    if (has < 0) continue;
    long number = greatest(targets ? targets : article);
    if (number <= has) continue;
    diagnostics_add(&document->diagnostics, CLAIMANT_WARNING, "no-such-article",
                    (Place){.rule = item->rule ? item->rule->id : NULL},
                    "\"%.60s\": %s has %ld articles, so there is no %ld; the letter may mean another law", item->text,
                    item->whole->entity->label, has, number);
  }
}
