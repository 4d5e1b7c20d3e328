#!/bin/sh
# Who writes to whom, and which names and pronouns are one node, with the shipped rules.
. tests/lib.sh
program=$PWD

# party NAME LETTER FIELD WORDS: what the letter's line in JSON says of a party.
party() {
  got=$("$CLAIMANT" --rules "$program/rules" -t jsonl "$work/$2" | jq -r ".letter.$3 | join(\"; \")")
  check "$1" test "$got" = "$4"
  [ "$got" = "$4" ] || echo "# $3 is: $got"
}

# nodes LETTER: each mention of a person or body and each source of a claim, with the first name of its node.
nodes() {
  "$CLAIMANT" --rules "$program/rules" -t jsonl "$work/$1" | jq -r '
    (.items | map(select(.entity))) as $names
    | .items[] | (if .entity then {text, entity} else .roles.source? // empty | objects end)
    | .entity as $e | .text + " = " + ((first($names[] | select(.entity == $e)) | .text) // "nobody")'
}

cat > "$work/columns.txt" << 'END_OF_LETTER'
Rivers Without Fences
14 Quay Lane, Tarnmouth

H.E. Ekaterina Molnarova
Minister of the Environment

3 April 2019

Dear Minister Molnarova,

On behalf of Rivers Without Fences, a network of nine associations, I thank you for the meeting.

Yours sincerely,

Per Aasland                      Lotte Brandvold
Secretary General                Treasurer

cc: Dr Olga Stonkus
    Ms Ruth Tabor
END_OF_LETTER
party 'the sender is named in the text' columns.txt sender 'Rivers Without Fences'
party 'a greeting takes its full name from the address' columns.txt addressee 'Ekaterina Molnarova'
party 'two sign side by side, and who gets a copy does not' columns.txt signatory 'Per Aasland; Lotte Brandvold'

cat > "$work/letterhead.txt" << 'END_OF_LETTER'
Committee for Open Wells

To the Members of the Water Council of Orva

April 2, 2015

Esteemed Members,

The wells are dry. We ask you to open them.

Respectfully,

Tomas Hale, Chairperson
Ilse Brandvold, Board Member
END_OF_LETTER
party 'the body at the top writes' letterhead.txt sender 'Committee for Open Wells'
party 'members of a body are written to' letterhead.txt addressee 'Members of the Water Council of Orva'

cat > "$work/list.txt" << 'END_OF_LETTER'
Dear Mr Lund,

We, the undersigned organisations, ask you to open the wells.

Signed,

1. Efua Quartey, Director, Coastal Wells Norway
2. Centre for Dry Wells, Norway

On 5 May 2017, Olaf Lund wrote:
> The wells stay shut.
> Olaf Lund
END_OF_LETTER
party 'bodies of a list write' list.txt sender 'Coastal Wells Norway; Centre for Dry Wells'
check 'a quoted message is not the writer'\''s' sh -c "! '$CLAIMANT' -t jsonl '$work/list.txt' | jq -r '.items[].text' | grep -q 'stay shut'"

cat > "$work/front.txt" << 'END_OF_LETTER'
---
title: An open letter to Attorney General Ruben Okonjo
date: 2021-03-03
---
We seek your help. The wells are dry.
END_OF_LETTER
party 'front matter says who is written to' front.txt addressee 'Ruben Okonjo'

cat > "$work/names.txt" << 'END_OF_LETTER'
Dear Ms Holt,

The manager, Rhonda Kessler, met us in May. She said that the guard had been ordered.

The Harbour Commission refused. It said that the pier was safe.

Mr Olaf Lund was there. She told us that he had left.

Zoltan Kovacs and Peter Kovacs came too. Kovacs told us that he knew.

Gearing, Loyola

Loyola Gearing told us that the well was dry.

Yours,

Anna Holt
END_OF_LETTER
nodes names.txt > "$work/nodes"
check 'she is the one woman near' grep -qx 'She = Rhonda Kessler' "$work/nodes"
check 'it is the body that the sentence before begins with' grep -qx 'It = Harbour Commission' "$work/nodes"
check 'a man is not she' sh -c "! grep -qx 'She = Olaf Lund' '$work/nodes'"
check 'two of one surname stay apart' grep -qx 'Kovacs = Kovacs' "$work/nodes"
check 'who is greeted is not who signs' grep -qx 'Anna Holt = Anna Holt' "$work/nodes"
"$CLAIMANT" -t ntriples "$work/names.txt" > "$work/graph"
check 'whom else a surname may mean is recorded' test "$(grep -c 'method> <https://w3id.org/claimant/ns#method-shortForm>' "$work/graph")" -eq 3
confidence=$("$CLAIMANT" -t jsonl "$work/names.txt" | jq '.items[] | select(.type == "Claim" and .roles.source.text == "She" and .roles.source.entity) | .confidence')
check 'what rests on a pronoun is less sure' test "$confidence" = 0.6

finish
