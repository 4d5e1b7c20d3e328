#include "write/context.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* An IRI from "prefix:name"; one that begins with no prefix is whole. NULL: out of memory. */
static const char *expand(Arena *arena, const Context *context, const char *name)
{
  const char *colon = strchr(name, ':');
  size_t      length = colon ? (size_t)(colon - name) : 0;
  for (size_t i = 0; colon && i < context->prefix_count; ++i) {
    const ContextPrefix *prefix = &context->prefixes[i];
    if (strlen(prefix->name) == length && !memcmp(prefix->name, name, length))
      return arena_printf(arena, "%s%s", prefix->iri, colon + 1);
  }
  return arena_copy_string(arena, name);
}

static ClaimantStatus add_prefix(Arena *arena, Context *context, const char *name, const char *iri)
{
  ContextPrefix *prefix = &context->prefixes[context->prefix_count++];
  *prefix = (ContextPrefix){arena_copy_string(arena, name), arena_copy_string(arena, iri)};
  return prefix->name && prefix->iri ? CLAIMANT_OK : CLAIMANT_NO_MEMORY;
}

static ClaimantStatus add_term(Arena *arena, Context *context, const char *name, const json_t *value)
{
  const char *id = json_is_string(value) ? json_string_value(value) : json_string_value(json_object_get(value, "@id"));
  const char *type = json_string_value(json_object_get(value, "@type"));
  if (!id) return CLAIMANT_INTERNAL;
  ContextTerm *term = &context->terms[context->term_count++];
  *term = (ContextTerm){.name = arena_copy_string(arena, name),
                        .iri = expand(arena, context, id),
                        .type = type ? expand(arena, context, type) : NULL,
                        .no_words = json_is_null(json_object_get(value, "@language"))};
  return term->name && term->iri && (!type || term->type) ? CLAIMANT_OK : CLAIMANT_NO_MEMORY;
}

static int by_iri(const void *left, const void *right)
{
  return strcmp(((const ContextTerm *)left)->iri, ((const ContextTerm *)right)->iri);
}

/* A prefix ends where a name may begin: its IRI has a colon and ends in # or /. */
static bool is_prefix(const json_t *value)
{
  const char *iri = json_string_value(value);
  size_t      length = iri ? strlen(iri) : 0;
  return length && (iri[length - 1] == '#' || iri[length - 1] == '/');
}

static ClaimantStatus read_entries(Arena *arena, json_t *object, bool prefixes, Context *context)
{
  const char *name;
  json_t     *value;
  json_object_foreach(object, name, value) {
    ClaimantStatus st = CLAIMANT_OK;
    if (*name == '@' || is_prefix(value) != prefixes) continue;
    if (prefixes) st = add_prefix(arena, context, name, json_string_value(value));
    else st = add_term(arena, context, name, value);
    if (st) return st;
  }
  return CLAIMANT_OK;
}

static ClaimantStatus read_object(Arena *arena, json_t *object, Context *context)
{
  size_t size = json_object_size(object) + 1;
  context->prefixes = arena_alloc(arena, size * sizeof *context->prefixes);
  context->terms = arena_alloc(arena, size * sizeof *context->terms);
  if (!context->prefixes || !context->terms) return CLAIMANT_NO_MEMORY;
  ClaimantStatus st = read_entries(arena, object, true, context);
  if (!st) st = read_entries(arena, object, false, context);
  if (st) return st;
  qsort(context->terms, context->term_count, sizeof *context->terms, by_iri);
  char *json = json_dumps(object, JSON_COMPACT);
  context->json = json ? arena_copy_string(arena, json) : NULL;
  free(json);
  return context->json ? CLAIMANT_OK : CLAIMANT_NO_MEMORY;
}

ClaimantStatus context_read(Arena *arena, const char *text, Context *context)
{
  json_error_t   error;
  json_t        *root = json_loads(text, JSON_REJECT_DUPLICATES, &error);
  json_t        *object = json_object_get(root, "@context");
  ClaimantStatus st = CLAIMANT_INTERNAL;
  *context = (Context){0};
  if (!root && json_error_code(&error) == json_error_out_of_memory) st = CLAIMANT_NO_MEMORY;
  if (json_is_object(object)) st = read_object(arena, object, context);
  json_decref(root);
  return st;
}

const ContextTerm *context_term(const Context *context, const char *iri)
{
  ContextTerm key = {.iri = iri};
  return bsearch(&key, context->terms, context->term_count, sizeof key, by_iri);
}
