/* claimant list: the names that options take, one a line. */
#include "cli/cli.h"
#include "cli/options.h"
#include "cli/where.h"
#include "session.h"

#include <stdio.h>
#include <string.h>

static void list_rules(const RuleSet *set)
{
  for (size_t i = 0; i < set->rule_count; ++i) puts(set->rules[i]->id);
}

/* Those of which items reach the output. */
static void list_types(const RuleSet *set)
{
  for (size_t i = 0; i < set->type_count; ++i)
    if (set->types[i].output && !set->types[i].list) puts(set->types[i].name);
}

static const struct {
  const char *name;
  void (*print)(const RuleSet *set);
} lists[] = {{"rules", list_rules}, {"types", list_types}};

int command_list(int argc, char **argv)
{
  Options options;
  int     status = options_parse(OF_LIST, argc, argv, &options);
  if (status != GO_ON) return status;
  for (size_t i = 0; options.file_count == 1 && i < sizeof lists / sizeof *lists; ++i) {
    if (strcmp(options.files[0], lists[i].name)) continue;
    ClaimantRules *rules = NULL;
    status = open_rules(&options, false, &rules);
    if (status != GO_ON) return status;
    lists[i].print(rules->set);
    claimant_rules_free(rules);
    return fflush(stdout) ? STATUS_OUTPUT : STATUS_FINE;
  }
  return usage_fault(&options, "usage: claimant list rules|types");
}
