/* The verdicts: for people, as JSON, and as the JUnit XML that build servers read. */
#include "cli/check.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool is_ok(const CheckedText *text) { return !strcmp(text->verdict, "ok"); }

static const char *kind_of(const CheckedText *text) { return text->example->counter ? "counter" : "example"; }

/* ---- For people --------------------------------------------------------------------------------- */

typedef struct {
  const char *good, *bad, *faint, *bold, *plain;
} Colours;

static bool wants_colour(void)
{
  const char *no = getenv("NO_COLOR");
  return isatty(STDOUT_FILENO) && !(no && *no);
}

static Colours colours(bool wanted)
{
  if (!wanted) return (Colours){"", "", "", "", ""};
  return (Colours){"\033[32m", "\033[31m", "\033[2m", "\033[1m", "\033[0m"};
}

static void print_messages(const CheckedText *text, Colours c)
{
  for (size_t i = 0; i < text->message_count; ++i) {
    const ClaimantDiagnostic *message = &text->messages[i];
    if (message->severity == CLAIMANT_NOTE) printf("      %s%s%s\n", c.faint, message->message, c.plain);
    else
      printf("    %s%s:%zu: %s%s%s\n", message->severity == CLAIMANT_ERROR ? c.bad : "", message->file ? message->file : text->rule->file,
             message->line, message->severity == CLAIMANT_ERROR ? "" : "warning: ", message->message, c.plain);
  }
}

static size_t count_failed(const CheckedText *texts, size_t count)
{
  size_t failed = 0;
  for (size_t i = 0; i < count; ++i) failed += !is_ok(&texts[i]);
  return failed;
}

static void print_rule(const CheckedText *texts, size_t count, Colours c)
{
  size_t      failed = count_failed(texts, count), messages = 0;
  const Rule *rule = texts->rule;
  for (size_t i = 0; i < count; ++i) messages += texts[i].message_count;
  if (!messages) return;
  printf("  %srule %s%s (line %zu): ", c.bold, rule->id, c.plain, rule->line);
  if (failed) printf("%s%zu of %zu failed%s\n", c.bad, failed, count, c.plain);
  else printf("all %zu pass\n", count);
  for (size_t i = 0; i < count; ++i) print_messages(&texts[i], c);
}

static size_t texts_of_rule(const Checked *checked, size_t first)
{
  size_t end = first;
  while (end < checked->count && checked->texts[end].rule == checked->texts[first].rule) end++;
  return end - first;
}

static size_t texts_of_file(const Checked *checked, size_t first)
{
  size_t end = first;
  while (end < checked->count && !strcmp(checked->texts[end].rule->file, checked->texts[first].rule->file)) end++;
  return end - first;
}

static const char *plural(size_t count) { return count == 1 ? "" : "s"; }

static void print_file(const Checked *checked, size_t first, size_t count, Colours c)
{
  const CheckedText *texts = checked->texts + first;
  size_t             failed = count_failed(texts, count), rules = 0;
  if (checked->only_failed && !failed) return;
  for (size_t i = 0; i < count; ++i) rules += !i || texts[i].rule != texts[i - 1].rule;
  printf("%s%s%s: %zu rule%s, %zu text%s, ", c.bold, texts->rule->file, c.plain, rules, plural(rules), count,
         plural(count));
  if (failed) printf("%s%zu failed%s\n", c.bad, failed, c.plain);
  else printf("%sall pass%s\n", c.good, c.plain);
  for (size_t i = first; i < first + count; i += texts_of_rule(checked, i))
    print_rule(checked->texts + i, texts_of_rule(checked, i), c);
}

void check_print_text(const Checked *checked)
{
  bool    colour = wants_colour();
  Colours c = colours(colour);
  for (size_t i = 0; i < checked->count; i += texts_of_file(checked, i))
    print_file(checked, i, texts_of_file(checked, i), c);
  if (checked->coverage) check_print_coverage(checked, colour);
  printf("%zu rule%s, %zu %s: %zu passed, %s%zu failed%s\n", checked->rule_count, plural(checked->rule_count),
         checked->count, checked->count == 1 ? "example or counter" : "examples and counters",
         checked->count - checked->failed, checked->failed ? c.bad : "", checked->failed, checked->failed ? c.plain : "");
}

/* ---- As JSON ------------------------------------------------------------------------------------ */

static json_t *json_messages(const CheckedText *text)
{
  static const char *const severities[] = {"note", "warning", "error"};
  json_t                  *list = json_array();
  for (size_t i = 0; i < text->message_count; ++i) {
    const ClaimantDiagnostic *message = &text->messages[i];
    json_array_append_new(list, json_pack("{s:s, s:s, s:s}", "severity", severities[message->severity], "code", message->code,
                                          "message", message->message));
  }
  return list;
}

static json_t *json_text(const CheckedText *text)
{
  return json_pack("{s:s, s:I, s:s, s:s, s:o}", "kind", kind_of(text), "line", (json_int_t)text->example->line, "text",
                   text->example->text, "verdict", text->verdict, "messages", json_messages(text));
}

static json_t *json_rule(const CheckedText *texts, size_t count, bool only_failed)
{
  json_t *list = json_array();
  for (size_t i = 0; i < count; ++i)
    if (!only_failed || !is_ok(&texts[i])) json_array_append_new(list, json_text(&texts[i]));
  return json_pack("{s:s, s:s, s:I, s:I, s:I, s:o}", "id", texts->rule->id, "file", texts->rule->file, "line",
                   (json_int_t)texts->rule->line, "texts", (json_int_t)count, "failed", (json_int_t)count_failed(texts, count),
                   "results", list);
}

static json_t *json_alternatives(const Coverage *coverage)
{
  json_t *list = json_array();
  for (size_t i = 0; i < coverage->alternatives.count; ++i) {
    const AlternativeSource *source = &coverage->alternatives.sources[i];
    for (size_t j = 0; coverage->counted[i] && j < source->count; ++j) {
      Cover cover = coverage->covers[source->first + j];
      if (cover == COVER_NEEDED) continue;
      json_t *one = json_pack("{s:s, s:I, s:s, s:b}", "file", source->file, "line", (json_int_t)source->line, "alternative",
                              source->alternatives[j].shown, "reached", cover == COVER_UNNEEDED);
      json_object_set_new(one, source->rule ? "rule" : "macro", json_string(source->rule ? source->rule->id : source->macro->name));
      json_array_append_new(list, one);
    }
  }
  return list;
}

static json_t *json_unless(const Coverage *coverage)
{
  json_t *list = json_array();
  for (size_t i = 0; i < coverage->unless_count; ++i) {
    const UnlessCover *cover = &coverage->unless[i];
    if (!cover->needed)
      json_array_append_new(list, json_pack("{s:s, s:s, s:I}", "rule", cover->rule->id, "file", cover->rule->file, "line",
                                            (json_int_t)cover->unless->pattern->line));
  }
  return list;
}

static json_t *json_rows(const Coverage *coverage)
{
  json_t *list = json_array();
  for (size_t i = 0; i < coverage->row_count; ++i)
    if (!coverage->rows[i].needed)
      json_array_append_new(list, json_pack("{s:s, s:s}", "table", coverage->rows[i].table->name, "key", coverage->rows[i].row->key));
  return list;
}

static json_t *json_others(const Coverage *coverage, json_t *into)
{
  json_t *unused = json_array(), *winless = json_array(), *ties = json_array();
  for (size_t i = 0; i < coverage->unused_count; ++i) {
    const Unused *u = &coverage->unused[i];
    json_array_append_new(unused, json_pack("{s:s, s:s, s:s, s:I}", "kind", u->kind, "name", u->name, "file", u->file, "line",
                                            (json_int_t)u->line));
  }
  for (size_t i = 0; i < coverage->winless_count; ++i) json_array_append_new(winless, json_string(coverage->winless[i]->id));
  for (size_t i = 0; i < coverage->tie_count; ++i)
    json_array_append_new(ties, json_pack("{s:s, s:s}", "winner", coverage->ties[i].winner->id, "loser", coverage->ties[i].loser->id));
  json_object_set_new(into, "unused", unused);
  json_object_set_new(into, "rules-that-never-win", winless);
  json_object_set_new(into, "ties", ties);
  return into;
}

static json_t *json_coverage(const Coverage *coverage)
{
  json_t *made = json_pack("{s:I, s:I, s:f, s:o, s:I, s:I, s:o, s:I, s:I, s:o}", "alternatives", (json_int_t)coverage->counted_total,
                           "alternatives-covered", (json_int_t)coverage->needed_total, "percent", check_percent(coverage),
                           "alternatives-not-covered", json_alternatives(coverage), "unless", (json_int_t)coverage->unless_count,
                           "unless-covered", (json_int_t)coverage->unless_needed, "unless-not-covered", json_unless(coverage),
                           "rows", (json_int_t)coverage->row_count, "rows-covered", (json_int_t)coverage->rows_needed,
                           "rows-not-covered", json_rows(coverage));
  return json_others(coverage, made);
}

void check_print_json(const Checked *checked)
{
  json_t *rules = json_array();
  for (size_t i = 0, count; i < checked->count; i += count) {
    count = texts_of_rule(checked, i);
    if (!checked->only_failed || count_failed(checked->texts + i, count))
      json_array_append_new(rules, json_rule(checked->texts + i, count, checked->only_failed));
  }
  json_t *all = json_pack("{s:I, s:I, s:I, s:o}", "rule-count", (json_int_t)checked->rule_count, "passed",
                          (json_int_t)(checked->count - checked->failed), "failed", (json_int_t)checked->failed, "rules", rules);
  if (checked->coverage) json_object_set_new(all, "coverage", json_coverage(checked->coverage));
  json_dumpf(all, stdout, JSON_INDENT(1));
  putchar('\n');
  json_decref(all);
}

/* ---- As JUnit XML ----------------------------------------------------------------------------------- */

/* What XML 1.0 has no place for is left out. */
static void put_escaped(const char *text)
{
  for (; *text; ++text) {
    unsigned char c = (unsigned char)*text;
    if (c == '&') fputs("&amp;", stdout);
    else if (c == '<') fputs("&lt;", stdout);
    else if (c == '>') fputs("&gt;", stdout);
    else if (c == '"') fputs("&quot;", stdout);
    else if (c == '\n') fputs("&#10;", stdout);
    else if (c >= ' ' || c == '\t') putchar(c);
  }
}

static void put_attribute(const char *name, const char *value)
{
  printf(" %s=\"", name);
  put_escaped(value);
  putchar('"');
}

static void put_failure(const CheckedText *text)
{
  const char *first = NULL;
  for (size_t i = 0; i < text->message_count && !first; ++i)
    if (text->messages[i].severity == CLAIMANT_ERROR) first = text->messages[i].message;
  fputs(">\n      <failure", stdout);
  put_attribute("type", text->verdict);
  put_attribute("message", first ? first : "");
  putchar('>');
  for (size_t i = 0; i < text->message_count; ++i) {
    printf("%s", i ? "\n" : "");
    put_escaped(text->messages[i].message);
  }
  puts("</failure>\n    </testcase>");
}

static void put_case(const CheckedText *text)
{
  char name[64];
  snprintf(name, sizeof name, "%s, line %zu", kind_of(text), text->example->line);
  fputs("    <testcase", stdout);
  put_attribute("classname", text->rule->id);
  put_attribute("name", name);
  put_attribute("file", text->rule->file);
  printf(" line=\"%zu\"", text->example->line);
  if (is_ok(text)) puts("/>");
  else put_failure(text);
}

void check_print_junit(const Checked *checked)
{
  puts("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
  printf("<testsuites name=\"claimant check\" tests=\"%zu\" failures=\"%zu\">\n", checked->count, checked->failed);
  for (size_t i = 0, count; i < checked->count; i += count) {
    count = texts_of_file(checked, i);
    size_t failed = count_failed(checked->texts + i, count);
    if (checked->only_failed && !failed) continue;
    fputs("  <testsuite", stdout);
    put_attribute("name", checked->texts[i].rule->file);
    printf(" tests=\"%zu\" failures=\"%zu\">\n", count, failed);
    for (size_t j = i; j < i + count; ++j)
      if (!checked->only_failed || !is_ok(&checked->texts[j])) put_case(&checked->texts[j]);
    puts("  </testsuite>");
  }
  puts("</testsuites>");
}
