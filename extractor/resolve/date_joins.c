#include "resolve/date_joins.h"

#include <stdio.h>

#include "resolve/date_interval.h"

enum { CLOCK_BYTES = 6 /* " on ", " at ", ", on " */ };

static bool bytes_between(const Resolver *resolver, const Item *first, const Item *second, const char *wanted)
{
  const Letter *letter = resolver->document->letter;
  const size_t  size = strlen(wanted);
  return letter && second->span.start == first->span.end + size &&
         !memcmp(letter->text + first->span.end, wanted, size);
}

/* "2016/17" */
static bool years_on_end(const Resolver *resolver, const DateMention *first, const DateMention *second)
{
  const Moment from = first->result.moment, to = second->result.moment;
  return from.grain == GRAIN_YEAR && to.year == from.year + 1 && second->parts.year < 100 &&
         bytes_between(resolver, first->item, second->item, "/");
}

static bool dash_between(const Resolver *resolver, const Item *first, const Item *second)
{
  static const char *const dashes[] = {"-", "\xe2\x80\x93", "\xe2\x80\x94"}; /* hyphen, en and em dash */
  for (size_t i = 0; i < sizeof dashes / sizeof *dashes; ++i) {
    if (bytes_between(resolver, first, second, dashes[i])) return true;
  }
  return false;
}

/* ---- Ranges --------------------------------------------------------------------------- */

static bool plain_date(const DateMention *mention)
{
  return mention->result.known && mention->result.moment.year > 0 && !mention->result.time[0] &&
         !mention->parts.modifier && is(mention->parts.timex, "DATE") && is(mention->parts.form, "calendar");
}

static bool is_range(const Resolver *resolver, const DateMention *first, const DateMention *second)
{
  const Moment from = first->result.moment, to = second->result.moment;
  if (resolver->genre != GENRE_LETTER || !plain_date(first) || !plain_date(second) || from.grain != to.grain)
    return false;
  if (from.grain != GRAIN_YEAR && from.grain != GRAIN_MONTH && from.grain != GRAIN_DAY) return false;
  return moment_first_day(from) < moment_first_day(to) &&
         (dash_between(resolver, first->item, second->item) || years_on_end(resolver, first, second));
}

/* ---- Times of a day ------------------------------------------------------------------- */

static bool only_time(const DateMention *mention)
{
  const DateParts *parts = &mention->parts;
  return is(parts->timex, "TIME") && parts->has_hour && !parts->weekday && !parts->month && !parts->direction;
}

static bool only_day(const DateMention *mention)
{
  return mention->result.known && mention->result.moment.grain == GRAIN_DAY && !mention->result.time[0] &&
         is(mention->parts.timex, "DATE");
}

/* ---- Joining ---------------------------------------------------------------------------- */

static ClaimantStatus cover_both(Document *document, Item *first, Item *second)
{
  first->span.end = second->span.end;
  first->text = arena_copy(document->arena, document->letter->text + first->span.start,
                           first->span.end - first->span.start);
  second->type = NULL;
  return first->text ? CLAIMANT_OK : CLAIMANT_NO_MEMORY;
}

/* From the first day of the one up to the last of the other. */
static ClaimantStatus join_intervals(Document *document, const DateMention *first, const DateMention *second)
{
  const Resolved whole = {.has_interval = true,
                          .from = moment_first_day(first->result.moment),
                          .to = moment_next_day(second->result.moment)};
  char           interval[INTERVAL_SIZE];
  if (!date_interval(&first->parts, &whole, interval)) return CLAIMANT_OK;
  return date_set_feature(document, first->item, "interval", interval);
}

static ClaimantStatus join_range(Document *document, const DateMention *first, DateMention *second)
{
  char value[2 * MOMENT_SIZE + 2], from[MOMENT_SIZE], to[MOMENT_SIZE];
  moment_timex(first->result.moment, from);
  moment_timex(second->result.moment, to);
  snprintf(value, sizeof value, "%s/%s", from, to);
  ClaimantStatus status = cover_both(document, first->item, second->item);
  if (!status) status = date_set_feature(document, first->item, "timex", "DURATION");
  if (!status) status = date_set_feature(document, first->item, "value", value);
  if (!status) status = date_set_feature(document, first->item, "edtf", value);
  if (!status) status = join_intervals(document, first, second);
  second->parts.timex = "DURATION";
  return status;
}

static ClaimantStatus join_time(Document *document, const DateMention *first, DateMention *second)
{
  const DateMention *time = only_time(first) ? first : second;
  const Moment       day = time == first ? second->result.moment : first->result.moment;
  char               value[MOMENT_SIZE + TIME_SIZE], edtf[MOMENT_SIZE + TIME_SIZE], text[MOMENT_SIZE];
  char               interval[INTERVAL_SIZE];
  moment_timex(day, text);
  snprintf(value, sizeof value, "%s%s", text, time->result.time);
  snprintf(edtf, sizeof edtf, "%sT%02d:%02d:00%s", text, time->parts.hour, time->parts.minute,
           time->parts.utc ? "Z" : "");
  ClaimantStatus status = cover_both(document, first->item, second->item);
  if (!status) status = date_set_feature(document, first->item, "timex", "TIME");
  if (!status) status = date_set_feature(document, first->item, "value", value);
  if (!status && day.year != YEAR_UNKNOWN) status = date_set_feature(document, first->item, "edtf", edtf);
  Resolved whole = {.known = true, .moment = day};
  memcpy(whole.time, time->result.time, sizeof whole.time);
  if (!status && date_interval(&time->parts, &whole, interval))
    status = date_set_feature(document, first->item, "interval", interval);
  second->result.moment = day;
  second->result.known = true;
  second->parts.timex = "TIME";
  return status;
}

/* ---- Letters: the hour beside the day ----------------------------------------------------- */

bool date_is_clock(const Resolver *resolver, const DateMention *mention)
{
  return resolver->genre == GENRE_LETTER && only_time(mention) && mention->result.time[0];
}

ClaimantStatus date_give_time(Resolver *resolver, const DateMention *clock, const DateMention *day)
{
  char           time[TIME_SIZE];
  const bool     before = clock->item->span.start < day->item->span.start;
  const uint32_t first = before ? clock->item->span.end : day->item->span.end;
  const uint32_t second = before ? day->item->span.start : clock->item->span.start;
  if (!only_day(day) || second < first || second - first > CLOCK_BYTES) return CLAIMANT_OK;
  const char *gap = resolver->document->letter ? resolver->document->letter->text + first : "";
  if (memchr(gap, '\n', strnlen(gap, second - first)) || memchr(gap, ';', strnlen(gap, second - first)))
    return CLAIMANT_OK;
  snprintf(time, sizeof time, "%02d:%02d:00%s", clock->parts.hour, clock->parts.minute, clock->parts.utc ? "Z" : "");
  return date_set_feature(resolver->document, day->item, "time", time);
}

ClaimantStatus date_join(Resolver *resolver, const DateMention *first, DateMention *second)
{
  Document      *document = resolver->document;
  ClaimantStatus status = CLAIMANT_OK;
  if (is_range(resolver, first, second)) {
    status = join_range(document, first, second);
  } else if (((only_time(first) && only_day(second)) || (only_day(first) && only_time(second))) &&
             bytes_between(resolver, first->item, second->item, " ")) {
    status = join_time(document, first, second);
  } else {
    return CLAIMANT_OK;
  }
  second->item = first->item;
  return status;
}
