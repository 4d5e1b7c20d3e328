/* The vocabulary: compiling, opening good and bad files, finding terms. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"
#include "vocab/compile.h"
#include "vocab/format.h"
#include "vocab/lexis.h"
#include "vocab/vocab.h"

#define HEADER "# title: Test\n# source: invented\n# licence: ISC\n"
#define PREFIXES                                                                                             \
  "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"                                                 \
  "@prefix dcterms: <http://purl.org/dc/terms/> .\n"                                                         \
  "@prefix clm: <https://w3id.org/claimant/ns#> .\n"                                                         \
  "@prefix v: <https://w3id.org/claimant/vocab/> .\n"                                                        \
  "v:test a skos:ConceptScheme ; dcterms:title \"Test\"@en ; "                                               \
  "dcterms:source \"invented\" ; dcterms:license \"ISC\" .\n"

enum { MAX_HITS = 8 };

typedef struct {
  char        dir[64];
  char        out[96];
  Arena      *arena;
  Diagnostics diagnostics;
} Fixture;

static void path_in(const Fixture *fixture, const char *name, char path[200])
{
  snprintf(path, 200, "%s/%s", fixture->dir, name);
}

static void put(const Fixture *fixture, const char *name, const char *bytes, size_t count)
{
  char path[200];
  path_in(fixture, name, path);
  FILE *file = fopen(path, "w");
  assert_non_null(file);
  assert_int_equal(fwrite(bytes, 1, count, file), count);
  assert_int_equal(fclose(file), 0);
}

static void put_text(const Fixture *fixture, const char *name, const char *text)
{
  put(fixture, name, text, strlen(text));
}

static int setup(void **state)
{
  Fixture *fixture = calloc(1, sizeof *fixture);
  char     path[200];
  assert_non_null(fixture);
  strcpy(fixture->dir, "/tmp/claimant-vocab-XXXXXX");
  assert_non_null(mkdtemp(fixture->dir));
  snprintf(fixture->out, sizeof fixture->out, "%s/vocab.bin", fixture->dir);
  path_in(fixture, "lists", path);
  assert_int_equal(mkdir(path, 0700), 0);
  path_in(fixture, "concepts", path);
  assert_int_equal(mkdir(path, 0700), 0);
  fixture->arena = arena_new();
  fixture->diagnostics.arena = fixture->arena;
  *state = fixture;
  return 0;
}

static int teardown(void **state)
{
  Fixture *fixture = *state;
  char     command[200];
  snprintf(command, sizeof command, "rm -rf '%s'", fixture->dir);
  int failed = system(command);
  arena_free(fixture->arena);
  free(fixture);
  return failed;
}

static void put_good_files(const Fixture *fixture)
{
  put_text(fixture, "lists/given.txt",
           HEADER "# A remark.\n\nAida\nAida Bermet\nN’Golo\nJean\nJean-Luc\n\xC5\x9Eirin\n Karim \t\r\nMay");
  put_text(fixture, "lists/words.txt", HEADER "# case: fold\n# scan: no\nmay\nordinary\nordinarily\n");
  put_text(fixture, "lists/ranks.txt",
           HEADER "# case: fold\nForest Warden\nforest warden general\n\xC3\x89lue\n");
  put_text(fixture, "concepts/places.ttl",
           PREFIXES
           "v:zu a skos:Concept ; skos:prefLabel \"Zubrovka\"@en ; skos:altLabel \"Z.R.\"@en, "
           "\"Republic of  Zubrovka\"@en, \"Old Land\"@en ; skos:notation \"ZRB\", \"ZU\"^^v:code ; "
           "skos:note \"second\", \"first\" .\n"
           "v:ol a skos:Concept ; skos:prefLabel \"Oldland\"@en ; skos:altLabel \"Old Land\"@en .\n");
}

static Vocab *compiled(Fixture *fixture)
{
  Vocab *vocab = NULL;
  assert_int_equal(vocab_compile(fixture->dir, fixture->out, &fixture->diagnostics), CLAIMANT_OK);
  assert_int_equal(vocab_open(fixture->out, &fixture->diagnostics, &vocab), CLAIMANT_OK);
  assert_int_equal(fixture->diagnostics.count, 0);
  return vocab;
}

static const char *const ending_terms[] = {"'s"};
static const Endings     endings = {ending_terms, 1};

static size_t match(const Vocab *vocab, const char *text, VocabHit *hits)
{
  return vocab_match(vocab, word_key(text, strlen(text)), text, strlen(text), &endings, hits, MAX_HITS);
}

/* Bytes that the longest hit covers, 0 for none. */
static size_t longest(const Vocab *vocab, const char *text)
{
  VocabHit hits[MAX_HITS];
  return match(vocab, text, hits) ? hits[0].bytes : 0;
}

static bool has(const Vocab *vocab, const char *list, const char *text)
{
  return vocab_has(vocab, vocab_list(vocab, list), text, strlen(text));
}

/* ---- Finding ------------------------------------------------------------------ */

static void finds_whole_words_only(void **state)
{
  put_good_files(*state);
  Vocab *vocab = compiled(*state);
  assert_int_equal(longest(vocab, "Karim left"), 5);
  assert_int_equal(longest(vocab, "Karim"), 5);
  assert_int_equal(longest(vocab, "Karim, who"), 5);
  assert_int_equal(longest(vocab, "Karim's house"), 5);
  assert_int_equal(longest(vocab, "Karim' house"), 5);
  assert_int_equal(longest(vocab, "Karims"), 0);
  assert_int_equal(longest(vocab, "karim"), 0);
  assert_int_equal(longest(vocab, "Kari"), 0);
  assert_int_equal(longest(vocab, "Karim'o"), 0);
  assert_int_equal(longest(vocab, "N'Golo spoke"), 6);
  assert_int_equal(longest(vocab, "Jean-Pierre"), 0);
  assert_int_equal(longest(vocab, "Jean-Luc"), 8);
  assert_int_equal(longest(vocab, "Jean-like"), 4);
  assert_int_equal(longest(vocab, "Jean - and"), 4);
  assert_int_equal(longest(vocab, "\xC5\x9Eirin."), 6);
  assert_int_equal(longest(vocab, "Karim\xCC\x81"), 0);
  assert_int_equal(longest(vocab, ""), 0);
  assert_int_equal(longest(vocab, " Karim"), 0);
  vocab_close(vocab);
}

static void takes_the_longest_of_each_list(void **state)
{
  VocabHit hits[MAX_HITS];
  put_good_files(*state);
  put_text(*state, "lists/family.txt", HEADER "Aida\n");
  Vocab *vocab = compiled(*state);
  assert_int_equal(match(vocab, "Aida Bermet and", hits), 2);
  assert_int_equal(hits[0].list, vocab_list(vocab, "given"));
  assert_int_equal(hits[0].bytes, 11);
  assert_int_equal(hits[1].list, vocab_list(vocab, "family"));
  assert_int_equal(hits[1].bytes, 4);
  assert_int_equal(vocab_match(vocab, word_key("Aida Bermet", 11), "Aida Bermet", 11, NULL, hits, 1), 1);
  assert_int_equal(hits[0].bytes, 11);
  assert_int_equal(vocab_match(vocab, word_key("Aida Bermet", 11), "Aida Bermet", 11, NULL, hits, 0), 0);
  assert_int_equal(vocab_match(vocab, word_key("Aida Bermet", 11), "Aida Bermet", 8, NULL, hits, 8), 2);
  assert_int_equal(hits[0].bytes, 4);
  vocab_close(vocab);
}

static void folds_case_where_asked(void **state)
{
  put_good_files(*state);
  Vocab *vocab = compiled(*state);
  assert_int_equal(longest(vocab, "FOREST WARDEN GENERAL"), 21);
  assert_int_equal(longest(vocab, "Forest warden's"), 13);
  assert_int_equal(longest(vocab, "\xC3\xA9LUE"), 5);
  assert_int_equal(longest(vocab, "May I"), 3);
  assert_int_equal(longest(vocab, "ordinary"), 0);
  assert_true(has(vocab, "words", "Ordinary"));
  assert_true(has(vocab, "words", "MAY"));
  assert_false(has(vocab, "words", "ordina"));
  assert_false(has(vocab, "words", "ordinary day"));
  assert_true(has(vocab, "given", "Aida Bermet"));
  assert_false(has(vocab, "given", "aida"));
  assert_false(has(vocab, "nowhere", "Aida"));
  vocab_close(vocab);
}

static void knows_its_lists(void **state)
{
  put_good_files(*state);
  Vocab *vocab = compiled(*state);
  assert_int_equal(vocab_list_count(vocab), 4);
  assert_int_equal(vocab_list(vocab, "nowhere"), -1);
  VocabList given = vocab_list_info(vocab, vocab_list(vocab, "given"));
  assert_string_equal(given.name, "given");
  assert_string_equal(given.title, "Test");
  assert_string_equal(given.source, "invented");
  assert_string_equal(given.licence, "ISC");
  assert_int_equal(given.terms, 8);
  assert_true(given.scan);
  assert_false(vocab_list_info(vocab, vocab_list(vocab, "words")).scan);
  assert_string_equal(vocab_list_info(vocab, vocab_list(vocab, "places")).licence, "ISC");
  assert_int_equal(strlen(vocab_hash(vocab)), 64);
  vocab_close(vocab);
}

static void links_terms_to_concepts(void **state)
{
  VocabHit    hits[MAX_HITS];
  const char *zu = "https://w3id.org/claimant/vocab/zu", *note = "http://www.w3.org/2004/02/skos/core#note";
  put_good_files(*state);
  Vocab *vocab = compiled(*state);
  uint32_t number = vocab_concept(vocab, zu);
  assert_int_equal(match(vocab, "Republic of Zubrovka", hits), 1);
  assert_true(number);
  assert_int_equal(hits[0].concept, number);
  assert_true(vocab_is_iri(vocab, number, zu));
  assert_false(vocab_is_iri(vocab, number, "https://w3id.org/claimant/vocab/z"));
  assert_string_equal(vocab_iri(vocab, number, ((Fixture *)*state)->arena), zu);
  assert_null(hits[0].candidates);
  assert_int_equal(longest(vocab, "Z.R. law"), 4);
  assert_int_equal(longest(vocab, "ZRB"), 3);
  assert_int_equal(longest(vocab, "ZU"), 0);
  assert_int_equal(match(vocab, "Old Land", hits), 1);
  assert_int_equal(hits[0].concept, 0);
  assert_int_equal(hits[0].candidate_count, 2);
  assert_string_equal(vocab_label(vocab, hits[0].candidates[0]), "Oldland");
  assert_string_equal(vocab_label(vocab, hits[0].candidates[1]), "Zubrovka");
  assert_int_equal(vocab_concept(vocab, "https://example.org/"), 0);
  assert_string_equal(vocab_label(vocab, 0), "");
  assert_string_equal(vocab_value(vocab, number, note, 0), "first");
  assert_string_equal(vocab_value(vocab, number, note, 1), "second");
  assert_null(vocab_value(vocab, number, note, 2));
  assert_string_equal(vocab_value(vocab, number, "https://w3id.org/claimant/vocab/code", 0), "ZU");
  vocab_close(vocab);
}

static void folds_labels_but_not_acronyms(void **state)
{
  VocabHit hits[MAX_HITS];
  put_text(*state, "concepts/pacts.ttl",
           PREFIXES "v:test clm:case \"fold\" .\n"
                    "v:owl skos:prefLabel \"Pact on Owls\"@en ; skos:notation \"POW\" .\n");
  Vocab *vocab = compiled(*state);
  assert_int_equal(longest(vocab, "pact on OWLS"), 12);
  assert_int_equal(longest(vocab, "POW"), 3);
  assert_int_equal(longest(vocab, "pow"), 0);
  assert_int_equal(match(vocab, "Pact on Owls.", hits), 1);
  assert_string_equal(vocab_label(vocab, hits[0].concept), "Pact on Owls");
  vocab_close(vocab);
}

/* Where many terms share their first words, longer keys tell them apart. */
static void finds_among_many_of_one_beginning(void **state)
{
  Fixture *fixture = *state;
  VocabHit hits[MAX_HITS];
  Buffer   list = {0};
  buffer_append_string(&list, HEADER "Union\nUnion of Bakers\nUnion - of Potters\n");
  for (int i = 0; i < 300; ++i) buffer_printf(&list, "Union of Bakers %c%d\n", 'A' + i % 26, i);
  for (int i = 0; i < 30; ++i) buffer_printf(&list, "Guild%d\n", i);
  put(fixture, "lists/unions.txt", list.data, list.size);
  buffer_free(&list);
  Vocab *vocab = compiled(fixture);
  assert_int_equal(longest(vocab, "Union"), 5);
  assert_int_equal(longest(vocab, "Union of Smiths"), 5);
  assert_int_equal(longest(vocab, "Union of Bakers"), 15);
  assert_int_equal(longest(vocab, "Union of Bakers A"), 15);
  assert_int_equal(longest(vocab, "Union of Bakers B27."), 19);
  assert_int_equal(longest(vocab, "Union of Bakers B27 and"), 19);
  assert_int_equal(longest(vocab, "Union of Bakers B28"), 15);
  assert_int_equal(longest(vocab, "Union - of Potters"), 18);
  assert_int_equal(longest(vocab, "Guild7 met"), 6);
  assert_int_equal(match(vocab, "Union of Bakers Z25", hits), 1);
  assert_true(has(vocab, "unions", "Union of Bakers"));
  assert_false(has(vocab, "unions", "Union of"));
  vocab_close(vocab);
}

/* ---- Names of others ---------------------------------------------------------------- */

static Vocab *names(Fixture *fixture, const char *text, const Vocab *words)
{
  char   path[200], *files[] = {path};
  Buffer image = {0};
  Vocab *vocab = NULL;
  path_in(fixture, "own.ttl", path);
  put_text(fixture, "own.ttl", text);
  assert_int_equal(names_compile(files, 1, words, &fixture->diagnostics, &image), CLAIMANT_OK);
  assert_int_equal(vocab_open_image(&image, &vocab), CLAIMANT_OK);
  assert_null(image.data);
  return vocab;
}

static void takes_names_of_others(void **state)
{
  Fixture *fixture = *state;
  VocabHit hits[MAX_HITS];
  Vocab   *vocab = names(fixture,
                         PREFIXES "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
                                  "v:b a clm:Body , skos:Concept ; rdfs:label \"Oak Moot\" ; skos:note \"x\" .\n"
                                  "v:a rdfs:label \"Old Moot\" ; skos:prefLabel \"Ancient Moot\" ; skos:altLabel \"Oak Moot\" .\n",
                         NULL);
  assert_int_equal(fixture->diagnostics.count, 0);
  assert_int_equal(vocab_list_count(vocab), 2);
  assert_null(vocab_list_info(vocab, 0).class);
  assert_string_equal(vocab_list_info(vocab, 1).class, "https://w3id.org/claimant/ns#Body");
  assert_int_equal(match(vocab, "Oak Moot", hits), 2);
  assert_int_equal(match(vocab, "Ancient Moot", hits), 1);
  assert_string_equal(vocab_label(vocab, hits[0].concept), "Ancient Moot");
  assert_null(vocab_value(vocab, vocab_concept(vocab, "https://w3id.org/claimant/vocab/b"),
                          "http://www.w3.org/2004/02/skos/core#note", 0));
  vocab_close(vocab);
}

static void marks_ordinary_words(void **state)
{
  Fixture *fixture = *state;
  VocabHit hits[MAX_HITS];
  put_good_files(fixture);
  put_text(fixture, "lists/dictionary.txt", HEADER "# case: fold\n# scan: no\nmay\nwill\nmoot\n");
  Vocab *words = compiled(fixture);
  Vocab *vocab = names(fixture, PREFIXES "v:a skos:prefLabel \"May\" ; skos:altLabel \"MAY\" , \"Old Moot\" .\n", words);
  assert_int_equal(fixture->diagnostics.count, 1);
  assert_string_equal(fixture->diagnostics.items[0].code, "vocab-common-word");
  assert_int_equal(match(vocab, "May", hits), 1);
  assert_true(hits[0].common);
  assert_int_equal(match(vocab, "MAY", hits), 1);
  assert_false(hits[0].common);
  assert_int_equal(match(vocab, "Old Moot", hits), 1);
  assert_false(hits[0].common);
  vocab_close(vocab);
  vocab_close(words);
}

/* ---- Lists in memory ------------------------------------------------------------- */

static size_t lexis_longest(const Lexis *lexis, const char *text, VocabHit *hits)
{
  return lexis_match(lexis, word_key(text, strlen(text)), text, strlen(text), &endings, hits, MAX_HITS) ? hits[0].bytes
                                                                                              : 0;
}

static void matches_lists_in_memory(void **state)
{
  Fixture   *fixture = *state;
  VocabHit   hits[MAX_HITS];
  Lexis     *lexis = lexis_new(fixture->arena);
  const char payload[] = "who";
  assert_non_null(lexis);
  assert_int_equal(lexis_add(lexis, 3, "Tree  Council", 13, false, payload), CLAIMANT_OK);
  assert_int_equal(lexis_add(lexis, 3, "Tree", 4, false, NULL), CLAIMANT_OK);
  assert_int_equal(lexis_add(lexis, 3, "Tree", 4, false, payload), CLAIMANT_OK);
  assert_int_equal(lexis_add(lexis, 7, "tree", 4, true, NULL), CLAIMANT_OK);
  assert_int_equal(lexis_count(lexis), 3);
  assert_true(lexis_seal(lexis));
  assert_int_equal(lexis_longest(lexis, "Tree Council's view", hits), 12);
  assert_ptr_equal(hits[0].payload, payload);
  assert_int_equal(hits[1].list, 7);
  assert_int_equal(lexis_longest(lexis, "TREES", hits), 0);
  assert_int_equal(lexis_longest(lexis, "TREE", hits), 4);
  assert_int_equal(lexis_add(lexis, 0, "", 0, false, NULL), CLAIMANT_BAD_ARGUMENT);
  assert_int_equal(lexis_add(lexis, 0, "(x)", 3, false, NULL), CLAIMANT_BAD_ARGUMENT);
}

static void grows_in_memory(void **state)
{
  Fixture *fixture = *state;
  VocabHit hits[MAX_HITS];
  Lexis   *lexis = lexis_new(fixture->arena);
  char     term[32];
  for (int i = 0; i < 5000; ++i) {
    int length = snprintf(term, sizeof term, "N%d", i);
    assert_int_equal(lexis_add(lexis, i, term, (size_t)length, false, NULL), CLAIMANT_OK);
  }
  assert_true(lexis_seal(lexis));
  for (int i = 0; i < 5000; ++i) {
    snprintf(term, sizeof term, "N%d.", i);
    assert_int_equal(lexis_longest(lexis, term, hits), strlen(term) - 1);
    assert_int_equal(hits[0].list, i);
  }
}

/* ---- Bad sources ------------------------------------------------------------------ */

/* Compiling must fail with one error that has this code, file name ending and line. */
static void expect_fault(Fixture *fixture, ClaimantStatus status, const char *code, const char *file,
                         size_t line)
{
  assert_int_equal(vocab_compile(fixture->dir, fixture->out, &fixture->diagnostics), status);
  assert_int_equal(access(fixture->out, F_OK), -1);
  assert_int_equal(fixture->diagnostics.errors, 1);
  const ClaimantDiagnostic *fault = &fixture->diagnostics.items[0];
  assert_string_equal(fault->code, code);
  assert_non_null(strstr(fault->file, file));
  assert_int_equal(fault->line, line);
}

static void refuses_bad_lists(void **state)
{
  Fixture *fixture = *state;
  struct {
    const char *text, *code;
    size_t      line;
  } const bad[] = {
      {"# title: T\n# source: S\nAida\n", "vocab-header", 0},
      {HEADER "# csae: fold\nAida\n", "vocab-header", 4},
      {HEADER "# case: maybe\nAida\n", "vocab-header", 4},
      {HEADER "Aida\n# scan: no\n", "vocab-header", 5},
      {HEADER "Aida\n\xFFgor\n", "vocab-encoding", 5},
      {HEADER "Aida\n(Bermet)\n", "vocab-term", 5},
  };
  for (size_t i = 0; i < sizeof bad / sizeof *bad; ++i) {
    fixture->diagnostics = (Diagnostics){.arena = fixture->arena};
    put_text(fixture, "lists/given.txt", bad[i].text);
    expect_fault(fixture, CLAIMANT_BAD_DATA, bad[i].code, "lists/given.txt", bad[i].line);
  }
  fixture->diagnostics = (Diagnostics){.arena = fixture->arena};
  put(fixture, "lists/given.txt", HEADER "Ai\0da\n", sizeof(HEADER "Ai\0da\n") - 1);
  expect_fault(fixture, CLAIMANT_BAD_DATA, "vocab-encoding", "lists/given.txt", 4);
}

static void warns_of_repeated_terms(void **state)
{
  Fixture *fixture = *state;
  put_text(fixture, "lists/given.txt", HEADER "Aida\nBermet\nAida\n");
  assert_int_equal(vocab_compile(fixture->dir, fixture->out, &fixture->diagnostics), CLAIMANT_OK);
  assert_int_equal(fixture->diagnostics.count, 1);
  assert_int_equal(fixture->diagnostics.items[0].severity, CLAIMANT_WARNING);
  assert_int_equal(fixture->diagnostics.items[0].line, 6);
}

static void refuses_bad_concepts(void **state)
{
  Fixture *fixture = *state;
  put_text(fixture, "concepts/places.ttl", PREFIXES "v:zu skos:prefLabel \"Zu .\n");
  assert_int_equal(vocab_compile(fixture->dir, fixture->out, &fixture->diagnostics), CLAIMANT_BAD_DATA);
  assert_true(fixture->diagnostics.errors > 0);
  assert_string_equal(fixture->diagnostics.items[0].code, "vocab-turtle");
  assert_true(fixture->diagnostics.items[0].line >= 6);
  fixture->diagnostics = (Diagnostics){.arena = fixture->arena};
  put_text(fixture, "concepts/places.ttl",
           "<a:b> <http://www.w3.org/2004/02/skos/core#prefLabel> \"Zu\"@en .\n");
  expect_fault(fixture, CLAIMANT_BAD_DATA, "vocab-header", "places.ttl", 0);
}

static void refuses_two_lists_of_one_name(void **state)
{
  put_good_files(*state);
  put_text(*state, "lists/places.txt", HEADER "Upper Town\n");
  expect_fault(*state, CLAIMANT_BAD_DATA, "vocab-name", "lists/places.txt", 0);
}

static void refuses_a_folder_without_lists(void **state)
{
  Fixture *fixture = *state;
  assert_int_equal(vocab_compile("/nonexistent", fixture->out, &fixture->diagnostics), CLAIMANT_NO_INPUT);
  assert_string_equal(fixture->diagnostics.items[0].code, "vocab-folder");
}

static void reports_that_it_cannot_write(void **state)
{
  Fixture *fixture = *state;
  put_good_files(fixture);
  assert_int_equal(vocab_compile(fixture->dir, "/nonexistent/vocab.bin", &fixture->diagnostics),
                   CLAIMANT_OUTPUT);
  assert_string_equal(fixture->diagnostics.items[0].code, "vocab-write");
}

/* ---- Compiled files ------------------------------------------------------------------ */

static char *contents(const char *path, size_t *count)
{
  struct stat about;
  FILE       *file = fopen(path, "r");
  assert_non_null(file);
  assert_int_equal(stat(path, &about), 0);
  *count = (size_t)about.st_size;
  char *bytes = malloc(*count);
  assert_non_null(bytes);
  assert_int_equal(fread(bytes, 1, *count, file), *count);
  fclose(file);
  return bytes;
}

static void compiles_to_the_same_bytes(void **state)
{
  Fixture *fixture = *state;
  char     again[200];
  size_t   count, other_count;
  put_good_files(fixture);
  path_in(fixture, "again.bin", again);
  assert_int_equal(vocab_compile(fixture->dir, fixture->out, &fixture->diagnostics), CLAIMANT_OK);
  assert_int_equal(vocab_compile(fixture->dir, again, &fixture->diagnostics), CLAIMANT_OK);
  char *bytes = contents(fixture->out, &count), *others = contents(again, &other_count);
  assert_int_equal(count, other_count);
  assert_memory_equal(bytes, others, count);
  free(bytes);
  free(others);
}

static void compiles_an_empty_folder(void **state)
{
  VocabHit hits[MAX_HITS];
  Vocab   *vocab = compiled(*state);
  assert_int_equal(vocab_list_count(vocab), 0);
  assert_int_equal(match(vocab, "Aida", hits), 0);
  vocab_close(vocab);
}

/* The file of these bytes must be refused; whatever is opened all the same must not crash. */
static void expect_damage(Fixture *fixture, const char *bytes, size_t count)
{
  char   path[200];
  Vocab *vocab = NULL;
  path_in(fixture, "bad.bin", path);
  put(fixture, "bad.bin", bytes, count);
  fixture->diagnostics = (Diagnostics){.arena = fixture->arena};
  assert_int_equal(vocab_open(path, &fixture->diagnostics, &vocab), CLAIMANT_BAD_DATA);
  assert_int_equal(fixture->diagnostics.errors, 1);
  assert_string_equal(fixture->diagnostics.items[0].code, "vocab-damaged");
  assert_null(vocab);
}

static void refuses_damaged_files(void **state)
{
  Fixture *fixture = *state;
  size_t   count;
  put_good_files(fixture);
  vocab_close(compiled(fixture));
  char *bytes = contents(fixture->out, &count);
  for (size_t cut = 0; cut < count; cut += cut < sizeof(FileHeader) + 64 ? 1 : 61)
    expect_damage(fixture, bytes, cut);
  for (size_t i = 0; i < count; ++i) {
    char flipped = (char)(bytes[i] ^ (char)(1U << (i % 8)));
    char kept = bytes[i];
    bytes[i] = flipped;
    expect_damage(fixture, bytes, count);
    bytes[i] = kept;
  }
  free(bytes);
  Vocab *vocab = NULL;
  assert_int_equal(vocab_open(fixture->dir, &fixture->diagnostics, &vocab), CLAIMANT_BAD_DATA);
  assert_int_equal(vocab_open("/nonexistent", &fixture->diagnostics, &vocab), CLAIMANT_NO_INPUT);
}

/* Damage with a checksum that fits: refused, or read without leaving the file. */
static void survives_forged_files(void **state)
{
  Fixture *fixture = *state;
  VocabHit hits[MAX_HITS];
  char     path[200];
  size_t   count, summed = offsetof(FileHeader, hash);
  put_good_files(fixture);
  vocab_close(compiled(fixture));
  char *bytes = contents(fixture->out, &count);
  path_in(fixture, "bad.bin", path);
  for (size_t i = summed; i < count; ++i) {
    Vocab   *vocab = NULL;
    uint64_t sum;
    char     kept = bytes[i];
    bytes[i] = (char)(i % 3 ? ~kept : kept ^ 0x10);
    sum = hash_checksum(bytes + summed, count - summed);
    memcpy(bytes + offsetof(FileHeader, checksum), &sum, sizeof sum);
    put(fixture, "bad.bin", bytes, count);
    bytes[i] = kept;
    if (vocab_open(path, &fixture->diagnostics, &vocab)) continue;
    match(vocab, "Aida Bermet", hits);
    match(vocab, "Old Land", hits);
    has(vocab, "words", "ordinary");
    vocab_value(vocab, vocab_concept(vocab, "https://w3id.org/claimant/vocab/zu"), "x", 0);
    vocab_close(vocab);
  }
  free(bytes);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
  const struct CMUnitTest tests[] = {
      TEST(finds_whole_words_only),
      TEST(takes_the_longest_of_each_list),
      TEST(folds_case_where_asked),
      TEST(knows_its_lists),
      TEST(links_terms_to_concepts),
      TEST(folds_labels_but_not_acronyms),
      TEST(finds_among_many_of_one_beginning),
      TEST(takes_names_of_others),
      TEST(marks_ordinary_words),
      TEST(matches_lists_in_memory),
      TEST(grows_in_memory),
      TEST(refuses_bad_lists),
      TEST(warns_of_repeated_terms),
      TEST(refuses_bad_concepts),
      TEST(refuses_two_lists_of_one_name),
      TEST(refuses_a_folder_without_lists),
      TEST(reports_that_it_cannot_write),
      TEST(compiles_to_the_same_bytes),
      TEST(compiles_an_empty_folder),
      TEST(refuses_damaged_files),
      TEST(survives_forged_files),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
