/* Decisions from a file: CSV with its columns in any order, or Turtle. */
#include "review/decision.h"

#include "base/rdf.h"
#include "graph/names.h"
#include "base/csv.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

typedef struct {
  DecisionSet   *set;
  const char    *file;
  Diagnostics   *list;
  ClaimantStatus status; /* the worst so far */
} Reading;

static void fault(Reading *r, size_t line, const char *message)
{
  diagnostics_add(r->list, CLAIMANT_ERROR, "bad-decisions", (Place){.file = r->file, .line = line}, "%s", message);
  r->status = CLAIMANT_BAD_DATA;
}

static void add(Reading *r, const DecisionRow *row)
{
  ClaimantStatus st = decision_add(r->set, r->file, row, r->list);
  if (st && r->status != CLAIMANT_NO_MEMORY) r->status = st;
}

/* ---- CSV ---- */

static void missing(Reading *r, const bool *seen)
{
  static const Column optional[] = {COLUMN_RULE,      COLUMN_EVIDENCE, COLUMN_NOTE,     COLUMN_NEW_TYPE,
                                    COLUMN_NEW_START, COLUMN_NEW_END,  COLUMN_NEW_TEXT, COLUMN_NEW_VALUES};
  for (size_t i = 0; i < COLUMNS; ++i) {
    bool needed = !seen[i];
    for (size_t o = 0; o < sizeof optional / sizeof *optional; ++o) needed = needed && optional[o] != (Column)i;
    if (!needed) continue;
    diagnostics_add(r->list, CLAIMANT_ERROR, "bad-decisions", (Place){.file = r->file, .line = 1},
                    "the column %s is missing; the first line was expected to name the columns", column_names[i]);
    r->status = CLAIMANT_BAD_DATA;
  }
}

/* Which column each cell is: COLUMNS for one that is not ours. */
static bool read_head(Reading *r, const char **cells, size_t count, Column *columns)
{
  bool seen[COLUMNS] = {false};
  for (size_t i = 0; i < count; ++i) {
    columns[i] = 0;
    while (columns[i] < COLUMNS && strcmp(cells[i], column_names[columns[i]]) != 0) columns[i]++;
    if (columns[i] == COLUMNS) continue;
    if (seen[columns[i]]) fault(r, 1, "a column is there twice");
    seen[columns[i]] = true;
  }
  missing(r, seen);
  return !r->status;
}

static void read_line(Reading *r, const char **cells, size_t count, const Column *columns, size_t line)
{
  DecisionRow row = {.line = line};
  for (size_t i = 0; i < count; ++i)
    if (columns[i] < COLUMNS) row.cells[columns[i]] = cells[i];
  add(r, &row);
}

static void read_csv(Reading *r, const char *data, size_t bytes)
{
  Csv          csv;
  const char **cells = NULL;
  size_t       count = 0, expected, line = 1;
  csv_begin(&csv, data, bytes);
  if (!csv_row(&csv, r->set->arena, &cells, &expected, &line)) {
    fault(r, csv.fault ? csv.fault_line : 1, csv.fault ? csv.fault : "there is nothing in it; decisions were expected");
    return;
  }
  Column *columns = arena_alloc(r->set->arena, expected * sizeof *columns);
  if (!columns) r->status = CLAIMANT_NO_MEMORY;
  if (!columns || !read_head(r, cells, expected, columns)) return;
  while (csv_row(&csv, r->set->arena, &cells, &count, &line)) {
    if (count == expected) {
      read_line(r, cells, count, columns, line);
      continue;
    }
    diagnostics_add(r->list, CLAIMANT_ERROR, "bad-decisions", (Place){.file = r->file, .line = line},
                    "%zu cells; %zu were expected", count, expected);
    r->status = CLAIMANT_BAD_DATA;
  }
  if (csv.fault) fault(r, csv.fault_line, csv.fault);
  else if (csv.at < csv.size) r->status = CLAIMANT_NO_MEMORY;
}

/* ---- Turtle ---- */

static const char *const predicates[COLUMNS] = {
    [COLUMN_LETTER] = NS_CLM "letterName",   [COLUMN_SHA256] = NS_SCHEMA "sha256", [COLUMN_ITEM] = NS_CLM "decides",
    [COLUMN_TYPE] = NS_CLM "itemType",       [COLUMN_RULE] = NS_CLM "rule",        [COLUMN_START] = NS_OA "start",
    [COLUMN_END] = NS_OA "end",              [COLUMN_TEXT] = NS_OA "exact",        [COLUMN_EVIDENCE] = NS_CLM "sentence",
    [COLUMN_DECISION] = NS_CLM "verdict",    [COLUMN_REVIEWER] = NS_CLM "reviewer", [COLUMN_NOTE] = NS_RDFS "comment",
    [COLUMN_NEW_TYPE] = NS_CLM "newType",    [COLUMN_NEW_START] = NS_CLM "newStart", [COLUMN_NEW_END] = NS_CLM "newEnd",
    [COLUMN_NEW_TEXT] = NS_CLM "newText",    [COLUMN_NEW_VALUES] = NS_CLM "newValues"};

typedef struct Node {
  const char  *subject;
  bool         decision;
  DecisionRow  row;
  struct Node *next;
} Node;

typedef struct {
  Reading *r;
  Node    *nodes, **last, *current;
} Nodes;

/* Statements of one subject mostly come together. NULL: no memory. */
static Node *node_of(Nodes *nodes, const RdfTriple *triple)
{
  if (nodes->current && !strcmp(nodes->current->subject, triple->subject)) return nodes->current;
  for (Node *node = nodes->nodes; node; node = node->next)
    if (!strcmp(node->subject, triple->subject)) return nodes->current = node;
  Node *node = arena_alloc(nodes->r->set->arena, sizeof *node);
  if (!node || !(node->subject = arena_copy_string(nodes->r->set->arena, triple->subject))) return NULL;
  node->row.line = triple->line;
  *nodes->last = node;
  nodes->last = &node->next;
  return nodes->current = node;
}

static const char *fragment_of(const char *iri)
{
  const char *hash = strrchr(iri, '#');
  return hash ? hash + 1 : iri;
}

static const char *cell_of(Column column, const char *object)
{
  if (column == COLUMN_ITEM || column == COLUMN_RULE) return fragment_of(object);
  if (column != COLUMN_DECISION) return object;
  const char *name = fragment_of(object);
  return strncmp(name, "verdict-", strlen("verdict-")) ? name : name + strlen("verdict-");
}

static ClaimantStatus take_triple(void *user, const RdfTriple *triple)
{
  Nodes *nodes = user;
  Node  *node = node_of(nodes, triple);
  if (!node) return CLAIMANT_NO_MEMORY;
  if (!strcmp(triple->predicate, RDF_TYPE) && !strcmp(triple->object, NS_CLM "Decision")) node->decision = true;
  for (size_t i = 0; i < COLUMNS; ++i) {
    if (strcmp(triple->predicate, predicates[i]) != 0) continue;
    if (node->row.cells[i]) fault(nodes->r, triple->line, "a decision has two values where one was expected");
    node->row.cells[i] = arena_copy_string(nodes->r->set->arena, cell_of((Column)i, triple->object));
    if (!node->row.cells[i]) return CLAIMANT_NO_MEMORY;
  }
  return CLAIMANT_OK;
}

static void take_fault(void *user, size_t line, const char *message)
{
  Nodes *nodes = user;
  diagnostics_add(nodes->r->list, CLAIMANT_ERROR, "bad-turtle", (Place){.file = nodes->r->file, .line = line},
                  "%s; whole Turtle was expected, and the file may have been cut", message);
  nodes->r->status = CLAIMANT_BAD_DATA;
}

static void take_nodes(Reading *r, const Node *node)
{
  size_t decisions = 0;
  for (; node; node = node->next) {
    if (!node->decision) continue;
    decisions++;
    add(r, &node->row);
  }
  if (!decisions) fault(r, 1, "there is no clm:Decision in it");
}

static void read_turtle(Reading *r, const char *data, size_t bytes)
{
  Nodes   nodes = {.r = r};
  RdfSink sink = {.triple = take_triple, .fault = take_fault, .user = &nodes};
  FILE   *file = fmemopen((void *)(uintptr_t)data, bytes, "r"); /* which only reads */
  nodes.last = &nodes.nodes;
  ClaimantStatus st = file ? rdf_read(file, RDF_TURTLE, NULL, &sink) : CLAIMANT_NO_MEMORY;
  if (file) fclose(file);
  if (st) r->status = st;
  else if (!r->status) take_nodes(r, nodes.nodes);
}

/* ---- Either ---- */

static bool is_turtle(const char *data, size_t bytes)
{
  size_t at = 0;
  while (at < bytes && strchr(" \t\r\n", data[at]) && data[at]) at++;
  const char *const starts[] = {"@prefix", "PREFIX", "#", "<"};
  for (size_t i = 0; i < sizeof starts / sizeof *starts; ++i)
    if (bytes - at >= strlen(starts[i]) && !memcmp(data + at, starts[i], strlen(starts[i]))) return true;
  return false;
}

ClaimantStatus decisions_read(DecisionSet *set, const char *file, const char *data, size_t bytes, Diagnostics *list)
{
  Reading r = {.set = set, .file = file, .list = list};
  if (is_turtle(data, bytes)) read_turtle(&r, data, bytes);
  else read_csv(&r, data, bytes);
  return r.status;
}
