#include "cli/where.h"

#include "base/datadir.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct {
  char rules[PATH_MAX], vocab[PATH_MAX];
} Places;

static bool is_file(const char *folder, const char *name)
{
  char path[PATH_MAX];
  return (size_t)snprintf(path, sizeof path, "%s/%s", folder, name) < sizeof path && access(path, R_OK) == 0;
}

static void set_places(Places *places, const char *root, const char *vocab)
{
  snprintf(places->rules, sizeof places->rules, "%s/rules", root);
  snprintf(places->vocab, sizeof places->vocab, "%s", vocab);
}

/* The folder the program's file is in. */
static bool own_folder(char folder[PATH_MAX])
{
  ssize_t length = readlink("/proc/self/exe", folder, PATH_MAX - 1);
  if (length <= 0) return false;
  folder[length] = '\0';
  char *slash = strrchr(folder, '/');
  if (!slash) return false;
  slash[slash == folder] = '\0';
  return true;
}

/* A source tree is known by the rules and the public header in it; the program is at most
 * three folders below its top (build/clang/claimant). */
static bool find_tree(const char *own, Places *places)
{
  char root[PATH_MAX];
  snprintf(root, sizeof root, "%s", own);
  for (int level = 0; level < 4 && *root; ++level) {
    if (is_file(root, "rules/ruleset.xml") && is_file(root, "extractor/claimant.h")) {
      char vocab[PATH_MAX];
      snprintf(vocab, sizeof vocab, "%.*s/build", PATH_MAX - 16, root);
      set_places(places, root, is_file(own, "vocab.bin") ? own : vocab);
      return true;
    }
    char *slash = strrchr(root, '/');
    if (slash) *slash = '\0';
  }
  return false;
}

static bool find_share(const char *folder, Places *places)
{
  if (!is_file(folder, "rules/ruleset.xml")) return false;
  char vocab[PATH_MAX];
  snprintf(vocab, sizeof vocab, "%.*s/vocab", PATH_MAX - 16, folder);
  set_places(places, folder, vocab);
  return true;
}

static void find_places(Places *places)
{
  char own[PATH_MAX], share[PATH_MAX];
  if (own_folder(own)) {
    if (find_tree(own, places)) return;
    snprintf(share, sizeof share, "%.*s/../share/claimant", PATH_MAX - 32, own);
    if (find_share(share, places)) return;
  }
  char vocab[PATH_MAX];
  snprintf(vocab, sizeof vocab, "%s/vocab", claimant_datadir());
  set_places(places, claimant_datadir(), vocab);
}

typedef struct {
  bool   warnings;
  size_t told;
} Report;

static void report(void *user, const ClaimantDiagnostic *diagnostic)
{
  Report *seen = user;
  if (diagnostic->severity != CLAIMANT_ERROR && !seen->warnings) return;
  if (diagnostic->severity == CLAIMANT_ERROR) seen->told++;
  say_diagnostic(NULL, diagnostic);
}

int open_rules(const Options *options, bool warnings, ClaimantRules **rules)
{
  Places      places;
  Report      seen = {.warnings = warnings};
  const char *environment = getenv("CLAIMANT_RULES");
  find_places(&places);
  ClaimantRulesOptions wanted = {
      .rules = options->rules, .vocab = options->vocab, .report = report, .user = &seen};
  if (!wanted.rules && environment && *environment) wanted.rules = environment;
  if (!wanted.rules) wanted.rules = places.rules;
  if (!wanted.vocab) wanted.vocab = places.vocab;

  ClaimantStatus st = claimant_rules_load(&wanted, rules);
  if (!st) return GO_ON;
  if (!seen.told && st == CLAIMANT_NO_INPUT) {
    say(wanted.rules, 0,
        "the rules cannot be read; a rule file or a folder with a ruleset.xml was expected "
        "(--rules DIR or CLAIMANT_RULES names it)");
  } else if (!seen.told) {
    say(wanted.rules, 0, "the rules cannot be loaded: %s", claimant_status_text(st));
  }
  return status_of(st);
}
