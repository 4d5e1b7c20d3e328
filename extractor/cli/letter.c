#include "cli/letter.h"

#include "base/hash.h"
#include "letter/segment.h"
#include "read/read.h"

#include <errno.h>
#include <string.h>

static ClaimantStatus begin(LetterIn *in)
{
  *in = (LetterIn){.list = {.arena = arena_new()}};
  return in->list.arena ? CLAIMANT_OK : CLAIMANT_NO_MEMORY;
}

static ClaimantStatus divide(LetterIn *in, const char *data, size_t bytes, const char *name,
                             SourceFormat format, const RuleSet *rules, const char *language)
{
  sha256_hex(data, bytes, in->sha256);
  MailHead       head;
  Source         source = {.data = data, .size = bytes, .format = format_of(format), .name = name};
  ClaimantStatus st = read_letter(&source, &in->list, &in->letter, &head);
  return st ? st : letter_segment(in->letter, &rules->lexicons, language);
}

/* What made it fail is among the diagnostics, or the status says it. */
static int tell(const LetterIn *in, const char *place, ClaimantStatus status)
{
  for (size_t i = 0; i < in->list.count; ++i)
    if (in->list.items[i].severity != CLAIMANT_NOTE) say_diagnostic(place, &in->list.items[i]);
  if (status && !in->list.errors) say(place, 0, "%s", claimant_status_text(status));
  return status ? status_of(status) : GO_ON;
}

int letter_in_text(LetterIn *in, const char *text, const RuleSet *rules, const char *language)
{
  ClaimantStatus st = begin(in);
  if (!st) st = divide(in, text, strlen(text), NULL, FROM_TEXT, rules, language);
  return tell(in, "text", st);
}

int letter_in_bytes(LetterIn *in, const char *data, size_t bytes, const char *name, SourceFormat format,
                    const RuleSet *rules, const char *language)
{
  ClaimantStatus st = begin(in);
  if (!st) st = divide(in, data, bytes, name, format, rules, language);
  return tell(in, name, st);
}

static int fail_to_read(const Input *input)
{
  say(input->name, 0, "cannot be read: %s", input_error(errno));
  return STATUS_NO_INPUT;
}

int letter_in_input(LetterIn *in, Input *input, SourceFormat format, const RuleSet *rules, const char *language)
{
  const char    *data = NULL, *kind;
  size_t         bytes = 0;
  ClaimantStatus st = input_all(input, &data, &bytes);
  *in = (LetterIn){0};
  if (st == CLAIMANT_NO_INPUT) return fail_to_read(input);
  if (st) {
    say(input->name, 0, "%s", claimant_status_text(st));
    return status_of(st);
  }
  if ((kind = foreign_kind(format, data, bytes))) {
    say(input->name, 0, "%s; text or HTML in UTF-8 was expected", kind);
    return STATUS_BAD_DATA;
  }
  return letter_in_bytes(in, data, bytes, input->name, format, rules, language);
}

int letter_in_file(LetterIn *in, const char *path, SourceFormat format, const RuleSet *rules, const char *language)
{
  Input          input;
  int            status;
  ClaimantStatus st = input_open(&input, path);
  *in = (LetterIn){0};
  if (!st && format == FROM_GUESS) st = input_guess(&input, &format);
  if (st) {
    status = fail_to_read(&input);
  } else if (format == FROM_JSONL) {
    say(input.name, 0, "JSON Lines hold many letters; the text or HTML of one was expected");
    status = STATUS_BAD_DATA;
  } else {
    status = letter_in_input(in, &input, format, rules, language);
  }
  input_close(&input);
  return status;
}

void letter_in_close(LetterIn *in)
{
  letter_free(in->letter);
  arena_free(in->list.arena);
}
