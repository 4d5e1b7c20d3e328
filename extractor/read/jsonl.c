#include "read/jsonl.h"

#include "base/arena.h"
#include "base/calendar.h"
#include "base/language.h"

#include <jansson.h>
#include <string.h>

struct JsonLineMemory {
  Arena  *arena;
  json_t *object; /* NULL when the line is not a JSON object */
};

/* Numbers too large for an integer are somebody else's identifiers: accepted, echoed as written. */
enum { DECODE = JSON_ALLOW_NUL | JSON_DECODE_INT_AS_REAL };

/* ---- The id as it was written ------------------------------------------------------------
 * jansson keeps values, not their spelling: 1.10 would come back as 1.1, and a line it refuses
 * for one bad string would lose its id. So the id is cut out of the line itself. */

static bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

static const char *skip_space(const char *at, const char *end)
{
  while (at < end && is_space(*at)) at++;
  return at;
}

/* From an opening quote to behind the closing one, or to the end. */
static const char *skip_string(const char *at, const char *end)
{
  for (at++; at < end && *at != '"'; ++at) {
    if (*at == '\\') at++;
  }
  return at < end ? at + 1 : end;
}

static const char *skip_value(const char *at, const char *end)
{
  if (at < end && *at == '"') return skip_string(at, end);
  size_t depth = 0;
  while (at < end) {
    char c = *at;
    if (c == '"') {
      at = skip_string(at, end);
      continue;
    }
    if (!depth && (c == ',' || c == '}' || c == ']' || is_space(c))) break;
    if (c == '{' || c == '[') depth++;
    if ((c == '}' || c == ']') && --depth == 0) return at + 1;
    at++;
  }
  return at;
}

/* The value of the last "id" of an object. False when there is none to be seen. */
static bool find_id(const char *line, size_t bytes, const char **value, size_t *length)
{
  const char *end = line + bytes, *at = skip_space(line, end);
  bool        found = false;
  if (at == end || *at != '{') return false;
  at = skip_space(at + 1, end);
  while (at < end && *at == '"') {
    const char *name = at;
    at = skip_string(at, end);
    bool is_id = at - name == 4 && memcmp(name, "\"id\"", 4) == 0;
    at = skip_space(at, end);
    if (at == end || *at != ':') break;
    at = skip_space(at + 1, end);
    const char *start = at;
    at = skip_value(at, end);
    if (is_id) *value = start, *length = (size_t)(at - start), found = true;
    at = skip_space(at, end);
    if (at == end || *at != ',') break;
    at = skip_space(at + 1, end);
  }
  return found;
}

/* The id, if it is a JSON value by itself; NULL where there is none. */
static ClaimantStatus read_id(JsonLine *out, const char *line, size_t bytes)
{
  const char *value;
  size_t      length;
  if (!find_id(line, bytes, &value, &length)) return CLAIMANT_OK;
  json_t *id = json_loadb(value, length, DECODE | JSON_DECODE_ANY, NULL);
  if (!id) return CLAIMANT_OK;
  json_decref(id);
  out->id_json = arena_copy(out->memory->arena, value, length);
  return out->id_json ? CLAIMANT_OK : CLAIMANT_NO_MEMORY;
}

/* ---- Fields --------------------------------------------------------------------------------- */

static ClaimantStatus fail(JsonLine *out, const char *code, char *message)
{
  out->error_code = code;
  out->error_message = message;
  return message ? CLAIMANT_BAD_DATA : CLAIMANT_NO_MEMORY;
}

static ClaimantStatus read_string(JsonLine *out, const char *name, const char **text, size_t *size)
{
  Arena        *arena = out->memory->arena;
  const json_t *value = json_object_get(out->memory->object, name);
  if (!value || json_is_null(value)) return CLAIMANT_OK;
  if (!json_is_string(value)) {
    return fail(out, "bad-field", arena_printf(arena, "\"%s\" is no string; a string was expected", name));
  }
  *text = json_string_value(value);
  *size = json_string_length(value);
  if (!memchr(*text, '\0', *size)) return CLAIMANT_OK;
  *text = NULL;
  return fail(out, "bad-text",
              arena_printf(arena, "\"%s\" holds U+0000; text without it was expected", name));
}

/* A date of another form loses no document: the letter's own words may give it. */
static ClaimantStatus check_date(JsonLine *out)
{
  const char *date = out->date;
  Moment      day;
  if (!date || (strlen(date) == 10 && calendar_parse(date, &day))) return CLAIMANT_OK;
  out->date = NULL;
  out->remark = arena_printf(out->memory->arena, "\"date\" is \"%s\" and was left out; a day of the calendar, YYYY-MM-DD, was expected", date);
  return out->remark ? CLAIMANT_OK : CLAIMANT_NO_MEMORY;
}

static ClaimantStatus check_genre(JsonLine *out)
{
  const char *genre = out->genre;
  if (!genre || !strcmp(genre, "letter") || !strcmp(genre, "news") || !strcmp(genre, "narrative")) {
    return CLAIMANT_OK;
  }
  return fail(
      out, "bad-genre",
      arena_printf(out->memory->arena, "\"genre\" is \"%s\"; letter, news or narrative was expected", genre));
}

static ClaimantStatus check_language(JsonLine *out)
{
  const char *tag = out->language;
  if (!tag || language_is_valid(tag)) return CLAIMANT_OK;
  return fail(out, "bad-language",
              arena_printf(out->memory->arena, "\"language\" is \"%s\"; a language tag like en or pt-BR was expected", tag));
}

static ClaimantStatus read_fields(JsonLine *out)
{
  const char    *html = NULL;
  size_t         html_size = 0, ignored;
  ClaimantStatus st = read_string(out, "text", &out->text, &out->size);
  if (!st) st = read_string(out, "html", &html, &html_size);
  if (!st) st = read_string(out, "path", &out->path, &ignored);
  if (!st) st = read_string(out, "date", &out->date, &ignored);
  if (!st) st = read_string(out, "genre", &out->genre, &ignored);
  if (!st) st = read_string(out, "language", &out->language, &ignored);
  if (!st) st = read_string(out, "iri", &out->iri, &ignored);
  if (!st) st = check_date(out);
  if (!st) st = check_genre(out);
  if (!st) st = check_language(out);
  if (st) return st;
  if (!out->text && html) out->text = html, out->size = html_size, out->format = CLAIMANT_HTML;
  if (out->text) out->path = NULL;
  if (out->text || out->path) return CLAIMANT_OK;
  return fail(
      out, "no-text",
      arena_copy_string(out->memory->arena, "none of \"text\", \"html\" and \"path\"; one was expected"));
}

/* jansson has one code for every fault of a string; its text tells the surrogates apart. */
static bool is_lone_surrogate(const json_error_t *error)
{
  return strncmp(error->text, "invalid Unicode", strlen("invalid Unicode")) == 0;
}

static ClaimantStatus fail_to_parse(JsonLine *out, const char *line, size_t bytes, const json_error_t *error)
{
  Arena *arena = out->memory->arena;
  if (json_error_code(error) == json_error_out_of_memory) return CLAIMANT_NO_MEMORY;
  if (is_lone_surrogate(error)) {
    ClaimantStatus st = read_id(out, line, bytes);
    if (st) return st;
    return fail(out, "bad-text",
                arena_printf(arena,
                             "a string holds a lone surrogate (column %d), which UTF-8 cannot carry; "
                             "pairs of them were expected",
                             error->column));
  }
  return fail(out, "bad-json",
              arena_printf(arena, "not JSON: %s (column %d); one JSON object was expected", error->text,
                           error->column));
}

ClaimantStatus jsonl_read(const char *line, size_t bytes, JsonLine *out)
{
  *out = (JsonLine){.format = CLAIMANT_TEXT};
  Arena *arena = arena_new();
  out->memory = arena ? arena_alloc(arena, sizeof *out->memory) : NULL;
  if (!out->memory) return arena_free(arena), CLAIMANT_NO_MEMORY;
  out->memory->arena = arena;

  json_error_t error;
  json_t      *value = json_loadb(line, bytes, DECODE | JSON_DECODE_ANY, &error);
  if (!value) return fail_to_parse(out, line, bytes, &error);
  out->memory->object = value;
  if (!json_is_object(value)) {
    return fail(out, "bad-json",
                arena_copy_string(arena, "JSON, but no object; one JSON object was expected"));
  }
  ClaimantStatus st = read_id(out, line, bytes);
  return st ? st : read_fields(out);
}

void jsonl_free(JsonLine *line)
{
  if (!line->memory) return;
  json_decref(line->memory->object);
  arena_free(line->memory->arena);
  *line = (JsonLine){0};
}
