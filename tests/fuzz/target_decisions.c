/* Decisions of reviewers, in CSV or Turtle, put to use on a letter. */
#include "fuzz.h"
#include "review/apply.h"
#include "session.h"

#include <string.h>

static const char text[] = "Dear Ms Krane,\n\nWe urge you to repair the bridge by 3 May 2021. River Watch says it is unsafe.\n\nYours, Ben Hale\n";

static void put_to_use(const DecisionSet *set)
{
  static const LetterKey key = {.name = "letter.txt", .sha256 = "9cd142991608502677aa35e6b4b91a94a849fb4b0f6ae13a1ea71c0dbfa0ab06"};
  ClaimantInput          input = {.data = text, .size = sizeof text - 1, .format = CLAIMANT_TEXT, .name = "letter.txt"};
  ClaimantDocument      *document = NULL;
  CHECK(claimant_extract(fuzz_rules(), &input, &document) == CLAIMANT_OK);
  for (size_t i = 0; i < set->count; ++i) decision_lost(document, set->items[i], decision_letter(set->items[i], &key));
  ClaimantStatus status = review_apply(set, &key, DROP_REJECTED, document);
  CHECK(status == CLAIMANT_OK || status == CLAIMANT_BAD_DATA);
  for (size_t i = 0; i < claimant_item_count(document); ++i) {
    ClaimantSpan span = claimant_item_span(document, claimant_item(document, i));
    CHECK(span.byte_start <= span.byte_end && span.byte_end <= sizeof text - 1);
  }
  claimant_document_free(document);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  Diagnostics    list = {.arena = arena_new()};
  DecisionSet    set = {.arena = arena_new()};
  ClaimantStatus status = decisions_read(&set, "decisions", (const char *)data, size, &list);
  CHECK((status == CLAIMANT_OK) == !list.errors);
  if (!status && set.count) put_to_use(&set);
  arena_free(set.arena);
  arena_free(list.arena);
  return 0;
}
