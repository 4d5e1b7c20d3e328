/* buffer.h: a string that grows. Zero-initialise it, append, free it. */
#ifndef CLAIMANT_BASE_BUFFER_H
#define CLAIMANT_BASE_BUFFER_H

#include <stdbool.h>
#include <stddef.h>

typedef struct {
  char  *data;   /* 0-terminated once anything was appended */
  size_t size;   /* bytes, without the final 0 */
  size_t capacity;
  bool   failed; /* out of memory: later appends do nothing; check once at the end */
} Buffer;

void buffer_append(Buffer *buffer, const char *text, size_t bytes);
void buffer_append_string(Buffer *buffer, const char *text);
void buffer_append_byte(Buffer *buffer, char byte);
void buffer_printf(Buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));
bool buffer_reserve(Buffer *buffer, size_t bytes); /* room to write `bytes` more behind data + size */
void buffer_clear(Buffer *buffer); /* keeps the memory */
void buffer_free(Buffer *buffer);

#endif
