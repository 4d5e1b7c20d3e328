#!/bin/sh
# The grammar of rule files (rules/rules.rng) lets the files in good/ pass and none in bad/, as the loader
# does (tests/unit/test_rules.c).
. tests/lib.sh

# valid FILE...: which of them the grammar lets pass.
valid() {
  xmllint --noout --nonet --relaxng rules/rules.rng "$@" 2>&1 | sed -n 's/ validates$//p'
}

if command -v xmllint > /dev/null; then
  valid tests/rules/good/*.xml > "$work/valid"
  ls tests/rules/good/*.xml > "$work/all"
  check 'good files validate' cmp "$work/valid" "$work/all"
  cmp -s "$work/valid" "$work/all" || diff "$work/valid" "$work/all"
  passed=$(valid tests/rules/bad/*.xml)
  if [ -z "$passed" ]; then ok 'bad files do not'; else not_ok 'bad files do not' "$passed"; fi
  valid rules/*.xml rules/*/*.xml > "$work/valid"
  ls rules/*.xml rules/*/*.xml > "$work/all"
  LC_ALL=C sort -o "$work/all" "$work/all"
  LC_ALL=C sort -o "$work/valid" "$work/valid"
  check 'the shipped rules validate' cmp "$work/valid" "$work/all"
  valid samples/casualties/*.xml > "$work/valid"
  ls samples/casualties/*.xml > "$work/all"
  check 'rules among the samples validate' cmp "$work/valid" "$work/all"
else
  skip 'the grammar' 'there is no xmllint here'
fi
# What an editor goes by: an xml-model line that leads to the grammar.
strays=''
for file in rules/*.xml rules/*/*.xml; do
  href=$(sed -n 's/^<?xml-model href="\([^"]*\)" .*schematypens="http:\/\/relaxng.org\/ns\/structure\/1.0"?>$/\1/p' "$file")
  [ -n "$href" ] && [ "$(dirname "$file")/$href" -ef rules/rules.rng ] || strays="$strays $file"
done
if [ -z "$strays" ]; then ok 'shipped rules name their grammar'; else not_ok 'shipped rules name their grammar' "not:$strays"; fi

if command -v jing > /dev/null; then
  check 'jing: good files and the shipped rules' jing rules/rules.rng tests/rules/good/*.xml rules/*.xml rules/*/*.xml
else
  skip 'jing: good files and the shipped rules' 'there is no jing here'
fi
if command -v trang > /dev/null; then
  trang rules/rules.rnc "$work/rules.rng" > /dev/null 2>&1
  check 'rules.rng is made from rules.rnc' cmp rules/rules.rng "$work/rules.rng"
else
  skip 'rules.rng is made from rules.rnc' 'there is no trang here'
fi

finish
