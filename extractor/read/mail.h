/* mail.h: an e-mail (RFC 5322, MIME) to the text or HTML of its letter, and what its head says. Through GMime,
 * which is loaded when an e-mail is met. */
#ifndef CLAIMANT_READ_MAIL_H
#define CLAIMANT_READ_MAIL_H

#include "base/arena.h"
#include "base/buffer.h"
#include "claimant.h"

typedef struct {
  const char *sender, *recipient; /* the first of each: the name, else the address; NULL: not said */
  const char *date;               /* YYYY-MM-DD where it was written, or NULL */
  bool        html;               /* what was appended */
} MailHead;

/* Appends UTF-8: the subject as a line of its own, then the plain text, else the HTML; attachments are left out.
 * Strings of the head are in the arena. Returns OK, NO_MEMORY, BAD_DATA where nothing in it is text, or INTERNAL
 * where GMime is not there. */
ClaimantStatus mail_read(const char *bytes, size_t size, Arena *arena, MailHead *head, Buffer *out);

#endif
