/* tracing.h: how the files of this room fill a trace. Each call does nothing for a NULL match. */
#ifndef CLAIMANT_MATCH_TRACING_H
#define CLAIMANT_MATCH_TRACING_H

#include "match/run.h"
#include "match/trace.h"

/* A rule is about to be tried on the view as built. */
void tracing_view(Run *run, const Rule *rule, Stretch stretch);

/* NULL when this rule is not traced. */
TraceMatch *tracing_match(Run *run, const Candidate *candidate, const Pattern *pattern, Stretch stretch,
                          uint32_t start, uint32_t end);
void        tracing_fate(TraceMatch *match, TraceFate fate);
void        tracing_veto(TraceMatch *match, const Unless *unless, size_t start, size_t end);
void        tracing_unfilled(TraceMatch *match, const Fill *fill, const char *role);
void        tracing_item(TraceMatch *match, const Annotation *annotation);
void        tracing_target(TraceMatch *match, const Annotation *annotation); /* the first that a modifier reaches */
void        tracing_set(Run *run, TraceMatch *match, const Set *set, const char *value);
void tracing_fill(Run *run, TraceMatch *match, const Fill *fill, const char *role, const Annotation *source);

/* The outcome of conflicts; `first_id` is that of the phase's first annotation. */
void tracing_kept(Run *run, const Candidate *candidate);
void tracing_merged(Run *run, const Candidate *candidate, const Annotation *into);
void tracing_beaten(Run *run, const Candidate *candidate, const Annotation *winner, size_t first_id);
void tracing_modified(Run *run, const Annotation *target, const TraceMatch *modifier, FeatureValue feature);
void tracing_absorbed(Run *run, const Candidate *candidate, const Annotation *absorbed);

#endif
