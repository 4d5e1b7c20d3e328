#include "cli/where.h"

#include "base/datadir.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct {
  char *rules, *vocab; /* owned; NULL: out of memory */
} Places;

static char *join(const char *folder, const char *name)
{
  char *path;
  return asprintf(&path, "%s/%s", folder, name) < 0 ? NULL : path;
}

static bool is_file(const char *folder, const char *name)
{
  char *path = join(folder, name);
  bool  is = path && access(path, R_OK) == 0;
  free(path);
  return is;
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
      places->rules = join(root, "rules");
      places->vocab = is_file(own, "vocab.bin") ? strdup(own) : join(root, "build");
      return true;
    }
    char *slash = strrchr(root, '/');
    if (slash) *slash = '\0';
  }
  return false;
}

static void set_share(Places *places, const char *folder)
{
  places->rules = join(folder, "rules");
  places->vocab = join(folder, "vocab");
}

static void find_places(Places *places)
{
  char own[PATH_MAX];
  if (own_folder(own)) {
    if (find_tree(own, places)) return;
    char *share = join(own, "../share/claimant");
    if (!share) return;
    bool found = is_file(share, "rules/ruleset.xml");
    if (found) set_share(places, share);
    free(share);
    if (found) return;
  }
  set_share(places, claimant_datadir());
}

typedef struct {
  bool   source, warnings;
  size_t told;
} Report;

static void report(void *user, const ClaimantDiagnostic *diagnostic)
{
  Report *seen = user;
  bool    of_names = !strncmp(diagnostic->code, "vocab-", 6); /* the user's own files, told each time */
  if (diagnostic->severity != CLAIMANT_ERROR && !seen->warnings && !of_names) return;
  if (diagnostic->severity == CLAIMANT_ERROR) seen->told++;
  say_diagnostic(NULL, diagnostic);
}

static ClaimantStatus load(const Options *options, const Places *places, Report *seen, ClaimantRules **rules)
{
  const char          *environment = getenv("CLAIMANT_RULES");
  ClaimantRulesOptions wanted = {.rules = options->rules,
                                 .vocab = options->vocab,
                                 .source = seen->source,
                                 .gazetteers = options->gazetteers,
                                 .gazetteer_count = options->gazetteer_count,
                                 .report = report,
                                 .user = seen};
  if (!places->rules || !places->vocab) return CLAIMANT_NO_MEMORY;
  if (!wanted.rules && environment && *environment) wanted.rules = environment;
  if (!wanted.rules) wanted.rules = places->rules;
  if (!wanted.vocab) wanted.vocab = places->vocab;
  ClaimantStatus st = claimant_rules_load(&wanted, rules);
  if (seen->told || !st) return st;
  if (st == CLAIMANT_NO_INPUT) {
    say(wanted.rules, 0,
        "the rules cannot be read; a rule file or a folder with a ruleset.xml was expected "
        "(--rules DIR or CLAIMANT_RULES names it)");
  } else {
    say(wanted.rules, 0, "the rules cannot be loaded: %s", claimant_status_text(st));
  }
  return st;
}

static int open_places(const Options *options, Report seen, ClaimantRules **rules)
{
  Places places = {0};
  find_places(&places);
  ClaimantStatus st = load(options, &places, &seen, rules);
  free(places.rules);
  free(places.vocab);
  return st ? status_of(st) : GO_ON;
}

int open_rules(const Options *options, bool source, ClaimantRules **rules)
{
  return open_places(options, (Report){.source = source, .warnings = source}, rules);
}

int open_rule_files(const Options *options, ClaimantRules **rules)
{
  return open_places(options, (Report){.source = true}, rules);
}

char *vocabulary_path(const char *vocab)
{
  Places places = {0};
  if (!vocab) find_places(&places);
  char *path = vocab || places.vocab ? join(vocab ? vocab : places.vocab, "vocab.bin") : NULL;
  free(places.rules);
  free(places.vocab);
  return path;
}
