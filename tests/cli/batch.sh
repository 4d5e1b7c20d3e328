#!/bin/sh
# Many letters: order, jobs, folders of answers, runs that are cut short and resumed, and whatever bad there is
# in a row of letters. Nothing here hangs on how long something takes.
. tests/lib.sh
cd "$work" || exit 1

# letters N: N lines of JSON, each a letter of its own.
letters() {
  awk -v n="$1" 'BEGIN { for (i = 1; i <= n; i++) printf "{\"id\": %d, \"text\": \"Dear Minister Okonjo,\\n\\nWe urge you to answer petition %d by %d May 2022. The Kestrel Bridge Network said that nobody had replied.\\n\\nTomas Lindqvist\\n\"}\n", i, i, i % 28 + 1 }'
}
jsonl() { "$CLAIMANT" -f jsonl -t jsonl "$@"; }
# value NAME: of the metrics in the file metrics.
value() { sed -n "s/.*\"$1\":\\([^,}]*\\).*/\\1/p" metrics; }

letters 300 > in.jsonl
jsonl < in.jsonl > one.jsonl

# ---- Jobs ------------------------------------------------------------------------------------------

for jobs in 2 5 0; do
  jsonl --jobs $jobs < in.jsonl > several.jsonl
  check "--jobs $jobs: the same bytes in the same order" cmp one.jsonl several.jsonl
done
"$CLAIMANT" -f jsonl -t nquads < in.jsonl > one.nq
"$CLAIMANT" -f jsonl -t nquads -j 3 < in.jsonl > several.nq
check '--jobs, N-Quads: the same bytes' cmp one.nq several.nq
jsonl -t timeline --format csv < in.jsonl > one.csv
jsonl -t timeline --format csv -j 3 < in.jsonl > several.csv
check '--jobs, a table: the same bytes' cmp one.csv several.csv
check '--jobs, a table: one head' test "$(grep -c '^letter,begin' several.csv)" -eq 1
run jsonl --jobs 1000 < in.jsonl
expect 'too many jobs' 2 'for --jobs; a whole number from 0 to 256'
run jsonl --jobs two < in.jsonl
expect 'jobs that are no number' 2 'for --jobs; a whole number'

{ sed -n 1,40p in.jsonl; echo 'no json'; sed -n 41,80p in.jsonl; } > bad.jsonl
run jsonl --jobs 3 < bad.jsonl
expect 'a bad line among good ones' 1 '^claimant: standard input: 1 of 81 letters failed'
check 'a bad line among good ones: in its place' sh -c 'sed -n 41p out | grep -q "\"line\":41,\"error\":{\"code\":\"bad-json\""'

# An answer comes before the next question is asked, with several jobs too.
mkfifo questions answers
jsonl --jobs 3 < questions > answers &
exec 8<> questions 9<> answers
echo '{"id": "first", "text": "We urge you to pay."}' >&8
answer=$(timeout 20 head -n 1 <&9)
exec 8>&- 9<&-
wait
case $answer in
  '{"v":1,"id":"first"'*) ok 'jobs: an answer at once' ;;
  *) not_ok 'jobs: an answer at once' "got: $answer" ;;
esac

run sh -c 'yes "{\"id\": 1, \"text\": \"We urge you to pay.\"}" | "$CLAIMANT" -f jsonl -t jsonl --jobs 3 | head -n 2 | wc -l'
expect 'a reader who goes' 0 ''

# ---- Lists of files --------------------------------------------------------------------------------

mkdir letters
for i in 1 2 3; do printf 'We urge you to answer letter %d.\n' $i > "letters/a letter $i.txt"; done
printf '%s\n' letters/*.txt > list
printf '%s\0' letters/*.txt > list0
"$CLAIMANT" -t jsonl letters/*.txt > named
"$CLAIMANT" -t jsonl --files-from list > listed
check '--files-from' cmp named listed
"$CLAIMANT" -t jsonl --jobs 2 -0 --files-from - < list0 > listed
check '--files-from - with -0, jobs' cmp named listed
run "$CLAIMANT" -t jsonl --files-from none
expect 'a list that is not there' 66 '^claimant: none: cannot be read'
run "$CLAIMANT" -t jsonl --files-from list0
expect 'a list with zeros, read as lines' 2 '^claimant: list0:1: a name holds a byte 0'
run "$CLAIMANT" -t jsonl -0 letters/*.txt
expect '-0 without a list' 2 '--files-from was expected'
{ cat list; echo letters/gone.txt; } > list-gone
run "$CLAIMANT" -t jsonl --jobs 2 --files-from list-gone
expect 'a file of a list that is gone' 1 '^claimant: letters/gone.txt: cannot be read'
check 'a file of a list that is gone: its record' sh -c 'sed -n 4p out | grep -q "\"id\":\"letters/gone.txt\",\"error\":{\"code\":\"cannot-read\""'

# ---- A folder of answers ------------------------------------------------------------------------------

# same NAME FOLDER: holds what the undisturbed run gave.
same() { check "$1" diff -r whole "$2"; }

run jsonl --output-dir whole --jobs 2 --metrics metrics < bad.jsonl
expect 'a folder of answers' 1 '1 of 81 letters failed; its file'
check 'a folder of answers: one a letter, one error, and what made them' test "$(ls -A whole | wc -l)" -eq 82
check 'a folder of answers: named by the hash' sh -c \
  'for f in whole/*.jsonl; do h=$(basename "$f" .jsonl); grep -q "\"sha256\":\"$h\"" "$f" || exit 1; done'
check 'a folder of answers: exact counts' test "$(value letters) $(value written) $(value failed) $(value skipped) $(value bad-json)" = '81 80 1 0 1'
run jsonl --output-dir whole < bad.jsonl
expect 'a folder that is filled already' 2 '^claimant: whole: holds answers already; --resume'
run jsonl --output-dir whole --resume --types Date < bad.jsonl
expect 'a folder that was filled with other options' 2 '^claimant: whole: was filled with other options'
ls -l --time-style=full-iso whole/*.jsonl > before
run jsonl --output-dir whole --resume --metrics metrics < bad.jsonl
expect 'a finished run resumed' 1 '1 of 81 letters failed'
check 'a finished run resumed: counts' test "$(value written) $(value failed) $(value skipped)" = '0 1 80'
ls -l --time-style=full-iso whole/*.jsonl > after
check 'a finished run resumed: nothing was touched' cmp before after

head -n 30 bad.jsonl | jsonl --output-dir cut
run jsonl --output-dir cut --resume --jobs 2 < bad.jsonl
same 'a run cut short and resumed gives the same files' cut

cp -r whole stale
for file in stale/*.jsonl; do sed 's/"rules":"[0-9a-f]*"/"rules":"0000"/' "$file" > x && mv x "$file"; done
run jsonl --output-dir stale --resume < bad.jsonl
same 'answers of other rules are made anew' stale

{ letters 3; letters 3 | sed 's/"id": /"id": 10/'; } > twice.jsonl
run jsonl --output-dir twice --jobs 3 --metrics metrics < twice.jsonl
expect 'the same letters twice' 0 ''
check 'the same letters twice: the first stay' sh -c 'cat twice/*.jsonl | grep -c "\"id\":[123]," | grep -qx 3'
check 'the same letters twice: counts' test "$(value written) $(value skipped)" = '3 3'

printf '%s\n' '{"id": "dup", "text": "We urge you to pay."}' '{"id": "dup", "text": "We urge you to rest."}' > dup.jsonl
run jsonl --output-dir dup < dup.jsonl
expect 'duplicate ids' 0 ''
check 'duplicate ids: both letters' test "$(ls dup/*.jsonl | wc -l)" -eq 2

printf '{"id": 1, "path": "late.txt"}\n' > late.jsonl
run jsonl --output-dir late < late.jsonl
expect 'a path that is not there yet' 1 '1 of 1 letters failed'
check 'a path that is not there yet: the error has a file' test "$(ls late/*.error.json | wc -l)" -eq 1
echo 'We urge you to pay.' > late.txt
run jsonl --output-dir late --resume < late.jsonl
expect 'and later is' 0 ''
check 'and later is: the error is gone' test "$(ls late | grep -c error)" -eq 0

"$CLAIMANT" -f jsonl -t nquads --output-dir quads < in.jsonl
cat quads/*.nq | grep -v '^#' | sort -u > folder.nq
sort -u one.nq > sorted.nq
check 'N-Quads in a folder: the same quads' cmp sorted.nq folder.nq
run "$CLAIMANT" -f jsonl -t timeline --output-dir other < in.jsonl
expect 'a folder of tables' 2 '--output-dir is for jsonl'
run jsonl --resume < in.jsonl
expect '--resume without a folder' 2 '--output-dir was expected'
run jsonl --output-dir other -o file < in.jsonl
expect 'a folder and a file' 2 'one was expected'
run jsonl --output-dir in.jsonl < in.jsonl
expect 'a folder that is a file' 74 '^claimant: in.jsonl: the folder cannot be opened'
run jsonl --output-dir none/where < in.jsonl
expect 'a folder in no folder' 74 '^claimant: none/where: the folder cannot be made'

# Two processes fill one folder.
jsonl --output-dir shared --resume < bad.jsonl 2> /dev/null &
jsonl --output-dir shared --resume --jobs 2 < bad.jsonl 2> /dev/null
wait
same 'two processes, one folder' shared

# ---- Cut short -------------------------------------------------------------------------------------------

# started FOLDER: waits until the first answer is there.
started() {
  for _ in $(seq 200); do
    ls "$1" 2> /dev/null | grep -q jsonl && return
    sleep 0.1
  done
}
for signal in TERM INT KILL; do
  folder=by-$signal
  rm -f slow && mkfifo slow
  # a shell ignores INT for what it starts in the background; env gives it back
  env --default-signal=INT "$CLAIMANT" -f jsonl -t jsonl --jobs 2 --output-dir $folder < slow 2> err &
  child=$!
  exec 7> slow
  head -n 20 bad.jsonl >&7
  started $folder
  kill -$signal $child
  status=0
  wait $child || status=$?
  exec 7>&-
  check "$signal: ends by the signal" test "$status" -gt 128
  if [ $signal != KILL ]; then
    check "$signal: no letter is half done" test -z "$(find $folder -name '.*part*' -o -name '*.jsonl' -size 0)"
  fi
  run jsonl --output-dir $folder --resume < bad.jsonl
  same "$signal, and resumed: the same files" $folder
done

# A full disk: no file may grow beyond 1 KiB units, so that the longer answers fail.
{ letters 4; printf '{"id": "long", "text": "'; yes 'We urge you to pay by 3 May 2022. ' | head -n 400 | tr -d '\n'; printf '"}\n'; letters 6; } > mixed.jsonl
jsonl --output-dir roomy < mixed.jsonl
run sh -c 'ulimit -f 64; exec "$CLAIMANT" -f jsonl -t jsonl --output-dir full < mixed.jsonl'
expect 'a full disk' 74 '^claimant: full: [0-9a-f]*.jsonl cannot be written: File too large'
check 'a full disk: nothing half written' test -z "$(find full -name '.*part*')"
jsonl --output-dir full --resume < mixed.jsonl
check 'a full disk, and resumed: the same files' diff -r roomy full

# ---- Limits -------------------------------------------------------------------------------------------

run jsonl --max-bytes 100 < in.jsonl
expect '--max-bytes' 1 '300 of 300 letters failed'
check '--max-bytes: why' grep -q '"code":"too-large","message":"too large; a letter of at most 100 bytes' out
run "$CLAIMANT" -t jsonl --max-bytes 10 'letters/a letter 1.txt'
expect '--max-bytes, a file' 65 'too large; a letter of at most 10 bytes was expected'
awk 'BEGIN { printf "{\"id\": 1, \"text\": \""; for (i = 0; i < 1200000; i++) printf "x"; print "\"}" }' > long.jsonl
cat long.jsonl in.jsonl > long-first.jsonl
run jsonl --max-bytes 1000 --jobs 2 < long-first.jsonl
expect 'a line beyond all measure' 1 '1 of 301 letters failed'
check 'a line beyond all measure: the rest is answered' test "$(wc -l < out)" -eq 301

awk 'BEGIN { printf "{\"id\": 1, \"text\": \""; for (i = 0; i < 30000; i++) printf "We urge Minister Okonjo to pay on %d May. ", i % 28; print "\"}" }' > slow.jsonl
run jsonl --timeout-per-letter 0.001 < slow.jsonl
expect '--timeout-per-letter' 1 '1 of 1 letters failed'
check '--timeout-per-letter: why' grep -q '"code":"timeout"' out
jsonl --timeout-per-letter 3600 < in.jsonl > patient.jsonl
check '--timeout-per-letter: time enough changes nothing' cmp one.jsonl patient.jsonl
cat > backtracking.xml << 'END'
<ruleset xmlns="https://w3id.org/claimant/rules#" id="backtracking" version="1" xml:lang="en">
  <type name="Run" layer="run" node="item"/>
  <phase id="runs">
    <rule id="run" emits="Run"><pattern>(?:[ab])*(?:[ab])*x</pattern>
      <example><m>abx</m></example><counter>ab</counter></rule>
  </phase>
</ruleset>
END
awk 'BEGIN { printf "{\"id\": 1, \"text\": \""; for (i = 0; i < 600; i++) printf "ab"; print "y x\"}" }' > inside.jsonl
run jsonl --rules backtracking.xml --timeout-per-letter 0.01 < inside.jsonl # of a second or more
expect '--timeout-per-letter inside a match' 1 '1 of 1 letters failed'
check '--timeout-per-letter inside a match: why' grep -q '"code":"timeout".*"rule":"run"' out
run jsonl --timeout-per-letter 0 < in.jsonl
expect 'no time at all' 2 'seconds, more than 0, were expected'

for i in 1 2 3; do echo nonsense; done | cat - in.jsonl > three-bad.jsonl
run jsonl --fail-fast < three-bad.jsonl
expect '--fail-fast' 1 '^claimant: a letter failed; the run ends here'
check '--fail-fast: one answer' test "$(wc -l < out)" -eq 1
lines=any
run jsonl --max-errors 2 --jobs 2 < three-bad.jsonl
expect '--max-errors' 1 'more than 2 letters failed; the run ends here'
check '--max-errors: three answers' test "$(wc -l < out)" -eq 3
lines=
run jsonl --max-errors 3 < three-bad.jsonl
expect '--max-errors that is not reached' 1 '3 of 303 letters failed'

# ---- Progress and counts ---------------------------------------------------------------------------------

run jsonl --progress=json < in.jsonl
lines=any
expect '--progress=json' 0 '"letters":300,"written":300,"failed":0,"skipped":0'
lines=
run jsonl --progress=rings < in.jsonl
expect 'an unknown progress' 2 'bar, json or none was expected'
run jsonl < in.jsonl
expect 'silence where nobody looks' 0 ''
run jsonl --metrics metrics < bad.jsonl
check '--metrics: JSON with exact counts' test "$(value letters) $(value failed) $(value status) $(value bad-json)" = '81 1 1 1'
run jsonl --metrics none/metrics < in.jsonl
expect '--metrics where nothing can be' 74 '^claimant: none/metrics: cannot be written'

finish
