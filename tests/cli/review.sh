#!/bin/sh
# claimant audit, review and score: decisions on letters, what becomes of them, and what is wrong with them.
. tests/lib.sh
letter=$PWD/samples/letters/island-ferry.txt
other=$PWD/samples/letters/school-street-mayor.txt

cd "$work" || exit 1
mkdir letters
cp "$letter" letters/ferry.txt
cp "$other" letters/school.txt
sha=$(sha256sum < letters/ferry.txt | cut -d' ' -f1)

# has NAME WORDS [FILE]: in what the last run printed.
has() { check "$1" grep -qF -e "$2" "${3:-$work/out}"; }
hasnt() { if grep -qF -e "$2" "${3:-$work/out}"; then not_ok "$1" "$2"; else ok "$1"; fi; }

"$CLAIMANT" -t jsonl letters/ferry.txt > found.jsonl
# item WORDS: "identifier,type,rule,start,end" of the first item with these words.
item() {
  node -e 'const items = JSON.parse(require("fs").readFileSync("found.jsonl", "utf8")).items
    const i = items.find(item => item.text === process.argv[1])
    console.log([i.id, i.type, i.rule, i.start, i.end].join(","))' "$1"
}
if ! command -v node > /dev/null; then
  skip 'review' 'there is no node here'
  finish
fi
head=letter,sha256,item,type,rule,start,end,text,evidence,decision,reviewer,note,new_type,new_start,new_end,new_text,new_values
# row WORDS DECISION REVIEWER [NOTE [NEW_VALUES]]
row() { printf 'letters/ferry.txt,%s,%s,"%s",,%s,%s,%s,,,,,%s\n' "$sha" "$(item "$1")" "$1" "$2" "$3" "${4-}" "${5-}"; }
{
  echo "$head"
  row 'Olav Brekke' accept Ana
  row 'Ingrid Solvang' accept Ana
  row 'Tove Lindqvist' reject Ana
  row 'Norfjord Ferry Company' accept Ana
  row 'every month' reject Ana 'not a date'
  row '41 days' unsure Ana
  row 'restore the evening crossing by 1 May 2022' correct Ana '' 'strength=demand'
} > ana.csv
{
  echo "$head"
  row 'Olav Brekke' accept Ben
  row 'Ingrid Solvang' reject Ben
  row 'Tove Lindqvist' reject Ben
  row 'every month' reject Ben
  printf 'letters/ferry.txt,%s,missed-1,Person,,1048,1064,wheelchair users,,missed,Ben,,,,,,\n' "$sha"
} > ben.csv

# ---- Reports -------------------------------------------------------------------------------------

run "$CLAIMANT" review import ana.csv ben.csv
expect 'report' 0 ''
has 'report: how many' '12 decisions by 2 reviewers'
check 'report: a rule with its precision' grep -q '^person-line  *1 *0 *3 ' "$work/out"
check 'report: Wilson' grep -q '^Person .* 50.0 (18.8 to 81.2)$' "$work/out"
has 'report: kappa' 'Ana and Ben: 4 items both, 3 alike, kappa 0.50'
has 'report: who differs' 'Person "Ingrid Solvang"'
has 'report: missed items' 'Person "wheelchair users" (Ben)'
run "$CLAIMANT" review import --format json ana.csv ben.csv
expect 'report as JSON' 0 ''
check 'report as JSON: it is' node -e 'const r = JSON.parse(require("fs").readFileSync(process.argv[1])); if (r.agreement[0].kappa !== 0.5 || r.missed.length !== 1) process.exit(1)' "$work/out"
run "$CLAIMANT" review import ana.csv ana.csv
expect 'the same file twice counts once' 0 ''
has 'the same file twice counts once: 7' '7 decisions by 1 reviewer'

run "$CLAIMANT" review import ana.csv ben.csv --letters letters
expect 'with letters' 0 ''
has 'with letters: all find their items' '12 decisions by 2 reviewers, 0 of them orphans'

# ---- An edited letter ----------------------------------------------------------------------------

mkdir edited
{ echo 'A line that was not there before.'; echo; sed 's/41 days/forty days/; s/wheelchair users/users of wheelchairs/' letters/ferry.txt; } > edited/ferry.txt
run "$CLAIMANT" review import ana.csv ben.csv --letters edited
expect 'edited letter' 0 ''
has 'edited letter: decisions find their items' '12 decisions by 2 reviewers, 2 of them orphans'
has 'edited letter: an orphan with its line' 'ana.csv:7: letters/ferry.txt: Date "41 days"'
has 'edited letter: a missed item' 'ben.csv:6: letters/ferry.txt: Person "wheelchair users"'
mkdir none
cp "$other" none/
run "$CLAIMANT" review import ana.csv --letters none
has 'no such letter' '7 of them orphans'
has 'no such letter: why' 'its letter is not there'

# ---- A measure -------------------------------------------------------------------------------------

run "$CLAIMANT" review gold ana.csv ben.csv --letters letters -o gold.jsonl
expect 'gold' 0 ''
check 'gold: accepted, corrected and missed' node -e '
  const gold = JSON.parse(require("fs").readFileSync("gold.jsonl")), words = gold.items.map(i => i.text)
  const demand = gold.items.find(i => i.type === "Demand")
  if (!words.includes("Olav Brekke") || words.includes("Tove Lindqvist") || words.includes("every month") || words.includes("Ingrid Solvang")) throw words
  if (demand.features.strength !== "demand" || !words.includes("wheelchair users") || gold.ignore.length < 20) throw demand'
"$CLAIMANT" -t jsonl letters/*.txt > system.jsonl
run "$CLAIMANT" score gold.jsonl system.jsonl
expect 'score' 0 ''
check 'score: a type' grep -q '^Person  *2 *2 *50.0  *50.0 ' "$work/out"
check 'score: all' grep -q '^all ' "$work/out"
run "$CLAIMANT" score gold.jsonl gold.jsonl
check 'a measure is right by itself' grep -Eq '^all .* 100.0 100.0 100.0 .* 100.0 100.0 100.0$' "$work/out"
run "$CLAIMANT" score --format json gold.jsonl system.jsonl
check 'score as JSON' node -e 'const r = JSON.parse(require("fs").readFileSync(process.argv[1])); if (r.at(-1).type !== "all") process.exit(1)' "$work/out"
"$CLAIMANT" -t jsonl letters/school.txt > school.jsonl
run "$CLAIMANT" score gold.jsonl school.jsonl
expect 'score: a letter is missing' 1 'the letter letters/ferry.txt is not in it, and counts as missed'
sed 's/sha256":"../sha256":"zz/' found.jsonl | sed 's/"id":"letters\/ferry.txt"/"id":"letters\/ferry.txt"/' > changed.jsonl
run "$CLAIMANT" score gold.jsonl changed.jsonl
expect 'score: other bytes' 65 'has other bytes here than in the measure'
echo '{"id": 1' > cut.jsonl
run "$CLAIMANT" score gold.jsonl cut.jsonl
expect 'score: a cut file' 65 'cut.jsonl:1: .*was expected'
echo '{"id":"a","sha256":"b","items":[{"type":"Person","start":5,"end":2}]}' > odd.jsonl
run "$CLAIMANT" score odd.jsonl odd.jsonl
expect 'score: no range' 65 'no "start" and "end" that make a range'
run "$CLAIMANT" score gold.jsonl
expect 'score: one file' 2 'score takes two files'

# ---- Output ------------------------------------------------------------------------------------------

run "$CLAIMANT" --decisions ana.csv --only-accepted -t jsonl letters/ferry.txt
expect 'only accepted' 0 ''
check 'only accepted: four, one of them corrected' node -e 'const d = JSON.parse(require("fs").readFileSync(process.argv[1])); if (d.items.length !== 4 || !d.items.some(i => i.features.strength === "demand")) throw d.items' "$work/out"
run "$CLAIMANT" --decisions ana.csv --exclude-rejected letters/ferry.txt
expect 'exclude rejected' 0 ''
hasnt 'exclude rejected: they are gone' '"every month"'
has 'exclude rejected: others are there' '"nine hours"'
has 'decisions are provenance' 'clm:verdict clm:verdict-accept'
has 'decisions are provenance: of nodes' 'prov:wasInfluencedBy d:'
run "$CLAIMANT" --decisions ana.csv --decisions ben.csv --exclude-rejected -t jsonl letters/ferry.txt
has 'reviewers who differ decide nothing' 'Ingrid Solvang'
run "$CLAIMANT" --only-accepted letters/ferry.txt
expect 'only accepted needs decisions' 2 '--only-accepted needs --decisions FILE'
run "$CLAIMANT" --decisions none.csv letters/ferry.txt
expect 'no decisions there' 66 'none.csv: cannot be read'

# ---- Examples for rules ------------------------------------------------------------------------------

run "$CLAIMANT" review suggest ana.csv --letters letters
expect 'suggest' 0 ''
check 'suggest: the rule with file and line' grep -Eq '^<!-- date-set \(.*en/dates.xml:[0-9]+\): 1 rejected, 0 accepted -->$' "$work/out"
has 'suggest: a counter' '<counter>Norfjord Ferry Company should publish its cancellation figures every month.</counter>'
has 'suggest: an example' '<example><m>Ingrid Solvang</m></example>'
if command -v xmllint > /dev/null; then
  { echo '<r>'; cat "$work/out"; echo '</r>'; } > all.xml
  check 'suggest: it is XML' xmllint --noout all.xml
fi
run "$CLAIMANT" review suggest ana.csv
expect 'suggest needs letters' 2 'review suggest needs --letters DIR'
run "$CLAIMANT" review forget ana.csv
expect 'unknown work' 2 'unknown "review forget"; import, gold or suggest was expected'
run "$CLAIMANT" review
expect 'no work' 2 'needs import, gold or suggest'

# ---- Bad decisions: by line, and nothing is done -----------------------------------------------------

# bad NAME LINE WORDS: for bad.csv; neither a report nor output comes of it.
bad() {
  run "$CLAIMANT" review import bad.csv
  lines=1 expect "bad: $1" 65 "bad.csv:$2: .*$3"
  check "bad: $1: no report" test ! -s "$work/out"
  run "$CLAIMANT" --decisions bad.csv --only-accepted letters/ferry.txt -o never.ttl
  check "bad: $1: no output" test "$status" -eq 65 -a ! -e never.ttl
}
{ head -n 4 ana.csv; printf 'letters/ferry.txt,"cut here\n'; } > bad.csv
bad 'cut in a cell' 5 'not closed; the file may have been cut'
head -n 3 ana.csv > bad.csv; sed -n 4p ana.csv | cut -d, -f1-5 >> bad.csv
bad 'cut in a line' 4 '5 cells; 17 were expected'
sed '3s/Ingrid Solvang/Ingrid Sol/' ana.csv > bad.csv
bad 'edited' 3 'may have been edited'
sed '5s/accept/perhaps/' ana.csv > bad.csv
bad 'no decision' 5 '"perhaps" is no decision'
sed "4s/$sha/12ab/" ana.csv > bad.csv
bad 'no hash' 4 '64 hex digits were expected'
sed '6s/not a date/=cmd|calc!A1/' ana.csv > bad.csv
bad 'a formula' 6 'begins as a formula does'
sed '1s/decision/choice/' ana.csv > bad.csv
bad 'no such column' 1 'the column decision is missing'
sed '1s/note/text/' ana.csv > bad.csv
bad 'a column twice' 1 'a column is there twice'
{ cat ana.csv; row 'Olav Brekke' reject Ana; } > bad.csv
bad 'decided twice' 9 'Ana has decided otherwise on mention-.* at bad.csv:2'
: > bad.csv
bad 'empty' 1 'there is nothing in it'
printf '%s\nx\377,%s,a,Person,r,0,1,\377,,accept,Ana,,,,,,\n' "$head" "$sha" > bad.csv
bad 'no UTF-8' 2 'is not UTF-8'

run "$CLAIMANT" review import ana.csv
cp "$work/out" ordered
awk -F, 'BEGIN { OFS = "," } { print $11, $10, $8, $7, $6, $5, $4, $3, $2, $1 }' ana.csv > shuffled.csv
run "$CLAIMANT" review import shuffled.csv
expect 'columns in another order' 0 ''
check 'columns in another order: the same but for what is left out' test "$(grep -c . "$work/out")" -eq "$(grep -c . ordered)"
row 'Olav Brekke' accept Ana "'=1+1" > guarded.csv; sed -i "1i $head" guarded.csv
run "$CLAIMANT" review import guarded.csv
expect 'a guarded formula is text' 0 ''

printf '@prefix clm: <https://w3id.org/claimant/ns#> .\n<x:a#b> a clm:Decision ;\n  clm:verdict clm:verdict-accept ;\n  clm:decides <x:a#c' > cut.ttl
run "$CLAIMANT" review import cut.ttl
lines=1 expect 'cut Turtle' 65 'cut.ttl:[0-9]'
echo '<a:b> <a:c> <a:d> .' > other.ttl
run "$CLAIMANT" review import other.ttl
expect 'Turtle of something else' 65 'there is no clm:Decision in it'

# ---- Pages -----------------------------------------------------------------------------------------------

run "$CLAIMANT" audit letters/ferry.txt
expect 'audit without a folder' 2 'audit needs -o DIR'
run "$CLAIMANT" audit letters/ferry.txt -o found.jsonl
expect 'audit into a file' 74 'is no folder'
run "$CLAIMANT" audit letters/*.txt nowhere.txt -o pages
expect 'audit: one letter is not there' 1 'nowhere.txt: cannot be read'
check 'audit: the others are' test -s pages/ferry.html -a -s pages/school.html -a -s pages/index.html
"$CLAIMANT" audit letters/*.txt -o again > "$work/out"
check 'audit: the same bytes every time' cmp -s pages/ferry.html again/ferry.html
printf '%s\n' '{"id":"a/one","text":"Dear Ms Vane, please reopen the pool."}' '{"id":"b/one","text":"Dear Ms Vane, we urge you to reopen the pool."}' '{"id":"index","text":"We object."}' '{"id":"..","text":"We object."}' > letters.jsonl
run "$CLAIMANT" audit letters.jsonl -o lines
expect 'audit: JSON Lines' 0 ''
check 'audit: a page a line, none over another' test -s lines/one.html -a -s lines/one-2.html -a -s lines/index-2.html -a -s lines/letter.html
has 'audit: the index names them' 'href="one-2.html"' lines/index.html
: > empty.txt
run "$CLAIMANT" audit empty.txt -o empty
lines=1 expect 'audit: nothing in a letter' 65 'empty.txt'
check 'audit: and no page of it' test ! -e empty/empty.html
check 'audit: standard input' sh -c '"$CLAIMANT" audit - -o stdin < letters/ferry.txt && test -s stdin/standard-input.html'
finish
