/* assets.h: the files of this folder that pages are made of (HTML, style, script), built into the program. */
#ifndef CLAIMANT_AUDIT_ASSETS_H
#define CLAIMANT_AUDIT_ASSETS_H

#include <stddef.h>

typedef struct {
  const char          *name; /* "page.html" */
  const unsigned char *data; /* 0-terminated */
  size_t               size; /* without that 0 */
} Asset;

extern const Asset  audit_assets[];
extern const size_t audit_asset_count;

/* NULL: there is none of this name. */
const Asset *asset_find(const char *name);

#endif
