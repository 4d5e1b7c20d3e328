#include "base/arena.h"

#include "base/memory.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { FIRST_BLOCK = 16384, LARGEST_BLOCK = 1 << 20, ALIGNMENT = alignof(max_align_t) };

typedef struct Block {
  struct Block *previous;
  size_t        size, used;
  alignas(max_align_t) unsigned char bytes[];
} Block;

struct Arena {
  Block   *top;
  size_t   next_size;
  jmp_buf *rescue;
};

Arena *arena_new(void)
{
  Arena *arena = memory_zeroed(1, sizeof *arena);
  if (arena) arena->next_size = FIRST_BLOCK;
  return arena;
}

void arena_free(Arena *arena)
{
  if (!arena) return;
  for (Block *block = arena->top; block;) {
    Block *previous = block->previous;
    memory_free(block);
    block = previous;
  }
  memory_free(arena);
}

void arena_rescue(Arena *arena, jmp_buf *rescue) { arena->rescue = rescue; }

static void *out_of_memory(Arena *arena)
{
  if (arena->rescue) longjmp(*arena->rescue, 1);
  return NULL;
}

static Block *add_block(Arena *arena, size_t bytes)
{
  size_t size = arena->next_size;
  if (size < bytes) size = bytes;
  if (size > PTRDIFF_MAX - sizeof(Block)) return NULL;
  Block *block = memory_zeroed(1, sizeof *block + size);
  if (!block) return NULL;
  block->size = size;
  block->previous = arena->top;
  arena->top = block;
  if (arena->next_size < LARGEST_BLOCK) arena->next_size *= 2;
  return block;
}

void *arena_alloc(Arena *arena, size_t bytes)
{
  if (bytes > SIZE_MAX - ALIGNMENT) return out_of_memory(arena);
  bytes = (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  Block *block = arena->top;
  if (!block || block->size - block->used < bytes) block = add_block(arena, bytes);
  if (!block) return out_of_memory(arena);
  void *memory = block->bytes + block->used;
  block->used += bytes;
  return memory;
}

char *arena_copy(Arena *arena, const char *text, size_t bytes)
{
  char *copy = arena_alloc(arena, bytes + 1);
  if (copy && bytes) memcpy(copy, text, bytes);
  return copy;
}

char *arena_copy_string(Arena *arena, const char *text)
{
  return arena_copy(arena, text, strlen(text));
}

char *arena_vprintf(Arena *arena, const char *format, va_list args)
{
  va_list again;
  va_copy(again, args);
  int   length = vsnprintf(NULL, 0, format, again);
  char *text = length < 0 ? NULL : arena_alloc(arena, (size_t)length + 1);
  if (text) vsnprintf(text, (size_t)length + 1, format, args);
  va_end(again);
  return text;
}

char *arena_printf(Arena *arena, const char *format, ...)
{
  va_list args;
  va_start(args, format);
  char *text = arena_vprintf(arena, format, args);
  va_end(args);
  return text;
}

void *arena_grow(Arena *arena, void *items, size_t count, size_t *capacity, size_t size)
{
  if (count < *capacity) return items;
  size_t larger = *capacity ? *capacity * 2 : 8;
  if (larger > SIZE_MAX / size) return out_of_memory(arena);
  void *moved = arena_alloc(arena, larger * size);
  if (!moved) return NULL;
  if (count) memcpy(moved, items, count * size);
  *capacity = larger;
  return moved;
}
