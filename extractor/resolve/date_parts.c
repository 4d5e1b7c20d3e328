#include "resolve/date_parts.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *feature_value(const Item *item, const char *name)
{
  for (size_t i = 0; i < item->feature_count; ++i) {
    if (item->features[i].name && !strcmp(item->features[i].name, name)) return item->features[i].value;
  }
  return NULL;
}

/* -1 when it is no number of at most nine digits. */
static int whole_number(const char *text)
{
  if (!text) return -1;
  const size_t digits = strspn(text, "0123456789");
  if (digits == 0 || digits > 9 || text[digits]) return -1;
  return atoi(text);
}

static int number_or_zero(const Item *item, const char *name)
{
  const int number = whole_number(feature_value(item, name));
  return number > 0 ? number : 0;
}

/* A day or month that is written but impossible must not look as if it were not there. */
static int number_of_calendar(const Item *item, const char *name)
{
  const char *text = feature_value(item, name);
  const int   number = whole_number(text);
  if (!text) return 0;
  return number > 0 ? number : 99;
}

static Direction direction_of(const char *word)
{
  static const struct {
    const char *word;
    Direction   direction;
  } directions[] = {
      {"this", DIRECTION_THIS},         {"last", DIRECTION_LAST},
      {"next", DIRECTION_NEXT},         {"last-but-one", DIRECTION_LAST_BUT_ONE},
      {"same", DIRECTION_SAME},         {"next-but-one", DIRECTION_NEXT_BUT_ONE},
      {"previous", DIRECTION_PREVIOUS}, {"following", DIRECTION_FOLLOWING},
      {"context", DIRECTION_CONTEXT},   {"ago", DIRECTION_AGO},
      {"ahead", DIRECTION_AHEAD},       {"earlier", DIRECTION_EARLIER},
      {"later", DIRECTION_LATER},
  };
  for (size_t i = 0; word && i < sizeof directions / sizeof *directions; ++i) {
    if (!strcmp(word, directions[i].word)) return directions[i].direction;
  }
  return DIRECTION_NONE;
}

static DateUnit unit_of(const char *code)
{
  DateUnit unit = {.times = 1};
  if (!code) return unit;
  const size_t digits = strspn(code, "0123456789");
  if (digits > 0 && digits < 6) unit.times = atoi(code), code += digits;
  if (!strcmp(code, "WE")) unit.letter = 'E';
  else if (code[0] == 'T') unit.letter = code[1] == 'M' ? 'T' : code[1];
  else unit.letter = code[0];
  return unit;
}

static int season_of(const char *code)
{
  static const char *const codes[] = {"SP", "SU", "FA", "WI"};
  for (int i = 0; code && i < 4; ++i) {
    if (!strcmp(code, codes[i])) return i + 1;
  }
  return 0;
}

static void read_year(const Item *item, DateParts *parts)
{
  const int   year = whole_number(feature_value(item, "year"));
  const int   high = whole_number(feature_value(item, "yearhigh"));
  const int   low = whole_number(feature_value(item, "yearlow"));
  const char *era = feature_value(item, "era");
  if (year >= 0) parts->year = year, parts->has_year = true;
  if (high >= 0) parts->year = high * 100 + (low > 0 ? low : 0), parts->has_year = true;
  parts->bc = era && !strcmp(era, "BC");
  parts->ad = era && !strcmp(era, "AD");
}

DateParts date_parts(const Item *item)
{
  DateParts   parts = {.scale = 1};
  const char *quarter = feature_value(item, "quarter");
  const char *fraction = feature_value(item, "fraction");
  const char *halfday = feature_value(item, "halfday");
  const char *tense = feature_value(item, "tense");
  parts.value = feature_value(item, "value");
  parts.timex = feature_value(item, "timex");
  parts.form = feature_value(item, "form");
  parts.modifier = feature_value(item, "mod");
  parts.genre = feature_value(item, "genre");
  read_year(item, &parts);
  parts.month = number_of_calendar(item, "month");
  parts.day = number_of_calendar(item, "day");
  parts.weekday = number_or_zero(item, "weekday");
  parts.season = season_of(feature_value(item, "season"));
  parts.any_quarter = quarter && !strcmp(quarter, "X");
  parts.quarter = number_or_zero(item, "quarter");
  parts.half = number_or_zero(item, "half");
  parts.century = number_or_zero(item, "century");
  parts.week = number_or_zero(item, "week");
  parts.nth = feature_value(item, "nth");
  parts.plus = feature_value(item, "plus");
  parts.more[0].count = feature_value(item, "countb");
  parts.more[0].unit = unit_of(feature_value(item, "unitb"));
  parts.more[1].count = feature_value(item, "countc");
  parts.more[1].unit = unit_of(feature_value(item, "unitc"));
  parts.decade = feature_value(item, "decade");
  parts.holiday = feature_value(item, "holiday");
  parts.unit = unit_of(feature_value(item, "unit"));
  parts.count = feature_value(item, "count");
  parts.count2 = feature_value(item, "count2");
  parts.direction = direction_of(feature_value(item, "direction"));
  parts.year_direction = direction_of(feature_value(item, "ydir"));
  parts.part = feature_value(item, "part");
  parts.order = feature_value(item, "order");
  parts.has_hour = feature_value(item, "hour") != NULL;
  parts.has_minute = feature_value(item, "minute") != NULL;
  parts.hour = number_or_zero(item, "hour");
  parts.minute = number_or_zero(item, "minute");
  parts.utc = feature_value(item, "zone") != NULL;
  if (number_or_zero(item, "scale")) parts.scale = number_or_zero(item, "scale");
  if (fraction) parts.fraction = strtod(fraction, NULL);
  if (halfday && parts.hour <= 12) parts.hour = parts.hour % 12 + (!strcmp(halfday, "pm") ? 12 : 0);
  if (tense) parts.tense = !strcmp(tense, "future") ? TENSE_FUTURE : TENSE_PAST;
  return parts;
}

ClaimantStatus date_set_feature(Document *document, Item *item, const char *name, const char *value)
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

/* ---- Lengths -------------------------------------------------------------- */

/* The amount of a count; false for an unknown one. "1,200" is 1200. */
static bool amount(const char *count, double *number)
{
  char   plain[24];
  size_t used = 0;
  for (; *count && used + 1 < sizeof plain; ++count) {
    if (*count != ',') plain[used++] = *count;
  }
  plain[used] = '\0';
  if (*count || used == 0 || strspn(plain, "0123456789.") != used) return false;
  *number = strtod(plain, NULL);
  return *number < 1e9;
}

bool date_count(const DateParts *parts, double *number)
{
  double plus = 0;
  if (!parts->count || !amount(parts->count, number)) return false;
  if (parts->plus && !amount(parts->plus, &plus)) return false;
  *number = *number * parts->scale + plus + parts->fraction;
  return true;
}

static const char *designator(char letter)
{
  switch (letter) {
  case 'H': return "H";
  case 'T': return "M";
  case 'S': return "S";
  case 'Y': return "Y";
  case 'M': return "M";
  case 'W': return "W";
  case 'E': return "WE";
  case 'Q': return "Q";
  default: return "D";
  }
}

static bool of_day(char letter) { return letter == 'H' || letter == 'T' || letter == 'S'; }

/* What half of one unit is in the next smaller one, where that is usual. */
static void with_half(char letter, long whole, char text[LENGTH_SIZE])
{
  static const struct {
    char        letter;
    const char *prefix, *half;
  } halves[] = {{'Y', "P", "6M"}, {'M', "P", "15D"}, {'D', "P", "T12H"}, {'H', "PT", "30M"}, {'T', "PT", "30S"}};
  char first[LENGTH_SIZE / 2] = "";
  if (whole) snprintf(first, sizeof first, "%ld%s", whole, designator(letter));
  for (size_t i = 0; i < sizeof halves / sizeof *halves; ++i) {
    if (halves[i].letter != letter) continue;
    snprintf(text, LENGTH_SIZE, "%s%s%s", halves[i].prefix, first, halves[i].half);
    return;
  }
  snprintf(text, LENGTH_SIZE, "P%ld.5%s", whole, designator(letter));
}

/* "P1Y3M2D" of "P1Y" and two more lengths; left as it is when one of them is no whole number of a smaller unit. */
static void add_lengths(const DateParts *parts, char text[LENGTH_SIZE])
{
  static const char order[] = "YMWDHTS";
  const char       *before = strchr(order, parts->unit.letter);
  bool              in_time = of_day(parts->unit.letter);
  for (size_t i = 0; i < MORE_LENGTHS && parts->more[i].count; ++i) {
    const DateUnit unit = parts->more[i].unit;
    const char    *at = unit.letter ? strchr(order, unit.letter) : NULL;
    double         number;
    const size_t   used = strlen(text);
    if (!at || !before || at <= before || !amount(parts->more[i].count, &number) || number > 99999) return;
    snprintf(text + used, LENGTH_SIZE - used, "%s%ld%s", of_day(unit.letter) && !in_time ? "T" : "",
             (long)number * unit.times, designator(unit.letter));
    in_time = of_day(unit.letter);
    before = at;
  }
}

static void one_length(const DateParts *parts, const char *count, double fraction, char text[LENGTH_SIZE])
{
  const char *letter = designator(parts->unit.letter);
  const char *prefix = of_day(parts->unit.letter) ? "PT" : "P";
  double      number, plus = 0;
  if (!amount(count, &number) || (parts->plus && !amount(parts->plus, &plus))) {
    snprintf(text, LENGTH_SIZE, "%sX%s", prefix, letter);
    return;
  }
  number = (number * parts->scale + plus + fraction) * parts->unit.times;
  if (parts->unit.letter == 'Q') number *= 3, letter = "M";
  const long whole = (long)number;
  const bool half = number - (double)whole > 0.4999 && number - (double)whole < 0.5001;
  if (number - (double)whole < 0.0001) snprintf(text, LENGTH_SIZE, "%s%ld%s", prefix, whole, letter);
  else if (half && (fraction > 0 || whole == 0)) with_half(parts->unit.letter, whole, text);
  else snprintf(text, LENGTH_SIZE, "%s%.4g%s", prefix, number, letter);
}

void date_length(const DateParts *parts, char text[LENGTH_SIZE])
{
  char first[LENGTH_SIZE], second[LENGTH_SIZE];
  text[0] = '\0';
  if (!parts->unit.letter) return;
  one_length(parts, parts->count ? parts->count : "X", parts->count2 ? 0 : parts->fraction, first);
  if (!parts->count2) {
    memcpy(text, first, LENGTH_SIZE);
    if (parts->more[0].count) add_lengths(parts, text);
    return;
  }
  one_length(parts, parts->count2, parts->fraction, second);
  const bool unknown = !strcmp(first, second);
  snprintf(text, LENGTH_SIZE, unknown ? "%.30s" : "%.30s/%.30s", first, second);
}
