/* claimant.h: the public interface of libclaimant.
 *
 * Two types carry everything. ClaimantRules is a rule set with its
 * vocabulary: loaded once, immutable, shared by any number of threads.
 * ClaimantDocument is one letter with what the rules found in it: made by
 * claimant_extract, read through the functions below, freed by its owner.
 *
 *     ClaimantRules    *rules    = NULL;
 *     ClaimantDocument *document = NULL;
 *     ClaimantStatus    st = claimant_rules_load(NULL, &rules);
 *     if (!st) st = claimant_extract(rules, &input, &document);
 *     for (size_t i = 0; i < claimant_item_count(document); ++i) { ... }
 *     claimant_document_free(document);
 *     claimant_rules_free(rules);
 *
 * The library never prints, never exits and keeps no global state but the
 * allocator, where a program sets one. Whatever it has to say reaches the caller
 * as a status and as diagnostics.
 *
 * Threads: a ClaimantRules may be used by any number at a time, a document by one. Freeing NULL does
 * nothing. Documents go before their rules.
 *
 * Binary interface: the soname, libclaimant.so.0, changes when a program linked before would break.
 * Functions and values are only added, and structs a program fills (options and input) grow at their end:
 * zero what you do not set. Before version 1.0 the soname may change with any version.
 *
 * Every offset is given twice: in Unicode code points and in bytes of the
 * letter's UTF-8 text, both half open (the end is the first one outside).
 */
#ifndef CLAIMANT_H
#define CLAIMANT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define CLAIMANT_VERSION "0.1.0"

/* ---- Errors ------------------------------------------------------------ */

typedef enum {
  CLAIMANT_OK,
  CLAIMANT_NO_MEMORY,    /* an allocation failed */
  CLAIMANT_BAD_ARGUMENT, /* the caller passed something impossible */
  CLAIMANT_BAD_RULES,    /* a rule file, schema or pattern is at fault */
  CLAIMANT_BAD_DATA,     /* the letter cannot be read as what it claims to be */
  CLAIMANT_NO_INPUT,     /* a file or folder could not be opened or read */
  CLAIMANT_TOO_LARGE,    /* beyond a documented limit */
  CLAIMANT_LIMIT,        /* a match limit, or the letter's time, was crossed: see the diagnostics */
  CLAIMANT_OUTPUT,       /* writing failed */
  CLAIMANT_INTERNAL,     /* a library failed in a way that is not the caller's doing */
  CLAIMANT_CANCELLED     /* claimant_cancel was called */
} ClaimantStatus;

/* A short English phrase for a status. Static storage. */
const char *claimant_status_text(ClaimantStatus status);

typedef enum { CLAIMANT_NOTE, CLAIMANT_WARNING, CLAIMANT_ERROR } ClaimantSeverity;

/* One thing worth telling a person: where it is, what was expected there.
 * Strings are owned by whoever hands the diagnostic out; `file`, `rule` and
 * `expected` may be NULL; line and column count from 1, 0 means unknown. */
typedef struct {
  ClaimantSeverity severity;
  const char      *code;    /* a stable word for machines, "unknown-type" */
  const char      *file;
  size_t           line;
  size_t           column;
  const char      *rule;
  const char      *message; /* what happened, and what was expected or to do */
} ClaimantDiagnostic;

/* Called for each diagnostic as it arises; the strings live as long as the call. */
typedef void (*ClaimantDiagnosticFn)(void *user, const ClaimantDiagnostic *diagnostic);

/* ---- Memory ------------------------------------------------------------- */

/* Where the library's memory comes from instead of malloc, realloc and free. The functions are called from every
 * thread that uses the library, at the same time. Memory is aligned as malloc's is; `memory` is never NULL, and
 * sizes are seldom 0. NULL says that there is none: the call it was wanted for ends with CLAIMANT_NO_MEMORY,
 * having given back all it took. */
typedef struct {
  void *(*allocate)(void *user, size_t size);
  void *(*resize)(void *user, void *memory, size_t size); /* on failure the old memory stays */
  void  (*release)(void *user, void *memory);
  void  *user;
} ClaimantAllocator;

/* For the whole process, and copied; NULL goes back to malloc. To be called while nothing of the library exists: no
 * rules, no document, no thread in one of its functions. PCRE2 takes its memory from it too. What other libraries
 * take is theirs: libxml2 and jansson have functions of their own to change that (xmlMemSetup,
 * json_set_alloc_funcs), which the library never calls. GLib, which GMime stands on, ends the process when memory
 * runs out in it: read e-mail in a process of its own where that matters.
 * Returns OK, or BAD_ARGUMENT when a function is missing. */
ClaimantStatus claimant_set_allocator(const ClaimantAllocator *allocator);

/* ---- Rules -------------------------------------------------------------- */

typedef struct ClaimantRules ClaimantRules;

typedef struct {
  const char          *rules;  /* rule file, or folder with a ruleset.xml; NULL: the installed rules */
  const char          *vocab;  /* folder with the compiled vocabulary and rules; NULL: the installed one with the installed rules, else none */
  /* Names of one's own: files of Turtle or N-Triples with SKOS or RDFS labels, or what `claimant vocab compile` made
   * of such. "TYPE=FILE" says of what type of the rules the names are; without, the classes of the concepts do. */
  const char *const   *gazetteers;
  size_t               gazetteer_count;
  bool                 source; /* read the rule files, with their examples, even where a compiled set is at hand */
  ClaimantDiagnosticFn report; /* may be NULL */
  void                *user;
} ClaimantRulesOptions;

/* Loads and checks a rule set with all it includes; `options` may be NULL. Every fault found is
 * reported, not only the first. On failure *rules is left alone.
 * Returns OK, NO_MEMORY, NO_INPUT, BAD_RULES, BAD_ARGUMENT (`rules` is NULL), or of a
 * gazetteer BAD_DATA or BAD_ARGUMENT (its type). */
ClaimantStatus claimant_rules_load(const ClaimantRulesOptions *options, ClaimantRules **rules);

void claimant_rules_free(ClaimantRules *rules);

/* SHA-256 of the rule set and its vocabulary as 64 hex digits. Owned by the rules. */
const char *claimant_rules_hash(const ClaimantRules *rules);

/* The rules in their order, from 0: how many, and the id of each (NULL when out of range). */
size_t      claimant_rule_count(const ClaimantRules *rules);
const char *claimant_rule_id(const ClaimantRules *rules, size_t index);

/* ---- Rules that change while a program runs ------------------------------ */

/* A rule set that can be loaded anew: the new one replaces the old as a whole or not at all, and whoever
 * works with the old one goes on with it. All of these may be called from any thread.
 *
 *     const ClaimantRules *rules = claimant_live_take(live);
 *     claimant_extract(rules, &input, &document);  ...  claimant_document_free(document);
 *     claimant_live_give_back(live, rules);
 */
typedef struct ClaimantLiveRules ClaimantLiveRules;

/* As claimant_rules_load, whose statuses it returns. The options' strings are copied; `report` is called by later
 * loads too, in the thread that asked for them. */
ClaimantStatus claimant_live_open(const ClaimantRulesOptions *options, ClaimantLiveRules **live);

/* Loads the same files anew. On failure, which is reported, the old rules stay in force. *changed, which may be NULL,
 * tells whether the new ones are others than before (by their hash). Returns what claimant_rules_load does. */
ClaimantStatus claimant_live_reload(ClaimantLiveRules *live, bool *changed);

/* The rules in force, which stay as they are until they are given back; documents made by them must be freed
 * before. */
const ClaimantRules *claimant_live_take(ClaimantLiveRules *live);
void                 claimant_live_give_back(ClaimantLiveRules *live, const ClaimantRules *rules);

/* Once all are given back. */
void claimant_live_close(ClaimantLiveRules *live);

/* ---- What rules cost ------------------------------------------------------ */

/* What a rule has cost: processor time, and how often it was tried and found something. */
typedef struct {
  double seconds;
  size_t tries, matches;
} ClaimantRuleCost;

/* ---- Giving up ------------------------------------------------------------ */

/* A way to stop claimant_extract from outside: make one, name it in the input of any number of letters, and call
 * claimant_cancel when they are no longer wanted. It may be called from any thread, from a callback and from a signal
 * handler, more than once, before a letter or after; there is no way back. What is running ends soon, also within
 * the search for a single match, and returns CLAIMANT_CANCELLED. Free it when no letter uses it any more. */
typedef struct ClaimantCancel ClaimantCancel;

ClaimantCancel *claimant_cancel_new(void); /* NULL: out of memory */
void            claimant_cancel(ClaimantCancel *cancel); /* of NULL: nothing */
void            claimant_cancel_free(ClaimantCancel *cancel);

/* ---- A letter in --------------------------------------------------------- */

typedef enum {
  CLAIMANT_TEXT,
  CLAIMANT_HTML,
  CLAIMANT_XML,  /* TEI, Akoma Ntoso, DocBook, and other XML by its text */
  CLAIMANT_WORD, /* DOCX or ODT; needs libarchive */
  CLAIMANT_MAIL, /* an e-mail with its head; needs GMime */
  CLAIMANT_PDF   /* needs pdftotext, which is run as a process of its own */
} ClaimantFormat;

typedef struct {
  const char    *data;    /* the bytes of the letter; need not end in 0 */
  size_t         size;    /* bytes; at most 16 MiB */
  ClaimantFormat format;
  const char    *name;    /* file name for messages, may be NULL */
  const char    *date;    /* YYYY-MM-DD where the letter does not say, or NULL */
  const char    *language; /* BCP 47, "en-GB"; NULL: what its page says or its words tell, block by block, or else that
                              of the rules. Only rules for it run; where there are none, "no-rules-for-language" warns */
  const char    *genre;   /* "letter", "news", "narrative", or NULL for letter */
  ClaimantRuleCost *costs; /* one a rule, added to; NULL: nothing is measured */
  double         timeout; /* seconds after which the letter is given up; 0: never */
  bool           plain;   /* run the reference engine: every rule on every unit, interpreter only */
  const ClaimantCancel *cancel; /* NULL: nobody can stop it */
} ClaimantInput;

typedef struct ClaimantDocument ClaimantDocument;

/* Extracts one letter. The document does not keep `input` or its bytes, but
 * must not outlive `rules`. On failure *document is NULL unless the status is
 * CLAIMANT_LIMIT, where it holds the diagnostics.
 * Returns OK, NO_MEMORY, BAD_ARGUMENT, BAD_DATA, TOO_LARGE, LIMIT, CANCELLED, or INTERNAL (a library that the
 * format needs is not here). */
ClaimantStatus claimant_extract(const ClaimantRules *rules, const ClaimantInput *input,
                                ClaimantDocument **document);

void claimant_document_free(ClaimantDocument *document);

/* ---- Items out ----------------------------------------------------------- */

typedef struct {
  size_t start, end;           /* code points */
  size_t byte_start, byte_end; /* bytes of the UTF-8 text */
} ClaimantSpan;

/* Where a role is filled from the letter instead of from words. */
typedef enum { CLAIMANT_REF_NONE, CLAIMANT_REF_ADDRESSEE, CLAIMANT_REF_WRITER, CLAIMANT_REF_UNSTATED } ClaimantRef;

typedef struct ClaimantItem ClaimantItem;

/* The text the offsets count in. UTF-8, 0-terminated, owned by the document. */
const char *claimant_text(const ClaimantDocument *document, size_t *bytes);

size_t              claimant_item_count(const ClaimantDocument *document);
const ClaimantItem *claimant_item(const ClaimantDocument *document, size_t index); /* NULL when out of range */

const char  *claimant_item_id(const ClaimantItem *item);
const char  *claimant_item_type(const ClaimantItem *item);
const char  *claimant_item_rule(const ClaimantItem *item);
const char  *claimant_item_entity(const ClaimantItem *item); /* NULL when it names no node of its own */
double       claimant_item_confidence(const ClaimantItem *item);
ClaimantSpan claimant_item_span(const ClaimantDocument *document, const ClaimantItem *item);
ClaimantSpan claimant_item_evidence(const ClaimantDocument *document, const ClaimantItem *item);

size_t      claimant_feature_count(const ClaimantItem *item);
const char *claimant_feature_name(const ClaimantItem *item, size_t index);
const char *claimant_feature_value(const ClaimantItem *item, size_t index);
const char *claimant_feature(const ClaimantItem *item, const char *name); /* NULL when absent */

typedef struct {
  const char  *name;
  ClaimantRef  ref;
  bool         has_span;
  ClaimantSpan span;   /* meaningful when has_span */
  const char  *entity; /* NULL when it names no node */
} ClaimantRole;

size_t       claimant_role_count(const ClaimantItem *item);
ClaimantRole claimant_role(const ClaimantDocument *document, const ClaimantItem *item, size_t index);

/* What changed features of an item: the id of a modifier, and where its words are, in order of place. */
typedef struct {
  const char  *rule; /* NULL when the index is out of range */
  ClaimantSpan span;
} ClaimantModifier;

size_t           claimant_modifier_count(const ClaimantItem *item);
ClaimantModifier claimant_modifier(const ClaimantDocument *document, const ClaimantItem *item, size_t index);

size_t                    claimant_diagnostic_count(const ClaimantDocument *document);
const ClaimantDiagnostic *claimant_diagnostic(const ClaimantDocument *document, size_t index);

#ifdef __cplusplus
}
#endif
#endif
