/* raptor_library.h: raptor2, loaded when a format first needs it.
 *
 * It brings some forty libraries along, and loading them takes longer than extracting a letter: a run that
 * writes JSON Lines or quads never asks for it. */
#ifndef CLAIMANT_WRITE_RAPTOR_LIBRARY_H
#define CLAIMANT_WRITE_RAPTOR_LIBRARY_H

#include <raptor2.h>
#include <stdbool.h>

/* raptor2's functions that are called, without their "raptor_". */
#define RAPTOR_FUNCTIONS(F) \
  F(free_iostream) F(free_serializer) F(free_term) F(free_uri) F(free_world) \
  F(new_iostream_from_handler) F(new_serializer) F(new_term_from_counted_literal) \
  F(new_term_from_counted_uri_string) F(new_uri_from_counted_string) F(new_world_internal) \
  F(serializer_serialize_end) F(serializer_serialize_statement) F(serializer_set_namespace) \
  F(serializer_start_to_iostream) F(statement_init) F(world_open) F(world_set_flag) \
  F(world_set_log_handler)

#define RAPTOR_POINTER(name) __typeof__(&raptor_##name) name;
typedef struct {
  RAPTOR_FUNCTIONS(RAPTOR_POINTER)
} RaptorLibrary;
#undef RAPTOR_POINTER

/* The library stays loaded until the program ends. False: it is not there, or lacks a function. */
bool raptor_library_load(RaptorLibrary *library);

#endif
