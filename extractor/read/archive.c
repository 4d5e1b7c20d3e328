#include "read/archive.h"

#include "base/library.h"
#include "base/memory.h"

#include <archive.h>
#include <archive_entry.h>

#include <errno.h>
#include <string.h>

enum { PIECE = 1 << 16 };

#define ARCHIVE_FUNCTIONS(F) \
  F(archive_entry_is_encrypted) F(archive_entry_pathname) F(archive_errno) F(archive_read_data) F(archive_read_free) \
  F(archive_read_new) F(archive_read_next_header) F(archive_read_open) F(archive_read_open_memory) \
  F(archive_read_support_filter_gzip) F(archive_read_support_filter_zstd) F(archive_read_support_format_raw) \
  F(archive_read_support_format_zip)

#define ARCHIVE_POINTER(name) __typeof__(&name) name;
#define ARCHIVE_NAME(name) {#name, offsetof(ArchiveLibrary, name)},
typedef struct {
  ARCHIVE_FUNCTIONS(ARCHIVE_POINTER)
} ArchiveLibrary;

static bool load(ArchiveLibrary *library)
{
  static const LibraryFunction functions[] = {ARCHIVE_FUNCTIONS(ARCHIVE_NAME)};
  return library_load("libarchive.so.13", functions, sizeof functions / sizeof *functions, library);
}

/* ---- Members -------------------------------------------------------------------------------------- */

static bool is_named(const char *path, const char *const *names, size_t *found)
{
  for (size_t i = 0; path && names[i]; ++i) {
    if (strcmp(path, names[i]) == 0) return *found = i, true;
  }
  return false;
}

/* Never more than is asked for, whatever the archive promises to unfold to. */
static ClaimantStatus unpack(const ArchiveLibrary *lib, struct archive *archive, size_t most, Buffer *out,
                             const char **why)
{
  size_t before = out->size;
  for (;;) {
    if (!buffer_reserve(out, PIECE)) return CLAIMANT_NO_MEMORY;
    la_ssize_t got = lib->archive_read_data(archive, out->data + out->size, PIECE);
    if (got < 0) return *why = "it is damaged", CLAIMANT_BAD_DATA;
    if (!got) break;
    out->size += (size_t)got;
    if (out->size - before > most) return CLAIMANT_TOO_LARGE;
  }
  out->data[out->size] = '\0';
  return CLAIMANT_OK;
}

static ClaimantStatus find_member(const ArchiveLibrary *lib, struct archive *archive, const char *const *names,
                                  size_t most, size_t *found, Buffer *out, const char **why)
{
  struct archive_entry *entry;
  int                   result;
  while ((result = lib->archive_read_next_header(archive, &entry)) == ARCHIVE_OK || result == ARCHIVE_WARN) {
    if (!is_named(lib->archive_entry_pathname(entry), names, found)) continue;
    if (!lib->archive_entry_is_encrypted(entry)) return unpack(lib, archive, most, out, why);
    *why = "it is encrypted";
    return CLAIMANT_BAD_DATA;
  }
  *why = result == ARCHIVE_EOF ? "the part with the text is not in it" : "it is damaged";
  return CLAIMANT_BAD_DATA;
}

ClaimantStatus archive_member(const char *bytes, size_t size, const char *const *names, size_t most, size_t *found,
                              Buffer *out, const char **why)
{
  ArchiveLibrary lib;
  if (!load(&lib)) return CLAIMANT_INTERNAL;
  struct archive *archive = lib.archive_read_new();
  if (!archive) return CLAIMANT_NO_MEMORY;
  lib.archive_read_support_format_zip(archive);
  ClaimantStatus st = CLAIMANT_BAD_DATA;
  *why = "it is damaged";
  if (lib.archive_read_open_memory(archive, bytes, size) == ARCHIVE_OK)
    st = find_member(&lib, archive, names, most, found, out, why);
  lib.archive_read_free(archive);
  return st;
}

/* ---- Streams --------------------------------------------------------------------------------------- */

struct Unpacker {
  ArchiveLibrary  lib;
  struct archive *archive;
  PackedFn        packed;
  void           *user;
  int             error; /* errno of the source */
  bool            begun;
};

bool is_packed(const char *bytes, size_t size)
{
  return (size >= 2 && memcmp(bytes, "\x1f\x8b", 2) == 0) || (size >= 4 && memcmp(bytes, "\x28\xb5\x2f\xfd", 4) == 0);
}

static la_ssize_t give(struct archive *archive, void *user, const void **bytes)
{
  Unpacker *unpacker = user;
  ssize_t   got = unpacker->packed(unpacker->user, bytes);
  (void)archive;
  if (got < 0) unpacker->error = errno;
  return got;
}

Unpacker *unpacker_new(PackedFn packed, void *user)
{
  Unpacker *made = memory_zeroed(1, sizeof *made);
  if (!made) return NULL;
  *made = (Unpacker){.packed = packed, .user = user};
  bool there = load(&made->lib);
  if (there) made->archive = made->lib.archive_read_new();
  if (made->archive) {
    made->lib.archive_read_support_filter_gzip(made->archive);
    made->lib.archive_read_support_filter_zstd(made->archive);
    made->lib.archive_read_support_format_raw(made->archive);
    return made;
  }
  memory_free(made);
  errno = there ? ENOMEM : ENOSYS;
  return NULL;
}

void unpacker_free(Unpacker *unpacker)
{
  if (!unpacker) return;
  unpacker->lib.archive_read_free(unpacker->archive);
  memory_free(unpacker);
}

static ssize_t damaged(const Unpacker *unpacker)
{
  errno = unpacker->error ? unpacker->error : EILSEQ;
  return -1;
}

ssize_t unpacker_read(Unpacker *unpacker, char *to, size_t size)
{
  struct archive_entry *entry;
  if (!unpacker->begun) {
    unpacker->begun = true;
    if (unpacker->lib.archive_read_open(unpacker->archive, unpacker, NULL, give, NULL) != ARCHIVE_OK)
      return damaged(unpacker);
    int result = unpacker->lib.archive_read_next_header(unpacker->archive, &entry);
    if (result == ARCHIVE_EOF) return 0;
    if (result != ARCHIVE_OK) return damaged(unpacker);
  }
  la_ssize_t got = unpacker->lib.archive_read_data(unpacker->archive, to, size);
  return got < 0 ? damaged(unpacker) : (ssize_t)got;
}
