/* Graphs: terms that may be written, statements of a document, and what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/language.h"
#include "graph/build.h"
#include "graph/identifier.h"
#include "graph/names.h"
#include "graph/time.h"
#include "hand_made.h"

#include <stdio.h>
#include <string.h>

/* ---- Terms ------------------------------------------------------------------------ */

static void iris(void **state)
{
  (void)state;
  static const char *const good[] = {
      "https://example.org/a#b",         "ni:///sha-256;abc_-", "urn:x:y", "http://h:80/?q=1",
      "https://example.org/caf\xC3\xA9", "http://u:p@h/",       "a:%41"};
  static const char *const bad[] = {"",
                                    "no-scheme",
                                    "1x:y",
                                    "http://a b",
                                    "http://a/<b>",
                                    "http://a/\"",
                                    "http://a/{b}",
                                    "http://a/b|c",
                                    "http://a/b\\c",
                                    "http://a/^",
                                    "http://a/`",
                                    "http://a/\n",
                                    "http://a/#b#c",
                                    "http://a/%4",
                                    "http://a/%zz",
                                    "http://a/\xFF",
                                    "http://a/\xED\xA0\x80",
                                    "http://a/\xEE\x80\x80",
                                    "http://a/[",
                                    "http://h:port/",
                                    "http://a/\xC2\x85"};
  for (size_t i = 0; i < sizeof good / sizeof *good; ++i)
    if (!iri_is_valid(good[i])) fail_msg("refused: %s", good[i]);
  for (size_t i = 0; i < sizeof bad / sizeof *bad; ++i)
    if (iri_is_valid(bad[i])) fail_msg("accepted: %s", bad[i]);
  assert_false(iri_takes_fragment("http://a/#b"));
}

static void languages(void **state)
{
  (void)state;
  static const char *const good[] = {"en",      "de-AT",     "zh-Hant-TW", "sl-rozaj",
                                     "de-1996", "en-x-home", "en-a-bbb",   "ast"};
  static const char *const bad[] = {"",     "e",      "en us",         "en\"@x",           "en-",
                                    "-en",  "en--us", "toolongsubtag", "en-toolongsubtag", "e1",
                                    "en-a", "en_US",  "en-a-b-ccc"};
  for (size_t i = 0; i < sizeof good / sizeof *good; ++i)
    if (!language_is_valid(good[i])) fail_msg("refused: %s", good[i]);
  for (size_t i = 0; i < sizeof bad / sizeof *bad; ++i)
    if (language_is_valid(bad[i])) fail_msg("accepted: %s", bad[i]);
}

static void literals(void **state)
{
  (void)state;
  static const struct {
    const char *type, *text, *canonical; /* NULL: refused */
  } cases[] = {
      {"decimal", "5", "5.0"},
      {"decimal", "-0.50", "-0.5"},
      {"decimal", "+.5", "0.5"},
      {"decimal", "007.10", "7.1"},
      {"decimal", "-0", "0.0"},
      {"decimal", "1e3", NULL},
      {"decimal", ".", NULL},
      {"decimal", "1,5", NULL},
      {"integer", "+012", "12"},
      {"integer", "-0", "0"},
      {"integer", "1.0", NULL},
      {"nonNegativeInteger", "-1", NULL},
      {"boolean", "1", "true"},
      {"boolean", "yes", NULL},
      {"date", "2020-02-29", "2020-02-29"},
      {"date", "2021-02-29", NULL},
      {"date", "2021-2-9", NULL},
      {"date", "0000-01-01", NULL},
      {"gYearMonth", "2021-13", NULL},
      {"gYear", "21", NULL},
      {"gYear", "2021", "2021"},
      {"dateTime", "2021-01-02T03:04:05Z", "2021-01-02T03:04:05Z"},
      {"dateTime", "2021-01-02", NULL},
      {"dateTime", "2021-01-02T25:00:00Z", NULL},
      {"dateTime", "2021-01-02T03:04:05.", NULL},
      {"duration", "P1Y6M", "P1Y6M"},
      {"duration", "P1.5Y", NULL},
      {"duration", "PT1.5S", "PT1.5S"},
      {"duration", "P", NULL},
      {"duration", "PT", NULL},
      {"duration", "P3W", NULL},
      {"duration", "PXY", NULL},
      {"string", "a\xFF", NULL},
      {"string", "a b", "a b"},
      {"string", "\xEF\xBF\xBE\xEF\xBF\xBF.", "\xEF\xBF\xBD\xEF\xBF\xBD."},
  };
  Arena *arena = arena_new();
  for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
    const char    *datatype = arena_printf(arena, NS_XSD "%s", cases[i].type), *canonical = NULL;
    ClaimantStatus st = literal_canonical(arena, cases[i].text, datatype, &canonical);
    if (!cases[i].canonical && st != CLAIMANT_BAD_DATA)
      fail_msg("accepted: %s %s", cases[i].type, cases[i].text);
    if (cases[i].canonical && st) fail_msg("refused: %s %s", cases[i].type, cases[i].text);
    if (cases[i].canonical) assert_string_equal(canonical, cases[i].canonical);
  }
  assert_string_equal(iri_escape(arena, "a b#%\xC3\xA9\"/"), "a%20b%23%25\xC3\xA9%22/");
  arena_free(arena);
}

static void identifiers(void **state)
{
  (void)state;
  Arena      *arena = arena_new();
  const char *iri = NULL;
  const char *digits = "0323454de2f44b921ed0c941cd5a7f3a087c78fb9c93cba2e3936c968b9b500b";
  assert_string_equal(fragment_name(arena, "date", "2010-06", 1), "date-f3b405e99b19922f");
  assert_string_equal(collapse_space(arena, "\n a\t\xC2\xA0 b\xE2\x80\xAF\n", 12), "a b");
  assert_int_equal(letter_iri(arena, NULL, NULL, digits, &iri), CLAIMANT_OK);
  assert_string_equal(iri, "ni:///sha-256;AyNFTeL0S5Ie0MlBzVp_Ogh8ePuck8ui45NsloubUAs");
  assert_int_equal(letter_iri(arena, NULL, "https://kg.example.org/", digits, &iri), CLAIMANT_OK);
  assert_string_equal(
      iri, "https://kg.example.org/0323454de2f44b921ed0c941cd5a7f3a087c78fb9c93cba2e3936c968b9b500b");
  assert_int_equal(letter_iri(arena, "urn:letter:1", "x", digits, &iri), CLAIMANT_OK);
  assert_string_equal(iri, "urn:letter:1");
  assert_int_equal(letter_iri(arena, NULL, "no scheme", digits, &iri), CLAIMANT_BAD_ARGUMENT);
  assert_int_equal(letter_iri(arena, "http://a/#b", NULL, digits, &iri), CLAIMANT_BAD_ARGUMENT);
  assert_int_equal(letter_iri(arena, NULL, NULL, "short", &iri), CLAIMANT_BAD_ARGUMENT);
  arena_free(arena);
}

/* ---- Dates -------------------------------------------------------------------------- */

#define S "urn:s"

static bool has(const Graph *graph, const char *subject, const char *predicate, const char *object)
{
  for (size_t i = 0; i < graph->count; ++i) {
    const Statement *s = &graph->statements[i];
    if (!strcmp(s->subject, subject) && !strcmp(s->predicate, predicate) && !strcmp(s->object.text, object))
      return true;
  }
  return false;
}

static size_t count_of(const Graph *graph, const char *subject, const char *predicate)
{
  size_t count = 0;
  for (size_t i = 0; i < graph->count; ++i)
    count +=
        !strcmp(graph->statements[i].subject, subject) && !strcmp(graph->statements[i].predicate, predicate);
  return count;
}

static void dates(void **state)
{
  (void)state;
  static const struct {
    const char *value, *property, *literal, *datatype; /* property NULL: nothing is written */
  } cases[] = {
      {"2021-05-03", "date", "2021-05-03", XSD_DATE},
      {"2021-05", "date", "2021-05", XSD_YEAR_MONTH},
      {"2021", "date", "2021", XSD_YEAR},
      {"2021-05-03T14:00", "date", "2021-05-03", XSD_DATE},
      {"2021-02-30", NULL, NULL, NULL},
      {"2021-W01", "begin", "2021-01-04", XSD_DATE},
      {"2020-W53", "end", "2021-01-03", XSD_DATE},
      {"2021-W53", NULL, NULL, NULL},
      {"2021-Q2", "end", "2021-06", XSD_YEAR_MONTH},
      {"2021-H2", "begin", "2021-07", XSD_YEAR_MONTH},
      {"2021-Q5", NULL, NULL, NULL},
      {"201", "end", "2019", XSD_YEAR},
      {"19", "begin", "1900", XSD_YEAR},
      {"2015/2017-06-01", "end", "2017-06-01", XSD_DATE},
      {"2015/", "begin", "2015", XSD_YEAR},
      {"../2017", "end", "2017", XSD_YEAR},
      {"2015/soon", NULL, NULL, NULL},
      {"P1Y6M", "duration", "P1Y6M", XSD_DURATION},
      {"P3W", "duration", "P21D", XSD_DURATION},
      {"P2DE", "duration", "P20Y", XSD_DURATION},
      {"P3Y/P5Y", "minDuration", "P3Y", XSD_DURATION},
      {"P3Y/P5Y", "maxDuration", "P5Y", XSD_DURATION},
      {"PXY", NULL, NULL, NULL},
      {"FUTURE_REF", NULL, NULL, NULL},
      {"2021-SU", NULL, NULL, NULL},
      {"XXXX-05", NULL, NULL, NULL},
      {"", NULL, NULL, NULL},
      {"/", NULL, NULL, NULL},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
    Graph *graph = graph_new();
    time_write(graph, S, cases[i].value);
    assert_int_equal(graph_finish(graph), CLAIMANT_OK);
    if (!cases[i].property) assert_int_equal(graph->count, 0);
    else {
      char property[128];
      snprintf(property, sizeof property, NS_CLM "%s", cases[i].property);
      if (!has(graph, S, property, cases[i].literal))
        fail_msg("%s: no %s %s", cases[i].value, property, cases[i].literal);
      for (size_t j = 0; j < graph->count; ++j)
        if (!strcmp(graph->statements[j].predicate, property))
          assert_string_equal(graph->statements[j].object.datatype, cases[i].datatype);
    }
    bool interval =
        cases[i].property && (!strcmp(cases[i].property, "begin") || !strcmp(cases[i].property, "end"));
    assert_int_equal(has(graph, S, RDF_TYPE, NS_TIME "ProperInterval"), interval);
    graph_free(graph);
  }
}

/* ---- Sets of statements ------------------------------------------------------------------ */

static void sorted_once(void **state)
{
  (void)state;
  Graph *graph = graph_new();
  graph_set_language(graph, "en-GB");
  graph_add_words(graph, "urn:b", "urn:p", "x");
  graph_add_iri(graph, "urn:a", "urn:p", "urn:o");
  graph_add_words(graph, "urn:b", "urn:p", "x");
  graph_add_literal(graph, "urn:b", "urn:p", "x", NULL);
  assert_int_equal(graph_finish(graph), CLAIMANT_OK);
  assert_int_equal(graph->count, 3);
  assert_string_equal(graph->statements[0].subject, "urn:a");
  assert_null(graph->statements[1].object.language);
  assert_string_equal(graph->statements[2].object.language, "en-gb");
  graph_free(graph);
}

static void first_fault_sticks(void **state)
{
  (void)state;
  Graph *graph = graph_new();
  graph_add_iri(graph, "urn:a", "urn:p", "not an iri");
  graph_add_iri(graph, "urn:a", "urn:p", "urn:o");
  graph_set_language(graph, "bad language");
  assert_int_equal(graph_finish(graph), CLAIMANT_BAD_DATA);
  assert_int_equal(graph->count, 0);
  assert_non_null(strstr(graph->fault, "not an iri"));
  graph_free(graph);
}

/* ---- A document ---------------------------------------------------------------------------- */

#define BASE "https://kg.example.org/"

static Graph *built(const HandMade *made, ClaimantStatus expected)
{
  Graph       *graph = NULL;
  GraphOptions options = {.doc_iri = "urn:letter"};
  assert_int_equal(graph_build(&made->document, &options, &graph), expected);
  return graph;
}

#define N(fragment) "urn:letter#" fragment
#define MINISTER N("person-aaaaaaaaaaaaaaaa")
#define CHARTER N("law-bbbbbbbbbbbbbbbb")
#define SIGNER N("person-cccccccccccccccc")
#define RIVER_WATCH N("institution-dddddddddddddddd")

static const char *object_of(const Graph *graph, const char *subject, const char *predicate)
{
  for (size_t i = 0; i < graph->count; ++i)
    if (!strcmp(graph->statements[i].subject, subject) && !strcmp(graph->statements[i].predicate, predicate))
      return graph->statements[i].object.text;
  return "";
}

static void letter_and_run(void **state)
{
  (void)state;
  HandMade made;
  hand_made_new(&made);
  Graph *graph = built(&made, CLAIMANT_OK);
  assert_true(has(graph, "urn:letter", RDF_TYPE, NS_CLM "Letter"));
  assert_true(has(graph, "urn:letter", NS_SCHEMA "sha256", made.document.sha256));
  assert_true(has(graph, "urn:letter", NS_DCTERMS "issued", "2021-03-03"));
  assert_true(has(graph, "urn:letter", NS_DCTERMS "language", "en"));
  assert_true(has(graph, "urn:letter", NS_SCHEMA "sender", RIVER_WATCH));
  assert_true(has(graph, "urn:letter", NS_SCHEMA "recipient", MINISTER));
  assert_true(has(graph, "urn:letter", NS_CLM "signatory", SIGNER));
  assert_int_equal(strncmp(object_of(graph, "urn:letter", NS_DCTERMS "source"), "ni:///sha-256;", 14), 0);
  assert_true(has(graph, N("run"), NS_PROV "used", "https://rules.example.org/test/1.0"));
  assert_int_equal(count_of(graph, N("run"), NS_PROV "endedAtTime"), 0);
  graph_free(graph);
  hand_made_free(&made);
}

static void entities(void **state)
{
  (void)state;
  HandMade made;
  hand_made_new(&made);
  made.items[PERSON_SURNAME].confidence = 0.75;
  Graph *graph = built(&made, CLAIMANT_OK);
  assert_true(has(graph, MINISTER, SCHEMA_NAME, "Adela Krane"));
  assert_true(has(graph, MINISTER, NS_SCHEMA "alternateName", "Krane"));
  assert_true(has(graph, MINISTER, NS_SCHEMA "jobTitle", "Minister"));
  assert_int_equal(count_of(graph, MINISTER, NS_CLM "evidence"), 2);
  assert_true(has(graph, MINISTER, NS_CLM "confidence", "0.9"));
  assert_int_equal(count_of(graph, MINISTER, NS_CLM "confidence"), 1);
  assert_true(has(graph, MINISTER, NS_CLM "rule", "https://rules.example.org/test/1.0#by-hand"));
  graph_free(graph);
  hand_made_free(&made);
}

static void statements(void **state)
{
  (void)state;
  HandMade made;
  hand_made_new(&made);
  Graph *graph = built(&made, CLAIMANT_OK);
  assert_true(has(graph, N("demand-2"), NS_CLM "action", "repair the Orva pipeline by May 2021"));
  assert_true(has(graph, N("demand-2"), NS_CLM "addressee", MINISTER));
  assert_true(has(graph, N("demand-2"), NS_CLM "addresseeText", "you"));
  assert_true(has(graph, N("demand-2"), NS_CLM "addresseeStatus", NS_CLM "agent-letterAddressee"));
  assert_true(has(graph, N("demand-2"), NS_CLM "demander", RIVER_WATCH));
  assert_true(has(graph, N("demand-2"), NS_CLM "strength", NS_CLM "strength-urge"));
  assert_true(has(graph, N("demand-2"), NS_CLM "actionRank", "5"));
  assert_true(has(graph, N("demand-2"), NS_CLM "cue", "urge"));
  assert_true(has(graph, N("demand-2"), NS_CLM "mentions", N("date-3")));
  assert_true(has(graph, N("demand-2"), NS_CLM "groundedIn", CHARTER));
  assert_true(has(graph, N("demand-2-x"), NS_OA "start", "118")); /* code points, not bytes */
  assert_true(has(graph, N("demand-2-x"), NS_OA "end", "154"));
  assert_int_equal(count_of(graph, N("demand-2"), NS_CLM "inSection"), 1);
  assert_true(has(graph, N("claim-6"), NS_CLM "content", "the pipe is sound"));
  assert_true(has(graph, N("claim-6"), NS_CLM "source", MINISTER));
  assert_true(has(graph, N("claim-6"), NS_CLM "sourceStatus", NS_CLM "agent-named"));
  assert_true(has(graph, N("claim-6"), NS_CLM "reportedBy", RIVER_WATCH));
  assert_int_equal(count_of(graph, N("claim-6"), NS_CLM "context"), 0); /* its source is no context */
  assert_true(has(graph, N("date-3"), NS_CLM "date", "2021-05"));
  assert_true(has(graph, N("date-3"), NS_CLM "timex", "2021-05"));
  for (size_t i = 0; i < graph->count; ++i) assert_null(strstr(graph->statements[i].object.text, "hidden"));
  graph_free(graph);
  hand_made_free(&made);
}

static void agents(void **state)
{
  (void)state;
  HandMade made;
  hand_made_new(&made);
  ItemRole *source = &made.items[CLAIM].roles[0];
  source->entity = NULL;
  Graph *graph = built(&made, CLAIMANT_OK);
  assert_true(has(graph, N("claim-6"), NS_CLM "sourceStatus", NS_CLM "agent-described"));
  assert_true(has(graph, N("claim-6"), NS_CLM "sourceText", "Krane"));
  assert_int_equal(count_of(graph, N("claim-6"), NS_CLM "source"), 0);
  graph_free(graph);
  source->entity = &made.entities[0];
  source->span = hand_made_span(&made, "you", 1);
  source->text = NULL;
  graph = built(&made, CLAIMANT_OK);
  assert_true(has(graph, N("claim-6"), NS_CLM "sourceStatus", NS_CLM "agent-pronoun"));
  assert_true(has(graph, N("claim-6"), NS_CLM "sourceText", "you"));
  graph_free(graph);
  made.items[CLAIM].role_count = 0;
  graph = built(&made, CLAIMANT_OK);
  assert_true(has(graph, N("claim-6"), NS_CLM "sourceStatus", NS_CLM "agent-unstated"));
  graph_free(graph);
  hand_made_free(&made);
}

static void laws(void **state)
{
  (void)state;
  HandMade made;
  hand_made_new(&made);
  Graph      *graph = built(&made, CLAIMANT_OK);
  const char *part = "";
  for (size_t i = 0; i < graph->count; ++i)
    if (!strcmp(graph->statements[i].predicate, NS_DCTERMS "isPartOf") &&
        !strcmp(graph->statements[i].object.text, CHARTER))
      part = graph->statements[i].subject;
  assert_true(has(graph, part, RDF_TYPE, NS_CLM "Provision"));
  assert_true(has(graph, part, RDFS_LABEL, "article 9 of the Water Charter"));
  assert_true(has(graph, part, NS_CLM "article", "9"));
  assert_int_equal(count_of(graph, part, NS_CLM "target"), 2);
  assert_true(has(graph, part, RDF_TYPE, NS_ELI "LegalResource"));
  assert_false(has(graph, CHARTER, RDF_TYPE, NS_ELI "LegalResource"));
  assert_true(has(graph, CHARTER, NS_CLM "lawKind", NS_CLM "law-treaty"));
  assert_int_equal(count_of(graph, part, NS_CLM "status"), 2);
  assert_int_equal(count_of(graph, CHARTER, NS_SCHEMA "alternateName"), 0);
  assert_true(has(graph, N("demand-2"), NS_CLM "groundedIn", part));
  graph_free(graph);
  hand_made_free(&made);
}

/* A provision whose role names the instrument: the node of the instrument comes from those words. */
static void provisions(void **state)
{
  (void)state;
  static const RoleType law = {.name = "law", .property = NS_DCTERMS "isPartOf"};
  HandMade              made;
  hand_made_new(&made);
  ItemRole role = {.type = &law, .name = "law", .has_span = true, .text = "Water Charter"};
  role.span = hand_made_span(&made, "Water Charter", 1);
  made.entities[1].label = "article 9 of the Water Charter";
  made.items[PROVISION].roles = &role;
  made.items[PROVISION].role_count = 1;
  Graph      *graph = built(&made, CLAIMANT_OK);
  Arena      *arena = arena_new();
  const char *instrument =
      arena_printf(arena, "urn:letter#%s", fragment_name(arena, "law", "water charter", 1));
  assert_true(has(graph, instrument, RDFS_LABEL, "Water Charter"));
  assert_true(has(graph, instrument, RDF_TYPE, NS_CLM "Law"));
  assert_int_equal(count_of(graph, instrument, NS_CLM "evidence"), 1);
  assert_int_equal(count_of(graph, CHARTER, RDF_TYPE), 0);
  assert_true(has(graph, N("demand-2"), NS_CLM "groundedIn", instrument));
  arena_free(arena);
  graph_free(graph);
  hand_made_free(&made);
}

static void restatements(void **state)
{
  (void)state;
  static const FeatureType form = {
      .name = "form", .property = NS_CLM "form", .scheme = NS_CLM "form-", .output = true};
  ItemFeature feature = {&form, "form", "heading"};
  HandMade    made;
  hand_made_new(&made);
  Item *heading = &made.items[DATE]; /* a demand in the heading's place */
  *heading = made.items[DEMAND];
  strcpy(heading->id, "demand-h");
  heading->role_count = 0;
  heading->features = &feature;
  heading->feature_count = 1;
  heading->span = heading->evidence = hand_made_span(&made, "Water rights", 1);
  Graph *graph = built(&made, CLAIMANT_OK);
  assert_int_equal(count_of(graph, N("demand-2"), NS_CLM "restates"), 0);
  graph_free(graph);
  made.items[DEMAND].span = hand_made_span(&made, "Water Charter", 1);
  graph = built(&made, CLAIMANT_OK);
  assert_true(has(graph, N("demand-2"), NS_CLM "restates", N("demand-h")));
  graph_free(graph);
  hand_made_free(&made);
}

/* The status of a graph after one thing in the document was made wrong. */
static void refused(HandMade *made, ClaimantStatus expected)
{
  Graph *graph = built(made, expected);
  assert_true(graph->status == expected);
  graph_free(graph);
  hand_made_free(made);
}

static void bad_documents(void **state)
{
  (void)state;
  HandMade made;
  hand_made_new(&made);
  hand_made_set(&made.items[DEMAND], "note", "cut \xC3");
  refused(&made, CLAIMANT_BAD_DATA);
  hand_made_new(&made);
  hand_made_set(&made.items[DEMAND], "actionRank", "five");
  refused(&made, CLAIMANT_BAD_DATA);
  hand_made_new(&made);
  made.rules.language = "en\"@injected";
  refused(&made, CLAIMANT_BAD_DATA);
  hand_made_new(&made);
  made.rules.iri = "not an iri";
  refused(&made, CLAIMANT_BAD_DATA);
  hand_made_new(&made);
  made.document.meta.date = "yesterday";
  refused(&made, CLAIMANT_BAD_DATA);
  hand_made_new(&made);
  made.items[DATE].span.end = made.document.letter->size + 1;
  refused(&made, CLAIMANT_BAD_DATA);
  hand_made_new(&made);
  made.items[DATE].span.end = made.items[DATE].span.start;
  refused(&made, CLAIMANT_BAD_DATA);
  hand_made_new(&made);
  made.items[CLAIM].evidence.end--;    /* fine */
  made.items[CLAIM].evidence.end -= 2; /* in the middle of a quotation mark */
  refused(&made, CLAIMANT_BAD_DATA);
  hand_made_new(&made);
  strcpy(made.items[DEMAND].id, "demand <2>");
  refused(&made, CLAIMANT_BAD_DATA);
}

static void odd_values_become_safe_iris(void **state)
{
  (void)state;
  HandMade made;
  hand_made_new(&made);
  hand_made_set(&made.items[DEMAND], "strength", "very strong> <urn:x");
  Graph *graph = built(&made, CLAIMANT_OK);
  assert_true(has(graph, N("demand-2"), NS_CLM "strength", NS_CLM "strength-very%20strong%3E%20%3Curn:x"));
  graph_free(graph);
  hand_made_free(&made);
}

static void nameless_parties(void **state)
{
  (void)state;
  HandMade made;
  hand_made_new(&made);
  static const Entity writer = {.id = "writer"};
  made.document.writer = &writer;
  made.document.meta.sender_count = 0;
  made.document.meta.signatory_count = 0;
  Graph *graph = built(&made, CLAIMANT_OK);
  assert_true(has(graph, "urn:letter", NS_SCHEMA "sender", N("writer")));
  assert_true(has(graph, N("writer"), RDF_TYPE, NS_PROV "Agent"));
  assert_true(has(graph, N("demand-2"), NS_CLM "demander", N("writer")));
  graph_free(graph);
  hand_made_free(&made);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(iris),
      cmocka_unit_test(languages),
      cmocka_unit_test(literals),
      cmocka_unit_test(identifiers),
      cmocka_unit_test(dates),
      cmocka_unit_test(sorted_once),
      cmocka_unit_test(first_fault_sticks),
      cmocka_unit_test(letter_and_run),
      cmocka_unit_test(entities),
      cmocka_unit_test(statements),
      cmocka_unit_test(agents),
      cmocka_unit_test(laws),
      cmocka_unit_test(provisions),
      cmocka_unit_test(restatements),
      cmocka_unit_test(bad_documents),
      cmocka_unit_test(odd_values_become_safe_iris),
      cmocka_unit_test(nameless_parties),
  };
  return cmocka_run_group_tests_name("graph", tests, NULL, NULL);
}
