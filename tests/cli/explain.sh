#!/bin/sh
# claimant explain and claimant why-not, on rules of their own; and the shipped rules on the sample letters.
. tests/lib.sh
letters=$PWD/samples/letters

cd "$work" || exit 1
cat > rules.xml << 'END_OF_RULES'
<ruleset xmlns="https://w3id.org/claimant/rules#" id="test" version="1" xml:lang="en">
<type name="Town" layer="name"/>
<type name="Office" layer="office" output="no"/>
<type name="Plea" layer="plea" class="https://schema.org/Demand"><role name="who"/><role name="cue"/><role name="by"/>
<feature name="force"/><feature name="tone"/></type>
<macro name="verb">(?:beg|implore|call on)</macro>
<table name="force"><row key="beg" value="weak"/><row key="implore | call on" value="strong"/></table>
<phase id="names">
<rule id="town" emits="Town" confidence="0.7"><pattern>(?:Vellmar|Oster Bay)</pattern>
<example><m>Vellmar</m></example><counter>a town</counter></rule>
<rule id="bay" emits="Town"><pattern>Bay</pattern><example>the <m>Bay</m></example><counter>a town</counter></rule>
<rule id="office" emits="Office"><pattern>(?:council|mayor)</pattern>
<example>the <m>mayor</m></example><counter>a town</counter></rule>
</phase>
<phase id="pleas">
<rule id="plea" emits="Plea" confidence="0.9">
<pattern>[Ww]e(?: also)? (?'cue'{verb}) (?'who'the {Office}(?: of {Town})?|{Town}) to</pattern>
<unless at="after"> no longer</unless>
<set feature="force" from="cue" table="force"/>
<set feature="tone" value="plain"/>
<example><m>We <m role="cue">beg</m> <m role="who">the mayor</m> to</m> act.</example>
<counter>We beg the mayor to no longer act.</counter></rule>
<rule id="plea-of" emits="Plea" priority="-1">
<pattern>[Ww]e implore (?'who'the {Office} of {Town}) to</pattern>
<set feature="tone" value="grave"/>
<fill role="by" from="Town" where="sentence" pick="last" required="no"/>
<example><m>We implore the mayor of Vellmar to</m> act.</example><counter>We act.</counter></rule>
<rule id="plea-short" emits="Plea"><pattern>implore the</pattern>
<example>They <m>implore the</m> sea.</example><counter>We act.</counter></rule>
<rule id="plea-filled" emits="Plea"><pattern>must act</pattern><fill role="by" from="Town" pick="before"/>
<example>Vellmar <m>must act</m>.</example><counter>We act.</counter></rule>
<rule id="plea-heading" emits="Plea" scope="heading"><pattern>Act now, (?'who'{Office})</pattern>
<example><m>Act now, mayor</m></example><counter>We act.</counter></rule>
<rule id="shy" emits="Plea"><pattern>(?:hug the mayor|kiss the {Office})</pattern>
<example>They <m>kiss the mayor</m>.</example><counter>We act.</counter></rule>
<rule id="slow" emits="Plea"><pattern>(?:a|aa)+c</pattern>
<example>b <m>aac</m></example><counter>We act.</counter></rule>
</phase>
</ruleset>
END_OF_RULES
echo 'On Monday we implore the mayor of Vellmar to reopen the pool at Oster Bay.' > letter.txt
export CLAIMANT_RULES="$work/rules.xml"

# has NAME WORDS: in what the last run printed.
has() { check "$1" grep -qF -e "$2" "$work/out"; }

# ---- explain -------------------------------------------------------------------------------------

run "$CLAIMANT" explain letter.txt
expect 'explain' 0 ''
has 'explain: the item' 'Plea "we implore the mayor of Vellmar to" 10-44'
has 'explain: its rule' "rule       plea ($work/rules.xml:16), pattern at line 17, phase pleas"
has 'explain: what it saw' 'On Monday we implore the {Office "mayor"} of {Town "Vellmar"} to reopen the pool at {Town "Oster Bay"}.'
has 'explain: a group' 'group      who "the mayor of Vellmar" 21-41'
has 'explain: a feature' "feature    force = strong   <set> at $work/rules.xml:19"
has 'explain: a role' "role       cue \"implore\" 13-20   group of the pattern at $work/rules.xml:17"
has 'explain: a role of another' "merged from rule plea-of, <fill> at $work/rules.xml:26"
has 'explain: what it was merged with' "merged     \"we implore the mayor of Vellmar to\" 10-44 of rule plea-of ($work/rules.xml:23)"
has 'explain: what it beat' "beat       \"implore the\" 13-24 of rule plea-short ($work/rules.xml:28): it is longer, at the same priority"
has 'explain: longer names beat' "of rule bay ($work/rules.xml:11): it is longer"
check 'explain: no colour in a file' sh -c "! grep -q '$(printf '\033')' out"
if command -v script > /dev/null; then
  script -qec "'$CLAIMANT' explain letter.txt" /dev/null > out 2> /dev/null
  check 'explain: colour on a terminal' grep -q "$(printf '\033')\[1mPlea" out
  NO_COLOR=1 script -qec "'$CLAIMANT' explain letter.txt" /dev/null > out 2> /dev/null
  check 'explain: NO_COLOR' sh -c "grep -q Plea out && ! grep -q '$(printf '\033')' out"
else
  skip 'explain: colour' 'there is no script(1) to make a terminal'
fi

run "$CLAIMANT" explain --at 64 letter.txt
expect 'explain --at' 0 ''
check 'explain --at: one item' sh -c 'grep -c "^[A-Z]" out | grep -qx 1 && grep -q "^Town \"Oster Bay\"" out'
run "$CLAIMANT" explain --rule plea letter.txt
check 'explain --rule: its items alone' sh -c 'grep -c "^[A-Z]" out | grep -qx 1'
id=$(sed -n 's/^Plea .* //p' out)
run "$CLAIMANT" explain --item "$id" letter.txt
expect 'explain --item' 0 ''
check 'explain --item: it alone' sh -c 'grep "^[A-Z]" out | grep -q "^Plea" && grep -c "^[A-Z]" out | grep -qx 1'
run "$CLAIMANT" explain --at 5000 letter.txt
expect 'explain: nothing there' 1 'no item here is what was asked for'
run "$CLAIMANT" explain --rule pleas letter.txt
expect 'explain: an unknown rule' 2 'unknown rule "pleas"'
run "$CLAIMANT" explain --at here letter.txt
expect 'explain: no place' 2 '"here" for --at'
run "$CLAIMANT" explain --format yaml letter.txt
expect 'explain: an unknown format' 2 'unknown format "yaml"'
run "$CLAIMANT" explain none.txt
expect 'explain: no such letter' 66 '^claimant: none.txt: cannot be read'
run "$CLAIMANT" explain letter.txt rules.xml
expect 'explain: two letters' 2 'takes one letter'

if [ -w /dev/full ]; then
  status=0
  "$CLAIMANT" explain letter.txt > /dev/full 2> err || status=$?
  expect 'explain: a full disk' 74 'standard output: cannot be written'
  status=0
  "$CLAIMANT" why-not plea letter.txt > /dev/full 2> err || status=$?
  expect 'why-not: a full disk' 74 'standard output: cannot be written'
fi

run "$CLAIMANT" explain --format json letter.txt
expect 'explain as JSON' 0 ''
if command -v python3 > /dev/null; then
  check 'explain as JSON: what is in it' python3 -c '
import json
plea = [x for x in map(json.loads, open("out")) if x["type"] == "Plea"][0]
assert plea["rule"] == "plea" and plea["line"] == 16 and plea["phase"] == "pleas"
assert plea["matched"] == "we implore the {Office \"mayor\"} of {Town \"Vellmar\"} to"
force = [f for f in plea["features"] if f["name"] == "force"][0]
assert force["value"] == "strong" and force["origin"]["by"] == "set" and force["origin"]["line"] == 19
by = [r for r in plea["roles"] if r["name"] == "by"][0]
assert by["origin"]["way"] == "merged" and by["origin"]["rule"] == "plea-of"
assert [b["reason"] for b in plea["beat"]] == ["length"] and len(plea["merged"]) == 1'
else
  skip 'explain as JSON: what is in it' 'there is no python3'
fi
run "$CLAIMANT" explain --format turtle --base https://example.org/ letter.txt
expect 'explain as PROV' 0 ''
has 'explain as PROV: the plan' 'prov:hadPlan <https://w3id.org/claimant/rules/test/1#plea>'
if command -v serdi > /dev/null; then
  check 'explain as PROV: it is Turtle' serdi -i turtle out
else
  skip 'explain as PROV: it is Turtle' 'there is no serdi'
fi


# What a name is linked to, as PROV.
printf '3 May 2021\n\nHuman Rights Watch wrote to the HRW office of Ann Marsh.\n' > linked.txt
(unset CLAIMANT_RULES; "$CLAIMANT" explain --format turtle linked.txt > linked.ttl)
check 'explain as PROV: links' grep -q 'skos:exactMatch <https://w3id.org/claimant/vocab/body-human-rights-watch> \.' linked.ttl
check 'explain as PROV: and why' grep -q 'rdfs:comment "\\"Human Rights Watch\\" is the preferred label in' linked.ttl
if command -v serdi > /dev/null; then
  check 'explain as PROV: links are Turtle' serdi -e -i turtle linked.ttl
  (unset CLAIMANT_RULES; "$CLAIMANT" explain --format json linked.txt) | grep -o '"verdict":' | wc -l > links.count
  check 'explain as PROV: all links' sh -c '[ "$(serdi -i turtle linked.ttl | grep -c "#CandidateLink>")" = "$(cat links.count | tr -d " ")" ]'
fi

# ---- why-not -------------------------------------------------------------------------------------

run "$CLAIMANT" why-not plea 'We also implore the people to act.'
expect 'why-not' 0 ''
has 'why-not: how far it came' "the pattern at $work/rules.xml:17 comes as far as \"We also implore the \"; the text goes on \"people to act.\""
has 'why-not: what it needed' '{Office} (none in the text)'
run "$CLAIMANT" why-not plea 'We also ask the mayor to act.'
has 'why-not: inside a macro' '{verb}: "beg", "implore", "call on"'
run "$CLAIMANT" why-not plea 'We beg the mayor in Vellmar to act.'
has 'why-not: several ways on' 'comes as far as "We beg the {Office "mayor"} "; the text goes on "in {Town "Vellmar"} to act."'
has 'why-not: one of them' '"of "'
has 'why-not: the other' '"to"'
has 'why-not: types in the text' 'types in the text: {Office} "mayor", {Town} "Vellmar"'
run "$CLAIMANT" why-not plea 'We beg the mayor to no longer act.'
has 'why-not: a veto' "matches \"We beg the mayor to\", but the <unless at=\"after\"> at $work/rules.xml:18 vetoes it:  no longer"
run "$CLAIMANT" why-not plea-short letter.txt
has 'why-not: it lost' "matches \"implore the\", but loses to \"we implore the mayor of Vellmar to\" of rule plea ($work/rules.xml:16): it is longer"
run "$CLAIMANT" why-not bay letter.txt
has 'why-not: to a name' "but loses to \"Oster Bay\" of rule town ($work/rules.xml:9): it is longer"
run "$CLAIMANT" why-not plea-of letter.txt
has 'why-not: it was merged' "and is one with \"we implore the mayor of Vellmar to\" of rule plea ($work/rules.xml:16)"
run "$CLAIMANT" why-not plea-filled 'The harbour must act.'
has 'why-not: nothing to fill with' "the required <fill> at $work/rules.xml:30 finds nothing in the sentence for the role by"
run "$CLAIMANT" why-not plea-heading 'They told us this: act now, mayor of all, and do it well.'
has 'why-not: another scope' 'does not look here: its scope is "heading head body signature notes", and the text is a sentence of the body'
has 'why-not: and if it were' 'if it were a heading of the body:'
run "$CLAIMANT" why-not office 'Ask the mayor.'
has 'why-not: a helper' 'matches "mayor"; what is of the type Office is for other rules, not for the output'
run "$CLAIMANT" why-not shy 'They hug the mayor.'
has 'why-not: hidden words' 'there, "mayor" is {Office}, and the rule'"'"'s patterns cannot see its words'
has 'why-not: what would match without the type' 'it would match "hug the mayor", but {Office} hides "mayor" from its patterns'
run "$CLAIMANT" why-not slow "$(head -c 6000 /dev/zero | tr '\0' a)b"
if [ "$status" -eq 65 ]; then ok 'why-not: a pattern that never ends'; else expect 'why-not: a pattern that never ends' 0 ''; fi
printf 'First line.\n\nWe beg them.\n' > short.txt
run "$CLAIMANT" why-not plea - < short.txt
has 'why-not: where in the text' '(line 3 of the text) comes as far as "We beg the"'
run "$CLAIMANT" why-not plea ''
expect 'why-not: no text' 0 'the letter is empty'
has 'why-not: no text: so it says' 'the text is nothing that rules look at'
run "$CLAIMANT" why-not pleas 'We act.'
expect 'why-not: an unknown rule' 2 'unknown rule "pleas"'
run "$CLAIMANT" why-not plea
expect 'why-not: one argument' 2 'why-not takes the id of a rule and a text'

# ---- The shipped rules -----------------------------------------------------------------------------

unset CLAIMANT_RULES
for letter in island-ferry lake-towns-president; do
  run "$CLAIMANT" explain "$letters/$letter.txt"
  expect "explain $letter" 0 ''
  check "explain $letter: demands and what they beat" sh -c 'grep -q "^Demand" out && grep -q "^  beat" out'
done
run "$CLAIMANT" why-not demand-performative 'We wonder whether the ferry will sail.'
expect 'why-not of a shipped rule' 0 ''
has 'why-not of a shipped rule: inside a shared macro' '{performTo}: "'
finish
