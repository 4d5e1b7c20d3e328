#!/bin/sh
# Every fuzz target on its seeds, and on what once brought a fault to light.
. tests/lib.sh
export TMPDIR="$work"
for program in "$BUILD"/fuzz/*; do
  target=${program##*/}
  [ -f "tests/fuzz/target_$target.c" ] || continue
  set --
  for input in tests/fuzz/seeds/"$target"/* tests/fuzz/found/"$target"/*; do
    [ -f "$input" ] && set -- "$@" "$input"
  done
  if [ $# -eq 0 ]; then
    not_ok "fuzz $target" "there are no seeds in tests/fuzz/seeds/$target"
    continue
  fi
  run timeout 300 "$program" "$@"
  if [ "$status" -eq 0 ]; then ok "fuzz $target"; else not_ok "fuzz $target" "status $status: $(tail -n 12 "$work/err")"; fi
done
finish
