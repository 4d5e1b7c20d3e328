#include "base/buffer.h"

#include "base/memory.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

bool buffer_reserve(Buffer *buffer, size_t bytes)
{
  if (buffer->failed) return false;
  if (bytes >= SIZE_MAX / 2 - buffer->size) return buffer->failed = true, false;
  size_t needed = buffer->size + bytes + 1;
  if (needed <= buffer->capacity) return true;
  size_t capacity = buffer->capacity ? buffer->capacity : 64;
  while (capacity < needed) capacity *= 2;
  char *data = memory_resize(buffer->data, capacity);
  if (!data) return buffer->failed = true, false;
  buffer->data = data;
  buffer->capacity = capacity;
  return true;
}

void buffer_append(Buffer *buffer, const char *text, size_t bytes)
{
  if (!buffer_reserve(buffer, bytes)) return;
  if (bytes) memcpy(buffer->data + buffer->size, text, bytes);
  buffer->size += bytes;
  buffer->data[buffer->size] = '\0';
}

void buffer_append_string(Buffer *buffer, const char *text) { buffer_append(buffer, text, strlen(text)); }

void buffer_append_byte(Buffer *buffer, char byte) { buffer_append(buffer, &byte, 1); }

void buffer_printf(Buffer *buffer, const char *format, ...)
{
  va_list args, again;
  va_start(args, format);
  va_copy(again, args);
  int length = vsnprintf(NULL, 0, format, args);
  if (length < 0) buffer->failed = true;
  else if (buffer_reserve(buffer, (size_t)length)) {
    vsnprintf(buffer->data + buffer->size, (size_t)length + 1, format, again);
    buffer->size += (size_t)length;
  }
  va_end(again);
  va_end(args);
}

void buffer_clear(Buffer *buffer)
{
  buffer->size = 0;
  if (buffer->data) buffer->data[0] = '\0';
}

void buffer_free(Buffer *buffer)
{
  memory_free(buffer->data);
  *buffer = (Buffer){0};
}
