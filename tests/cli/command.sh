#!/bin/sh
# What the command does with good input: formats, standard streams, filters, order, and the same bytes twice.
. tests/lib.sh
cd "$work" || exit 1

cat > letter.txt << 'END'
14 March 2022

Minister Adaeze Okonjo
Ministry of Transport

Dear Minister Okonjo,

We urge you to publish the report on the Kestrel Bridge by 3 May 2022. We call on you to pay the families.

Yours sincerely,

Tomas Lindqvist
Bridge Safety Network
END
{
  printf '<!DOCTYPE html><html><head><title>A letter</title></head><body>'
  sed 's/^$/<\/p><p>/; 1s/^/<p>/; $s/$/<\/p>/' letter.txt
  printf '</body></html>\n'
} > letter.html
printf '{"id": "one", "text": "We urge you to publish the report."}\n{"id": "two", "text": "We call on you to pay."}\n' > letters.jsonl

run "$CLAIMANT" --help
expect 'help' 0 ''
check 'help: examples first' sh -c 'sed -n 3p out | grep -q "^Examples:"'
for command in extract check explain why-not list audit review score diff merge vocab rules; do
  run "$CLAIMANT" $command --help
  expect "help of $command" 0 ''
  check "help of $command: how it is called" grep -q "^Usage: claimant $command " out
done
run "$CLAIMANT" check --resume
expect 'an option of another command' 2 '^claimant: check takes no --resume, which is for extract (claimant check --help shows how)$'
run "$CLAIMANT" explain -j 2
expect 'a letter of another command' 2 '^claimant: explain takes no --jobs, which is for extract (claimant explain --help'
run "$CLAIMANT" --version
expect 'version' 0 ''
check 'version: libraries' grep -q 'libxml2 .*raptor2 .*pcre2' out
check 'version: the hash of the rules' grep -q -E '^rules [0-9a-f]{64}$' out
hash=$(sed -n 's/^rules //p' out)

run "$CLAIMANT" letter.txt
expect 'a letter' 0 ''
check 'a letter: Turtle' grep -q '^@prefix clm:' out
check 'a letter: the hash of the rules' grep -q "schema:sha256 \"$hash\"" out
cp out graph.ttl
run "$CLAIMANT" extract -f text -t turtle -o again.ttl letter.txt
expect 'a letter, in full' 0 ''
check 'a letter, in full: the same bytes' cmp graph.ttl again.ttl
run sh -c '"$CLAIMANT" < letter.txt'
check 'standard input: the same bytes' cmp graph.ttl out
run sh -c '"$CLAIMANT" - < letter.txt'
check 'standard input by its dash: the same bytes' cmp graph.ttl out
run env LC_ALL=C TZ=Asia/Tokyo "$CLAIMANT" letter.txt
check 'another place and locale: the same bytes' cmp graph.ttl out
run "$CLAIMANT" --plain letter.txt
check 'the plain engine: the same bytes' cmp graph.ttl out

run "$CLAIMANT" -t ntriples letter.txt
expect 'N-Triples' 0 ''
check 'N-Triples: nothing else' sh -c '! grep -v "^<.*> \.$\|^<.*\" \.$\|^<.*\"@[a-z-]* \.$" out'
run "$CLAIMANT" -t jsonl letter.txt
expect 'JSON' 0 ''
check 'JSON: one line, named after the file' sh -c 'test "$(wc -l < out)" -eq 1 && grep -q "^{\"v\":1,\"id\":\"letter.txt\"," out'

check 'JSON: the hash of the rules' grep -q "\"rules\":\"$hash\"" out

run "$CLAIMANT" -t ntriples letter.txt letter.html
expect 'two letters' 0 ''
cp out both.nt
"$CLAIMANT" -t ntriples letter.txt > one.nt
"$CLAIMANT" -t ntriples letter.html > two.nt
check 'two letters: one graph after the other' sh -c 'cat one.nt two.nt | cmp - both.nt'

for format in text html jsonl; do
  case $format in text) file=letter.txt ;; html) file=letter.html ;; jsonl) file=letters.jsonl ;; esac
  "$CLAIMANT" -f $format -t jsonl $file > stated.jsonl
  cp "$file" unnamed
  "$CLAIMANT" -t jsonl < unnamed > guessed.jsonl
  sed -i "s/\"id\":\"[^\"]*\"/\"id\":0/" stated.jsonl guessed.jsonl
  check "a guess by content: $format" cmp stated.jsonl guessed.jsonl
done

run "$CLAIMANT" -t jsonl --types Demand letter.txt
expect 'one type' 0 ''
check 'one type: there' grep -q '"type":"Demand"' out
check 'one type: no other' sh -c '! grep -q "\"type\":\"\(Date\|Person\|Institution\|Law\|Claim\)\"" out'
run "$CLAIMANT" -t jsonl --min-confidence 1.0 letter.txt
expect 'the surest items' 0 ''
check 'the surest items: no other' sh -c '! grep -q "\"confidence\":0" out'

run "$CLAIMANT" --doc-iri https://example.org/letters/7 letter.txt
expect 'an IRI for the letter' 0 ''
check 'an IRI for the letter: used' grep -q 'https://example.org/letters/7' out
run "$CLAIMANT" --base https://example.org/letters/ letter.txt
expect 'a base' 0 ''
check 'a base: used with the hash' grep -q "https://example.org/letters/$(sha256sum < letter.txt | cut -c1-64)" out
run env SOURCE_DATE_EPOCH=1000000000 "$CLAIMANT" letter.txt
expect 'SOURCE_DATE_EPOCH' 0 ''
check 'SOURCE_DATE_EPOCH: used' grep -q '2001-09-09T01:46:40Z' out
check 'no clock without it' sh -c '! grep -q "T[0-9][0-9]:[0-9][0-9]:" graph.ttl'

# ---- JSON Lines ---------------------------------------------------------------------------------

run "$CLAIMANT" -f jsonl -t jsonl letters.jsonl
expect 'JSON Lines' 0 ''
check 'JSON Lines: in order' sh -c 'cut -d, -f2 out | tr -d "\n" | grep -qx "\"id\":\"one\"\"id\":\"two\""'
check 'JSON Lines: text is not repeated' sh -c '! grep -q "\"letter\":{[^}]*},\"text\"" out'
printf '{"id": 1, "path": "letter.html", "iri": "https://example.org/letters/8"}' > path.jsonl
run "$CLAIMANT" -f jsonl -t jsonl path.jsonl
expect 'a path' 0 ''
check 'a path: its text is there' grep -q '"letter":{[^}]*},"text":".*We urge you to publish' out
run "$CLAIMANT" path.jsonl
expect 'JSON Lines to Turtle' 0 ''
check 'JSON Lines to Turtle: the IRI of the line' grep -q 'https://example.org/letters/8' out
run sh -c 'printf "\n \n\r\n" | "$CLAIMANT" -f jsonl -t jsonl'
expect 'blank lines' 0 ''
check 'blank lines: no answer' test ! -s out
run sh -c 'printf "\357\273\277{\"id\":1,\"text\":\"We urge you to pay.\"}\r\n" | "$CLAIMANT" -f jsonl -t jsonl'
expect 'a byte order mark and CR LF' 0 ''
check 'a byte order mark and CR LF: read' grep -q '^{"v":1,"id":1,' out


# ---- How much is said ------------------------------------------------------------------------------

run "$CLAIMANT" -t nquads letter.txt letter.html
expect 'N-Quads of two letters' 0 ''
check 'N-Quads: two graphs' test "$(sed 's/.* \(<[^ ]*>\) \.$/\1/' out | sort -u | wc -l)" -eq 2
run "$CLAIMANT" -t jsonl --no-quotes letter.txt
expect 'no quotes' 0 ''
check 'no quotes: a demand without its words' sh -c \
  'grep -q "\"type\":\"Demand\",\"start\":[0-9]*,\"end\":[0-9]*,\"rule\"" out && ! grep -q "publish the" out'
run "$CLAIMANT" --evidence half letter.txt
expect 'evidence of an unknown size' 2 'full or compact was expected'

# An answer comes before the next question is asked.
mkfifo questions answers
"$CLAIMANT" -f jsonl -t jsonl < questions > answers &
exec 8<> questions 9<> answers # both ways, so that opening waits for nobody
echo '{"id": "first", "text": "We urge you to pay."}' >&8
answer=$(timeout 20 head -n 1 <&9)
exec 8>&- 9<&-
wait
case $answer in
  '{"v":1,"id":"first"'*) ok 'an answer at once' ;;
  *) not_ok 'an answer at once' "got: $answer" ;;
esac

finish
