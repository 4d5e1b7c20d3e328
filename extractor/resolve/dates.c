#include "resolve/dates.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "resolve/date_parts.h"

enum {
  NEAR_BYTES = 8, /* " to ", " and ", ", ", a dash: what may join dates that share a year */
  CHAIN_MAX  = 6,
  SOON_DAYS  = 45,
  PLAN_MONTHS = 8,
  ROLL_MONTHS = 8,
  OPENING_BYTES = 400,
  SENTENCE_BYTES = 60,
  VALUE_SIZE = 80,
  QUARTER_REACH = 1500 /* bytes within which "a year earlier" still means a quarter */
};

typedef enum { GENRE_LETTER, GENRE_NEWS, GENRE_NARRATIVE } Genre;

typedef struct {
  Document  *document;
  const Type *date_type;
  Genre      genre;
  bool       has_anchor, has_reference, has_quarter;
  Moment     anchor;       /* the letter's day */
  Moment     reference;    /* the date mentioned last */
  bool       has_dated;
  Moment     dated;        /* the last one of a month or finer */
  uint32_t   dated_paragraph, reference_paragraph, paragraph;
  Moment     quarter;      /* the quarter mentioned last */
  uint32_t   quarter_end;  /* byte where that mention ends */
  const Item *previous;    /* the date item before this one */
  Moment     previous_moment;
  bool       previous_sure; /* its year is written, or shared with one that is */
  bool        previous_future;
} Resolver;

typedef struct {
  bool   impossible;
  bool   sure;    /* the year is written */
  bool   known;   /* `moment` says something */
  Moment moment;
  char   time[32]; /* "T22:00", "TMO": what follows a day */
  char   text[VALUE_SIZE]; /* the value where it is no moment */
} Resolved;

static bool is(const char *text, const char *word)
{
  return text && !strcmp(text, word);
}

static bool is_date(const Resolver *resolver, const Item *item)
{
  return item->type && ruleset_is_a(resolver->document->rules, item->type->index, resolver->date_type->index);
}

/* ---- What a direction starts from ------------------------------------------- */

static bool base_of(const Resolver *resolver, Direction direction, Moment *base)
{
  bool mention = false;
  switch (direction) {
  case DIRECTION_SAME:
  case DIRECTION_PREVIOUS:
  case DIRECTION_FOLLOWING:
  case DIRECTION_EARLIER:
  case DIRECTION_LATER: mention = true; break;
  default: mention = resolver->genre == GENRE_NARRATIVE; break;
  }
  if (mention && resolver->has_reference) {
    *base = resolver->reference;
    return true;
  }
  if (!resolver->has_anchor || (mention && resolver->genre == GENRE_NARRATIVE)) return false;
  *base = resolver->anchor;
  return true;
}

static int step_of(Direction direction)
{
  switch (direction) {
  case DIRECTION_LAST:
  case DIRECTION_PREVIOUS:
  case DIRECTION_AGO:
  case DIRECTION_EARLIER: return -1;
  case DIRECTION_NEXT:
  case DIRECTION_FOLLOWING:
  case DIRECTION_AHEAD:
  case DIRECTION_LATER: return 1;
  case DIRECTION_LAST_BUT_ONE: return -2;
  case DIRECTION_NEXT_BUT_ONE: return 2;
  default: return 0;
  }
}

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
      [GRAIN_NONE] = "XXXX-XX-XX",  [GRAIN_CENTURY] = "XX",      [GRAIN_DECADE] = "XXX",
      [GRAIN_YEAR] = "XXXX",        [GRAIN_HALF] = "XXXX-HX",    [GRAIN_SEASON] = "XXXX-XX",
      [GRAIN_QUARTER] = "XXXX-QX",  [GRAIN_MONTH] = "XXXX-XX",   [GRAIN_WEEK] = "XXXX-WXX",
      [GRAIN_WEEKEND] = "XXXX-WXX-WE", [GRAIN_DAY] = "XXXX-XX-XX"};
  snprintf(result->text, sizeof result->text, "%s", forms[grain]);
}

static void relative_unit(const Resolver *resolver, const DateParts *parts, Resolved *result)
{
  const Grain grain = grain_of(parts->unit);
  Moment      base;
  if (!base_of(resolver, parts->direction, &base) || base.grain < grain || base.year == YEAR_UNKNOWN) {
    unknown_stretch(result, grain);
    return;
  }
  long step = step_of(parts->direction);
  if (grain == GRAIN_WEEKEND && parts->direction == DIRECTION_CONTEXT &&
      calendar_weekday(moment_first_day(base)) < 6) {
    step = -1;
  }
  result->moment = moment_widen(base, grain);
  result->known  = moment_shift(&result->moment, step);
  if (!result->known) unknown_stretch(result, grain);
}

/* ---- Offsets: "six years ago", "two days later" ------------------------------- */

static bool count_number(const DateParts *parts, double *number)
{
  if (!parts->count || strspn(parts->count, "0123456789.,") != strlen(parts->count)) return false;
  *number = strtod(parts->count, NULL) * parts->scale + parts->fraction;
  return true;
}

static void offset(const Resolver *resolver, const DateParts *parts, const Item *item, Resolved *result)
{
  const bool back = step_of(parts->direction) < 0;
  Grain      grain = grain_of(parts->unit);
  double     number;
  Moment     base;
  if (!count_number(parts, &number) || !base_of(resolver, parts->direction, &base)) {
    snprintf(result->text, sizeof result->text, "%s", back ? "PAST_REF" : "FUTURE_REF");
    return;
  }
  long steps = (long)(number * parts->unit.times + 0.5);
  if (parts->unit.letter == 'Y') {
    grain = GRAIN_YEAR;
    if (number - (double)(long)number > 0.01 && base.grain >= GRAIN_MONTH) {
      grain = GRAIN_MONTH;
      steps = (long)(number * 12 + 0.5);
    }
  }
  if (resolver->genre == GENRE_NEWS && parts->unit.letter == 'Y' && steps == 1 && back && resolver->has_quarter &&
      item->span.start - resolver->quarter_end < QUARTER_REACH) {
    base  = resolver->quarter;
    grain = GRAIN_QUARTER;
    steps = 4;
  }
  if (grain == GRAIN_NONE) grain = GRAIN_DAY, steps = 0; /* hours and less stay in the day */
  if (base.grain < grain) {
    unknown_stretch(result, grain);
    return;
  }
  result->moment = moment_widen(base, grain);
  result->known  = moment_shift(&result->moment, back ? -steps : steps);
  if (!result->known) unknown_stretch(result, grain);
}

/* ---- The year of a month or day that has none ---------------------------------- */

static bool near(const Resolver *resolver, const Item *first, const Item *second)
{
  if (second->span.start < first->span.end || second->span.start - first->span.end > NEAR_BYTES) return false;
  if (!resolver->document->letter) return true;
  const char *text = resolver->document->letter->text;
  for (uint32_t i = first->span.end; i < second->span.start; ++i) {
    if (text[i] == '.' || text[i] == '\n' || text[i] == ';') return false;
  }
  return true;
}

static bool same_sentence(const Resolver *resolver, const Item *first, const Item *second)
{
  if (!resolver->document->letter || second->span.start < first->span.end) return false;
  if (second->span.start - first->span.end > SENTENCE_BYTES) return false;
  const char *gap = resolver->document->letter->text + first->span.end;
  return !memchr(gap, '.', second->span.start - first->span.end) &&
         !memchr(gap, ';', second->span.start - first->span.end);
}

/* Parts of the first item after `index`, in a chain of near ones, that has a year and (or) a month. */
static bool later_in_chain(const Resolver *resolver, size_t index, bool month_will_do, DateParts *found)
{
  const Document *document = resolver->document;
  size_t          last     = index;
  for (size_t i = index + 1; i < document->item_count && i - index <= CHAIN_MAX; ++i) {
    const Item *item = &document->items[i];
    if (!is_date(resolver, item)) continue;
    if (!near(resolver, &document->items[last], item)) return false;
    *found = date_parts(item);
    if (found->has_year ? found->month || found->season || found->quarter : month_will_do && found->month) return true;
    if (!found->month && !found->day && !found->season && !found->quarter) return false;
    last = i;
  }
  return false;
}

static int full_year(const Resolver *resolver, const DateParts *parts, const Item *item)
{
  int year = parts->year;
  if (parts->bc) return 1 - year;
  if (year >= 100 || (parts->has_year && parts->month == 0 && parts->day == 0 && year == 0)) return year;
  if (resolver->previous && resolver->previous_moment.year != YEAR_UNKNOWN && resolver->previous_sure &&
      near(resolver, resolver->previous, item)) {
    return resolver->previous_moment.year / 100 * 100 + year;
  }
  if (resolver->genre == GENRE_NARRATIVE && resolver->has_reference && resolver->reference.year != YEAR_UNKNOWN) {
    return resolver->reference.year / 100 * 100 + year;
  }
  const int now = resolver->has_anchor ? resolver->anchor.year : 2020;
  year += now / 100 * 100;
  return year > now + 10 ? year - 100 : year;
}

/* The year that makes month and day the one meant, seen from the letter's day. */
static int year_from_anchor(const Resolver *resolver, const DateParts *parts)
{
  const Moment anchor  = resolver->anchor;
  const bool   same    = parts->month == anchor.month;
  const bool   later   = parts->month > anchor.month || (same && parts->day > anchor.day);
  const bool   earlier = parts->month < anchor.month || (same && parts->day && parts->day < anchor.day);
  switch (parts->direction) {
  case DIRECTION_THIS: return anchor.year;
  case DIRECTION_LAST:
  case DIRECTION_PREVIOUS: return earlier ? anchor.year : anchor.year - 1;
  case DIRECTION_NEXT:
  case DIRECTION_FOLLOWING: return later ? anchor.year : anchor.year + 1;
  default: break;
  }
  if (parts->tense == TENSE_FUTURE) {
    const int since = anchor.month - parts->month; /* what is just over is not meant by a plan for next year */
    return earlier && since >= 12 - PLAN_MONTHS ? anchor.year + 1 : anchor.year;
  }
  if (parts->tense != TENSE_PAST && anchor.grain == GRAIN_DAY && parts->month <= 12) {
    /* What comes so soon is hardly the one of eleven months ago. */
    const int  year  = earlier ? anchor.year + 1 : anchor.year;
    const long ahead = calendar_days(year, parts->month, parts->day ? parts->day : 1) - moment_first_day(anchor);
    if (parts->day && ahead > 0 && ahead <= SOON_DAYS) return year;
    if (!parts->day && resolver->genre == GENRE_NEWS && ahead > 0 && ahead <= 31) return year;
  }
  return later ? anchor.year - 1 : anchor.year;
}

/* Histories go on in the year they are in. A bare year opens a new one, but not one that is only
 * mentioned in a paragraph which already has dates. */
static int year_from_reference(const Resolver *resolver, const DateParts *parts)
{
  Moment reference = resolver->reference;
  if (reference.grain <= GRAIN_YEAR && resolver->has_dated && resolver->dated_paragraph >= resolver->reference_paragraph) {
    reference = resolver->dated;
  }
  if (parts->direction == DIRECTION_LAST || parts->direction == DIRECTION_PREVIOUS) {
    return reference.month && parts->month < reference.month ? reference.year : reference.year - 1;
  }
  if (parts->direction == DIRECTION_NEXT || parts->direction == DIRECTION_FOLLOWING) {
    return reference.month && parts->month > reference.month ? reference.year : reference.year + 1;
  }
  if (parts->month && reference.month - parts->month >= ROLL_MONTHS) return reference.year + 1;
  /* The winter that begins in a year is the one of the next. */
  if (parts->season == 4 && !parts->direction && (reference.month >= 9 || (reference.grain == GRAIN_SEASON && reference.part == 3))) {
    return reference.year + 1;
  }
  return reference.year;
}

static int infer_year(const Resolver *resolver, const DateParts *parts, size_t index, bool *sure)
{
  const Item *item = &resolver->document->items[index];
  DateParts   other;
  if (parts->has_year) {
    *sure = true;
    return full_year(resolver, parts, item);
  }
  if (parts->year_direction) {
    Moment base;
    if (!base_of(resolver, parts->year_direction, &base) || base.year == YEAR_UNKNOWN) return YEAR_UNKNOWN;
    return base.year + step_of(parts->year_direction);
  }
  if (!parts->direction && later_in_chain(resolver, index, false, &other)) {
    const int year = full_year(resolver, &other, item);
    *sure          = true;
    return parts->month && other.month && parts->month > other.month ? year - 1 : year;
  }
  if (!parts->direction && resolver->previous && resolver->previous_sure && near(resolver, resolver->previous, item) &&
      resolver->previous_moment.year != YEAR_UNKNOWN) {
    const Moment before = resolver->previous_moment;
    *sure               = true;
    return before.month && parts->month && parts->month < before.month ? before.year + 1 : before.year;
  }
  if (resolver->genre == GENRE_NARRATIVE) {
    return resolver->has_reference ? year_from_reference(resolver, parts) : YEAR_UNKNOWN;
  }
  return resolver->has_anchor ? year_from_anchor(resolver, parts) : YEAR_UNKNOWN;
}

/* ---- Calendar dates -------------------------------------------------------------- */

static void day_or_month(const Resolver *resolver, const DateParts *parts, size_t index, Resolved *result)
{
  int year = infer_year(resolver, parts, index, &result->sure);
  if (parts->month == 2 && parts->day == 29 && !result->sure && year != YEAR_UNKNOWN) {
    for (int tries = 0; tries < 8 && !calendar_leap(year); ++tries) year += parts->tense == TENSE_FUTURE ? 1 : -1;
  }
  Moment found = {.grain = parts->day ? GRAIN_DAY : GRAIN_MONTH, .year = year, .month = parts->month, .day = parts->day};
  if (parts->month > 12 || (parts->day && !calendar_valid(year, parts->month, parts->day))) {
    result->impossible = true;
    return;
  }
  result->moment = found;
  result->known  = true;
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
  if (later_in_chain(resolver, index, true, &other)) {
    whole.month = other.month;
  } else if (resolver->previous && near(resolver, resolver->previous, &resolver->document->items[index]) &&
             resolver->previous_moment.month) {
    whole.month = resolver->previous_moment.month;
    if (!whole.has_year && resolver->previous_moment.year > 0) {
      whole.year     = resolver->previous_moment.year;
      whole.has_year = true;
    }
  } else if (base_of(resolver, DIRECTION_SAME, &base) && base.month) {
    whole.month    = base.month;
    whole.has_year = base.year > 0;
    whole.year     = base.year;
  }
  if (whole.month && whole.has_year && !calendar_valid(whole.year, whole.month, whole.day)) whole.month = 0;
  if (whole.month) {
    day_or_month(resolver, &whole, index, result);
    result->impossible = false;
    if (result->known) return;
  }
  result->moment = (Moment){.grain = GRAIN_DAY, .year = YEAR_UNKNOWN, .day = parts->day};
  result->known  = true;
}

static void weekday(const Resolver *resolver, const DateParts *parts, Resolved *result)
{
  Moment base;
  if (!base_of(resolver, parts->direction, &base) || base.grain != GRAIN_DAY || base.year == YEAR_UNKNOWN) {
    snprintf(result->text, sizeof result->text, "XXXX-WXX-%d", parts->weekday);
    return;
  }
  const long today = moment_first_day(base);
  const int  back  = (calendar_weekday(today) - parts->weekday + 7) % 7; /* days since the last one */
  long       day   = today - back;
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
  result->known  = true;
}

static void season(const Resolver *resolver, const DateParts *parts, size_t index, Resolved *result)
{
  static const int starts[] = {3, 6, 9, 12};
  DateParts        whole    = *parts;
  const int        start    = starts[parts->season - 1];
  int              year;
  if (parts->has_year || parts->year_direction || resolver->genre == GENRE_NARRATIVE) {
    year = infer_year(resolver, &whole, index, &result->sure);
  } else if (!resolver->has_anchor) {
    year = YEAR_UNKNOWN;
  } else {
    const Moment anchor = resolver->anchor;
    year                = anchor.year;
    if (parts->direction == DIRECTION_LAST) year -= start + 2 >= anchor.month;
    else if (parts->direction == DIRECTION_NEXT) year += start <= anchor.month;
    else if (parts->direction != DIRECTION_THIS && parts->tense != TENSE_FUTURE) year -= start > anchor.month;
  }
  result->moment = (Moment){.grain = GRAIN_SEASON, .year = year, .part = parts->season};
  result->known  = true;
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
  if (parts->direction == DIRECTION_THIS || parts->direction == DIRECTION_LAST || parts->direction == DIRECTION_NEXT) {
    if (!resolver->has_anchor) {
      unknown_stretch(result, GRAIN_QUARTER);
      return;
    }
    quarter = moment_widen(resolver->anchor, GRAIN_QUARTER);
    step    = step_of(parts->direction);
  } else {
    if (!recent_quarter(resolver, &quarter)) {
      unknown_stretch(result, GRAIN_QUARTER);
      return;
    }
    step = step_of(parts->direction);
  }
  if (parts->year_direction == DIRECTION_PREVIOUS) step -= 4;
  if (parts->has_year) quarter.year = parts->year;
  result->moment = quarter;
  result->known  = moment_shift(&result->moment, step);
}

static void part_of_year(const Resolver *resolver, const DateParts *parts, size_t index, Resolved *result)
{
  const bool  half  = parts->half != 0;
  const int   part  = half ? parts->half : parts->quarter;
  const int   last  = half ? 2 : 4;
  int         year  = YEAR_UNKNOWN;
  if (parts->has_year || parts->year_direction || resolver->genre == GENRE_NARRATIVE) {
    year = infer_year(resolver, parts, index, &result->sure);
  } else if (resolver->has_anchor) {
    const Moment now = moment_widen(resolver->anchor, half ? GRAIN_HALF : GRAIN_QUARTER);
    year             = resolver->anchor.year;
    if (part > now.part && (parts->tense == TENSE_PAST || (parts->tense == TENSE_NONE && part - now.part > 1))) --year;
    if (part < now.part && parts->tense == TENSE_FUTURE) ++year;
  }
  result->impossible = part > last;
  result->moment     = (Moment){.grain = half ? GRAIN_HALF : GRAIN_QUARTER, .year = year, .part = part};
  result->known      = true;
}

static void decade_or_century(const Resolver *resolver, const DateParts *parts, Resolved *result)
{
  result->sure   = true;
  result->known  = true;
  result->moment = (Moment){.grain = parts->century ? GRAIN_CENTURY : GRAIN_DECADE};
  if (parts->century) {
    result->impossible  = parts->century > 99;
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
    *day        = calendar_day(calendar_nth_weekday(year, atoi(code + 1), code[4] - '0', n));
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
    return;
  }
  whole.month    = day.month;
  whole.day      = day.day;
  const int year = infer_year(resolver, &whole, index, &result->sure);
  if (year == YEAR_UNKNOWN || year < 1) {
    const bool fixed = parts->holiday[0] >= '0' && parts->holiday[0] <= '9';
    if (fixed) snprintf(result->text, sizeof result->text, "XXXX-%s", parts->holiday);
    else unknown_stretch(result, GRAIN_DAY);
    return;
  }
  result->known = holiday_in(parts->holiday, year, &result->moment);
}

static void calendar_date(const Resolver *resolver, const DateParts *parts, size_t index, Resolved *result)
{
  if (parts->holiday) holiday(resolver, parts, index, result);
  else if (parts->month) day_or_month(resolver, parts, index, result);
  else if (parts->day) day_alone(resolver, parts, index, result);
  else if (parts->weekday) weekday(resolver, parts, result);
  else if (parts->season) season(resolver, parts, index, result);
  else if (parts->any_quarter) any_quarter(resolver, parts, result);
  else if (parts->quarter || parts->half) part_of_year(resolver, parts, index, result);
  else if (parts->century || parts->decade) decade_or_century(resolver, parts, result);
  else if (parts->has_year) {
    result->moment = (Moment){.grain = GRAIN_YEAR, .year = infer_year(resolver, parts, index, &result->sure)};
    result->known  = true;
  }
}

/* ---- Times and sets ---------------------------------------------------------------- */

static void clock_time(const DateParts *parts, Resolved *result)
{
  if (parts->has_hour) {
    if (parts->hour < 0 || parts->hour > 24 || parts->minute < 0 || parts->minute > 59) return;
    snprintf(result->time, sizeof result->time, "T%02d:%02d%s", parts->hour, parts->minute, parts->utc ? "Z" : "");
  } else if (parts->part) {
    snprintf(result->time, sizeof result->time, "T%.5s", parts->part);
  }
}

/* The day of a time that names none, or only "this", "last", "that". */
static void day_of_time(const Resolver *resolver, const DateParts *parts, Resolved *result)
{
  Moment base;
  if (parts->direction ? base_of(resolver, parts->direction, &base)
                       : resolver->has_reference && (base = resolver->reference, true)) {
    if (base.grain == GRAIN_DAY && base.month) {
      result->moment = base;
      result->known  = moment_shift(&result->moment, step_of(parts->direction));
    }
  }
  if (!result->known && resolver->has_anchor && resolver->genre == GENRE_NEWS) {
    result->moment = resolver->anchor;
    result->known  = true;
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

/* News counts "the past year" and "the whole year" as the calendar year. */
static bool year_of_news(const Resolver *resolver, const DateParts *parts)
{
  return resolver->genre == GENRE_NEWS && is(parts->timex, "DURATION") && is(parts->form, "relative") &&
         (parts->direction == DIRECTION_LAST || parts->direction == DIRECTION_SAME) && parts->unit.letter == 'Y' &&
         parts->unit.times == 1;
}

/* ---- One item -------------------------------------------------------------------------- */

static Resolved resolve_one(const Resolver *resolver, const DateParts *parts, size_t index)
{
  const Item *item   = &resolver->document->items[index];
  Resolved    result = {.moment = {.year = YEAR_UNKNOWN}};
  if (parts->value) {
    snprintf(result.text, sizeof result.text, "%.*s", VALUE_SIZE - 1, parts->value);
    return result;
  }
  if (is(parts->timex, "DURATION")) {
    date_length(parts, result.text);
    return result;
  }
  if (is(parts->timex, "SET")) {
    set_of_dates(parts, &result);
    return result;
  }
  if (parts->direction >= DIRECTION_AGO) offset(resolver, parts, item, &result);
  else if (parts->direction && parts->unit.letter && !parts->has_year) relative_unit(resolver, parts, &result);
  else calendar_date(resolver, parts, index, &result);
  if (is(parts->timex, "TIME")) {
    clock_time(parts, &result);
    if (!result.known && !result.text[0] && !result.impossible) day_of_time(resolver, parts, &result);
  }
  return result;
}

/* Counts the blank lines up to an item. */
static void enter_paragraph(Resolver *resolver, const Item *item)
{
  if (!resolver->document->letter) return;
  const char *text = resolver->document->letter->text;
  uint32_t    at   = resolver->previous ? resolver->previous->span.end : 0;
  bool        line = false;
  for (; at < item->span.start; ++at) {
    if (text[at] == '\n') {
      resolver->paragraph += line;
      line = !line;
    } else if (text[at] != ' ' && text[at] != '\r' && text[at] != '\t') {
      line = false;
    }
  }
}

static void remember(Resolver *resolver, const DateParts *parts, const Item *item, const Resolved *result)
{
  resolver->previous        = item;
  resolver->previous_moment = result->moment;
  resolver->previous_sure   = result->sure && result->known;
  resolver->previous_future = parts->tense == TENSE_FUTURE;
  if (!result->known || result->moment.year == YEAR_UNKNOWN) return;
  if (is(parts->form, "deictic") && resolver->genre == GENRE_NARRATIVE) return;
  if (result->moment.grain == GRAIN_SEASON && result->moment.part == 4 && !result->sure) return; /* of two years */
  resolver->reference           = result->moment;
  resolver->has_reference       = true;
  resolver->reference_paragraph = resolver->paragraph;
  if (result->moment.grain >= GRAIN_MONTH && result->moment.month) {
    resolver->dated           = result->moment;
    resolver->has_dated       = true;
    resolver->dated_paragraph = resolver->paragraph;
  }
  if (result->moment.grain == GRAIN_QUARTER) {
    if (!parts->year_direction && !parts->any_quarter && parts->direction < DIRECTION_AGO) {
      resolver->quarter     = result->moment;
      resolver->has_quarter = true;
    }
    resolver->quarter_end = item->span.end;
  }
}

/* ---- Features ---------------------------------------------------------------------------- */

static ClaimantStatus set_feature(Document *document, Item *item, const char *name, const char *value)
{
  const FeatureType *type = type_feature(document->rules, item->type, name);
  if (!type) return CLAIMANT_OK;
  char *copy = arena_copy_string(document->arena, value);
  if (!copy) return CLAIMANT_NO_MEMORY;
  for (size_t i = 0; i < item->feature_count; ++i) {
    if (!strcmp(item->features[i].name, name)) {
      item->features[i].value = copy;
      return CLAIMANT_OK;
    }
  }
  ItemFeature *features = arena_alloc(document->arena, (item->feature_count + 1) * sizeof *features);
  if (!features) return CLAIMANT_NO_MEMORY;
  size_t place = 0;
  while (place < item->feature_count && (uintptr_t)item->features[place].type < (uintptr_t)type) ++place;
  if (place > 0) memcpy(features, item->features, place * sizeof *features);
  features[place] = (ItemFeature){.type = type, .name = type->name, .value = copy};
  if (item->feature_count > place) {
    memcpy(features + place + 1, item->features + place, (item->feature_count - place) * sizeof *features);
  }
  item->features = features;
  ++item->feature_count;
  return CLAIMANT_OK;
}

static ClaimantStatus write_value(Document *document, Item *item, const DateParts *parts, const Resolved *result)
{
  char value[VALUE_SIZE + MOMENT_SIZE] = "", edtf[VALUE_SIZE] = "", moment[MOMENT_SIZE];
  if (result->known) {
    moment_timex(result->moment, moment);
    snprintf(value, sizeof value, "%s%s", moment, result->time);
    moment_edtf(result->moment, moment);
    const bool day   = result->moment.grain == GRAIN_DAY && parts->has_hour && result->moment.year != YEAR_UNKNOWN;
    const bool vague = is(parts->modifier, "APPROX") && moment[0] && !strchr(moment, '/') && !day;
    snprintf(edtf, sizeof edtf, "%s%s", moment, vague ? "~" : "");
    if (day && result->time[0]) {
      snprintf(edtf, sizeof edtf, "%sT%02d:%02d:00%s", moment, parts->hour, parts->minute, parts->utc ? "Z" : "");
    }
  } else {
    snprintf(value, sizeof value, "%s%s", result->text, result->time);
    if (!strncmp(value, "XXXX-", 5) && strspn(value + 5, "0123456789-") == strlen(value + 5)) {
      snprintf(edtf, sizeof edtf, "%.70s", value);
    }
  }
  ClaimantStatus status = value[0] ? set_feature(document, item, "value", value) : CLAIMANT_OK;
  if (!status && edtf[0]) status = set_feature(document, item, "edtf", edtf);
  return status;
}

static void report_impossible(Document *document, const Item *item)
{
  const Letter *letter = document->letter;
  const Place   place  = {.file = letter ? letter->name : NULL, .line = letter ? letter_line(letter, item->span.start) : 0};
  diagnostics_add(&document->diagnostics, CLAIMANT_NOTE, "impossible-date", place,
                  "\"%s\" is no day of the calendar and was left out", item->text);
}

/* ---- Two years with a dash between --------------------------------------------------------- */

static bool only_year(const DateParts *parts)
{
  return parts->has_year && !parts->month && !parts->day && !parts->season && !parts->quarter && !parts->half &&
         !parts->modifier && !parts->bc;
}

static bool dash_between(const Document *document, Span between)
{
  if (!document->letter || between.end <= between.start || between.end - between.start > 3) return false;
  const char  *text = document->letter->text + between.start;
  const size_t size = between.end - between.start;
  return (size == 1 && *text == '-') || (size == 3 && (!memcmp(text, "\xe2\x80\x93", 3) || !memcmp(text, "\xe2\x80\x94", 3)));
}

/* Makes `first` the interval from its year to `second`'s. */
static ClaimantStatus join_years(Document *document, Item *first, const Item *second, Moment from, Moment to)
{
  char value[2 * MOMENT_SIZE + 2], start[MOMENT_SIZE], end[MOMENT_SIZE];
  moment_timex(from, start);
  moment_timex(to, end);
  snprintf(value, sizeof value, "%s/%s", start, end);
  first->span.end = second->span.end;
  first->text     = arena_copy(document->arena, document->letter->text + first->span.start,
                               first->span.end - first->span.start);
  if (!first->text) return CLAIMANT_NO_MEMORY;
  ClaimantStatus status = set_feature(document, first, "timex", "DURATION");
  if (!status) status = set_feature(document, first, "value", value);
  if (!status) status = set_feature(document, first, "edtf", value);
  return status;
}

/* ---- The letter's own date ------------------------------------------------------------------ */

static bool complete(const DateParts *parts, Moment *day)
{
  if (!parts->has_year || parts->bc || parts->year < 1000 || !parts->day || parts->value) return false;
  if (!calendar_valid(parts->year, parts->month, parts->day)) return false;
  *day = (Moment){.grain = GRAIN_DAY, .year = parts->year, .month = parts->month, .day = parts->day};
  return true;
}

static const Block *block_of(const Letter *letter, uint32_t byte)
{
  for (size_t i = 0; letter && i < letter->block_count; ++i) {
    if (letter->blocks[i].span.start <= byte && byte < letter->blocks[i].span.end) return &letter->blocks[i];
  }
  return NULL;
}

static bool in_head(const Block *block)
{
  return block && (block->kind == BLOCK_DATELINE || block->zone == ZONE_HEAD);
}

static bool in_signature(const Block *block)
{
  return block && block->zone == ZONE_SIGNATURE;
}

/* The first complete date among items whose block `wanted` accepts. */
static bool first_date(const Resolver *resolver, bool (*wanted)(const Block *), Moment *day)
{
  const Document *document = resolver->document;
  for (size_t i = 0; i < document->item_count; ++i) {
    if (!is_date(resolver, &document->items[i])) continue;
    const DateParts parts = date_parts(&document->items[i]);
    if (complete(&parts, day) && wanted(block_of(document->letter, document->items[i].span.start))) return true;
  }
  return false;
}

/* The first complete date near the beginning: how a report without a given date opens. */
static bool opening_date(const Resolver *resolver, Moment *day)
{
  const Document *document = resolver->document;
  for (size_t i = 0; i < document->item_count && document->items[i].span.start < OPENING_BYTES; ++i) {
    if (!is_date(resolver, &document->items[i])) continue;
    const DateParts parts = date_parts(&document->items[i]);
    if (complete(&parts, day)) return true;
  }
  return false;
}

static bool front_matter_date(const Letter *letter, Moment *day)
{
  for (size_t i = 0; letter && i < letter->block_count; ++i) {
    const Block *block = &letter->blocks[i];
    if (block->kind != BLOCK_FRONT_MATTER) continue;
    for (uint32_t at = block->span.start; at + 10 <= block->span.end; ++at) {
      if (calendar_parse(letter->text + at, day)) return true;
    }
  }
  return false;
}

static ClaimantStatus find_anchor(Resolver *resolver, const char *given_date)
{
  Document *document   = resolver->document;
  const bool own_first = resolver->genre == GENRE_LETTER || !given_date;
  resolver->has_anchor = (own_first && first_date(resolver, in_head, &resolver->anchor)) ||
                         calendar_parse(given_date, &resolver->anchor) ||
                         first_date(resolver, in_signature, &resolver->anchor) ||
                         front_matter_date(document->letter, &resolver->anchor) ||
                         (resolver->genre == GENRE_NEWS && opening_date(resolver, &resolver->anchor));
  if (!resolver->has_anchor) return CLAIMANT_OK;
  document->meta.date = arena_printf(document->arena, "%04d-%02d-%02d", resolver->anchor.year, resolver->anchor.month,
                                     resolver->anchor.day);
  return document->meta.date ? CLAIMANT_OK : CLAIMANT_NO_MEMORY;
}

/* ---- All items --------------------------------------------------------------------------------- */

static Genre genre_of(const char *word)
{
  return is(word, "news") ? GENRE_NEWS : is(word, "narrative") ? GENRE_NARRATIVE : GENRE_LETTER;
}

/* Takes out the items marked with no type. */
static void drop_marked(Document *document)
{
  size_t kept = 0;
  for (size_t i = 0; i < document->item_count; ++i) {
    if (!document->items[i].type) continue;
    if (kept != i) document->items[kept] = document->items[i];
    ++kept;
  }
  document->item_count = kept;
}

/* A word that counts as a date only in other kinds of text. */
static bool of_other_genre(const Resolver *resolver, const DateParts *parts)
{
  static const char *const names[] = {"letter", "news", "narrative"};
  return parts->genre && !strstr(parts->genre, names[resolver->genre]);
}

static ClaimantStatus resolve_all(Resolver *resolver, bool *dropped)
{
  Document      *document = resolver->document;
  ClaimantStatus status   = CLAIMANT_OK;
  Item          *before   = NULL;
  DateParts      before_parts = {0};
  for (size_t i = 0; i < document->item_count && !status; ++i) {
    Item *item = &document->items[i];
    if (!is_date(resolver, item)) continue;
    DateParts       parts  = date_parts(item);
    enter_paragraph(resolver, item);
    if (!parts.tense && resolver->previous_future && same_sentence(resolver, resolver->previous, item)) {
      parts.tense = TENSE_FUTURE;
    }
    if (year_of_news(resolver, &parts)) {
      parts.timex = "DATE";
      status      = set_feature(document, item, "timex", "DATE");
      if (status) break;
    }
    const bool      other  = of_other_genre(resolver, &parts);
    const Resolved  result = resolve_one(resolver, &parts, i);
    if (other || result.impossible) {
      if (!other) report_impossible(document, item);
      item->type = NULL;
      *dropped   = true;
      continue;
    }
    status = write_value(document, item, &parts, &result);
    if (!status && before && resolver->genre == GENRE_LETTER && only_year(&before_parts) && only_year(&parts) &&
        resolver->previous_moment.year < result.moment.year &&
        dash_between(document, (Span){before->span.end, item->span.start})) {
      status     = join_years(document, before, item, resolver->previous_moment, result.moment);
      item->type = NULL;
      *dropped   = true;
    }
    const Item *last = item->type ? item : before;
    remember(resolver, &parts, last, &result);
    if (item->type) before = item, before_parts = parts;
    else before = NULL;
  }
  return status;
}

ClaimantStatus dates_resolve(Document *document, const char *given_date, const char *genre)
{
  Resolver resolver = {.document = document, .date_type = ruleset_type(document->rules, "Date"), .genre = genre_of(genre)};
  bool     dropped  = false;
  if (!resolver.date_type) return CLAIMANT_OK;
  ClaimantStatus status = find_anchor(&resolver, given_date);
  if (!status) status = resolve_all(&resolver, &dropped);
  if (dropped) drop_marked(document);
  return status;
}
