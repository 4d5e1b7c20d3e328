/* demands: what the letters named ask for, one demand a line: its strength, what is asked, and of whom.
 *
 *     cc demands.c $(pkg-config --cflags --libs claimant) -o demands && ./demands letter.txt */
#include <claimant.h>
#include <stdio.h>
#include <string.h>

static void print_demands(const ClaimantDocument *document)
{
  const char *text = claimant_text(document, NULL);
  for (size_t i = 0; i < claimant_item_count(document); ++i) {
    const ClaimantItem *item = claimant_item(document, i);
    if (strcmp(claimant_item_type(item), "Demand") != 0) continue;
    ClaimantSpan span = claimant_item_span(document, item);
    const char  *strength = claimant_feature(item, "strength");
    printf("%s\t%.*s", strength ? strength : "-", (int)(span.byte_end - span.byte_start), text + span.byte_start);
    for (size_t j = 0; j < claimant_role_count(item); ++j) {
      ClaimantRole role = claimant_role(document, item, j);
      if (!strcmp(role.name, "addressee") && role.entity) printf("\t%s", role.entity);
    }
    putchar('\n');
  }
}

int main(int argc, char **argv)
{
  static char    letter[1 << 20];
  ClaimantRules *rules = NULL;
  ClaimantStatus status = claimant_rules_load(NULL, &rules);
  for (int i = 1; !status && i < argc; ++i) {
    ClaimantDocument *document = NULL;
    FILE             *file = fopen(argv[i], "rb");
    ClaimantInput     input = {.data = letter, .name = argv[i]};
    if (file) input.size = fread(letter, 1, sizeof letter, file);
    status = file ? claimant_extract(rules, &input, &document) : CLAIMANT_NO_INPUT;
    if (!status) print_demands(document);
    if (file) fclose(file);
    claimant_document_free(document);
  }
  claimant_rules_free(rules);
  if (status) fprintf(stderr, "demands: %s\n", claimant_status_text(status));
  return status != CLAIMANT_OK;
}
