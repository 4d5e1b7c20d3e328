#!/bin/sh
# Names of one's own: files of Turtle and N-Triples, good and bad, compiled ones, and the links that come of them.
. tests/lib.sh
cd "$work" || exit 1

prefixes='@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix schema: <https://schema.org/> .
@prefix x: <https://data.example.org/> .
'
cat > letter.txt << 'END'
Dear Minister Okonjo,

The Lanternkeepers of Voss wrote in May. Mirela of the Quay said that Tidewrights lied. Human Rights Watch agreed.

Tomas Lindqvist
END

# with FILE: the linked concepts, one a line: concept, score, exact.
with() {
  run "$CLAIMANT" -t jsonl "$@" letter.txt
  grep -o '"concept":"[^"]*","label":"[^"]*","score":[0-9.]*,"exact":[a-z]*' out | sed 's/"[a-z]*"://g' > links
}

linked() { grep -q -F -e "$1" links; }

printf '%s' "$prefixes" > good.ttl
cat >> good.ttl << 'END'
x:keepers a schema:Organization ; skos:prefLabel "Lanternkeepers of Voss"@en .
x:mirela a schema:Person ; skos:prefLabel "Mirela of the Quay" .
x:tide a schema:Organization ; skos:prefLabel "Tidewrights" .
END
with --gazetteer good.ttl
expect 'a gazetteer in Turtle' 0 ''
check 'a body is found and linked' linked '"https://data.example.org/keepers","Lanternkeepers of Voss",1,true'
check 'a person is found and linked' linked '"https://data.example.org/mirela","Mirela of the Quay",1,true'
check 'the shipped gazetteers go on' linked 'body-human-rights-watch'
check 'a person is a person' grep -q '"type":"Person","start":[0-9]*,"end":[0-9]*,"text":"Mirela of the Quay"' out
with
check 'without it there are none of its names' sh -c '! grep -q data.example.org out'

printf '<https://data.example.org/keepers> <http://www.w3.org/2000/01/rdf-schema#label> "Lanternkeepers of Voss" .\n' > plain.nt
with --gazetteer plain.nt
expect 'a gazetteer in N-Triples' 0 ''
check 'labels without a class find nothing by themselves' sh -c '! grep -q "\"text\":\"Lanternkeepers of Voss\"" out'
with --gazetteer Institution=plain.nt
expect 'a gazetteer of a type' 0 ''
check 'the type makes them bodies' linked '"https://data.example.org/keepers","Lanternkeepers of Voss",1,true'
with --gazetteer Institution=plain.nt --gazetteer good.ttl
expect 'two gazetteers' 0 ''

run "$CLAIMANT" vocab compile good.ttl plain.nt -o names.bin
expect 'compile' 0 ''
with --gazetteer good.ttl
cp links links.ttl
with --gazetteer names.bin
expect 'a compiled gazetteer' 0 ''
check 'compiled or not, the links are the same' cmp links links.ttl
cp names.bin first.bin
run "$CLAIMANT" vocab compile good.ttl plain.nt -o names.bin
check 'compiled twice, the same bytes' cmp names.bin first.bin

# ---- Ambiguity ----

printf '%s' "$prefixes" > twice.ttl
cat >> twice.ttl << 'END'
x:tide a schema:Organization ; skos:prefLabel "Tidewrights" .
x:guild a schema:Organization ; skos:prefLabel "Guild of the Tide" ; skos:altLabel "Tidewrights" .
END
with --gazetteer twice.ttl
expect 'an ambiguous name' 0 ''
check 'candidates, none of them exact' sh -c '[ "$(grep -c ",false$" links)" = 2 ]'
check 'the preferred label counts more' sh -c 'grep -q "tide\",\"Tidewrights\",0.5,false" links && grep -q "guild\",\"Guild of the Tide\",0.33,false" links'
printf 'Dear Sir,\n\nThe Tidewrights (Guild of the Tide) wrote. Guild of the Tide members met. Tidewrights left.\n' > both.txt
cp letter.txt kept.txt && cp both.txt letter.txt
with --gazetteer twice.ttl
expect 'a name that tells beside one that does not' 0 ''
check 'it is the one that both are names of' linked 'guild","Guild of the Tide",1,true'
cp kept.txt letter.txt
run "$CLAIMANT" --gazetteer twice.ttl letter.txt
check 'candidates in the graph' sh -c '[ "$(grep -c "a clm:CandidateLink" out)" = 2 ]'
check 'and no exact match for them' sh -c '! grep -q "exactMatch <https://data.example.org" out'
run "$CLAIMANT" explain --gazetteer twice.ttl letter.txt
check 'explain: perhaps' grep -q 'perhaps .*data.example.org/tide> Tidewrights, 0.50 .*"Tidewrights" is the preferred label in twice.ttl, and of 1 more' out
check 'explain: linked' grep -q 'linked to .*body-human-rights-watch> Human Rights Watch' out
check 'explain: not linked' grep -q 'not linked .*no gazetteer has one of its names' out

# ---- Parts of longer names ----

cat > letter.txt << 'END'
Dear Minister Okonjo,

The European Council on Foreign Relations mapped the harbours of Voss. The European Council said nothing of them. The Cycling World Court fined two riders. The World Court heard the case of the lanterns. The British Royal Navy sent a boat, and the Royal Navy paid for the paint.

The Assembly of Night Carters (ANC) wrote to you in May. The ANC has had no reply.

Tomas Lindqvist
END
run "$CLAIMANT" -t jsonl letter.txt
entities() { grep -o "\"text\":\"$1[^}]*\"entity\":\"[^\"]*" out | grep -o '[^"]*$' | sort -u | wc -l; }
check 'a known name is no short form of a longer one' [ "$(entities 'European Council')" = 2 ]
check 'it is linked by itself' grep -q '"label":"European Council","score":1,"exact":true' out
check 'nor of one that ends like it' grep -q '"label":"International Court of Justice","score":[0-9.]*,"exact":false' out
check 'its country may stand before it' grep -q '"label":"Royal Navy","score":1,"exact":true' out
check 'initials of another name are a candidate' grep -q '"label":"African National Congress","score":[0-9.]*,"exact":false' out
run "$CLAIMANT" explain letter.txt
check 'explain: short for another' grep -q 'perhaps .*International Court of Justice.*but it may be short for a longer name in the letter' out
check 'explain: called otherwise' grep -q 'perhaps .*African National Congress.*but what it is called in full is no name of that' out
cp kept.txt letter.txt

# ---- What is at fault is told, and the rest is used ----

lines=many
{
  printf '%s' "$prefixes"
  printf 'x:broken skos:prefLabel "never closed .\n'
  printf 'x:worse skos:prefLabel ;;; "no" .\n'
  cat << 'END'
x:keepers a schema:Organization ; skos:prefLabel "Lanternkeepers of Voss"@en .
x:empty skos:prefLabel "" .
x:letter skos:prefLabel "Q" .
x:may a schema:Organization ; skos:prefLabel "May" .
<no-base> skos:prefLabel "Harbour Moot" .
x:a skos:prefLabel "Ada" ; skos:notation "17"^^x:number , "18"^^x:number .
x:b skos:prefLabel "Bo" ; skos:notation "17"^^x:number .
END
  printf 'x:bytes skos:prefLabel "Har\377bour" .\n'
  printf 'x:long skos:prefLabel "%010000d" .\n' 1
  printf 'x:tide a schema:Organization ; skos:prefLabel "Tidewrights" .\n'
} > bad.ttl
with --gazetteer bad.ttl
expect 'broken Turtle: the line' 0 'bad.ttl:4: warning: expected Turtle'
expect 'broken Turtle: each statement' 0 'bad.ttl:5: warning: expected Turtle'
expect 'an empty label' 0 'bad.ttl:7: warning: a label of <https://data.example.org/empty> is empty'
expect 'a label of one letter' 0 'bad.ttl:8: warning: .*/letter> is a single letter: "Q"'
expect 'an ordinary word' 0 'bad.ttl:9: warning: "May", a label of <https://data.example.org/may>, is an ordinary word too'
expect 'a relative IRI' 0 'bad.ttl:10: warning: <no-base> is no absolute IRI'
expect 'two identifiers' 0 'bad.ttl: warning: <https://data.example.org/a> has two identifiers .*"17" and "18"'
expect 'one identifier of two' 0 '"17" identifies both <https://data.example.org/a> and <https://data.example.org/b>'
expect 'not UTF-8' 0 'bad.ttl:13: warning: a label of <https://data.example.org/bytes> holds bytes that are not UTF-8'
expect '10,000 characters' 0 'bad.ttl:14: warning: a label of <https://data.example.org/long> is too long'
check 'what stands before the faults is used' linked 'data.example.org/keepers'
check 'what stands behind them too' linked 'data.example.org/tide'
check 'an ordinary word is no name' sh -c '! grep -q "\"text\":\"May\",\"rule\":\"body" out'
run "$CLAIMANT" vocab compile bad.ttl -o bad.bin
expect 'compile: the same is told' 0 'bad.ttl:4: warning: expected Turtle'
check 'compile: the rest is there' test -s bad.bin
lines=

awk 'BEGIN { for (i = 0; i < 200000; ++i) print "<https://data.example.org/k" (i % 2 ? i : 1) "> <http://www.w3.org/2000/01/rdf-schema#label> \"Lanternkeepers of Voss\" ." }' > many.nt
lines=many
run "$CLAIMANT" vocab compile many.nt -o many.bin
expect 'duplicates: some are told' 0 'many.nt:3: warning: "Lanternkeepers of Voss" is a label of <https://data.example.org/k1> already'
expect 'duplicates: the rest are counted' 0 'and [0-9]* more labels that stand there more than once'
expect 'a name of many concepts' 0 '100000 concepts have the label "Lanternkeepers of Voss": the first 16 of them are kept'
check 'a few lines for all of them' sh -c '[ "$(wc -l < err)" -lt 20 ]'
with --gazetteer Institution=many.bin
check 'the name is a candidate for some' sh -c '[ "$(wc -l < links)" -ge 16 ]'
lines=

: > nothing.ttl
with --gazetteer nothing.ttl
expect 'a gazetteer without names' 0 'nothing.ttl: warning: holds no name'

# ---- Files that cannot be used ----

with --gazetteer nowhere.ttl
expect 'no such file' 66 'nowhere.ttl: cannot be read: No such file'
check 'no output' test ! -s out
with --gazetteer Institutoin=good.ttl
expect 'no such type' 2 'no type "Institutoin"'
head -c 900 names.bin > cut.bin
with --gazetteer cut.bin
expect 'cut short' 65 'cut.bin: the file is cut short'
{ head -c 8 names.bin; printf '\001'; tail -c +10 names.bin; } > version.bin
with --gazetteer version.bin
expect 'another version' 65 'version.bin: the file was compiled by another version'
size=$(wc -c < names.bin)
{ head -c "$((size - 20))" names.bin; printf '\377\376'; tail -c 18 names.bin; } > changed.bin
with --gazetteer changed.bin
expect 'tampered with' 65 'changed.bin: the file is damaged'
check 'nothing is written' test ! -s out
run "$CLAIMANT" vocab compile nowhere.nt -o never.bin
expect 'compile: no such file' 66 'nowhere.nt: cannot be read'
check 'compile: nothing is left' test ! -e never.bin
run "$CLAIMANT" vocab compile good.ttl
expect 'compile: nowhere to put it' 2 'usage: claimant vocab compile FOLDER|FILE... -o FILE'
run "$CLAIMANT" vocab compile good.ttl -o nowhere/names.bin
expect 'compile: cannot be written' 74 'nowhere/names.bin: cannot be written'
run "$CLAIMANT" vocab
expect 'vocab needs a word' 2 'usage: claimant vocab compile'
finish
