/* time.h: a TIMEX3 value as dates, intervals and durations of RDF.
 *
 * Only what the value says becomes a literal: a month stays a month, and an
 * open or vague value ("PXY", "2017-SU", "FUTURE_REF") gives none. */
#ifndef CLAIMANT_GRAPH_TIME_H
#define CLAIMANT_GRAPH_TIME_H

#include "graph/graph.h"

/* Adds clm:date with an xsd:date, xsd:gYearMonth or xsd:gYear; or clm:begin and clm:end (and the class
 * time:ProperInterval); or clm:duration, clm:minDuration, clm:maxDuration. `value` must be valid UTF-8. */
void time_write(Graph *graph, const char *subject, const char *value);

/* Adds clm:notBefore and clm:before of a half-open interval, "2017-05-01/2017-06-01", with xsd:date or
 * xsd:dateTime; an end that is ".." gives nothing. */
void span_write(Graph *graph, const char *subject, const char *value);

/* Adds one date, if `text` is one, by its granularity. Returns whether it was. */
bool date_write(Graph *graph, const char *subject, const char *predicate, const char *text, size_t bytes);

#endif
