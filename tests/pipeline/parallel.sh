#!/bin/sh
# The recipe of the manual for GNU parallel: parts of whole lines, each answered into a file of its own that is there
# only when it is whole; a run that was cut short is run again.
. tests/lib.sh
if ! command -v parallel > /dev/null || ! parallel --version 2> /dev/null | grep -q 'GNU parallel'; then
  skip 'GNU parallel' 'it is not installed'
  finish
fi
cd "$work" || exit 1
HOME=$work PATH=$(dirname "$CLAIMANT"):$PATH
export HOME PATH

awk 'BEGIN { for (i = 1; i <= 400; i++) printf "{\"id\": %d, \"text\": \"We urge you to answer petition %d by 3 May 2022.\"}\n", i, i }' > in.jsonl
claimant -f jsonl -t jsonl < in.jsonl > whole

recipe() {
  mkdir -p parts answers
  [ -e parts/0000 ] || split -l 50 -d -a 4 in.jsonl parts/
  parallel --will-cite -j 2 --joblog log --resume-failed 'test -e answers/{/} || claimant -f jsonl -t jsonl -o answers/{/} {}' ::: parts/*
}
recipe
cat answers/* > joined
check 'GNU parallel: what one process writes' cmp whole joined
rm answers/0003 log
recipe
cat answers/* > joined
check 'GNU parallel: a part that is missing is made again' cmp whole joined
head -n 20 log > /dev/null
check 'GNU parallel: the log has every part' test "$(tail -n +2 log | wc -l)" -eq 8
finish
