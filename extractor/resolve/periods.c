#include "resolve/periods.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "resolve/date_interval.h"

enum { VALUE_MAX = 2 * VALUE_SIZE };

/* What the dates inside a period say of its two ends; NULL: open. */
typedef struct {
  const char *begin, *end;             /* EDTF */
  const char *first_day, *day_after;   /* of the half-open interval */
  size_t      first_bytes, after_bytes;
} Bounds;

/* How one date bounds a period. */
static const struct {
  const char *kind;
  bool        is_end;    /* it gives the end, not the begin */
  bool        left_out;  /* the period does not hold the date itself */
} kinds[] = {{"since", false, false}, {"from", false, false}, {"after", false, true},
             {"until", true, false},  {"by", true, false},    {"before", true, true}};

static const char *feature_of(const Item *item, const char *name)
{
  for (size_t i = 0; i < item->feature_count; ++i) {
    if (item->features[i].name && !strcmp(item->features[i].name, name)) return item->features[i].value;
  }
  return NULL;
}

/* The half of an interval before or behind its slash. */
static const char *half_of(const char *interval, bool second, size_t *bytes)
{
  const char *slash = interval ? strchr(interval, '/') : NULL;
  if (!slash) return NULL;
  *bytes = second ? strlen(slash + 1) : (size_t)(slash - interval);
  return second ? slash + 1 : interval;
}

static bool plain_edtf(const char *text) { return text && !strchr(text, '/'); }

static bool in_order(const Bounds *bounds)
{
  if (!bounds->first_day || !bounds->day_after) return true;
  const size_t bytes = bounds->first_bytes < bounds->after_bytes ? bounds->first_bytes : bounds->after_bytes;
  return memcmp(bounds->first_day, bounds->day_after, bytes) < 0;
}

/* "until May" ends with May, "before May" as May begins, and so on. */
static void bound_by_one(const Item *date, const char *kind, Bounds *bounds)
{
  const bool  within = feature_of(date, "mod") != NULL; /* "before the end of May" is in May itself */
  const char *edtf = feature_of(date, "edtf"), *interval = feature_of(date, "interval");
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; ++i) {
    if (strcmp(kind, kinds[i].kind)) continue;
    const bool left_out = kinds[i].left_out && !within;
    const bool second = kinds[i].is_end != left_out;
    if (kinds[i].is_end) {
      bounds->day_after = half_of(interval, second, &bounds->after_bytes);
      if (!left_out) bounds->end = edtf;
    } else {
      bounds->first_day = half_of(interval, second, &bounds->first_bytes);
      if (!left_out) bounds->begin = edtf;
    }
  }
}

static ClaimantStatus write_bounds(Document *document, Item *period, const Bounds *bounds)
{
  char       value[VALUE_MAX], interval[INTERVAL_SIZE];
  const bool edtf = bounds->begin || bounds->end;
  const bool fits = (!bounds->begin || plain_edtf(bounds->begin)) && (!bounds->end || plain_edtf(bounds->end));
  ClaimantStatus status = CLAIMANT_OK;
  if (edtf && fits) {
    snprintf(value, sizeof value, "%.70s/%.70s", bounds->begin ? bounds->begin : "..",
             bounds->end ? bounds->end : "..");
    status = date_set_feature(document, period, "value", value);
    if (!status) status = date_set_feature(document, period, "edtf", value);
  }
  if (status || !(bounds->first_day || bounds->day_after)) return status;
  snprintf(interval, sizeof interval, "%.*s/%.*s", bounds->first_day ? (int)bounds->first_bytes : 2,
           bounds->first_day ? bounds->first_day : "..", bounds->day_after ? (int)bounds->after_bytes : 2,
           bounds->day_after ? bounds->day_after : "..");
  return date_set_feature(document, period, "interval", interval);
}

/* The dates inside a period, in text order: those of the list up to `count`, and how many there are. */
static size_t dates_inside(const Document *document, const Type *date_type, size_t index, const Item *dates[2])
{
  const Span span = document->items[index].span;
  size_t     count = 0;
  for (size_t i = index + 1; i < document->item_count && document->items[i].span.start < span.end; ++i) {
    const Item *item = &document->items[i];
    if (!item->type || !ruleset_is_a(document->rules, item->type->index, date_type->index)) continue;
    if (item->span.end > span.end) return 0;
    if (count < 2) dates[count] = item;
    ++count;
  }
  return count;
}

/* ---- So long before or after a date ----------------------------------------------------------- */

/* "P3W" and the like: one whole number of days, weeks, months or years, of at most five digits. */
static bool read_length(const char *value, long *count, char *unit)
{
  const size_t digits = value && *value == 'P' ? strspn(value + 1, "0123456789") : 0;
  if (digits == 0 || digits > 5 || strlen(value) != digits + 2 || !strchr("DWMY", value[digits + 1])) return false;
  *count = atol(value + 1);
  *unit = value[digits + 1];
  return *count > 0;
}

static long shifted(Moment day, long count, char unit)
{
  if (unit == 'D' || unit == 'W') return moment_first_day(day) + (unit == 'W' ? 7 * count : count);
  return calendar_add_months(day, unit == 'Y' ? 12 * count : count);
}

/* A day is shifted by any unit, a month or year only by months and years. */
static bool shift_bounds(const char *interval, long count, char unit, Resolved *result)
{
  size_t      bytes;
  const char *second = half_of(interval, true, &bytes);
  Moment      from, to;
  if (!second || !calendar_parse(interval, &from) || !calendar_parse(second, &to)) return false;
  const bool one_day = moment_first_day(to) == moment_first_day(from) + 1;
  const bool whole_months = from.day == 1 && to.day == 1;
  if (!one_day && !(whole_months && (unit == 'M' || unit == 'Y'))) return false;
  result->has_interval = true;
  result->from = shifted(from, count, unit);
  result->to = one_day ? result->from + 1 : shifted(to, count, unit);
  return true;
}

static ClaimantStatus resolve_away(Document *document, Item *period, const Item *length, const Item *date, bool back)
{
  Resolved  result = {.moment = {.year = YEAR_UNKNOWN}};
  DateParts parts = {.scale = 1};
  char      interval[INTERVAL_SIZE], day[MOMENT_SIZE];
  long      count;
  char      unit;
  if (!read_length(feature_of(length, "value"), &count, &unit) ||
      !shift_bounds(feature_of(date, "interval"), back ? -count : count, unit, &result) ||
      !date_interval(&parts, &result, interval)) {
    period->type = NULL;
    return CLAIMANT_OK;
  }
  ClaimantStatus status = date_set_feature(document, period, "interval", interval);
  if (status || result.to != result.from + 1) return status;
  moment_timex(calendar_day(result.from), day);
  status = date_set_feature(document, period, "value", day);
  return status ? status : date_set_feature(document, period, "edtf", day);
}

static ClaimantStatus resolve_period(Document *document, const Type *date_type, size_t index)
{
  Item       *period = &document->items[index];
  const Item *dates[2];
  Bounds      bounds = {0};
  const char *kind = feature_of(period, "kind");
  const bool  range = kind && !strcmp(kind, "range"), earlier = kind && !strcmp(kind, "earlier");
  const bool  away = earlier || (kind && !strcmp(kind, "later"));
  if (!kind || dates_inside(document, date_type, index, dates) != (range || away ? 2 : 1)) {
    period->type = NULL;
    return CLAIMANT_OK;
  }
  if (away) return resolve_away(document, period, dates[0], dates[1], earlier);
  if (range) {
    bounds.begin = feature_of(dates[0], "edtf");
    bounds.end = feature_of(dates[1], "edtf");
    bounds.first_day = half_of(feature_of(dates[0], "interval"), false, &bounds.first_bytes);
    bounds.day_after = half_of(feature_of(dates[1], "interval"), true, &bounds.after_bytes);
    if (!bounds.begin != !bounds.end) bounds.begin = bounds.end = NULL;
    if (!bounds.first_day || !bounds.day_after) bounds.first_day = bounds.day_after = NULL;
  } else {
    bound_by_one(dates[0], kind, &bounds);
  }
  const bool known = bounds.begin || bounds.end || bounds.first_day || bounds.day_after;
  if (!known || !in_order(&bounds)) {
    period->type = NULL;
    return CLAIMANT_OK;
  }
  return write_bounds(document, period, &bounds);
}

ClaimantStatus periods_resolve(Document *document, bool *dropped)
{
  const Type    *period_type = ruleset_type(document->rules, "Period");
  const Type    *date_type = ruleset_type(document->rules, "Date");
  ClaimantStatus status = CLAIMANT_OK;
  if (!period_type || !date_type) return CLAIMANT_OK;
  for (size_t i = 0; i < document->item_count && !status; ++i) {
    const Type *type = document->items[i].type;
    if (!type || !ruleset_is_a(document->rules, type->index, period_type->index)) continue;
    status = resolve_period(document, date_type, i);
    if (!document->items[i].type) *dropped = true;
  }
  return status;
}
