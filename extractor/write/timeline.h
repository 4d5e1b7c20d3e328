/* timeline.h: the dates and periods of a letter in order of time.
 *
 * A row is an item of type Date or Period whose place in the calendar is known, at least at one end. A date
 * that bounds a period stands in the period's row only. Rows are ordered by their beginning, what has no
 * beginning by its end; then by place in the letter. */
#ifndef CLAIMANT_WRITE_TIMELINE_H
#define CLAIMANT_WRITE_TIMELINE_H

#include "write/writer.h"

typedef struct {
  const Item *item;
  const char *begin;      /* "2017-05-01", or with a time; NULL: open */
  const char *before;     /* the first day or second after it; NULL: open */
  const char *value;      /* EDTF, else TIMEX3, else NULL */
  const Item *statement;  /* the smallest demand, claim or the like whose words hold it, or NULL */
} TimelineRow;

/* Rows are in an array of the document's arena. Returns OK or NO_MEMORY. */
ClaimantStatus timeline_collect(const Document *document, TimelineRow **rows, size_t *count);

/* Writers (writer.h). CSV follows RFC 4180, with a line of names when options->with_head is set. */
ClaimantStatus write_timeline_table(const Document *document, const WriteOptions *options, Buffer *out);
ClaimantStatus write_timeline_csv(const Document *document, const WriteOptions *options, Buffer *out);
ClaimantStatus write_timeline_json(const Document *document, const WriteOptions *options, Buffer *out);

#endif
