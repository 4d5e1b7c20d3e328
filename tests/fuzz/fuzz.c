#include "fuzz.h"

#include "letter/segment.h"
#include "rules/load.h"
#include "session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

const char fuzz_small_path[] = "tests/fuzz/rules.xml";

void fuzz_check(bool holds, const char *condition, const char *file, int line)
{
  if (holds) return;
  fprintf(stderr, "%s:%d: this does not hold: %s\n", file, line, condition);
  abort();
}

/* ---- Rules ---- */

static void tell(void *user, const ClaimantDiagnostic *diagnostic)
{
  (void)user;
  fprintf(stderr, "%s:%zu: %s\n", diagnostic->file ? diagnostic->file : "", diagnostic->line, diagnostic->message);
}

const ClaimantRules *fuzz_rules(void)
{
  static ClaimantRules *rules;
  if (rules) return rules;
  const char *build = getenv("BUILD");
  ClaimantRulesOptions options = {.rules = "rules", .vocab = build ? build : "build", .report = tell};
  CHECK(claimant_rules_load(&options, &rules) == CLAIMANT_OK);
  return rules;
}

const RuleSet *fuzz_small_rules(void)
{
  static RuleSet *rules;
  if (rules) return rules;
  Diagnostics    list = {.arena = arena_new()};
  ClaimantStatus status = ruleset_load(fuzz_small_path, &list, &rules);
  for (size_t i = 0; i < list.count; ++i) tell(NULL, &list.items[i]);
  CHECK(status == CLAIMANT_OK);
  arena_free(list.arena);
  return rules;
}

/* ---- Files ---- */

static char folder[60];

static void remove_folder(void)
{
  char command[80];
  snprintf(command, sizeof command, "rm -rf '%s'", folder);
  if (system(command)) fprintf(stderr, "%s could not be removed\n", folder);
}

const char *fuzz_file(const char *name, const void *data, size_t size)
{
  static char path[120];
  if (!*folder) {
    snprintf(folder, sizeof folder, "/tmp/claimant-fuzz-XXXXXX");
    CHECK(mkdtemp(folder) != NULL);
    atexit(remove_folder);
  }
  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *file = fopen(path, "wb");
  CHECK(file != NULL);
  CHECK(fwrite(data, 1, size, file) == size);
  CHECK(fclose(file) == 0);
  return path;
}

void fuzz_load(const char *path, Buffer *out)
{
  char   bytes[4096];
  size_t got;
  FILE  *file = fopen(path, "rb");
  CHECK(file != NULL);
  while ((got = fread(bytes, 1, sizeof bytes, file)) > 0) buffer_append(out, bytes, got);
  CHECK(!ferror(file) && !out->failed);
  fclose(file);
}

void fuzz_edit(Buffer *bytes, const uint8_t *edits, size_t size)
{
  for (; size >= 3 && bytes->size; edits += 3, size -= 3)
    bytes->data[(edits[0] | (size_t)edits[1] << 8) % bytes->size] = (char)edits[2];
}

/* ---- Letters ---- */

static bool is_border(const Letter *letter, uint32_t byte)
{
  return byte == letter->size || ((unsigned char)letter->text[byte] & 0xC0U) != 0x80U;
}

static void check_span(const Letter *letter, Span span)
{
  CHECK(span.start <= span.end && span.end <= letter->size);
  CHECK(is_border(letter, span.start) && is_border(letter, span.end));
}

static void check_parts(const Letter *letter)
{
  uint32_t after = 0, units = 0;
  for (size_t i = 0; i < letter->block_count; ++i) {
    const Block *block = &letter->blocks[i];
    check_span(letter, block->span);
    CHECK(block->span.start >= after && block->section < letter->section_count);
    CHECK(!block->unit_count || block->first_unit == units);
    units += block->unit_count;
    after = block->span.end;
  }
  CHECK(units == letter->unit_count);
  after = 0;
  for (size_t i = 0; i < letter->unit_count; ++i) {
    const Unit *unit = &letter->units[i];
    check_span(letter, unit->span);
    CHECK(unit->span.start >= after && unit->block < letter->block_count);
    CHECK(unit->list == NO_INDEX || unit->list < letter->list_count);
    after = unit->span.end;
  }
}

void fuzz_letter(Letter *letter)
{
  if (!letter) return;
  ClaimantStatus status = letter_segment(letter, &fuzz_rules()->set->lexicons, NULL);
  CHECK(status == CLAIMANT_OK);
  check_parts(letter);
  letter_free(letter);
}

void fuzz_read(const uint8_t *data, size_t size, ClaimantFormat format)
{
  Diagnostics    list = {.arena = arena_new()};
  Letter        *letter = NULL;
  MailHead       head;
  Source         source = {.data = (const char *)data, .size = size, .format = format, .name = "letter"};
  ClaimantStatus status = read_letter(&source, &list, &letter, &head);
  CHECK(status == CLAIMANT_OK || list.count || status == CLAIMANT_TOO_LARGE);
  if (status == CLAIMANT_OK) fuzz_letter(letter);
  arena_free(list.arena);
}

void fuzz_match(const Matcher *matcher, const char *text, size_t size)
{
  Diagnostics  list = {.arena = arena_new()};
  Letter      *letter = NULL;
  MatchResult  result;
  MatchOptions options = {.last_phase = UINT32_MAX};
  CHECK(letter_new(text, size, "letter", &list, &letter) == CLAIMANT_OK);
  CHECK(letter_segment(letter, &matcher->rules->lexicons, NULL) == CLAIMANT_OK);
  ClaimantStatus status = match_letter(matcher, letter, options, &list, &result);
  CHECK(status == CLAIMANT_OK || status == CLAIMANT_LIMIT);
  letter_free(letter);
  arena_free(list.arena);
}
