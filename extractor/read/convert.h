/* convert.h: formats that are not text or HTML themselves, to the one or the other. */
#ifndef CLAIMANT_READ_CONVERT_H
#define CLAIMANT_READ_CONVERT_H

#include "base/deadline.h"
#include "base/diagnostics.h"
#include "read/mail.h"

typedef struct {
  Buffer         text;   /* owned: free it */
  ClaimantFormat format; /* TEXT or HTML */
  MailHead       head;   /* of an e-mail; in the diagnostics' arena */
} Converted;

/* Whether a format has to be converted. */
bool needs_converting(ClaimantFormat format);

/* `most` bytes at most are unpacked. Returns OK, NO_MEMORY, TOO_LARGE, LIMIT, BAD_DATA or INTERNAL; what is wrong
 * is among the diagnostics. */
ClaimantStatus convert(const char *bytes, size_t size, ClaimantFormat format, size_t most, Deadline deadline,
                       const char *name, Diagnostics *diagnostics, Converted *out);

#endif
