#!/bin/sh
# Every sort of bad input: one clear message, the documented status, no crash, no partial file.
. tests/lib.sh
cd "$work" || exit 1

letter='Dear Minister Adaeze Okonjo,

We urge you to publish the report on the Kestrel Bridge collapse by 3 May 2021.

Yours sincerely,
Tomas Lindqvist
'

# ---- Files ----------------------------------------------------------------------------------

: > empty.txt
run "$CLAIMANT" empty.txt
expect 'empty file' 65 '^claimant: empty.txt: there is no text.*expected'

printf ' \n\t\302\240\n\n' > blank.txt
run "$CLAIMANT" blank.txt
expect 'white space only' 65 '^claimant: blank.txt: there is no text'

run "$CLAIMANT" < empty.txt
expect 'empty standard input' 65 '^claimant: standard input: there is no text'

head -c 20000 "$CLAIMANT" > binary.txt
run "$CLAIMANT" binary.txt
expect 'binary data' 65 '^claimant: binary.txt: this is no text.*expected'

printf '%%PDF-1.5\n%s' "$letter" > letter.pdf
run "$CLAIMANT" letter.pdf
expect 'a PDF file that is none' "$(command -v pdftotext > /dev/null && echo 65 || echo 70)" '^claimant: letter.pdf: .*PDF'
run "$CLAIMANT" -f text letter.pdf
expect 'a PDF file as text' 65 '^claimant: letter.pdf: a PDF file; text'

printf '\377\376W\0e\0 \0u\0r\0g\0e\0 \0y\0o\0u\0.\0' > wide.txt
run "$CLAIMANT" -t jsonl wide.txt
expect 'UTF-16' 0 ''
check 'UTF-16: read' grep -q '"text":"We urge you."' out

mkdir folder
run "$CLAIMANT" folder
expect 'a directory' 66 '^claimant: folder: cannot be read: Is a directory'

run "$CLAIMANT" none.txt
expect 'a file that is not there' 66 '^claimant: none.txt: cannot be read: No such file'

run "$CLAIMANT" /proc/self/mem
expect 'a file that fails while being read' 66 '^claimant: /proc/self/mem: cannot be read'

printf '%s' "$letter" > letter.txt
cp letter.txt secret.txt
chmod 000 secret.txt
if [ "$(id -u)" -ne 0 ]; then
  run "$CLAIMANT" secret.txt
  expect 'an unreadable file' 66 '^claimant: secret.txt: cannot be read: Permission denied'
elif chmod 755 . && setpriv --reuid=65534 --clear-groups test -x "$CLAIMANT" 2> /dev/null; then
  run setpriv --reuid=65534 --clear-groups "$CLAIMANT" secret.txt
  expect 'an unreadable file' 66 '^claimant: secret.txt: cannot be read: Permission denied'
else
  skip 'an unreadable file' 'root reads every file'
fi

run "$CLAIMANT" letter.txt none.txt letter.txt
expect 'one of several files missing' 1 '^claimant: none.txt: cannot be read'
check 'one of several files missing: the others are written' test -s out

printf 'Dear Minister \377 Okonjo,\n\nWe urge you to answer.\n' > bad-byte.txt
run "$CLAIMANT" -t jsonl bad-byte.txt
expect 'invalid UTF-8' 0 '^claimant: bad-byte.txt:1:15: warning: .*UTF-8'
check 'invalid UTF-8: nothing after it is lost' grep -q 'We urge you to answer' out

printf '<html><body><p>Dear Minister,</p><p>We \377 wrote.</p><p>We urge you to answer.</p></body></html>' > bad-byte.html
run "$CLAIMANT" -t jsonl bad-byte.html
check 'a page with a bad byte' test "$status" -eq 0
check 'a page with a bad byte: nothing after it is lost' grep -q 'We urge you to answer' out

{
  printf '<html><body>'
  yes '<div>' | head -n 20000 | tr -d '\n'
  printf '<p>We urge you to answer.</p>'
  yes '</div>' | head -n 20000 | tr -d '\n'
} > deep.html
run timeout 60 "$CLAIMANT" -t jsonl deep.html
if [ "$status" -eq 0 ]; then
  check 'tags nested 20,000 deep' grep -q 'We urge you to answer' out
else
  expect 'tags nested 20,000 deep' 65 '^claimant: deep.html'
fi

# ---- JSON Lines -------------------------------------------------------------------------------

cat > lines.jsonl << 'END'
{"id": "good", "text": "We urge you to answer."}
this is no JSON

{"id": "half", "text": "We urge \ud800 you."}
{"id": "zero", "text": "We urge \u0000 you."}
{"id": 7.50, "text": "We urge you to answer."}
{"id": "nothing"}
{"id": "gone", "path": "none.txt"}
["a list"]
{"id": "day", "text": "We urge you.", "date": "yesterday"}
{"id": "last", "text": "We urge you to answer."}
END
run "$CLAIMANT" -f jsonl -t jsonl lines.jsonl
expect 'bad lines' 1 '^claimant: lines.jsonl: 6 of 10 letters failed'
check 'bad lines: an answer for each' test "$(wc -l < out)" -eq 10
check 'bad lines: no JSON' grep -q '^{"id":null,"line":2,"error":{"code":"bad-json"' out
check 'bad lines: no object' grep -q '^{"id":null,"line":9,"error":{"code":"bad-json"' out
check 'bad lines: a lone surrogate' grep -q '^{"id":"half","error":{"code":"bad-text"' out
check 'bad lines: U+0000' grep -q '^{"id":"zero","error":{"code":"bad-text"' out
check 'bad lines: a number comes back as written' grep -q '^{"v":1,"id":7.50,' out
check 'bad lines: no text' grep -q '^{"id":"nothing","error":{"code":"no-text"' out
check 'bad lines: a path that is not there' grep -q '^{"id":"gone","error":{"code":"cannot-read"' out
check 'bad lines: no date' grep -q '^{"v":1,"id":"day",.*"code":"bad-date"' out
check 'bad lines: the last is read' grep -q '^{"v":1,"id":"last",' out

run "$CLAIMANT" -t ntriples lines.jsonl
lines=any expect 'bad lines to N-Triples' 1 '^claimant: lines.jsonl:2: not JSON'

# ---- Options -----------------------------------------------------------------------------------

run "$CLAIMANT" --colour letter.txt
expect 'an unknown option' 2 '^claimant: unknown option --colour'
run "$CLAIMANT" -x letter.txt
expect 'an unknown short option' 2 '^claimant: unknown option -x'
run "$CLAIMANT" -o
expect 'an option without its value' 2 '^claimant: -o needs a value'
run "$CLAIMANT" -t yaml letter.txt
expect 'an unknown format' 2 '^claimant: unknown format "yaml" for -t; turtle, ntriples, nquads'
run "$CLAIMANT" -f rtf letter.txt
expect 'an unknown source format' 2 '^claimant: unknown format "rtf" for -f; text, html, xml'
run "$CLAIMANT" --date 2021-02-30 letter.txt
expect 'a date that is none' 2 '^claimant: "2021-02-30" for --date'
run "$CLAIMANT" --min-confidence much letter.txt
expect 'a confidence that is none' 2 '^claimant: "much" for --min-confidence'
run "$CLAIMANT" --types Demand,Wish letter.txt
expect 'an unknown type' 2 '^claimant: unknown type "Wish" in --types; the rules have .*Demand'
run "$CLAIMANT" --doc-iri https://example.org/1 letter.txt letter.txt
expect 'one IRI for two letters' 2 '^claimant: --doc-iri names one letter'
run "$CLAIMANT" --base 'not an iri ' letter.txt
expect 'a base that is no IRI' 2 '^claimant: letter.txt: .*IRI'

# ---- Rules ---------------------------------------------------------------------------------------

# rules NAME EXPECTED: the file on standard input as the rule set.
rules() {
  cat > rules.xml
  run "$CLAIMANT" --rules rules.xml letter.txt
  lines=any expect "$1" 65 "$2"
}
open='<ruleset xmlns="https://w3id.org/claimant/rules#" id="test" version="1" xml:lang="en">'

echo 'Dear Minister' | rules 'rules that are not XML' '^claimant: rules.xml:1'
rules 'rules with an unknown type' '^claimant: rules.xml:4.*Persn.*Person' << END
$open
<type name="Person" layer="name"/>
<phase id="one">
<rule id="a" emits="Persn"><pattern>Adaeze</pattern><example>Dear <m>Adaeze</m></example><counter>Dear</counter></rule>
</phase>
</ruleset>
END
rules 'rules with a pattern that does not compile' '^claimant: rules.xml:4.*pattern' << END
$open
<type name="Person" layer="name"/>
<phase id="one">
<rule id="a" emits="Person"><pattern>Ada(eze</pattern><example>Dear <m>Adaeze</m></example><counter>Dear</counter></rule>
</phase>
</ruleset>
END
rules 'rules with an identifier twice' '^claimant: rules.xml:5: the rule a exists already at rules.xml:4' << END
$open
<type name="Person" layer="name"/>
<phase id="one">
<rule id="a" emits="Person"><pattern>Adaeze</pattern><example>Dear <m>Adaeze</m></example><counter>Dear</counter></rule>
<rule id="a" emits="Person"><pattern>Okonjo</pattern><example>Dear <m>Okonjo</m></example><counter>Dear</counter></rule>
</phase>
</ruleset>
END
echo "$open<include href=\"rules.xml\"/></ruleset>" | rules 'rules that include themselves' '^claimant: .*rules.xml:1.*includ'

run "$CLAIMANT" --rules none letter.txt
expect 'rules that are not there' 66 '^claimant: none: cannot read this rule file: No such file'

# ---- Output -----------------------------------------------------------------------------------------

if [ -w /dev/full ]; then
  run sh -c '"$CLAIMANT" letter.txt > /dev/full'
  expect 'a full disk' 74 '^claimant: standard output: cannot be written: No space left'
  run "$CLAIMANT" -o /dev/full letter.txt
  expect 'a full disk behind -o' 74 '^claimant: /dev/full: cannot be written: No space left'
  run sh -c '"$CLAIMANT" --help > /dev/full'
  expect 'a full disk for the help' 74 '^claimant: standard output: cannot be written'
else
  skip 'a full disk' 'there is no /dev/full'
fi

run sh -c '"$CLAIMANT" letter.txt >&-'
expect 'closed output' 74 '^claimant: standard output: cannot be written'

many=$(yes letter.txt | head -n 200 | tr '\n' ' ')
run sh -c '{ "$CLAIMANT" -t ntriples '"$many"'; echo $? > status; } | head -c 1 > /dev/null'
status=$(cat status)
expect 'a closed pipe' 0 ''

run "$CLAIMANT" -o nowhere/graph.ttl letter.txt
expect 'an output folder that is not there' 74 '^claimant: nowhere/graph.ttl: cannot be written'
run "$CLAIMANT" -o folder letter.txt
expect 'a folder as output' 74 '^claimant: folder: cannot be written: Is a directory'

mkdir place
echo the-old-graph > place/graph.ttl
run sh -c 'ulimit -f 1; exec "$CLAIMANT" -t ntriples -o place/graph.ttl '"$many"
expect 'a file that grows too large' 74 '^claimant: place/graph.ttl: cannot be written: File too large'
check 'a file that grows too large: the old one stays' grep -q the-old-graph place/graph.ttl
check 'a file that grows too large: nothing is left beside it' test "$(ls place)" = graph.ttl

run "$CLAIMANT" -o place/graph.ttl empty.txt
expect 'no letter to write' 65 'there is no text'
check 'no letter to write: the old file stays' grep -q the-old-graph place/graph.ttl

run "$CLAIMANT" -o letter.txt letter.txt
expect 'a letter to write over' 2 '^claimant: letter.txt is to be read and to be written'
check 'a letter to write over: it stays' grep -q '^Dear Minister' letter.txt
run "$CLAIMANT" -o - letter.txt
expect 'standard output by its short name' 0 ''
check 'standard output by its short name: written there' sh -c 'test -s out && ! test -e -'

mkfifo pipe
"$CLAIMANT" -f jsonl -t jsonl -o place/late.jsonl pipe 2> err &
child=$!
exec 9<> pipe # both ways, so that opening waits for nobody
for _ in 1 2 3 4 5 6 7 8 9 10; do
  [ "$(ls place)" = graph.ttl ] || break
  sleep 0.2
done
kill -TERM $child 2> /dev/null
exec 9>&-
status=0
wait $child || status=$?
expect 'a signal' 143 ''
check 'a signal: nothing is left' test "$(ls place)" = graph.ttl

run "$CLAIMANT" -o place/graph.ttl letter.txt
expect 'a file that is replaced' 0 ''
check 'a file that is replaced: it is whole' sh -c '! grep -q the-old-graph place/graph.ttl && test "$(ls place)" = graph.ttl'

# ---- Demands and claims without end -----------------------------------------------------------------

# One letter around what standard input says.
around() {
  printf 'Dear Mayor Oake,\n\n'
  cat
  printf '\n\nYours sincerely,\nAnna Holt\n'
}

# smaller NAME FACTOR: the last output is at most FACTOR times as large as the letter.
smaller() {
  if [ "$(wc -c < out)" -le "$(($(wc -c < "$2") * $3))" ]; then ok "$1"
  else not_ok "$1" "$(wc -c < out) bytes out of $(wc -c < "$2")"; fi
}

lines=any
awk 'BEGIN { printf "She said, “"; for (i = 0; i < 2000; ++i) printf "the pier had moved and the board denied it. " }' |
  around > open.txt
run "$CLAIMANT" -t jsonl open.txt
expect 'a quotation that never closes' 0 '^claimant: open.txt:3: warning: 1 quotation is opened and not closed'

printf '“It fell.\n\n“It fell again.”\n' | around > again.txt
run "$CLAIMANT" -t jsonl again.txt
expect 'a quotation that is opened again in each paragraph' 0 ''

awk 'BEGIN { printf "She said "; for (i = 0; i < 1000; ++i) printf "“he said "; printf "no"; for (i = 0; i < 1000; ++i) printf "”" }' |
  around > nested.txt
run "$CLAIMANT" -t jsonl nested.txt
expect '1,000 nested quotations' 0 'nested.txt:3: warning: [0-9]* items were left out that lie inside 8 others'
smaller '1,000 nested quotations: output' nested.txt 50

awk 'BEGIN { for (i = 0; i < 2000; ++i) printf "the union said that the board denied that "; printf "it fell." }' |
  around > deep.txt
run "$CLAIMANT" -t jsonl deep.txt
expect 'claims in claims' 0 'deep.txt:3: warning: [0-9]* items were left out'
smaller 'claims in claims: output' deep.txt 50

awk 'BEGIN { print "We urge you to:\n"; for (i = 1; i <= 10000; ++i) print "- open well " i ";" }' | around > list.txt
run "$CLAIMANT" -t jsonl list.txt
check 'a long list: each item a demand' sh -c 'grep -oE "\"rule\": *\"demand-item\"" out | wc -l | grep -qx 10000'
unset lines

# ---- Size --------------------------------------------------------------------------------------------

if [ -n "${CLAIMANT_SANITIZED-}" ]; then
  skip '200 MB of one line' 'too slow under the sanitizers'
else
  yes 'the bridge over the Kestrel fell and nobody was told why ' | tr -d '\n' | head -c 200000000 > line.txt
  run sh -c 'ulimit -v 2097152; exec timeout 60 "$CLAIMANT" -t jsonl -o line.jsonl line.txt'
  lines=any
  if [ "$status" -eq 0 ]; then ok '200 MB of one line'
  else expect '200 MB of one line' 65 '^claimant: line.txt'; fi
  rm -f line.txt line.jsonl
fi

finish
