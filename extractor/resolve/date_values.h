/* date_values.h: one date expression to its value; what that takes to remember from item to item.
 *
 * For dates.c alone, which walks the items. date_values.c knows units, offsets,
 * seasons, quarters, holidays, times and sets; date_years.c finds the year of a
 * month or day that has none. */
#ifndef CLAIMANT_RESOLVE_DATE_VALUES_H
#define CLAIMANT_RESOLVE_DATE_VALUES_H

#include <string.h>

#include "resolve/date_parts.h"

enum { VALUE_SIZE = 80, TIME_SIZE = 32 };

typedef enum { GENRE_LETTER, GENRE_NEWS, GENRE_NARRATIVE } Genre;

typedef struct {
  Document   *document;
  const Type *date_type;
  Genre       genre;
  bool        day_first; /* 3/5 is the third of May, as the letter's other dates have it */
  bool        has_anchor, has_reference, has_dated, has_quarter;
  bool        has_year;    /* the anchor is only good for its year: the latest date of a letter without one */
  Moment      anchor;      /* the letter's day */
  Moment      reference;   /* the date mentioned last */
  Moment      dated;       /* the last one of a month or finer */
  Moment      quarter;     /* the quarter mentioned last */
  uint32_t    quarter_end; /* byte where that mention ends */
  bool        has_heading;     /* the heading of `section` gives a year */
  uint32_t    section;
  Moment      heading;
  uint32_t    paragraph, reference_paragraph, dated_paragraph; /* counted from 0 */
  const Item *previous;                                        /* the date item before this one */
  Moment      previous_moment;
  bool        previous_sure; /* its year is written, or shared with one that is */
  bool        previous_future;
  bool        previous_weekday; /* it is a day of the week and no more */
  bool        previous_months; /* it is a length in months: "the nine months" */
} Resolver;

/* What a date was told by. */
typedef enum {
  BASIS_NONE,
  BASIS_EXPLICIT, /* its own words */
  BASIS_LETTER,   /* the letter's date */
  BASIS_TENSE,    /* the letter's date, and the words of a plan before it */
  BASIS_MENTION   /* another date of the letter */
} Basis;

typedef struct {
  bool   impossible;
  bool   sure;  /* the year is written */
  bool   known; /* `moment` says something */
  Moment moment;
  Basis  basis;
  Moment base; /* what it was reckoned from, where it was */
  bool   has_interval; /* of a length of time: the days from `from` up to `to` */
  long   from, to;     /* days since 1970-01-01, half open */
  char   time[TIME_SIZE];  /* "T22:00", "TMO": what follows a day */
  char   text[VALUE_SIZE]; /* the value where it is no moment */
} Resolved;

static inline bool is(const char *text, const char *word) { return text && !strcmp(text, word); }

static inline bool is_date(const Resolver *resolver, const Item *item)
{
  return item->type && ruleset_is_a(resolver->document->rules, item->type->index, resolver->date_type->index);
}

Resolved date_resolve(const Resolver *resolver, const DateParts *parts, size_t index);

/* ---- Years (date_years.c) ---- */

/* The year of a date, YEAR_UNKNOWN when nothing tells it; sets `sure`, when it is written somewhere, and
 * `basis` and `base`. */
int date_year(const Resolver *resolver, const DateParts *parts, size_t index, Resolved *result);

/* Whether so little stands between two items that they may share a month or year. */
bool dates_near(const Resolver *resolver, const Item *first, const Item *second);
bool dates_same_sentence(const Resolver *resolver, const Item *first, const Item *second);

/* Parts of the first of the near items after `index` that has a year with a month, quarter or
 * season, or, when that will do, a month alone. */
bool date_later_in_chain(const Resolver *resolver, size_t index, bool month_will_do, DateParts *found);

/* What a direction starts from, kept in `result` too, and which way it goes (-2 to 2). */
bool date_base(const Resolver *resolver, Direction direction, Moment *base, Resolved *result);
int  date_step(Direction direction);

#endif
