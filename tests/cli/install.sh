#!/bin/sh
# make install: the program finds its rules where it was put, the library links, and nothing stays behind.
. tests/lib.sh
build=${BUILD:-build}
unset PREFIX

printf 'Dear Minister Okonjo,\n\nWe urge you to publish the report.\n' > "$work/letter.txt"
run make -s install BUILD="$build" DESTDIR="$work/root"
expect 'install' 0 ''
root=$work/root/usr/local
for file in bin/claimant lib/libclaimant.a lib/libclaimant.so lib/libclaimant.so.0 lib/pkgconfig/claimant.pc include/claimant.h \
  share/claimant/rules/ruleset.xml share/claimant/vocab/vocab.bin share/claimant/LICENSES/MIT.txt \
  share/man/man1/claimant.1 share/man/man1/claimant-review.1 share/man/man3/libclaimant.3 share/man/man5/claimant-rules.5 \
  share/man/man5/claimant-output.5 share/man/man7/claimant.7 share/man/man7/claimant-tutorial-graph.7 bin/claimant-dask share/claimant/vocab/answer.schema.json \
  share/bash-completion/completions/claimant share/zsh/site-functions/_claimant \
  share/doc/claimant/vocabulary.html \
  share/fish/vendor_completions.d/claimant.fish; do
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

cd - > /dev/null || exit 1
run make -s uninstall BUILD="$build" DESTDIR="$work/root"
expect 'uninstall' 0 ''
check 'uninstall: no file is left' test -z "$(find "$work/root" ! -type d)"

finish
