#!/bin/sh
# Rule files that would cost a careless reader its time or memory: each ends in a message with file and line, or with
# the rule, soon and in bounded memory.
. tests/lib.sh
cd "$work" || exit 1

open='<ruleset xmlns="https://w3id.org/claimant/rules#" id="test" version="1" xml:lang="en">'
phase='<type name="Plea"/><phase id="p"><rule id="plea" emits="Plea">'
rest='<example>x</example><counter>y</counter></rule></phase></ruleset>'

# Half a gibibyte and twenty seconds; a sanitizer needs more room.
limited() (
  [ -n "${CLAIMANT_SANITIZED-}" ] || ulimit -v 524288
  exec timeout 20 "$@"
)

# check_rules NAME WORDS: the file on standard input is refused, with a message that says so.
check_rules() {
  cat > rules.xml
  run limited "$CLAIMANT" check rules.xml
  expect "$1" 65 "$2"
}
repeat() { awk -v text="$1" -v times="$2" 'BEGIN { for (i = 0; i < times; ++i) printf "%s", text }'; }

(echo "$open"; repeat '<note>' 100000) | check_rules 'elements a hundred thousand deep' '^claimant: rules.xml:2: .*[Dd]epth'
(echo "$open"; repeat '<phase id="p">' 200; repeat '</phase>' 200; echo '</ruleset>') | lines=1 check_rules 'phases in phases' '^claimant: rules.xml:2: <phase> holds'
(echo "$open<note>"; repeat 'sixteen bytes...' 1100000; echo '</note></ruleset>') | check_rules 'a file of 17 MiB' '^claimant: rules.xml: a rule file may have 16777216 bytes at most'
(echo "$open"; echo "$phase"; echo "<pattern>$(repeat a 1000000)</pattern>$rest") | check_rules 'a pattern of a million characters' '^claimant: rules.xml:3: a pattern may have 131072 bytes at most'
(echo "$open<macro name=\"a\">$(repeat b 60000)</macro>"; echo "$phase"; echo "<pattern>$(repeat '{a}' 40)</pattern>$rest") | check_rules 'a pattern that grows to millions' '^claimant: rules.xml:3: .*too large\|^claimant: rules.xml:3: the pattern is larger'
(echo "$open"; for i in 1 2 3 4 5 6 7 8 9; do echo "<macro name=\"m$i\">{m$((i + 1))}{m$((i + 1))}{m$((i + 1))}{m$((i + 1))}{m$((i + 1))}{m$((i + 1))}{m$((i + 1))}{m$((i + 1))}</macro>"; done
  echo '<macro name="m10">abcdefghijklmnopqrstuvwxyz</macro>'; echo "$phase"; echo "<pattern>{m1}</pattern>$rest") > grown.xml
run limited "$CLAIMANT" check grown.xml
check 'macros that make each other up' test "$status" -eq 65
(echo "$open"; echo "$phase"; echo "<pattern>$(repeat '(?:' 5000)a$(repeat ')' 5000)</pattern>$rest") | lines=1 check_rules 'groups five thousand deep' '^claimant: rules.xml:3: .*too deep\|^claimant: rules.xml:3: .*nested'
(echo "$open"; echo "$phase"; echo "<pattern>(?:$(repeat 'word|' 20000)last)</pattern>$rest") | check_rules 'twenty thousand alternatives' '^claimant: rules.xml:3: the pattern does not compile: regular expression is too large'

# ---- Patterns that blow up on crafted text ----

(echo "$open"; echo "$phase"; echo "<pattern>(?:a|aa)+\$</pattern>$rest") | sed 's/<example>x/<example>baa/' > blow.xml
run limited "$CLAIMANT" check blow.xml
check 'a repeated choice that makes itself up is told' grep -q '^claimant: blow.xml:3: warning: "aa" is repeated without limit' err
printf '%sb\n' "$(repeat a 5000)" > letter.txt
run limited "$CLAIMANT" --rules blow.xml -t jsonl letter.txt
expect 'and no letter waits for it' 65 '^claimant: letter.txt: rule plea (blow.xml:2) gave up on "aaaaa'
run limited "$CLAIMANT" --plain --rules blow.xml -t jsonl letter.txt
expect 'nor in the plain engine' 65 '^claimant: letter.txt: rule plea (blow.xml:2) gave up on "aaaaa'

# ---- Entities and the network ----

laughs=$(for i in 1 2 3 4 5 6 7 8 9; do printf '<!ENTITY l%d "' "$i"; repeat "&l$((i - 1));" 10; printf '">'; done)
(echo "<!DOCTYPE ruleset [<!ENTITY l0 \"ha\">$laughs]>"; echo "$open<note>&l9;</note></ruleset>") | check_rules 'a billion laughs' '^claimant: rules.xml.*: '
(echo '<!DOCTYPE ruleset [<!ENTITY passwd SYSTEM "file:///etc/passwd">]>'; echo "$open<note>&passwd;</note></ruleset>") | check_rules 'an external entity' '^claimant: rules.xml.*: a rule file has no DOCTYPE and no entities of its own'
check 'an external entity: nothing of it' sh -c '! grep -q root: out err'
(echo '<!DOCTYPE ruleset SYSTEM "http://127.0.0.1:9/rules.dtd">'; echo "$open</ruleset>") | check_rules 'a grammar in the network' '^claimant: rules.xml.*: a rule file has no DOCTYPE'
echo "$open<include href=\"http://127.0.0.1:9/rules.xml\"/></ruleset>" | check_rules 'an include in the network' '^claimant: rules.xml:1: cannot read the rule file http://127.0.0.1:9/rules.xml: No such file'
echo '<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="/etc/passwd"/>' | sed "s|.*|$open&</ruleset>|" | check_rules 'another include' '^claimant: rules.xml:1: <include> is not of the namespace'

# ---- Examples whose marks nest wrongly ----

mark() { (echo "$open"; echo '<type name="Plea"><role name="who"/></type><phase id="p"><rule id="plea" emits="Plea"><pattern>beg</pattern>'; echo "<example>$1</example><counter>y</counter></rule></phase></ruleset>"); }
mark 'We <m>beg <m role="who">you</m> now.' | check_rules 'a mark that does not end' '^claimant: rules.xml:[34]: '
mark 'We <m>beg <f name="who"></m></f>.' | check_rules 'marks across each other' '^claimant: rules.xml:3: .*mismatch'
mark 'We </m>beg<m>.' | check_rules 'marks the wrong way round' '^claimant: rules.xml:3: .*mismatch'
mark 'We <m>beg <m>you</m></m>.' | lines=1 check_rules 'an item in an item that is not there' '^rules.xml\|^claimant\|' 
mark 'We <m>beg <m role="whom">you</m></m>.' | check_rules 'a role that is not there' '^claimant: rules.xml:3: Plea has no role whom; did you mean who'

finish
