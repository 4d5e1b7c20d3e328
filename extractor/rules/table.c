#include "rules/table.h"

#include "base/unicode.h"
#include "base/utf8.h"

#include <string.h>

const char *folded_key(Arena *arena, const char *text, size_t bytes)
{
  char  *key = arena_alloc(arena, bytes * 2 + 1); /* no lower-case form is more than a byte longer */
  size_t out = 0;
  if (!key) return NULL;
  for (size_t i = 0, length; i < bytes; i += length) {
    uint32_t code = unicode_lower(utf8_decode(text + i, &length));
    if (code == '\n' || code == '\t' || code == '\r') code = ' ';
    if (code == ' ' && (out == 0 || key[out - 1] == ' ')) continue;
    out += utf8_encode(code, key + out);
  }
  while (out && key[out - 1] == ' ') out--;
  key[out] = '\0';
  return key;
}

const char *table_look_up(const Table *table, const char *key, size_t bytes)
{
  size_t low = 0, high = table->row_count;
  while (low < high) {
    size_t          middle = low + (high - low) / 2;
    const TableRow *row = &table->rows[middle];
    int             order = strncmp(key, row->key, bytes);
    if (!order && !row->key[bytes]) return row->value;
    if (order > 0) low = middle + 1;
    else high = middle;
  }
  return NULL;
}
