#include "cli/option_list.h"

enum {
  ALL = 1 << OF_ALL,
  EXTRACT = 1 << OF_EXTRACT,
  CHECK = 1 << OF_CHECK,
  EXPLAIN = 1 << OF_EXPLAIN,
  WHY_NOT = 1 << OF_WHY_NOT,
  LIST = 1 << OF_LIST,
  AUDIT = 1 << OF_AUDIT,
  REVIEW = 1 << OF_REVIEW,
  SCORE = 1 << OF_SCORE,
  MERGE = 1 << OF_MERGE,
  VOCAB = 1 << OF_VOCAB,
  RULES = 1 << OF_RULES,
  ANY = (1 << COMMANDS) - 1,
  LETTERS = EXTRACT | AUDIT | EXPLAIN | REVIEW,          /* what reads letters with all that is said about them */
  KNOWING = LETTERS | CHECK | WHY_NOT | LIST             /* what loads rules */
};

const OptionEntry option_list[] = {
    {"from", 'f', ALL | EXTRACT | AUDIT | EXPLAIN | WHY_NOT | CHECK, "FORMAT",
     "text, html, xml, docx, odt, eml (e-mail), pdf or jsonl, packed with gzip\n"
     "or zstd or not; guessed from name and content where not given"},
    {"to", 't', ALL | EXTRACT, "FORMAT",
     "turtle (the default), ntriples, nquads or trig (a named graph a\n"
     "letter), jsonld (a document a line), rdfxml, dot (for Graphviz), jsonl,\n"
     "timeline, csv:KIND (a table of the items of a type, or csv:letters), or\n"
     "csv with --output-dir DIR: DIR/KIND.csv for each kind, all letters in it"},
    {"to", 't', MERGE, "FORMAT", "turtle (the default), ntriples or nquads"},
    {"output", 'o', ALL | EXTRACT | MERGE | REVIEW | SCORE, "FILE",
     "write FILE, which appears only when it is whole"},
    {"output", 'o', AUDIT, "DIR", "the folder for the pages, made where it is missing; needed"},
    {"output", 'o', VOCAB | RULES, "FILE", "the file to write; needed"},
    {"output-dir", OPT_OUTPUT_DIR, EXTRACT, "DIR",
     "a file for each letter, named by the letter's hash, in place of one output"},
    {"text", OPT_TEXT, EXTRACT, "FILE", "write the text that offsets count in"},
    {"date", OPT_DATE, ALL | LETTERS, "YYYY-MM-DD", "the letter's date, where the letter does not say"},
    {"genre", OPT_GENRE, LETTERS, "GENRE",
     "the kind of text: letter (the default), news or narrative; news leans on\n"
     "its own day, narratives go on from the date they mentioned last"},
    {"language", OPT_LANGUAGE, LETTERS | WHY_NOT, "TAG",
     "the language of the letter, as en or pt-BR, which else its page or its\n"
     "words tell; rules for others are left out"},
    {"types", OPT_TYPES, ALL | EXTRACT | AUDIT, "LIST", "only items of these types, separated by commas"},
    {"min-confidence", OPT_MIN_CONFIDENCE, EXTRACT | AUDIT, "N", "only items at least this sure, from 0 to 1"},
    {"item", OPT_ITEM, EXPLAIN, "ID", "only this item, or the mentions of this entity"},
    {"at", OPT_AT, EXPLAIN, "N", "only items over the N-th character, from 0"},
    {"rule", OPT_RULE, EXPLAIN, "ID", "only what this rule found"},
    {"rule", OPT_RULE, CHECK, "ID", "only this rule"},
    {"coverage", OPT_COVERAGE, CHECK, NULL,
     "tell of alternatives, vetoes and table rows that no example or counter\n"
     "needs, of what nothing uses, rules that never win, and ties"},
    {"min-coverage", OPT_MIN_COVERAGE, CHECK, "N",
     "fail unless N percent of the alternatives and every veto are needed"},
    {"cost", OPT_COST, CHECK, NULL,
     "what each rule costs on letters, else on its set's examples, dearest\n"
     "first, and the rules that no word or type triggers"},
    {"shadow", OPT_SHADOW, CHECK, NULL, "tell of text that types named by a rule hide from it"},
    {"only-failed", OPT_ONLY_FAILED, CHECK, NULL, "leave out what passes"},
    {"format", OPT_FORMAT, EXTRACT, "FORMAT",
     "of -t timeline: table (the default on a terminal), csv (elsewhere) or\n"
     "json (an object a letter)"},
    {"format", OPT_FORMAT, CHECK, "FORMAT", "text (the default), json or junit"},
    {"format", OPT_FORMAT, EXPLAIN, "FORMAT", "text (the default), json (an object a line) or turtle (PROV)"},
    {"format", OPT_FORMAT, REVIEW, "FORMAT", "of import: text (the default) or json"},
    {"format", OPT_FORMAT, SCORE, "FORMAT", "text (the default) or json"},
    {"letters", OPT_LETTERS, REVIEW, "DIR",
     "the folder with the letters that were decided on; gold and suggest need it"},
    {"base", OPT_BASE, LETTERS | MERGE, "IRI", "put in front of a letter's hash to make its IRI (ends in /)"},
    {"doc-iri", OPT_DOC_IRI, EXTRACT | AUDIT, "IRI", "the IRI of the letter, where it has one"},
    {"timestamp", OPT_TIMESTAMP, EXTRACT, "[=TIME]",
     "say when the run was; now, or TIME such as 2020-01-31T12:00:00Z"},
    {"evidence", OPT_EVIDENCE, EXTRACT, "SIZE",
     "in graphs: full (the default), or compact: the position alone, half the size"},
    {"no-quotes", OPT_NO_QUOTES, EXTRACT, NULL,
     "leave out what the letter says; names, values and positions remain"},
    {"decisions", OPT_DECISIONS, EXTRACT, "FILE",
     "what reviewers decided, as audit pages save it; it becomes provenance"},
    {"only-accepted", OPT_ONLY_ACCEPTED, EXTRACT, NULL,
     "with --decisions: only items that were accepted, as they were corrected"},
    {"exclude-rejected", OPT_EXCLUDE_REJECTED, EXTRACT, NULL,
     "with --decisions: all items but those that were rejected"},
    {"jobs", 'j', ALL | EXTRACT, "N",
     "letters at a time, 0: as many as there are processors; the output is the same"},
    {"files-from", OPT_FILES_FROM, EXTRACT, "FILE",
     "read the names of letters, one a line, from FILE or standard input (-)"},
    {"null", '0', EXTRACT, NULL, "those names end in a byte 0 instead"},
    {"resume", OPT_RESUME, EXTRACT, NULL,
     "with --output-dir: pass over letters that DIR has an answer for, by the same\nrules"},
    {"max-bytes", OPT_MAX_BYTES, EXTRACT, "N", "fail letters that are larger (at most 16 MiB, as without it)"},
    {"timeout-per-letter", OPT_TIMEOUT, EXTRACT, "SECONDS", "fail letters that take longer"},
    {"fail-fast", OPT_FAIL_FAST, EXTRACT, NULL, "end with the first letter that fails"},
    {"max-errors", OPT_MAX_ERRORS, EXTRACT, "N", "end when more than N letters failed"},
    {"progress", OPT_PROGRESS, EXTRACT, "[=KIND]",
     "bar (where standard error is a terminal and output is not), json or none"},
    {"metrics", OPT_METRICS, EXTRACT, "FILE", "write counts and rates of the run as JSON"},
    {"profile", OPT_PROFILE, EXTRACT, NULL, "tell on standard error what each rule has cost, dearest first"},
    {"rules", OPT_RULES, ALL | KNOWING, "DIR", "the rules to use (also: CLAIMANT_RULES in the environment)"},
    {"vocab", OPT_VOCAB, KNOWING | VOCAB, "DIR", "the folder with the compiled vocabulary"},
    {"gazetteer", OPT_GAZETTEER, KNOWING, "FILE",
     "names of your own, with SKOS or RDFS labels in Turtle or N-Triples (.nt), or\n"
     "compiled; TYPE=FILE says of what type they are, else their classes do"},
    {"plain", OPT_PLAIN, ANY, NULL, NULL},
    {"help", 'h', ANY, NULL, "this page"},
    {"version", OPT_VERSION, ANY, NULL, "versions of the program, its libraries and the rules"},
};

const size_t option_list_count = sizeof option_list / sizeof *option_list;
