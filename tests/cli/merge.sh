#!/bin/sh
# claimant merge: the same concept in many letters, people who may be the same, and input that is none.
. tests/lib.sh
cd "$work" || exit 1

letter() { printf '%s\n\nDear Sir,\n\n%s\n\nTomas Lindqvist\n' "$2" "$3" > "$1.txt"; }
letter one '1 May 2021' 'Human Rights Watch wrote to President Aidar Qolbayev. Minister Ilse Brandt was told.'
letter two '2 May 2021' 'HRW, short for Human Rights Watch (HRW), met President Aidar Qolbayev.'
letter three '3 May 2021' 'The engineer Pavel Orlov and Ambassador Ilse Brandt met the United Nations.'
for name in one two three; do
  "$CLAIMANT" -t ntriples "$name.txt" > "$name.nt"
  "$CLAIMANT" "$name.txt" > "$name.ttl"
  "$CLAIMANT" -t jsonl "$name.txt" > "$name.jsonl"
done

run "$CLAIMANT" merge one.nt two.nt three.nt
expect 'graphs' 0 ''
cp out merged.ttl
check 'one entity for the two' sh -c '[ "$(grep -c "a clm:SharedEntity" out)" = 2 ] && [ "$(grep -c "prov:specializationOf" out)" = 3 ]'
check 'with the concept' grep -q 'exactMatch <https://w3id.org/claimant/vocab/body-human-rights-watch>' out
check 'the same name and role: a candidate' sh -c '[ "$(grep -c "method-sameNameAndRole" out)" = 1 ]'
check 'another role: none' sh -c '! grep -q "Ilse Brandt" out'
check 'nothing is merged' sh -c '! grep -q -e sameAs out'
run "$CLAIMANT" merge three.nt two.nt one.nt
check 'in any order, the same bytes' cmp out merged.ttl
cat one.jsonl two.jsonl three.jsonl > all.jsonl
run "$CLAIMANT" merge all.jsonl
expect 'JSON Lines' 0 ''
check 'JSON Lines: the same bytes' cmp out merged.ttl
run "$CLAIMANT" merge one.ttl two.jsonl three.nt
check 'of all kinds: the same bytes' cmp out merged.ttl
cat one.nt two.nt three.nt | "$CLAIMANT" merge - > out
check 'standard input: the same bytes' cmp out merged.ttl
for name in one two three; do
  "$CLAIMANT" -t nquads "$name.txt" > "$name.nq"
  "$CLAIMANT" -t trig "$name.txt" > "$name.trig"
done
run "$CLAIMANT" merge one.nq two.nq three.nq
expect 'N-Quads' 0 ''
check 'N-Quads: the same bytes' cmp out merged.ttl
run "$CLAIMANT" merge one.trig two.nq three.nt
check 'TriG: the same bytes' cmp out merged.ttl
cat one.nq two.nq three.nq | "$CLAIMANT" merge - > out
check 'N-Quads on standard input: the same bytes' cmp out merged.ttl
head -c 900 one.nq > cut.nq
lines=many
run "$CLAIMANT" merge cut.nq two.nq
expect 'N-Quads that were cut' 1 'cut.nq:[0-9]*: expected N-Triples, N-Quads'
lines=
run "$CLAIMANT" merge -t nquads one.nq two.nq three.nq
expect 'into N-Quads' 0 ''
cp out merged.nq
"$CLAIMANT" merge -t ntriples one.nq two.nq three.nq > plain.nt
check 'into N-Quads: the triples, in one graph' sh -c \
  'sed "s,<https://w3id.org/claimant/shared> \.$,.," merged.nq | LC_ALL=C sort > a; LC_ALL=C sort plain.nt > b; cmp a b && [ -s a ]'
run "$CLAIMANT" merge -t nquads --base https://example.org/ one.nq two.nq
check 'into N-Quads: the graph begins with the base' sh -c '[ -s out ] && ! grep -v " <https://example.org/shared> \.$" out'
run "$CLAIMANT" merge -t ntriples --base https://example.org/shared/ -o shared.nt one.nt two.nt
expect 'into a file' 0 ''
check 'with a base' grep -q '^<https://example.org/shared/entity-[0-9a-f]*> ' shared.nt
run "$CLAIMANT" merge -t ntriples --base https://example.org/shared/ two.nt three.nt
check 'the IRI is that of the concept in every run' sh -c 'grep "SharedEntity" shared.nt | sort > a; grep "SharedEntity" out | sort > b; [ -n "$(comm -12 a b)" ]'

echo 'not a triple' > bad.nt
lines=many
run "$CLAIMANT" merge one.nt bad.nt
expect 'a bad line is told' 1 'bad.nt:1: expected N-Triples, N-Quads, Turtle, TriG or JSON Lines'
check 'the rest is merged' grep -q 'a clm:SharedEntity' out
{ cat one.jsonl; echo '{"id": 3'; echo '[]'; echo '{"id": 4, "error": {"code": "empty"}}'; cat two.jsonl; } > bad.jsonl
run "$CLAIMANT" merge bad.jsonl
expect 'bad JSON is told' 1 'bad.jsonl:[0-9]*: not JSON'
expect 'what is no document is told' 1 'bad.jsonl:[0-9]*: no JSON object'
check 'a letter that failed is no fault' sh -c '[ "$(wc -l < err)" = 2 ]'
check 'bad JSON: the rest is merged' grep -q 'prov:specializationOf' out
run "$CLAIMANT" merge bad.nt
expect 'nothing but bad input' 65 'bad.nt:1: expected'
check 'nothing but bad input: no output' test ! -s out
lines=
: > empty.nt
run "$CLAIMANT" merge empty.nt
expect 'no letter' 65 'no letter in the input'
run "$CLAIMANT" merge nowhere.nt
expect 'no such file' 66 'nowhere.nt: cannot be read: No such file'
run "$CLAIMANT" merge --base 'no base' one.nt
expect 'a base that is none' 2 'base must be an absolute IRI'
run "$CLAIMANT" merge -t jsonl one.nt
expect 'a format it does not write' 2 'merge writes Turtle, N-Triples or N-Quads'
run "$CLAIMANT" merge -o nowhere/out.ttl one.nt
expect 'an output that cannot be' 74 'nowhere/out.ttl'
finish
