/* Compiled names that somebody has tampered with, checksum included: bytes of a good file are changed. */
#include "fuzz.h"
#include "base/hash.h"
#include "vocab/compile.h"
#include "vocab/format.h"

#include <string.h>

static const char names[] =
    "@prefix s: <http://www.w3.org/2004/02/skos/core#> . @prefix e: <https://example.org/> .\n"
    "e:board a e:Body ; s:prefLabel \"Water Board\"@en ; s:altLabel \"WB\", \"Orva\" ; s:notation \"7\"^^e:code .\n"
    "e:other a e:Body ; s:prefLabel \"Orva\" . e:watch a e:Club ; s:prefLabel \"River Watch\", \"River Watch of Bad Ulm\" .\n";
static const char text[] = "Ada Krane of the Water Board wrote to the WB, to Orva and to River Watch of Bad Ulm.";

static void good_file(Buffer *out)
{
  static Buffer good;
  if (!good.size) {
    Diagnostics list = {.arena = arena_new()};
    char       *file = arena_copy_string(list.arena, fuzz_file("good.ttl", names, strlen(names)));
    CHECK(names_compile(&file, 1, NULL, &list, &good) == CLAIMANT_OK);
    arena_free(list.arena);
  }
  buffer_append(out, good.data, good.size);
}

static void seal(Buffer *file)
{
  FileHeader *header = (FileHeader *)(void *)file->data;
  size_t      summed = offsetof(FileHeader, hash);
  header->checksum = hash_checksum(file->data + summed, file->size - summed);
}

static void ask(Vocab *vocab, Arena *arena)
{
  for (int i = 0; i < vocab_list_count(vocab); ++i) {
    VocabList list = vocab_list_info(vocab, i);
    CHECK(strlen(list.name) < SIZE_MAX && (!list.class || strlen(list.class) < SIZE_MAX));
    vocab_has(vocab, i, "Orva", 4);
  }
  for (uint32_t concept = 0; concept < vocab_concept_count(vocab) + 2 && concept < 100; ++concept) {
    char *iri = vocab_iri(vocab, concept, arena);
    CHECK(iri && strlen(vocab_label(vocab, concept)) < SIZE_MAX);
    vocab_concept(vocab, iri);
    vocab_value(vocab, concept, "https://example.org/code", 0);
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  Diagnostics list = {.arena = arena_new()};
  Buffer      file = {0};
  Vocab      *vocab = NULL;
  Matcher     matcher;
  good_file(&file);
  fuzz_edit(&file, data, size);
  seal(&file);
  ClaimantStatus status = vocab_open(fuzz_file("names.bin", file.data, file.size), &list, &vocab);
  CHECK(status == CLAIMANT_OK || list.errors);
  if (!status) {
    RuleSet  rules = *fuzz_small_rules();
    OwnNames own = {.vocab = vocab, .name = "names"};
    rules.arena = list.arena;
    ask(vocab, list.arena);
    if (!matcher_init(&matcher, &rules, NULL, &own, 1, &list)) fuzz_match(&matcher, text, strlen(text));
    vocab_close(vocab);
  }
  buffer_free(&file);
  arena_free(list.arena);
  return 0;
}
