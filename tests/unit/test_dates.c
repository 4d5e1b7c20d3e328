/* Dates: the calendar, lengths of time, and values worked out from the parts of expressions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/calendar.h"
#include "resolve/date_parts.h"
#include "resolve/dates.h"

#include <string.h>

/* ---- A document made by hand ------------------------------------------------------- */

enum { MAX_ITEMS = 8, MAX_FEATURES = 12 };

static FeatureType features[] = {
    {.name = "timex", .output = true},
    {.name = "value", .output = true},
    {.name = "edtf", .output = true},
    {.name = "form", .output = true},
    {.name = "mod", .output = true},
    {.name = "year"},
    {.name = "yearhigh"},
    {.name = "yearlow"},
    {.name = "era"},
    {.name = "month"},
    {.name = "day"},
    {.name = "weekday"},
    {.name = "season"},
    {.name = "quarter"},
    {.name = "half"},
    {.name = "decade"},
    {.name = "century"},
    {.name = "holiday"},
    {.name = "unit"},
    {.name = "count"},
    {.name = "scale"},
    {.name = "plus"},
    {.name = "countb"},
    {.name = "unitb"},
    {.name = "countc"},
    {.name = "unitc"},
    {.name = "nth"},
    {.name = "week"},
    {.name = "fraction"},
    {.name = "count2"},
    {.name = "direction"},
    {.name = "ydir"},
    {.name = "part"},
    {.name = "hour"},
    {.name = "minute"},
    {.name = "halfday"},
    {.name = "zone"},
    {.name = "tense"},
    {.name = "genre"},
    {.name = "order"},
    {.name = "basis", .output = true},
    {.name = "anchor", .output = true},
    {.name = "interval", .output = true},
    {.name = "kind", .output = true},
    {.name = "time", .output = true},
};
enum { FEATURE_COUNT = sizeof features / sizeof *features };

static Type    types[] = {{.name = "Date",
                           .index = 0,
                           .parent = NO_TYPE,
                           .output = true,
                           .features = features,
                           .feature_count = FEATURE_COUNT},
                          {.name = "Period",
                           .index = 1,
                           .parent = NO_TYPE,
                           .output = true,
                           .features = features,
                           .feature_count = FEATURE_COUNT}};
static RuleSet rules = {.types = types, .type_count = 2};

typedef struct {
  Arena      *arena;
  Letter      letter;
  Document    document;
  Item        items[MAX_ITEMS];
  ItemFeature features[MAX_ITEMS][MAX_FEATURES];
} Page;

static void page_open(Page *page, const char *text)
{
  memset(page, 0, sizeof *page);
  page->arena = arena_new();
  assert_non_null(page->arena);
  page->letter = (Letter){.arena = page->arena, .text = text, .size = (uint32_t)strlen(text)};
  page->document.arena = page->arena;
  page->document.letter = &page->letter;
  page->document.rules = &rules;
  page->document.diagnostics.arena = page->arena;
  page->document.items = page->items;
}

static void page_close(Page *page) { arena_free(page->arena); }

/* Adds the first `words` of the text after the item before, or inside it where that is a period; `parts` is
 * "month=05 day=3", and of a period "kind=range". */
static void page_add(Page *page, const char *words, const char *parts)
{
  const size_t index = page->document.item_count++;
  Item        *item = &page->items[index], *before = index ? item - 1 : NULL;
  const bool   inside = before && before->type == &types[1];
  const char  *from = page->letter.text + (inside ? before->span.start : before ? before->span.end : 0);
  const char  *found = strstr(from, words);
  assert_non_null(found);
  item->type = &types[!strncmp(parts, "kind=", 5)];
  item->span.start = (uint32_t)(found - page->letter.text);
  item->span.end = item->span.start + (uint32_t)strlen(words);
  item->text = arena_copy_string(page->arena, words);
  item->features = page->features[index];
  for (char *copy = arena_copy_string(page->arena, parts), *save = NULL, *part = strtok_r(copy, " ", &save);
       part; part = strtok_r(NULL, " ", &save)) {
    char *value = strchr(part, '=');
    assert_non_null(value);
    *value++ = '\0';
    const FeatureType *type = type_feature(&rules, types, part);
    assert_non_null(type);
    assert_true(item->feature_count < MAX_FEATURES);
    item->features[item->feature_count++] = (ItemFeature){type, type->name, value};
  }
}

static const char *feature_of(const Page *page, size_t index, const char *name)
{
  const Item *item = &page->document.items[index];
  for (size_t i = 0; i < item->feature_count; ++i) {
    if (!strcmp(item->features[i].name, name)) return item->features[i].value;
  }
  return "";
}

static const char *value_of(const Page *page, size_t index) { return feature_of(page, index, "value"); }

/* ---- One expression against one day ------------------------------------------------- */

typedef struct {
  const char *parts, *date, *genre, *value, *edtf;
} Case;

static void check_cases(const Case *cases, size_t count)
{
  for (size_t i = 0; i < count; ++i) {
    Page page;
    page_open(&page, "some words");
    page_add(&page, "words", cases[i].parts);
    assert_int_equal(dates_resolve(&page.document, cases[i].date, cases[i].genre), CLAIMANT_OK);
    assert_int_equal(page.document.item_count, 1);
    assert_string_equal(value_of(&page, 0), cases[i].value);
    if (cases[i].edtf) assert_string_equal(feature_of(&page, 0, "edtf"), cases[i].edtf);
    page_close(&page);
  }
}

#define CHECK(cases) check_cases((cases), sizeof(cases) / sizeof *(cases))

static void calendar_dates(void **state)
{
  (void)state;
  static const Case cases[] = {
      {"timex=DATE year=2016 month=02 day=29", NULL, NULL, "2016-02-29", "2016-02-29"},
      {"timex=DATE year=2011 month=8", NULL, NULL, "2011-08", "2011-08"},
      {"timex=DATE year=1850", NULL, NULL, "1850", "1850"},
      {"timex=DATE yearhigh=19 yearlow=62", NULL, NULL, "1962", "1962"},
      {"timex=DATE year=86", "2010-01-01", NULL, "1986", NULL},
      {"timex=DATE year=480 era=BC", NULL, NULL, "BC0480", "-0479"},
      {"timex=DATE decade=193", NULL, NULL, "193", "193X"},
      {"timex=DATE decade=8", "2017-12-20", NULL, "198", "198X"},
      {"timex=DATE century=20", NULL, NULL, "19", "19XX"},
      {"timex=DATE season=WI year=1994", NULL, NULL, "1994-WI", "1994-24"},
      {"timex=DATE quarter=3 year=2019", NULL, NULL, "2019-Q3", "2019-35"},
      {"timex=DATE half=2 year=2008", NULL, NULL, "2008-H2", "2008-41"},
      {"timex=DATE year=1999 mod=APPROX", NULL, NULL, "1999", "1999~"},
      {"timex=DATE holiday=E-2 year=2024", NULL, NULL, "2024-03-29", NULL},
      {"timex=DATE holiday=N11-4-4 year=1998", NULL, NULL, "1998-11-26", NULL},
      {"timex=DATE holiday=N05-1-L year=2021", NULL, NULL, "2021-05-31", NULL},
      {"timex=DATE holiday=?", "2020-01-01", NULL, "XXXX-XX-XX", ""},
  };
  CHECK(cases);
}

static void years_left_out(void **state)
{
  (void)state;
  static const Case cases[] = {
      {"timex=DATE month=05", "2017-12-20", NULL, "2017-05", NULL},
      {"timex=DATE month=05", "2017-03-01", NULL, "2016-05", NULL},
      {"timex=DATE month=05 tense=future", "2017-03-01", NULL, "2017-05", NULL},
      {"timex=DATE month=01 tense=future", "2017-11-01", NULL, "2018-01", NULL},
      {"timex=DATE month=05 day=3", "2017-04-20", NULL, "2017-05-03", NULL},
      {"timex=DATE month=05 ydir=last", "2017-06-20", NULL, "2016-05", NULL},
      {"timex=DATE month=05 direction=next", "2017-06-20", NULL, "2018-05", NULL},
      {"timex=DATE month=05", NULL, NULL, "XXXX-05", "XXXX-05"},
      {"timex=DATE month=10 day=15", NULL, NULL, "XXXX-10-15", "XXXX-10-15"},
      {"timex=DATE weekday=5", "2026-11-24", NULL, "2026-11-20", NULL},
      {"timex=DATE weekday=2", "2026-11-24", NULL, "2026-11-24", NULL},
      {"timex=DATE weekday=5 tense=future", "2026-11-24", NULL, "2026-11-27", NULL},
      {"timex=DATE weekday=5", NULL, NULL, "XXXX-WXX-5", NULL},
      {"timex=DATE weekday=5 month=3 day=4", "2017-06-20", NULL, "2016-03-04", NULL},
      {"timex=DATE weekday=5 month=3 day=4 year=2017", "2017-06-20", NULL, "2017-03-04", NULL},
      {"timex=DATE year=79 era=AD", "2017-06-20", NULL, "0079", NULL},
  };
  CHECK(cases);
}

static void days_inside(void **state)
{
  (void)state;
  static const Case cases[] = {
      {"timex=DATE nth=1 weekday=1 month=3 year=2016", NULL, NULL, "2016-03-07", NULL},
      {"timex=DATE nth=L weekday=5 month=5", "2017-06-20", NULL, "2017-05-26", NULL},
      {"timex=DATE nth=2 weekday=3 direction=next unit=M", "2017-06-20", NULL, "2017-07-12", NULL},
      {"timex=DATE nth=2 weekday=3 direction=next unit=M", NULL, NULL, "XXXX-WXX-3", NULL},
      {"timex=DATE day=5 direction=next unit=M", "2017-12-20", NULL, "2018-01-05", NULL},
      {"timex=DATE day=5 direction=next unit=M", NULL, NULL, "XXXX-XX-05", NULL},
      {"timex=DATE weekday=2 direction=last unit=W", "2017-06-20", NULL, "2017-06-13", NULL},
      {"timex=DATE week=12 year=2016", NULL, NULL, "2016-W12", "2016-03-21/2016-03-27"},
      {"timex=DATE week=53 year=2020", NULL, NULL, "2020-W53", NULL},
      {"timex=DATE week=12", NULL, NULL, "XXXX-W12", NULL},
      {"timex=DURATION nth=L count=1 unit=W month=03 year=2009", NULL, NULL, "2009-W13", NULL},
      {"timex=DURATION nth=L count=1 unit=W month=03 year=2009", NULL, "narrative", "P1W", NULL},
      {"timex=DURATION nth=L count=1 unit=W month=03", NULL, NULL, "XXXX-WXX", NULL},
      {"timex=DATE holiday=? year=2016", NULL, NULL, "2016-XX-XX", "2016-XX-XX"},
  };
  CHECK(cases);
}

static void several_lengths(void **state)
{
  (void)state;
  static const Case cases[] = {
      {"timex=DURATION count=1 unit=Y countb=3 unitb=M countc=2 unitc=D", NULL, NULL, "P1Y3M2D", NULL},
      {"timex=DURATION count=1 unit=D countb=6 unitb=TH", NULL, NULL, "P1DT6H", NULL},
      {"timex=DURATION count=1 unit=TH countb=30 unitb=TM", NULL, NULL, "PT1H30M", NULL},
      {"timex=DURATION count=2 unit=D countb=3 unitb=W", NULL, NULL, "P2D", NULL},
      {"timex=DURATION count=1 scale=100 plus=20 unit=D", NULL, NULL, "P120D", NULL},
      {"timex=DATE direction=ago count=2 unit=Y countb=4 unitb=M", "2017-06-20", NULL, "2015-02", NULL},
      {"timex=DATE direction=ago count=2 unit=W countb=3 unitb=D", "2017-06-20", NULL, "2017-06-03", NULL},
      {"timex=DATE direction=ago count=1 unit=M countb=999999999 unitb=D", "2017-06-20", NULL, "2017-05", NULL},
  };
  CHECK(cases);
}

static void relative_dates(void **state)
{
  (void)state;
  static const Case cases[] = {
      {"timex=DATE direction=last unit=M", "2017-01-20", NULL, "2016-12", NULL},
      {"timex=DATE direction=following quarter=X", "2019-12-28", NULL, "2020-Q1", NULL},
      {"timex=DATE direction=previous quarter=X", "2019-12-28", NULL, "2019-Q3", NULL},
      {"timex=DATE direction=context quarter=X", "2019-12-28", NULL, "2019-Q3", NULL},
      {"timex=DATE direction=next-but-one unit=W", "2016-11-07", NULL, "2016-W47", NULL},
      {"timex=DATE direction=this unit=Y", "2017-01-20", NULL, "2017", NULL},
      {"timex=DATE direction=next unit=W", "2020-12-30", NULL, "2021-W01", "2021-01-04/2021-01-10"},
      {"timex=DATE direction=last unit=D", "2020-03-01", NULL, "2020-02-29", NULL},
      {"timex=DATE direction=context unit=WE", "1990-08-13", "news", "1990-W32-WE", NULL},
      {"timex=DATE direction=context unit=Y mod=START", "2017-12-20", NULL, "2017", NULL},
      {"timex=DATE direction=this unit=100Y", "2022-05-24", NULL, "20", NULL},
      {"timex=DATE direction=ago count=6 unit=Y", "2017-12-20", NULL, "2011", NULL},
      {"timex=DATE direction=ago count=10 unit=D", "1998-03-22", NULL, "1998-03-12", NULL},
      {"timex=DATE direction=ago count=1 unit=10Y", "2017-12-20", NULL, "2007", NULL},
      {"timex=DATE direction=ago count=1 fraction=0.5 unit=Y", "2017-12-20", NULL, "2016-06", NULL},
      {"timex=DATE direction=ahead count=2 unit=W", "2017-12-20", NULL, "2018-W01", NULL},
      {"timex=DATE direction=ago count=X unit=Y", "2017-12-20", NULL, "PAST_REF", NULL},
      {"timex=DATE direction=last unit=M", NULL, NULL, "XXXX-XX", NULL},
      {"timex=TIME direction=last part=NI", "1998-01-20", "news", "1998-01-19TNI", NULL},
      {"timex=TIME weekday=3 hour=10 halfday=pm", "1998-02-13", "news", "1998-02-11T22:00",
       "1998-02-11T22:00:00"},
      {"timex=TIME hour=12 halfday=am", NULL, NULL, "XXXX-XX-XXT00:00", NULL},
  };
  CHECK(cases);
}

static void lengths(void **state)
{
  (void)state;
  static const Case cases[] = {
      {"timex=DURATION count=20 unit=Y", NULL, NULL, "P20Y", ""},
      {"timex=DURATION count=2 unit=10Y", NULL, NULL, "P20Y", NULL},
      {"timex=DURATION count=1 fraction=0.5 unit=Y", NULL, NULL, "P1Y6M", NULL},
      {"timex=DURATION count=0.5 unit=100Y", NULL, NULL, "P50Y", NULL},
      {"timex=DURATION count=0.5 unit=TH", NULL, NULL, "PT30M", NULL},
      {"timex=DURATION count=1 fraction=0.5 unit=TM", NULL, NULL, "PT1M30S", NULL},
      {"timex=DURATION count=3 count2=5 unit=Y", NULL, NULL, "P3Y/P5Y", NULL},
      {"timex=DURATION count=X unit=Y", NULL, NULL, "PXY", NULL},
      {"timex=DURATION count=2 scale=1000 unit=Y", NULL, NULL, "P2000Y", NULL},
      {"timex=DURATION count=1,200 unit=D", NULL, NULL, "P1200D", NULL},
      {"timex=DURATION count=2 unit=2W", NULL, NULL, "P4W", NULL},
      {"timex=DURATION nth=3 count=1 unit=D month=04 year=2014", NULL, NULL, "2014-04-03", NULL},
      {"timex=DURATION nth=L count=1 unit=D month=02 year=2012", NULL, NULL, "2012-02-29", NULL},
      {"timex=DURATION count=99999999999999999999 unit=Y", NULL, NULL, "PXY", NULL},
      {"timex=SET count=1 unit=W", NULL, NULL, "P1W", NULL},
      {"timex=SET weekday=4", NULL, NULL, "XXXX-WXX-4", NULL},
      {"timex=DATE value=PRESENT_REF genre=news,narrative", NULL, "news", "PRESENT_REF", ""},
  };
  CHECK(cases);
}

/* ---- Several items --------------------------------------------------------------------- */

static void shared_years(void **state)
{
  (void)state;
  Page page;
  page_open(&page, "from July 27 to October 20, 2015. Two came on 7 and 8 June; later May 3-5, 2012");
  page_add(&page, "July 27", "timex=DATE month=07 day=27");
  page_add(&page, "October 20, 2015", "timex=DATE month=10 day=20 year=2015");
  page_add(&page, "7", "timex=DATE day=7");
  page_add(&page, "8 June", "timex=DATE month=06 day=8");
  page_add(&page, "May 3", "timex=DATE month=05 day=3");
  page_add(&page, "5, 2012", "timex=DATE day=5 year=2012");
  assert_int_equal(dates_resolve(&page.document, "2017-12-20", NULL), CLAIMANT_OK);
  assert_string_equal(value_of(&page, 0), "2015-07-27");
  assert_string_equal(value_of(&page, 1), "2015-10-20");
  assert_string_equal(value_of(&page, 2), "2017-06-07");
  assert_string_equal(value_of(&page, 3), "2017-06-08");
  assert_string_equal(value_of(&page, 5), "2012-05-05");
  page_close(&page);
}

static void days_with_years(void **state)
{
  (void)state;
  Page page;
  page_open(&page, "November 13 and 14, 2015 and 22 March 2016");
  page_add(&page, "November 13", "timex=DATE month=11 day=13");
  page_add(&page, "14, 2015", "timex=DATE day=14 year=2015");
  page_add(&page, "22 March 2016", "timex=DATE month=03 day=22 year=2016");
  assert_int_equal(dates_resolve(&page.document, "2017-12-20", NULL), CLAIMANT_OK);
  assert_string_equal(value_of(&page, 0), "2015-11-13");
  assert_string_equal(value_of(&page, 1), "2015-11-14");
  page_close(&page);
}

static void histories(void **state)
{
  (void)state;
  Page page;
  page_open(&page, "In November 1939 it rained. By January it froze. Two days later they left. The following "
                   "year was dry.");
  page_add(&page, "November 1939", "timex=DATE month=11 year=1939");
  page_add(&page, "January", "timex=DATE month=01");
  page_add(&page, "Two days later", "timex=DATE direction=later count=2 unit=D");
  page_add(&page, "The following year", "timex=DATE direction=following unit=Y");
  assert_int_equal(dates_resolve(&page.document, "2009-12-19", "narrative"), CLAIMANT_OK);
  assert_string_equal(value_of(&page, 1), "1940-01");
  assert_string_equal(value_of(&page, 2), "XXXX-XX-XX");
  assert_string_equal(value_of(&page, 3), "1941");
  page_close(&page);
}

static void intervals_of_letters(void **state)
{
  (void)state;
  static const char *const genres[] = {NULL, "narrative"};
  for (size_t i = 0; i < 2; ++i) {
    Page page;
    page_open(&page, "the drought of 2015\xE2\x80\x93"
                     "2017, the worst");
    page_add(&page, "2015", "timex=DATE form=calendar year=2015");
    page_add(&page, "2017", "timex=DATE form=calendar year=2017");
    assert_int_equal(dates_resolve(&page.document, NULL, genres[i]), CLAIMANT_OK);
    if (genres[i]) {
      assert_int_equal(page.document.item_count, 2);
    } else {
      assert_int_equal(page.document.item_count, 1);
      assert_string_equal(page.document.items[0].text, "2015\xE2\x80\x93"
                                                       "2017");
      assert_string_equal(value_of(&page, 0), "2015/2017");
      assert_string_equal(feature_of(&page, 0, "timex"), "DURATION");
    }
    page_close(&page);
  }
}

static void days_and_times(void **state)
{
  (void)state;
  Page page;
  page_open(&page, "at 10 p.m. Wednesday, by noon");
  page_add(&page, "10 p.m.", "timex=TIME hour=10 halfday=pm");
  page_add(&page, "Wednesday", "timex=DATE weekday=3");
  page_add(&page, "noon", "timex=TIME part=12:00 genre=news");
  assert_int_equal(dates_resolve(&page.document, "1998-02-13", "news"), CLAIMANT_OK);
  assert_int_equal(page.document.item_count, 2);
  assert_string_equal(page.document.items[0].text, "10 p.m. Wednesday");
  assert_string_equal(value_of(&page, 0), "1998-02-11T22:00");
  assert_string_equal(feature_of(&page, 0, "timex"), "TIME");
  assert_string_equal(value_of(&page, 1), "1998-02-11T12:00");
  page_close(&page);
}

static void ranges_of_days(void **state)
{
  (void)state;
  Page page;
  page_open(&page, "1-3 June 2017");
  page_add(&page, "1", "timex=DATE form=calendar day=1");
  page_add(&page, "3 June 2017", "timex=DATE form=calendar day=3 month=06 year=2017");
  assert_int_equal(dates_resolve(&page.document, NULL, NULL), CLAIMANT_OK);
  assert_int_equal(page.document.item_count, 1);
  assert_string_equal(value_of(&page, 0), "2017-06-01/2017-06-03");
  page_close(&page);
}

static void day_or_month_first(void **state)
{
  (void)state;
  static const char *const orders[] = {"dmy", "mdy"}, *const values[] = {"2021-06-08", "2021-08-06"};
  for (size_t i = 0; i < 2; ++i) {
    Page page;
    char parts[80] = "timex=DATE day=5 month=05 year=2021 order=";
    page_open(&page, "5 May 2021 and 08/06/2021");
    page_add(&page, "5 May 2021", strcat(parts, orders[i]));
    page_add(&page, "08/06/2021", "timex=DATE month=08 day=06 year=2021 order=either");
    assert_int_equal(dates_resolve(&page.document, NULL, NULL), CLAIMANT_OK);
    assert_string_equal(value_of(&page, 1), values[i]);
    page_close(&page);
  }
}

static void words_of_other_kinds_of_text(void **state)
{
  (void)state;
  Page page;
  page_open(&page, "now and then");
  page_add(&page, "now", "timex=DATE value=PRESENT_REF genre=news");
  assert_int_equal(dates_resolve(&page.document, NULL, "letter"), CLAIMANT_OK);
  assert_int_equal(page.document.item_count, 0);
  assert_int_equal(page.document.diagnostics.count, 0);
  page_close(&page);
}

static void impossible_dates(void **state)
{
  (void)state;
  static const char *const parts[] = {"timex=DATE month=02 day=31 year=2017",
                                      "timex=DATE month=02 day=29 year=2017",
                                      "timex=DATE month=13 day=1 year=2017", "timex=DATE day=999999999999",
                                      "timex=DATE week=53 year=2019", "timex=DATE week=77",
                                      "timex=DATE nth=5 weekday=1 month=02 year=2017",
                                      "timex=DATE day=31 direction=last unit=M"};
  for (size_t i = 0; i < sizeof parts / sizeof *parts; ++i) {
    Page page;
    page_open(&page, "31 February 2017");
    page_add(&page, "31 February 2017", parts[i]);
    assert_int_equal(dates_resolve(&page.document, "2017-12-20", NULL), CLAIMANT_OK);
    assert_int_equal(page.document.item_count, 0);
    assert_int_equal(page.document.diagnostics.count, 1);
    assert_string_equal(page.document.diagnostics.items[0].code, "impossible-date");
    page_close(&page);
  }
}

static void far_away(void **state)
{
  (void)state;
  static const Case cases[] = {
      {"timex=DATE direction=ago count=20000 unit=Y", "2017-12-20", NULL, "XXXX", NULL},
      {"timex=DATE direction=ahead count=999999999 unit=D", "2017-12-20", NULL, "XXXX-XX-XX", NULL},
      {"timex=DATE direction=next unit=Y", "9999-12-31", NULL, "XXXX", NULL},
      {"timex=DATE direction=last unit=D", "0001-01-01", NULL, "BC0001-12-31", NULL},
      {"timex=DATE month=05", "2017-13-40", NULL, "XXXX-05", NULL},
  };
  CHECK(cases);
}

/* ---- Intervals, and how a year was told ------------------------------------------------------ */

static void half_open_intervals(void **state)
{
  (void)state;
  static const struct {
    const char *parts, *interval;
  } cases[] = {
      {"timex=DATE year=2016 month=02 day=29", "2016-02-29/2016-03-01"},
      {"timex=DATE year=2015 month=12", "2015-12-01/2016-01-01"},
      {"timex=DATE year=1850", "1850-01-01/1851-01-01"},
      {"timex=DATE decade=193", "1930-01-01/1940-01-01"},
      {"timex=DATE century=20", "1900-01-01/2000-01-01"},
      {"timex=DATE century=1", "0001-01-01/0100-01-01"},
      {"timex=DATE season=WI year=1994", "1994-12-01/1995-03-01"},
      {"timex=DATE quarter=4 year=2019", "2019-10-01/2020-01-01"},
      {"timex=DATE half=1 year=2008", "2008-01-01/2008-07-01"},
      {"timex=DATE direction=next unit=W", "2017-12-25/2018-01-01"},
      {"timex=DATE direction=last unit=WE", "2017-12-16/2017-12-18"},
      {"timex=DATE year=2017 month=05 mod=START", "2017-05-01/2017-06-01"},
      {"timex=TIME year=2017 month=12 day=31 hour=11 minute=59 halfday=pm",
       "2017-12-31T23:59:00/2018-01-01T00:00:00"},
      {"timex=TIME year=2017 month=12 day=31 hour=9 zone=Z", "2017-12-31T09:00:00Z/2017-12-31T09:01:00Z"},
      {"timex=TIME direction=last part=NI", ""},
      {"timex=DURATION direction=last count=2 unit=Y", "2015-12-20/2017-12-20"},
      {"timex=DURATION direction=next count=3 unit=W", "2017-12-21/2018-01-11"},
      {"timex=DURATION direction=last count=3 unit=M", "2017-09-20/2017-12-20"},
      {"timex=DURATION direction=last count=X unit=M", ""},
      {"timex=DURATION nth=2 count=1 unit=W month=3 year=2016", "2016-03-07/2016-03-14"},
      {"timex=DURATION nth=L count=1 unit=W month=7 year=2016", "2016-07-25/2016-08-01"},
      {"timex=DURATION nth=1 count=5 unit=M year=2017", "2017-01-01/2017-06-01"},
      {"timex=DURATION nth=L count=4 unit=M year=2021", "2021-09-01/2022-01-01"},
      {"timex=DURATION nth=1 count=3 unit=D month=2 year=2021", "2021-02-01/2021-02-04"},
      {"timex=DURATION nth=1 count=99 unit=M year=2017", ""},
      {"timex=DURATION direction=last count=99999 unit=Y", ""},
      {"timex=DURATION count=2 unit=Y", ""},
      {"timex=DATE year=480 era=BC", ""},
      {"timex=DATE year=9999", ""},
      {"timex=DATE holiday=?", ""},
      {"timex=SET weekday=4", ""},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
    Page page;
    page_open(&page, "some words");
    page_add(&page, "words", cases[i].parts);
    assert_int_equal(dates_resolve(&page.document, "2017-12-20", NULL), CLAIMANT_OK);
    assert_string_equal(feature_of(&page, 0, "interval"), cases[i].interval);
    page_close(&page);
  }
}

static void bases(void **state)
{
  (void)state;
  static const struct {
    const char *parts, *date, *basis, *anchor;
  } cases[] = {
      {"timex=DATE year=2016 month=02", "2017-12-20", "explicit", ""},
      {"timex=DATE month=02", "2017-12-20", "letter-date", "2017-12-20"},
      {"timex=DATE month=02 tense=future", "2017-12-20", "tense", "2017-12-20"},
      {"timex=DATE direction=last unit=M", "2017-12-20", "letter-date", "2017-12-20"},
      {"timex=DATE holiday=E+0", "2017-12-20", "letter-date", "2017-12-20"},
      {"timex=DATE quarter=3", "2017-12-20", "letter-date", "2017-12-20"},
      {"timex=DURATION direction=last count=2 unit=Y", "2017-12-20", "letter-date", "2017-12-20"},
      {"timex=DATE month=02", NULL, "", ""},
      {"timex=DATE direction=last unit=M", NULL, "", ""},
      {"timex=DURATION count=2 unit=Y", "2017-12-20", "", ""},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
    Page page;
    page_open(&page, "some words");
    page_add(&page, "words", cases[i].parts);
    assert_int_equal(dates_resolve(&page.document, cases[i].date, NULL), CLAIMANT_OK);
    assert_string_equal(feature_of(&page, 0, "basis"), cases[i].basis);
    assert_string_equal(feature_of(&page, 0, "anchor"), cases[i].anchor);
    page_close(&page);
  }
}

static void years_of_headings(void **state)
{
  (void)state;
  Page  page;
  Block blocks[] = {{.span = {0, 12}, .kind = BLOCK_HEADING, .zone = ZONE_BODY},
                    {.span = {13, 32}, .kind = BLOCK_PARAGRAPH, .zone = ZONE_BODY}};
  page_open(&page, "What 2014 did In May they struck. In June");
  page.letter.blocks = blocks;
  page.letter.block_count = 2;
  page_add(&page, "2014", "timex=DATE year=2014");
  page_add(&page, "May", "timex=DATE month=05");
  page_add(&page, "June", "timex=DATE month=06");
  page.items[2].section = 7;
  assert_int_equal(dates_resolve(&page.document, "2017-12-20", NULL), CLAIMANT_OK);
  assert_string_equal(value_of(&page, 1), "2014-05");
  assert_string_equal(feature_of(&page, 1, "basis"), "mention");
  assert_string_equal(feature_of(&page, 1, "anchor"), "2014");
  assert_string_equal(value_of(&page, 2), "2017-06");
  page_close(&page);
}

/* ---- Periods ----------------------------------------------------------------------------- */

static void periods(void **state)
{
  (void)state;
  static const struct {
    const char *words, *kind, *first, *second, *value, *interval;
  } cases[] = {
      {"from May to July", "kind=range", "timex=DATE month=05", "timex=DATE month=07 year=2017", "2017-05/2017-07",
       "2017-05-01/2017-08-01"},
      {"since May", "kind=since", "timex=DATE month=05", NULL, "2017-05/..", "2017-05-01/.."},
      {"after May", "kind=after", "timex=DATE month=05", NULL, "", "2017-06-01/.."},
      {"by May", "kind=by", "timex=DATE month=05", NULL, "../2017-05", "../2017-06-01"},
      {"until May", "kind=until", "timex=DATE month=05", NULL, "../2017-05", "../2017-06-01"},
      {"before May", "kind=before", "timex=DATE month=05", NULL, "", "../2017-05-01"},
      {"before the end of May", "kind=before", "timex=DATE month=05 mod=END", NULL, "../2017-05", "../2017-06-01"},
      {"May after July", "kind=later", "timex=DURATION count=3 unit=W", "timex=DATE month=07 day=4 year=2017",
       "2017-07-25", "2017-07-25/2017-07-26"},
      {"May before July", "kind=earlier", "timex=DURATION count=1 unit=M", "timex=DATE month=07 day=31 year=2017",
       "2017-06-30", "2017-06-30/2017-07-01"},
      {"May after July", "kind=later", "timex=DURATION count=2 unit=Y", "timex=DATE year=2017", "",
       "2019-01-01/2020-01-01"},
      {"since May", "kind=since", "timex=DATE year=480 era=BC", NULL, "-0479/..", ""},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
    Page page;
    page_open(&page, cases[i].words);
    page_add(&page, cases[i].words, cases[i].kind);
    page_add(&page, "May", cases[i].first);
    if (cases[i].second) page_add(&page, "July", cases[i].second);
    assert_int_equal(dates_resolve(&page.document, "2017-12-20", NULL), CLAIMANT_OK);
    assert_string_equal(value_of(&page, 0), cases[i].value);
    assert_string_equal(feature_of(&page, 0, "interval"), cases[i].interval);
    page_close(&page);
  }
}

/* Dates that give no value, that are dropped, or that stand the wrong way round make no period. */
static void no_periods(void **state)
{
  (void)state;
  static const struct {
    const char *first, *second;
  } cases[] = {
      {"timex=DATE month=05 year=2017", "timex=DURATION count=3 unit=Y"},
      {"timex=DATE month=05 year=2017", "timex=DATE month=13 year=2017"},
      {"timex=DATE month=05 year=2017", "timex=DATE month=07 year=2011"},
      {"timex=DATE value=PRESENT_REF genre=news", "timex=DATE month=07 year=2011"},
      {"timex=DATE month=05 year=2017", NULL},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
    Page page;
    page_open(&page, "from May to July");
    page_add(&page, "from May to July", "kind=range");
    page_add(&page, "May", cases[i].first);
    if (cases[i].second) page_add(&page, "July", cases[i].second);
    assert_int_equal(dates_resolve(&page.document, "2017-12-20", NULL), CLAIMANT_OK);
    for (size_t j = 0; j < page.document.item_count; ++j)
      assert_ptr_equal(page.document.items[j].type, &types[0]);
    page_close(&page);
  }
}

static void no_lengths_away(void **state)
{
  (void)state;
  static const char *const lengths[] = {"timex=DURATION count=X unit=D", "timex=DURATION count=3 count2=5 unit=D",
                                        "timex=DURATION count=99999 unit=Y", "timex=DURATION count=9999999 unit=D",
                                        "timex=DURATION count=2 unit=TH", "timex=DATE year=2011"};
  for (size_t i = 0; i < sizeof lengths / sizeof *lengths; ++i) {
    Page page;
    page_open(&page, "two days after 3 May");
    page_add(&page, "two days after 3 May", "kind=later");
    page_add(&page, "two days", lengths[i]);
    page_add(&page, "3 May", "timex=DATE month=05 day=3 year=2017");
    assert_int_equal(dates_resolve(&page.document, "2017-12-20", NULL), CLAIMANT_OK);
    assert_int_equal(page.document.item_count, 2);
    page_close(&page);
  }
}

static void hours_beside_days(void **state)
{
  (void)state;
  Page page;
  page_open(&page, "at 9.30 on 4 March 2016, on 5 March at 17:00 and at 8 p.m.");
  page_add(&page, "9.30", "timex=TIME hour=9 minute=30 genre=news");
  page_add(&page, "4 March 2016", "timex=DATE day=4 month=03 year=2016");
  page_add(&page, "5 March", "timex=DATE day=5 month=03");
  page_add(&page, "17:00", "timex=TIME hour=17 minute=00 genre=news");
  page_add(&page, "8 p.m.", "timex=TIME hour=8 halfday=pm genre=news");
  assert_int_equal(dates_resolve(&page.document, "2017-12-20", NULL), CLAIMANT_OK);
  assert_int_equal(page.document.item_count, 2);
  assert_string_equal(feature_of(&page, 0, "time"), "09:30:00");
  assert_string_equal(feature_of(&page, 1, "time"), "17:00:00");
  page_close(&page);
}

/* ---- The letter's own date --------------------------------------------------------------- */

static void the_letters_date(void **state)
{
  (void)state;
  static const struct {
    BlockKind   kind;
    Zone        zone;
    const char *given, *date;
  } cases[] = {
      {BLOCK_DATELINE, ZONE_HEAD, "2020-01-01", "2018-03-05"},
      {BLOCK_PARAGRAPH, ZONE_BODY, "2020-01-01", "2020-01-01"},
      {BLOCK_SIGNATURE, ZONE_SIGNATURE, NULL, "2018-03-05"},
      {BLOCK_PARAGRAPH, ZONE_BODY, NULL, NULL},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
    Page  page;
    Block block = {.span = {0, 12}, .kind = cases[i].kind, .zone = cases[i].zone};
    page_open(&page, "5 March 2018");
    page.letter.blocks = &block;
    page.letter.block_count = 1;
    page_add(&page, "5 March 2018", "timex=DATE month=03 day=5 year=2018");
    assert_int_equal(dates_resolve(&page.document, cases[i].given, NULL), CLAIMANT_OK);
    if (cases[i].date) assert_string_equal(page.document.meta.date, cases[i].date);
    else assert_null(page.document.meta.date);
    page_close(&page);
  }
}

static void postcodes(void **state)
{
  (void)state;
  Page  page;
  Block blocks[] = {{.span = {0, 13}, .kind = BLOCK_ADDRESS, .zone = ZONE_HEAD},
                    {.span = {15, 22}, .kind = BLOCK_PARAGRAPH, .zone = ZONE_BODY}};
  page_open(&page, "1049 Brussels\n\nin 2018");
  page.letter.blocks = blocks;
  page.letter.block_count = 2;
  page_add(&page, "1049", "timex=DATE year=1049");
  page_add(&page, "2018", "timex=DATE year=2018");
  assert_int_equal(dates_resolve(&page.document, NULL, NULL), CLAIMANT_OK);
  assert_int_equal(page.document.item_count, 1);
  assert_string_equal(value_of(&page, 0), "2018");
  page_close(&page);
}

static void front_matter(void **state)
{
  (void)state;
  Page  page;
  Block block = {.span = {0, 16}, .kind = BLOCK_FRONT_MATTER};
  page_open(&page, "date: 2015-05-19\n\nIn May");
  page.letter.blocks = &block;
  page.letter.block_count = 1;
  page_add(&page, "May", "timex=DATE month=05");
  assert_int_equal(dates_resolve(&page.document, NULL, NULL), CLAIMANT_OK);
  assert_string_equal(page.document.meta.date, "2015-05-19");
  assert_string_equal(value_of(&page, 0), "2015-05");
  page_close(&page);
}

/* ---- The calendar --------------------------------------------------------------------------- */

static void days_and_back(void **state)
{
  (void)state;
  for (long day = -1000000; day < 3000000; day += 997) {
    const Moment date = calendar_day(day);
    assert_true(calendar_valid(date.year, date.month, date.day));
    assert_int_equal(calendar_days(date.year, date.month, date.day), day);
  }
  assert_int_equal(calendar_days(1970, 1, 1), 0);
  assert_int_equal(calendar_weekday(0), 4);
  assert_int_equal(calendar_weekday(calendar_days(2026, 11, 24)), 2);
}

static void weeks(void **state)
{
  (void)state;
  int year;
  assert_int_equal(calendar_week_number(calendar_days(2021, 1, 3), &year), 53);
  assert_int_equal(year, 2020);
  assert_int_equal(calendar_week_number(calendar_days(1998, 2, 16), &year), 8);
  assert_int_equal(calendar_week_number(calendar_days(2018, 12, 31), &year), 1);
  assert_int_equal(year, 2019);
}

static void easter(void **state)
{
  (void)state;
  assert_int_equal(calendar_easter(2000), calendar_days(2000, 4, 23));
  assert_int_equal(calendar_easter(2019), calendar_days(2019, 4, 21));
  assert_int_equal(calendar_easter(2038), calendar_days(2038, 4, 25));
}

static void parsing(void **state)
{
  (void)state;
  Moment day;
  assert_true(calendar_parse("2017-12-20", &day));
  assert_true(calendar_parse("2017-12-20T10:00", &day));
  static const char *const bad[] = {"",           "2017",        "2017-13-01", "2017-02-29",
                                    "0000-01-01", "2017-12-201", "20171220",   "2017-12-2"};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; ++i) assert_false(calendar_parse(bad[i], &day));
  assert_false(calendar_parse(NULL, &day));
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(calendar_dates),
      cmocka_unit_test(years_left_out),
      cmocka_unit_test(relative_dates),
      cmocka_unit_test(lengths),
      cmocka_unit_test(days_inside),
      cmocka_unit_test(several_lengths),
      cmocka_unit_test(shared_years),
      cmocka_unit_test(days_with_years),
      cmocka_unit_test(histories),
      cmocka_unit_test(intervals_of_letters),
      cmocka_unit_test(days_and_times),
      cmocka_unit_test(ranges_of_days),
      cmocka_unit_test(day_or_month_first),
      cmocka_unit_test(words_of_other_kinds_of_text),
      cmocka_unit_test(impossible_dates),
      cmocka_unit_test(far_away),
      cmocka_unit_test(half_open_intervals),
      cmocka_unit_test(bases),
      cmocka_unit_test(years_of_headings),
      cmocka_unit_test(periods),
      cmocka_unit_test(no_periods),
      cmocka_unit_test(no_lengths_away),
      cmocka_unit_test(hours_beside_days),
      cmocka_unit_test(the_letters_date),
      cmocka_unit_test(postcodes),
      cmocka_unit_test(front_matter),
      cmocka_unit_test(days_and_back),
      cmocka_unit_test(weeks),
      cmocka_unit_test(easter),
      cmocka_unit_test(parsing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
