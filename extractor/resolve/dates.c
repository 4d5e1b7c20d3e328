#include "resolve/dates.h"

#include <stdio.h>
#include <stdlib.h>

#include "resolve/date_interval.h"
#include "resolve/date_joins.h"
#include "resolve/periods.h"

enum { OPENING_BYTES = 400 /* within which a report's own date stands */ };

/* ---- Where it stands ------------------------------------------------------------------- */

static const Block *block_of(const Letter *letter, uint32_t byte)
{
  size_t low = 0, high = letter ? letter->block_count : 0;
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    if (letter->blocks[middle].span.end <= byte) low = middle + 1;
    else high = middle;
  }
  return letter && low < letter->block_count && letter->blocks[low].span.start <= byte ? &letter->blocks[low]
                                                                                       : NULL;
}

/* ---- What to remember --------------------------------------------------------------- */

/* Counts the blank lines up to an item. */
static void enter_paragraph(Resolver *resolver, const Item *item)
{
  if (!resolver->document->letter) return;
  const char *text = resolver->document->letter->text;
  uint32_t    at = resolver->previous ? resolver->previous->span.end : 0;
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
  resolver->previous = item;
  resolver->previous_moment = result->moment;
  resolver->previous_sure = result->sure && result->known;
  resolver->previous_future = parts->tense == TENSE_FUTURE;
  resolver->previous_weekday = parts->weekday && !parts->day && !parts->unit.letter;
  resolver->previous_months = is(parts->timex, "DURATION") && parts->unit.letter == 'M';
  if (!result->known || result->moment.year == YEAR_UNKNOWN) return;
  if (is(parts->form, "deictic") && resolver->genre == GENRE_NARRATIVE) return;
  if (result->moment.grain == GRAIN_SEASON && result->moment.part == 4 && !result->sure)
    return; /* of two years */
  resolver->reference = result->moment;
  resolver->has_reference = true;
  resolver->reference_paragraph = resolver->paragraph;
  if (result->moment.grain >= GRAIN_MONTH && result->moment.month) {
    resolver->dated = result->moment;
    resolver->has_dated = true;
    resolver->dated_paragraph = resolver->paragraph;
  }
  if (result->moment.grain == GRAIN_QUARTER) {
    if ((!parts->year_direction || parts->year_direction == DIRECTION_THIS) && !parts->any_quarter &&
        parts->direction < DIRECTION_AGO) {
      resolver->quarter = result->moment;
      resolver->has_quarter = true;
    }
    resolver->quarter_end = item->span.end;
  }
}

/* The year of a heading holds for the dates beneath it that have none. */
static void remember_heading(Resolver *resolver, const Item *item, const Resolved *result)
{
  const Block *block = block_of(resolver->document->letter, item->span.start);
  if (!block || block->kind != BLOCK_HEADING || !result->sure || result->moment.grain < GRAIN_YEAR) return;
  resolver->has_heading = true;
  resolver->section = item->section;
  resolver->heading = moment_widen(result->moment, GRAIN_YEAR);
}

/* ---- Writing the value --------------------------------------------------------------- */

static ClaimantStatus write_value(Document *document, Item *item, const DateParts *parts,
                                  const Resolved *result)
{
  char value[VALUE_SIZE + MOMENT_SIZE] = "", edtf[VALUE_SIZE] = "", moment[MOMENT_SIZE];
  if (result->known) {
    moment_timex(result->moment, moment);
    snprintf(value, sizeof value, "%s%s", moment, result->time);
    moment_edtf(result->moment, moment);
    const bool day =
        result->moment.grain == GRAIN_DAY && parts->has_hour && result->moment.year != YEAR_UNKNOWN;
    const bool vague = is(parts->modifier, "APPROX") && moment[0] && !strchr(moment, '/') && !day;
    snprintf(edtf, sizeof edtf, "%s%s", moment, vague ? "~" : "");
    if (day && result->time[0]) {
      snprintf(edtf, sizeof edtf, "%sT%02d:%02d:00%s", moment, parts->hour, parts->minute,
               parts->utc ? "Z" : "");
    }
  } else {
    snprintf(value, sizeof value, "%s%s", result->text, result->time);
    const bool day_unknown = strlen(value) == 10 && strspn(value, "0123456789") == 4 && !strcmp(value + 4, "-XX-XX");
    if (day_unknown || (!strncmp(value, "XXXX-", 5) && strspn(value + 5, "0123456789-") == strlen(value + 5))) {
      snprintf(edtf, sizeof edtf, "%.70s", value);
    }
  }
  ClaimantStatus status = value[0] ? date_set_feature(document, item, "value", value) : CLAIMANT_OK;
  if (!status && parts->timex) status = date_set_feature(document, item, "timex", parts->timex);
  if (!status && edtf[0]) status = date_set_feature(document, item, "edtf", edtf);
  return status;
}

/* How the value came about: by what, and reckoned from which date. */
static ClaimantStatus write_basis(Document *document, Item *item, const Resolved *result)
{
  static const char *const names[] = {[BASIS_EXPLICIT] = "explicit",
                                      [BASIS_LETTER] = "letter-date",
                                      [BASIS_TENSE] = "tense",
                                      [BASIS_MENTION] = "mention"};
  char                     base[MOMENT_SIZE] = "";
  const bool years = result->known && result->moment.year != YEAR_UNKNOWN;
  if (!result->basis || !(years || result->has_interval)) return CLAIMANT_OK;
  ClaimantStatus status = date_set_feature(document, item, "basis", names[result->basis]);
  if (result->basis == BASIS_EXPLICIT || result->base.year == YEAR_UNKNOWN) return status;
  moment_edtf(result->base, base);
  if (!status && base[0]) status = date_set_feature(document, item, "anchor", base);
  return status;
}

static ClaimantStatus write_interval(Document *document, Item *item, const DateParts *parts,
                                     const Resolved *result)
{
  char interval[INTERVAL_SIZE];
  return date_interval(parts, result, interval) ? date_set_feature(document, item, "interval", interval)
                                                : CLAIMANT_OK;
}

static void report_impossible(Document *document, const Item *item)
{
  const Letter *letter = document->letter;
  const Place   place = {.file = letter ? letter->name : NULL,
                         .line = letter ? letter_line(letter, item->span.start) : 0};
  diagnostics_add(&document->diagnostics, CLAIMANT_WARNING, "impossible-date", place,
                  "\"%s\" is no date of the calendar and was left out", item->text);
}

/* ---- The letter's own date ------------------------------------------------------------------ */

static bool complete(const DateParts *parts, Moment *day)
{
  if (!parts->has_year || parts->bc || parts->year < 1000 || !parts->day || parts->value) return false;
  if (!calendar_valid(parts->year, parts->month, parts->day)) return false;
  *day = (Moment){.grain = GRAIN_DAY, .year = parts->year, .month = parts->month, .day = parts->day};
  return true;
}

static bool in_head(const Block *block)
{
  return block && (block->kind == BLOCK_DATELINE || block->zone == ZONE_HEAD);
}

static bool in_signature(const Block *block) { return block && block->zone == ZONE_SIGNATURE; }

/* The first complete date among items whose block `wanted` accepts. */
static bool first_date(const Resolver *resolver, bool (*wanted)(const Block *), Moment *day)
{
  const Document *document = resolver->document;
  for (size_t i = 0; i < document->item_count; ++i) {
    if (!is_date(resolver, &document->items[i])) continue;
    const DateParts parts = date_parts(&document->items[i]);
    if (complete(&parts, day) && wanted(block_of(document->letter, document->items[i].span.start)))
      return true;
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

/* The latest complete date of the text: a letter that does not say when it was written tells its year by it.
 */
static bool latest_date(const Resolver *resolver, Moment *latest)
{
  const Document *document = resolver->document;
  bool            found = false;
  for (size_t i = 0; i < document->item_count; ++i) {
    Moment day;
    if (!is_date(resolver, &document->items[i])) continue;
    const DateParts parts = date_parts(&document->items[i]);
    if (!complete(&parts, &day)) continue;
    if (!found || moment_first_day(day) > moment_first_day(*latest)) *latest = day;
    found = true;
  }
  return found;
}

static ClaimantStatus find_anchor(Resolver *resolver, const char *given_date)
{
  Document  *document = resolver->document;
  const bool own_first = resolver->genre == GENRE_LETTER || !given_date;
  resolver->has_anchor = (own_first && first_date(resolver, in_head, &resolver->anchor)) ||
                         calendar_parse(given_date, &resolver->anchor) ||
                         first_date(resolver, in_signature, &resolver->anchor) ||
                         front_matter_date(document->letter, &resolver->anchor) ||
                         (resolver->genre == GENRE_NEWS && opening_date(resolver, &resolver->anchor));
  if (!resolver->has_anchor) {
    resolver->has_year = resolver->genre == GENRE_LETTER && latest_date(resolver, &resolver->anchor);
    return CLAIMANT_OK;
  }
  document->meta.date = arena_printf(document->arena, "%04d-%02d-%02d", resolver->anchor.year,
                                     resolver->anchor.month, resolver->anchor.day);
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

/* News counts "the past year" and "the whole year" as the calendar year. */
static bool year_of_news(const Resolver *resolver, const DateParts *parts)
{
  return resolver->genre == GENRE_NEWS && is(parts->timex, "DURATION") && is(parts->form, "relative") &&
         (parts->direction == DIRECTION_LAST || parts->direction == DIRECTION_SAME) &&
         parts->unit.letter == 'Y' && parts->unit.times == 1;
}

/* A word that counts as a date only in other kinds of text, or a tense that found no date. */
static bool of_other_genre(const Resolver *resolver, const DateParts *parts)
{
  static const char *const names[] = {"letter", "news", "narrative"};
  return !parts->timex || (parts->genre && !strstr(parts->genre, names[resolver->genre]));
}

/* A number in an address or beneath a signature that looks like a year: a postcode or a house number. */
static bool of_address(const Resolver *resolver, const Item *item, const DateParts *parts)
{
  const bool only_year = parts->has_year && !parts->month && !parts->day && !parts->season &&
                         !parts->quarter && !parts->half && !parts->modifier;
  const Block *block = only_year ? block_of(resolver->document->letter, item->span.start) : NULL;
  return block && (block->kind == BLOCK_ADDRESS || block->kind == BLOCK_SIGNATURE);
}

/* How the dates with a written month put day and month tells how those in figures do. */
static bool day_comes_first(const Resolver *resolver)
{
  long balance = 0;
  for (size_t i = 0; i < resolver->document->item_count; ++i) {
    if (!is_date(resolver, &resolver->document->items[i])) continue;
    const DateParts parts = date_parts(&resolver->document->items[i]);
    balance += is(parts.order, "dmy") - is(parts.order, "mdy");
  }
  return balance > 0;
}

/* "the third day of April", "the last day of May" is a day, not a length. */
static bool day_of_month(const DateParts *parts)
{
  return is(parts->timex, "DURATION") && parts->nth && parts->month && parts->unit.letter == 'D' &&
         is(parts->count, "1") && !(parts->nth[0] == 'L' && parts->month == 2 && !parts->has_year);
}

/* Directly behind a dash or slash, not in an apostrophe's place. */
static bool is_written_behind(const Resolver *resolver, const Item *item)
{
  const Letter *letter = resolver->document->letter;
  return letter && item->span.start > 0 && letter->text[item->span.start] != '\'';
}

/* "2017/03": a year of two digits behind another is a later one. */
static bool no_later_year(const Resolver *resolver, const Item *item, const DateParts *parts)
{
  const Moment before = resolver->previous_moment;
  return parts->has_year && parts->year < 100 && !parts->month && !parts->bc && !parts->ad && resolver->previous &&
         before.grain == GRAIN_YEAR && item->span.start - resolver->previous->span.end <= 3 &&
         item->span.start >= resolver->previous->span.end && before.year > 0 && parts->year <= before.year % 100 &&
         before.year % 100 != 99 && is_written_behind(resolver, item);
}

/* "the last week of March" is a week of the calendar; histories count it as a length. */
static bool week_of_month(const Resolver *resolver, const DateParts *parts)
{
  return resolver->genre != GENRE_NARRATIVE && is(parts->timex, "DURATION") && parts->nth && parts->month &&
         parts->unit.letter == 'W' && is(parts->count, "1");
}

/* What the words around an item add to its parts. */
static DateParts parts_in_context(const Resolver *resolver, const Item *item)
{
  DateParts parts = date_parts(item);
  if (is(parts.order, "either") && resolver->day_first) {
    const int day = parts.day;
    parts.day = parts.month;
    parts.month = day;
  }
  if (!parts.tense && resolver->previous_future && dates_same_sentence(resolver, resolver->previous, item)) {
    parts.tense = TENSE_FUTURE;
  }
  if (year_of_news(resolver, &parts)) parts.timex = "DATE";
  if (week_of_month(resolver, &parts)) parts.timex = "DATE";
  if (day_of_month(&parts)) {
    parts.timex = "DATE";
    parts.day = parts.nth[0] == 'L' ? calendar_month_days(parts.has_year ? parts.year : YEAR_UNKNOWN, parts.month)
                                    : atoi(parts.nth);
    parts.unit.letter = 0;
  }
  return parts;
}

static ClaimantStatus resolve_all(Resolver *resolver, bool *dropped)
{
  Document      *document = resolver->document;
  ClaimantStatus status = CLAIMANT_OK;
  DateMention    before = {0}, clock = {0};
  for (size_t i = 0; i < document->item_count && !status; ++i) {
    Item *item = &document->items[i];
    if (!is_date(resolver, item)) continue;
    enter_paragraph(resolver, item);
    DateMention mention = {.item = item, .parts = parts_in_context(resolver, item)};
    const bool other = of_other_genre(resolver, &mention.parts) || of_address(resolver, item, &mention.parts) ||
                       no_later_year(resolver, item, &mention.parts);
    mention.result = date_resolve(resolver, &mention.parts, i);
    if (!status && date_is_clock(resolver, &mention)) {
      clock = mention;
      if (before.item) status = date_give_time(resolver, &clock, &before);
    }
    if (other || mention.result.impossible) {
      if (!other) report_impossible(document, item);
      item->type = NULL;
      *dropped = true;
      continue;
    }
    status = write_value(document, item, &mention.parts, &mention.result);
    if (!status) status = write_basis(document, item, &mention.result);
    if (!status) status = write_interval(document, item, &mention.parts, &mention.result);
    if (!status && clock.item) status = date_give_time(resolver, &clock, &mention);
    clock.item = NULL;
    if (!status && before.item) status = date_join(resolver, &before, &mention);
    if (!item->type) *dropped = true;
    remember_heading(resolver, mention.item, &mention.result);
    remember(resolver, &mention.parts, mention.item, &mention.result);
    before = mention;
  }
  return status;
}

ClaimantStatus dates_resolve(Document *document, const char *given_date, const char *genre)
{
  Resolver resolver = {
      .document = document, .date_type = ruleset_type(document->rules, "Date"), .genre = genre_of(genre)};
  bool dropped = false;
  if (!resolver.date_type) return CLAIMANT_OK;
  ClaimantStatus status = find_anchor(&resolver, given_date);
  resolver.day_first = day_comes_first(&resolver);
  if (!status) status = resolve_all(&resolver, &dropped);
  if (!status) status = periods_resolve(document, &dropped);
  if (dropped) drop_marked(document);
  return status;
}
