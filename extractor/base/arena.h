/* arena.h: memory that is freed all at once.
 *
 * Whatever belongs to one letter lives in one arena, whatever belongs to one
 * rule set in another. Nothing allocated here is freed by itself. */
#ifndef CLAIMANT_BASE_ARENA_H
#define CLAIMANT_BASE_ARENA_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

typedef struct Arena Arena;

/* Returns NULL when out of memory. */
Arena *arena_new(void);
void   arena_free(Arena *arena);

/* While a rescue is set, running out of memory jumps there instead of returning NULL.
 * Whoever sets it must own everything that would leak; NULL takes it away again. */
void arena_rescue(Arena *arena, jmp_buf *rescue);

/* Zeroed memory, aligned for any type; NULL when out of memory. */
void *arena_alloc(Arena *arena, size_t bytes);

/* A 0-terminated copy of `bytes` bytes; NULL when out of memory. */
char *arena_copy(Arena *arena, const char *text, size_t bytes);
char *arena_copy_string(Arena *arena, const char *text);

/* printf and vprintf into the arena; NULL when out of memory. */
char *arena_printf(Arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
char *arena_vprintf(Arena *arena, const char *format, va_list args) __attribute__((format(printf, 2, 0)));

/* Makes room for one more element in an array of `count` elements of `size`
 * bytes whose capacity is *capacity. Returns the (moved) array, or NULL when out
 * of memory, which leaves the old array as it was. */
void *arena_grow(Arena *arena, void *items, size_t count, size_t *capacity, size_t size);

#endif
