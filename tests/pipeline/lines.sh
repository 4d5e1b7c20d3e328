#!/bin/sh
# What Slurm arrays, Spark's pipe and Hadoop Streaming lean on: a line in is a line out, wherever the input is cut.
. tests/lib.sh
cd "$work" || exit 1

awk 'BEGIN { for (i = 1; i <= 60; i++) printf "{\"id\": \"%d\", \"text\": \"Dear Minister,\\n\\n\\tWe urge you to pay\\u2028 by %d May 2022.\\r\\n\\u0085 Ann\\tKestrel\"}\n", i, i % 28 + 1 }' > in.jsonl
printf 'not JSON at all\n{"id": "no text"}\n{"id": "tab", "text": "a\tb"}\n' >> in.jsonl
jsonl() { "$CLAIMANT" -f jsonl -t jsonl 2> /dev/null; }
jsonl < in.jsonl > whole
# by their numbers lines know where in the input they stand
unnumbered() { sed 's/^{"id":null,"line":[0-9]*/{"id":null,"line":0/' "$@"; }
unnumbered whole | sort > wanted

check 'a line out for each line in' test "$(wc -l < whole)" -eq "$(wc -l < in.jsonl)"
check 'no raw tab, carriage return or other break inside a line' sh -c \
  '! LC_ALL=C grep -q "$(printf "[\t\r\v\f]")" whole && ! LC_ALL=C grep -q "$(printf "\342\200\250\|\302\205")" whole'
for size in 1 7 23 60; do
  rm -f part.*
  split -l $size -d -a 3 in.jsonl part.
  for part in part.*; do jsonl < "$part"; done > joined
  unnumbered joined > ordered
  unnumbered whole > whole.unnumbered
  check "split by $size lines: the same lines in the same order" cmp ordered whole.unnumbered
done
sort -R in.jsonl | jsonl > shuffled || true
unnumbered shuffled | sort > found
check 'in any order: the same set of lines' cmp wanted found
# a job may be handed every second line
for i in 0 1 2; do awk -v i=$i 'NR % 3 == i' in.jsonl | jsonl; done > strided || true
unnumbered strided | sort > found
check 'dealt out: the same set of lines' cmp wanted found
printf '%s' "$(head -n 1 in.jsonl)" | jsonl > last
head -n 1 whole > first
check 'an input that ends without a line break' cmp first last
: | jsonl > none
check 'no input: no output' test ! -s none
head -c 150 in.jsonl | jsonl > early || true
check 'an input that breaks off: the last line is an error record' sh -c 'tail -n 1 early | grep -q "\"error\":{\"code\":\"bad-json\""'
finish
