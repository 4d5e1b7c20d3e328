#!/bin/sh
# tests/bench/names.sh PROGRAM NAMES COST: a million invented names in N-Triples, compiled, opened, and looked up in
# a text that names one of a thousand of them in every sentence. NAMES and COST are the programs made of names.c and cost.c.
set -eu
program=$1 names=$2 cost=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Names of one to three words; some of their words begin many of them.
awk -v text="$work/text" 'BEGIN {
  split("ba ko ri ta mel sor vin dak ul en shi gra po lin mar zu tel ho nar quo pri stu ve xan", part, " ")
  split("Saint Institute_for Committee_on Union_of The", head, " ")
  srand(7)
  for (i = 0; i < 1000000; ++i) {
    name = ""
    for (words = 1 + int(rand() * 3); words; --words) {
      word = ""
      for (n = 3 + int(rand() * 2); n; --n) word = word part[1 + int(rand() * 24)]
      name = name " " toupper(substr(word, 1, 1)) substr(word, 2)
    }
    if (rand() < 0.2) { first = head[1 + int(rand() * 5)]; gsub("_", " ", first); name = " " first name }
    name = substr(name, 2)
    print "<https://data.example.org/entity/Q" i "> <http://www.w3.org/2000/01/rdf-schema#label> \"" name "\"@en ."
    if (i % 1000 == 0) known[n_known++] = name
  }
  for (i = 0; i < 8000; ++i)
    printf "%s wrote to them about the report that nobody had seen in those years, and asked what became of the money for the bridge, the ferry and the school. ", known[i % n_known] > text
}' > "$work/names.nt"
"$cost" "$work/out" "$program" vocab compile "$work/names.nt" -o "$work/names.bin" > "$work/compile" 2> "$work/told"
awk '{ printf "a million names: compiled in %.1f s of processor time, peak %.0f MB; ", $1, $2 / 1024 }' "$work/compile"
"$names" "$work/names.bin" "$work/text"
