#include "graph/time.h"

#include "base/calendar.h"
#include "graph/names.h"

#include <stdlib.h>
#include <string.h>

#define CLM_DATE NS_CLM "date"
#define CLM_BEGIN NS_CLM "begin"
#define CLM_END NS_CLM "end"

static const char *date_datatype(const char *text, size_t bytes)
{
  if (date_is_valid(text, bytes)) return XSD_DATE;
  if (year_month_is_valid(text, bytes)) return XSD_YEAR_MONTH;
  if (year_is_valid(text, bytes)) return XSD_YEAR;
  return NULL;
}

bool date_write(Graph *graph, const char *subject, const char *predicate, const char *text, size_t bytes)
{
  const char *datatype = date_datatype(text, bytes);
  if (!datatype) return false;
  graph_add_literal(graph, subject, predicate, arena_copy(graph->arena, text, bytes), datatype);
  return true;
}

static void interval_write(Graph *graph, const char *subject, const char *begin, const char *end)
{
  if (graph->status) return;
  graph_add_iri(graph, subject, RDF_TYPE, NS_TIME "ProperInterval");
  date_write(graph, subject, CLM_BEGIN, begin, strlen(begin));
  date_write(graph, subject, CLM_END, end, strlen(end));
}

/* ---- Half-open intervals ------------------------------------------------------------ */

static void border_write(Graph *graph, const char *subject, const char *predicate, const char *text, size_t bytes)
{
  const size_t day = 10; /* of "2017-05-01T09:30:00" */
  if (!memcmp(text, "..", bytes < 2 ? bytes : 2) || bytes < day || !date_is_valid(text, day)) return;
  graph_add_literal(graph, subject, predicate, arena_copy(graph->arena, text, bytes),
                    bytes > day ? XSD_DATETIME : XSD_DATE);
}

void span_write(Graph *graph, const char *subject, const char *value)
{
  const char *slash = strchr(value, '/');
  if (!slash || graph->status) return;
  border_write(graph, subject, NS_CLM "notBefore", value, (size_t)(slash - value));
  border_write(graph, subject, NS_CLM "before", slash + 1, strlen(slash + 1));
}

/* ---- Weeks -------------------------------------------------------------------- */

static const char *date_of(Graph *graph, long days)
{
  const Moment day = calendar_day(days);
  return graph_text(graph, "%04d-%02d-%02d", day.year, day.month, day.day);
}

/* Monday of the first ISO week: the one that holds 4 January. */
static long first_monday(long year) { return moment_first_day(calendar_week(calendar_days((int)year, 1, 4))); }

static bool week_write(Graph *graph, const char *subject, const char *value)
{
  if (strlen(value) != 8 || strncmp(value + 4, "-W", 2) != 0 || !year_is_valid(value, 4)) return false;
  if (strspn(value + 6, "0123456789") != 2) return false;
  long year = strtol(value, NULL, 10), week = strtol(value + 6, NULL, 10);
  long monday = first_monday(year) + (week - 1) * 7;
  if (week < 1 || monday >= first_monday(year + 1)) return false;
  interval_write(graph, subject, date_of(graph, monday), date_of(graph, monday + 6));
  return true;
}

/* ---- Parts of years and runs of years --------------------------------------------- */

static bool part_of_year_write(Graph *graph, const char *subject, const char *value)
{
  if (strlen(value) != 7 || value[4] != '-' || !year_is_valid(value, 4)) return false;
  int part = value[6] - '0', months = value[5] == 'Q' ? 3 : value[5] == 'H' ? 6 : 0;
  if (!months || part < 1 || part > 12 / months) return false;
  interval_write(graph, subject, graph_text(graph, "%.4s-%02d", value, (part - 1) * months + 1),
                 graph_text(graph, "%.4s-%02d", value, part * months));
  return true;
}

/* "201" is the 2010s, "19" the 1900s. */
static bool years_write(Graph *graph, const char *subject, const char *value)
{
  size_t digits = strspn(value, "0123456789");
  if (value[digits] || (digits != 2 && digits != 3) || value[0] == '0') return false;
  interval_write(graph, subject, graph_text(graph, "%s%s", value, digits == 2 ? "00" : "0"),
                 graph_text(graph, "%s%s", value, digits == 2 ? "99" : "9"));
  return true;
}

/* ---- Durations ----------------------------------------------------------------------- */

/* P3W is P21D, P2DE (decades) P20Y, P1CE (centuries) P100Y; other values are as XML Schema has them, or
 * none of it. */
static const char *duration_of(Graph *graph, const char *text, size_t bytes)
{
  static const struct {
    const char *unit;
    long        times;
    char        becomes;
  } units[] = {{"W", 7, 'D'}, {"DE", 10, 'Y'}, {"CE", 100, 'Y'}};
  const char *value = arena_copy(graph->arena, text, bytes), *canonical = NULL;
  if (!value) return NULL;
  size_t digits = *value == 'P' ? strspn(value + 1, "0123456789") : 0;
  for (size_t i = 0; digits && digits < 8 && i < sizeof units / sizeof *units; ++i)
    if (!strcmp(value + 1 + digits, units[i].unit))
      return graph_text(graph, "P%ld%c", strtol(value + 1, NULL, 10) * units[i].times, units[i].becomes);
  return literal_canonical(graph->arena, value, XSD_DURATION, &canonical) == CLAIMANT_OK ? canonical : NULL;
}

static void duration_write(Graph *graph, const char *subject, const char *predicate, const char *text,
                           size_t bytes)
{
  const char *duration = duration_of(graph, text, bytes);
  if (duration) graph_add_literal(graph, subject, predicate, duration, XSD_DURATION);
}

/* ---- The value ------------------------------------------------------------------------- */

static void pair_write(Graph *graph, const char *subject, const char *value, const char *slash)
{
  size_t first = (size_t)(slash - value), second = strlen(slash + 1);
  if (*value == 'P' && slash[1] == 'P') {
    duration_write(graph, subject, NS_CLM "minDuration", value, first);
    duration_write(graph, subject, NS_CLM "maxDuration", slash + 1, second);
    return;
  }
  bool begins = date_datatype(value, first), ends = date_datatype(slash + 1, second);
  bool open = !first || !second || !strcmp(slash + 1, "..") || !strncmp(value, "../", 3);
  if (!(begins && ends) && !(open && (begins || ends))) return;
  graph_add_iri(graph, subject, RDF_TYPE, NS_TIME "ProperInterval");
  date_write(graph, subject, CLM_BEGIN, value, first);
  date_write(graph, subject, CLM_END, slash + 1, second);
}

void time_write(Graph *graph, const char *subject, const char *value)
{
  if (graph->status) return;
  const char *slash = strchr(value, '/');
  if (slash) pair_write(graph, subject, value, slash);
  else if (*value == 'P') duration_write(graph, subject, NS_CLM "duration", value, strlen(value));
  else if (week_write(graph, subject, value) || part_of_year_write(graph, subject, value)) return;
  else if (years_write(graph, subject, value)) return;
  else date_write(graph, subject, CLM_DATE, value, strcspn(value, "T"));
}
