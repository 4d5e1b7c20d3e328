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

# Two languages in one rule set: names are of a language, and each block is read by the rules of its own.
mkdir both
cat > both/ruleset.xml << 'END'
<ruleset xmlns="https://w3id.org/claimant/rules#" id="both" version="1" xml:lang="en">
  <include href="types.xml"/>
  <include href="en.xml"/>
  <include href="de.xml"/>
  <include href="fr.xml"/>
</ruleset>
END
cat > both/types.xml << 'END'
<ruleset xmlns="https://w3id.org/claimant/rules#">
  <type name="Plea" class="https://example.org/Plea"><role name="whom" property="https://example.org/whom"/>
    <feature name="force" property="https://example.org/force"/></type>
  <type name="Mark" class="https://example.org/Mark"/>
  <macro name="whom">(?'whom'{@body})</macro>
  <phase id="marks">
    <rule id="mark" emits="Mark"><pattern>\bNR-\d+</pattern><example><m>NR-7</m></example><counter>NR</counter></rule>
  </phase>
</ruleset>
END
cat > both/en.xml << 'END'
<ruleset xmlns="https://w3id.org/claimant/rules#" xml:lang="en">
  <gazetteer name="common"><terms>the | and | of | that | has | have | is | was | our | we | by | for | not | with | from</terms></gazetteer>
  <gazetteer name="abbreviation"><terms>approx.</terms></gazetteer>
  <gazetteer name="body"><term>the council</term></gazetteer>
  <table name="force"><row key="beg" value="mild"/><row key="urge" value="strong"/></table>
  <macro name="verb">(?'verb'beg|urge)</macro>
  <phase id="en-pleas">
    <rule id="en-plea" emits="Plea"><pattern>we {verb} {whom}</pattern><set feature="force" from="verb" table="force"/>
      <example>So <m>we urge the council</m>.<f name="force" value="strong"/></example><counter>we urge den Rat</counter></rule>
  </phase>
</ruleset>
END
cat > both/de.xml << 'END'
<ruleset xmlns="https://w3id.org/claimant/rules#" xml:lang="de">
  <gazetteer name="common"><terms>der | die | das | und | nicht | wir | ist | wurde | den | dem | mit | auf | eine | sich | von | im</terms></gazetteer>
  <gazetteer name="abbreviation"><terms>bzw.</terms></gazetteer>
  <gazetteer name="body"><term>den Rat</term></gazetteer>
  <table name="force"><row key="bitten" value="mild"/></table>
  <macro name="verb">(?'verb'bitten)</macro>
  <phase id="de-pleas">
    <rule id="de-plea" emits="Plea"><pattern>wir {verb} {whom}</pattern><set feature="force" from="verb" table="force"/>
      <example>Also <m>wir bitten den Rat</m>.<f name="force" value="mild"/></example><counter>wir bitten the council</counter></rule>
    <rule id="de-greedy" emits="Plea"><pattern>the harbour</pattern><example><m>the harbour</m></example><counter>der Hafen</counter></rule>
  </phase>
</ruleset>
END
cat > both/fr.xml << 'END'
<ruleset xmlns="https://w3id.org/claimant/rules#" xml:lang="fr">
  <gazetteer name="common"><terms>que | nous | dans | est | pour | qui | sur | avec | pas | une</terms></gazetteer>
</ruleset>
END
run "$CLAIMANT" check both
expect 'one name in two languages' 0 ''
english='It was not for want of trying that the harbour was lost, NR-3, and we urge the council to act. It cost approx. Nine of us have left. By the look of it the quay was not kept, and that is the fault of the yard, with which we have an account.'
german='Das wurde von der Stadt nicht bedacht, und wir bitten den Rat, sich mit dem Hafen NR-4 bzw. Mole zu befassen, die im Eis ist. Das ist nicht das, was die Stadt und der Rat auf dem Hafen von den Leuten mit der Mole im Sinn und auf der Karte haben.'
two() { "$CLAIMANT" -t jsonl --rules both "$@" 2> err | grep -o '"rule":"[a-z-]*"' | tr '\n' ' '; }
echo "$english" > en.txt
echo "$german" > de.txt
printf '%s\n\n%s\n' "$english" "$german" > mixed.txt
check 'told by its words: English' test "$(two en.txt)" = '"rule":"mark" "rule":"en-plea" '
check 'told by its words: German' test "$(two de.txt)" = '"rule":"de-plea" "rule":"mark" '
check 'each block by its own rules' test "$(two mixed.txt)" = '"rule":"mark" "rule":"en-plea" "rule":"de-plea" "rule":"mark" '
check 'and nothing to warn of' test ! -s err
check 'plain and fast agree' test "$(two --plain mixed.txt)" = "$(two mixed.txt)"
check 'who says it has the last word' test "$(two --language en mixed.txt)" = '"rule":"mark" "rule":"en-plea" "rule":"mark" '
run "$CLAIMANT" explain --rules both mixed.txt
check 'tables of the language' test "$(grep -c 'force = mild' out)$(grep -c 'force = strong' out)" = 11
check 'sentences of the language' grep -q 'den Rat, sich mit dem Hafen NR-4 bzw. Mole' out
run "$CLAIMANT" -t ntriples --rules both de.txt
check 'the graph knows the language' grep -q 'language> "de"' out
printf '%s\n' 'Que nous disent ceux qui sont dans le port, NR-5 ? Ce nest pas pour nous une question.' > fr.txt
run "$CLAIMANT" -t jsonl --rules both fr.txt
expect 'a language without rules' 0 'fr.txt:1: .*warning: the letter is in the language "fr", by its words, which no rules are for'
check 'what needs no language is found' test "$(grep -o '"rule":"[a-z-]*"' out)" = '"rule":"mark"'
run "$CLAIMANT" -t jsonl --rules both --language fr en.txt
expect 'a language without rules that is said' 0 'warning: the letter is in the language "fr", which no rules are for'
cat > page.html << 'END'
<html lang="de-AT"><body><p>So we urge the council, NR-8.</p><p lang="en">So we urge the council.</p>
<div lang="en-GB"><p>And <span lang="fr">NR-9</span>, we urge the council.</p></div><p lang="no tag">wir bitten den Rat</p></body></html>
END
check 'a page says its language, and its parts theirs' test "$(two page.html)" = '"rule":"mark" "rule":"en-plea" "rule":"mark" "rule":"en-plea" "rule":"de-plea" '
check 'but who asks says more' test "$(two --lang de page.html)" = '"rule":"mark" "rule":"mark" "rule":"de-plea" '
run "$CLAIMANT" -t ntriples --rules both page.html
check 'the language is called as the rules call it' grep -q 'language> "de"' out
printf '<html lang=""><p>%s</p><p lang="fr">%s</p></html>\n' "$english" "$german" > page.html
check 'a part says its language, the page does not' test "$(two page.html)" = '"rule":"mark" "rule":"en-plea" "rule":"mark" '
check 'and no rules are for it' grep -q 'warning: from here on there is text in the language "fr", which no rules are for' err
printf 'NR-6\n' > short.txt
check 'nothing tells: that of the rules' test "$(two short.txt)" = '"rule":"mark" '
sed 's/<macro name="verb">(?.verb.bitten)/<macro name="verb">x<\/macro>&/' both/de.xml > more && cp more both/de.xml
run "$CLAIMANT" check both
lines=1 expect 'once a language' 65 'both/de.xml:6: the macro {verb} is declared already at both/de.xml:6'

finish
