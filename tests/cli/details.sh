#!/bin/sh
# Roles and features that a type takes from what other rules find.
. tests/lib.sh
cd "$work" || exit 1

cat > details.xml << 'XML'
<ruleset xmlns="https://w3id.org/claimant/rules#" id="details" version="1" xml:lang="en">
  <prefix name="ex" iri="https://example.org/terms#"/>
  <prefix name="v" iri="https://w3id.org/claimant/vocab/"/>
  <type name="Wish" class="ex:Wish">
    <role name="by" property="ex:by" from="Limit"/>
    <role name="tool" property="ex:tool" card="0..n" from="Tool"/>
    <feature name="about" property="ex:about" scheme="v:subject-" from="@subjects"/>
  </type>
  <type name="Limit" output="no"/>
  <type name="Tool" output="no"/>
  <gazetteer name="subjects" external="yes"/>
  <phase id="one">
    <rule id="limit" emits="Limit"><pattern>by \p{Lu}\p{Ll}+day</pattern>
      <example>Come <m>by Monday</m>.</example><counter>Come by bus.</counter></rule>
    <rule id="tool" emits="Tool"><pattern>with (?:tar|rope|nails)</pattern>
      <example>Mend it <m>with tar</m>.</example><counter>Mend it with care.</counter></rule>
    <rule id="wish" emits="Wish"><pattern>\b(?:mend|shut) [^,.]+</pattern>
      <example>Please <m>mend the pier</m>.</example><counter>Please come.</counter></rule>
  </phase>
</ruleset>
XML
cat > letter.txt << 'TXT'
Dear Sir,

Ferries for the disabled

Please mend the pier with tar and with nails by Monday. By then, shut the prison, by Tuesday at the latest. You may
mend the lamp, or shut the gate, by Friday.

Yours,
TXT
run "$CLAIMANT" --rules details.xml -t jsonl letter.txt
expect 'details: read' 0 ''
cat > wanted << 'TXT'
mend the pier with tar and with nails by Monday|by Monday|with tar,with nails|transport disability
shut the prison|by Tuesday||prisons transport disability
mend the lamp|||transport disability
shut the gate|||transport disability
TXT
python3 - out > got << 'PY'
import json, sys
for item in json.load(open(sys.argv[1]))['items']:
    roles = item['roles']
    tools = roles.get('tool', [])
    tools = tools if isinstance(tools, list) else [tools]
    print(item['text'], roles.get('by', {}).get('text', ''), ','.join(tool['text'] for tool in tools),
          item['features'].get('about', ''), sep='|')
PY
check 'details: inside the item, beside it where it is alone, concepts of sentence and heading' cmp wanted got
cmp -s wanted got || diff wanted got

run "$CLAIMANT" --rules details.xml letter.txt
check 'details: one statement for each concept' sh -c 'grep -o "vocab/subject-disability" out | wc -l | grep -qx 4'

sed 's/ scheme="v:subject-"//' details.xml > bad.xml
run "$CLAIMANT" --rules bad.xml letter.txt
expect 'a feature of concepts without a scheme' 65 'bad.xml:7: .*needs a scheme'
sed 's/from="Limit"/from="Limitt"/' details.xml > bad.xml
run "$CLAIMANT" --rules bad.xml letter.txt
expect 'a role from a type that is not there' 65 'bad.xml:5: .*"Limitt" is not declared; did you mean Limit?'

finish
