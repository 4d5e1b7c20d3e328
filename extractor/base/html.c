#include "base/html.h"

#include "base/utf8.h"

#include <string.h>

static const char *entity_of(char c)
{
  switch (c) {
  case '&': return "&amp;";
  case '<': return "&lt;";
  case '>': return "&gt;";
  case '"': return "&quot;";
  case '\'': return "&#39;";
  case '\r': return "&#13;"; /* a parser makes a line feed of one that is not escaped */
  default: return NULL;
  }
}

void html_put(Buffer *out, const char *text, size_t bytes)
{
  size_t start = 0;
  for (size_t i = 0; i < bytes; ++i) {
    const char *entity = entity_of(text[i]);
    if (!entity) continue;
    buffer_append(out, text + start, i - start);
    buffer_append_string(out, entity);
    start = i + 1;
  }
  buffer_append(out, text + start, bytes - start);
}

void html_put_string(Buffer *out, const char *text) { html_put(out, text, strlen(text)); }

/* Controls, zero-width and direction characters, invisible operators, tags. */
static bool is_hidden(uint32_t code)
{
  static const uint32_t ranges[][2] = {{0x00, 0x08},     {0x0B, 0x0C},     {0x0E, 0x1F},   {0x7F, 0x9F},
                                       {0x61C, 0x61C},   {0x180E, 0x180E}, {0x200B, 0x200F}, {0x2028, 0x202E},
                                       {0x2060, 0x206F}, {0xFEFF, 0xFEFF}, {0xFFF9, 0xFFFB}, {0xE0000, 0xE007F}};
  for (size_t i = 0; i < sizeof ranges / sizeof *ranges; ++i)
    if (code >= ranges[i][0] && code <= ranges[i][1]) return true;
  return false;
}

/* Joiners shape scripts and emoji; they are worth a mark only beside ASCII. */
static bool is_joining(uint32_t code, const char *text, size_t at)
{
  return (code == 0x200C || code == 0x200D) && at && (unsigned char)text[at - 1] >= 0x80;
}

void html_put_seen(Buffer *out, const char *text, size_t bytes)
{
  size_t start = 0;
  for (size_t i = 0, length; i < bytes; i += length) {
    uint32_t code = utf8_decode(text + i, &length);
    if (!is_hidden(code) || is_joining(code, text, i)) continue;
    html_put(out, text + start, i - start);
    buffer_printf(out, "<span class=\"hid\" title=\"U+%04X\" data-c=\"%04X\">", code, code);
    html_put(out, text + i, length);
    buffer_append_string(out, "</span>");
    start = i + length;
  }
  html_put(out, text + start, bytes - start);
}

void html_put_json(Buffer *out, const char *json, size_t bytes)
{
  size_t start = 0;
  for (size_t i = 0; i < bytes; ++i) {
    char c = json[i];
    if (c != '<' && c != '>' && c != '&') continue;
    buffer_append(out, json + start, i - start);
    buffer_printf(out, "\\u%04x", (unsigned)c);
    start = i + 1;
  }
  buffer_append(out, json + start, bytes - start);
}
