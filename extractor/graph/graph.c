#include "graph/graph.h"

#include "base/language.h"
#include "base/utf8.h"
#include "graph/names.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

Graph *graph_new(void)
{
  Arena *arena = arena_new();
  Graph *graph = arena ? arena_alloc(arena, sizeof *graph) : NULL;
  if (!graph) return arena_free(arena), NULL;
  graph->arena = arena;
  return graph;
}

void graph_free(Graph *graph)
{
  if (graph) arena_free(graph->arena);
}

void graph_fail(Graph *graph, ClaimantStatus status, const char *format, ...)
{
  if (graph->status) return;
  graph->status = status;
  if (!format) return;
  va_list args;
  va_start(args, format);
  graph->fault = arena_vprintf(graph->arena, format, args);
  va_end(args);
}

const char *graph_text(Graph *graph, const char *format, ...)
{
  va_list args;
  va_start(args, format);
  const char *text = arena_vprintf(graph->arena, format, args);
  va_end(args);
  if (!text) graph_fail(graph, CLAIMANT_NO_MEMORY, NULL);
  return text;
}

void graph_set_language(Graph *graph, const char *tag)
{
  graph->language = NULL;
  if (!tag || !*tag) return;
  if (!language_is_valid(tag)) {
    graph_fail(graph, CLAIMANT_BAD_DATA, "\"%s\" is not a language tag", tag);
    return;
  }
  char *lower = arena_copy_string(graph->arena, tag);
  if (!lower) {
    graph_fail(graph, CLAIMANT_NO_MEMORY, NULL);
    return;
  }
  for (char *at = lower; *at; ++at) *at = (char)tolower((unsigned char)*at);
  graph->language = lower;
}

void graph_add_prefix(Graph *graph, const char *name, const char *iri)
{
  if (graph->prefix_count == GRAPH_PREFIXES) graph_fail(graph, CLAIMANT_INTERNAL, NULL);
  else graph->prefixes[graph->prefix_count++] = (GraphPrefix){name, iri};
}

/* Whether `iri` may be written; says so when not. */
static bool check_iri(Graph *graph, const char *iri)
{
  if (graph->status) return false;
  if (!iri) return graph_fail(graph, CLAIMANT_NO_MEMORY, NULL), false;
  const char **checked = &graph->checked[((uintptr_t)iri >> 3) % GRAPH_CHECKED];
  if (*checked == iri) return true;
  if (iri_is_valid(iri)) return *checked = iri, true;
  bool utf8 = utf8_valid_prefix(iri, strlen(iri)) == strlen(iri);
  graph_fail(graph, CLAIMANT_BAD_DATA, "\"%s\" is not an IRI", utf8 ? iri : "(not UTF-8)");
  return false;
}

static void add(Graph *graph, const char *subject, const char *predicate, Term object)
{
  if (!check_iri(graph, subject) || !check_iri(graph, predicate)) return;
  Statement *statements =
      arena_grow(graph->arena, graph->statements, graph->count, &graph->capacity, sizeof *statements);
  if (!statements) {
    graph_fail(graph, CLAIMANT_NO_MEMORY, NULL);
    return;
  }
  graph->statements = statements;
  statements[graph->count++] = (Statement){subject, predicate, object};
}

void graph_add_iri(Graph *graph, const char *subject, const char *predicate, const char *object)
{
  if (check_iri(graph, object)) add(graph, subject, predicate, (Term){TERM_IRI, object, NULL, NULL});
}

static void add_literal(Graph *graph, const char *subject, const char *predicate, Term term)
{
  if (!term.text) graph_fail(graph, CLAIMANT_NO_MEMORY, NULL);
  if (graph->status || (term.datatype && !check_iri(graph, term.datatype))) return;
  ClaimantStatus st = literal_canonical(graph->arena, term.text, term.datatype, &term.text);
  if (st == CLAIMANT_BAD_DATA) {
    bool utf8 = utf8_valid_prefix(term.text, strlen(term.text)) == strlen(term.text);
    graph_fail(graph, st, "\"%s\" is no value of %s (property %s)", utf8 ? term.text : "(not UTF-8)",
               term.datatype ? term.datatype : XSD_STRING, predicate);
  } else if (st) graph_fail(graph, st, NULL);
  else add(graph, subject, predicate, term);
}

void graph_add_words(Graph *graph, const char *subject, const char *predicate, const char *text)
{
  add_literal(graph, subject, predicate, (Term){TERM_LITERAL, text, graph->language, NULL});
}

void graph_add_literal(Graph *graph, const char *subject, const char *predicate, const char *text,
                       const char *datatype)
{
  if (datatype && !strcmp(datatype, XSD_STRING)) datatype = NULL;
  add_literal(graph, subject, predicate, (Term){TERM_LITERAL, text, NULL, datatype});
}

static int compare_strings(const char *a, const char *b)
{
  if (a == b) return 0;
  return strcmp(a ? a : "", b ? b : "");
}

static int compare(const void *left, const void *right)
{
  const Statement *a = left, *b = right;
  int              order = compare_strings(a->subject, b->subject);
  if (!order) order = compare_strings(a->predicate, b->predicate);
  if (!order) order = (int)a->object.kind - (int)b->object.kind;
  if (!order) order = compare_strings(a->object.text, b->object.text);
  if (!order) order = compare_strings(a->object.language, b->object.language);
  if (!order) order = compare_strings(a->object.datatype, b->object.datatype);
  return order;
}

ClaimantStatus graph_finish(Graph *graph)
{
  if (graph->status || !graph->count) return graph->status;
  qsort(graph->statements, graph->count, sizeof *graph->statements, compare);
  Statement *all = graph->statements;
  size_t     kept = 1;
  for (size_t i = 1; i < graph->count; ++i)
    if (compare(&all[kept - 1], &all[i])) all[kept++] = all[i];
  graph->count = kept;
  return CLAIMANT_OK;
}
