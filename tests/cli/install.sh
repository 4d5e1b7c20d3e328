#!/bin/sh
# make install: the program finds its rules where it was put, the library links, and nothing stays behind.
. tests/lib.sh
build=${BUILD:-build}
unset PREFIX

printf 'Dear Minister Okonjo,\n\nWe urge you to publish the report.\n' > "$work/letter.txt"
run make -s install BUILD="$build" DESTDIR="$work/root"
expect 'install' 0 ''
root=$work/root/usr/local
for file in bin/claimant lib/libclaimant.a include/claimant.h share/claimant/rules/ruleset.xml \
  share/claimant/vocab/vocab.bin share/man/man5/claimant-rules.5; do
  check "install: $file" test -s "$root/$file"
done

cd "$work" || exit 1
run env -u CLAIMANT_RULES "$root/bin/claimant" letter.txt
expect 'the installed program' 0 ''
check 'the installed program: a graph' grep -q '^@prefix clm:' out
run "$CLAIMANT" letter.txt
check 'the installed program: the same graph' sh -c 'env -u CLAIMANT_RULES "$1" letter.txt | cmp - out' - "$root/bin/claimant"
run env CLAIMANT_RULES="$root/share/claimant/rules" "$CLAIMANT" letter.txt
expect 'rules by the environment' 0 ''
run env CLAIMANT_RULES="$work/nowhere" "$CLAIMANT" --rules "$root/share/claimant/rules" letter.txt
expect 'rules by the option come first' 0 ''
run env CLAIMANT_RULES="$work/nowhere" "$CLAIMANT" letter.txt
expect 'rules that are not there' 66 "^claimant: $work/nowhere"

cat > user.c << 'END'
#include <claimant.h>
#include <stdio.h>
#include <string.h>

int main(int argc, char **argv)
{
  if (argc != 3) return 2;
  ClaimantRulesOptions options = {.rules = argv[1], .vocab = argv[2]};
  ClaimantRules       *rules = NULL;
  ClaimantDocument    *document = NULL;
  const char          *letter = "Dear Minister Okonjo,\n\nWe urge you to publish the report.\n";
  ClaimantInput        input = {.data = letter, .size = strlen(letter)};
  ClaimantStatus       status = claimant_rules_load(&options, &rules);
  if (!status) status = claimant_extract(rules, &input, &document);
  for (size_t i = 0; !status && i < claimant_item_count(document); ++i) {
    const ClaimantItem *item = claimant_item(document, i);
    ClaimantSpan        span = claimant_item_span(document, item);
    printf("%s %.*s\n", claimant_item_type(item), (int)(span.byte_end - span.byte_start),
           claimant_text(document, NULL) + span.byte_start);
  }
  claimant_document_free(document);
  claimant_rules_free(rules);
  return (int)status;
}
END
sanitize=''
[ -z "${CLAIMANT_SANITIZED-}" ] || sanitize='-fsanitize=address,undefined'
# shellcheck disable=SC2046,SC2086
run ${CC:-cc} -std=c17 -Wall -Wextra -Wpedantic -Werror $sanitize -I"$root/include" user.c -o user -L"$root/lib" -lclaimant \
  $(pkg-config --libs libxml-2.0 raptor2 libpcre2-8 serd-0 jansson nettle)
expect 'a program with the library' 0 ''
run ./user "$root/share/claimant/rules" "$root/share/claimant/vocab"
expect 'a program with the library: runs' 0 ''
check 'a program with the library: finds a demand' grep -q '^Demand publish the report' out

cd - > /dev/null || exit 1
run make -s uninstall BUILD="$build" DESTDIR="$work/root"
expect 'uninstall' 0 ''
check 'uninstall: no file is left' test -z "$(find "$work/root" -type f)"

finish
