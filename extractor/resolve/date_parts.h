/* date_parts.h: what a rule said a date expression is made of, read from its features.
 *
 * The features and their values are described at the head of the rule file
 * that declares the type Date. What is not said is 0, NULL or false. */
#ifndef CLAIMANT_RESOLVE_DATE_PARTS_H
#define CLAIMANT_RESOLVE_DATE_PARTS_H

#include "base/calendar.h"
#include "resolve/document.h"

typedef enum {
  DIRECTION_NONE,
  DIRECTION_THIS, /* from the letter's day */
  DIRECTION_LAST,
  DIRECTION_NEXT,
  DIRECTION_LAST_BUT_ONE,
  DIRECTION_NEXT_BUT_ONE,
  DIRECTION_SAME, /* from the date mentioned before */
  DIRECTION_PREVIOUS,
  DIRECTION_FOLLOWING,
  DIRECTION_CONTEXT, /* whichever the kind of text suggests */
  DIRECTION_AGO,     /* count units from the letter's day */
  DIRECTION_AHEAD,
  DIRECTION_EARLIER, /* count units from the date mentioned before */
  DIRECTION_LATER
} Direction;

enum { MORE_LENGTHS = 2 };

/* A unit of time: `times` grains, or a part of a day. */
typedef struct {
  char letter; /* Y M W D Q, H hour, T minute, S second, E weekend; 0: none */
  int  times;
} DateUnit;

typedef enum { TENSE_NONE, TENSE_PAST, TENSE_FUTURE } Tense;

typedef struct {
  const char *value; /* set by the rule itself */
  const char *timex, *form, *modifier;
  const char *genre; /* kinds of text it counts in, "news narrative"; NULL: all */
  bool        has_year, bc;
  int         year; /* as written: may be of two digits */
  bool        ad;   /* the year counts from the first, whatever its digits */
  int         month, day, weekday, season, quarter, half, century, week;
  const char *nth;  /* of the weekdays or units of a month or year: "1" to "99", "L" for the last; or NULL */
  bool        any_quarter;
  const char *decade;  /* "193", or "8" with the century left out */
  const char *holiday; /* "12-25", "E-2", "N11-4-4", "?" */
  DateUnit    unit;
  const char *count, *count2; /* decimal number, "X" for an unknown one, or NULL */
  int         scale;
  const char *plus; /* what comes behind the scale: "20" of "one hundred and twenty" */
  struct {
    const char *count;
    DateUnit    unit;
  } more[MORE_LENGTHS]; /* further lengths to add: "two months" of "a year and two months" */
  double      fraction;
  Direction   direction, year_direction;
  const char *part; /* MO, AF, EV, NI, DT, MI or a clock time */
  int         hour, minute;
  bool        has_hour, has_minute, utc;
  Tense       tense;
  const char *order; /* "dmy", "mdy", or "either": day and month of a date in figures may change places */
} DateParts;

DateParts date_parts(const Item *item);

/* Sets a feature that the item's type declares, in the order of the declaration. The value is copied. */
ClaimantStatus date_set_feature(Document *document, Item *item, const char *name, const char *value);

/* How many units; false for an unknown count. */
bool date_count(const DateParts *parts, double *number);

/* TIMEX3 of a length of time: "P1Y6M", "P3Y/P5Y", "PXD", "PT2H". Empty when there is no unit. */
enum { LENGTH_SIZE = 64 };
void date_length(const DateParts *parts, char text[LENGTH_SIZE]);

#endif
