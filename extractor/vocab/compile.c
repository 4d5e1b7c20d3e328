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
#include "vocab/draft.h"
#include "vocab/format.h"
#include "vocab/pool.h"
#include "vocab/term.h"

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

static ClaimantStatus add_list(Draft *draft, const char *folder, const char *file, const char *ending)
{
  DraftList *lists =
      arena_grow(draft->arena, draft->lists, draft->list_count, &draft->list_capacity, sizeof *lists);
  char *path = arena_printf(draft->arena, "%s/%s", folder, file);
  char *name = arena_copy(draft->arena, file, strlen(file) - strlen(ending));
  if (!lists || !path || !name) return CLAIMANT_NO_MEMORY;
  draft->lists = lists;
  for (size_t i = 0; i < draft->list_count; ++i)
    if (!strcmp(lists[i].name, name))
      diagnostics_add(draft->diagnostics, CLAIMANT_ERROR, "vocab-name", (Place){.file = path},
                      "the list name \"%s\" is taken by %s", name, lists[i].path);
  lists[draft->list_count++] = (DraftList){.name = name, .path = path, .scan = true};
  return CLAIMANT_OK;
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
      status = add_list(draft, folder, names[i]->d_name, ending);
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
  order = strcmp(a->concept ? a->concept : "", b->concept ? b->concept : "");
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

/* ---- Sections ----------------------------------------------------------------------- */

typedef struct {
  Draft *draft;
  Pool   pool;
  Buffer sections[SECTION_COUNT];
  size_t entry_count;
} Build;

static void build_lists(Build *build)
{
  for (size_t i = 0; i < build->draft->list_count; ++i) {
    const DraftList *list = &build->draft->lists[i];
    FileList         record = {.name = pool_add(&build->pool, list->name),
                               .title = pool_add(&build->pool, list->title),
                               .source = pool_add(&build->pool, list->source),
                               .licence = pool_add(&build->pool, list->licence),
                               .flags = (list->scan ? LIST_SCAN : 0U) | (list->fold ? LIST_FOLD : 0U),
                               .terms = list->terms};
    buffer_append(&build->sections[SECTION_LISTS], (const char *)&record, sizeof record);
  }
}

/* The concepts of `count` equal terms as one string, each IRI once. */
static FileEntry merge_concepts(Build *build, const DraftTerm *terms, size_t count)
{
  FileEntry entry = {0};
  Buffer    iris = {0};
  for (size_t i = 0; i < count; ++i) {
    if (!terms[i].concept || (i && terms[i - 1].concept && !strcmp(terms[i - 1].concept, terms[i].concept)))
      continue;
    if (entry.candidates) buffer_append_byte(&iris, ' ');
    if (entry.candidates < UINT8_MAX) entry.candidates++;
    buffer_append_string(&iris, terms[i].concept);
  }
  entry.concept = pool_add(&build->pool, iris.data);
  if (iris.failed) build->pool.bytes.failed = true;
  buffer_free(&iris);
  return entry;
}

static void warn_of_repeated(Build *build, const DraftTerm *term)
{
  if (term->concept) return;
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
      warn_of_repeated(build, &terms[i + count]);
    if (!terms[i].scan) continue;
    size_t    next = i + count;
    bool      last = next == total || terms[next].hash != terms[i].hash || !terms[next].scan;
    FileEntry entry = merge_concepts(build, &terms[i], count);
    entry.text = pool_add(&build->pool, terms[i].text);
    entry.bytes = terms[i].bytes;
    entry.list = terms[i].list;
    entry.flags = (uint8_t)((last ? ENTRY_LAST : 0) | (terms[i].fold ? ENTRY_FOLD : 0));
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

/* A hash table over the runs of scanned terms, which come first. */
static ClaimantStatus build_slots(Build *build)
{
  const DraftTerm *terms = build->draft->terms;
  size_t           total = 0, runs = 0;
  for (; total < build->draft->term_count && terms[total].scan; ++total)
    runs += !total || terms[total - 1].hash != terms[total].hash;
  size_t    slots = table_size(runs);
  FileSlot *table = calloc(slots, sizeof *table);
  if (!table) return CLAIMANT_NO_MEMORY;
  uint32_t entry = 0;
  for (size_t i = 0; i < total; ++i) {
    bool     repeats = i && same_term(&terms[i - 1], &terms[i]);
    uint32_t index = repeats ? entry - 1 : entry++;
    if (i && terms[i - 1].hash == terms[i].hash) continue;
    uint64_t at = terms[i].hash & (slots - 1);
    while (table[at].run) at = (at + 1) & (slots - 1);
    table[at] = (FileSlot){.tag = (uint32_t)(terms[i].hash >> 32), .run = index + 1};
  }
  buffer_append(&build->sections[SECTION_SCANNED], (const char *)table, slots * sizeof *table);
  free(table);
  return CLAIMANT_OK;
}

static ClaimantStatus build_prints(Build *build)
{
  const DraftTerm *terms = build->draft->terms;
  size_t           total = build->draft->term_count, first = 0;
  while (first < total && terms[first].scan) first++;
  size_t     slots = table_size(total - first);
  FilePrint *table = calloc(slots, sizeof *table);
  if (!table) return CLAIMANT_NO_MEMORY;
  for (size_t i = first; i < total; ++i) {
    uint64_t print = vocab_print(terms[i].list, terms[i].text, terms[i].bytes), at = print & (slots - 1);
    uint32_t tag = vocab_print_tag(print);
    while (table[at].tag && table[at].tag != tag) at = (at + 1) & (slots - 1);
    table[at].tag = tag;
  }
  buffer_append(&build->sections[SECTION_PRINTS], (const char *)table, slots * sizeof *table);
  free(table);
  return CLAIMANT_OK;
}

static void build_lower(Build *build)
{
  FileBits set[LOWER_BITS / 64] = {0};
  for (size_t i = 0; i < build->draft->term_count; ++i) {
    const DraftTerm *term = &build->draft->terms[i];
    if (!term->scan || (!term->fold && word_key(term->text, term->bytes).upper)) continue;
    uint32_t bit = (uint32_t)(term->hash >> 32) % LOWER_BITS;
    set[bit / 64].bits |= UINT64_C(1) << bit % 64;
  }
  buffer_append(&build->sections[SECTION_LOWER], (const char *)set, sizeof set);
}

static void build_concepts(Build *build)
{
  const DraftValue *values = build->draft->values;
  size_t            total = build->draft->value_count;
  uint32_t          written = 0;
  for (size_t i = 0, next; i < total; i = next) {
    FileConcept concept = {.iri = pool_add(&build->pool, values[i].concept), .first_value = written};
    if (!*values[i].property) concept.label = pool_add(&build->pool, values[i].value + 1);
    for (next = i; next < total && !strcmp(values[next].concept, values[i].concept); ++next) {
      if (!*values[next].property || (next > i && same_value(&values[next - 1], &values[next]))) continue;
      FileValue record = {pool_add(&build->pool, values[next].property),
                          pool_add(&build->pool, values[next].value)};
      buffer_append(&build->sections[SECTION_VALUES], (const char *)&record, sizeof record);
      ++written;
    }
    concept.value_count = written - concept.first_value;
    buffer_append(&build->sections[SECTION_CONCEPTS], (const char *)&concept, sizeof concept);
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
  header.checksum = vocab_checksum((const unsigned char *)file->data + summed, file->size - summed);
  memcpy(file->data, &header, sizeof header);
  return CLAIMANT_OK;
}

static ClaimantStatus build_file(Draft *draft, Buffer *file)
{
  Build build = {.draft = draft, .pool = {.arena = draft->arena}};
  if (draft->term_count) qsort(draft->terms, draft->term_count, sizeof *draft->terms, compare_terms);
  if (draft->value_count) qsort(draft->values, draft->value_count, sizeof *draft->values, compare_values);
  pool_add(&build.pool, "");
  build_lists(&build);
  build_entries(&build);
  build_concepts(&build);
  build_lower(&build);
  ClaimantStatus status = build_slots(&build);
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

static ClaimantStatus write_file(const char *out, const Buffer *content, Draft *draft)
{
  char *path = arena_printf(draft->arena, "%s.XXXXXX", out);
  if (!path) return CLAIMANT_NO_MEMORY;
  int  file = mkstemp(path);
  bool good = file >= 0 && write_all(file, content);
  int  failure = errno;
  if (file >= 0 && close(file) && good) good = false, failure = errno;
  if (good && rename(path, out)) good = false, failure = errno;
  if (good) return CLAIMANT_OK;
  if (file >= 0) unlink(path);
  diagnostics_add(draft->diagnostics, CLAIMANT_ERROR, "vocab-write", (Place){.file = out},
                  "cannot be written: %s", strerror(failure));
  return CLAIMANT_OUTPUT;
}

ClaimantStatus vocab_compile(const char *dir, const char *out, Diagnostics *diagnostics)
{
  size_t errors = diagnostics->errors;
  Draft  draft = {.arena = arena_new(), .diagnostics = diagnostics};
  if (!draft.arena) return CLAIMANT_NO_MEMORY;
  Buffer         file = {0};
  ClaimantStatus status = read_all(&draft, dir);
  if (!status && diagnostics->errors > errors) status = CLAIMANT_BAD_DATA;
  if (!status) status = build_file(&draft, &file);
  if (!status) status = write_file(out, &file, &draft);
  buffer_free(&file);
  arena_free(draft.arena);
  return status;
}
