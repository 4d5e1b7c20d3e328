/* regex.h: PCRE2 with the library's own memory (see memory.h). What is made here is freed by PCRE2's functions. */
#ifndef CLAIMANT_BASE_REGEX_H
#define CLAIMANT_BASE_REGEX_H

#ifndef PCRE2_CODE_UNIT_WIDTH
#define PCRE2_CODE_UNIT_WIDTH 8
#endif
#include <pcre2.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* As pcre2_compile. NULL on failure; out of memory is then regex_no_memory(*error). */
pcre2_code *regex_compile(const char *text, size_t bytes, uint32_t options, int *error, size_t *offset);

/* What PCRE2 returns when it is out of memory: its functions disagree about how. */
bool regex_no_memory(int error);

/* NULL when out of memory. */
pcre2_match_data    *regex_match_data(uint32_t pairs);
pcre2_match_context *regex_match_context(void);
pcre2_jit_stack     *regex_jit_stack(size_t start, size_t most);

/* As pcre2_serialize_encode and _decode. */
int32_t regex_encode(const pcre2_code **codes, int32_t count, uint8_t **bytes, size_t *size);
int32_t regex_decode(pcre2_code **codes, int32_t count, const uint8_t *bytes);

#endif
