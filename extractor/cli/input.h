/* input.h: a file or standard input, read whole or line by line. */
#ifndef CLAIMANT_CLI_INPUT_H
#define CLAIMANT_CLI_INPUT_H

#include "base/buffer.h"
#include "cli/options.h"
#include "read/archive.h"

/* What gzip or zstd packed is unpacked as it is read. It stays where it is once it was read from. */
typedef struct {
  const char *name; /* for messages: the path, or "standard input" */
  int         fd;
  bool        owned; /* close it */
  bool        ended; /* nothing is left to read */
  int         error; /* errno of a read that failed, or 0 */
  Buffer      bytes; /* read and not yet taken from `taken` on */
  size_t      taken, searched;
  size_t      line;                /* lines taken */
  size_t      most;                /* bytes of a letter; input_open sets LETTER_MAX_BYTES */
  size_t      max_line;            /* bytes; 0: 1 GiB */
  char        separator;           /* that ends a line; input_open sets a line feed */
  bool        sniffed;             /* whether it is packed is known */
  Unpacker   *unpacker;            /* or NULL */
  Buffer      packed;              /* what it was last given */
  bool        first;               /* `packed` was read before the unpacker was there */
  bool        stopped;             /* someone asked to stop: what was read of a line is no line */
  void (*before_wait)(void *user); /* called before a read that may wait; may be NULL */
  void *user;
} Input;

/* "-" is standard input. Returns OK or NO_INPUT (errno says why). */
ClaimantStatus input_open(Input *input, const char *path);
void           input_close(Input *input);

/* What the beginning looks like, by name and content; reads the first bytes.
 * Returns OK, NO_INPUT (errno) or NO_MEMORY. */
ClaimantStatus input_guess(Input *input, SourceFormat *format);

/* Everything that is left; owned by the input. Returns OK, NO_INPUT (errno; EINTR when someone asked to
 * stop), NO_MEMORY, or TOO_LARGE beyond `most` bytes. */
ClaimantStatus input_all(Input *input, const char **data, size_t *bytes);

/* The next line without its line break; *line is NULL at the end. Valid until the next call.
 * Statuses as of input_all, but TOO_LARGE, which skips the line, is beyond max_line. */
ClaimantStatus input_line(Input *input, const char **line, size_t *bytes);

/* An errno of reading in words. */
const char *input_error(int error);

ClaimantFormat format_of(SourceFormat format); /* of a letter; TEXT for those of no letter */

/* What a file is that people take for text ("a PDF file"), by its first bytes, else NULL. Only text and
 * HTML are taken for something else. */
const char *foreign_kind(SourceFormat format, const char *data, size_t bytes);

#endif
