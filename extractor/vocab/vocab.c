#include "vocab/vocab.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/memory.h"
#include "base/unicode.h"
#include "base/utf8.h"
#include "vocab/format.h"

enum { HITS_MOST = 64 };

struct Vocab {
  void              *map;  /* of a file, or */
  char              *made; /* bytes of its own */
  size_t             size;
  const FileHeader  *header;
  const FileList    *lists;
  const FileSlot    *slots;
  uint64_t           slot_mask;
  const FilePrint   *prints;
  const FileBits    *lower;
  uint64_t           lower_mask;
  const FileEntry   *entries;
  const FileRef     *refs;
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
  if (hash_checksum((const char *)header + summed, size - summed) != header->checksum)
    return "is damaged (its checksum is wrong)";
  if (!sections_fit(header) || header->hash[SHA256_HEX])
    return "is damaged (a section lies outside the file)";
  return NULL;
}

static const void *section_at(const Vocab *vocab, SectionId id)
{
  return (const char *)vocab->header + vocab->header->sections[id].offset;
}

static void find_sections(Vocab *vocab)
{
  vocab->lists = section_at(vocab, SECTION_LISTS);
  vocab->slots = section_at(vocab, SECTION_SCANNED);
  vocab->slot_mask = count_of(vocab, SECTION_SCANNED) - 1;
  vocab->prints = section_at(vocab, SECTION_PRINTS);
  vocab->lower = section_at(vocab, SECTION_LOWER);
  vocab->lower_mask = count_of(vocab, SECTION_LOWER) * 64 - 1;
  vocab->entries = section_at(vocab, SECTION_ENTRIES);
  vocab->refs = section_at(vocab, SECTION_REFS);
  vocab->concepts = section_at(vocab, SECTION_CONCEPTS);
  vocab->values = section_at(vocab, SECTION_VALUES);
  vocab->strings = section_at(vocab, SECTION_STRINGS);
}

static bool is_table(uint64_t count) { return count && !(count & (count - 1)); }

/* NULL when all is well. Records are not looked at here: whoever reads one minds that what it points to is inside
 * its section, so that opening does not take longer than the checksum does. */
static const char *vocab_fault(Vocab *vocab)
{
  const char *fault = header_fault(vocab->header, vocab->size);
  if (fault) return fault;
  find_sections(vocab);
  uint64_t strings = count_of(vocab, SECTION_STRINGS);
  bool     ends = strings && !vocab->strings[0] && !vocab->strings[strings - 1];
  if (!ends || !is_table(count_of(vocab, SECTION_LOWER)) || !is_table(count_of(vocab, SECTION_SCANNED)) ||
      !is_table(count_of(vocab, SECTION_PRINTS)) || count_of(vocab, SECTION_LISTS) > VOCAB_MAX_LISTS)
    return "is damaged (a section has an impossible size)";
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
  Vocab *made = memory_zeroed(1, sizeof *made);
  if (!made) return CLAIMANT_NO_MEMORY;
  ClaimantStatus status = map_file(path, diagnostics, made);
  made->header = made->map;
  const char *fault = status ? NULL : vocab_fault(made);
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

ClaimantStatus vocab_open_image(Buffer *image, Vocab **vocab)
{
  Vocab *made = memory_zeroed(1, sizeof *made);
  if (!made) return CLAIMANT_NO_MEMORY;
  *made = (Vocab){.made = image->data, .size = image->size, .header = (const void *)image->data};
  *image = (Buffer){0};
  if (vocab_fault(made)) {
    vocab_close(made);
    return CLAIMANT_INTERNAL;
  }
  *vocab = made;
  return CLAIMANT_OK;
}

void vocab_close(Vocab *vocab)
{
  if (!vocab) return;
  if (vocab->map) munmap(vocab->map, vocab->size);
  memory_free(vocab->made);
  memory_free(vocab);
}

bool vocab_is_compiled(const char *path)
{
  char  magic[sizeof VOCAB_MAGIC - 1];
  FILE *file = fopen(path, "re");
  bool  is = file && fread(magic, 1, sizeof magic, file) == sizeof magic && !memcmp(magic, VOCAB_MAGIC, sizeof magic);
  if (file) fclose(file);
  return is;
}

const char *vocab_hash(const Vocab *vocab) { return vocab->header->hash; }

/* ---- Strings ------------------------------------------------------------------------ */

/* Empty where there is none: the last byte of the section is a 0. */
static const char *string_at(const Vocab *vocab, uint32_t offset)
{
  return offset < count_of(vocab, SECTION_STRINGS) ? vocab->strings + offset : "";
}

static const char *string_or_null(const Vocab *vocab, uint32_t offset)
{
  return offset ? string_at(vocab, offset) : NULL;
}

/* ---- Lists -------------------------------------------------------------------------- */

int vocab_list_count(const Vocab *vocab) { return (int)count_of(vocab, SECTION_LISTS); }

int vocab_list(const Vocab *vocab, const char *name)
{
  for (int i = 0; i < vocab_list_count(vocab); ++i)
    if (!strcmp(string_at(vocab, vocab->lists[i].name), name)) return i;
  return -1;
}

VocabList vocab_list_info(const Vocab *vocab, int list)
{
  const FileList *record = &vocab->lists[list];
  return (VocabList){
      .name = string_at(vocab, record->name),
      .title = string_at(vocab, record->title),
      .source = string_at(vocab, record->source),
      .licence = string_at(vocab, record->licence),
      .class = string_or_null(vocab, record->class),
      .scan = record->flags & LIST_SCAN,
      .ambiguous = record->flags & LIST_AMBIGUOUS,
      .terms = record->terms,
  };
}

/* ---- Looking up ------------------------------------------------------------------------ */

/* The slots of a key, one after another; several where keys share half of their hash. */
typedef struct {
  uint64_t at, left; /* slots still to be looked at: a table without a free one ends the search too */
  uint32_t tag;
} Slots;

static Slots slots_of(const Vocab *vocab, uint64_t hash)
{
  return (Slots){.at = hash & vocab->slot_mask, .left = vocab->slot_mask + 1, .tag = (uint32_t)(hash >> 32)};
}

static const FileSlot *next_slot(const Vocab *vocab, Slots *slots)
{
  while (slots->left) {
    const FileSlot *slot = &vocab->slots[slots->at];
    if (!slot->run) return NULL;
    slots->at = (slots->at + 1) & vocab->slot_mask;
    slots->left--;
    if (slot->tag == slots->tag) return slot;
  }
  return NULL;
}

/* The entry with this number from 1 and its term; NULL: there is none. */
static const FileEntry *entry_at(const Vocab *vocab, uint64_t number, const char **term)
{
  if (!number || number > count_of(vocab, SECTION_ENTRIES)) return NULL;
  const FileEntry *entry = &vocab->entries[number - 1];
  uint64_t         strings = count_of(vocab, SECTION_STRINGS);
  bool inside = entry->bytes && entry->text < strings && entry->bytes < strings - entry->text &&
                entry->list < count_of(vocab, SECTION_LISTS);
  *term = inside ? vocab->strings + entry->text : NULL;
  return inside ? entry : NULL;
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
  for (uint64_t at = print & mask, left = mask + 1; left && vocab->prints[at].tag; at = (at + 1) & mask, --left)
    if (vocab->prints[at].tag == vocab_print_tag(print)) return true;
  return false;
}

typedef struct {
  const Vocab  *vocab;
  const char   *text;
  size_t        bytes;
  unsigned char next[2];
  const Endings *endings;
  VocabHit     *hits;
  size_t        count, max;
} Search;

static void take_entry(Search *search, const FileEntry *entry, const char *term)
{
  if (!term_may_go_on(entry->next, search->next)) return;
  size_t length = term_at(term, entry->bytes, entry->flags & ENTRY_FOLD, search->text, search->bytes, search->endings);
  if (!length) return;
  VocabHit hit = {.list = entry->list, .bytes = (uint32_t)length, .common = entry->flags & ENTRY_COMMON};
  uint64_t refs = count_of(search->vocab, SECTION_REFS);
  if (entry->candidates < 2) hit.concept = entry->concept;
  else if (entry->concept < refs && entry->candidates <= refs - entry->concept)
    hit.candidates = &search->vocab->refs[entry->concept].concept, hit.candidate_count = entry->candidates;
  search->count = hits_add(search->hits, search->count, search->max, hit);
}

/* The terms under a key. Returns whether there are more under longer keys. */
static bool search_key(Search *search, uint64_t key)
{
  const Vocab    *vocab = search->vocab;
  Slots           slots = slots_of(vocab, key);
  bool            deeper = false;
  const FileSlot *slot;
  while ((slot = next_slot(vocab, &slots)) != NULL) {
    if (slot->run & SLOT_DEEPER) deeper = true;
    const char *term;
    for (uint64_t number = slot->run & ~SLOT_DEEPER;; ++number) {
      const FileEntry *entry = entry_at(vocab, number, &term);
      if (!entry) break;
      take_entry(search, entry, term);
      if (entry->flags & ENTRY_LAST) break;
    }
  }
  return deeper;
}

static bool may_be_lower(const Vocab *vocab, uint64_t hash)
{
  uint64_t bit = (hash >> 32) & vocab->lower_mask;
  return vocab->lower[bit / 64].bits >> bit % 64 & 1U;
}

size_t vocab_match(const Vocab *vocab, WordKey key, const char *text, size_t bytes, const Endings *endings,
                   VocabHit *hits, size_t max)
{
  if (!key.bytes || (!key.upper && !may_be_lower(vocab, key.hash))) return 0;
  Search   search = {.vocab = vocab, .text = text, .bytes = bytes, .endings = endings, .hits = hits, .max = max};
  uint64_t hash = key.hash;
  size_t   at = key.bytes;
  term_next(text, bytes, key.bytes, search.next);
  while (search_key(&search, hash) && word_key_extend(text, bytes, &at, &hash)) continue;
  return search.count;
}

bool vocab_has(const Vocab *vocab, int list, const char *text, size_t bytes)
{
  if (list < 0 || list >= vocab_list_count(vocab)) return false;
  if (!(vocab->lists[list].flags & LIST_SCAN)) return has_print(vocab, list, text, bytes);
  VocabHit hits[HITS_MOST];
  size_t   count = vocab_match(vocab, word_key(text, bytes), text, bytes, NULL, hits, HITS_MOST);
  for (size_t i = 0; i < count; ++i)
    if (hits[i].list == list && hits[i].bytes == bytes) return true;
  return false;
}

/* ---- Concepts ---------------------------------------------------------------------------- */

/* NULL: there is no such concept. The last record is none. */
static const FileConcept *concept_at(const Vocab *vocab, uint32_t number)
{
  return number && number < count_of(vocab, SECTION_CONCEPTS) ? &vocab->concepts[number - 1] : NULL;
}

uint32_t vocab_concept_count(const Vocab *vocab)
{
  size_t records = count_of(vocab, SECTION_CONCEPTS);
  return records ? (uint32_t)records - 1 : 0;
}

static int compare_iri(const Vocab *vocab, const char *iri, const FileConcept *concept)
{
  const char *space = string_at(vocab, concept->space);
  size_t      bytes = strlen(space);
  int         order = strncmp(iri, space, bytes);
  return order ? order : strcmp(iri + bytes, string_at(vocab, concept->local));
}

uint32_t vocab_concept(const Vocab *vocab, const char *iri)
{
  uint64_t count = count_of(vocab, SECTION_CONCEPTS), low = 0, high = count ? count - 1 : 0;
  while (low < high) {
    uint64_t middle = (low + high) / 2;
    int      order = compare_iri(vocab, iri, &vocab->concepts[middle]);
    if (!order) return (uint32_t)middle + 1;
    if (order < 0) high = middle;
    else low = middle + 1;
  }
  return 0;
}

char *vocab_iri(const Vocab *vocab, uint32_t concept, Arena *arena)
{
  const FileConcept *found = concept_at(vocab, concept);
  return found ? arena_printf(arena, "%s%s", string_at(vocab, found->space), string_at(vocab, found->local))
               : arena_copy(arena, "", 0);
}

bool vocab_is_iri(const Vocab *vocab, uint32_t concept, const char *iri)
{
  const FileConcept *found = concept_at(vocab, concept);
  return found && !compare_iri(vocab, iri, found);
}

const char *vocab_label(const Vocab *vocab, uint32_t concept)
{
  const FileConcept *found = concept_at(vocab, concept);
  return found ? string_at(vocab, found->label) : "";
}

const char *vocab_value(const Vocab *vocab, uint32_t concept, const char *property, size_t index)
{
  const FileConcept *found = concept_at(vocab, concept);
  uint64_t           values = count_of(vocab, SECTION_VALUES);
  for (uint32_t i = found ? found->first_value : 0; found && i < found[1].first_value && i < values; ++i) {
    const FileValue *value = &vocab->values[i];
    if (strcmp(string_at(vocab, value->property), property) != 0) continue;
    if (!index--) return string_at(vocab, value->value);
  }
  return NULL;
}
