#!/bin/sh
# The installed library: what it exports, programs in C and Python that use it, pkg-config, completions.
. tests/lib.sh
build=${BUILD:-build}
here=$PWD
unset PREFIX

if [ -n "${CLAIMANT_SANITIZED-}" ]; then
  skip 'the shared library' 'sanitizers want to be loaded before it'
  finish
fi
root=$work/root/opt
run make -s install BUILD="$build" PREFIX="$root"
expect 'install' 0 ''

grep -oE '\bclaimant_[a-z_]+\(' extractor/claimant.h | tr -d '(' | sort -u > "$work/declared"
nm -D --defined-only "$root/lib/libclaimant.so.0" | awk '$2 == "T" { sub(/@.*/, "", $3); print $3 }' | sort -u > "$work/exported"
check 'the library exports what its header declares, nothing else' cmp "$work/declared" "$work/exported"
check 'soname' sh -c 'readelf -d "$1" | grep -q "soname: \[libclaimant.so.0\]"' - "$root/lib/libclaimant.so"

# Every function and status of the header is in the manual page, and no other.
grep -oE '\bFn claimant_[a-z_]+' extractor/man/libclaimant.3 | sed 's/Fn //' | sort -u > "$work/told"
check 'libclaimant(3) tells of every function' cmp "$work/declared" "$work/told"
sed -n '/CLAIMANT_OK,/,/} ClaimantStatus/s/^ *\(CLAIMANT_[A-Z_]*\).*/\1/p' extractor/claimant.h | sort > "$work/statuses"
grep -oE '^\.It Dv CLAIMANT_[A-Z_]+' extractor/man/libclaimant.3 | sed 's/.* //' | sort > "$work/told"
check 'libclaimant(3) tells of every status' cmp "$work/statuses" "$work/told"

export PKG_CONFIG_PATH="$root/lib/pkgconfig" LD_LIBRARY_PATH="$root/lib"
# shellcheck disable=SC2046
run ${CC:-cc} -std=c17 -Wall -Wextra -Wpedantic -Werror samples/programs/demands.c $(pkg-config --cflags --libs claimant) -o "$work/demands"
expect 'a program in C: compiles with what pkg-config says' 0 ''
run "$work/demands" samples/letters/island-ferry.txt
expect 'a program in C: runs' 0 ''
check 'a program in C: finds demands and whom they ask' grep -qE '^urge	restore the evening crossing by 1 May 2022	person-[0-9a-f]+$' "$work/out"
run "$work/demands" "$work/nowhere"
expect 'a program in C: a letter that is not there' 1 '^demands: '
# shellcheck disable=SC2046
run ${CC:-cc} -std=c17 samples/programs/demands.c $(pkg-config --cflags claimant) "$root/lib/libclaimant.a" \
  $(pkg-config --static --libs claimant | sed 's/-lclaimant//') -o "$work/demands-static"
expect 'a program in C: links statically' 0 ''
run env -u LD_LIBRARY_PATH "$work/demands-static" samples/letters/island-ferry.txt
expect 'a program in C, linked statically: runs' 0 ''

if command -v python3 > /dev/null; then
  run python3 samples/programs/people.py samples/letters/seven-groups-minister.txt
  expect 'a program in Python: runs' 0 ''
  "$CLAIMANT" -t jsonl --types Person samples/letters/seven-groups-minister.txt |
    python3 -c 'import json, sys; [print(i["text"]) for l in sys.stdin for i in json.loads(l)["items"]]' > "$work/people"
  check 'a program in Python: the people that the command finds' cmp "$work/people" "$work/out"
else
  skip 'a program in Python' 'there is no python3'
fi

# What completions offer is what the command takes.
formats=$(for option in -t -f; do "$CLAIMANT" $option none < /dev/null; done 2>&1 | sed 's/.*; \(.*\) was expected.*/\1/; s/,\| or / /g')
for file in claimant.bash claimant.zsh claimant.fish; do
  for format in $formats; do
    check "$file knows $format" grep -qw "$format" "extractor/completions/$file"
  done
done
run "$CLAIMANT" list types
expect 'list types' 0 ''
check 'list types: all of them' sh -c 'for t in Person Institution Date Law Claim Demand; do grep -qx $t "$1" || exit 1; done' - "$work/out"
run "$CLAIMANT" list rules
expect 'list rules' 0 ''
check 'list rules: no other than in the files' sh -c 'while read -r id; do grep -rq "id=\"$id\"" "$2/rules" || exit 1; done < "$1"' - "$work/out" "$here"
run "$CLAIMANT" list everything
expect 'list: what it lists' 2 'usage: claimant list rules|types'
if command -v bash > /dev/null; then
  cat > "$work/complete" << 'END'
. extractor/completions/claimant.bash
claimant() { "$CLAIMANT" "$@"; }
COMP_WORDS=(claimant --types "Law,De") COMP_CWORD=2
_claimant
echo "${COMPREPLY[@]}"
COMP_WORDS=(claimant --evid) COMP_CWORD=1
_claimant
echo "${COMPREPLY[@]}"
COMP_WORDS=(claimant check --co) COMP_CWORD=2
_claimant
echo "${COMPREPLY[@]}"
END
  run bash "$work/complete"
  check 'bash completes a list of types and options' test "$(cat "$work/out")" = "Law,Demand
--evidence
--coverage --cost"
fi
run make -s BUILD="$build" # the build as it was, for the folder it will be installed into
expect 'the build as it was' 0 ''
finish
