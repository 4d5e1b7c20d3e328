#include "review/gold.h"

#include "rules/ruleset.h"
#include "write/json.h"

#include <string.h>

static void put_ignored(Json *json, const Letter *letter, const Item *item)
{
  json_begin(json, '{');
  json_key(json, "type");
  json_put_string(json, item->type->name);
  json_key(json, "start");
  json_put_size(json, letter_code_point(letter, item->span.start));
  json_key(json, "end");
  json_put_size(json, letter_code_point(letter, item->span.end));
  json_end(json, '}');
}

static void put_all_ignored(const DecisionSet *set, const LetterKey *letter, const Document *document, Buffer *out)
{
  Json json = {.out = out};
  json_begin(&json, '[');
  for (size_t i = 0; i < document->item_count; ++i) {
    bool decided;
    int  balance = review_balance(set, letter, document, &document->items[i], &decided);
    if (!decided || !balance) put_ignored(&json, document->letter, &document->items[i]);
  }
  json_end(&json, ']');
}

/* An item that no rule found. */
static bool add_missed(const DecisionSet *set, const LetterKey *letter, Document *document)
{
  Item *items = arena_alloc(document->arena, (document->item_count + set->count + 1) * sizeof *items);
  if (!items) return false;
  if (document->item_count) memcpy(items, document->items, document->item_count * sizeof *items);
  document->items = items;
  for (size_t i = 0; i < set->count; ++i) {
    const Decision *d = set->items[i];
    LetterMatch     match = decision_letter(d, letter);
    const char     *why;
    Span            span;
    const Type     *type = d->verdict == VERDICT_MISSED ? ruleset_type(document->rules, d->type) : NULL;
    if (!type || match == OF_OTHER || !find_missed(document, d, match, &span, &why)) continue;
    Item *item = &items[document->item_count++];
    *item = (Item){.type = type, .span = span, .evidence = span, .confidence = 1, .text = d->text};
    size_t length = strlen(d->item);
    memcpy(item->id, d->item, length < ID_SIZE ? length + 1 : ID_SIZE - 1);
  }
  return true;
}

ClaimantStatus gold_write(const DecisionSet *set, const LetterKey *letter, Document *document, const WriteOptions *options,
                          Buffer *out)
{
  Buffer record = {0}, ignored = {0};
  put_all_ignored(set, letter, document, &ignored);
  ClaimantStatus st = review_apply(set, letter, KEEP_ACCEPTED, document);
  if (!st && !add_missed(set, letter, document)) st = CLAIMANT_NO_MEMORY;
  if (!st) st = write_jsonl(document, options, &record);
  if (!st) { /* one more field before the brace that ends the record */
    buffer_append(out, record.data, record.size - strlen("}\n"));
    buffer_append_string(out, ",\"ignore\":");
    buffer_append(out, ignored.data, ignored.size);
    buffer_append_string(out, "}\n");
  }
  if (ignored.failed) st = CLAIMANT_NO_MEMORY;
  buffer_free(&record);
  buffer_free(&ignored);
  return st ? st : out->failed ? CLAIMANT_NO_MEMORY : CLAIMANT_OK;
}
