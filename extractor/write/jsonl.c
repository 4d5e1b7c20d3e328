#include "write/jsonl.h"

#include "graph/identifier.h"
#include "write/json.h"
#include "write/writer.h"

#include <string.h>

static void write_offsets(Json *json, const Letter *letter, Span span)
{
  json_key(json, "start");
  json_put_size(json, letter_code_point(letter, span.start));
  json_key(json, "end");
  json_put_size(json, letter_code_point(letter, span.end));
}

static void write_string_field(Json *json, const char *name, const char *value)
{
  if (!value) return;
  json_key(json, name);
  json_put_string(json, value);
}

static const char *ref_name(ClaimantRef ref)
{
  switch (ref) {
  case CLAIMANT_REF_NONE: return NULL;
  case CLAIMANT_REF_ADDRESSEE: return "letter-addressee";
  case CLAIMANT_REF_WRITER: return "writer";
  case CLAIMANT_REF_UNSTATED: return "unstated";
  }
  return NULL;
}

/* The letter's own words; without them a name of a person, body or law still stands. */
static void write_words(Json *json, const Letter *letter, Span span, bool no_words)
{
  if (no_words) return;
  json_key(json, "text");
  json_put_text(json, letter->text + span.start, span.end - span.start);
}

static void write_role(Json *json, const Letter *letter, const ItemRole *role, bool no_words)
{
  json_begin(json, '{');
  write_string_field(json, "ref", ref_name(role->ref));
  if (role->has_span) {
    write_offsets(json, letter, role->span);
    write_words(json, letter, role->span, no_words);
  } else if (!no_words) {
    write_string_field(json, "text", role->text);
  }
  if (role->entity) write_string_field(json, "entity", role->entity->id);
  json_end(json, '}');
}

/* Roles of one name stand together; several of them make a list. */
static void write_roles(Json *json, const Letter *letter, const Item *item, bool no_words)
{
  json_key(json, "roles");
  json_begin(json, '{');
  for (size_t i = 0; i < item->role_count;) {
    size_t end = i + 1;
    while (end < item->role_count && strcmp(item->roles[end].name, item->roles[i].name) == 0) end++;
    bool list = end - i > 1;
    json_key(json, item->roles[i].name);
    if (list) json_begin(json, '[');
    for (; i < end; ++i) write_role(json, letter, &item->roles[i], no_words);
    if (list) json_end(json, ']');
  }
  json_end(json, '}');
}

/* A value of no scheme and no datatype is made of the letter's words. */
static bool is_words(const FeatureType *type) { return !type || (!type->scheme && !type->datatype); }

static void write_features(Json *json, const Item *item, bool no_words)
{
  json_key(json, "features");
  json_begin(json, '{');
  for (size_t i = 0; i < item->feature_count; ++i) {
    const ItemFeature *feature = &item->features[i];
    if (feature->type && !feature->type->output) continue;
    if (no_words && !item->entity && is_words(feature->type)) continue;
    write_string_field(json, feature->name, feature->value);
  }
  json_end(json, '}');
}

/* The words that changed features of the item, where any did. */
static void write_modifiers(Json *json, const Letter *letter, const Item *item, bool no_words)
{
  if (!item->modifier_count) return;
  json_key(json, "modifiers");
  json_begin(json, '[');
  for (size_t i = 0; i < item->modifier_count; ++i) {
    const ItemModifier *m = &item->modifiers[i];
    json_begin(json, '{');
    write_string_field(json, "rule", m->rule->id);
    write_offsets(json, letter, m->trigger);
    write_words(json, letter, m->trigger, no_words);
    json_end(json, '}');
  }
  json_end(json, ']');
}

static void write_item(Json *json, const Letter *letter, const Item *item, bool no_words)
{
  json_begin(json, '{');
  write_string_field(json, "id", item->id);
  write_string_field(json, "type", item->type->name);
  write_offsets(json, letter, item->span);
  write_words(json, letter, item->span, no_words && !item->entity);
  if (item->rule) write_string_field(json, "rule", item->rule->id);
  json_key(json, "confidence");
  json_put_share(json, item->confidence);
  if (item->entity) write_string_field(json, "entity", item->entity->id);
  json_key(json, "evidence");
  json_begin(json, '{');
  write_offsets(json, letter, item->evidence);
  json_end(json, '}');
  write_roles(json, letter, item, no_words);
  write_features(json, item, no_words);
  write_modifiers(json, letter, item, no_words);
  json_end(json, '}');
}

static void write_labels(Json *json, const char *name, const Entity *const *entities, size_t count)
{
  json_key(json, name);
  json_begin(json, '[');
  for (size_t i = 0; i < count; ++i) {
    if (entities[i]->label) json_put_string(json, entities[i]->label);
  }
  json_end(json, ']');
}

static void write_senders(Json *json, const LetterMeta *meta)
{
  if (!meta->undersigned) {
    write_labels(json, "sender", meta->senders, meta->sender_count);
    return;
  }
  json_key(json, "sender");
  json_begin(json, '[');
  json_put_string(json, "(undersigned)");
  json_end(json, ']');
}

static void write_meta(Json *json, const LetterMeta *meta)
{
  json_key(json, "letter");
  json_begin(json, '{');
  json_key(json, "date");
  json_put_string(json, meta->date);
  write_senders(json, meta);
  write_labels(json, "addressee", meta->addressees, meta->addressee_count);
  write_labels(json, "signatory", meta->signatories, meta->signatory_count);
  json_end(json, '}');
}

/* ---- What entities are in gazetteers ---- */

static void write_link(Json *json, const Link *link)
{
  json_begin(json, '{');
  write_string_field(json, "concept", link->concept);
  if (*link->label) write_string_field(json, "label", link->label);
  json_key(json, "score");
  json_put_share(json, link->score);
  json_key(json, "exact");
  json_put_raw(json, link->verdict == LINK_EXACT ? "true" : "false");
  json_end(json, '}');
}

static bool has_links(const Entity *entity)
{
  for (size_t i = 0; i < entity->link_count; ++i)
    if (entity->links[i].verdict <= LINK_CANDIDATE) return true;
  return false;
}

/* Entities that are linked, or may be; those of the items left by a filter need not all be among the items. */
static void write_entities(Json *json, const Document *document)
{
  json_key(json, "entities");
  json_begin(json, '[');
  for (size_t i = 0; i < document->entity_count; ++i) {
    const Entity *entity = document->entities[i];
    if (!has_links(entity)) continue;
    json_begin(json, '{');
    write_string_field(json, "id", entity->id);
    write_string_field(json, "type", entity->type->name);
    write_string_field(json, "label", entity->label);
    json_key(json, "links");
    json_begin(json, '[');
    for (size_t j = 0; j < entity->link_count; ++j)
      if (entity->links[j].verdict <= LINK_CANDIDATE) write_link(json, &entity->links[j]);
    json_end(json, ']');
    json_end(json, '}');
  }
  json_end(json, ']');
}

static void write_diagnostic(Json *json, const ClaimantDiagnostic *diagnostic)
{
  static const char *const severities[] = {
      [CLAIMANT_NOTE] = "note", [CLAIMANT_WARNING] = "warning", [CLAIMANT_ERROR] = "error"};
  json_begin(json, '{');
  json_key(json, "severity");
  json_put_string(json, severities[diagnostic->severity]);
  json_key(json, "code");
  json_put_string(json, diagnostic->code);
  json_key(json, "message");
  json_put_string(json, diagnostic->message);
  if (diagnostic->line) {
    json_key(json, "line");
    json_put_size(json, diagnostic->line);
  }
  if (diagnostic->line && diagnostic->column) {
    json_key(json, "column");
    json_put_size(json, diagnostic->column);
  }
  write_string_field(json, "rule", diagnostic->rule);
  json_end(json, '}');
}

ClaimantStatus write_jsonl(const Document *document, const WriteOptions *options, Buffer *out)
{
  Json          json = {.out = out};
  const Letter *letter = document->letter;
  const char   *iri;
  json_begin(&json, '{');
  json_key(&json, "v");
  json_put_size(&json, 1);
  json_key(&json, "id");
  json_put_raw(&json, options->id_json ? options->id_json : "null");
  if (!letter_iri(document->arena, options->doc_iri, options->base, document->sha256, &iri)) write_string_field(&json, "iri", iri);
  write_string_field(&json, "sha256", document->sha256);
  write_string_field(&json, "rules", document->rules_hash);
  write_meta(&json, &document->meta);
  if (options->with_text && !options->no_words) {
    json_key(&json, "text");
    json_put_text(&json, letter->text, letter->size);
  }
  json_key(&json, "items");
  json_begin(&json, '[');
  for (size_t i = 0; i < document->item_count; ++i)
    write_item(&json, letter, &document->items[i], options->no_words);
  json_end(&json, ']');
  write_entities(&json, document);
  json_key(&json, "diagnostics");
  json_begin(&json, '[');
  for (size_t i = 0; i < document->diagnostics.count; ++i) {
    write_diagnostic(&json, &document->diagnostics.items[i]);
  }
  json_end(&json, ']');
  json_end(&json, '}');
  buffer_append_byte(out, '\n');
  return out->failed ? CLAIMANT_NO_MEMORY : CLAIMANT_OK;
}

void write_error_record(const ErrorRecord *record, Buffer *out)
{
  Json json = {.out = out};
  json_begin(&json, '{');
  json_key(&json, "id");
  json_put_raw(&json, record->id_json ? record->id_json : "null");
  if (!record->id_json && record->line) {
    json_key(&json, "line");
    json_put_size(&json, record->line);
  }
  json_key(&json, "error");
  json_begin(&json, '{');
  write_string_field(&json, "code", record->code);
  write_string_field(&json, "message", record->message);
  write_string_field(&json, "rule", record->rule);
  json_end(&json, '}');
  json_end(&json, '}');
  buffer_append_byte(out, '\n');
}
