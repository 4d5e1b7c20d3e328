#!/bin/sh
# claimant diff: what changed between two outputs, and files that are none.
. tests/lib.sh
letters="$PWD/samples/letters"
cd "$work" || exit 1

run "$CLAIMANT" -t jsonl "$letters"/*.txt
cp out old.jsonl
run "$CLAIMANT" diff old.jsonl old.jsonl
expect 'the same' 0 ''
check 'the same: the sum alone' sh -c '[ "$(wc -l < out)" = 2 ] && grep -q "^letters: 8 the same, 0 differ" out'
sort -r old.jsonl > turned.jsonl
run "$CLAIMANT" diff old.jsonl turned.jsonl
expect 'the same in another order' 0 ''
sed 's/"diagnostics":\[[^]]*\]/"diagnostics":[]/; s/"rules":"[0-9a-f]*"/"rules":"-"/' old.jsonl > other.jsonl
run "$CLAIMANT" diff old.jsonl other.jsonl
expect 'other rules that do the same' 0 ''

# item ID START END RULE FEATURES ROLES; one letter with items
item() { printf '{"id":"%s","type":"%s","start":%d,"end":%d,"text":"%s","rule":"%s","confidence":0.9,"evidence":{"start":0,"end":90},"roles":{%s},"features":{%s}}' "$@"; }
answer() {
  id=$1 date=$2
  shift 2
  items=$(printf '%s,' "$@")
  printf '{"v":1,"id":%s,"sha256":"aa","rules":"r","letter":{"date":%s,"sender":[]},"items":[%s],"entities":[],"diagnostics":[]}\n' "$id" "$date" "${items%,}"
}
stays=$(item d-1 Demand 0 9 'pay a fee' ask '' '"strength":"ask"')
before=$(item d-2 Demand 20 30 'close it..' urge '"addressee":{"text":"you","start":15,"end":18}' '"strength":"urge","form":"modal"')
after=$(item d-3 Demand 20 34 'close it today' must '"cue":{"text":"must","start":15,"end":19}' '"strength":"demand","form":"modal","polarity":"do"')
lost=$(item c-1 Claim 40 50 'it is done' said '' '')
gained=$(item l-1 Law 60 66 'Act 12' statute '' '"kind":"statute"')
name=$(item p-1 Person 70 75 'Marsh' person '' '')
body=$(item i-1 Institution 70 75 'Marsh' body '' '')
answer '"a"' null "$stays" "$before" "$lost" "$name" > one.jsonl
answer '"a"' '"2021-05-03"' "$stays" "$after" "$gained" "$body" > two.jsonl
run "$CLAIMANT" diff one.jsonl two.jsonl
expect 'changes' 1 ''
cat > wanted << 'END'
"a"
~ letter
    letter.date: null -> "2021-05-03"
~ Demand 20-34 "close it today" (must)
    end: 30 -> 34
    text: "close it.." -> "close it today"
    rule: "urge" -> "must"
    features.strength: "urge" -> "demand"
    features.polarity: nothing -> "do"
    roles.addressee: "you" -> nothing
    roles.cue: nothing -> "must"
- Claim 40-50 "it is done" (said)
+ Law 60-66 "Act 12" (statute)
~ Institution 70-75 "Marsh" (body)
    type: "Person" -> "Institution"
    rule: "person" -> "body"

type                               gained     lost  altered
Claim                                   0        1        0
Demand                                  0        0        1
Institution                             0        0        1
Law                                     1        0        0

rule                               gained     lost  altered
body                                    0        0        1
must                                    0        0        1
said                                    0        1        0
statute                                 1        0        0

letters: 0 the same, 1 differ, 0 only in the old output, 0 only in the new one, 0 fail anew
items: 1 gained, 1 lost, 2 altered
END
check 'changes: all of them' cmp out wanted
run "$CLAIMANT" diff --types Law,Claim one.jsonl two.jsonl
check 'only some types' sh -c 'grep -q "^- Claim" out && grep -q "^+ Law" out && ! grep -q Demand out'
run "$CLAIMANT" diff two.jsonl one.jsonl
check 'the other way round' sh -c 'grep -q "^+ Claim" out && grep -q "^- Law" out'
if command -v python3 > /dev/null; then
  run "$CLAIMANT" diff --format json one.jsonl two.jsonl
  expect 'as JSON' 1 ''
  check 'as JSON: what is in it' python3 -c '
import json
letter, total = map(json.loads, open("out"))
changes = [(c["change"], c["type"], c["rule"]) for c in letter["changes"]]
assert changes == [("altered", "Demand", "must"), ("lost", "Claim", "said"), ("gained", "Law", "statute"), ("altered", "Institution", "body")]
assert letter["id"] == "a" and letter["letter"] == [{"field": "letter.date", "old": None, "new": "2021-05-03"}]
fields = {f["field"]: (f["old"], f["new"]) for f in letter["changes"][0]["fields"]}
assert fields["features.strength"] == ("urge", "demand") and fields["roles.addressee"] == ({"text": "you", "start": 15, "end": 18}, None)
assert letter["changes"][0]["old"]["end"] == 30 and letter["changes"][1]["old"]["rule"] == "said" and "new" not in letter["changes"][1]
assert total["letters"]["differ"] == 1 and total["items"] == {"gained": 1, "lost": 1, "altered": 2} and total["rules"]["said"]["lost"] == 1'
else
  skip 'as JSON' 'python3 is not here'
fi

# Letters that one of the two lacks, that fail, that have one id, or other bytes.
{ answer 1 null "$stays"; answer '"b"' null "$stays"; } > left.jsonl
{ answer '"1"' null "$stays"; answer '"b"' null "$stays"; } > right.jsonl
run "$CLAIMANT" diff left.jsonl right.jsonl
expect 'an id is a number or a string' 1 ''
check 'letters of one side' sh -c 'grep -A1 "^1$" out | grep -q "only in the old output" && grep -A1 "^\"1\"$" out | grep -q "only in the new output"'
printf '{"id":"b","error":{"code":"too-large","message":"too large"}}\n{"id":null,"line":7,"error":{"code":"bad-json","message":"x"}}\n' > failed.jsonl
answer '"b"' null "$stays" > fine.jsonl
run "$CLAIMANT" diff fine.jsonl failed.jsonl
check 'it fails now' grep -q '^! was answered before, and fails now' out
check 'a line without an id' sh -c 'grep -A1 "^line 7$" out | grep -q "only in the new output"'
run "$CLAIMANT" diff failed.jsonl fine.jsonl
check 'it failed before' grep -q '^! failed before, and is answered now' out
run "$CLAIMANT" diff failed.jsonl failed.jsonl
expect 'it fails as before' 0 ''
{ answer '"a"' null "$stays"; answer '"a"' null "$before"; } > twice.jsonl
run "$CLAIMANT" diff twice.jsonl twice.jsonl
expect 'two letters of one id, in their order' 0 ''
answer '"a"' null "$stays" "$lost" | sed 's/"aa"/"bb"/' > bytes.jsonl
run "$CLAIMANT" diff one.jsonl bytes.jsonl
check 'other bytes' sh -c 'grep -q "^! answers to different bytes" out && grep -q "^items: 0 gained, 2 lost, 0 altered" out'
run "$CLAIMANT" diff - one.jsonl < one.jsonl
expect 'standard input' 0 ''
run "$CLAIMANT" diff -o kept one.jsonl two.jsonl
expect 'into a file' 1 ''
check 'into a file: the same' cmp kept wanted

# What is no output.
bad() {
  printf '%s\n' "$2" > bad.jsonl
  run "$CLAIMANT" diff -o kept one.jsonl bad.jsonl
  expect "$1" 65 "^claimant: bad.jsonl:1: .*a line as claimant -t jsonl writes it was expected"
  run "$CLAIMANT" diff -o kept bad.jsonl one.jsonl
  expect "$1, old" 65 "^claimant: bad.jsonl:1: .*a line as claimant -t jsonl writes it was expected"
}
bad 'no JSON' 'Dear Sir'
bad 'JSON that is cut' '{"id":"a","sha256":"aa","items":['
bad 'no object' '[]'
bad 'no id' '{"sha256":"aa","items":[]}'
bad 'no items' '{"id":"a","sha256":"aa"}'
bad 'items that are none' '{"id":"a","sha256":"aa","items":[7]}'
bad 'an item without a place' '{"id":"a","sha256":"aa","items":[{"id":"d-1","type":"Demand","start":1}]}'
bad 'a place that is turned' '{"id":"a","sha256":"aa","items":[{"id":"d-1","type":"Demand","start":9,"end":1}]}'
bad 'a name given twice' '{"id":"a","id":"b","sha256":"aa","items":[]}'
check 'no fault leaves a half' cmp kept wanted
run "$CLAIMANT" diff one.jsonl nowhere.jsonl
expect 'no such file' 66 'nowhere.jsonl: cannot be read: No such file'
run "$CLAIMANT" diff one.jsonl
expect 'one file' 2 'diff takes two files'
run "$CLAIMANT" diff --format turtle one.jsonl two.jsonl
expect 'no such format' 2 'format is text or json'
run "$CLAIMANT" diff -o nowhere/kept one.jsonl two.jsonl
expect 'no such folder' 74 'nowhere/kept'
finish
