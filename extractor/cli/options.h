/* options.h: the options that commands share, parsed once. */
#ifndef CLAIMANT_CLI_OPTIONS_H
#define CLAIMANT_CLI_OPTIONS_H

#include "cli/cli.h"
#include "cli/option_list.h"
#include "write/writer.h"

typedef enum {
  FROM_GUESS,
  FROM_TEXT,
  FROM_HTML,
  FROM_XML,
  FROM_WORD, /* DOCX or ODT */
  FROM_MAIL,
  FROM_PDF,
  FROM_JSONL
} SourceFormat;

typedef enum { PROGRESS_GUESS, PROGRESS_NONE, PROGRESS_BAR, PROGRESS_JSON } Progress;

typedef struct {
  CommandName  command;
  SourceFormat from;
  WriteFn      write;
  const char  *table;    /* -t csv: the kind of items, or NULL: a file for each kind */
  bool         timeline; /* -t timeline: --format, or where the output goes, tells what to write */
  const char  *output; /* NULL: standard output */
  const char  *text;   /* file for the text that offsets count in, or NULL */
  const char  *date, *genre, *language, *base, *doc_iri;
  const char  *timestamp;     /* of the run, or NULL: none is written */
  char         time[32];      /* room for it */
  bool         compact;       /* evidence without quotations and bytes */
  bool         no_quotes;     /* what the letter says is left out */
  const char  *rules, *vocab; /* NULL: to be found, see where.h */
  const char  *gazetteers[64]; /* as claimant.h has them; point into argv */
  size_t       gazetteer_count;
  const char  *types;         /* comma-separated, or NULL for all */
  double       min_confidence;
  bool         plain;
  bool         shadow;  /* check: tell what rules hide from themselves */
  bool         profile; /* tell what each rule has cost */
  const char  *item, *rule;  /* explain: what to explain, or NULL */
  long         at;           /* explain: a code point of the letter, or -1 */
  const char  *format;       /* explain, check, timeline: how to tell it, or NULL; each knows its own */
  bool         only_failed;  /* check */
  bool         coverage;     /* check: what no example needs */
  double       min_coverage; /* check: percent of the alternatives, or -1 */
  bool         cost;         /* check: what each rule costs on a sample text */
  const char  *letters;      /* review: the folder with the letters, or NULL */
  char        *decisions[64]; /* files, in the order given; point into argv */
  size_t       decision_count;
  bool         only_accepted, exclude_rejected;
  const char  *files_from;   /* a list of files, or NULL */
  bool         zero;         /* the list's paths end in a byte 0 */
  const char  *output_dir;   /* one file a letter, or NULL */
  bool         resume;       /* pass over what is there */
  size_t       jobs;         /* letters at a time, from 1 */
  size_t       max_bytes;    /* of a letter */
  double       timeout;      /* seconds for a letter; 0: none */
  size_t       max_errors;   /* more of them end the run; SIZE_MAX: none do */
  Progress     progress;
  const char  *metrics; /* file for counts and rates, or NULL */
  char       **files;   /* "-" is standard input */
  size_t       file_count;
} Options;

enum { GO_ON = -1 };

/* Parses the arguments of a command, argv[0] apart. Returns GO_ON, or the status to exit with: help and version were
 * printed, or a fault was told. The files point into argv or to static storage. */
int options_parse(CommandName command, int argc, char **argv, Options *options);

/* Tells what is wrong with how a command was called, and where its help is. Returns the status to exit with. */
int usage_fault(const Options *options, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
