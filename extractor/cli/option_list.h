/* option_list.h: every option there is, which commands take it, and what help says of it. */
#ifndef CLAIMANT_CLI_OPTION_LIST_H
#define CLAIMANT_CLI_OPTION_LIST_H

#include <stddef.h>

/* The commands, in the order in which help tells of them; OF_ALL is help that is asked for without one. */
typedef enum {
  OF_ALL,
  OF_EXTRACT,
  OF_CHECK,
  OF_EXPLAIN,
  OF_WHY_NOT,
  OF_LIST,
  OF_AUDIT,
  OF_REVIEW,
  OF_SCORE,
  OF_DIFF,
  OF_MERGE,
  OF_VOCAB,
  OF_RULES,
  COMMANDS
} CommandName;

/* What getopt_long returns for those without a letter of their own. */
enum {
  OPT_DATE = 256,
  OPT_GENRE,
  OPT_LANGUAGE,
  OPT_LETTERS,
  OPT_DECISIONS,
  OPT_ONLY_ACCEPTED,
  OPT_EXCLUDE_REJECTED,
  OPT_BASE,
  OPT_DOC_IRI,
  OPT_RULES,
  OPT_VOCAB,
  OPT_GAZETTEER,
  OPT_EVIDENCE,
  OPT_NO_QUOTES,
  OPT_TYPES,
  OPT_MIN_CONFIDENCE,
  OPT_PLAIN,
  OPT_PROFILE,
  OPT_SHADOW,
  OPT_ITEM,
  OPT_AT,
  OPT_RULE,
  OPT_FORMAT,
  OPT_ONLY_FAILED,
  OPT_COVERAGE,
  OPT_MIN_COVERAGE,
  OPT_COST,
  OPT_TIMESTAMP,
  OPT_FILES_FROM,
  OPT_OUTPUT_DIR,
  OPT_RESUME,
  OPT_JOBS,
  OPT_MAX_BYTES,
  OPT_TIMEOUT,
  OPT_FAIL_FAST,
  OPT_MAX_ERRORS,
  OPT_PROGRESS,
  OPT_METRICS,
  OPT_TEXT,
  OPT_VERSION
};

/* An option stands here more than once where it means different things to different commands. */
typedef struct {
  const char *name;
  int         code;     /* an OPT_, or the option's letter */
  unsigned    commands; /* a bit for each CommandName */
  const char *value;    /* as help shows it, "FILE"; "[=KIND]" where it may be missing; NULL: it takes none */
  const char *text;     /* lines with line breaks between them; NULL: help does not tell of it */
} OptionEntry;

extern const OptionEntry option_list[];
extern const size_t      option_list_count;

#endif
