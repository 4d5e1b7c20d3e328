#include "resolve/date_interval.h"

#include <stdio.h>
#include <stdlib.h>

enum { LONGEST = 10000 /* units */ };

static bool write_days(long from, long to, char text[INTERVAL_SIZE])
{
  const Moment first = calendar_day(from), last = calendar_day(to);
  if (from >= to || first.year < 1 || last.year > YEAR_MAX) return false;
  snprintf(text, INTERVAL_SIZE, "%04d-%02d-%02d/%04d-%02d-%02d", first.year, first.month, first.day, last.year,
           last.month, last.day);
  return true;
}

static bool write_minute(const DateParts *parts, Moment day, char text[INTERVAL_SIZE])
{
  const char *zone = parts->utc ? "Z" : "";
  const long  first = moment_first_day(day) * 1440 + parts->hour * 60 + parts->minute, last = first + 1;
  const Moment from = calendar_day(first / 1440 - (first % 1440 < 0)), to = calendar_day(last / 1440 - (last % 1440 < 0));
  const long   at = (first % 1440 + 1440) % 1440, next = (last % 1440 + 1440) % 1440;
  if (from.year < 1 || to.year > YEAR_MAX) return false;
  snprintf(text, INTERVAL_SIZE, "%04d-%02d-%02dT%02ld:%02ld:00%s/%04d-%02d-%02dT%02ld:%02ld:00%s", from.year,
           from.month, from.day, at / 60, at % 60, zone, to.year, to.month, to.day, next / 60, next % 60, zone);
  return true;
}

bool date_interval(const DateParts *parts, const Resolved *result, char text[INTERVAL_SIZE])
{
  const Moment moment = result->moment;
  if (result->has_interval) return write_days(result->from, result->to, text);
  if (!result->known || moment.year == YEAR_UNKNOWN || moment.year < 0 || moment.grain == GRAIN_NONE) return false;
  if (moment.grain == GRAIN_DAY && !moment.month) return false;
  if (parts->has_hour && moment.grain == GRAIN_DAY) return result->time[0] && write_minute(parts, moment, text);
  if (result->time[0]) return false; /* a part of a day has no borders */
  /* There is no year 0: the first century and decade begin with the year 1. */
  const long first = moment_first_day(moment);
  return write_days(moment.year == 0 && moment.grain <= GRAIN_DECADE ? calendar_days(1, 1, 1) : first,
                    moment_next_day(moment), text);
}

/* `count` units on from a day; false when the unit is a part of a day or of another kind. */
static bool days_on(Moment day, DateUnit unit, long count, long *days)
{
  count *= unit.times;
  switch (unit.letter) {
  case 'D': *days = moment_first_day(day) + count; return true;
  case 'W': *days = moment_first_day(day) + 7 * count; return true;
  case 'M': *days = calendar_add_months(day, count); return true;
  case 'Q': *days = calendar_add_months(day, 3 * count); return true;
  case 'Y': *days = calendar_add_months(day, 12 * count); return true;
  default: return false;
  }
}

/* A plan "in two weeks": that day; of months and years, the month or year it falls in. */
static void point_from_letter(const Resolver *resolver, const DateParts *parts, Resolved *result)
{
  double number;
  long   day;
  if (!resolver->has_anchor || parts->count2 || !date_count(parts, &number)) return;
  if (number < 1 || number > LONGEST || number - (double)(long)number > 0) return;
  if (!days_on(resolver->anchor, parts->unit, (long)number, &day)) return;
  Moment point = calendar_day(day);
  if (parts->unit.letter == 'Y') point = moment_widen(point, GRAIN_YEAR);
  if (parts->unit.letter == 'M' || parts->unit.letter == 'Q') point = moment_widen(point, GRAIN_MONTH);
  result->has_interval = true;
  result->from = moment_first_day(point);
  result->to = moment_next_day(point);
  result->basis = BASIS_TENSE;
  result->base = resolver->anchor;
}

void date_length_from_letter(const Resolver *resolver, const DateParts *parts, Resolved *result)
{
  const int step = date_step(parts->direction);
  if (parts->tense == TENSE_FUTURE && !parts->direction) {
    point_from_letter(resolver, parts, result);
    return;
  }
  if (parts->direction != DIRECTION_LAST && parts->direction != DIRECTION_NEXT) return;
  if (!resolver->has_anchor || !parts->count || parts->count2 || parts->fraction > 0) return;
  if (strspn(parts->count, "0123456789") != strlen(parts->count) || strlen(parts->count) > 5) return;
  const long count = atol(parts->count) * parts->scale;
  Moment     start = resolver->anchor;
  if (count < 1 || count > LONGEST) return;
  if (step > 0) start = calendar_day(moment_first_day(start) + 1);
  const long here = moment_first_day(start);
  long       there;
  if (!days_on(start, parts->unit, step * count, &there)) return;
  result->has_interval = true;
  result->from = step > 0 ? here : there;
  result->to = step > 0 ? there : here;
  result->basis = BASIS_LETTER;
  result->base = resolver->anchor;
}
