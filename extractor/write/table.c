#include "write/table.h"

#include "base/csv.h"
#include "graph/identifier.h"

#include <jansson.h>
#include <string.h>

/* ---- Columns ---------------------------------------------------------------------------------- */

typedef struct {
  const char **names;
  size_t       count, capacity;
} Names;

typedef struct {
  Arena *arena;
  Names  roles, features;
  bool   entities, failed;
} Columns;

static const char *const item_columns[] = {"letter",     "sha256",   "letter_date", "id",  "type", "start", "end", "text",
                                           "rule",       "confidence", "sentence"};
static const char *const entity_columns[] = {"entity", "name", "concept"};
static const char *const letter_columns[] = {"letter", "sha256", "iri", "date", "sender", "addressee", "signatory", "items"};

enum { ITEM_COLUMNS = sizeof item_columns / sizeof *item_columns,
       ENTITY_COLUMNS = sizeof entity_columns / sizeof *entity_columns,
       LETTER_COLUMNS = sizeof letter_columns / sizeof *letter_columns };

static bool is_letters(const char *name) { return !strcmp(name, TABLE_OF_LETTERS); }

static bool has_items(const Type *type) { return (type->output || type->referred) && !type->list && !type->passed; }

static bool is_among(const char *const *names, size_t count, const char *name)
{
  for (size_t i = 0; i < count; ++i)
    if (!strcmp(names[i], name)) return true;
  return false;
}

static void add_name(Columns *columns, Names *list, const char *name)
{
  if (is_among(list->names, list->count, name)) return;
  const char **grown = arena_grow(columns->arena, list->names, list->count, &list->capacity, sizeof *grown);
  if (grown) list->names = grown, grown[list->count++] = name;
  else columns->failed = true;
}

static void add_type(Columns *columns, const Type *type)
{
  if (type->node && !strcmp(type->node, "entity")) columns->entities = true;
  for (size_t i = 0; i < type->role_count; ++i)
    if (type->roles[i].output) add_name(columns, &columns->roles, type->roles[i].name);
  for (size_t i = 0; i < type->feature_count; ++i)
    if (type->features[i].output) add_name(columns, &columns->features, type->features[i].name);
}

static void add_ancestors(Columns *columns, const RuleSet *rules, const Type *type)
{
  if (type->parent != NO_TYPE) add_ancestors(columns, rules, &rules->types[type->parent]);
  add_type(columns, type);
}

static bool columns_of(Columns *columns, Arena *arena, const RuleSet *rules, const Type *type)
{
  *columns = (Columns){.arena = arena};
  add_ancestors(columns, rules, type);
  for (size_t i = 0; i < type->below_count; ++i)
    if (has_items(&rules->types[type->below[i]])) add_type(columns, &rules->types[type->below[i]]);
  return !columns->failed;
}

/* ---- The names of columns ------------------------------------------------------------------------ */

static void put_cell(Buffer *out, bool *first, const char *text)
{
  if (!*first) buffer_append_byte(out, ',');
  *first = false;
  if (text) csv_put(out, text);
}

static bool is_taken(const Columns *columns, const char *name)
{
  return is_among(item_columns, ITEM_COLUMNS, name) ||
         (columns->entities && is_among(entity_columns, ENTITY_COLUMNS, name));
}

static void put_name(Buffer *out, bool *first, const char *prefix, const char *name, const char *suffix)
{
  Buffer whole = {0};
  buffer_printf(&whole, "%s%s%s", prefix, name, suffix);
  if (whole.failed) out->failed = true;
  else put_cell(out, first, whole.data);
  buffer_free(&whole);
}

static void put_names(Buffer *out, const Columns *columns)
{
  bool first = true;
  for (size_t i = 0; i < ITEM_COLUMNS; ++i) put_cell(out, &first, item_columns[i]);
  for (size_t i = 0; columns->entities && i < ENTITY_COLUMNS; ++i) put_cell(out, &first, entity_columns[i]);
  for (size_t i = 0; i < columns->roles.count; ++i) {
    const char *name = columns->roles.names[i], *prefix = is_taken(columns, name) ? "role_" : "";
    put_name(out, &first, prefix, name, "");
    put_name(out, &first, prefix, name, "_ref");
    put_name(out, &first, prefix, name, "_entity");
  }
  for (size_t i = 0; i < columns->features.count; ++i) {
    const char *name = columns->features.names[i];
    bool        taken = is_taken(columns, name) || is_among(columns->roles.names, columns->roles.count, name);
    put_name(out, &first, taken ? "feature_" : "", name, "");
  }
}

static const char end_of_row[] = "\r\n";

ClaimantStatus table_head(const RuleSet *rules, const char *name, Buffer *out)
{
  Columns columns;
  bool    first = true;
  Arena  *arena = is_letters(name) ? NULL : arena_new();
  for (size_t i = 0; is_letters(name) && i < LETTER_COLUMNS; ++i) put_cell(out, &first, letter_columns[i]);
  bool fine = is_letters(name) || (arena && columns_of(&columns, arena, rules, ruleset_type(rules, name)));
  if (fine && arena) put_names(out, &columns);
  arena_free(arena);
  buffer_append_string(out, end_of_row);
  return fine && !out->failed ? CLAIMANT_OK : CLAIMANT_NO_MEMORY;
}

/* ---- Rows ------------------------------------------------------------------------------------------ */

typedef struct {
  const Document     *document;
  const WriteOptions *options;
  const char         *letter; /* the document's id as text */
  Buffer             *out;
  bool                first; /* no cell is in the row yet */
} Row;

static void put_text(Row *row, const char *text) { put_cell(row->out, &row->first, text); }

static void put_number(Row *row, size_t number)
{
  if (!row->first) buffer_append_byte(row->out, ',');
  row->first = false;
  buffer_printf(row->out, "%zu", number);
}

/* To six decimals, as JSON Lines have it, whatever the locale. */
static void put_share(Row *row, double share)
{
  char     digits[16];
  unsigned millionths = share >= 1 ? 1000000 : share > 0 ? (unsigned)(share * 1e6 + 0.5) : 0;
  int      length = snprintf(digits, sizeof digits, "%u.%06u", millionths / 1000000, millionths % 1000000);
  while (length > 1 && digits[length - 1] == '0') length--;
  if (digits[length - 1] == '.') length--;
  digits[length] = '\0';
  put_text(row, digits);
}

static void put_span(Row *row, Span span, bool silent)
{
  const char *words = NULL;
  if (!silent) words = arena_copy(row->document->arena, row->document->letter->text + span.start, span.end - span.start);
  if (!silent && !words) row->out->failed = true;
  put_text(row, words);
}

static const char *ref_name(ClaimantRef ref)
{
  static const char *const names[] = {[CLAIMANT_REF_ADDRESSEE] = "letter-addressee",
                                      [CLAIMANT_REF_WRITER] = "writer",
                                      [CLAIMANT_REF_UNSTATED] = "unstated"};
  return names[ref];
}

typedef enum { CELL_WORDS, CELL_REF, CELL_ENTITY } RoleCell;

static const char *role_value(const Row *row, const ItemRole *role, RoleCell cell)
{
  if (cell == CELL_REF) return ref_name(role->ref);
  if (cell == CELL_ENTITY) return role->entity ? role->entity->id : NULL;
  return row->options->no_words ? NULL : role->text;
}

/* Several fillers of one role are one cell, with "; " between them. */
static void put_role(Row *row, const Item *item, const char *name, RoleCell cell)
{
  Buffer all = {0};
  for (size_t i = 0; i < item->role_count; ++i) {
    const char *value = strcmp(item->roles[i].name, name) ? NULL : role_value(row, &item->roles[i], cell);
    if (!value) continue;
    if (all.size) buffer_append_string(&all, "; ");
    buffer_append_string(&all, value);
  }
  put_text(row, all.data);
  if (all.failed) row->out->failed = true;
  buffer_free(&all);
}

/* A value of no scheme and no datatype is made of the letter's words. */
static void put_feature(Row *row, const Item *item, const char *name)
{
  const char *value = NULL;
  for (size_t i = 0; i < item->feature_count && !value; ++i) {
    const ItemFeature *feature = &item->features[i];
    bool               words = !feature->type || (!feature->type->scheme && !feature->type->datatype);
    if (row->options->no_words && words && !item->entity) continue;
    if (!strcmp(feature->name, name)) value = feature->value;
  }
  put_text(row, value);
}

static const char *concept_of(const Entity *entity)
{
  for (size_t i = 0; entity && i < entity->link_count; ++i)
    if (entity->links[i].verdict == LINK_EXACT) return entity->links[i].concept;
  return NULL;
}

static void put_item(Row *row, const Columns *columns, const Item *item)
{
  const Document *document = row->document;
  bool            silent = row->options->no_words;
  row->first = true;
  put_text(row, row->letter);
  put_text(row, document->sha256);
  put_text(row, document->meta.date);
  put_text(row, item->id);
  put_text(row, item->type->name);
  put_number(row, letter_code_point(document->letter, item->span.start));
  put_number(row, letter_code_point(document->letter, item->span.end));
  put_span(row, item->span, silent && !item->entity);
  put_text(row, item->rule ? item->rule->id : NULL);
  put_share(row, item->confidence);
  put_span(row, item->evidence, silent);
  if (columns->entities) {
    put_text(row, item->entity ? item->entity->id : NULL);
    put_text(row, item->entity ? item->entity->label : NULL);
    put_text(row, concept_of(item->entity));
  }
  for (size_t i = 0; i < columns->roles.count; ++i)
    for (RoleCell cell = CELL_WORDS; cell <= CELL_ENTITY; ++cell) put_role(row, item, columns->roles.names[i], cell);
  for (size_t i = 0; i < columns->features.count; ++i) put_feature(row, item, columns->features.names[i]);
  buffer_append_string(row->out, end_of_row);
}

static ClaimantStatus put_items(Row *row, const Type *type)
{
  const Document *document = row->document;
  Columns         columns;
  if (!columns_of(&columns, document->arena, document->rules, type)) return CLAIMANT_NO_MEMORY;
  for (size_t i = 0; i < document->item_count; ++i)
    if (ruleset_is_a(document->rules, document->items[i].type->index, type->index)) put_item(row, &columns, &document->items[i]);
  return CLAIMANT_OK;
}

static void put_labels(Row *row, const Entity *const *entities, size_t count)
{
  Buffer all = {0};
  for (size_t i = 0; i < count; ++i) {
    if (!entities[i]->label) continue;
    if (all.size) buffer_append_string(&all, "; ");
    buffer_append_string(&all, entities[i]->label);
  }
  put_text(row, all.data);
  if (all.failed) row->out->failed = true;
  buffer_free(&all);
}

static ClaimantStatus put_letter(Row *row)
{
  const Document   *document = row->document;
  const LetterMeta *meta = &document->meta;
  const char       *iri;
  ClaimantStatus    st = letter_iri(document->arena, row->options->doc_iri, row->options->base, document->sha256, &iri);
  if (st) return st;
  row->first = true;
  put_text(row, row->letter);
  put_text(row, document->sha256);
  put_text(row, iri);
  put_text(row, meta->date);
  if (meta->undersigned) put_text(row, "(undersigned)");
  else put_labels(row, meta->senders, meta->sender_count);
  put_labels(row, meta->addressees, meta->addressee_count);
  put_labels(row, meta->signatories, meta->signatory_count);
  put_number(row, document->item_count);
  buffer_append_string(row->out, end_of_row);
  return CLAIMANT_OK;
}

/* A JSON string without its quotes and escapes; a number as it is. */
static const char *id_as_text(Arena *arena, const char *id_json)
{
  json_t     *value = id_json ? json_loads(id_json, JSON_DECODE_ANY, NULL) : NULL;
  const char *text = json_is_string(value) ? json_string_value(value) : id_json ? id_json : "";
  text = arena_copy_string(arena, text);
  json_decref(value);
  return text;
}

ClaimantStatus write_table(const Document *document, const WriteOptions *options, Buffer *out)
{
  size_t         before = out->size;
  Row            row = {.document = document, .options = options, .out = out};
  ClaimantStatus st = options->with_head ? table_head(document->rules, options->table, out) : CLAIMANT_OK;
  row.letter = id_as_text(document->arena, options->id_json);
  if (!row.letter) st = CLAIMANT_NO_MEMORY;
  if (!st) st = is_letters(options->table) ? put_letter(&row) : put_items(&row, ruleset_type(document->rules, options->table));
  if (out->failed) st = CLAIMANT_NO_MEMORY;
  if (st && out->data) out->size = before, out->data[before] = '\0';
  return st;
}

/* ---- Kinds ---------------------------------------------------------------------------------------- */

bool table_exists(const RuleSet *rules, const char *name)
{
  const Type *type = is_letters(name) ? NULL : ruleset_type(rules, name);
  return is_letters(name) || (type && has_items(type));
}

bool table_kinds(const RuleSet *rules, Arena *arena, const char ***names, size_t *count)
{
  *count = 0;
  *names = arena_alloc(arena, (rules->type_count + 1) * sizeof **names);
  if (!*names) return false;
  for (size_t i = 0; i < rules->type_count; ++i) {
    const Type *type = &rules->types[i];
    bool        above = false;
    for (uint16_t up = type->parent; up != NO_TYPE; up = rules->types[up].parent) above |= has_items(&rules->types[up]);
    if (has_items(type) && !above) (*names)[(*count)++] = type->name;
  }
  (*names)[(*count)++] = TABLE_OF_LETTERS;
  return true;
}
