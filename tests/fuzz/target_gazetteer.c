/* Names of the user's, in Turtle or (where the first byte is odd) N-Triples. */
#include "fuzz.h"
#include "vocab/compile.h"

#include <string.h>

static const char text[] = "Ada Krane of the Water Board wrote to the WB, to Orva and to River Watch about Bad Ulm.";

static void match_with(Vocab *vocab, Diagnostics *list)
{
  Matcher  matcher;
  RuleSet  rules = *fuzz_small_rules();
  OwnNames own = {.vocab = vocab, .name = "names"};
  rules.arena = list->arena; /* the matcher's lists are gone with this input */
  if (!matcher_init(&matcher, &rules, NULL, &own, 1, list)) fuzz_match(&matcher, text, strlen(text));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  if (!size) return 0;
  Diagnostics    list = {.arena = arena_new()};
  Buffer         image = {0};
  Vocab         *vocab = NULL;
  char          *file = arena_copy_string(list.arena, fuzz_file(*data & 1 ? "names.nt" : "names.ttl", data + 1, size - 1));
  ClaimantStatus status = names_compile(&file, 1, NULL, &list, &image);
  if (!status) {
    CHECK(vocab_open_image(&image, &vocab) == CLAIMANT_OK); /* what is compiled is in order */
    match_with(vocab, &list);
    vocab_close(vocab);
  }
  buffer_free(&image);
  arena_free(list.arena);
  return 0;
}
