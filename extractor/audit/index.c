#include "audit/page.h"

#include "base/html.h"
#include "audit/marks.h"
#include "audit/template.h"
#include "write/json.h"

#include <string.h>

bool index_entry(Arena *arena, const Document *document, const char *name, const char *file, IndexEntry *entry)
{
  const LetterMeta *meta = &document->meta;
  const Entity     *sender = meta->sender_count ? meta->senders[0] : document->writer;
  const Entity     *addressee = meta->addressee_count ? meta->addressees[0] : document->addressee;
  *entry = (IndexEntry){.item_count = document->item_count};
  entry->file = arena_copy_string(arena, file);
  entry->name = arena_copy_string(arena, name);
  entry->sha256 = arena_copy_string(arena, document->sha256);
  entry->counts = arena_alloc(arena, (document->rules->type_count + 1) * sizeof *entry->counts);
  if (meta->date) entry->date = arena_copy_string(arena, meta->date);
  if (sender->label) entry->sender = arena_copy_string(arena, sender->label);
  if (addressee->label) entry->addressee = arena_copy_string(arena, addressee->label);
  if (!entry->file || !entry->name || !entry->sha256 || !entry->counts) return false;
  for (size_t i = 0; i < document->item_count; ++i) entry->counts[document->items[i].type->index]++;
  return true;
}

static void put_cell(Buffer *out, const char *text)
{
  buffer_append_string(out, "<td><bdi>");
  if (text) html_put_seen(out, text, strlen(text));
  buffer_append_string(out, "</bdi></td>");
}

static void put_row(const AuditIndex *index, const IndexEntry *entry, const bool *used, Buffer *out)
{
  buffer_printf(out, "<tr data-sha=\"%s\"><th scope=\"row\"><a href=\"", entry->sha256);
  html_put_string(out, entry->file);
  buffer_append_string(out, "\"><bdi>");
  html_put_seen(out, entry->name, strlen(entry->name));
  buffer_append_string(out, "</bdi></a></th>");
  put_cell(out, entry->date);
  put_cell(out, entry->sender);
  put_cell(out, entry->addressee);
  for (size_t i = 0; i < index->rules->type_count; ++i)
    if (used[i]) buffer_printf(out, "<td class=\"n\">%zu</td>", entry->counts[i]);
  buffer_printf(out, "<td class=\"n\" data-all=\"%zu\">0 of %zu</td></tr>\n", entry->item_count, entry->item_count);
}

static void put_data(const AuditIndex *index, Buffer *out)
{
  Buffer text = {0};
  Json   json = {.out = &text};
  json_begin(&json, '[');
  for (size_t i = 0; i < index->count; ++i) {
    const IndexEntry *entry = &index->entries[i];
    json_begin(&json, '{');
    json_key(&json, "name");
    json_put_string(&json, entry->name);
    json_key(&json, "sha256");
    json_put_string(&json, entry->sha256);
    json_key(&json, "items");
    json_put_size(&json, entry->item_count);
    json_end(&json, '}');
  }
  json_end(&json, ']');
  if (text.failed) out->failed = true;
  else html_put_json(out, text.data, text.size);
  buffer_free(&text);
}

enum { HEADS, ROWS, COUNT, DATA, SLOTS };

static const char *const slot_names[SLOTS] = {
    [HEADS] = "heads", [ROWS] = "rows", [COUNT] = "count", [DATA] = "data"};

static void put_heads(const AuditIndex *index, const bool *used, Buffer *out)
{
  for (size_t i = 0; i < index->rules->type_count; ++i) {
    if (!used[i]) continue;
    const Type *type = &index->rules->types[i];
    buffer_printf(out, "<th scope=\"col\" class=\"n\" aria-sort=\"none\"><span class=\"t%u\">",
                  type_slot(index->rules, type));
    html_put_string(out, type->name);
    buffer_append_string(out, "</span></th>");
  }
}

static void find_used(const AuditIndex *index, bool *used)
{
  for (size_t i = 0; i < index->count; ++i)
    for (size_t t = 0; t < index->rules->type_count; ++t)
      if (index->entries[i].counts[t]) used[t] = true;
}

ClaimantStatus audit_index(const AuditIndex *index, Buffer *out)
{
  static const char *const scripts[] = {"early.js", "csv.js", "turtle.js", "decisions.js", "index.js", NULL};
  Arena *arena = arena_new();
  bool  *used = arena ? arena_alloc(arena, index->rules->type_count + 1) : NULL;
  if (!used) {
    arena_free(arena);
    return CLAIMANT_NO_MEMORY;
  }
  Buffer parts[SLOTS] = {0};
  Slot   slots[SLOTS];
  bool   failed = false;
  find_used(index, used);
  put_heads(index, used, &parts[HEADS]);
  for (size_t i = 0; i < index->count; ++i) put_row(index, &index->entries[i], used, &parts[ROWS]);
  buffer_printf(&parts[COUNT], "%zu", index->count);
  put_data(index, &parts[DATA]);
  for (size_t i = 0; i < SLOTS; ++i) {
    failed = failed || parts[i].failed;
    slots[i] = (Slot){slot_names[i], parts[i].data ? parts[i].data : "", parts[i].size};
  }
  ClaimantStatus st = failed ? CLAIMANT_NO_MEMORY : template_fill("index.html", "page.css", scripts, slots, SLOTS, out);
  for (size_t i = 0; i < SLOTS; ++i) buffer_free(&parts[i]);
  arena_free(arena);
  return st;
}
