#!/bin/sh
# Letters and rules of several languages.
. tests/lib.sh
cd "$work" || exit 1

cat > rules.xml << 'END'
<ruleset xmlns="https://w3id.org/claimant/rules#" id="pleas" version="1" xml:lang="en">
  <type name="Plea" class="https://example.org/Plea"/>
  <phase id="pleas">
    <rule id="plea" emits="Plea"><pattern>we beg</pattern><example><m>we beg</m></example><counter>we ask</counter></rule>
    <rule id="bitte" emits="Plea" xml:lang="de"><pattern>(?:wir bitten|we beg)</pattern>
      <example><m>wir bitten</m></example><counter>wir fragen</counter><counter xml:lang="en">we beg</counter></rule>
  </phase>
</ruleset>
END
run "$CLAIMANT" check rules.xml
expect 'examples in the language of their rule' 0 ''
printf 'So we beg, und wir bitten.\n' > letter.txt
found() { "$CLAIMANT" -t jsonl --rules rules.xml "$@" | grep -o '"rule":"[a-z]*"' | tr '\n' ' '; }
check 'the rules say the language' test "$(found letter.txt)" = '"rule":"plea" '
check 'a language with a country' test "$(found --language de-AT letter.txt)" = '"rule":"bitte" "rule":"bitte" '
check 'a language of no rule' test "$(found --language fr letter.txt)" = ''
printf '{"id":1,"text":"we beg","language":"de"}\n{"id":2,"text":"we beg"}\n' > letters.jsonl
check 'lines have the say' test "$(found --language en letters.jsonl)" = '"rule":"bitte" "rule":"plea" '
run "$CLAIMANT" -t ntriples --rules rules.xml --language de-AT letter.txt
check 'words bear the language' grep -q '"wir bitten"@de-at' out
run "$CLAIMANT" --language de_AT letter.txt
expect 'no language tag' 2 '^claimant: "de_AT" for --language is no language tag; one like en or pt-BR was expected'
printf '{"id":1,"text":"we beg","language":"d"}\n' > bad.jsonl
run "$CLAIMANT" -t jsonl --rules rules.xml bad.jsonl
check 'no language tag in a line' grep -q '"code":"bad-language"' out
run "$CLAIMANT" why-not --rules rules.xml --language en bitte 'wir bitten'
expect 'why-not: another language' 0 ''
check 'why-not tells of languages' grep -q '^rule bitte (rules.xml:5) is for texts in de, and this one is in en$' out
run "$CLAIMANT" explain --rules rules.xml --language de letter.txt
check 'explain takes the language' grep -q 'rule  *bitte' out

finish
