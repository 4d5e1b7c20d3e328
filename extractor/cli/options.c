#include "cli/options.h"

#include "cli/help.h"

#include "base/calendar.h"
#include "base/language.h"
#include "letter/letter.h"
#include "write/table.h"

#include <getopt.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

int usage_fault(const Options *options, const char *format, ...)
{
  const char *name = command_name(options->command);
  char        message[512];
  va_list     arguments;
  va_start(arguments, format);
  vsnprintf(message, sizeof message, format, arguments);
  va_end(arguments);
  say(NULL, 0, "%s (claimant %s%s--help shows how)", message, name, *name ? " " : "");
  return STATUS_USAGE;
}

static int set_source(Options *options, const char *name)
{
  static const struct {
    const char  *name;
    SourceFormat format;
  } formats[] = {{"text", FROM_TEXT}, {"html", FROM_HTML}, {"xml", FROM_XML}, {"docx", FROM_WORD},
                 {"odt", FROM_WORD},  {"eml", FROM_MAIL},  {"pdf", FROM_PDF}, {"jsonl", FROM_JSONL}};
  for (size_t i = 0; i < sizeof formats / sizeof *formats; ++i) {
    if (!strcmp(name, formats[i].name)) return options->from = formats[i].format, GO_ON;
  }
  return usage_fault(options, "unknown format \"%s\" for -f; text, html, xml, docx, odt, eml, pdf or jsonl was expected",
                     name);
}

static int set_target(Options *options, const char *name)
{
  static const struct {
    const char *name;
    WriteFn     write;
  } formats[] = {{"turtle", write_turtle}, {"ntriples", write_ntriples}, {"nquads", write_nquads},
                 {"trig", write_trig},     {"jsonl", write_jsonl},       {"jsonld", write_jsonld},
                 {"rdfxml", write_rdfxml}, {"dot", write_dot},           {"csv", write_table}};
  const char *colon = strncmp(name, "csv:", 4) ? NULL : name + 4;
  if (colon) name = "csv";
  for (size_t i = 0; i < sizeof formats / sizeof *formats; ++i) {
    if (strcmp(name, formats[i].name)) continue;
    options->write = formats[i].write;
    options->table = colon;
    options->timeline = false;
    return GO_ON;
  }
  options->timeline = !strcmp(name, "timeline");
  if (options->timeline) return GO_ON;
  return usage_fault(options, "unknown format \"%s\" for -t; turtle, ntriples, nquads, trig, jsonld, rdfxml, dot, jsonl, "
                              "csv or timeline was expected", name);
}

static bool all_digits(const char *text, size_t count) { return strspn(text, "0123456789") >= count; }

static int set_date(Options *options, const char *text)
{
  Moment day;
  if (strlen(text) != 10 || !calendar_parse(text, &day)) {
    return usage_fault(options, "\"%s\" for --date is no day of the calendar; YYYY-MM-DD, from the year 0001 on, was expected",
                       text);
  }
  options->date = text;
  return GO_ON;
}

static int set_genre(Options *options, const char *name)
{
  static const char *const names[] = {"letter", "news", "narrative"};
  for (size_t i = 0; i < sizeof names / sizeof *names; ++i) {
    if (!strcmp(name, names[i])) return options->genre = names[i], GO_ON;
  }
  return usage_fault(options, "unknown genre \"%s\" for --genre; letter, news or narrative was expected", name);
}

static int set_language(Options *options, const char *tag)
{
  if (!language_is_valid(tag))
    return usage_fault(options, "\"%s\" for --language is no language tag; one like en or pt-BR was expected", tag);
  options->language = tag;
  return GO_ON;
}

static int set_confidence(Options *options, const char *text)
{
  char *end;
  options->min_confidence = strtod(text, &end);
  if (end != text && !*end && options->min_confidence >= 0 && options->min_confidence <= 1) return GO_ON;
  return usage_fault(options, "\"%s\" for --min-confidence; a number from 0 to 1 was expected", text);
}

static int set_place(Options *options, const char *text)
{
  char *end;
  options->at = strtol(text, &end, 10);
  if (end != text && !*end && options->at >= 0) return GO_ON;
  return usage_fault(options, "\"%s\" for --at; a number of characters from the start of the text was expected",
                     text);
}

static void print_time(Options *options, time_t seconds)
{
  struct tm parts;
  if (gmtime_r(&seconds, &parts)) {
    strftime(options->time, sizeof options->time, "%Y-%m-%dT%H:%M:%SZ", &parts);
    options->timestamp = options->time;
  }
}

/* SOURCE_DATE_EPOCH (reproducible-builds.org) stands for the clock where it is set. */
static int set_clock(Options *options, bool now)
{
  const char *epoch = getenv("SOURCE_DATE_EPOCH");
  if (!epoch || !*epoch) {
    if (now) print_time(options, time(NULL));
    return GO_ON;
  }
  size_t length = strlen(epoch);
  if (length > 11 || !all_digits(epoch, length)) {
    return usage_fault(options, "SOURCE_DATE_EPOCH is \"%s\"; seconds since 1970 were expected", epoch);
  }
  print_time(options, (time_t)strtoll(epoch, NULL, 10));
  return GO_ON;
}

static int set_timestamp(Options *options, const char *text)
{
  if (!text) return set_clock(options, true);
  options->timestamp = text;
  return GO_ON;
}

static int set_coverage(Options *options, const char *text)
{
  char *end;
  options->coverage = true;
  options->min_coverage = strtod(text, &end);
  if (end != text && !*end && options->min_coverage >= 0 && options->min_coverage <= 100) return GO_ON;
  return usage_fault(options, "\"%s\" for --min-coverage; a number from 0 to 100 was expected", text);
}

enum { MOST_GAZETTEERS = sizeof((Options *)0)->gazetteers / sizeof(char *) };

static int add_gazetteer(Options *options, const char *text)
{
  if (options->gazetteer_count == MOST_GAZETTEERS)
    return usage_fault(options, "%s: at most 64 gazetteers at once were expected", text);
  if (!*text) return usage_fault(options, "--gazetteer needs the name of a file");
  options->gazetteers[options->gazetteer_count++] = text;
  return GO_ON;
}

static int set_evidence(Options *options, const char *text)
{
  options->compact = !strcmp(text, "compact");
  if (options->compact || !strcmp(text, "full")) return GO_ON;
  return usage_fault(options, "\"%s\" for --evidence; full or compact was expected", text);
}

static int add_decisions(Options *options, char *file)
{
  enum { MOST = sizeof options->decisions / sizeof *options->decisions };
  if (options->decision_count == MOST) return usage_fault(options, "--decisions is given more than 64 times");
  options->decisions[options->decision_count++] = file;
  return GO_ON;
}


/* A whole number from `least` to `most`, into one of the options. */
static int set_number(const Options *options, size_t *number, const char *name, const char *text, size_t least,
                      size_t most)
{
  char              *end;
  unsigned long long value = strtoull(text, &end, 10);
  *number = (size_t)value;
  if (all_digits(text, 1) && !*end && value >= least && value <= most) return GO_ON;
  return usage_fault(options, "\"%s\" for %s; a whole number from %zu to %zu was expected",
                     text, name, least, most);
}

/* As many as there are processors, where 0 is asked for. */
static int set_jobs(Options *options, const char *text)
{
  int status = set_number(options, &options->jobs, "--jobs", text, 0, 256);
  if (status != GO_ON || options->jobs) return status;
  long processors = sysconf(_SC_NPROCESSORS_ONLN);
  options->jobs = processors < 1 ? 1 : processors > 256 ? 256 : (size_t)processors;
  return GO_ON;
}

static int set_timeout(Options *options, const char *text)
{
  char *end;
  options->timeout = strtod(text, &end);
  if (end != text && !*end && options->timeout > 0 && options->timeout <= 1e6) return GO_ON;
  return usage_fault(options, "\"%s\" for --timeout-per-letter; seconds, more than 0, were expected", text);
}

static int set_progress(Options *options, const char *text)
{
  static const struct {
    const char *name;
    Progress    progress;
  } kinds[] = {{"bar", PROGRESS_BAR}, {"json", PROGRESS_JSON}, {"none", PROGRESS_NONE}};
  options->progress = PROGRESS_BAR;
  for (size_t i = 0; text && i < sizeof kinds / sizeof *kinds; ++i) {
    if (!strcmp(text, kinds[i].name)) return options->progress = kinds[i].progress, GO_ON;
  }
  return text ? usage_fault(options, "unknown progress \"%s\"; bar, json or none was expected", text) : GO_ON;
}

static int set_option(Options *options, int option)
{
  switch (option) {
  case 'f': return set_source(options, optarg);
  case 't': return set_target(options, optarg);
  case 'o': options->output = strcmp(optarg, "-") ? optarg : NULL; return GO_ON;
  case OPT_DATE: return set_date(options, optarg);
  case OPT_LETTERS: options->letters = optarg; return GO_ON;
  case OPT_DECISIONS: return add_decisions(options, optarg);
  case OPT_ONLY_ACCEPTED: options->only_accepted = true; return GO_ON;
  case OPT_EXCLUDE_REJECTED: options->exclude_rejected = true; return GO_ON;
  case OPT_GENRE: return set_genre(options, optarg);
  case OPT_LANGUAGE: return set_language(options, optarg);
  case OPT_BASE: options->base = optarg; return GO_ON;
  case OPT_DOC_IRI: options->doc_iri = optarg; return GO_ON;
  case OPT_TIMESTAMP: return set_timestamp(options, optarg);
  case OPT_RULES: options->rules = optarg; return GO_ON;
  case OPT_VOCAB: options->vocab = optarg; return GO_ON;
  case OPT_GAZETTEER: return add_gazetteer(options, optarg);
  case OPT_EVIDENCE: return set_evidence(options, optarg);
  case OPT_NO_QUOTES: options->no_quotes = true; return GO_ON;
  case OPT_FILES_FROM: options->files_from = optarg; return GO_ON;
  case '0': options->zero = true; return GO_ON;
  case OPT_OUTPUT_DIR: options->output_dir = optarg; return GO_ON;
  case OPT_RESUME: options->resume = true; return GO_ON;
  case 'j': return set_jobs(options, optarg);
  case OPT_MAX_BYTES: return set_number(options, &options->max_bytes, "--max-bytes", optarg, 1, LETTER_MAX_BYTES);
  case OPT_TIMEOUT: return set_timeout(options, optarg);
  case OPT_FAIL_FAST: options->max_errors = 0; return GO_ON;
  case OPT_MAX_ERRORS: return set_number(options, &options->max_errors, "--max-errors", optarg, 0, SIZE_MAX / 2);
  case OPT_PROGRESS: return set_progress(options, optarg);
  case OPT_TEXT: options->text = optarg; return GO_ON;
  case OPT_METRICS: options->metrics = optarg; return GO_ON;
  case OPT_TYPES: options->types = optarg; return GO_ON;
  case OPT_MIN_CONFIDENCE: return set_confidence(options, optarg);
  case OPT_PLAIN: options->plain = true; return GO_ON;
  case OPT_PROFILE: options->profile = true; return GO_ON;
  case OPT_SHADOW: options->shadow = true; return GO_ON;
  case OPT_ITEM: options->item = optarg; return GO_ON;
  case OPT_AT: return set_place(options, optarg);
  case OPT_RULE: options->rule = optarg; return GO_ON;
  case OPT_FORMAT: options->format = optarg; return GO_ON;
  case OPT_ONLY_FAILED: options->only_failed = true; return GO_ON;
  case OPT_COVERAGE: options->coverage = true; return GO_ON;
  case OPT_MIN_COVERAGE: return set_coverage(options, optarg);
  case OPT_COST: options->cost = true; return GO_ON;
  default: return GO_ON;
  }
}

/* An option of other commands, or NULL; `argument` is what stands in its place. */
static const OptionEntry *find_foreign(const char *argument, bool is_long)
{
  size_t length = strcspn(argument + 2 * is_long, "=");
  for (size_t i = 0; i < option_list_count; ++i) {
    const OptionEntry *entry = &option_list[i];
    if (is_long ? strlen(entry->name) == length && !strncmp(entry->name, argument + 2, length) : entry->code == optopt)
      return entry;
  }
  return NULL;
}

static int fault_of_foreign(const Options *options, const OptionEntry *entry)
{
  char   names[256] = "";
  size_t length = 0;
  for (CommandName command = OF_EXTRACT; command < COMMANDS; ++command) {
    if (!(entry->commands >> command & 1U) || length >= sizeof names) continue;
    length += (size_t)snprintf(names + length, sizeof names - length, "%s%s", length ? ", " : "", command_name(command));
  }
  return usage_fault(options, "%s takes no --%s, which is for %s", command_name(options->command), entry->name, names);
}

/* getopt's '?' and ':' in words. `argument` is the one it stopped at. */
static int explain_fault(const Options *options, int fault, const char *argument)
{
  char               name[3] = {'-', (char)optopt, '\0'};
  bool               is_long = !strncmp(argument, "--", 2) && (fault == ':' || !optopt || strchr(argument, '='));
  const OptionEntry *foreign = fault == '?' && !(is_long && optopt) ? find_foreign(argument, is_long) : NULL;
  if (foreign) return fault_of_foreign(options, foreign);
  if (fault == ':') return usage_fault(options, "%s needs a value", is_long ? argument : name);
  if (is_long && optopt) return usage_fault(options, "%s takes no value", argument);
  return usage_fault(options, "unknown option %s", is_long ? argument : name);
}

/* A slip such as "-o *.txt" would put the graph in the place of the letter. */
static bool replaces_input(const Options *options)
{
  struct stat written, read;
  if (!options->output || stat(options->output, &written) || !S_ISREG(written.st_mode)) return false;
  for (size_t i = 0; i < options->file_count; ++i) {
    if (!strcmp(options->files[i], "-") || stat(options->files[i], &read)) continue;
    if (read.st_dev == written.st_dev && read.st_ino == written.st_ino) return true;
  }
  return false;
}

/* What cannot go together; found only when all is read. */
static int check(const Options *options)
{
  bool many = options->file_count > 1 || options->from == FROM_JSONL || options->files_from;
  if (options->doc_iri && many) {
    return usage_fault(options, "--doc-iri names one letter, and several are given; --base, or the field \"iri\" of "
                                "JSON Lines, was expected");
  }
  if ((options->only_accepted || options->exclude_rejected) && !options->decision_count)
    return usage_fault(options, "%s needs --decisions FILE",
                       options->only_accepted ? "--only-accepted" : "--exclude-rejected");
  if (options->text && many)
    return usage_fault(options, "--text holds the text of one letter, and several are given");
  if (options->output && options->output_dir)
    return usage_fault(options, "-o and --output-dir both say where answers go; one was expected");
  if (options->resume && !options->output_dir)
    return usage_fault(options, "--resume passes over what is in a folder; --output-dir was expected");
  bool tables = options->write == write_table && !options->timeline;
  if (tables && !options->table && !options->output_dir)
    return usage_fault(options, "-t csv is a table for each kind of item; one of them, as csv:Demand, or --output-dir for "
                                "a file each was expected");
  if (tables && options->table && options->output_dir)
    return usage_fault(options, "--output-dir with a kind has one table; -o, or -t csv for a file for each kind, was expected");
  if (tables && options->resume)
    return usage_fault(options, "--resume passes over letters, and tables hold all of them: without it was expected");
  if (options->zero && !options->files_from)
    return usage_fault(options, "-0 is how a list of files is written; --files-from was expected");
  if (options->output && !*options->output) return usage_fault(options, "-o needs the name of a file");
  if (replaces_input(options)) {
    return usage_fault(options, "%s is to be read and to be written; another file was expected after -o", options->output);
  }
  return GO_ON;
}

/* For getopt_long: the options that the command takes, and their letters. */
enum { MOST_OPTIONS = 96, MOST_LETTERS = 64 };

static void list_options(CommandName command, struct option list[MOST_OPTIONS], char letters[MOST_LETTERS])
{
  size_t count = 0, length = 0;
  letters[length++] = ':';
  for (size_t i = 0; i < option_list_count && count + 1 < MOST_OPTIONS && length + 3 < MOST_LETTERS; ++i) {
    const OptionEntry *entry = &option_list[i];
    if (!(entry->commands >> command & 1U)) continue;
    int argument = !entry->value ? no_argument : *entry->value == '[' ? optional_argument : required_argument;
    list[count++] = (struct option){entry->name, argument, NULL, entry->code};
    if (entry->code > UCHAR_MAX) continue;
    letters[length++] = (char)entry->code;
    if (argument == required_argument) letters[length++] = ':';
  }
  list[count] = (struct option){0};
  letters[length] = '\0';
}

int options_parse(CommandName command, int argc, char **argv, Options *options)
{
  static char  *standard_input[] = {"-"};
  struct option list[MOST_OPTIONS];
  char          letters[MOST_LETTERS];
  list_options(command, list, letters);
  *options = (Options){.command = command,
                       .write = write_turtle,
                       .at = -1,
                       .min_coverage = -1,
                       .jobs = 1,
                       .max_bytes = LETTER_MAX_BYTES,
                       .max_errors = SIZE_MAX};
  opterr = 0;
  for (int option; (option = getopt_long(argc, argv, letters, list, NULL)) != -1;) {
    if (option == 'h') return print_help(command);
    if (option == OPT_VERSION) return print_version(options);
    if (option == '?' || option == ':') return explain_fault(options, option, argv[optind - 1]);
    int status = set_option(options, option);
    if (status != GO_ON) return status;
  }
  options->files = optind < argc ? argv + optind : standard_input;
  options->file_count = optind < argc ? (size_t)(argc - optind) : options->files_from ? 0 : 1;
  int status = options->timestamp ? GO_ON : set_clock(options, false);
  return status == GO_ON ? check(options) : status;
}
