/* format.h: the layout of a compiled vocabulary, for those who write and read it.
 *
 * Header, then the sections in the order below, each at a multiple of 8 bytes.
 * Numbers are those of the machine that made the file; `byte_order` tells.
 * Strings end in 0 and are named by their offset in the strings section; offset
 * 0 is the empty string and stands for "none". */
#ifndef CLAIMANT_VOCAB_FORMAT_H
#define CLAIMANT_VOCAB_FORMAT_H

#include <stddef.h>
#include <stdint.h>

#define VOCAB_MAGIC "CLMVOCAB"

enum { VOCAB_VERSION = 3, VOCAB_BYTE_ORDER = 0x01020304, VOCAB_MAX_LISTS = 1000 };

typedef enum {
  SECTION_LISTS,    /* FileList, sorted by name */
  SECTION_SCANNED,  /* FileSlot: hash table over entries of scanned lists, by their first words */
  SECTION_PRINTS,   /* FilePrint: hash table over the terms of the other lists, which are only asked about */
  SECTION_LOWER,    /* FileBits: first words of scanned terms that may begin with a small letter; as many as a power of two */
  SECTION_ENTRIES,  /* FileEntry: runs of equal hash, longer terms first */
  SECTION_REFS,     /* FileRef: the concepts of terms that have several */
  SECTION_CONCEPTS, /* FileConcept, sorted by IRI, and one more that only says where the last one's values end */
  SECTION_VALUES,   /* FileValue, those of a concept together, sorted by property and value */
  SECTION_STRINGS,  /* bytes */
  SECTION_COUNT
} SectionId;

typedef struct {
  uint64_t offset; /* bytes from the start of the file */
  uint64_t count;  /* records; bytes for strings */
} FileSection;

typedef struct {
  char        magic[8];
  uint32_t    version;
  uint32_t    byte_order;
  uint64_t    size;     /* of the whole file, bytes */
  uint64_t    checksum; /* of all that follows this field */
  char        hash[72]; /* SHA-256 of all that follows the header, 64 hex digits and zeros */
  FileSection sections[SECTION_COUNT];
} FileHeader;

enum { LIST_SCAN = 1, LIST_FOLD = 2, LIST_AMBIGUOUS = 4 };

typedef struct {
  uint32_t name, title, source, licence, class; /* strings */
  uint32_t flags;
  uint32_t terms;
} FileList;

/* A slot's place is hash & (count - 1), or the next free one after it; count is a power of two. The hash is
 * that of a term's first word; where many terms share it, that of its first two, and so on (word_key_extend),
 * so that runs stay short. */
#define SLOT_DEEPER 0x80000000U
enum { RUN_MOST = 8 /* terms that share their words so far, and have more of them */ };
typedef struct {
  uint32_t tag; /* upper half of the hash */
  uint32_t run; /* 1 + index of the run's first entry, 0 for no run; with SLOT_DEEPER: there are terms under
                 * more words too. 0: free */
} FileSlot;

/* A term of a list that is not scanned is kept as half of its hash alone, which with its place in
 * the table is some fifty bits: a large dictionary stays small, and a word that is in none is taken
 * for one of its words once in more texts than there are. The place is vocab_print & (count - 1), or
 * the next free one after it; count is a power of two. */
typedef struct {
  uint32_t tag; /* upper half of the print, 1 for 0; 0: free */
} FilePrint;

/* A set of hashes that may hold too many: a hash is in it when the bit of its upper half modulo
 * LOWER_BITS is set. Most words of a text begin with a small letter and few terms do, so this spares
 * them the large table. */
enum { LOWER_BITS = 1 << 16 };

typedef struct {
  uint64_t bits;
} FileBits;

enum {
  ENTRY_LAST = 1, /* ends its run */
  ENTRY_FOLD = 2, /* the term is in lower case and found regardless of case */
  ENTRY_COMMON = 4 /* an ordinary word too */
};

typedef struct {
  uint32_t text; /* string: the folded term */
  uint16_t bytes;
  uint16_t list;
  uint32_t concept; /* its number, from 1; of a term of several, that of the first of them among the refs; 0: none */
  uint8_t flags;
  uint8_t candidates; /* how many concepts */
  uint8_t next[2];    /* term_next of the term */
} FileEntry;

typedef struct {
  uint32_t concept; /* number, from 1 */
} FileRef;

/* Its IRI is kept in two, since many share all but the end. */
typedef struct {
  uint32_t space, local, label; /* strings */
  uint32_t first_value;
} FileConcept;

typedef struct {
  uint32_t property, value; /* strings */
} FileValue;

/* Bytes of a record of each section. */
extern const size_t vocab_record_bytes[SECTION_COUNT];

/* What stands for a folded term of a list that is not scanned. */
uint64_t vocab_print(int list, const char *text, size_t bytes);
uint32_t vocab_print_tag(uint64_t print);

#endif
