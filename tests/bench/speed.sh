#!/bin/sh
# tests/bench/speed.sh PROGRAM COST: megabytes of text per second of processor time, text to JSON Lines,
# over the sample letters repeated to about 20 MB; and what one cold run on one letter to Turtle
# costs. Each figure is the median of several runs. COST is the program made of cost.c.
set -eu
program=$1 cost=$2
target=20000000
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

set -- samples/letters/*.txt
[ -f "$1" ] || { echo 'speed: there is no letter in samples/letters/' >&2; exit 1; }
once=$(cat "$@" | wc -c)
largest=$(ls -S "$@" | head -n 1)

# median COLUMN of the runs on standard input
median() { sort -g -k "$1,$1" | awk -v column="$1" '{ v[NR] = $column } END { print v[int((NR + 1) / 2)] }'; }

letters=''
copies=$((target / once + 1))
for _ in $(seq "$copies"); do letters="$letters $*"; done
for _ in 1 2 3; do
  # shellcheck disable=SC2086
  "$cost" "$work/out" "$program" -t jsonl $letters
done > "$work/bulk"
for _ in $(seq 15); do "$cost" "$work/out" "$program" "$largest"; done > "$work/cold"

sed -n 's/^model name[[:space:]]*: /machine: /p' /proc/cpuinfo | head -n 1
awk -v bytes="$((once * copies))" -v count="$(($# * copies))" \
  -v s="$(median 1 < "$work/bulk")" -v kb="$(median 2 < "$work/bulk")" 'BEGIN {
  printf "text to JSON Lines: %.1f MB of text per second of processor time", bytes / 1e6 / s
  printf " (%d letters, %.1f MB, %.2f s, peak %.1f MB)\n", count, bytes / 1e6, s, kb / 1024 }'
awk -v s="$(median 1 < "$work/cold")" -v kb="$(median 2 < "$work/cold")" -v name="$largest" \
  -v bytes="$(wc -c < "$largest")" 'BEGIN {
  printf "one letter to Turtle, cold: %.1f ms of processor time, peak %.1f MB", s * 1000, kb / 1024
  printf " (%s, %.1f kB)\n", name, bytes / 1e3 }'
