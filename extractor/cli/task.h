/* task.h: a letter to be read, and what is said in answer. */
#ifndef CLAIMANT_CLI_TASK_H
#define CLAIMANT_CLI_TASK_H

#include "base/hash.h"
#include "cli/input.h"

enum { MOST_TABLES = 64 };

typedef enum {
  TASK_FILE, /* the whole of `input` */
  TASK_LINE, /* a line of JSON Lines: `text`, `size` */
  TASK_FAULT, /* could not be read: `status`, `error` */
  TASK_END   /* no letter: the JSON Lines file ends here */
} TaskKind;

typedef struct {
  TaskKind       kind;
  const char    *place; /* the file's name, for messages */
  const char    *name;  /* of a file, as the user gave it */
  size_t         line;  /* of JSON Lines, from 1, else 0 */
  const char    *text;
  size_t         size;
  Input          input;
  SourceFormat   format;
  ClaimantStatus status;
  int            error;  /* errno */
  char          *memory; /* owned: of place and text, or NULL */
} Task;

typedef struct {
  Buffer      out;      /* for the output */
  size_t      head, tail; /* bytes it begins and ends with that stand once for all letters: names of columns, a root element */
  size_t      ends[MOST_TABLES]; /* where each of several tables in it ends */
  Buffer      text;     /* that offsets count in, where --text asks for it */
  Buffer      messages; /* for people, whole lines */
  const char *place;    /* of TASK_END */
  bool        end;      /* of TASK_END; else one of: */
  bool        failed, skipped, abandoned;
  int         status; /* what all-failing runs exit with */
  const char *code;   /* of the fault; static */
  int         stop;   /* GO_ON, or the status to exit with at once */
  bool        of_line;
  size_t      bytes, items;
  char        handle[SHA256_HEX + 1]; /* of the line, or of the path */
  char        sha256[SHA256_HEX + 1]; /* of the letter; empty: never seen */
} Answer;

void task_free(Task *task);
void answer_clear(Answer *answer); /* keeps the memory, unless it is large */
void answer_free(Answer *answer);

#endif
