/* What the examples of rules leave untested, for people. */
#include "cli/check.h"

#include <stdio.h>
#include <string.h>

enum { SHOWN_BYTES = 72, LINE_BYTES = 108 };

double check_percent(const Coverage *coverage)
{
  return coverage->counted_total ? 100.0 * (double)coverage->needed_total / (double)coverage->counted_total : 100.0;
}

bool check_covers_enough(const Checked *checked)
{
  const Coverage *coverage = checked->coverage;
  if (!coverage || checked->min_coverage < 0) return true;
  return check_percent(coverage) >= checked->min_coverage && coverage->unless_needed == coverage->unless_count;
}

static size_t count_needed(const Coverage *coverage, const AlternativeSource *source)
{
  size_t needed = 0;
  for (size_t i = 0; i < source->count; ++i) needed += coverage->covers[source->first + i] == COVER_NEEDED;
  return needed;
}

/* At most so many bytes of whole characters. */
static int shown(const char *text, size_t bytes)
{
  if (bytes <= SHOWN_BYTES) return (int)bytes;
  bytes = SHOWN_BYTES;
  while (bytes && ((unsigned char)text[bytes] & 0xC0U) == 0x80U) bytes--;
  return (int)bytes;
}

/* The alternatives that are covered so far and no further, with bars between them. */
static void print_alternatives(const Coverage *coverage, const AlternativeSource *source, Cover cover, const char *title)
{
  int column = 0;
  for (size_t i = 0; i < source->count; ++i) {
    const char *text = source->alternatives[i].shown;
    size_t      bytes = strlen(text);
    int         length = shown(text, bytes);
    if (coverage->covers[source->first + i] != cover) continue;
    if (!column) column = printf("    %s ", title);
    else if (column + length > LINE_BYTES) column = printf("\n      | ") - 1;
    else column += printf(" | ");
    column += printf("%.*s%s", length, text, bytes > SHOWN_BYTES ? "..." : bytes ? "" : "(nothing)");
  }
  if (column) putchar('\n');
}

static void print_source(const Coverage *coverage, const AlternativeSource *source, const char *bold, const char *plain)
{
  size_t needed = count_needed(coverage, source);
  if (needed == source->count) return;
  printf("  %s:%zu: %s %s%s%s: %zu of %zu alternatives covered\n", source->file, source->line, source->rule ? "rule" : "macro", bold,
         source->rule ? source->rule->id : source->macro->name, plain, needed, source->count);
  print_alternatives(coverage, source, COVER_UNREACHED, "never reached:");
  print_alternatives(coverage, source, COVER_UNNEEDED, "never needed:");
}

/* The rows of one table, from its first on; the first of the next table. */
static size_t print_rows(const Coverage *coverage, size_t first)
{
  const Table *table = coverage->rows[first].table;
  int          column = 0;
  for (; first < coverage->row_count && coverage->rows[first].table == table; ++first) {
    const char *key = coverage->rows[first].row->key;
    if (coverage->rows[first].needed) continue;
    if (!column) column = printf("  %s:%zu: table %s: no example needs the rows ", table->file, table->line, table->name);
    else if (column + (int)strlen(key) > LINE_BYTES) column = printf("\n      | ") - 1;
    else column += printf(" | ");
    column += printf("%s", key);
  }
  if (column) putchar('\n');
  return first;
}

static void print_rest(const Coverage *coverage)
{
  for (size_t i = 0; i < coverage->unless_count; ++i)
    if (!coverage->unless[i].needed)
      printf("  %s:%zu: rule %s: no counter needs this <unless>: %s\n", coverage->unless[i].rule->file,
             coverage->unless[i].unless->pattern->line, coverage->unless[i].rule->id, coverage->unless[i].unless->pattern->source);
  for (size_t i = 0; i < coverage->row_count; i = print_rows(coverage, i)) {}
  for (size_t i = 0; i < coverage->unused_count; ++i) {
    const Unused *unused = &coverage->unused[i];
    printf("  %s:%zu: the %s %s is used by nothing; take it out\n", unused->file, unused->line, unused->kind, unused->name);
  }
  for (size_t i = 0; i < coverage->winless_count; ++i)
    printf("  %s:%zu: rule %s wins no example of its own; others find all that it does\n", coverage->winless[i]->file,
           coverage->winless[i]->line, coverage->winless[i]->id);
  for (size_t i = 0; i < coverage->tie_count; ++i) {
    const Rule *winner = coverage->ties[i].winner, *loser = coverage->ties[i].loser;
    printf("  %s:%zu: rule %s ties with %s (%s:%zu) in an example, and loses only because it stands later; give one a "
           "priority\n",
           loser->file, loser->line, loser->id, winner->id, winner->file, winner->line);
  }
}

void check_print_coverage(const Checked *checked, bool colour)
{
  const Coverage *coverage = checked->coverage;
  const char     *bold = colour ? "\033[1m" : "", *plain = colour ? "\033[0m" : "";
  printf("%sCoverage%s\n", bold, plain);
  for (size_t i = 0; i < coverage->alternatives.count; ++i)
    if (coverage->counted[i]) print_source(coverage, &coverage->alternatives.sources[i], bold, plain);
  print_rest(coverage);
  printf("%zu of %zu alternatives covered (%.1f %%), %zu of %zu unless, %zu of %zu table rows\n", coverage->needed_total,
         coverage->counted_total, check_percent(coverage), coverage->unless_needed, coverage->unless_count, coverage->rows_needed,
         coverage->row_count);
  if (!check_covers_enough(checked))
    printf("less than was asked for: at least %g %% of the alternatives, and every unless\n", checked->min_coverage);
}
