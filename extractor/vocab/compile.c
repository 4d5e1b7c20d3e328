#include "vocab/compile.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/hash.h"
#include "base/memory.h"
#include "vocab/draft.h"
#include "vocab/format.h"
#include "vocab/pool.h"
#include "vocab/term.h"

#define SKOS "http://www.w3.org/2004/02/skos/core#"
#define DCTERMS "http://purl.org/dc/terms/"
#define CLM "https://w3id.org/claimant/ns#"

enum { MOST_CANDIDATES = 16 };

/* ---- Reading the folder --------------------------------------------------------- */

static bool ends_in(const char *name, const char *ending)
{
  size_t length = strlen(name), end = strlen(ending);
  return length > end && name[0] != '.' && !strcmp(name + length - end, ending);
}

static void check_list(Draft *draft)
{
  const DraftList *list = draft_list(draft);
  const char *missing = !list->title ? "title" : !list->source ? "source" : !list->licence ? "licence" : NULL;
  if (missing)
    diagnostics_add(draft->diagnostics, CLAIMANT_ERROR, "vocab-header", (Place){.file = list->path},
                    "expected a %s: each list names its title, source and licence", missing);
}

/* `file` without its folder, and without what follows the last full stop in it. */
static const char *list_name(Arena *arena, const char *file)
{
  const char *slash = strrchr(file, '/'), *name = slash ? slash + 1 : file, *dot = strrchr(name, '.');
  return arena_copy(arena, name, dot && dot > name ? (size_t)(dot - name) : strlen(name));
}

static ClaimantStatus add_list(Draft *draft, const char *path)
{
  const char *name = list_name(draft->arena, path);
  path = arena_copy_string(draft->arena, path);
  if (!name || !path) return CLAIMANT_NO_MEMORY;
  for (size_t i = 0; i < draft->list_count; ++i)
    if (!strcmp(draft->lists[i].name, name)) {
      diagnostics_add(draft->diagnostics, CLAIMANT_ERROR, "vocab-name", (Place){.file = path},
                      "the list name \"%s\" is taken by %s", name, draft->lists[i].path);
      break;
    }
  return draft_add_list(draft, (DraftList){.name = name, .path = path, .scan = true});
}

static int by_bytes(const struct dirent **a, const struct dirent **b)
{
  return strcmp((*a)->d_name, (*b)->d_name);
}

typedef ClaimantStatus Reader(Draft *draft);

/* *found becomes true when there is such a folder. */
static ClaimantStatus read_folder(Draft *draft, const char *dir, const char *sub, const char *ending,
                                  Reader *reader, bool *found)
{
  struct dirent **names = NULL;
  char           *folder = arena_printf(draft->arena, "%s/%s", dir, sub);
  if (!folder) return CLAIMANT_NO_MEMORY;
  int count = scandir(folder, &names, NULL, by_bytes);
  if (count < 0) return errno == ENOMEM ? CLAIMANT_NO_MEMORY : CLAIMANT_OK;
  *found = true;
  ClaimantStatus status = CLAIMANT_OK;
  for (int i = 0; i < count; ++i) {
    if (!status && ends_in(names[i]->d_name, ending)) {
      char *path = arena_printf(draft->arena, "%s/%s", folder, names[i]->d_name);
      status = path ? add_list(draft, path) : CLAIMANT_NO_MEMORY;
      if (!status) status = reader(draft);
      if (!status) check_list(draft);
      if (status == CLAIMANT_BAD_DATA || status == CLAIMANT_NO_INPUT)
        status = CLAIMANT_OK; /* reported; go on */
    }
    free(names[i]);
  }
  free(names);
  return status;
}

static ClaimantStatus read_all(Draft *draft, const char *dir)
{
  bool           found = false;
  ClaimantStatus status = read_folder(draft, dir, "concepts", ".ttl", draft_read_concepts, &found);
  if (!status) status = read_folder(draft, dir, "lists", ".txt", draft_read_list, &found);
  if (status || (found && draft->list_count <= VOCAB_MAX_LISTS)) return status;
  diagnostics_add(draft->diagnostics, CLAIMANT_ERROR, "vocab-folder", (Place){.file = dir},
                  found ? "holds too many lists: at most %d"
                        : "expected a folder that holds lists/ or concepts/",
                  VOCAB_MAX_LISTS);
  return found ? CLAIMANT_BAD_DATA : CLAIMANT_NO_INPUT;
}

/* ---- Order ------------------------------------------------------------------------ */

#define ORDER(a, b)                                                                                          \
  do {                                                                                                       \
    if ((a) != (b)) return (a) < (b) ? -1 : 1;                                                               \
  } while (0)

static int compare_terms(const void *left, const void *right)
{
  const DraftTerm *a = left, *b = right;
  ORDER(b->scan, a->scan);
  ORDER(a->hash, b->hash);
  ORDER(b->bytes, a->bytes);
  int order = memcmp(a->text, b->text, a->bytes);
  if (order) return order;
  ORDER(a->list, b->list);
  ORDER(a->fold, b->fold);
  if (a->concept == b->concept) order = 0;
  else order = strcmp(a->concept ? a->concept : "", b->concept ? b->concept : "");
  if (order) return order;
  ORDER(a->line, b->line);
  return 0;
}

static bool same_term(const DraftTerm *a, const DraftTerm *b)
{
  return a->list == b->list && a->fold == b->fold && a->bytes == b->bytes &&
         !memcmp(a->text, b->text, a->bytes);
}

static int compare_values(const void *left, const void *right)
{
  const DraftValue *a = left, *b = right;
  int               order = strcmp(a->concept, b->concept);
  if (!order) order = strcmp(a->property, b->property);
  return order ? order : strcmp(a->value, b->value);
}

static bool same_value(const DraftValue *a, const DraftValue *b) { return !compare_values(a, b); }

/* ---- Keys ----------------------------------------------------------------------------- */

static int compare_hashes(const void *left, const void *right)
{
  const DraftTerm *a = left, *b = right;
  ORDER(a->hash, b->hash);
  return 0;
}

/* The key of a term's first `words` words; false when it has fewer. */
static bool key_of(const DraftTerm *term, size_t words, uint64_t *key)
{
  WordKey first = word_key(term->text, term->bytes);
  size_t  at = first.bytes;
  for (*key = first.hash; --words;)
    if (!word_key_extend(term->text, term->bytes, &at, key)) return false;
  return true;
}

/* Keys whose terms go on under longer keys. */
typedef struct {
  Draft    *draft;
  uint64_t *keys;
  size_t    count, capacity;
  bool      failed;
} Deeper;

static void add_deeper(Deeper *deeper, uint64_t key)
{
  uint64_t *keys = arena_grow(deeper->draft->arena, deeper->keys, deeper->count, &deeper->capacity, sizeof *keys);
  if (!keys) deeper->failed = true;
  else deeper->keys = keys, keys[deeper->count++] = key;
}

/* Terms that share the key of their first `words` words, too many of which have more, get keys of one more. */
static void split_keys(Deeper *deeper, DraftTerm *terms, size_t count, size_t words)
{
  size_t   longer = 0;
  uint64_t key;
  for (size_t i = 0; i < count; ++i) longer += key_of(&terms[i], words + 1, &key);
  if (longer <= RUN_MOST || deeper->failed) return;
  add_deeper(deeper, terms[0].hash);
  size_t own = 0; /* those with no more words to the front */
  for (size_t i = 0; i < count; ++i) {
    if (key_of(&terms[i], words + 1, &key)) {
      terms[i].hash = key;
      continue;
    }
    DraftTerm term = terms[i];
    terms[i] = terms[own];
    terms[own++] = term;
  }
  terms += own, count -= own;
  qsort(terms, count, sizeof *terms, compare_hashes);
  for (size_t i = 0, run; i < count; i += run) {
    for (run = 1; i + run < count && terms[i + run].hash == terms[i].hash; ++run) continue;
    split_keys(deeper, terms + i, run, words + 1);
  }
}

static int scanned_first(const void *left, const void *right)
{
  const DraftTerm *a = left, *b = right;
  ORDER(b->scan, a->scan);
  ORDER(a->hash, b->hash);
  return 0;
}

static void choose_keys(Deeper *deeper)
{
  DraftTerm *terms = deeper->draft->terms;
  size_t     total = deeper->draft->term_count;
  if (total) qsort(terms, total, sizeof *terms, scanned_first);
  for (size_t i = 0, run; i < total && terms[i].scan; i += run) {
    for (run = 1; i + run < total && terms[i + run].scan && terms[i + run].hash == terms[i].hash; ++run) continue;
    split_keys(deeper, terms + i, run, 1);
  }
}

/* ---- Sections ----------------------------------------------------------------------- */

typedef struct {
  Draft       *draft;
  Pool         pool;
  Buffer       sections[SECTION_COUNT];
  const char **concepts; /* IRIs, sorted, each once */
  size_t       concept_count;
} Build;

static int compare_strings(const void *left, const void *right)
{
  const char *a = *(const char *const *)left, *b = *(const char *const *)right;
  return a == b ? 0 : strcmp(a, b);
}

/* Neighbours mostly are of one concept. Values are sorted by it. */
static ClaimantStatus collect_concepts(Build *build)
{
  const Draft *draft = build->draft;
  const char **list = arena_alloc(draft->arena, (draft->term_count + draft->value_count + 1) * sizeof *list);
  size_t       count = 0, kept = 0;
  if (!list) return CLAIMANT_NO_MEMORY;
  for (size_t i = 0; i < draft->value_count; ++i)
    if (!i || draft->values[i].concept != draft->values[i - 1].concept) list[count++] = draft->values[i].concept;
  for (size_t i = 0; i < draft->term_count; ++i)
    if (draft->terms[i].concept) list[count++] = draft->terms[i].concept;
  if (count) qsort(list, count, sizeof *list, compare_strings);
  for (size_t i = 0; i < count; ++i)
    if (!kept || compare_strings(&list[kept - 1], &list[i])) list[kept++] = list[i];
  build->concepts = list;
  build->concept_count = kept;
  return CLAIMANT_OK;
}

/* Its number, from 1. */
static uint32_t concept_number(const Build *build, const char *iri)
{
  const char **found = bsearch(&iri, build->concepts, build->concept_count, sizeof *found, compare_strings);
  return found ? (uint32_t)(found - build->concepts) + 1 : 0;
}

static void build_lists(Build *build)
{
  for (size_t i = 0; i < build->draft->list_count; ++i) {
    const DraftList *list = &build->draft->lists[i];
    FileList         record = {.name = pool_add(&build->pool, list->name),
                               .title = pool_add(&build->pool, list->title),
                               .source = pool_add(&build->pool, list->source),
                               .licence = pool_add(&build->pool, list->licence),
                               .class = pool_add(&build->pool, list->class),
                               .flags = (list->scan ? LIST_SCAN : 0U) | (list->fold ? LIST_FOLD : 0U) |
                                        (list->ambiguous ? LIST_AMBIGUOUS : 0U),
                               .terms = list->terms};
    buffer_append(&build->sections[SECTION_LISTS], (const char *)&record, sizeof record);
  }
}

/* The concepts of `count` equal terms, each once and the first MOST_CANDIDATES of them. */
static FileEntry merge_concepts(Build *build, const DraftTerm *terms, size_t count)
{
  FileRef     refs[MOST_CANDIDATES];
  const char *last = NULL;
  size_t      several = 0;
  for (size_t i = 0; i < count; ++i) {
    if (!terms[i].concept || (last && !compare_strings(&last, &terms[i].concept))) continue;
    last = terms[i].concept;
    if (several++ < MOST_CANDIDATES) refs[several - 1].concept = concept_number(build, last);
  }
  if (several > MOST_CANDIDATES)
    draft_tell_of(build->draft, terms->list, TELL_CROWD, 0,
                  "%zu concepts have the label \"%s\": the first %d of them are kept", several, terms->text, MOST_CANDIDATES);
  size_t    kept = several < MOST_CANDIDATES ? several : MOST_CANDIDATES;
  Buffer   *section = &build->sections[SECTION_REFS];
  FileEntry entry = {.candidates = (uint8_t)kept, .concept = kept == 1 ? refs[0].concept : 0};
  if (kept < 2) return entry;
  entry.concept = (uint32_t)(section->size / sizeof *refs);
  buffer_append(section, (const char *)refs, kept * sizeof *refs);
  return entry;
}

static void warn_of_repeated(Build *build, const DraftTerm *before, const DraftTerm *term)
{
  if (build->draft->lenient && (before->concept == term->concept || !strcmp(before->concept, term->concept)))
    draft_tell_of(build->draft, term->list, TELL_REPEATED, term->line, "\"%s\" is a label of <%.100s> already", term->text,
                  term->concept);
  if (build->draft->lenient || term->concept) return;
  diagnostics_add(build->draft->diagnostics, CLAIMANT_WARNING, "vocab-repeated",
                  (Place){.file = build->draft->lists[term->list].path, .line = term->line},
                  "the term \"%s\" stands in this list already", term->text);
}

static void build_entries(Build *build)
{
  const DraftTerm *terms = build->draft->terms;
  size_t           total = build->draft->term_count;
  for (size_t i = 0, count; i < total; i += count) {
    for (count = 1; i + count < total && same_term(&terms[i], &terms[i + count]); ++count)
      warn_of_repeated(build, &terms[i + count - 1], &terms[i + count]);
    if (!terms[i].scan) continue;
    size_t    next = i + count;
    bool      last = next == total || terms[next].hash != terms[i].hash || !terms[next].scan;
    FileEntry entry = merge_concepts(build, &terms[i], count);
    entry.text = pool_add(&build->pool, terms[i].text);
    entry.bytes = terms[i].bytes;
    entry.list = terms[i].list;
    entry.flags = (uint8_t)((last ? ENTRY_LAST : 0) | (terms[i].fold ? ENTRY_FOLD : 0) |
                            (terms[i].common ? ENTRY_COMMON : 0));
    term_next(terms[i].text, terms[i].bytes, word_key(terms[i].text, terms[i].bytes).bytes, entry.next);
    buffer_append(&build->sections[SECTION_ENTRIES], (const char *)&entry, sizeof entry);
  }
}

/* A power of two that leaves at least a quarter free. */
static size_t table_size(size_t used)
{
  size_t slots = 2;
  while (3 * slots < 4 * (used + 1)) slots *= 2;
  return slots;
}

static void fill_slot(FileSlot *table, size_t slots, uint64_t hash, uint32_t run)
{
  uint32_t tag = (uint32_t)(hash >> 32);
  uint64_t at = hash & (slots - 1);
  while (table[at].run && (run != SLOT_DEEPER || table[at].tag != tag)) at = (at + 1) & (slots - 1);
  table[at].tag = tag;
  table[at].run |= run;
}

/* A hash table over the runs of scanned terms, which come first, and the keys under which there are more. */
static ClaimantStatus build_slots(Build *build, const Deeper *deeper)
{
  const DraftTerm *terms = build->draft->terms;
  size_t           total = 0, runs = 0;
  for (; total < build->draft->term_count && terms[total].scan; ++total)
    runs += !total || terms[total - 1].hash != terms[total].hash;
  size_t    slots = table_size(runs + deeper->count);
  FileSlot *table = memory_zeroed(slots, sizeof *table);
  if (!table) return CLAIMANT_NO_MEMORY;
  uint32_t entry = 0;
  for (size_t i = 0; i < total; ++i) {
    bool     repeats = i && same_term(&terms[i - 1], &terms[i]);
    uint32_t index = repeats ? entry - 1 : entry++;
    if (!i || terms[i - 1].hash != terms[i].hash) fill_slot(table, slots, terms[i].hash, index + 1);
  }
  for (size_t i = 0; i < deeper->count; ++i) fill_slot(table, slots, deeper->keys[i], SLOT_DEEPER);
  buffer_append(&build->sections[SECTION_SCANNED], (const char *)table, slots * sizeof *table);
  memory_free(table);
  return CLAIMANT_OK;
}

static ClaimantStatus build_prints(Build *build)
{
  const DraftTerm *terms = build->draft->terms;
  size_t           total = build->draft->term_count, first = 0;
  while (first < total && terms[first].scan) first++;
  size_t     slots = table_size(total - first);
  FilePrint *table = memory_zeroed(slots, sizeof *table);
  if (!table) return CLAIMANT_NO_MEMORY;
  for (size_t i = first; i < total; ++i) {
    uint64_t print = vocab_print(terms[i].list, terms[i].text, terms[i].bytes), at = print & (slots - 1);
    uint32_t tag = vocab_print_tag(print);
    while (table[at].tag && table[at].tag != tag) at = (at + 1) & (slots - 1);
    table[at].tag = tag;
  }
  buffer_append(&build->sections[SECTION_PRINTS], (const char *)table, slots * sizeof *table);
  memory_free(table);
  return CLAIMANT_OK;
}

/* Whether a scanned term may begin with a small letter in a text. */
static bool may_be_lower(const DraftTerm *term)
{
  return term->scan && (term->fold || !word_key(term->text, term->bytes).upper);
}

static ClaimantStatus build_lower(Build *build)
{
  size_t bits = LOWER_BITS, count = 0;
  for (size_t i = 0; i < build->draft->term_count; ++i) count += may_be_lower(&build->draft->terms[i]);
  while (bits < 16 * count) bits *= 2;
  FileBits *set = memory_zeroed(bits / 64, sizeof *set);
  if (!set) return CLAIMANT_NO_MEMORY;
  for (size_t i = 0; i < build->draft->term_count; ++i) {
    const DraftTerm *term = &build->draft->terms[i];
    if (!may_be_lower(term)) continue;
    size_t bit = (word_key(term->text, term->bytes).hash >> 32) & (bits - 1);
    set[bit / 64].bits |= UINT64_C(1) << bit % 64;
  }
  buffer_append(&build->sections[SECTION_LOWER], (const char *)set, bits / 64 * sizeof *set);
  memory_free(set);
  return CLAIMANT_OK;
}

/* What stands before and behind the last / or # of an IRI. */
static void split_iri(Build *build, const char *iri, FileConcept *concept)
{
  size_t bytes = strlen(iri), end = bytes;
  while (end && iri[end - 1] != '/' && iri[end - 1] != '#') --end;
  const char *space = arena_copy(build->draft->arena, iri, end);
  if (!space) build->pool.bytes.failed = true;
  concept->space = pool_add(&build->pool, space);
  concept->local = pool_add(&build->pool, iri + end);
}

/* Both the concepts and the values are in the order of the IRIs. */
static void build_concepts(Build *build)
{
  const DraftValue *values = build->draft->values;
  size_t            total = build->draft->value_count, next = 0;
  FileConcept       concept = {0};
  uint32_t          written = 0;
  for (size_t i = 0; i < build->concept_count; ++i) {
    concept = (FileConcept){.first_value = written};
    split_iri(build, build->concepts[i], &concept);
    for (bool first = true; next < total && !strcmp(values[next].concept, build->concepts[i]); ++next, first = false) {
      if (!*values[next].property && !concept.label) concept.label = pool_add(&build->pool, values[next].value + 1);
      if (!*values[next].property || (!first && same_value(&values[next - 1], &values[next]))) continue;
      FileValue record = {pool_add(&build->pool, values[next].property),
                          pool_add(&build->pool, values[next].value)};
      buffer_append(&build->sections[SECTION_VALUES], (const char *)&record, sizeof record);
      ++written;
    }
    buffer_append(&build->sections[SECTION_CONCEPTS], (const char *)&concept, sizeof concept);
  }
  concept = (FileConcept){.first_value = written};
  buffer_append(&build->sections[SECTION_CONCEPTS], (const char *)&concept, sizeof concept);
}

/* ---- Identifiers -------------------------------------------------------------------- */

/* Notations with a datatype are identifiers, and what dcterms:identifier says; of each kind a concept has one. */
static bool is_identifier(const DraftValue *value)
{
  static const char *const others[] = {LABEL_PROPERTY, SKOS "notation", DCTERMS "spatial", DCTERMS "title",
                                       DCTERMS "source", DCTERMS "license", CLM "case", CLM "ambiguous"};
  for (size_t i = 0; i < sizeof others / sizeof *others; ++i)
    if (!strcmp(value->property, others[i])) return false;
  return true;
}

static int by_identifier(const void *left, const void *right)
{
  const DraftValue *a = left, *b = right;
  int               order = strcmp(a->property, b->property);
  if (!order) order = strcmp(a->value, b->value);
  return order ? order : strcmp(a->concept, b->concept);
}

/* Values are sorted by concept; afterwards by identifier, those of concepts having been written. */
static void check_identifiers(Draft *draft)
{
  DraftValue *values = draft->values;
  size_t      count = draft->value_count;
  for (size_t i = 1; i < count; ++i) {
    const DraftValue *a = &values[i - 1], *b = &values[i];
    if (is_identifier(b) && !strcmp(a->concept, b->concept) && !strcmp(a->property, b->property) && strcmp(a->value, b->value) != 0)
      draft_tell(draft, TELL_IDENTIFIER, 0, "<%.100s> has two identifiers of the kind <%.100s>: \"%.60s\" and \"%.60s\"",
                 b->concept, b->property, a->value, b->value);
  }
  if (count) qsort(values, count, sizeof *values, by_identifier);
  for (size_t i = 1; i < count; ++i) {
    const DraftValue *a = &values[i - 1], *b = &values[i];
    if (is_identifier(b) && !strcmp(a->property, b->property) && !strcmp(a->value, b->value) && strcmp(a->concept, b->concept) != 0)
      draft_tell(draft, TELL_IDENTIFIER, 0, "\"%.60s\" identifies both <%.100s> and <%.100s>", b->value, a->concept, b->concept);
  }
}

static void pad(Buffer *file)
{
  while (file->size % 8) buffer_append_byte(file, '\0');
}

/* Puts the sections behind a header. */
static ClaimantStatus assemble(Build *build, Buffer *file)
{
  FileHeader header = {.version = VOCAB_VERSION, .byte_order = VOCAB_BYTE_ORDER};
  bool       failed = build->pool.bytes.failed;
  memcpy(header.magic, VOCAB_MAGIC, sizeof header.magic);
  build->sections[SECTION_STRINGS] = build->pool.bytes;
  buffer_append(file, (const char *)&header, sizeof header);
  for (int id = 0; id < SECTION_COUNT; ++id) {
    const Buffer *section = &build->sections[id];
    failed = failed || section->failed;
    pad(file);
    header.sections[id] = (FileSection){file->size, section->size / vocab_record_bytes[id]};
    buffer_append(file, section->data ? section->data : "", section->size);
  }
  pad(file);
  if (failed || file->failed) return CLAIMANT_NO_MEMORY;
  header.size = file->size;
  sha256_hex(file->data + sizeof header, file->size - sizeof header, header.hash);
  memcpy(file->data, &header, sizeof header);
  size_t summed = offsetof(FileHeader, hash);
  header.checksum = hash_checksum(file->data + summed, file->size - summed);
  memcpy(file->data, &header, sizeof header);
  return CLAIMANT_OK;
}

static ClaimantStatus build_file(Draft *draft, Buffer *file)
{
  Build  build = {.draft = draft, .pool = {.arena = draft->arena}};
  Deeper deeper = {.draft = draft};
  choose_keys(&deeper);
  if (draft->term_count) qsort(draft->terms, draft->term_count, sizeof *draft->terms, compare_terms);
  if (draft->value_count) qsort(draft->values, draft->value_count, sizeof *draft->values, compare_values);
  pool_add(&build.pool, "");
  ClaimantStatus status = deeper.failed ? CLAIMANT_NO_MEMORY : collect_concepts(&build);
  if (status) return status;
  build_lists(&build);
  build_entries(&build);
  build_concepts(&build);
  if (draft->lenient) check_identifiers(draft);
  status = build_lower(&build);
  if (!status) status = build_slots(&build, &deeper);
  if (!status) status = build_prints(&build);
  if (!status) status = assemble(&build, file);
  build.sections[SECTION_STRINGS] = build.pool.bytes;
  for (int id = 0; id < SECTION_COUNT; ++id) buffer_free(&build.sections[id]);
  return status;
}

/* ---- Writing -------------------------------------------------------------------------- */

static bool write_all(int file, const Buffer *content)
{
  for (size_t at = 0; at < content->size;) {
    ssize_t written = write(file, content->data + at, content->size - at);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    at += (size_t)written;
  }
  return !fchmod(file, S_IRUSR | S_IWUSR | S_IRGRP | S_IROTH);
}

ClaimantStatus vocab_save(const Buffer *image, const char *out, Diagnostics *diagnostics)
{
  char *path = arena_printf(diagnostics->arena, "%s.XXXXXX", out);
  if (!path) return CLAIMANT_NO_MEMORY;
  int  file = mkstemp(path);
  bool good = file >= 0 && write_all(file, image);
  int  failure = errno;
  if (file >= 0 && close(file) && good) good = false, failure = errno;
  if (good && rename(path, out)) good = false, failure = errno;
  if (good) return CLAIMANT_OK;
  if (file >= 0) unlink(path);
  diagnostics_add(diagnostics, CLAIMANT_ERROR, "vocab-write", (Place){.file = out}, "cannot be written: %s",
                  strerror(failure));
  return CLAIMANT_OUTPUT;
}

ClaimantStatus vocab_compile(const char *dir, const char *out, Diagnostics *diagnostics)
{
  size_t errors = diagnostics->errors;
  Draft  draft = {.arena = arena_new(), .diagnostics = diagnostics};
  if (!draft.arena) return CLAIMANT_NO_MEMORY;
  Buffer         file = {0};
  ClaimantStatus status = read_all(&draft, dir);
  draft_tell_rest(&draft);
  if (!status && diagnostics->errors > errors) status = CLAIMANT_BAD_DATA;
  if (!status) status = build_file(&draft, &file);
  if (!status) status = vocab_save(&file, out, diagnostics);
  buffer_free(&file);
  arena_free(draft.arena);
  return status;
}

ClaimantStatus names_compile(char *const *files, size_t count, const Vocab *words, Diagnostics *diagnostics, Buffer *image)
{
  size_t errors = diagnostics->errors;
  Draft  draft = {.arena = arena_new(), .diagnostics = diagnostics, .lenient = true, .words = words};
  if (!draft.arena) return CLAIMANT_NO_MEMORY;
  ClaimantStatus status = CLAIMANT_OK;
  for (size_t i = 0; !status && i < count; ++i) {
    status = add_list(&draft, files[i]);
    if (!status) status = draft_read_concepts(&draft);
  }
  if (!status && diagnostics->errors > errors) status = CLAIMANT_BAD_DATA;
  if (!status && !draft.term_count)
    diagnostics_add(diagnostics, CLAIMANT_WARNING, "vocab-empty", (Place){.file = files[0]},
                    "holds no name; labels such as skos:prefLabel or rdfs:label were expected");
  if (!status) status = build_file(&draft, image);
  draft_tell_rest(&draft);
  arena_free(draft.arena);
  return status;
}
