#include "audit/template.h"

#include "audit/assets.h"
#include "base/hash.h"

#include <nettle/base64.h>
#include <string.h>

static void put_hash(Buffer *out, const Asset *asset)
{
  uint8_t digest[SHA256_BYTES];
  char    code[BASE64_ENCODE_RAW_LENGTH(SHA256_BYTES) + 1] = "";
  sha256((const char *)asset->data, asset->size, digest);
  base64_encode_raw(code, sizeof digest, digest);
  buffer_printf(out, " 'sha256-%s'", code);
}

static void put_policy(Buffer *out, const Asset *css, const char *const *scripts)
{
  buffer_append_string(out, "default-src 'none'; style-src");
  put_hash(out, css);
  buffer_append_string(out, "; script-src");
  for (; *scripts; ++scripts) put_hash(out, asset_find(*scripts));
  buffer_append_string(out, "; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'");
}

static void put_asset(Buffer *out, const char *before, const Asset *asset, const char *after)
{
  buffer_append_string(out, before);
  buffer_append(out, (const char *)asset->data, asset->size);
  buffer_append_string(out, after);
}

static bool put_slot(Buffer *out, const char *name, size_t length, const Slot *slots, size_t count)
{
  for (size_t i = 0; i < count; ++i) {
    if (strlen(slots[i].name) != length || memcmp(slots[i].name, name, length) != 0) continue;
    buffer_append(out, slots[i].html, slots[i].bytes);
    return true;
  }
  return false;
}

static bool is_slot(const char *name, size_t length, const char *wanted)
{
  return strlen(wanted) == length && !memcmp(name, wanted, length);
}

ClaimantStatus template_fill(const char *html, const char *css, const char *const *scripts, const Slot *slots,
                             size_t slot_count, Buffer *out)
{
  const Asset *page = asset_find(html), *style = asset_find(css);
  if (!page || !style) return CLAIMANT_INTERNAL;
  for (const char *const *script = scripts; *script; ++script)
    if (!asset_find(*script)) return CLAIMANT_INTERNAL;
  const char *at = (const char *)page->data, *open;
  for (; (open = strstr(at, "{{")); at = strstr(open, "}}") + 2) {
    const char *name = open + 2, *close = strstr(name, "}}");
    if (!close) return CLAIMANT_INTERNAL;
    size_t length = (size_t)(close - name);
    buffer_append(out, at, (size_t)(open - at));
    if (is_slot(name, length, "style")) put_asset(out, "<style>", style, "</style>");
    else if (is_slot(name, length, "policy")) put_policy(out, style, scripts);
    else if (is_slot(name, length, "first")) put_asset(out, "<script>", asset_find(*scripts), "</script>");
    else if (is_slot(name, length, "scripts")) {
      for (const char *const *script = scripts + 1; *script; ++script)
        put_asset(out, "<script>", asset_find(*script), "</script>\n");
    } else if (!put_slot(out, name, length, slots, slot_count)) return CLAIMANT_INTERNAL;
  }
  buffer_append_string(out, at);
  return out->failed ? CLAIMANT_NO_MEMORY : CLAIMANT_OK;
}
