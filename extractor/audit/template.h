/* template.h: a page put together: its HTML file with the slots filled, style and scripts inside, and a policy
 * that lets these very bytes run and nothing else. */
#ifndef CLAIMANT_AUDIT_TEMPLATE_H
#define CLAIMANT_AUDIT_TEMPLATE_H

#include "base/buffer.h"
#include "claimant.h"

typedef struct {
  const char *name; /* of the slot, "{{name}}" */
  const char *html; /* put there as it is */
  size_t      bytes;
} Slot;

/* Appends the asset `html` with every {{slot}} filled. {{style}} takes the asset `css`, {{first}} the first
 * of the NULL-ended list of assets `scripts`, {{scripts}} the others in order, {{policy}} a Content-Security-Policy with their hashes.
 * Returns OK, NO_MEMORY or INTERNAL (an asset or a slot is missing). */
ClaimantStatus template_fill(const char *html, const char *css, const char *const *scripts, const Slot *slots,
                             size_t slot_count, Buffer *out);

#endif
