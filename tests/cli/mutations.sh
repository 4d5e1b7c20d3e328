#!/bin/sh
# The mutation test runs, and the sample of rules of one's own is held by its examples. By hand, for the shipped rules:
# tests/mutations/mutate.py --count 500
. tests/lib.sh
export CLAIMANT

if command -v python3 > /dev/null; then
  rules=samples/casualties/casualties.xml letter=samples/casualties/letter.txt
  check 'samples: examples and counters' "$CLAIMANT" check "$rules"
  status=0
  python3 tests/mutations/mutate.py --rules "$rules" --count 60 --min 90 "$letter" > "$work/out" 2> "$work/err" || status=$?
  check 'samples: nearly every change that shows is caught' test "$status" -eq 0
  [ "$status" -eq 0 ] || cat "$work/out" "$work/err"
  check 'samples: some changes show' grep -q '^60 changes, [1-9][0-9]* of them change a letter' "$work/out"
  mkdir "$work/weak"
  cat > "$work/weak/weak.xml" << 'END'
<ruleset xmlns="https://w3id.org/claimant/rules#" id="weak" version="1" xml:lang="en">
<type name="Harm"/>
<phase id="harm"><rule id="harm" emits="Harm"><pattern>(?:killed|injured|missing)</pattern><example><m>killed</m></example><counter>well</counter></rule></phase>
</ruleset>
END
  status=0
  python3 tests/mutations/mutate.py --rules "$work/weak/weak.xml" "$letter" > "$work/out" 2> "$work/err" || status=$?
  check 'weak examples are told' test "$status" -eq 1
  check 'survivors are told with file and line' grep -q "^survivor: weak.xml:3: drop alternative: '|\{0,1\}injured" "$work/out"
else
  skip 'the mutation test' 'there is no python3 here'
fi

finish
