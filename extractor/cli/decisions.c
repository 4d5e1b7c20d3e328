#include "cli/decisions.h"

#include "cli/input.h"

#include <errno.h>
#include <string.h>

static int read_file(DecisionSet *set, const char *path, Diagnostics *list)
{
  Input          input;
  const char    *data;
  size_t         bytes;
  ClaimantStatus st = input_open(&input, path);
  if (!st) st = input_all(&input, &data, &bytes);
  if (st == CLAIMANT_NO_INPUT) say(input.name, 0, "cannot be read: %s", strerror(errno));
  else if (!st) st = decisions_read(set, input.name, data, bytes, list);
  if (st && st != CLAIMANT_NO_INPUT && !list->errors) say(input.name, 0, "%s", claimant_status_text(st));
  input_close(&input);
  return st ? status_of(st) : GO_ON;
}

int decisions_open(DecisionSet *set, char *const *files, size_t count)
{
  Diagnostics list = {.arena = set->arena};
  int         status = GO_ON;
  for (size_t i = 0; i < count; ++i) {
    int one = read_file(set, files[i], &list);
    if (status == GO_ON) status = one;
  }
  for (size_t i = 0; i < list.count; ++i) say_diagnostic(NULL, &list.items[i]);
  return status;
}

void decisions_tell_lost(const DecisionSet *set, const LetterKey *letter, const Document *document)
{
  for (size_t i = 0; i < set->count; ++i) {
    const Decision *d = set->items[i];
    LetterMatch     match = decision_letter(d, letter);
    if (match == OF_OTHER || (match == OF_EDITED && strcmp(d->letter, letter->name) != 0)) continue;
    const char *why = decision_lost(document, d, match);
    if (why) say(d->file, d->line, "warning: %s has no item: %s", d->item, why);
  }
}
