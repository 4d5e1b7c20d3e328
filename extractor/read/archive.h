/* archive.h: what is packed: members of ZIP archives, and compressed streams. Through libarchive, which is
 * loaded when something packed is met. */
#ifndef CLAIMANT_READ_ARCHIVE_H
#define CLAIMANT_READ_ARCHIVE_H

#include "base/buffer.h"
#include "claimant.h"

#include <sys/types.h>

/* Appends the first of the named members that a ZIP archive holds; *found says which, from 0. `names` ends in NULL.
 * Returns OK; NO_MEMORY; TOO_LARGE beyond `most` bytes unpacked; BAD_DATA with *why, static, where it is no
 * archive, is encrypted or has no such member; INTERNAL where libarchive is not there. */
ClaimantStatus archive_member(const char *bytes, size_t size, const char *const *names, size_t most, size_t *found,
                              Buffer *out, const char **why);

/* Whether a stream begins like one of those that can be unpacked. */
bool is_packed(const char *bytes, size_t size);

/* A stream that is unpacked as it is read. */
typedef struct Unpacker Unpacker;

/* Gives the next packed bytes; 0 at the end, -1 with errno on a failure. They live until the next call. */
typedef ssize_t (*PackedFn)(void *user, const void **bytes);

/* NULL: out of memory, or libarchive is not there (errno ENOSYS). */
Unpacker *unpacker_new(PackedFn packed, void *user);
void      unpacker_free(Unpacker *unpacker);

/* As read(2): bytes written to `to`, 0 at the end, -1 with errno on a failure, EILSEQ where the stream is
 * damaged or ends too early. */
ssize_t unpacker_read(Unpacker *unpacker, char *to, size_t size);

#endif
