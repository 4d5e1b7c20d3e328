#!/bin/sh
# claimant check: the rules that are shipped pass their own examples, and faults in others are told.
. tests/lib.sh

run "$CLAIMANT" check
if [ "$status" -eq 0 ]; then
  ok "the shipped rules: $(tail -n 1 "$work/out")"
else
  not_ok 'the shipped rules' "$(head -n 20 "$work/err"; tail -n 20 "$work/out")"
fi
check 'the shipped rules raise no doubts' test ! -s "$work/err"

cd "$work" || exit 1
cat > rules.xml << 'END'
<ruleset xmlns="https://w3id.org/claimant/rules#" id="test" version="1" xml:lang="en">
<type name="Office" layer="office"/>
<type name="Person" layer="name">
<role name="title"/><feature name="sex" values="m f"/></type>
<phase id="offices">
<rule id="office" emits="Office"><pattern>Minister of \p{L}+</pattern>
<example>the <m>Minister of Transport</m></example>
<counter>the Minister</counter></rule>
</phase>
<phase id="people">
<rule id="lady" emits="Person" span="name"><pattern>(?'title'{Office}|Ms) (?'name'Adaeze \p{Lu}\p{L}+)</pattern>
<set feature="sex" value="f"/>
<example>Dear <m role="title">Ms</m> <m>Adaeze Okonjo</m>,<f name="sex" value="f"/></example>
<example>the <m role="title">Minister of Transport</m> <m>Adaeze Okonjo</m></example>
<example>Dear Ms <m>Okonjo</m>,</example>
<example>Dear <m role="title">Dear Ms</m> <m>Adaeze Okonjo</m>,</example>
<example>Dear Ms <m>Adaeze Okonjo</m>,<f name="sex" value="m"/></example>
<example>Dear Minister of Ports <m>Tomas Lindqvist</m>,</example>
<counter>Dear Ms Adaeze,</counter>
<counter>Dear Ms Adaeze Okonjo,</counter></rule>
</phase>
</ruleset>
END
run "$CLAIMANT" check --rules rules.xml
expect 'faults in examples' 65 ''
check 'faults in examples: counts' grep -qx '2 rules, 10 examples and counters: 5 passed, 5 failed' out
check 'faults in examples: the file' grep -qx 'rules.xml: 2 rules, 10 texts, 5 failed' out
for words in 'rules.xml:15: "Okonjo" was expected, but it did not match' 'rules.xml:16: role title: "Dear Ms" was expected, but it is "Ms"' \
  'rules.xml:17: feature sex: "m" was expected, but it is "f"' \
  'rules.xml:18: "Tomas Lindqvist" was expected, but it did not match' \
  '^ *types in the text: {Office} "Minister of Ports"' '^ *"Adaeze "$' \
  'rules.xml:20: a counter must not match, but "Adaeze Okonjo" did'; do
  check "faults in examples: $words" grep -q "$words" out
done
run "$CLAIMANT" check --rules rules.xml office
expect 'one rule' 0 ''
check 'one rule: counts' grep -qx '1 rule, 2 examples and counters: 2 passed, 0 failed' out
run "$CLAIMANT" check --rules rules.xml ladies
expect 'an unknown rule' 2 '^claimant: unknown rule "ladies"'

cat > shadow.xml << 'END'
<ruleset xmlns="https://w3id.org/claimant/rules#" id="test" version="1" xml:lang="en">
<type name="Pronoun" layer="pronoun"/>
<type name="Agent" layer="agent"/>
<type name="Demand" layer="demand"/>
<phase id="pronouns">
<rule id="pronoun" emits="Pronoun"><pattern>\b(?:you|they)\b</pattern>
<example><m>you</m></example><counter>me</counter></rule>
<rule id="agent" emits="Agent"><pattern>the council</pattern>
<example><m>the council</m></example><counter>me</counter></rule>
</phase>
<phase id="demands">
<rule id="ask" emits="Demand"><pattern>ask (?:you|{Agent}|the {Pronoun}) to \p{L}+</pattern>
<example>We <m>ask the council to act</m>.</example><counter>We act.</counter></rule>
</phase>
</ruleset>
END
echo 'We ask you to act. We ask the council to act.' > letter.txt
run "$CLAIMANT" check --rules shadow.xml --shadow letter.txt
expect 'a shadow' 0 'shadow.xml:12: warning: would match "ask you to act", but {Pronoun} hides "you" from its patterns (rule ask)'
run "$CLAIMANT" check --rules shadow.xml --shadow none.txt
expect 'shadows of a letter that is not there' 66 '^claimant: none.txt: cannot be read'
run "$CLAIMANT" check --rules shadow.xml --shadow
expect 'no shadow in the examples' 0 ''

finish
