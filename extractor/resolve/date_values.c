#include "resolve/date_values.h"

#include "resolve/date_interval.h"

#include <stdio.h>
#include <stdlib.h>

enum { QUARTER_REACH = 1500 /* bytes within which "a year earlier" still means a quarter */ };

static Grain grain_of(DateUnit unit)
{
  switch (unit.letter) {
  case 'Y': return unit.times >= 100 ? GRAIN_CENTURY : unit.times >= 10 ? GRAIN_DECADE : GRAIN_YEAR;
  case 'Q': return GRAIN_QUARTER;
  case 'M': return GRAIN_MONTH;
  case 'W': return GRAIN_WEEK;
  case 'E': return GRAIN_WEEKEND;
  case 'D': return GRAIN_DAY;
  default: return GRAIN_NONE;
  }
}

/* ---- Units: "last month", "the following week", "the end of the year" -------- */

static void unknown_stretch(Resolved *result, Grain grain)
{
  static const char *const forms[] = {
      [GRAIN_NONE] = "XXXX-XX-XX",     [GRAIN_CENTURY] = "XX",    [GRAIN_DECADE] = "XXX",
      [GRAIN_YEAR] = "XXXX",           [GRAIN_HALF] = "XXXX-HX",  [GRAIN_SEASON] = "XXXX-XX",
      [GRAIN_QUARTER] = "XXXX-QX",     [GRAIN_MONTH] = "XXXX-XX", [GRAIN_WEEK] = "XXXX-WXX",
      [GRAIN_WEEKEND] = "XXXX-WXX-WE", [GRAIN_DAY] = "XXXX-XX-XX"};
  snprintf(result->text, sizeof result->text, "%s", forms[grain]);
}

static void relative_unit(const Resolver *resolver, const DateParts *parts, Resolved *result)
{
  const Grain grain = grain_of(parts->unit);
  Moment      base;
  if (!date_base(resolver, parts->direction, &base, result) || base.grain < grain || base.year == YEAR_UNKNOWN) {
    unknown_stretch(result, grain);
    return;
  }
  long step = date_step(parts->direction);
  if (grain == GRAIN_WEEKEND && parts->direction == DIRECTION_CONTEXT &&
      calendar_weekday(moment_first_day(base)) < 6) {
    step = -1;
  }
  result->moment = moment_widen(base, grain);
  result->known = moment_shift(&result->moment, step);
  if (!result->known) unknown_stretch(result, grain);
}

/* ---- Offsets: "six years ago", "two days later" ------------------------------- */

/* In news of earnings "a year earlier" is the quarter of the year before, unless a longer time was spoken of
 * last. */
static bool means_quarter(const Resolver *resolver, const DateParts *parts, const Item *item)
{
  return resolver->genre == GENRE_NEWS && parts->unit.letter == 'Y' && parts->unit.times == 1 &&
         resolver->has_quarter && item->span.start - resolver->quarter_end < QUARTER_REACH &&
         !resolver->previous_months && resolver->previous_moment.grain != GRAIN_YEAR;
}

/* "a year and two months ago": counted on from the first length, as fine as the last one. */
static void offset_more(const DateParts *parts, Moment base, long steps, Resolved *result)
{
  Moment moment = base;
  moment.grain = parts->unit.letter == 'W' ? GRAIN_DAY : grain_of(parts->unit);
  bool known = base.grain == GRAIN_DAY && moment_shift(&moment, parts->unit.letter == 'W' ? 7 * steps : steps);
  for (size_t i = 0; known && i < MORE_LENGTHS && parts->more[i].count; ++i) {
    const DateUnit unit = parts->more[i].unit;
    const int      count = atoi(parts->more[i].count) * unit.times * (steps < 0 ? -1 : 1);
    moment.grain = unit.letter == 'W' ? GRAIN_DAY : grain_of(unit);
    known = count && moment.grain >= GRAIN_YEAR && moment_shift(&moment, unit.letter == 'W' ? 7L * count : count);
  }
  if (!known || moment.grain == GRAIN_NONE) return;
  /* A month of fewer days ends with its last. */
  const int last = calendar_month_days(moment.year, moment.month);
  if (moment.day > last) moment.day = last;
  result->moment = (Moment){.grain = GRAIN_DAY, .year = moment.year, .month = moment.month, .day = moment.day};
  if (moment.grain < GRAIN_DAY) result->moment = moment_widen(result->moment, moment.grain);
}

static void offset(const Resolver *resolver, const DateParts *parts, const Item *item, Resolved *result)
{
  const bool back = date_step(parts->direction) < 0;
  Grain      grain = grain_of(parts->unit);
  double     number;
  Moment     base;
  if (!date_count(parts, &number) || !date_base(resolver, parts->direction, &base, result)) {
    snprintf(result->text, sizeof result->text, "%s", back ? "PAST_REF" : "FUTURE_REF");
    return;
  }
  long steps = (long)(number * parts->unit.times + 0.5);
  if (parts->unit.letter == 'Y') {
    grain = GRAIN_YEAR;
    if (parts->unit.times == 1 && number - (double)(long)number > 0.01 && base.grain >= GRAIN_MONTH) {
      grain = GRAIN_MONTH;
      steps = (long)(number * 12 + 0.5);
    }
  }
  if (steps == 1 && back && means_quarter(resolver, parts, item)) {
    base = result->base = resolver->quarter;
    grain = GRAIN_QUARTER;
    steps = 4;
  } else if (steps == 1 && back && grain == GRAIN_YEAR && resolver->genre == GENRE_NEWS &&
             resolver->has_quarter && resolver->has_anchor) {
    base = result->base = resolver->anchor; /* earnings are compared with the year before the report's */
  }
  if (grain == GRAIN_NONE) grain = GRAIN_DAY, steps = 0; /* hours and less stay in the day */
  if (base.grain < grain) {
    unknown_stretch(result, grain);
    return;
  }
  result->moment = moment_widen(base, grain);
  result->known = moment_shift(&result->moment, back ? -steps : steps);
  if (result->known && parts->more[0].count) offset_more(parts, base, back ? -steps : steps, result);
  if (!result->known) unknown_stretch(result, grain);
}

/* ---- Calendar dates -------------------------------------------------------------- */

/* "Friday, 4 March" was in the nearest year in which that day was a Friday. */
static int year_of_weekday(const DateParts *parts, int year)
{
  static const int steps[] = {0, -1, 1, -2, 2, -3, 3};
  if (year == YEAR_UNKNOWN) return year;
  for (size_t i = 0; i < sizeof steps / sizeof *steps; ++i) {
    const int other = year + steps[i];
    if (calendar_valid(other, parts->month, parts->day) &&
        calendar_weekday(calendar_days(other, parts->month, parts->day)) == parts->weekday)
      return other;
  }
  return year;
}

static void day_or_month(const Resolver *resolver, const DateParts *parts, size_t index, Resolved *result)
{
  int year = date_year(resolver, parts, index, result);
  if (parts->month == 2 && parts->day == 29 && !result->sure && year != YEAR_UNKNOWN) {
    for (int tries = 0; tries < 8 && !calendar_leap(year); ++tries)
      year += parts->tense == TENSE_FUTURE ? 1 : -1;
  }
  if (parts->weekday && parts->day && !result->sure) year = year_of_weekday(parts, year);
  Moment found = {
      .grain = parts->day ? GRAIN_DAY : GRAIN_MONTH, .year = year, .month = parts->month, .day = parts->day};
  if (parts->month > 12 || (parts->day && !calendar_valid(year, parts->month, parts->day))) {
    result->impossible = true;
    return;
  }
  result->moment = found;
  result->known = true;
}

/* "the 21st", the "7" of "7 and 8 June": the month comes from a neighbour. */
static void day_alone(const Resolver *resolver, const DateParts *parts, size_t index, Resolved *result)
{
  DateParts whole = *parts, other;
  Moment    base;
  if (parts->day > 31) {
    result->impossible = true;
    return;
  }
  Moment from = {.year = YEAR_UNKNOWN}; /* what lends it month and year */
  if (!parts->has_year && date_later_in_chain(resolver, index, true, &other)) {
    whole.month = other.month;
  } else if (resolver->previous &&
             dates_near(resolver, resolver->previous, &resolver->document->items[index]) &&
             resolver->previous_moment.month) {
    whole.month = resolver->previous_moment.month;
    if (!whole.has_year && resolver->previous_moment.year > 0) {
      whole.year = resolver->previous_moment.year;
      whole.has_year = true;
      from = resolver->previous_moment;
    }
  } else if (date_base(resolver, DIRECTION_SAME, &base, result) && base.month) {
    whole.month = base.month;
    whole.has_year = base.year > 0;
    whole.year = base.year;
    from = base;
  }
  if (whole.month && whole.has_year && !calendar_valid(whole.year, whole.month, whole.day)) whole.month = 0;
  if (whole.month) {
    const Basis basis = result->basis == BASIS_LETTER ? BASIS_LETTER : BASIS_MENTION;
    day_or_month(resolver, &whole, index, result);
    if (from.year != YEAR_UNKNOWN) result->basis = basis, result->base = from;
    result->impossible = false;
    if (result->known) return;
  }
  result->moment = (Moment){.grain = GRAIN_DAY, .year = YEAR_UNKNOWN, .day = parts->day};
  result->known = true;
}

/* "from Monday to Friday": the second day is the next such day after the first. */
static bool goes_on_to(const Resolver *resolver, const DateParts *parts, size_t index, Resolved *result)
{
  const Moment before = resolver->previous_moment;
  if (parts->direction || !resolver->previous || before.grain != GRAIN_DAY || !before.month) return false;
  if (before.year == YEAR_UNKNOWN || !dates_near(resolver, resolver->previous, &resolver->document->items[index]))
    return false;
  const long first = moment_first_day(before);
  if (!resolver->previous_weekday || parts->weekday <= calendar_weekday(first)) return false;
  result->moment = calendar_day(first + parts->weekday - calendar_weekday(first));
  result->known = true;
  result->basis = BASIS_MENTION;
  result->base = before;
  return true;
}

static void weekday(const Resolver *resolver, const DateParts *parts, size_t index, Resolved *result)
{
  Moment base;
  if (!date_base(resolver, parts->direction, &base, result) || base.grain != GRAIN_DAY || base.year == YEAR_UNKNOWN) {
    snprintf(result->text, sizeof result->text, "XXXX-WXX-%d", parts->weekday);
    return;
  }
  if (goes_on_to(resolver, parts, index, result)) return;
  const long today = moment_first_day(base);
  const int  back = (calendar_weekday(today) - parts->weekday + 7) % 7; /* days since the last one */
  long       day = today - back;
  switch (parts->direction) {
  case DIRECTION_LAST:
  case DIRECTION_PREVIOUS: day = back ? day : day - 7; break;
  case DIRECTION_NEXT:
  case DIRECTION_FOLLOWING: day += 7; break;
  case DIRECTION_THIS: day = back ? day + 7 : day; break;
  default:
    if (resolver->genre == GENRE_NARRATIVE || parts->tense == TENSE_FUTURE) day = back ? day + 7 : day;
    break;
  }
  result->moment = calendar_day(day);
  result->known = true;
}

static void from_letter(const Resolver *resolver, const DateParts *parts, Resolved *result)
{
  result->basis = parts->tense != TENSE_NONE && !parts->direction ? BASIS_TENSE : BASIS_LETTER;
  result->base = resolver->anchor;
}

static void season(const Resolver *resolver, const DateParts *parts, size_t index, Resolved *result)
{
  static const int starts[] = {3, 6, 9, 12};
  DateParts        whole = *parts;
  const int        start = starts[parts->season - 1];
  int              year;
  if (parts->has_year || parts->year_direction || resolver->genre == GENRE_NARRATIVE) {
    year = date_year(resolver, &whole, index, result);
  } else if (!resolver->has_anchor) {
    year = YEAR_UNKNOWN;
  } else {
    const Moment anchor = resolver->anchor;
    from_letter(resolver, parts, result);
    year = anchor.year;
    if (parts->direction == DIRECTION_LAST) year -= start + 2 >= anchor.month;
    else if (parts->direction == DIRECTION_NEXT) year += start <= anchor.month;
    else if (parts->direction != DIRECTION_THIS && parts->tense != TENSE_FUTURE) year -= start > anchor.month;
  }
  result->moment = (Moment){.grain = GRAIN_SEASON, .year = year, .part = parts->season};
  result->known = true;
}

static bool recent_quarter(const Resolver *resolver, Moment *quarter)
{
  if (resolver->has_quarter) {
    *quarter = resolver->quarter;
    return true;
  }
  if (!resolver->has_anchor) return false;
  *quarter = moment_widen(resolver->anchor, GRAIN_QUARTER);
  return moment_shift(quarter, -1);
}

static void any_quarter(const Resolver *resolver, const DateParts *parts, Resolved *result)
{
  Moment quarter;
  long   step = 0;
  if (parts->direction == DIRECTION_THIS || parts->direction == DIRECTION_LAST ||
      parts->direction == DIRECTION_NEXT) {
    if (!resolver->has_anchor) {
      unknown_stretch(result, GRAIN_QUARTER);
      return;
    }
    quarter = moment_widen(resolver->anchor, GRAIN_QUARTER);
    step = date_step(parts->direction);
    from_letter(resolver, parts, result);
  } else {
    if (!recent_quarter(resolver, &quarter)) {
      unknown_stretch(result, GRAIN_QUARTER);
      return;
    }
    step = date_step(parts->direction);
    /* "the next quarter" with none mentioned is the one after the letter's; "the quarter" is the last whole one. */
    if (step != 0 && !resolver->has_quarter) quarter = moment_widen(resolver->anchor, GRAIN_QUARTER);
    result->basis = resolver->has_quarter ? BASIS_MENTION : BASIS_LETTER;
    result->base = resolver->has_quarter ? resolver->quarter : resolver->anchor;
  }
  if (parts->year_direction == DIRECTION_PREVIOUS) step -= 4;
  if (parts->unit.letter == 'Y' && resolver->has_anchor &&
      (resolver->previous_months || resolver->previous_moment.grain == GRAIN_YEAR)) {
    quarter = moment_widen(resolver->anchor, GRAIN_YEAR); /* "year-earlier" after "the nine months" */
    step = -1;
  }
  if (parts->has_year) quarter.year = parts->year, result->basis = BASIS_EXPLICIT;
  result->moment = quarter;
  result->known = moment_shift(&result->moment, step);
}

static void part_of_year(const Resolver *resolver, const DateParts *parts, size_t index, Resolved *result)
{
  const bool half = parts->half != 0;
  const int  part = half ? parts->half : parts->quarter;
  const int  last = half ? 2 : 4;
  int        year = YEAR_UNKNOWN;
  if (parts->has_year || parts->year_direction || resolver->genre == GENRE_NARRATIVE) {
    year = date_year(resolver, parts, index, result);
  } else if (resolver->has_anchor) {
    const Moment now = moment_widen(resolver->anchor, half ? GRAIN_HALF : GRAIN_QUARTER);
    from_letter(resolver, parts, result);
    year = resolver->anchor.year;
    if (part > now.part &&
        (parts->tense == TENSE_PAST || (parts->tense == TENSE_NONE && part - now.part > 1)))
      --year;
    if (part < now.part && parts->tense == TENSE_FUTURE) ++year;
  }
  result->impossible = part > last;
  result->moment = (Moment){.grain = half ? GRAIN_HALF : GRAIN_QUARTER, .year = year, .part = part};
  result->known = true;
}

static void decade_or_century(const Resolver *resolver, const DateParts *parts, Resolved *result)
{
  result->sure = true;
  result->known = true;
  result->basis = BASIS_EXPLICIT;
  result->moment = (Moment){.grain = parts->century ? GRAIN_CENTURY : GRAIN_DECADE};
  if (parts->century) {
    result->impossible = parts->century > 99;
    result->moment.year = parts->bc ? 1 - (parts->century - 1) * 100 : (parts->century - 1) * 100;
    return;
  }
  const int number = atoi(parts->decade);
  if (parts->bc) result->moment.year = 1 - number * 10;
  else if (number >= 10) result->moment.year = number * 10;
  else {
    int now = resolver->has_anchor ? resolver->anchor.year : 2020;
    if (resolver->genre == GENRE_NARRATIVE && resolver->has_reference && resolver->reference.year > 0) {
      now = resolver->reference.year;
    }
    result->moment.year = now / 100 * 100 + number * 10;
    if (result->moment.year > now) result->moment.year -= 100;
  }
}

/* Day of a holiday in a year; false when its code names none. */
static bool holiday_in(const char *code, int year, Moment *day)
{
  if (code[0] == 'E') {
    *day = calendar_day(calendar_easter(year) + atoi(code + 1));
    return true;
  }
  if (code[0] == 'N' && strlen(code) >= 7) {
    const int n = code[6] == 'L' ? 0 : code[6] - '0';
    *day = calendar_day(calendar_nth_weekday(year, atoi(code + 1), code[4] - '0', n));
    return true;
  }
  if (strlen(code) != 5) return false;
  *day = (Moment){.grain = GRAIN_DAY, .year = year, .month = atoi(code), .day = atoi(code + 3)};
  return calendar_valid(year, day->month, day->day);
}

static void holiday(const Resolver *resolver, const DateParts *parts, size_t index, Resolved *result)
{
  Moment    day;
  DateParts whole = *parts;
  const int guess = resolver->has_anchor ? resolver->anchor.year : 2000;
  if (!holiday_in(parts->holiday, guess, &day)) {
    unknown_stretch(result, GRAIN_DAY);
    if (parts->has_year && parts->year >= 1000) /* the day is not known, the year is */
      snprintf(result->text, sizeof result->text, "%04d-XX-XX", parts->year);
    return;
  }
  whole.month = day.month;
  whole.day = day.day;
  const int year = date_year(resolver, &whole, index, result);
  if (year == YEAR_UNKNOWN || year < 1) {
    const bool fixed = parts->holiday[0] >= '0' && parts->holiday[0] <= '9';
    if (fixed) snprintf(result->text, sizeof result->text, "XXXX-%s", parts->holiday);
    else unknown_stretch(result, GRAIN_DAY);
    return;
  }
  result->known = holiday_in(parts->holiday, year, &result->moment);
}

/* ---- Days and weeks inside a month, week or year ------------------------------------ */

/* The month, year or week that a day is looked for in: "next month", "May 2016", "last week". */
static bool container(const Resolver *resolver, const DateParts *parts, size_t index, Resolved *result)
{
  DateParts whole = *parts;
  whole.day = whole.weekday = 0;
  if (parts->direction && parts->unit.letter) relative_unit(resolver, &whole, result);
  else if (parts->month) day_or_month(resolver, &whole, index, result);
  else if (parts->has_year || parts->year_direction) {
    result->moment = (Moment){.grain = GRAIN_YEAR, .year = date_year(resolver, &whole, index, result)};
    result->known = true;
  } else return false;
  result->known = result->known && result->moment.year != YEAR_UNKNOWN;
  return result->known;
}

static int nth_number(const char *nth) { return nth[0] == 'L' ? 0 : atoi(nth); }

static void day_inside(const Resolver *resolver, const DateParts *parts, size_t index, Resolved *result)
{
  const bool found = container(resolver, parts, index, result);
  Moment     whole = result->moment;
  result->known = false;
  result->text[0] = '\0';
  if (!found || (whole.grain != GRAIN_MONTH && whole.grain != GRAIN_WEEK)) {
    if (parts->weekday) snprintf(result->text, sizeof result->text, "XXXX-WXX-%d", parts->weekday);
    else snprintf(result->text, sizeof result->text, "XXXX-XX-%02d", parts->day <= 31 ? parts->day : 0);
    result->impossible = parts->day > 31;
    return;
  }
  const long first = moment_first_day(whole), next = moment_next_day(whole);
  long       day = first + parts->day - 1;
  if (parts->weekday && whole.grain == GRAIN_WEEK) day = first + parts->weekday - 1;
  else if (parts->weekday && parts->nth)
    day = calendar_nth_weekday(whole.year, whole.month, parts->weekday, nth_number(parts->nth));
  result->impossible = day < first || day >= next;
  result->moment = calendar_day(day);
  result->known = !result->impossible;
}

/* Weeks belong where their Thursday is, as those of ISO 8601 do. */
static long thursday_from(long day) { return day + (4 - calendar_weekday(day) + 7) % 7; }

/* "the second week of May", "the last four months of 2021": the length keeps its value, and gets an interval. */
static void length_inside(const Resolver *resolver, const DateParts *parts, size_t index, Resolved *result)
{
  Resolved inside = {.moment = {.year = YEAR_UNKNOWN}};
  double   count = 1;
  if (parts->count && (!date_count(parts, &count) || count < 1 || count > 400)) return;
  if (!container(resolver, parts, index, &inside)) return;
  const long n = nth_number(parts->nth), size = (long)count;
  const long first = moment_first_day(inside.moment), next = moment_next_day(inside.moment);
  long       from, to;
  if (parts->unit.letter == 'W') {
    const long start = thursday_from(first) - 3, end = thursday_from(next) - 3;
    from = n ? start + 7 * (n - 1) : end - 7 * size;
    to = from + 7 * size;
  } else if (parts->unit.letter == 'D') {
    from = n ? first + n - 1 : next - size;
    to = from + size;
  } else if (parts->unit.letter == 'M' && inside.moment.grain == GRAIN_YEAR) {
    from = n ? calendar_add_months(calendar_day(first), n - 1) : calendar_add_months(calendar_day(next), -size);
    to = calendar_add_months(calendar_day(from), size);
  } else return;
  if (from < first - 3 || to > next + 3) return;
  result->has_interval = true;
  result->from = from;
  result->to = to;
  result->basis = inside.basis;
  result->base = inside.base;
}

/* "week 12", of a year that is written or the one the letter is of. */
static void numbered_week(const Resolver *resolver, const DateParts *parts, size_t index, Resolved *result)
{
  int year = YEAR_UNKNOWN, of;
  if (parts->has_year || parts->year_direction) year = date_year(resolver, parts, index, result);
  else if (resolver->has_anchor) from_letter(resolver, parts, result), year = resolver->anchor.year;
  if (year == YEAR_UNKNOWN) {
    result->impossible = parts->week > 53;
    snprintf(result->text, sizeof result->text, "XXXX-W%02d", parts->week % 100);
    return;
  }
  const long monday = moment_first_day(calendar_week(calendar_days(year, 1, 4))) + 7L * (parts->week - 1);
  result->impossible = parts->week > 53 || (calendar_week_number(monday, &of), of != year);
  result->moment = calendar_week(monday);
  result->known = !result->impossible;
}

static void calendar_date(const Resolver *resolver, const DateParts *parts, size_t index, Resolved *result)
{
  if (parts->holiday) holiday(resolver, parts, index, result);
  else if (parts->week) numbered_week(resolver, parts, index, result);
  else if (parts->month) day_or_month(resolver, parts, index, result);
  else if (parts->day) day_alone(resolver, parts, index, result);
  else if (parts->weekday) weekday(resolver, parts, index, result);
  else if (parts->season) season(resolver, parts, index, result);
  else if (parts->any_quarter) any_quarter(resolver, parts, result);
  else if (parts->quarter || parts->half) part_of_year(resolver, parts, index, result);
  else if (parts->century || parts->decade) decade_or_century(resolver, parts, result);
  else if (parts->has_year) {
    result->moment = (Moment){.grain = GRAIN_YEAR, .year = date_year(resolver, parts, index, result)};
    result->known = true;
  }
}

/* ---- Times and sets ---------------------------------------------------------------- */

static void clock_time(const DateParts *parts, Resolved *result)
{
  if (parts->has_hour) {
    if (parts->hour < 0 || parts->hour > 24 || parts->minute < 0 || parts->minute > 59) return;
    snprintf(result->time, sizeof result->time, "T%02d:%02d%s", parts->hour, parts->minute,
             parts->utc ? "Z" : "");
  } else if (parts->part) {
    snprintf(result->time, sizeof result->time, "T%.5s", parts->part);
  }
}

/* The day of a time that names none, or only "this", "last", "that". */
static void day_of_time(const Resolver *resolver, const DateParts *parts, Resolved *result)
{
  Moment     base;
  const bool mentioned = !parts->direction && resolver->has_reference;
  if (mentioned) result->basis = BASIS_MENTION, result->base = base = resolver->reference;
  if (mentioned || (parts->direction && date_base(resolver, parts->direction, &base, result))) {
    if (base.grain == GRAIN_DAY && base.month) {
      result->moment = base;
      result->known = moment_shift(&result->moment, date_step(parts->direction));
    }
  }
  if (!result->known && resolver->has_anchor && resolver->genre == GENRE_NEWS) {
    from_letter(resolver, parts, result);
    result->moment = resolver->anchor;
    result->known = true;
  }
  if (!result->known) unknown_stretch(result, GRAIN_DAY);
}

static void set_of_dates(const DateParts *parts, Resolved *result)
{
  static const char *const seasons[] = {"SP", "SU", "FA", "WI"};
  if (parts->weekday) {
    snprintf(result->text, sizeof result->text, "XXXX-WXX-%d%s%.5s", parts->weekday, parts->part ? "T" : "",
             parts->part ? parts->part : "");
  } else if (parts->month) {
    snprintf(result->text, sizeof result->text, "XXXX-%02d", parts->month);
  } else if (parts->season) {
    snprintf(result->text, sizeof result->text, "XXXX-%s", seasons[parts->season - 1]);
  } else if (parts->part) {
    snprintf(result->text, sizeof result->text, "XXXX-XX-XXT%.5s", parts->part);
  } else {
    date_length(parts, result->text);
  }
}

/* ---- One item -------------------------------------------------------------------------- */

Resolved date_resolve(const Resolver *resolver, const DateParts *parts, size_t index)
{
  const Item *item = &resolver->document->items[index];
  Resolved    result = {.moment = {.year = YEAR_UNKNOWN}};
  if (parts->value) {
    snprintf(result.text, sizeof result.text, "%.*s", VALUE_SIZE - 1, parts->value);
    return result;
  }
  if (is(parts->timex, "DURATION")) {
    date_length(parts, result.text);
    if (parts->nth) length_inside(resolver, parts, index, &result);
    else date_length_from_letter(resolver, parts, &result);
    return result;
  }
  if (is(parts->timex, "SET")) {
    set_of_dates(parts, &result);
    return result;
  }
  if (is(parts->timex, "DATE") && parts->nth && parts->unit.letter == 'W' && !parts->weekday) {
    length_inside(resolver, parts, index, &result);
    if (result.has_interval) result.moment = calendar_week(result.from), result.known = true;
    else snprintf(result.text, sizeof result.text, "XXXX-WXX");
    return result;
  }
  const bool inside = (parts->nth && parts->weekday) ||
                      (parts->direction && parts->unit.letter && (parts->day || parts->weekday));
  if (inside && !is(parts->timex, "TIME")) day_inside(resolver, parts, index, &result);
  else if (parts->direction >= DIRECTION_AGO) offset(resolver, parts, item, &result);
  else if (parts->direction && parts->unit.letter && !parts->has_year)
    relative_unit(resolver, parts, &result);
  else calendar_date(resolver, parts, index, &result);
  if (parts->day && parts->unit.letter == 'W' && result.known && result.moment.year != YEAR_UNKNOWN) {
    result.moment = moment_widen(result.moment, GRAIN_WEEK); /* "the week of 7 June" */
  }
  if (is(parts->timex, "TIME")) {
    clock_time(parts, &result);
    if (!result.known && !result.text[0] && !result.impossible) day_of_time(resolver, parts, &result);
  }
  return result;
}
