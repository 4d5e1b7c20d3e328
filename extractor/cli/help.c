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

typedef struct {
  const char *name, *does, *examples, *usage, *more;
} CommandHelp;

static const char all_examples[] =
    "  claimant letter.txt                     the letter's graph, in Turtle\n"
    "  claimant -o letter.ttl letter.html      into a file\n"
    "  claimant --types Demand,Law letter.txt  only what is demanded and the laws\n"
    "  claimant -t timeline letter.txt         what the letter dates, in order of time\n"
    "  claimant explain --at 120 letter.txt    how the item there came about\n"
    "  claimant audit letters/*.txt -o pages   a page a letter, to check each item by hand\n"
    "  claimant -f jsonl -t jsonl < in > out   a pipeline: one document a line in, one out\n";

static const char extract_examples[] =
    "  claimant letter.txt                     the letter's graph, in Turtle\n"
    "  claimant -t ntriples letters/*.txt      many letters, one graph\n"
    "  claimant -t csv --output-dir tables letters/*.txt\n"
    "                                          a table for each kind of item\n"
    "  curl -s URL | claimant -f html          a page from elsewhere\n"
    "  claimant --gazetteer names.ttl letter.txt\n"
    "                                          with names of your own\n"
    "  claimant --decisions ana.csv --only-accepted letter.txt\n"
    "                                          only what a reviewer accepted\n"
    "  claimant -f jsonl -t jsonl < in > out   a pipeline: one document a line in, one out\n"
    "  claimant -f jsonl -t nquads -j 0 --output-dir answers --resume < in\n"
    "                                          many letters: a file each, to be taken up again\n";

/* By CommandName. `more` stands below the options. */
static const CommandHelp helps[COMMANDS] = {
    [OF_ALL] = {"", "finds who claims and demands what in letters, and writes it as linked data", all_examples,
                "[COMMAND] [OPTION...] [FILE...]", NULL},
    [OF_EXTRACT] = {"extract", "write what is in letters; the word may be left out", extract_examples,
                    "[OPTION...] [LETTER...]",
                    "Without LETTER, or where LETTER is -, standard input is read.\n"},
    [OF_CHECK] = {"check", "run the examples that rules carry; tell what they leave untested, and what rules cost",
                  "  claimant check my-rules                 the examples and counters of a rule set\n"
                  "  claimant check my-rules/laws.xml bill   those of one rule of it\n"
                  "  claimant check --coverage my-rules      and what of the rules no example needs\n"
                  "  claimant check --cost letter.txt        what each of the rules costs on a letter\n",
                  "[OPTION...] [RULES] [RULE...]\n"
                  "       claimant check --cost|--shadow [OPTION...] [LETTER...]",
                  "RULES is a rule file or a folder with a ruleset.xml, the rules in use where it is missing;\n"
                  "RULE is the id of a rule.\n"},
    [OF_EXPLAIN] = {"explain", "tell how items came about: rule, groups, roles, what they beat, links",
                    "  claimant explain letter.txt             how every item came about\n"
                    "  claimant explain --at 120 letter.txt    the items over one place\n"
                    "  claimant explain --rule demand-performative letter.txt\n"
                    "                                          what one rule found\n",
                    "[OPTION...] [LETTER]", "Without LETTER, or where it is -, standard input is read.\n"},
    [OF_WHY_NOT] = {"why-not", "tell how far a rule came on a text, or what it lost to",
                    "  claimant why-not date-day-month 'on 3 of May'\n"
                    "  claimant why-not --rules my-rules petition letter.txt\n",
                    "[OPTION...] RULE TEXT|LETTER", "RULE is the id of a rule.\n"},
    [OF_LIST] = {"list", "print the ids of the rules in use, or the types of items, one a line",
                 "  claimant list types\n"
                 "  claimant list --rules my-rules rules\n",
                 "[OPTION...] rules|types", NULL},
    [OF_AUDIT] = {"audit", "write pages on which a person checks items by hand",
                  "  claimant audit letters/*.txt -o pages   a page a letter, and pages/index.html over them\n",
                  "[OPTION...] LETTER... -o DIR", NULL},
    [OF_REVIEW] = {"review", "report on decisions, make a measure of them, suggest examples for rules",
                   "  claimant review import ana.csv ben.csv --letters letters\n"
                   "                                          precision by rule, agreement, orphans\n"
                   "  claimant review gold ana.csv --letters letters -o gold.jsonl\n"
                   "                                          a measure for claimant score\n"
                   "  claimant review suggest ana.csv --letters letters\n"
                   "                                          examples and counters for the worst rules\n",
                   "import|gold|suggest [OPTION...] DECISIONS...", NULL},
    [OF_SCORE] = {"score", "compare what was found with a measure: precision, recall and F1",
                  "  claimant -t jsonl letters/*.txt > found.jsonl\n"
                  "  claimant score gold.jsonl found.jsonl\n",
                  "[OPTION...] GOLD FOUND", NULL},
    [OF_DIFF] = {"diff", "tell what changed between two outputs: items gained, lost and altered, by rule and type",
                 "  claimant -t jsonl letters/*.txt > old.jsonl\n"
                 "  claimant -t jsonl --rules new-rules letters/*.txt > new.jsonl\n"
                 "  claimant diff old.jsonl new.jsonl       what the new rules changed\n",
                 "[OPTION...] OLD NEW",
                 "OLD and NEW are what -t jsonl wrote; letters are told apart by their id.\n"
                 "Exit status: 0 the same, 1 they differ; the others as everywhere.\n"},
    [OF_MERGE] = {"merge", "put many letters together: the same institutions and laws, people who may be the same",
                  "  claimant -t nquads letters/*.txt > letters.nq\n"
                  "  claimant merge letters.nq > shared.ttl\n",
                  "[OPTION...] GRAPH|LINES...", "GRAPH is Turtle, N-Triples, N-Quads or TriG, LINES what -t jsonl wrote.\n"},
    [OF_VOCAB] = {"vocab", "make gazetteers one file that opens in milliseconds, or a vocabulary a page to read",
                  "  claimant vocab compile names.ttl more.nt -o names.bin\n"
                  "  claimant --gazetteer names.bin letter.txt\n"
                  "  claimant vocab page vocab/claimant.ttl -o vocabulary.html\n",
                  "compile FILE... -o FILE\n"
                  "       claimant vocab page FILE -o FILE", NULL},
    [OF_RULES] = {"rules", "make a rule set one file that loads in milliseconds",
                  "  claimant rules compile my-rules -o build/rules.bin\n", "compile RULES -o FILE",
                  "It is used in place of the rule files, where it lies in the folder of the vocabulary, as long as they\n"
                  "have not changed.\n"},
};

static const char exit_status[] =
    "Exit status: 0 fine, 1 some letters failed, 2 wrong usage, 65 bad data or rules, 66 no input\n"
    "could be opened, 70 internal, 74 the output could not be written.\n";

const char *command_name(CommandName command) { return helps[command].name; }

/* "  -o, --output FILE        write ...", the text from a column on, in as many lines as it has. */
static void print_option(const OptionEntry *entry)
{
  enum { COLUMN = 27 };
  const char *value = entry->value ? entry->value : "";
  int         used = entry->code < 256 ? printf("  -%c, ", entry->code) : printf("      ");
  used += printf("--%s%s%s", entry->name, *value && *value != '[' ? " " : "", value);
  if (used > COLUMN - 2) putchar('\n'), used = 0;
  for (const char *line = entry->text; *line; used = 0) {
    int length = (int)strcspn(line, "\n");
    printf("%*s%.*s\n", COLUMN - used, "", length, line);
    line += length + (line[length] == '\n');
  }
}

static void print_options(CommandName command)
{
  for (size_t i = 0; i < option_list_count; ++i)
    if (option_list[i].text && option_list[i].commands >> command & 1U) print_option(&option_list[i]);
}

static void print_commands(void)
{
  for (CommandName command = OF_EXTRACT; command < COMMANDS; ++command)
    printf("  %-9s %s\n", helps[command].name, helps[command].does);
}

static int finish_stdout(int status)
{
  if (!ferror(stdout) && !fflush(stdout)) return status;
  say("standard output", 0, "cannot be written");
  return STATUS_OUTPUT;
}

static void print_overview(void)
{
  const CommandHelp *help = &helps[OF_ALL];
  printf("Claimant %s.\n\nExamples:\n%s\nUsage: claimant %s\n", help->does, help->examples, help->usage);
  puts("Without FILE, or where FILE is -, standard input is read.\n\nCommands:");
  print_commands();
  puts("\nclaimant COMMAND --help tells the rest of each. What is asked for most, without a command:");
  print_options(OF_ALL);
  printf("\n%s", exit_status);
}

static void print_command(CommandName command)
{
  const CommandHelp *help = &helps[command];
  printf("claimant %s: %s.\n\nExamples:\n%s\nUsage: claimant %s %s\n", help->name, help->does, help->examples,
         help->name, help->usage);
  if (help->more) fputs(help->more, stdout);
  putchar('\n');
  print_options(command);
  printf("\n%s", exit_status);
}

int print_help(CommandName command)
{
  if (command == OF_ALL) print_overview();
  else print_command(command);
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
