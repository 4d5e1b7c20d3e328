#!/bin/sh
# Every sample letter gives the very bytes that are kept in samples/expected, in Turtle and in JSON Lines.
# The hash of the rules is left out, so a new rule shows only where it changes an answer.
# golden.sh --update writes them anew, to be read with git diff before they are committed.
. tests/lib.sh
expected=samples/expected

# answer LETTER FORMAT: what is kept of it.
answer() {
  "$CLAIMANT" -t "$2" "$1" |
    sed -e 's/"rules":"[0-9a-f]*"/"rules":"-"/' -e '/a clm:RuleSet ;/,/\.$/s/schema:sha256 "[0-9a-f]*"/schema:sha256 "-"/'
}

# Short lines, for reading.
unfold() { sed -e 's/},{"id":/},\n{"id":/g' -e 's/,"\(roles\|features\|evidence\)":/,\n "\1":/g' "$1"; }

for letter in samples/letters/*.*; do
  for format in turtle jsonl; do
    case $format in turtle) ending=ttl ;; *) ending=$format ;; esac
    kept=$expected/$(basename "$letter").$ending
    answer "$letter" "$format" > "$work/new"
    if [ "${1-}" = --update ]; then
      cmp -s "$work/new" "$kept" || { cp "$work/new" "$kept" && echo "wrote $kept"; }
    elif cmp -s "$work/new" "$kept"; then
      ok "$kept"
    else
      not_ok "$kept" 'other bytes; after a look at them, make golden'
      unfold "$kept" > "$work/before"
      unfold "$work/new" | diff -U 0 "$work/before" - | head -n 20
    fi
  done
done
[ "${1-}" = --update ] && exit
for letter in samples/letters/*.*; do
  "$CLAIMANT" -t jsonl "$letter" > "$work/quick"
  "$CLAIMANT" --plain -t jsonl "$letter" > "$work/plain"
  check "the plain engine: $letter" cmp "$work/quick" "$work/plain"
done
for kept in "$expected"/*.ttl "$expected"/*.jsonl; do
  letter=${kept#"$expected"/}
  [ -f "samples/letters/${letter%.*}" ] || not_ok "$kept" 'there is no such letter'
done
finish
