#include "rule_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* ---- Rules ---- */

void rule_text_begin(RuleText *made)
{
  *made = (RuleText){.arena = arena_new()};
  assert_non_null(made->arena);
  made->diagnostics.arena = made->arena;
  strcpy(made->folder, "/tmp/claimant-rules-XXXXXX");
  assert_non_null(mkdtemp(made->folder));
  snprintf(made->path, sizeof made->path, "%s/rules.xml", made->folder);
}

void rule_text_put(RuleText *made, const char *name, const char *bytes, size_t size)
{
  char *path = arena_printf(made->arena, "%s/%s", made->folder, name);
  FILE *file = fopen(path, "wb");
  assert_non_null(file);
  assert_int_equal(fwrite(bytes, 1, size, file), size);
  assert_int_equal(fclose(file), 0);
}

ClaimantStatus rule_text_finish(RuleText *made)
{
  ClaimantStatus status = ruleset_load(made->path, &made->diagnostics, &made->rules);
  return status ? status : matcher_init(&made->matcher, made->rules, NULL, NULL, 0, &made->diagnostics);
}

ClaimantStatus rule_text_load(RuleText *made, const char *xml)
{
  rule_text_begin(made);
  rule_text_put(made, "rules.xml", xml, strlen(xml));
  return rule_text_finish(made);
}

void rule_text_free(RuleText *made)
{
  char command[80];
  snprintf(command, sizeof command, "%s", made->path);
  unlink(command);
  if (rmdir(made->folder)) { /* there are more files in it */
    snprintf(command, sizeof command, "rm -rf '%s'", made->folder);
    assert_int_equal(system(command), 0);
  }
  ruleset_free(made->rules);
  arena_free(made->arena);
}

const char *rule_text_faults(RuleText *made)
{
  const char *list = "";
  size_t      folder = strlen(made->folder);
  for (size_t i = 0; i < made->diagnostics.count; ++i) {
    const ClaimantDiagnostic *d = &made->diagnostics.items[i];
    if (d->severity != CLAIMANT_ERROR) continue;
    const char               *file = d->file ? d->file : "";
    if (strcmp(file, made->path) == 0) file = "";
    else if (strncmp(file, made->folder, folder) == 0) file += folder + 1;
    list = arena_printf(made->arena, "%s%s%s%zu: %s\n", list, file, *file ? ":" : "", d->line, d->message);
  }
  return list;
}

/* ---- Text ---- */

static UnitKind kind_of(char c)
{
  const char *kinds = "slihnd";
  return (UnitKind)(strchr(kinds, c) - kinds);
}

static Zone zone_of(char c)
{
  const char *zones = "hbsn";
  return (Zone)(strchr(zones, c) - zones);
}

/* A lead-in begins a list, of which the items after it are. */
static uint32_t list_of(Letter *letter, UnitKind kind, uint32_t unit)
{
  if (kind == UNIT_LEADIN) {
    letter->lists[letter->list_count] = (List){.leadin = unit, .first_item = unit + 1, .parent = NO_INDEX};
    return (uint32_t)letter->list_count++;
  }
  if (kind != UNIT_ITEM || !letter->list_count) return NO_INDEX;
  letter->lists[letter->list_count - 1].item_count++;
  return (uint32_t)letter->list_count - 1;
}

static bool is_space(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

static void add_unit(Letter *letter, const Layout *layout, Span span, bool new_block)
{
  uint32_t unit = (uint32_t)letter->unit_count;
  while (span.start < span.end && is_space(letter->text[span.start])) span.start++;
  while (span.end > span.start && is_space(letter->text[span.end - 1])) span.end--;
  UnitKind kind = layout->kinds ? kind_of(layout->kinds[unit]) : UNIT_SENTENCE;
  Zone     zone = layout->zones ? zone_of(layout->zones[unit]) : ZONE_BODY;
  uint32_t section = (uint32_t)letter->section_count - 1;
  if (new_block)
    letter->blocks[letter->block_count++] = (Block){
        .span = span, .kind = BLOCK_PARAGRAPH, .zone = zone, .section = section, .first_unit = unit};
  Block *block = &letter->blocks[letter->block_count - 1];
  block->span.end = span.end;
  block->unit_count++;
  letter->units[letter->unit_count++] = (Unit){.span = span,
                                               .kind = kind,
                                               .zone = zone,
                                               .block = (uint32_t)letter->block_count - 1,
                                               .section = section,
                                               .list = list_of(letter, kind, unit)};
}

static void divide(Letter *letter, const Layout *layout)
{
  size_t most = letter->size + 1U;
  bool   new_block = true;
  letter->units = arena_alloc(letter->arena, most * sizeof *letter->units);
  letter->blocks = arena_alloc(letter->arena, most * sizeof *letter->blocks);
  letter->lists = arena_alloc(letter->arena, most * sizeof *letter->lists);
  letter->sections = arena_alloc(letter->arena, most * sizeof *letter->sections);
  letter->sections[letter->section_count++].heading = NO_INDEX;
  for (uint32_t at = 0; at < letter->size;) {
    uint32_t length = (uint32_t)strcspn(letter->text + at, "|");
    add_unit(letter, layout, (Span){at, at + length}, new_block);
    at += length;
    uint32_t bars = (uint32_t)strspn(letter->text + at, "|");
    new_block = bars > 1;
    if (bars > 2) letter->sections[letter->section_count++].heading = NO_INDEX;
    at += bars;
  }
}

/* ---- What was found ---- */

static int by_place(const void *a, const void *b)
{
  const Annotation *x = *(Annotation *const *)a, *y = *(Annotation *const *)b;
  if (x->span.start != y->span.start) return x->span.start < y->span.start ? -1 : 1;
  if (x->span.end != y->span.end) return x->span.end > y->span.end ? -1 : 1;
  if (x->type != y->type) return x->type < y->type ? -1 : 1;
  return x->id < y->id ? -1 : 1;
}

static void append_words(Buffer *out, const Letter *letter, Span span)
{
  assert_true(span.start <= span.end && span.end <= letter->size);
  buffer_append(out, letter->text + span.start, span.end - span.start);
}

static void append_role(Buffer *out, const Letter *letter, const RoleValue *role)
{
  static const char *const refs[] = {"", "<addressee>", "<writer>", "<unstated>"};
  buffer_printf(out, "; %s=%s", role->name, refs[role->ref]);
  if (role->has_span) append_words(out, letter, role->span);
  if (role->annotation) buffer_append_byte(out, '*');
}

static void append_annotation(Buffer *out, const RuleText *made, const Letter *letter, const Annotation *found)
{
  buffer_printf(out, "%s%s(", out->size ? " " : "", made->rules->types[found->type].name);
  append_words(out, letter, found->span);
  for (size_t i = 0; i < found->role_count; ++i) append_role(out, letter, &found->roles[i]);
  for (size_t i = 0; i < found->feature_count; ++i)
    buffer_printf(out, "; %s:%s", found->features[i].name, found->features[i].value);
  buffer_append_byte(out, ')');
}

static char *describe(const RuleText *made, const Matched *matched)
{
  Buffer       out = {0};
  Annotation **list = malloc((matched->result.count + 1) * sizeof *list);
  size_t       count = 0;
  assert_non_null(list);
  for (size_t i = 0; i < matched->result.count; ++i) {
    Annotation *found = matched->result.annotations[i];
    if (found->live && found->rule) list[count++] = found;
  }
  qsort(list, count, sizeof *list, by_place);
  buffer_append_string(&out, "");
  for (size_t i = 0; i < count; ++i) append_annotation(&out, made, matched->letter, list[i]);
  free(list);
  assert_false(out.failed);
  return out.data ? out.data : strdup("");
}

void match_text(RuleText *made, const char *text, Layout layout, Matched *matched)
{
  *matched = (Matched){0};
  assert_int_equal(letter_new(text, strlen(text), "text", &made->diagnostics, &matched->letter), CLAIMANT_OK);
  divide(matched->letter, &layout);
  MatchOptions options = {.plain = layout.plain, .language = layout.language, .last_phase = UINT32_MAX};
  matched->status = match_letter(&made->matcher, matched->letter, options, &made->diagnostics, &matched->result);
  matched->found = describe(made, matched);
}

void matched_free(Matched *matched)
{
  letter_free(matched->letter);
  free(matched->found);
}

void assert_found(RuleText *made, const char *text, Layout layout, const char *expected)
{
  for (int plain = 0; plain < 2; ++plain) {
    Matched matched;
    layout.plain = plain;
    match_text(made, text, layout, &matched);
    assert_int_equal(matched.status, CLAIMANT_OK);
    if (strcmp(matched.found, expected) != 0) print_message("in: %s\n", text);
    assert_string_equal(matched.found, expected);
    matched_free(&matched);
  }
}

void assert_rules_find(const char *xml, const char *text, const char *expected)
{
  RuleText made;
  if (rule_text_load(&made, xml)) fail_msg("%s", rule_text_faults(&made));
  assert_found(&made, text, (Layout){0}, expected);
  rule_text_free(&made);
}
