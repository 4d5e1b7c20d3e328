/* intern.h: one copy of every name, so that names compare as pointers. */
#ifndef CLAIMANT_RULES_INTERN_H
#define CLAIMANT_RULES_INTERN_H

#include "base/arena.h"

typedef struct Interner Interner;

Interner   *interner_new(Arena *arena);                                             /* NULL: out of memory */
const char *intern(Interner *names, const char *text, size_t bytes);                /* NULL: out of memory */
const char *intern_find(const Interner *names, const char *text, size_t bytes);     /* NULL: never interned */

#endif
