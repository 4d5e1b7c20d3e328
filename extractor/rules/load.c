#include "rules/load.h"

#include "base/hash.h"
#include "base/language.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "rules/loader.h"

#include <libxml/parser.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>

enum { READ_AT_ONCE = 1 << 16 };

static bool is_lexical(const Gazetteer *gazetteer)
{
  for (size_t kind = 0; kind < LEXICON_COUNT; ++kind)
    if (strcmp(gazetteer->name, lexicon_names[kind]) == 0) return true;
  return false;
}

/* The languages of such gazetteers; and the rule set's own, so that there is one lexicon at least. */
static void add_language(Loader *loader, const char *language)
{
  Lexicons *lexicons = &loader->rules->lexicons;
  for (size_t i = 0; i < lexicons->count; ++i)
    if (lexicons->items[i].language == language) return;
  LOADER_GROW(loader, lexicons->items, lexicons->count, loader->lexicon_capacity);
  lexicons->items[lexicons->count++] = (Lexicon){.language = language};
}

/* A list of the language, or of a wider one that holds it, or of none. */
static void fill_lexicon(Loader *loader, Lexicon *lexicon)
{
  const RuleSet *rules = loader->rules;
  size_t         fit[LEXICON_COUNT] = {0};
  for (size_t i = 0; i < rules->gazetteer_count; ++i) {
    const Gazetteer *g = &rules->gazetteers[i];
    for (size_t kind = 0; kind < LEXICON_COUNT; ++kind) {
      size_t fits = strcmp(g->name, lexicon_names[kind]) == 0 ? language_fit(g->language, lexicon->language) : 0;
      if (fits <= fit[kind]) continue;
      fit[kind] = fits;
      lexicon->lists[kind] = (TermList){g->terms, g->term_count};
    }
  }
}

/* Gazetteers with the names of the lexicon's lists tell the segmenter what it must know. */
static void fill_lexicons(Loader *loader)
{
  RuleSet *rules = loader->rules;
  rules->lexicons.language = rules->language;
  add_language(loader, rules->language);
  for (size_t i = 0; i < rules->gazetteer_count; ++i)
    if (is_lexical(&rules->gazetteers[i])) add_language(loader, rules->gazetteers[i].language);
  for (size_t i = 0; i < rules->lexicons.count; ++i) fill_lexicon(loader, &rules->lexicons.items[i]);
  lexicons_index(&rules->lexicons, loader->arena);
}

/* The folder a path is in, with its slash; as long as the path says. */
static size_t folder_bytes(const char *path)
{
  const char *slash = strrchr(path, '/');
  return slash ? (size_t)(slash - path) + 1 : 0;
}

static void list_files(Loader *loader)
{
  RuleSet *rules = loader->rules;
  rules->files = arena_alloc(loader->arena, (loader->file_count + 1) * sizeof *rules->files);
  const char *top = loader->files[0].path;
  size_t      folder = folder_bytes(top);
  for (size_t i = 0; i < loader->file_count; ++i) {
    const char *path = loader->files[i].path;
    rules->files[rules->file_count++] = path + (strncmp(path, top, folder) == 0 ? folder : 0);
  }
}

static const char *main_file(Loader *loader, const char *path)
{
  struct stat about;
  if (stat(path, &about) == 0 && S_ISDIR(about.st_mode)) return arena_printf(loader->arena, "%s/ruleset.xml", path);
  return path;
}

static void set_identity(Loader *loader)
{
  RuleSet *rules = loader->rules;
  sha256_hex(loader->bytes.data ? loader->bytes.data : "", loader->bytes.size, rules->hash);
  rules->iri = arena_printf(loader->arena, "https://w3id.org/claimant/rules/%s/%s", rules->id, rules->version);
}

static void free_loader(Loader *loader)
{
  for (size_t i = 0; i < loader->file_count; ++i)
    if (loader->files[i].doc) xmlFreeDoc(loader->files[i].doc);
  buffer_free(&loader->bytes);
  buffer_free(&loader->scratch);
}

/* The examples of all rules: they are text of the kind that the rules are for. */
static TriggerSample sample_text(Loader *loader)
{
  Buffer *folded = &loader->scratch;
  Buffer  text = {0};
  for (size_t i = 0; i < loader->rules->rule_count; ++i)
    for (size_t j = 0; j < loader->rules->rules[i]->example_count; ++j) {
      const char *example = loader->rules->rules[i]->examples[j].text;
      buffer_append(&text, example, strlen(example));
      buffer_append_byte(&text, ' ');
    }
  trigger_fold(folded, text.data ? text.data : "", text.size);
  if (text.failed) folded->failed = true;
  buffer_free(&text);
  if (folded->failed) arena_alloc(loader->arena, SIZE_MAX);
  return (TriggerSample){folded->data, folded->size};
}

/* Patterns that are tried on one view are neighbours in the index. */
static void index_triggers(Loader *loader)
{
  RuleSet *rules = loader->rules;
  size_t   count = 0;
  for (size_t i = 0; i < rules->rule_count; ++i) count += rules->rules[i]->pattern_count;
  Pattern **patterns = arena_alloc(loader->arena, (count + 1) * sizeof(Pattern *));
  count = 0;
  for (size_t i = 0; i < rules->phase_count; ++i)
    for (size_t j = 0; j < rules->phases[i].rule_count; ++j) {
      const Rule *rule = rules->phases[i].by_view[j];
      for (size_t k = 0; k < rule->pattern_count; ++k) patterns[count++] = rule->patterns[k];
    }
  rules->triggers = trigger_index_new(loader->arena, patterns, count, rules->type_count, sample_text(loader));
}

static void load_all(Loader *loader, const char *path)
{
  load_files(loader, main_file(loader, path));
  load_declarations(loader);
  load_rules(loader);
  check_files(loader);
  if (loader->rules->type_count) lint_rules(loader);
  fill_lexicons(loader);
  index_triggers(loader);
  if (loader->rules->id) set_identity(loader);
  if (loader->file_count) list_files(loader);
  loader->rules->macros = loader->macros;
  loader->rules->macro_count = loader->macro_count;
}

/* Everything the loader makes is in its arena, in `loader` or in the compiled patterns that
 * it lists, so running out of memory anywhere may jump back here. */
static ClaimantStatus run(Loader *loader, const char *path)
{
  jmp_buf rescue;
  if (setjmp(rescue)) return CLAIMANT_NO_MEMORY;
  arena_rescue(loader->arena, &rescue);
  loader->rules = arena_alloc(loader->arena, sizeof *loader->rules);
  loader->rules->arena = loader->arena;
  loader->rules->names = interner_new(loader->arena);
  load_all(loader, path);
  return CLAIMANT_OK;
}

static void throw_away(Arena *arena, const CompiledPattern *compiled)
{
  for (; compiled; compiled = compiled->next) pcre2_code_free(compiled->pattern->code);
  arena_free(arena);
}

ClaimantStatus ruleset_load(const char *path, Diagnostics *diagnostics, RuleSet **rules)
{
  Loader *loader = memory_zeroed(1, sizeof *loader);
  if (!loader) return CLAIMANT_NO_MEMORY;
  loader->arena = arena_new();
  loader->diagnostics = diagnostics;
  size_t         faults = diagnostics->errors;
  ClaimantStatus status = loader->arena ? run(loader, path) : CLAIMANT_NO_MEMORY;
  bool           nothing_read = loader->file_count == 0;
  RuleSet       *made = loader->rules;
  free_loader(loader);
  if (loader->arena) arena_rescue(loader->arena, NULL);
  if (!status && diagnostics->errors != faults) status = nothing_read ? CLAIMANT_NO_INPUT : CLAIMANT_BAD_RULES;
  if (!status) *rules = made;
  else throw_away(loader->arena, loader->compiled);
  memory_free(loader);
  return status;
}

static void free_pattern(Pattern *pattern)
{
  pcre2_code_free(atomic_load(&pattern->fast));
  pcre2_code_free(pattern->code);
}

void ruleset_free(RuleSet *rules)
{
  if (!rules) return;
  for (size_t i = 0; i < rules->rule_count; ++i) {
    const Rule *rule = rules->rules[i];
    for (size_t j = 0; j < rule->pattern_count; ++j) free_pattern(rule->patterns[j]);
    if (rule->before) free_pattern(rule->before);
    if (rule->until) free_pattern(rule->until);
    for (size_t j = 0; j < rule->unless_count; ++j) free_pattern(rule->unless[j].pattern);
  }
  RuleImage image = rules->image;
  arena_free(rules->arena);
  if (image.data) munmap(image.data, image.bytes);
}

static bool append_file(Buffer *bytes, const char *path)
{
  FILE  *file = fopen(path, "rb");
  size_t got;
  if (!file) return false;
  do {
    if (!buffer_reserve(bytes, READ_AT_ONCE)) break;
    got = fread(bytes->data + bytes->size, 1, READ_AT_ONCE, file);
    bytes->size += got;
  } while (got);
  bool good = !ferror(file) && !bytes->failed;
  fclose(file);
  return good;
}

ClaimantStatus ruleset_is_current(const RuleSet *rules, const char *source, bool *current)
{
  struct stat about;
  Buffer      bytes = {0}, path = {0};
  bool        good = stat(source, &about) == 0 && rules->file_count;
  buffer_printf(&path, "%s%s", source, good && S_ISDIR(about.st_mode) ? "/" : "");
  size_t folder = good && S_ISDIR(about.st_mode) ? path.size : folder_bytes(source);
  for (size_t i = 0; i < rules->file_count && good && !path.failed; ++i) {
    path.size = rules->files[i][0] == '/' ? 0 : folder;
    buffer_append_string(&path, rules->files[i]);
    good = append_file(&bytes, path.data);
  }
  char hash[SHA256_HEX + 1] = "";
  bool memory = !bytes.failed && !path.failed;
  if (good && memory) sha256_hex(bytes.data ? bytes.data : "", bytes.size, hash);
  buffer_free(&bytes);
  buffer_free(&path);
  *current = strcmp(hash, rules->hash) == 0;
  return memory ? CLAIMANT_OK : CLAIMANT_NO_MEMORY;
}
