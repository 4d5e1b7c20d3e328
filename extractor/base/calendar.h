/* calendar.h: the proleptic Gregorian calendar, and spans of it as TIMEX3 and EDTF write them.
 *
 * Years are astronomical: 0 is 1 BC. A Moment is a stretch of the calendar of
 * some grain; what its grain does not need is 0. Nothing here knows a language. */
#ifndef CLAIMANT_BASE_CALENDAR_H
#define CLAIMANT_BASE_CALENDAR_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

enum { YEAR_UNKNOWN = INT_MIN, YEAR_MAX = 9999, MOMENT_SIZE = 48 };

typedef enum {
  GRAIN_NONE,
  GRAIN_CENTURY, /* year: its first */
  GRAIN_DECADE,  /* year: its first */
  GRAIN_YEAR,
  GRAIN_HALF,    /* part: 1 or 2 */
  GRAIN_SEASON,  /* part: 1 spring, 2 summer, 3 autumn, 4 winter */
  GRAIN_QUARTER, /* part: 1 to 4 */
  GRAIN_MONTH,
  GRAIN_WEEK,    /* year, month, day: its Monday */
  GRAIN_WEEKEND, /* year, month, day: the Monday of its week */
  GRAIN_DAY
} Grain;

typedef struct {
  Grain grain;
  int   year; /* or YEAR_UNKNOWN */
  int   month, day, part;
} Moment;

bool calendar_leap(int year);
int  calendar_month_days(int year, int month); /* February has 29 in an unknown year */
bool calendar_valid(int year, int month, int day);

/* Days since 1970-01-01, and back. */
long   calendar_days(int year, int month, int day);
Moment calendar_day(long days); /* grain: day */

int    calendar_weekday(long days); /* 1 Monday to 7 Sunday */
Moment calendar_week(long days);    /* the week that holds the day */

/* ISO 8601 week number of a day, and the year it counts in. */
int calendar_week_number(long days, int *year);

/* Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher's algorithm). */
long calendar_easter(int year);

/* The n-th (from 1; 0: the last) given weekday of a month. */
long calendar_nth_weekday(int year, int month, int weekday, int n);

/* YYYY-MM-DD of a real day in the years 1 to 9999; false otherwise. */
bool calendar_parse(const char *text, Moment *day);

/* The stretch of `grain` that holds a moment of the same or a finer grain. */
Moment moment_widen(Moment moment, Grain grain);

/* The stretch `steps` stretches of its own grain later; `steps` may be negative.
 * False when it falls outside 9999 BC to 9999 AD, or when a year is not known. */
bool moment_shift(Moment *moment, long steps);

/* First day, as days since 1970-01-01. The year must be known. */
long moment_first_day(Moment moment);

/* The first day after it. The year must be known. */
long moment_next_day(Moment moment);

/* The same day of another month, `months` on, or the last day of a shorter one. */
long calendar_add_months(Moment day, long months);

/* "2017-05", "1998-W07", "199", "XXXX-05", "BC0480" ... */
void moment_timex(Moment moment, char text[MOMENT_SIZE]);

/* Extended Date/Time Format; empty where it has no way to say it. */
void moment_edtf(Moment moment, char text[MOMENT_SIZE]);

#endif
