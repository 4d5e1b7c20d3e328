#!/bin/sh
# The README is true: its commands run, its rule works, and its excerpts are what letter and graph say.
. tests/lib.sh
root=$PWD
letter=samples/letters/island-ferry.txt
cd "$work" || exit 1

# fenced LANGUAGE N: the Nth block of that language.
fenced() {
  awk -v start="\`\`\`$1" -v wanted="$2" '
    $0 == start { n++; inside = n == wanted; next }
    /^```/ { inside = 0 }
    inside' "$root/README.md"
}

# within BLOCK FILE: every line of the block, blank ones apart, stands in the file.
within() {
  [ -s "$1" ] || return 1
  while read -r line; do grep -q -F -e "$line" "$2" || return 1; done < "$1"
}

fenced text 1 > excerpt
check 'the excerpt of the letter' within excerpt "$root/$letter"
"$CLAIMANT" "$root/$letter" > graph.ttl
fenced turtle 1 > excerpt
check 'the excerpt of the graph' within excerpt graph.ttl

# The files that the commands name.
mkdir bin letters
ln -s "$CLAIMANT" bin/claimant
ln -s "$root/rules" rules
ln -s "$root/samples" samples
cp "$root/$letter" letter.txt
cp "$root"/samples/letters/*.txt letters
cp "$root/samples/letters/reporter-governor.html" letter.html
printf '{"id": 1, "text": "We urge you to publish the report."}\n' > in
fenced xml 1 > my-rules.xml
fenced turtle 2 > names.ttl
printf '<https://data.example.org/moot> <http://www.w3.org/2000/01/rdf-schema#label> "Harbour Moot" .\n' > plain.nt
cp plain.nt more.nt
# Two reviewers on the first item of a letter.
claimant_found=$("$CLAIMANT" -t jsonl letters/island-ferry.txt)
printf '%s\n' "$claimant_found" > found.jsonl
for reviewer in ana ben; do
  echo 'letter,type,sha256,item,start,end,text,rule,decision,reviewer'
  printf '%s\n' "$claimant_found" | sed 's/.*"sha256":"\([^"]*\)".*"items":\[{"id":"\([^"]*\)","type":"\([^"]*\)","start":\([0-9]*\),"end":\([0-9]*\),"text":"\([^"]*\)","rule":"\([^"]*\)".*/letters\/island-ferry.txt,\3,\1,\2,\4,\5,"\6",\7,accept,'$reviewer/
done > both
sed 3,4d both > ana.csv
sed 1,2d both > ben.csv
PATH=$work/bin:$PATH
export PATH

awk '/^    ([A-Za-z0-9_]+ .*\| )?claimant / || /^    echo / { sub(/^ +/, ""); sub(/ +#.*/, ""); print }' "$root/README.md" > commands
check 'there are commands' test "$(wc -l < commands)" -ge 7
while read -r line; do
  run sh -c "$line" < /dev/null
  if [ "$status" -eq 0 ]; then ok "$line"; else not_ok "$line" "status $status: $(cat err)"; fi
done < commands

run claimant check --rules my-rules.xml petition
said=$(cat out)
check 'the first rule: what check says' grep -q -F "\`$said\`" "$root/README.md"
run sh -c "$(grep '^echo' commands)"
fenced turtle 3 > excerpt
check 'the first rule: its graph' within excerpt out

grep -o '`[a-z-]*/[a-zA-Z/.*-]*`' "$root/README.md" | tr -d '`' | sort -u > paths
while read -r path; do
  check "there is $path" test -e "$root/$path"
done < paths
finish
