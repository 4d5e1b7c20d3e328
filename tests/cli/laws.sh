#!/bin/sh
# Laws, from the words of a letter to JSON Lines: what refers to what, lists and ranges, what happened to a
# law, whose it is, and what is told of doubtful references.
. tests/lib.sh
cd "$work" || exit 1

# of NAME LETTER: extracts the letter.
of() {
  name=$1
  printf '%s\n' "$2" > letter.txt
  run "$CLAIMANT" -t jsonl letter.txt
  tr '\n' ' ' < out | sed 's/{"id":"/\n&/g' > items
}

# law TEXT FIELD...: some item of this text has all these fields.
law() {
  words=$1
  shift
  grep -F "\"text\":\"$words\"" items > found || { not_ok "$name: $words" 'is no item'; return; }
  for field; do
    grep -q -F -e "$field" found || { not_ok "$name: $words" "$field was expected: $(cat found)"; return; }
  done
  ok "$name: $words"
}

entity() { grep -F "\"text\":\"$1\"" items | grep -o '"entity":"law-[0-9a-f]*"' | sed -n "${2:-1}p"; }

# ---- What refers to what -------------------------------------------------------------------------

of 'one node' 'The Ocean Minerals Act 1998 is old. The Ocean Minerals Act is vague. Section 5 of the Ocean Minerals Act has gaps.'
check 'with and without its year' test "$(entity 'Ocean Minerals Act 1998')" = "$(entity 'Ocean Minerals Act')"
law 'Section 5 of the Ocean Minerals Act' '"article":"5"' "\"text\":\"Ocean Minerals Act\",$(entity 'Ocean Minerals Act')"

of 'parts alone' 'Orvania is bound by the ICCPR. Article 22 of the International Covenant on Civil and Political Rights
protects unions. Article 22 leaves no room. Article 19 says more, and so does article 25 thereof.'
law 'Article 22' '"identifier":"untc:IV-4/art_22"' '"kind":"treaty"'
law 'Article 19' '"identifier":"untc:IV-4/art_19"'
law 'article 25 thereof' '"article":"25"' '"kind":"treaty"'

of 'the title goes without saying' 'Disclosure is barred by 18 U.S.C. § 2702(b)(8). We read § 2702(b)(8) with care.'
law '§ 2702(b)(8)' '"identifier":"usc/18/2702/b/8"'

of 'no choice' 'Orvania joined the Convention on the Rights of the Child and the Genocide Convention. The Convention binds it.'
law 'The Convention' '"candidate":[' 'Convention on the Rights of the Child' 'Genocide Convention'

of 'two countries' "Kenya's Penal Code is old. Uganda's Penal Code is older."
check 'are two codes' test "$(entity 'Penal Code' 1)" != "$(entity 'Penal Code' 2)"

# ---- Lists and ranges ----------------------------------------------------------------------------

of lists 'They cite Articles 6(1)(a) and (b), 7(2) and 13 of the Cedar Point Convention, Articles 3 to 6 of the GDPR, and
sections 1 to 999999999 of the Slow Lifts Act.'
law 'Articles 6(1)(a) and (b), 7(2) and 13 of the Cedar Point Convention' '"targets":"6(1)(a) 6(1)(b) 7(2) 13"'
law 'Articles 3 to 6 of the GDPR' '"targets":"3 4 5 6"'
law 'sections 1 to 999999999 of the Slow Lifts Act' '"targets":"1-999999999"'
check 'a range too long to count out' grep -q 'names a range of more than 100 provisions' out

{
  printf 'They cite sections 1'
  number=1
  while [ "$number" -lt 10000 ]; do number=$((number + 1)) && printf ', %s' "$number"; done
  echo ' of the Slow Lifts Act.'
} > long.txt
run "$CLAIMANT" -t jsonl long.txt
check 'ten thousand sections' grep -q 'names more than 1000 provisions, of which the first 1000 are told' out

# ---- What happened, and whose law it is ----------------------------------------------------------

of status 'Nairobi, 12 March 2020

In 2011 Kenya signed the Convention against Torture, but has so far never ratified the
treaty. The Quiet Nights Act was struck down last year. Please repeal the Loud Drums Act.'
law 'Convention against Torture' '"status":"signed|2011|Kenya"'
grep -F 'not-ratified||Kenya' items > found
check 'not ratified' test -s found
law 'Quiet Nights Act' '"status":"struck-down|2019"'
grep -F '"text":"Loud Drums Act"' items | grep -F '"status"' > found
check 'what is demanded has not happened' test ! -s found

of jurisdiction "President Amina Okello
Republic of Kenya

Dear President Okello,

The Quiet Nights Act is harsh, and so was the Ugandan Penal Code. Ghana's Loud Drums Act is worse."
law 'Quiet Nights Act' '"jurisdiction":"KE"' '"jurisdictionBasis":"inherited"'
law 'Ugandan Penal Code' '"jurisdiction":"UG"' '"jurisdictionBasis":"adjectival"'
law 'Loud Drums Act' '"jurisdiction":"GH"' '"jurisdictionBasis":"named"'

# ---- Doubtful references -------------------------------------------------------------------------

of 'a misnamed treaty' 'Orvania broke the UN Convention on Civil and Political Rights.'
check 'is a candidate' grep -q '"label":"International Covenant on Civil and Political Rights","score":0.[0-9]*,"exact":false' out

of 'an article too many' 'It breaks Article 72 of the ICCPR.'
expect 'an article that a treaty lacks' 0 'ICCPR has 53 articles, so there is no 72'
law 'Article 72 of the ICCPR' '"identifier":"untc:IV-4/art_72"'

of 'cut by line ends' 'They sued under 42 U.S.C.
§ 1983 and cited Regula-
tion (EU) 2016/679.'
check 'a citation over two lines' grep -q '"identifier":"usc/42/1983"' items

of 'roman numerals that are words' 'I read it. MIX the paint. Article I of the Cedar Point Convention binds you. I did.'
law 'Article I of the Cedar Point Convention' '"article":"I"'

finish
