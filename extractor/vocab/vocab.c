#include "vocab/vocab.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/unicode.h"
#include "base/utf8.h"
#include "vocab/format.h"

typedef struct {
  const FileSlot *slots;
  uint64_t        mask;
} SlotTable;

struct Vocab {
  void              *map;
  size_t             size;
  const FileHeader  *header;
  const FileList    *lists;
  SlotTable          scanned;
  const FilePrint   *prints;
  const FileBits    *lower;
  const FileEntry   *entries;
  const FileConcept *concepts;
  const FileValue   *values;
  const char        *strings;
};

/* ---- Checking ------------------------------------------------------------------ */

static uint64_t count_of(const Vocab *vocab, SectionId id) { return vocab->header->sections[id].count; }

static bool sections_fit(const FileHeader *header)
{
  for (int id = 0; id < SECTION_COUNT; ++id) {
    const FileSection *section = &header->sections[id];
    if (section->offset % 8 || section->offset < sizeof *header || section->offset > header->size)
      return false;
    if (section->count > (header->size - section->offset) / vocab_record_bytes[id]) return false;
  }
  return true;
}

/* NULL when the header is in order, else what is wrong with it. */
static const char *header_fault(const FileHeader *header, size_t size)
{
  if (size < sizeof *header) return "is too short to be a compiled vocabulary";
  if (memcmp(header->magic, VOCAB_MAGIC, sizeof header->magic) != 0) return "is not a compiled vocabulary";
  if (header->byte_order != VOCAB_BYTE_ORDER) return "was compiled on a machine of another byte order";
  if (header->version != VOCAB_VERSION) return "was compiled by another version of the program";
  if (header->size != size) return "is cut short or has grown";
  size_t summed = offsetof(FileHeader, hash);
  if (vocab_checksum((const unsigned char *)header + summed, size - summed) != header->checksum)
    return "is damaged (its checksum is wrong)";
  if (!sections_fit(header) || header->hash[SHA256_HEX])
    return "is damaged (a section lies outside the file)";
  return NULL;
}

static bool is_string(const Vocab *vocab, uint32_t offset)
{
  return offset < count_of(vocab, SECTION_STRINGS);
}

static bool strings_good(const Vocab *vocab)
{
  uint64_t count = count_of(vocab, SECTION_STRINGS);
  return count && !vocab->strings[0] && !vocab->strings[count - 1];
}

static bool lists_good(const Vocab *vocab)
{
  if (count_of(vocab, SECTION_LISTS) > VOCAB_MAX_LISTS) return false;
  for (uint64_t i = 0; i < count_of(vocab, SECTION_LISTS); ++i) {
    const FileList *list = &vocab->lists[i];
    if (!is_string(vocab, list->name) || !is_string(vocab, list->title) || !is_string(vocab, list->source) ||
        !is_string(vocab, list->licence))
      return false;
  }
  return true;
}

static bool is_table(uint64_t count, uint64_t free_slots) { return count && !(count & (count - 1)) && free_slots; }

static bool slots_good(const Vocab *vocab)
{
  uint64_t count = count_of(vocab, SECTION_SCANNED), free_slots = 0;
  for (uint64_t i = 0; i < count; ++i) {
    if (vocab->scanned.slots[i].run > count_of(vocab, SECTION_ENTRIES)) return false;
    free_slots += !vocab->scanned.slots[i].run;
  }
  return is_table(count, free_slots);
}

static bool prints_good(const Vocab *vocab)
{
  uint64_t count = count_of(vocab, SECTION_PRINTS), free_slots = 0;
  for (uint64_t i = 0; i < count; ++i) free_slots += !vocab->prints[i].tag;
  return is_table(count, free_slots);
}

static bool entries_good(const Vocab *vocab)
{
  uint64_t count = count_of(vocab, SECTION_ENTRIES), strings = count_of(vocab, SECTION_STRINGS);
  for (uint64_t i = 0; i < count; ++i) {
    const FileEntry *entry = &vocab->entries[i];
    if (entry->text >= strings || entry->bytes >= strings - entry->text || entry->concept >= strings)
      return false;
    if (!entry->bytes || entry->list >= count_of(vocab, SECTION_LISTS)) return false;
  }
  return !count || vocab->entries[count - 1].flags & ENTRY_LAST;
}

static bool concepts_good(const Vocab *vocab)
{
  uint64_t values = count_of(vocab, SECTION_VALUES);
  for (uint64_t i = 0; i < count_of(vocab, SECTION_CONCEPTS); ++i) {
    const FileConcept *concept = &vocab->concepts[i];
    if (!is_string(vocab, concept->iri) || !is_string(vocab, concept->label)) return false;
    if (concept->first_value > values || concept->value_count > values - concept->first_value) return false;
  }
  for (uint64_t i = 0; i < values; ++i)
    if (!is_string(vocab, vocab->values[i].property) || !is_string(vocab, vocab->values[i].value))
      return false;
  return true;
}

static const void *section_at(const Vocab *vocab, SectionId id)
{
  return (const char *)vocab->map + vocab->header->sections[id].offset;
}

static void find_sections(Vocab *vocab)
{
  vocab->lists = section_at(vocab, SECTION_LISTS);
  vocab->scanned = (SlotTable){section_at(vocab, SECTION_SCANNED), count_of(vocab, SECTION_SCANNED) - 1};
  vocab->prints = section_at(vocab, SECTION_PRINTS);
  vocab->lower = section_at(vocab, SECTION_LOWER);
  vocab->entries = section_at(vocab, SECTION_ENTRIES);
  vocab->concepts = section_at(vocab, SECTION_CONCEPTS);
  vocab->values = section_at(vocab, SECTION_VALUES);
  vocab->strings = section_at(vocab, SECTION_STRINGS);
}

/* After this nothing in the file can lead outside it. NULL when all is well. */
static const char *vocab_fault(Vocab *vocab)
{
  vocab->header = vocab->map;
  const char *fault = header_fault(vocab->header, vocab->size);
  if (fault) return fault;
  find_sections(vocab);
  if (count_of(vocab, SECTION_LOWER) != LOWER_BITS / 64 || !strings_good(vocab) || !lists_good(vocab) ||
      !entries_good(vocab) || !concepts_good(vocab) || !slots_good(vocab) || !prints_good(vocab))
    return "is damaged (a table points outside its section)";
  return NULL;
}

/* ---- Opening --------------------------------------------------------------------- */

static ClaimantStatus map_file(const char *path, Diagnostics *diagnostics, Vocab *vocab)
{
  struct stat about;
  Place       place = {.file = path};
  int         file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0 || fstat(file, &about)) {
    diagnostics_add(diagnostics, CLAIMANT_ERROR, "vocab-open", place,
                    "cannot open the compiled vocabulary: %s", strerror(errno));
    if (file >= 0) close(file);
    return CLAIMANT_NO_INPUT;
  }
  if (!S_ISREG(about.st_mode) || !about.st_size) {
    diagnostics_add(diagnostics, CLAIMANT_ERROR, "vocab-damaged", place,
                    "expected a compiled vocabulary, this is %s",
                    about.st_size ? "not a file" : "an empty file");
    close(file);
    return CLAIMANT_BAD_DATA;
  }
  vocab->size = (size_t)about.st_size;
  vocab->map = mmap(NULL, vocab->size, PROT_READ, MAP_PRIVATE, file, 0);
  int failure = errno;
  close(file);
  if (vocab->map != MAP_FAILED) return CLAIMANT_OK;
  vocab->map = NULL;
  diagnostics_add(diagnostics, CLAIMANT_ERROR, "vocab-open", place, "cannot map the compiled vocabulary: %s",
                  strerror(failure));
  return failure == ENOMEM ? CLAIMANT_NO_MEMORY : CLAIMANT_NO_INPUT;
}

ClaimantStatus vocab_open(const char *path, Diagnostics *diagnostics, Vocab **vocab)
{
  Vocab *made = calloc(1, sizeof *made);
  if (!made) return CLAIMANT_NO_MEMORY;
  ClaimantStatus status = map_file(path, diagnostics, made);
  const char    *fault = status ? NULL : vocab_fault(made);
  if (fault) {
    diagnostics_add(diagnostics, CLAIMANT_ERROR, "vocab-damaged", (Place){.file = path},
                    "the file %s; compile the vocabulary again", fault);
    status = CLAIMANT_BAD_DATA;
  }
  if (status) {
    vocab_close(made);
    return status;
  }
  madvise(made->map, made->size, MADV_DONTNEED); /* checking touched every page; few are needed again */
  *vocab = made;
  return CLAIMANT_OK;
}

void vocab_close(Vocab *vocab)
{
  if (!vocab) return;
  if (vocab->map) munmap(vocab->map, vocab->size);
  free(vocab);
}

const char *vocab_hash(const Vocab *vocab) { return vocab->header->hash; }

/* ---- Lists -------------------------------------------------------------------------- */

int vocab_list_count(const Vocab *vocab) { return (int)count_of(vocab, SECTION_LISTS); }

int vocab_list(const Vocab *vocab, const char *name)
{
  for (int i = 0; i < vocab_list_count(vocab); ++i)
    if (!strcmp(vocab->strings + vocab->lists[i].name, name)) return i;
  return -1;
}

VocabList vocab_list_info(const Vocab *vocab, int list)
{
  const FileList *record = &vocab->lists[list];
  return (VocabList){
      .name = vocab->strings + record->name,
      .title = vocab->strings + record->title,
      .source = vocab->strings + record->source,
      .licence = vocab->strings + record->licence,
      .scan = record->flags & LIST_SCAN,
      .terms = record->terms,
  };
}

/* ---- Looking up ------------------------------------------------------------------------ */

/* First entry of the run of this hash; NULL when there is none. */
static const FileEntry *find_run(const Vocab *vocab, const SlotTable *table, uint64_t hash)
{
  uint32_t tag = (uint32_t)(hash >> 32);
  for (uint64_t i = hash & table->mask; table->slots[i].run; i = (i + 1) & table->mask)
    if (table->slots[i].tag == tag) return &vocab->entries[table->slots[i].run - 1];
  return NULL;
}

static size_t entry_at(const Vocab *vocab, const FileEntry *entry, const char *text, size_t bytes)
{
  return term_at(vocab->strings + entry->text, entry->bytes, entry->flags & ENTRY_FOLD, text, bytes);
}

/* The text as terms are folded: it is already, but for its case. False when it is too long for one. */
static bool fold_case(const char *text, size_t bytes, char folded[TERM_MAX_BYTES], size_t *out)
{
  *out = 0;
  for (size_t at = 0, length; at < bytes; at += length) {
    if (*out + 4 > TERM_MAX_BYTES) return false;
    *out += utf8_encode(unicode_lower(utf8_decode(text + at, &length)), folded + *out);
  }
  return true;
}

static bool has_print(const Vocab *vocab, int list, const char *text, size_t bytes)
{
  char     folded[TERM_MAX_BYTES];
  uint64_t mask = count_of(vocab, SECTION_PRINTS) - 1;
  bool     fold = vocab->lists[list].flags & LIST_FOLD;
  if (fold && !fold_case(text, bytes, folded, &bytes)) return false;
  uint64_t print = vocab_print(list, fold ? folded : text, bytes);
  for (uint64_t at = print & mask; vocab->prints[at].tag; at = (at + 1) & mask)
    if (vocab->prints[at].tag == vocab_print_tag(print)) return true;
  return false;
}

bool vocab_has(const Vocab *vocab, int list, const char *text, size_t bytes)
{
  if (list < 0 || list >= vocab_list_count(vocab)) return false;
  if (!(vocab->lists[list].flags & LIST_SCAN)) return has_print(vocab, list, text, bytes);
  const FileEntry *entry = find_run(vocab, &vocab->scanned, word_key(text, bytes).hash);
  for (; entry; entry = entry->flags & ENTRY_LAST ? NULL : entry + 1)
    if (entry->list == list && entry_at(vocab, entry, text, bytes) == bytes) return true;
  return false;
}

static bool may_be_lower(const Vocab *vocab, uint64_t hash)
{
  uint32_t bit = (uint32_t)(hash >> 32) % LOWER_BITS;
  return vocab->lower[bit / 64].bits >> bit % 64 & 1U;
}

size_t vocab_match(const Vocab *vocab, WordKey key, const char *text, size_t bytes, VocabHit *hits,
                   size_t max)
{
  if (!key.bytes || (!key.upper && !may_be_lower(vocab, key.hash))) return 0;
  size_t           count = 0;
  const FileEntry *entry = find_run(vocab, &vocab->scanned, key.hash);
  unsigned char    next[2];
  term_next(text, bytes, key.bytes, next);
  for (; entry; entry = entry->flags & ENTRY_LAST ? NULL : entry + 1) {
    if (!term_may_go_on(entry->next, next)) continue;
    size_t length = entry_at(vocab, entry, text, bytes);
    if (!length) continue;
    const char *concept = entry->concept ? vocab->strings + entry->concept : NULL;
    bool several = entry->candidates > 1;
    count = hits_add(hits, count, max,
                     (VocabHit){.list = entry->list,
                                .bytes = (uint32_t)length,
                                .concept = several ? NULL : concept,
                                .candidates = several ? concept : NULL});
  }
  return count;
}

/* ---- Concepts ---------------------------------------------------------------------------- */

static const FileConcept *find_concept(const Vocab *vocab, const char *iri)
{
  uint64_t low = 0, high = count_of(vocab, SECTION_CONCEPTS);
  while (low < high) {
    uint64_t middle = (low + high) / 2;
    int      order = strcmp(iri, vocab->strings + vocab->concepts[middle].iri);
    if (!order) return &vocab->concepts[middle];
    if (order < 0) high = middle;
    else low = middle + 1;
  }
  return NULL;
}

const char *vocab_label(const Vocab *vocab, const char *concept)
{
  const FileConcept *found = find_concept(vocab, concept);
  return found ? vocab->strings + found->label : NULL;
}

const char *vocab_value(const Vocab *vocab, const char *concept, const char *property, size_t index)
{
  const FileConcept *found = find_concept(vocab, concept);
  for (uint32_t i = 0; found && i < found->value_count; ++i) {
    const FileValue *value = &vocab->values[found->first_value + i];
    if (strcmp(vocab->strings + value->property, property) != 0) continue;
    if (!index--) return vocab->strings + value->value;
  }
  return NULL;
}
