/* Graphs that are merged: JSON Lines, N-Triples or Turtle by the first byte. */
#include "fuzz.h"
#include "base/rdf.h"
#include "merge/merge.h"

#include <string.h>

static void read_lines(Merge *merge, const char *bytes, size_t size)
{
  for (size_t number = 1, length; size; ++number, bytes += length, size -= length) {
    const char *end = memchr(bytes, '\n', size);
    length = end ? (size_t)(end - bytes) + 1 : size;
    CHECK(merge_read_line(merge, "graphs.jsonl", number, bytes, end ? length - 1 : length) == CLAIMANT_OK);
  }
}

static void read_rdf(Merge *merge, const char *name, const void *bytes, size_t size)
{
  FILE *file = fopen(fuzz_file(name, bytes, size), "rb");
  CHECK(file && merge_read_rdf(merge, file, name, rdf_syntax(name)) == CLAIMANT_OK);
  fclose(file);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  if (!size) return 0;
  Diagnostics list = {.arena = arena_new()};
  Merge       merge;
  Graph      *graph = NULL;
  CHECK(merge_begin(&merge, list.arena, &list, "https://example.org/"));
  if (*data % 3 == 0) read_lines(&merge, (const char *)data + 1, size - 1);
  else read_rdf(&merge, *data % 3 == 1 ? "graphs.ttl" : "graphs.nt", data + 1, size - 1);
  ClaimantStatus status = merge_graph(&merge, "https://example.org/", &graph);
  CHECK(status == CLAIMANT_OK || status == CLAIMANT_BAD_DATA);
  graph_free(graph);
  arena_free(list.arena);
  return 0;
}
