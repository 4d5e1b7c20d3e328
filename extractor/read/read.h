/* read.h: a letter out of bytes of any format. */
#ifndef CLAIMANT_READ_READ_H
#define CLAIMANT_READ_READ_H

#include "letter/letter.h"
#include "read/convert.h"

/* Bytes of a format, and how they may be read. */
typedef struct {
  const char    *data;
  size_t         size;
  ClaimantFormat format;
  const char    *name; /* for messages */
  Deadline       deadline;
} Source;

/* A letter, not yet divided. `head` is what an e-mail says of itself, else empty; its strings live as long as the
 * diagnostics' arena. Returns OK, NO_MEMORY, TOO_LARGE, LIMIT, BAD_DATA or INTERNAL; what is wrong is among the
 * diagnostics. */
ClaimantStatus read_letter(const Source *source, Diagnostics *diagnostics, Letter **letter, MailHead *head);

#endif
