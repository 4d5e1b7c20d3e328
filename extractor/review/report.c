#include "review/report.h"

#include "base/utf8.h"
#include "write/json.h"

#include <stdio.h>
#include <string.h>

enum { SHOWN = 60, NAME_WIDTH = 32 };

static bool *skip_of(Arena *arena, const Report *report)
{
  bool *skip = arena_alloc(arena, report->set->count + 1);
  for (size_t i = 0; skip && i < report->set->count; ++i) skip[i] = report->orphans && report->orphans[i];
  return skip;
}

/* One line, shortened, in quotation marks. */
static void put_words(Buffer *out, const char *text)
{
  size_t count = 0, length;
  buffer_append_byte(out, '"');
  for (; *text && count < SHOWN; text += length, ++count) {
    length = utf8_sequence(text, strnlen(text, 4));
    bool plain = length && (unsigned char)*text >= 0x20 && *text != 0x7F;
    if (!plain) length = length ? length : 1;
    if (plain) buffer_append(out, text, length);
    else buffer_append_byte(out, ' ');
  }
  buffer_append_string(out, *text ? "…\"" : "\"");
}

static void put_padded(Buffer *out, const char *text, size_t width)
{
  size_t length = utf8_count(text, strlen(text));
  buffer_append_string(out, text);
  for (; length < width; ++length) buffer_append_byte(out, ' ');
}

static void put_tallies(Buffer *out, const char *title, const Tallies *tallies)
{
  size_t width = NAME_WIDTH;
  for (size_t i = 0; i < tallies->count; ++i) {
    size_t length = utf8_count(tallies->items[i].name, strlen(tallies->items[i].name));
    if (length > width) width = length;
  }
  buffer_append_byte(out, '\n');
  put_padded(out, title, width);
  buffer_append_string(out, "  accepted corrected rejected unsure missed  precision (95 % interval)\n");
  for (size_t i = 0; i < tallies->count; ++i) {
    const Tally *t = &tallies->items[i];
    Precision    p = tally_precision(t);
    put_padded(out, t->name, width);
    buffer_printf(out, "  %8zu %9zu %8zu %6zu %6zu", t->counts[VERDICT_ACCEPT], t->counts[VERDICT_CORRECT],
                  t->counts[VERDICT_REJECT], t->counts[VERDICT_UNSURE], t->counts[VERDICT_MISSED]);
    if (p.of) buffer_printf(out, "  %5.1f (%.1f to %.1f)", 100 * p.share, 100 * p.low, 100 * p.high);
    buffer_append_byte(out, '\n');
  }
}

static void put_agreements(Buffer *out, const Agreements *agreements)
{
  for (size_t i = 0; i < agreements->pair_count; ++i) {
    const Agreement *pair = &agreements->pairs[i];
    if (!i) buffer_append_string(out, "\nreviewers\n");
    buffer_printf(out, "%s and %s: %zu item%s both, %zu alike", pair->first, pair->second, pair->both,
                  pair->both == 1 ? "" : "s", pair->agree);
    if (pair->has_kappa) buffer_printf(out, ", kappa %.2f", pair->kappa);
    buffer_append_byte(out, '\n');
  }
  for (size_t i = 0; i < agreements->disagreement_count; ++i) {
    const Disagreement *d = &agreements->disagreements[i];
    if (!i) buffer_append_string(out, "\ndisagreements\n");
    buffer_printf(out, "%s: %s ", d->first->letter, d->first->type);
    put_words(out, d->first->text);
    buffer_printf(out, " (%s): %s %s, %s %s\n", d->first->item, d->first->reviewer, verdict_names[d->first->verdict],
                  d->second->reviewer, verdict_names[d->second->verdict]);
  }
}

static void put_missed(Buffer *out, const Report *report, const bool *skip)
{
  bool told = false;
  for (size_t i = 0; i < report->set->count; ++i) {
    const Decision *d = report->set->items[i];
    if (skip[i] || d->verdict != VERDICT_MISSED) continue;
    if (!told) buffer_append_string(out, "\nmissed\n");
    told = true;
    buffer_printf(out, "%s: %s ", d->letter, d->type);
    put_words(out, d->text);
    buffer_printf(out, " (%s)\n", d->reviewer);
  }
}

static void put_orphans(Buffer *out, const Report *report)
{
  bool told = false;
  for (size_t i = 0; report->orphans && i < report->set->count; ++i) {
    const Decision *d = report->set->items[i];
    if (!report->orphans[i]) continue;
    if (!told) buffer_append_string(out, "\norphans, not counted\n");
    told = true;
    buffer_printf(out, "%s:%zu: %s: %s ", d->file, d->line, d->letter, d->type);
    put_words(out, d->text);
    buffer_printf(out, " (%s), %s by %s: %s\n", d->item, verdict_names[d->verdict], d->reviewer, report->orphans[i]);
  }
}

static size_t orphan_count(const Report *report)
{
  size_t count = 0;
  for (size_t i = 0; report->orphans && i < report->set->count; ++i) count += report->orphans[i] != NULL;
  return count;
}

bool report_text(Arena *arena, const Report *report, Buffer *out)
{
  bool      *skip = skip_of(arena, report);
  Tallies    rules, types, reviewers;
  Agreements agreements;
  if (!skip || !tally_by(arena, report->set, skip, COLUMN_RULE, &rules) ||
      !tally_by(arena, report->set, skip, COLUMN_TYPE, &types) ||
      !tally_by(arena, report->set, skip, COLUMN_REVIEWER, &reviewers) ||
      !tally_agreements(arena, report->set, skip, &agreements))
    return false;
  buffer_printf(out, "%zu decision%s by %zu reviewer%s", report->set->count, report->set->count == 1 ? "" : "s",
                reviewers.count, reviewers.count == 1 ? "" : "s");
  if (report->orphans) buffer_printf(out, ", %zu of them orphans", orphan_count(report));
  buffer_append_byte(out, '\n');
  put_tallies(out, "rule", &rules);
  put_tallies(out, "type", &types);
  put_tallies(out, "reviewer", &reviewers);
  put_agreements(out, &agreements);
  put_missed(out, report, skip);
  put_orphans(out, report);
  return !out->failed;
}

/* ---- JSON ---- */

static void put_key_string(Json *json, const char *key, const char *text)
{
  json_key(json, key);
  json_put_string(json, text);
}

static void json_tallies(Json *json, const char *key, const Tallies *tallies)
{
  json_key(json, key);
  json_begin(json, '[');
  for (size_t i = 0; i < tallies->count; ++i) {
    const Tally *t = &tallies->items[i];
    Precision    p = tally_precision(t);
    json_begin(json, '{');
    put_key_string(json, "name", t->name);
    for (size_t v = 0; v < VERDICTS; ++v) json_key(json, verdict_names[v]), json_put_size(json, t->counts[v]);
    if (p.of) {
      json_key(json, "precision"), json_put_share(json, p.share);
      json_key(json, "low"), json_put_share(json, p.low);
      json_key(json, "high"), json_put_share(json, p.high);
    }
    json_end(json, '}');
  }
  json_end(json, ']');
}

static void json_agreements(Json *json, const Agreements *agreements)
{
  json_key(json, "agreement");
  json_begin(json, '[');
  for (size_t i = 0; i < agreements->pair_count; ++i) {
    const Agreement *pair = &agreements->pairs[i];
    char             kappa[32];
    json_begin(json, '{');
    put_key_string(json, "first", pair->first);
    put_key_string(json, "second", pair->second);
    json_key(json, "both"), json_put_size(json, pair->both);
    json_key(json, "alike"), json_put_size(json, pair->agree);
    long thousandths = (long)(pair->kappa * 1000 + (pair->kappa < 0 ? -0.5 : 0.5));
    long size = thousandths < 0 ? -thousandths : thousandths;
    snprintf(kappa, sizeof kappa, "%s%ld.%03ld", thousandths < 0 ? "-" : "", size / 1000, size % 1000);
    if (pair->has_kappa) json_key(json, "kappa"), json_put_raw(json, kappa);
    json_end(json, '}');
  }
  json_end(json, ']');
}

static void json_decision(Json *json, const Decision *d, const char *why)
{
  json_begin(json, '{');
  put_key_string(json, "file", d->file);
  json_key(json, "line"), json_put_size(json, d->line);
  put_key_string(json, "letter", d->letter);
  put_key_string(json, "item", d->item);
  put_key_string(json, "type", d->type);
  put_key_string(json, "text", d->text);
  put_key_string(json, "decision", verdict_names[d->verdict]);
  put_key_string(json, "reviewer", d->reviewer);
  if (why) put_key_string(json, "why", why);
  json_end(json, '}');
}

static void json_lists(Json *json, const Report *report, const bool *skip, const Agreements *agreements)
{
  json_key(json, "disagreements");
  json_begin(json, '[');
  for (size_t i = 0; i < agreements->disagreement_count; ++i) {
    json_begin(json, '[');
    json_decision(json, agreements->disagreements[i].first, NULL);
    json_decision(json, agreements->disagreements[i].second, NULL);
    json_end(json, ']');
  }
  json_end(json, ']');
  json_key(json, "missed");
  json_begin(json, '[');
  for (size_t i = 0; i < report->set->count; ++i)
    if (!skip[i] && report->set->items[i]->verdict == VERDICT_MISSED) json_decision(json, report->set->items[i], NULL);
  json_end(json, ']');
  json_key(json, "orphans");
  json_begin(json, '[');
  for (size_t i = 0; i < report->set->count; ++i)
    if (skip[i]) json_decision(json, report->set->items[i], report->orphans[i]);
  json_end(json, ']');
}

bool report_json(Arena *arena, const Report *report, Buffer *out)
{
  static const struct {
    const char *key;
    Column      column;
  } tables[] = {{"rules", COLUMN_RULE}, {"types", COLUMN_TYPE}, {"reviewers", COLUMN_REVIEWER}};
  bool      *skip = skip_of(arena, report);
  Agreements agreements;
  Json       json = {.out = out};
  if (!skip || !tally_agreements(arena, report->set, skip, &agreements)) return false;
  json_begin(&json, '{');
  json_key(&json, "decisions"), json_put_size(&json, report->set->count);
  for (size_t i = 0; i < sizeof tables / sizeof *tables; ++i) {
    Tallies tallies;
    if (!tally_by(arena, report->set, skip, tables[i].column, &tallies)) return false;
    json_tallies(&json, tables[i].key, &tallies);
  }
  json_agreements(&json, &agreements);
  json_lists(&json, report, skip, &agreements);
  json_end(&json, '}');
  buffer_append_byte(out, '\n');
  return !out->failed;
}
