/* letters.h: the letters of a file, one of text or HTML or many as JSON Lines, and those of a folder. */
#ifndef CLAIMANT_CLI_LETTERS_H
#define CLAIMANT_CLI_LETTERS_H

#include "cli/letter.h"

/* A letter that could be read, valid as long as the call. */
typedef struct {
  const char  *name; /* path, or the id of a line */
  const char  *date, *genre, *language, *iri; /* that a line gives, or NULL */
  const char  *data;
  size_t       bytes;
  SourceFormat format; /* of one letter */
} LetterSource;

typedef struct {
  bool (*take)(void *user, const LetterSource *source); /* false: enough */
  bool (*fail)(void *user, int status); /* a letter that could not be read, and was told of; false: enough */
  void *user;
} LetterTaker;

/* What decisions call a letter: its id, a JSON value, where that is a string, and any other as JSON; a copy of
 * `otherwise` where it has none. The caller's to free; NULL: no memory. */
char *letter_name(const char *id_json, const char *otherwise);

/* False where the taker had enough. "-" is standard input. */
bool letters_in_file(const char *path, SourceFormat format, const LetterTaker *taker);

/* Every file of a folder and of those in it, in order of their names; hidden ones are left out. */
bool letters_in_folder(const char *path, const LetterTaker *taker);

#endif
