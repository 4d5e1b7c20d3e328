#include "cli/help.h"

#include "cli/where.h"

#include <jansson.h>
#include <libxml/xmlversion.h>
#include <nettle/version.h>
#include <raptor2.h>
#include <stdio.h>
#include <string.h>
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

/* In parts, since compilers need not take a string of more than 4,095 characters. */
static const char *const help[] = {
    "Examples:\n"
    "  claimant letter.txt                     the letter's graph, in Turtle\n"
    "  claimant -o letter.ttl letter.html      into a file\n"
    "  claimant -t ntriples letters/*.txt      many letters, one graph\n"
    "  curl -s URL | claimant -f html          a page from elsewhere\n"
    "  claimant -f jsonl -t jsonl < in > out   a pipeline: one document a line in, one out\n"
    "  claimant -f jsonl -t nquads -j 0 --output-dir answers --resume < in\n"
    "                                          many letters: a file each, to be taken up again\n"
    "  claimant --types Demand,Law letter.txt  only what is demanded and the laws\n"
    "  claimant -t timeline letter.txt         what the letter dates, in order of time\n"
    "  claimant check my-rules                 the examples that rules carry\n"
    "  claimant check --coverage my-rules      and what of the rules no example needs\n"
    "  claimant merge -o shared.ttl *.nt       the same institutions and laws in many graphs\n"
    "  claimant explain --at 120 letter.txt    how the item there came about\n"
    "  claimant why-not date-day-month 'on 3 of May'\n"
    "                                          how far a rule came on a text, or what it lost to\n"
    "  claimant audit letters/*.txt -o pages   a page a letter, to check each item by hand\n"
    "\n"
    "Usage: claimant [extract] [OPTION...] [FILE...]\n"
    "       claimant check [OPTION...] [RULE-FILE|RULE-FOLDER] [RULE...]\n"
    "       claimant check --cost|--shadow [OPTION...] [LETTER...]\n"
    "       claimant explain [--item ID] [--at N] [--rule ID] [--format text|json|turtle] [FILE]\n"
    "       claimant why-not RULE TEXT|FILE\n"
    "       claimant list rules|types\n"
    "       claimant vocab compile FILE... -o NAMES.bin\n"
    "       claimant audit [OPTION...] FILE... -o DIR\n"
    "       claimant merge [-t turtle|ntriples] [-o FILE] [--base IRI] GRAPH|LINES...\n"
    "       claimant review import|gold|suggest [--letters DIR] DECISIONS...\n"
    "       claimant score GOLD SYSTEM\n"
    "Without FILE, or where FILE is -, standard input is read.\n"
    "\n",
    "  -f, --from FORMAT        text, html, xml, docx, odt, eml (e-mail), pdf or jsonl, packed with gzip\n"
    "                           or zstd or not; guessed from name and content where not given\n"
    "  -t, --to FORMAT          turtle (the default), ntriples, nquads or trig (a named graph a\n"
    "                           letter), jsonl or timeline\n"
    "  -o, --output FILE        write FILE, which appears only when it is whole\n"
    "      --date YYYY-MM-DD    the letter's date, where the letter does not say\n"
    "      --genre GENRE        the kind of text: letter (the default), news or narrative; news leans on\n"
    "                           its own day, narratives go on from the date they mentioned last\n"
    "      --language TAG       the language of the letter, as en or pt-BR; rules for others are left out\n"
    "      --base IRI           put in front of the letter's hash to make its IRI (ends in /)\n"
    "      --doc-iri IRI        the IRI of the letter, where it has one\n"
    "      --timestamp[=TIME]   say when the run was; now, or TIME such as 2020-01-31T12:00:00Z\n"
    "      --evidence SIZE      in graphs: full (the default), or compact: the position alone, half the size\n"
    "      --no-quotes          leave out what the letter says; names, values and positions remain\n"
    "      --rules DIR          the rules to use (also: CLAIMANT_RULES in the environment)\n"
    "      --vocab DIR          the folder with the compiled vocabulary\n"
    "      --gazetteer FILE     names of your own, with SKOS or RDFS labels in Turtle or N-Triples (.nt), or\n"
    "                           compiled; TYPE=FILE says of what type they are, else their classes do\n"
    "      --types LIST         only items of these types, separated by commas\n"
    "      --min-confidence N   only items at least this sure, from 0 to 1\n"
    "  -j, --jobs N             letters at a time, 0: as many as there are processors; the output is the same\n"
    "      --files-from FILE    read the names of letters, one a line, from FILE or standard input (-)\n"
    "  -0, --null               those names end in a byte 0 instead\n"
    "      --output-dir DIR     a file for each letter, named by the letter's hash, in place of one output\n"
    "      --resume             pass over letters that DIR has an answer for, by the same rules\n"
    "      --max-bytes N        fail letters that are larger (at most 16 MiB, as without it)\n"
    "      --timeout-per-letter SECONDS\n"
    "                           fail letters that take longer\n"
    "      --fail-fast          end with the first letter that fails\n"
    "      --max-errors N       end when more than N letters failed\n"
    "      --progress[=KIND]    bar (where standard error is a terminal and output is not), json or none\n"
    "      --text FILE          write the text that offsets count in\n"
    "      --metrics FILE       write counts and rates of the run as JSON\n",
    "      --profile            tell on standard error what each rule has cost, dearest first\n",
    "      --only-failed        check: leave out what passes\n"
    "      --coverage           check: tell of alternatives, vetoes and table rows that no example or counter\n"
    "                           needs, of what nothing uses, rules that never win, and ties\n"
    "      --min-coverage N     check: fail unless N percent of the alternatives and every veto are needed\n"
    "      --cost               check: what each rule costs on letters, else on its set's examples,\n"
    "                           dearest first, and the rules that no word or type triggers\n"
    "      --shadow             check: tell of text that types named by a rule hide from it\n"
    "      --item ID            explain: only this item, or the mentions of this entity\n"
    "      --at N               explain: only items over the N-th character, from 0\n"
    "      --rule ID            explain: only what this rule found; check: only this rule\n"
    "      --format FORMAT      explain: text (the default), json (an object a line) or turtle (PROV);\n"
    "                           check: text (the default), json or junit; -t timeline: table (the\n"
    "                           default on a terminal), csv (elsewhere) or json (an object a letter)\n"
    "      --decisions FILE     what reviewers decided, as audit pages save it; it becomes provenance\n"
    "      --only-accepted      with --decisions: only items that were accepted, as they were corrected\n"
    "      --exclude-rejected   with --decisions: all items but those that were rejected\n"
    "      --letters DIR        review: the folder with the letters that were decided on\n"
    "  -h, --help               this page\n"
    "      --version            versions of the program, its libraries and the rules\n"
    "\n"
    "Exit status: 0 fine, 1 some letters failed, 2 wrong usage, 65 bad data or rules, 66 no input\n"
    "could be opened, 70 internal, 74 the output could not be written.\n",
};

static int finish_stdout(int status)
{
  if (!ferror(stdout) && !fflush(stdout)) return status;
  say("standard output", 0, "cannot be written");
  return STATUS_OUTPUT;
}

int print_help(void)
{
  for (size_t i = 0; i < sizeof help / sizeof *help; ++i) fputs(help[i], stdout);
  return finish_stdout(STATUS_FINE);
}

int print_version(const Options *options)
{
  char           pcre2[64] = "";
  ClaimantRules *rules = NULL;
  pcre2_config(PCRE2_CONFIG_VERSION, pcre2);
  pcre2[strcspn(pcre2, " ")] = '\0';
  printf("claimant %s\n", CLAIMANT_VERSION);
  printf("libxml2 %s, raptor2 %s, pcre2 %s, jansson %s, nettle %d.%d\n", LIBXML_DOTTED_VERSION,
         RAPTOR_VERSION_STRING, pcre2, JANSSON_VERSION, NETTLE_VERSION_MAJOR, NETTLE_VERSION_MINOR);
  fflush(stdout);
  int status = open_rules(options, false, &rules);
  if (status != GO_ON) return finish_stdout(status);
  printf("rules %s\n", claimant_rules_hash(rules));
  claimant_rules_free(rules);
  return finish_stdout(STATUS_FINE);
}
