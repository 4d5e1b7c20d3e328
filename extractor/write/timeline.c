#include "write/timeline.h"

#include "base/csv.h"
#include "base/utf8.h"
#include "write/json.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum { VALUE_WIDTH = 23, WORDS_WIDTH = 34, SENTENCE_WIDTH = 90 }; /* code points */

/* ---- Rows -------------------------------------------------------------------------------- */

static const char *feature_of(const Item *item, const char *name)
{
  for (size_t i = 0; i < item->feature_count; ++i)
    if (item->features[i].name && !strcmp(item->features[i].name, name)) return item->features[i].value;
  return NULL;
}

static bool is_of(const Document *document, const Item *item, const char *name)
{
  const Type *type = ruleset_type(document->rules, name);
  return type && item->type && ruleset_is_a(document->rules, item->type->index, type->index);
}

static bool holds(const Item *outer, const Item *inner)
{
  return outer->span.start <= inner->span.start && inner->span.end <= outer->span.end;
}

static bool bounds_period(const Document *document, const Item *date)
{
  for (size_t i = 0; i < document->item_count && document->items[i].span.start <= date->span.start; ++i) {
    const Item *item = &document->items[i];
    if (item != date && holds(item, date) && is_of(document, item, "Period")) return true;
  }
  return false;
}

static const Item *statement_around(const Document *document, const Item *date)
{
  const Item *found = NULL;
  for (size_t i = 0; i < document->item_count && document->items[i].span.start <= date->span.start; ++i) {
    const Item *item = &document->items[i];
    if (item == date || item->entity || !item->type || !item->type->role_count || !holds(item, date)) continue;
    if (is_of(document, item, "Period")) continue;
    if (!found || item->span.end - item->span.start < found->span.end - found->span.start) found = item;
  }
  return found;
}

/* One end of "2017-05-01/..": NULL where it is open. */
static ClaimantStatus end_of(const Document *document, const char *from, size_t bytes, const char **end)
{
  if (bytes == 2 && !memcmp(from, "..", 2)) return CLAIMANT_OK;
  *end = arena_copy(document->arena, from, bytes);
  return *end ? CLAIMANT_OK : CLAIMANT_NO_MEMORY;
}

static ClaimantStatus fill_row(const Document *document, const Item *item, const char *interval, TimelineRow *row)
{
  const char *slash = strchr(interval, '/'), *edtf = feature_of(item, "edtf");
  *row = (TimelineRow){.item = item,
                       .value = edtf ? edtf : feature_of(item, "value"),
                       .statement = statement_around(document, item)};
  if (!slash) return CLAIMANT_OK;
  ClaimantStatus status = end_of(document, interval, (size_t)(slash - interval), &row->begin);
  return status ? status : end_of(document, slash + 1, strlen(slash + 1), &row->before);
}

static int in_time_order(const void *a, const void *b)
{
  const TimelineRow *x = a, *y = b;
  int                order = strcmp(x->begin ? x->begin : x->before, y->begin ? y->begin : y->before);
  if (order) return order;
  if (x->item->span.start != y->item->span.start) return x->item->span.start < y->item->span.start ? -1 : 1;
  return x->item < y->item ? -1 : x->item > y->item;
}

ClaimantStatus timeline_collect(const Document *document, TimelineRow **rows, size_t *count)
{
  ClaimantStatus status = CLAIMANT_OK;
  *count = 0;
  *rows = arena_alloc(document->arena, (document->item_count + 1) * sizeof **rows);
  if (!*rows) return CLAIMANT_NO_MEMORY;
  for (size_t i = 0; i < document->item_count && !status; ++i) {
    const Item *item = &document->items[i];
    const char *interval = feature_of(item, "interval");
    const bool  date = is_of(document, item, "Date");
    if (!interval || !(date || is_of(document, item, "Period"))) continue;
    if (date && bounds_period(document, item)) continue;
    TimelineRow *row = &(*rows)[*count];
    status = fill_row(document, item, interval, row);
    *count += row->begin || row->before;
  }
  if (!status && *count) qsort(*rows, *count, sizeof **rows, in_time_order);
  return status;
}

/* ---- Words ------------------------------------------------------------------------------- */

/* A text on its way out, cut after `width` code points. */
typedef struct {
  Buffer *out;
  size_t  width, count, cut; /* code points; bytes of `out` in front of the last one that fits */
} Cut;

static void put_piece(Cut *cut, const char *bytes, size_t length)
{
  if (cut->count + 1 == cut->width) cut->cut = cut->out->size;
  if (cut->count++ <= cut->width) buffer_append(cut->out, bytes, length);
}

/* At most `width` code points of a text with its white space collapsed; padded to them where `pad`. */
static void append_cut(Buffer *out, const char *text, size_t bytes, size_t width, bool pad)
{
  Cut  cut = {.out = out, .width = width, .cut = out->size};
  bool space = false;
  for (size_t i = 0, length; i < bytes; i += length) {
    length = utf8_sequence(text + i, bytes - i);
    if (!length) length = 1;
    const bool blank = text[i] == ' ' || text[i] == '\t' || text[i] == '\r' || text[i] == '\n';
    if (!blank && space && cut.count) put_piece(&cut, " ", 1);
    if (!blank) put_piece(&cut, text + i, length);
    space = blank;
  }
  if (cut.count > width && !out->failed) {
    out->size = cut.cut;
    buffer_append_string(out, "…");
  }
  while (pad && cut.count++ < width) buffer_append_byte(out, ' ');
}

static void append_span(Buffer *out, const Document *document, Span span, size_t width, bool pad)
{
  append_cut(out, document->letter->text + span.start, span.end - span.start, width, pad);
}

/* The document's id as text: a JSON string without its quotes and escapes. */
static void append_id(Buffer *out, const char *id_json)
{
  if (!id_json) return;
  json_t     *value = json_loads(id_json, JSON_DECODE_ANY, NULL);
  const char *text = json_is_string(value) ? json_string_value(value) : id_json;
  buffer_append_string(out, text);
  json_decref(value);
}

/* ---- Table ------------------------------------------------------------------------------- */

static void append_when(Buffer *out, const TimelineRow *row)
{
  Buffer when = {0};
  if (row->value) buffer_append_string(&when, row->value);
  else buffer_printf(&when, "%s/%s", row->begin ? row->begin : "..", row->before ? row->before : "..");
  append_cut(out, when.data ? when.data : "", when.size, VALUE_WIDTH, true);
  if (when.failed) out->failed = true;
  buffer_free(&when);
}

ClaimantStatus write_timeline_table(const Document *document, const WriteOptions *options, Buffer *out)
{
  TimelineRow   *rows;
  size_t         count;
  ClaimantStatus status = timeline_collect(document, &rows, &count);
  if (status) return status;
  if (options->id_json) {
    append_id(out, options->id_json);
    buffer_append_byte(out, '\n');
  }
  for (size_t i = 0; i < count; ++i) {
    append_when(out, &rows[i]);
    buffer_append(out, "  ", 2);
    append_span(out, document, rows[i].item->span, WORDS_WIDTH, true);
    buffer_append(out, "  ", 2);
    if (rows[i].statement) buffer_printf(out, "%s: ", rows[i].statement->type->name);
    append_span(out, document, rows[i].statement ? rows[i].statement->span : rows[i].item->evidence, SENTENCE_WIDTH,
                false);
    buffer_append_byte(out, '\n');
  }
  return out->failed ? CLAIMANT_NO_MEMORY : CLAIMANT_OK;
}

/* ---- CSV --------------------------------------------------------------------------------- */

static void append_field(Buffer *out, const char *text)
{
  buffer_append_byte(out, ',');
  if (text) csv_put(out, text);
}

/* White space collapsed, so that a row is a line. */
static void append_words(Buffer *out, const Document *document, Span span)
{
  Buffer words = {0};
  append_span(&words, document, span, SIZE_MAX, false);
  append_field(out, words.data);
  if (words.failed) out->failed = true;
  buffer_free(&words);
}

static ClaimantStatus append_csv_row(Buffer *out, const Document *document, const char *id_json, const TimelineRow *row)
{
  Buffer id = {0};
  append_id(&id, id_json);
  if (id.data) csv_put(out, id.data);
  if (id.failed) out->failed = true;
  buffer_free(&id);
  append_field(out, row->begin);
  append_field(out, row->before);
  append_field(out, row->value);
  append_field(out, row->item->type->name);
  append_words(out, document, row->item->span);
  append_field(out, feature_of(row->item, "basis"));
  append_field(out, feature_of(row->item, "anchor"));
  buffer_printf(out, ",%u,%u", letter_code_point(document->letter, row->item->span.start),
                letter_code_point(document->letter, row->item->span.end));
  append_field(out, row->item->id);
  append_field(out, row->statement ? row->statement->type->name : NULL);
  append_field(out, row->statement ? row->statement->id : NULL);
  append_words(out, document, row->item->evidence);
  buffer_append(out, "\r\n", 2);
  return out->failed ? CLAIMANT_NO_MEMORY : CLAIMANT_OK;
}

ClaimantStatus write_timeline_csv(const Document *document, const WriteOptions *options, Buffer *out)
{
  TimelineRow   *rows;
  size_t         count;
  ClaimantStatus status = timeline_collect(document, &rows, &count);
  if (!status && options->with_head)
    buffer_append_string(out, "letter,begin,before,value,type,text,basis,anchor,start,end,id,statement_type,statement,"
                              "sentence\r\n");
  for (size_t i = 0; i < count && !status; ++i)
    status = append_csv_row(out, document, options->id_json, &rows[i]);
  return status ? status : out->failed ? CLAIMANT_NO_MEMORY : CLAIMANT_OK;
}

/* ---- JSON -------------------------------------------------------------------------------- */

static void put_field(Json *json, const char *name, const char *value)
{
  if (!value) return;
  json_key(json, name);
  json_put_string(json, value);
}

static void put_span(Json *json, const Document *document, Span span)
{
  json_key(json, "start");
  json_put_size(json, letter_code_point(document->letter, span.start));
  json_key(json, "end");
  json_put_size(json, letter_code_point(document->letter, span.end));
  json_key(json, "text");
  json_put_text(json, document->letter->text + span.start, span.end - span.start);
}

static void put_row(Json *json, const Document *document, const TimelineRow *row)
{
  json_begin(json, '{');
  put_field(json, "id", row->item->id);
  put_field(json, "type", row->item->type->name);
  put_field(json, "begin", row->begin);
  put_field(json, "before", row->before);
  put_field(json, "value", row->value);
  put_field(json, "basis", feature_of(row->item, "basis"));
  put_field(json, "anchor", feature_of(row->item, "anchor"));
  put_span(json, document, row->item->span);
  json_key(json, "sentence");
  json_begin(json, '{');
  put_span(json, document, row->item->evidence);
  json_end(json, '}');
  if (row->statement) {
    json_key(json, "statement");
    json_begin(json, '{');
    put_field(json, "id", row->statement->id);
    put_field(json, "type", row->statement->type->name);
    put_span(json, document, row->statement->span);
    json_end(json, '}');
  }
  json_end(json, '}');
}

ClaimantStatus write_timeline_json(const Document *document, const WriteOptions *options, Buffer *out)
{
  TimelineRow   *rows;
  size_t         count;
  Json           json = {.out = out};
  ClaimantStatus status = timeline_collect(document, &rows, &count);
  if (status) return status;
  json_begin(&json, '{');
  json_key(&json, "v");
  json_put_size(&json, 1);
  json_key(&json, "id");
  json_put_raw(&json, options->id_json ? options->id_json : "null");
  put_field(&json, "sha256", document->sha256);
  json_key(&json, "date");
  json_put_string(&json, document->meta.date);
  json_key(&json, "timeline");
  json_begin(&json, '[');
  for (size_t i = 0; i < count; ++i) put_row(&json, document, &rows[i]);
  json_end(&json, ']');
  json_end(&json, '}');
  buffer_append_byte(out, '\n');
  return out->failed ? CLAIMANT_NO_MEMORY : CLAIMANT_OK;
}
