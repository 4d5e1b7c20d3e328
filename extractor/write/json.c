#include "write/json.h"

#include "base/utf8.h"

#include <string.h>

static void separate(Json *json)
{
  if (json->comma) buffer_append(json->out, ",", 1);
  json->comma = true;
}

void json_begin(Json *json, char bracket)
{
  separate(json);
  buffer_append_byte(json->out, bracket);
  json->comma = false;
}

void json_end(Json *json, char bracket)
{
  buffer_append_byte(json->out, bracket);
  json->comma = true;
}

/* Bytes that may stand in a string as they are. */
static inline bool is_plain(unsigned char byte)
{
  return byte >= 0x20 && byte < 0x80 && byte != '"' && byte != '\\';
}

static void append_control(Buffer *out, unsigned char byte)
{
  static const char names[] = "\"\"\\\\\bb\ff\nn\rr\tt";
  for (const char *name = names; *name; name += 2) {
    if ((unsigned char)*name != byte) continue;
    buffer_append(out, (const char[]){'\\', name[1]}, 2);
    return;
  }
  buffer_printf(out, "\\u%04x", byte);
}

/* Appends the sequence at `text` and returns how many bytes of it were used. */
static size_t append_sequence(Buffer *out, const char *text, size_t bytes)
{
  size_t length = utf8_sequence(text, bytes);
  if (!length) return buffer_append_string(out, "\xef\xbf\xbd"), 1;
  uint32_t code = utf8_decode(text, &length);
  if (code == 0x85 || code == 0x2028 || code == 0x2029) buffer_printf(out, "\\u%04x", (unsigned)code);
  else buffer_append(out, text, length);
  return length;
}

static void append_quoted(Buffer *out, const char *text, size_t bytes)
{
  buffer_append_byte(out, '"');
  for (size_t i = 0; i < bytes;) {
    size_t start = i;
    while (i < bytes && is_plain((unsigned char)text[i])) i++;
    buffer_append(out, text + start, i - start);
    if (i == bytes) break;
    if ((unsigned char)text[i] < 0x80) append_control(out, (unsigned char)text[i++]);
    else i += append_sequence(out, text + i, bytes - i);
  }
  buffer_append_byte(out, '"');
}

void json_key(Json *json, const char *name)
{
  separate(json);
  append_quoted(json->out, name, strlen(name));
  buffer_append_byte(json->out, ':');
  json->comma = false;
}

void json_put_text(Json *json, const char *text, size_t bytes)
{
  separate(json);
  append_quoted(json->out, text, bytes);
}

void json_put_string(Json *json, const char *text)
{
  if (text) json_put_text(json, text, strlen(text));
  else json_put_raw(json, "null");
}

static void append_digits(Buffer *out, uint64_t number)
{
  char   digits[24];
  size_t at = sizeof digits;
  do {
    digits[--at] = (char)('0' + number % 10);
    number /= 10;
  } while (number);
  buffer_append(out, digits + at, sizeof digits - at);
}

void json_put_size(Json *json, size_t number)
{
  separate(json);
  append_digits(json->out, number);
}

/* Not by printf: a program that uses the library may have set a locale with a decimal comma. */
void json_put_share(Json *json, double share)
{
  if (!(share > 0)) share = 0;
  if (share > 1) share = 1;
  uint32_t millionths = (uint32_t)(share * 1e6 + 0.5);
  separate(json);
  append_digits(json->out, millionths / 1000000);
  millionths %= 1000000;
  if (!millionths) return;
  buffer_append_byte(json->out, '.');
  for (uint32_t place = 100000; millionths; place /= 10) {
    buffer_append_byte(json->out, (char)('0' + millionths / place));
    millionths %= place;
  }
}

void json_put_raw(Json *json, const char *value)
{
  separate(json);
  buffer_append_string(json->out, value);
}
