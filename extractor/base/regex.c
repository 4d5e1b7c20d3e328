#include "base/regex.h"

#include "base/memory.h"

static void *take(size_t size, void *user)
{
  (void)user;
  return memory_alloc(size);
}

static void give_back(void *memory, void *user)
{
  (void)user;
  memory_free(memory);
}

/* Whatever is made with it keeps the functions, so that it may go at once. */
static pcre2_general_context *general(void) { return pcre2_general_context_create(take, give_back, NULL); }

pcre2_code *regex_compile(const char *text, size_t bytes, uint32_t options, int *error, size_t *offset)
{
  pcre2_general_context *memory = general();
  pcre2_compile_context *context = memory ? pcre2_compile_context_create(memory) : NULL;
  pcre2_code            *code = NULL;
  *error = PCRE2_ERROR_HEAP_FAILED;
  *offset = 0;
  if (context) code = pcre2_compile((PCRE2_SPTR)text, bytes, options, error, offset, context);
  pcre2_compile_context_free(context);
  pcre2_general_context_free(memory);
  return code;
}

bool regex_no_memory(int error) { return error == PCRE2_ERROR_HEAP_FAILED || error == PCRE2_ERROR_NOMEMORY; }

pcre2_match_data *regex_match_data(uint32_t pairs)
{
  pcre2_general_context *memory = general();
  pcre2_match_data      *data = memory ? pcre2_match_data_create(pairs, memory) : NULL;
  pcre2_general_context_free(memory);
  return data;
}

pcre2_match_context *regex_match_context(void)
{
  pcre2_general_context *memory = general();
  pcre2_match_context   *context = memory ? pcre2_match_context_create(memory) : NULL;
  pcre2_general_context_free(memory);
  return context;
}

pcre2_jit_stack *regex_jit_stack(size_t start, size_t most)
{
  pcre2_general_context *memory = general();
  pcre2_jit_stack       *stack = memory ? pcre2_jit_stack_create(start, most, memory) : NULL;
  pcre2_general_context_free(memory);
  return stack;
}

int32_t regex_encode(const pcre2_code **codes, int32_t count, uint8_t **bytes, size_t *size)
{
  pcre2_general_context *memory = general();
  int32_t done = memory ? pcre2_serialize_encode(codes, count, bytes, size, memory) : PCRE2_ERROR_NOMEMORY;
  pcre2_general_context_free(memory);
  return done;
}

int32_t regex_decode(pcre2_code **codes, int32_t count, const uint8_t *bytes)
{
  pcre2_general_context *memory = general();
  int32_t                done = memory ? pcre2_serialize_decode(codes, count, bytes, memory) : PCRE2_ERROR_NOMEMORY;
  pcre2_general_context_free(memory);
  return done;
}
