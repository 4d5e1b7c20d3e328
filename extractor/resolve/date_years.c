#include "resolve/date_values.h"

enum {
  NEAR_BYTES = 8, /* " to ", " and ", ", ", a dash: what may join dates that share a year */
  SENTENCE_BYTES = 60,
  CHAIN_MAX = 6,
  SOON_DAYS = 45,
  PLAN_MONTHS = 8, /* how far ahead a plan without a year reaches */
  ROLL_MONTHS = 8  /* so much earlier in the year means the next year, in a history */
};

/* ---- What a direction starts from ------------------------------------------- */

static bool reckon(Resolved *result, Basis basis, Moment base)
{
  result->basis = basis;
  result->base = base;
  return true;
}

bool date_base(const Resolver *resolver, Direction direction, Moment *base, Resolved *result)
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
    return reckon(result, BASIS_MENTION, *base);
  }
  if (mention && resolver->genre == GENRE_NARRATIVE) return false;
  if (!resolver->has_anchor && !resolver->has_year) return false;
  *base = resolver->has_anchor ? resolver->anchor : moment_widen(resolver->anchor, GRAIN_YEAR);
  return reckon(result, resolver->has_anchor ? BASIS_LETTER : BASIS_MENTION, *base);
}

int date_step(Direction direction)
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

/* ---- The year of a month or day that has none ---------------------------------- */

bool dates_near(const Resolver *resolver, const Item *first, const Item *second)
{
  if (second->span.start < first->span.end || second->span.start - first->span.end > NEAR_BYTES) return false;
  if (!resolver->document->letter) return true;
  const char *text = resolver->document->letter->text;
  for (uint32_t i = first->span.end; i < second->span.start; ++i) {
    if (text[i] == '.' || text[i] == '\n' || text[i] == ';') return false;
  }
  return true;
}

bool dates_same_sentence(const Resolver *resolver, const Item *first, const Item *second)
{
  if (!resolver->document->letter || second->span.start < first->span.end) return false;
  if (second->span.start - first->span.end > SENTENCE_BYTES) return false;
  const char *gap = resolver->document->letter->text + first->span.end;
  return !memchr(gap, '.', second->span.start - first->span.end) &&
         !memchr(gap, ';', second->span.start - first->span.end);
}

bool date_later_in_chain(const Resolver *resolver, size_t index, bool month_will_do, DateParts *found)
{
  const Document *document = resolver->document;
  size_t          last = index;
  for (size_t i = index + 1; i < document->item_count && i - index <= CHAIN_MAX; ++i) {
    const Item *item = &document->items[i];
    if (!is_date(resolver, item)) continue;
    if (!dates_near(resolver, &document->items[last], item)) return false;
    *found = date_parts(item);
    if (found->has_year ? found->month || (found->day && !month_will_do) || found->season || found->quarter
                        : month_will_do && found->month)
      return true;
    if (!found->month && !found->day && !found->season && !found->quarter) return false;
    last = i;
  }
  return false;
}

static int full_year(const Resolver *resolver, const DateParts *parts, const Item *item)
{
  int year = parts->year;
  if (parts->bc) return 1 - year;
  if (year >= 100 || parts->ad || (parts->has_year && parts->month == 0 && parts->day == 0 && year == 0)) return year;
  if (resolver->previous && resolver->previous_moment.year != YEAR_UNKNOWN && resolver->previous_sure &&
      dates_near(resolver, resolver->previous, item)) {
    return resolver->previous_moment.year / 100 * 100 + year;
  }
  if (resolver->genre == GENRE_NARRATIVE && resolver->has_reference &&
      resolver->reference.year != YEAR_UNKNOWN) {
    return resolver->reference.year / 100 * 100 + year;
  }
  const int now = resolver->has_anchor ? resolver->anchor.year : 2020;
  year += now / 100 * 100;
  return year > now + 10 ? year - 100 : year;
}

/* The year that makes month and day the one meant, seen from the letter's day. */
static int year_from_anchor(const Resolver *resolver, const DateParts *parts)
{
  const Moment anchor = resolver->anchor;
  const bool   same = parts->month == anchor.month;
  const bool   later = parts->month > anchor.month || (same && parts->day > anchor.day);
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
    const int since =
        anchor.month - parts->month; /* what is just over is not meant by a plan for next year */
    return earlier && since >= 12 - PLAN_MONTHS ? anchor.year + 1 : anchor.year;
  }
  if (parts->tense != TENSE_PAST && anchor.grain == GRAIN_DAY && parts->month <= 12) {
    /* What comes so soon is hardly the one of eleven months ago. */
    const int  year = earlier ? anchor.year + 1 : anchor.year;
    const long ahead =
        calendar_days(year, parts->month, parts->day ? parts->day : 1) - moment_first_day(anchor);
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
  if (reference.grain <= GRAIN_YEAR && resolver->has_dated &&
      resolver->dated_paragraph >= resolver->reference_paragraph) {
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
  if (parts->season == 4 && !parts->direction &&
      (reference.month >= 9 || (reference.grain == GRAIN_SEASON && reference.part == 3))) {
    return reference.year + 1;
  }
  return reference.year;
}

/* Under a heading with a year, or with a month and a year, its dates are of that year. */
static bool under_heading(const Resolver *resolver, const DateParts *parts, const Item *item)
{
  return resolver->has_heading && resolver->section == item->section && !parts->direction &&
         resolver->genre == GENRE_LETTER;
}

/* The letter's own day tells the year, by the tense where the words are those of a plan. */
static int year_of_letter(const Resolver *resolver, const DateParts *parts, Resolved *result)
{
  if (!resolver->has_anchor && !resolver->has_year) return YEAR_UNKNOWN;
  const bool tense = parts->tense != TENSE_NONE && !parts->direction;
  if (resolver->has_anchor) reckon(result, tense ? BASIS_TENSE : BASIS_LETTER, resolver->anchor);
  else reckon(result, BASIS_MENTION, moment_widen(resolver->anchor, GRAIN_YEAR));
  return year_from_anchor(resolver, parts);
}

/* "from May to September": the second month or day is that of the year of the first, when it comes later in it. */
static bool goes_on(const Resolver *resolver, const DateParts *parts, const Item *item, int year)
{
  const Moment before = resolver->previous_moment;
  return !parts->direction && parts->month && resolver->previous && before.month && before.grain >= GRAIN_MONTH &&
         before.year != YEAR_UNKNOWN && year != YEAR_UNKNOWN && year < before.year &&
         dates_near(resolver, resolver->previous, item) && parts->month >= before.month;
}

int date_year(const Resolver *resolver, const DateParts *parts, size_t index, Resolved *result)
{
  const Item *item = &resolver->document->items[index];
  DateParts   other;
  if (parts->has_year) {
    result->sure = true;
    result->basis = BASIS_EXPLICIT;
    return full_year(resolver, parts, item);
  }
  if (parts->year_direction) {
    Moment base;
    if (!date_base(resolver, parts->year_direction, &base, result) || base.year == YEAR_UNKNOWN)
      return YEAR_UNKNOWN;
    return base.year + date_step(parts->year_direction);
  }
  if (!parts->direction && date_later_in_chain(resolver, index, false, &other)) {
    const int year = full_year(resolver, &other, item);
    result->sure = true;
    reckon(result, BASIS_MENTION, (Moment){.grain = GRAIN_YEAR, .year = year});
    return parts->month && other.month && parts->month > other.month ? year - 1 : year;
  }
  if (!parts->direction && resolver->previous && resolver->previous_sure &&
      dates_near(resolver, resolver->previous, item) && resolver->previous_moment.year != YEAR_UNKNOWN) {
    const Moment before = resolver->previous_moment;
    result->sure = true;
    reckon(result, BASIS_MENTION, before);
    return before.month && parts->month && parts->month < before.month ? before.year + 1 : before.year;
  }
  if (resolver->genre == GENRE_NARRATIVE) {
    if (!resolver->has_reference) return YEAR_UNKNOWN;
    reckon(result, BASIS_MENTION, resolver->reference);
    return year_from_reference(resolver, parts);
  }
  if (under_heading(resolver, parts, item)) {
    reckon(result, BASIS_MENTION, resolver->heading);
    return resolver->heading.year;
  }
  const int year = year_of_letter(resolver, parts, result);
  return goes_on(resolver, parts, item, year) ? resolver->previous_moment.year : year;
}
