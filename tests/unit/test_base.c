/* The base room: memory, strings, UTF-8, hashes, diagnostics. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/diagnostics.h"
#include "base/hash.h"
#include "base/unicode.h"
#include "base/utf8.h"

/* ---- Memory ---- */

static void test_arena_gives_zeroed_aligned_memory(void **state)
{
  (void)state;
  Arena *arena = arena_new();
  assert_non_null(arena);
  for (size_t bytes = 0; bytes < 5000; bytes += 37) {
    unsigned char *memory = arena_alloc(arena, bytes);
    assert_non_null(memory);
    assert_int_equal((uintptr_t)memory % alignof(max_align_t), 0);
    for (size_t i = 0; i < bytes; ++i) assert_int_equal(memory[i], 0);
    memset(memory, 0xAB, bytes);
  }
  arena_free(arena);
}

static void test_arena_grow_keeps_what_was_there(void **state)
{
  (void)state;
  Arena *arena = arena_new();
  int   *items = NULL;
  size_t capacity = 0;
  for (int i = 0; i < 1000; ++i) {
    items = arena_grow(arena, items, (size_t)i, &capacity, sizeof *items);
    items[i] = i * i;
  }
  assert_true(capacity >= 1000);
  for (int i = 0; i < 1000; ++i) assert_int_equal(items[i], i * i);
  arena_free(arena);
}

static void test_arena_refuses_the_impossible(void **state)
{
  (void)state;
  Arena *arena = arena_new();
  size_t capacity = SIZE_MAX / 2;
  assert_null(arena_alloc(arena, SIZE_MAX));
  assert_null(arena_alloc(arena, SIZE_MAX - 100));
  assert_null(arena_grow(arena, NULL, capacity, &capacity, 16));
  assert_non_null(arena_alloc(arena, 16));
  arena_free(arena);
  arena_free(NULL);
}

static void test_arena_rescue_jumps(void **state)
{
  (void)state;
  Arena       *arena = arena_new();
  jmp_buf      rescue;
  volatile int came_back = 0;
  if (setjmp(rescue)) came_back = 1;
  else {
    arena_rescue(arena, &rescue);
    arena_alloc(arena, SIZE_MAX);
    fail_msg("allocating more than there is came back");
  }
  assert_int_equal(came_back, 1);
  arena_rescue(arena, NULL);
  assert_null(arena_alloc(arena, SIZE_MAX));
  arena_free(arena);
}

static void test_arena_prints(void **state)
{
  (void)state;
  Arena *arena = arena_new();
  char   long_text[20000];
  memset(long_text, 'x', sizeof long_text - 1);
  long_text[sizeof long_text - 1] = '\0';
  assert_string_equal(arena_printf(arena, "%s-%d", "a", 7), "a-7");
  assert_int_equal(strlen(arena_printf(arena, "%s", long_text)), sizeof long_text - 1);
  assert_string_equal(arena_copy(arena, "abcdef", 3), "abc");
  assert_string_equal(arena_copy(arena, "", 0), "");
  arena_free(arena);
}

static void test_buffer(void **state)
{
  (void)state;
  Buffer buffer = {0};
  for (int i = 0; i < 1000; ++i) buffer_printf(&buffer, "%d,", i);
  buffer_append(&buffer, "end", 3);
  buffer_append_byte(&buffer, '.');
  assert_false(buffer.failed);
  assert_string_equal(buffer.data + buffer.size - 8, "999,end.");
  size_t capacity = buffer.capacity;
  buffer_clear(&buffer);
  assert_int_equal(buffer.size, 0);
  assert_int_equal(buffer.capacity, capacity);
  buffer_append(&buffer, NULL, 0);
  assert_string_equal(buffer.data, "");
  assert_false(buffer_reserve(&buffer, SIZE_MAX - 10));
  assert_true(buffer.failed);
  buffer_append_string(&buffer, "nothing more goes in");
  assert_int_equal(buffer.size, 0);
  buffer_free(&buffer);
  assert_null(buffer.data);
}

/* ---- UTF-8 ---- */

static void test_utf8_every_code_point(void **state)
{
  (void)state;
  for (uint32_t code = 1; code <= 0x10FFFF; ++code) {
    char   bytes[4];
    size_t length, width;
    if (code >= 0xD800 && code <= 0xDFFF) continue;
    width = utf8_encode(code, bytes);
    if (utf8_sequence(bytes, width) != width) fail_msg("U+%04X is not accepted", (unsigned)code);
    if (utf8_decode(bytes, &length) != code || length != width) fail_msg("U+%04X comes back changed", (unsigned)code);
    if (width > 1 && utf8_sequence(bytes, width - 1) != 0) fail_msg("U+%04X is accepted cut short", (unsigned)code);
  }
}

static void test_utf8_refuses(void **state)
{
  (void)state;
  static const char *const bad[] = {
      "\x80",             "\xC0\x80",         "\xC1\xBF",     "\xE0\x80\x80", "\xE0\x9F\xBF", "\xED\xA0\x80",
      "\xED\xBF\xBF",     "\xF0\x80\x80\x80", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF",
      "\xC3(",            "\xE2\x28\xA1",     "\xE2\x82(",    "\xF0\x9F\x98("};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; ++i)
    if (utf8_sequence(bad[i], strlen(bad[i])) != 0) fail_msg("bad sequence %zu is accepted", i);
  assert_int_equal(utf8_valid_prefix("ab\xC3\xA9\xFFz", 6), 4);
  assert_int_equal(utf8_valid_prefix("", 0), 0);
  assert_int_equal(utf8_count("a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80", 10), 4);
}

static void test_unicode(void **state)
{
  (void)state;
  assert_true(unicode_is_word('a') && unicode_is_word('7') && unicode_is_word(0xE9) && unicode_is_word(0x301) &&
              unicode_is_word(0x416));
  assert_false(unicode_is_word(' ') || unicode_is_word('-') || unicode_is_word(0x2019) || unicode_is_word(0x100001));
  assert_true(unicode_is_upper('Z') && unicode_is_upper(0xC9) && unicode_is_upper(0x416));
  assert_false(unicode_is_upper('z') || unicode_is_upper('5') || unicode_is_upper(0xDF));
  assert_int_equal(unicode_lower(0x416), 0x436);
  assert_int_equal(unicode_lower('Q'), 'q');
  assert_int_equal(unicode_lower(0x4E2D), 0x4E2D);
}

/* ---- Hashes ---- */

/* Vectors of FIPS 180-4 and of the FNV reference. */
static void test_hashes(void **state)
{
  (void)state;
  char hex[SHA256_HEX + 1];
  sha256_hex("abc", 3, hex);
  assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  sha256_hex("", 0, hex);
  assert_string_equal(hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  assert_true(hash_bytes(HASH_START, "", 0) == HASH_START);
  assert_true(hash_bytes(HASH_START, "a", 1) == UINT64_C(0xaf63dc4c8601ec8c));
  assert_true(hash_bytes(hash_bytes(HASH_START, "ab", 2), "c", 1) == hash_bytes(HASH_START, "abc", 3));
}

/* ---- Diagnostics ---- */

static void test_diagnostics(void **state)
{
  (void)state;
  Diagnostics list = {.arena = arena_new()};
  char        file[] = "letter.txt";
  diagnostics_add(&list, CLAIMANT_ERROR, "first", (Place){.file = file, .line = 3, .column = 4}, "%d of %s", 2, "three");
  file[0] = 'X';
  diagnostics_add(&list, CLAIMANT_NOTE, "second", (Place){.rule = "r"}, "plain");
  assert_int_equal(list.count, 2);
  assert_int_equal(list.errors, 1);
  assert_string_equal(list.items[0].file, "letter.txt");
  assert_string_equal(list.items[0].message, "2 of three");
  assert_int_equal(list.items[0].line, 3);
  assert_null(list.items[1].file);
  assert_string_equal(list.items[1].rule, "r");
  assert_false(list.dropped);
  arena_free(list.arena);
}

static void test_every_status_has_words(void **state)
{
  (void)state;
  for (int status = CLAIMANT_OK; status <= CLAIMANT_INTERNAL; ++status)
    assert_string_not_equal(claimant_status_text((ClaimantStatus)status), "unknown status");
  assert_string_equal(claimant_status_text((ClaimantStatus)1000), "unknown status");
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_arena_gives_zeroed_aligned_memory),
      cmocka_unit_test(test_arena_grow_keeps_what_was_there),
      cmocka_unit_test(test_arena_refuses_the_impossible),
      cmocka_unit_test(test_arena_rescue_jumps),
      cmocka_unit_test(test_arena_prints),
      cmocka_unit_test(test_buffer),
      cmocka_unit_test(test_utf8_every_code_point),
      cmocka_unit_test(test_utf8_refuses),
      cmocka_unit_test(test_unicode),
      cmocka_unit_test(test_hashes),
      cmocka_unit_test(test_diagnostics),
      cmocka_unit_test(test_every_status_has_words),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
