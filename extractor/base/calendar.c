#include "base/calendar.h"

#include <stdio.h>
#include <string.h>

bool calendar_leap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int calendar_month_days(int year, int month)
{
  static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month < 1 || month > 12) return 0;
  return month == 2 && (year == YEAR_UNKNOWN || calendar_leap(year)) ? 29 : days[month - 1];
}

bool calendar_valid(int year, int month, int day)
{
  return day >= 1 && day <= calendar_month_days(year, month);
}

/* Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": eras of 400 years, years from March. */
long calendar_days(int year, int month, int day)
{
  const long y = month <= 2 ? (long)year - 1 : (long)year;
  const long era = (y >= 0 ? y : y - 399) / 400;
  const long of_era = y - era * 400;
  const long of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  const long day_of_era = of_era * 365 + of_era / 4 - of_era / 100 + of_year;
  return era * 146097 + day_of_era - 719468;
}

Moment calendar_day(long days)
{
  const long shifted = days + 719468;
  const long era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
  const long day_of_era = shifted - era * 146097;
  const long of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const long of_year = day_of_era - (365 * of_era + of_era / 4 - of_era / 100);
  const long from_march = (5 * of_year + 2) / 153;
  const int  month = (int)(from_march < 10 ? from_march + 3 : from_march - 9);
  return (Moment){.grain = GRAIN_DAY,
                  .year = (int)(of_era + era * 400 + (month <= 2)),
                  .month = month,
                  .day = (int)(of_year - (153 * from_march + 2) / 5 + 1)};
}

int calendar_weekday(long days) { return (int)(((days + 3) % 7 + 7) % 7) + 1; }

Moment calendar_week(long days)
{
  Moment week = calendar_day(days - calendar_weekday(days) + 1);
  week.grain = GRAIN_WEEK;
  return week;
}

int calendar_week_number(long days, int *year)
{
  const long   thursday = days - calendar_weekday(days) + 4;
  const Moment day = calendar_day(thursday);
  *year = day.year;
  return (int)((thursday - calendar_days(day.year, 1, 1)) / 7) + 1;
}

long calendar_easter(int year)
{
  const int a = year % 19, b = year / 100, c = year % 100;
  const int d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
  const int h = (19 * a + b - d - g + 15) % 30;
  const int i = c / 4, k = c % 4;
  const int l = (32 + 2 * e + 2 * i - h - k) % 7;
  const int m = (a + 11 * h + 22 * l) / 451;
  const int n = h + l - 7 * m + 114;
  return calendar_days(year, n / 31, n % 31 + 1);
}

long calendar_nth_weekday(int year, int month, int weekday, int n)
{
  if (n == 0) {
    const long last = calendar_days(year, month, calendar_month_days(year, month));
    return last - (calendar_weekday(last) - weekday + 7) % 7;
  }
  const long first = calendar_days(year, month, 1);
  return first + (weekday - calendar_weekday(first) + 7) % 7 + 7L * (n - 1);
}

static bool two_digits(const char *text, int *number)
{
  if (text[0] < '0' || text[0] > '9' || text[1] < '0' || text[1] > '9') return false;
  *number = (text[0] - '0') * 10 + text[1] - '0';
  return true;
}

bool calendar_parse(const char *text, Moment *day)
{
  int high, low, month, date;
  if (!text || strlen(text) < 10 || text[4] != '-' || text[7] != '-') return false;
  if (!two_digits(text, &high) || !two_digits(text + 2, &low)) return false;
  if (!two_digits(text + 5, &month) || !two_digits(text + 8, &date)) return false;
  if (text[10] >= '0' && text[10] <= '9') return false;
  const int year = high * 100 + low;
  if (year < 1 || !calendar_valid(year, month, date)) return false;
  *day = (Moment){.grain = GRAIN_DAY, .year = year, .month = month, .day = date};
  return true;
}

/* ---- Stretches ------------------------------------------------------------ */

static int floor_to(int year, int step)
{
  const int rest = year % step;
  return year - (rest < 0 ? rest + step : rest);
}

Moment moment_widen(Moment moment, Grain grain)
{
  Moment wide = {.grain = grain, .year = moment.year};
  if (grain >= moment.grain || moment.year == YEAR_UNKNOWN) return moment;
  switch (grain) {
  case GRAIN_CENTURY: wide.year = floor_to(moment.year, 100); break;
  case GRAIN_DECADE: wide.year = floor_to(moment.year, 10); break;
  case GRAIN_HALF:
    wide.part = moment.grain == GRAIN_QUARTER ? (moment.part + 1) / 2 : (moment.month + 5) / 6;
    break;
  case GRAIN_QUARTER: wide.part = (moment.month + 2) / 3; break;
  case GRAIN_SEASON: wide.part = moment.month ? (moment.month % 12 / 3 + 3) % 4 + 1 : 1; break;
  case GRAIN_MONTH: wide.month = moment.month; break;
  case GRAIN_WEEK:
  case GRAIN_WEEKEND:
    wide = calendar_week(calendar_days(moment.year, moment.month, moment.day));
    wide.grain = grain;
    break;
  default: break;
  }
  return wide;
}

/* Counts `steps` parts on, of which a year has `parts`. */
static void shift_part(int *year, int *part, int parts, long steps)
{
  const long count = (long)*year * parts + *part - 1 + steps;
  const long whole = (count >= 0 ? count : count - parts + 1) / parts;
  *year = (int)whole;
  *part = (int)(count - whole * parts) + 1;
}

bool moment_shift(Moment *moment, long steps)
{
  if (moment->year == YEAR_UNKNOWN || steps > 3000000 || steps < -3000000) return false;
  Moment next = *moment;
  long   year = next.year;
  switch (next.grain) {
  case GRAIN_NONE: return false;
  case GRAIN_CENTURY: year += steps * 100; break;
  case GRAIN_DECADE: year += steps * 10; break;
  case GRAIN_YEAR: year += steps; break;
  case GRAIN_HALF: shift_part(&next.year, &next.part, 2, steps), year = next.year; break;
  case GRAIN_SEASON:
  case GRAIN_QUARTER: shift_part(&next.year, &next.part, 4, steps), year = next.year; break;
  case GRAIN_MONTH: shift_part(&next.year, &next.month, 12, steps), year = next.year; break;
  case GRAIN_WEEK:
  case GRAIN_WEEKEND:
  case GRAIN_DAY: {
    const long days =
        calendar_days(next.year, next.month, next.day) + (next.grain == GRAIN_DAY ? steps : 7 * steps);
    next = calendar_day(days);
    next.grain = moment->grain;
    year = next.year;
    break;
  }
  }
  if (year < -YEAR_MAX || year > YEAR_MAX) return false;
  next.year = (int)year;
  *moment = next;
  return true;
}

long moment_first_day(Moment moment)
{
  static const int season_month[] = {3, 6, 9, 12};
  int              month = 1, day = 1;
  switch (moment.grain) {
  case GRAIN_HALF: month = moment.part == 2 ? 7 : 1; break;
  case GRAIN_QUARTER: month = moment.part * 3 - 2; break;
  case GRAIN_SEASON: month = season_month[(moment.part + 3) % 4]; break;
  case GRAIN_MONTH: month = moment.month; break;
  case GRAIN_WEEK:
  case GRAIN_WEEKEND:
  case GRAIN_DAY: month = moment.month, day = moment.day; break;
  default: break;
  }
  return calendar_days(moment.year, month, day) + (moment.grain == GRAIN_WEEKEND ? 5 : 0);
}

long moment_next_day(Moment moment)
{
  const long first = moment_first_day(moment);
  Moment     start = calendar_day(first);
  switch (moment.grain) {
  case GRAIN_DAY: return first + 1;
  case GRAIN_WEEKEND: return first + 2;
  case GRAIN_WEEK: return first + 7;
  case GRAIN_MONTH: return calendar_add_months(start, 1);
  case GRAIN_SEASON:
  case GRAIN_QUARTER: return calendar_add_months(start, 3);
  case GRAIN_HALF: return calendar_add_months(start, 6);
  case GRAIN_DECADE: return calendar_add_months(start, 120);
  case GRAIN_CENTURY: return calendar_add_months(start, 1200);
  default: return calendar_add_months(start, 12);
  }
}

long calendar_add_months(Moment day, long months)
{
  int month = day.month, year = day.year;
  shift_part(&year, &month, 12, months);
  const int last = calendar_month_days(year, month);
  return calendar_days(year, month, day.day < last ? day.day : last);
}

/* ---- Writing -------------------------------------------------------------- */

/* TIMEX3 as in WikiWars: "BC" and the year before Christ. */
static void timex_year(int year, char text[MOMENT_SIZE])
{
  if (year == YEAR_UNKNOWN) snprintf(text, MOMENT_SIZE, "XXXX");
  else if (year <= 0) snprintf(text, MOMENT_SIZE, "BC%04d", 1 - year);
  else snprintf(text, MOMENT_SIZE, "%04d", year);
}

void moment_timex(Moment moment, char text[MOMENT_SIZE])
{
  static const char *const seasons[] = {"SP", "SU", "FA", "WI"};
  char                     year[MOMENT_SIZE / 2];
  char                     whole[MOMENT_SIZE];
  int                      week_year = moment.year;
  timex_year(moment.year, whole);
  snprintf(year, sizeof year, "%.16s", whole);
  switch (moment.grain) {
  case GRAIN_NONE: snprintf(text, MOMENT_SIZE, "XXXX-XX-XX"); break;
  case GRAIN_CENTURY: snprintf(text, MOMENT_SIZE, "%.*s", (int)strlen(year) - 2, year); break;
  case GRAIN_DECADE: snprintf(text, MOMENT_SIZE, "%.*s", (int)strlen(year) - 1, year); break;
  case GRAIN_YEAR: snprintf(text, MOMENT_SIZE, "%s", year); break;
  case GRAIN_HALF: snprintf(text, MOMENT_SIZE, "%s-H%d", year, moment.part); break;
  case GRAIN_SEASON: snprintf(text, MOMENT_SIZE, "%s-%s", year, seasons[(moment.part + 3) % 4]); break;
  case GRAIN_QUARTER: snprintf(text, MOMENT_SIZE, "%s-Q%d", year, moment.part); break;
  case GRAIN_MONTH: snprintf(text, MOMENT_SIZE, "%s-%02d", year, moment.month); break;
  case GRAIN_WEEK:
  case GRAIN_WEEKEND: {
    const int week = calendar_week_number(calendar_days(moment.year, moment.month, moment.day), &week_year);
    snprintf(text, MOMENT_SIZE, "%04d-W%02d%s", week_year, week, moment.grain == GRAIN_WEEKEND ? "-WE" : "");
    break;
  }
  case GRAIN_DAY:
    if (moment.month) snprintf(text, MOMENT_SIZE, "%s-%02d-%02d", year, moment.month, moment.day);
    else snprintf(text, MOMENT_SIZE, "%s-XX-%02d", year, moment.day);
    break;
  }
}

void moment_edtf(Moment moment, char text[MOMENT_SIZE])
{
  char year[MOMENT_SIZE / 2];
  if (moment.year == YEAR_UNKNOWN) snprintf(year, sizeof year, "XXXX");
  else if (moment.year < 0) snprintf(year, sizeof year, "-%04d", -moment.year);
  else snprintf(year, sizeof year, "%04d", moment.year);
  text[0] = '\0';
  /* Before Christ a decade of TIMEX3 and one of EDTF do not hold the same years. */
  if (moment.grain <= GRAIN_DECADE && moment.year <= 0) return;
  switch (moment.grain) {
  case GRAIN_NONE: break;
  case GRAIN_CENTURY: snprintf(text, MOMENT_SIZE, "%.*sXX", (int)strlen(year) - 2, year); break;
  case GRAIN_DECADE: snprintf(text, MOMENT_SIZE, "%.*sX", (int)strlen(year) - 1, year); break;
  case GRAIN_YEAR: snprintf(text, MOMENT_SIZE, "%s", year); break;
  case GRAIN_SEASON: snprintf(text, MOMENT_SIZE, "%s-%d", year, 20 + moment.part); break;
  case GRAIN_QUARTER: snprintf(text, MOMENT_SIZE, "%s-%d", year, 32 + moment.part); break;
  case GRAIN_HALF: snprintf(text, MOMENT_SIZE, "%s-%d", year, 39 + moment.part); break;
  case GRAIN_MONTH: snprintf(text, MOMENT_SIZE, "%s-%02d", year, moment.month); break;
  case GRAIN_WEEK:
  case GRAIN_WEEKEND: {
    const long   first = moment_first_day(moment);
    const Moment from = calendar_day(first), to = calendar_day(first + (moment.grain == GRAIN_WEEK ? 6 : 1));
    snprintf(text, MOMENT_SIZE, "%04d-%02d-%02d/%04d-%02d-%02d", from.year, from.month, from.day, to.year,
             to.month, to.day);
    break;
  }
  case GRAIN_DAY:
    if (moment.month) snprintf(text, MOMENT_SIZE, "%s-%02d-%02d", year, moment.month, moment.day);
    break;
  }
}
