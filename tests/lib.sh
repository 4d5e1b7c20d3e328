# Sourced by the shell tests. Each check prints one line: "ok NAME", "not ok NAME: why" or
# "skip NAME: why". CLAIMANT is the program; $work is a folder of the test's own, removed at the end.

CLAIMANT=${CLAIMANT:-$PWD/claimant}
case $CLAIMANT in /*) ;; *) CLAIMANT=$PWD/$CLAIMANT ;; esac
export CLAIMANT
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0

ok() { echo "ok $1"; }
not_ok() { echo "not ok $1: $2"; failures=$((failures + 1)); }
skip() { echo "skip $1: $2"; }

# check NAME CONDITION...: the condition is a command.
check() {
  name=$1
  shift
  if "$@" > /dev/null 2>&1; then ok "$name"; else not_ok "$name" "$*"; fi
}

# run COMMAND...: leaves $status and the files $work/out and $work/err.
run() {
  status=0
  "$@" > "$work/out" 2> "$work/err" || status=$?
}

# expect NAME STATUS WORDS: what the last run ended with, and what it said on standard error; WORDS is
# a basic regular expression, empty for nothing said. More than one line is an error unless $lines is set.
expect() {
  said=$(cat "$work/err")
  if [ "$status" -ne "$2" ]; then
    not_ok "$1" "status $status, $2 was expected; it said: $said"
  elif [ -z "$3" ] && [ -n "$said" ]; then
    not_ok "$1" "silence was expected; it said: $said"
  elif [ -n "$3" ] && ! printf '%s\n' "$said" | grep -q -e "$3"; then
    not_ok "$1" "\"$3\" was expected; it said: $said"
  elif [ -n "$3" ] && [ -z "${lines-}" ] && [ "$(wc -l < "$work/err")" -ne 1 ]; then
    not_ok "$1" "one message was expected; it said: $said"
  else
    ok "$1"
  fi
}

finish() { exit "$((failures > 0))"; }
