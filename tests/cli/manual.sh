#!/bin/sh
# claimant-rules(5) is true: its tutorial is typed as it stands, and prints what it says. A block behind
# the comment `.\" file NAME` is that file, one behind `.\" run` is commands with what they print.
# manual.sh --update writes anew what they print.
. tests/lib.sh
root=$PWD
pages=$root/extractor/man
page=$pages/claimant-rules.5
cd "$work" || exit 1
mkdir bin blocks said folder
ln -s "$CLAIMANT" bin/claimant
ln -s "$root/rules" folder/rules
PATH=$work/bin:$PATH
export PATH

# Each block to a file of its own, in order, as a reader sees it: blocks/100-file-NAME, blocks/101-run.
awk '
  /^\.\\" (file|run)( |$)/ { block = sprintf("blocks/%d-%s%s", 100 + n++, $2, NF > 2 ? "-" $3 : ""); next }
  /^\.Bd / && block { inside = 1; next }
  /^\.Ed/ { inside = 0; block = "" }
  inside {
    gsub(/\\\(aq/, "\047"); gsub(/\\\(ha/, "^"); gsub(/\\\(ga/, "`"); gsub(/\\\(ti/, "~"); gsub(/\\&/, ""); gsub(/\\e/, "\\")
    print > block
  }' "$page"
check 'there are files and commands' test "$(find blocks -type f | wc -l)" -ge 8

# transcript BLOCK: every command of the block, run in the folder, with what it prints.
transcript() {
  sed -n 's/^\$ //p' "$1" | while IFS= read -r line; do
    printf '$ %s\n' "$line"
    (cd folder && sh -c "$line" < /dev/null 2>&1) | sed 's/ *$//'
  done
}

for block in blocks/*; do
  case $block in
    *-file-*) cp "$block" "folder/${block#*-file-}" ;;
    *)
      said=said/${block#*/}
      transcript "$block" > "$said"
      name="the tutorial: $(sed -n 's,^\$ \(claimant.*\),\1,p' "$block" | head -n 1)"
      if cmp -s "$block" "$said"; then ok "$name"; else not_ok "$name" "$(diff "$block" "$said")"; fi
      ;;
  esac
done

if [ "${1-}" = --update ]; then
  awk '
    /^\.\\" (file|run)( |$)/ { block = sprintf("said/%d-run", 100 + n++); run = $2 == "run" }
    /^\.Ed/ { inside = 0 }
    inside { next }
    { print }
    /^\.Bd / && run {
      while ((getline line < block) > 0) {
        gsub(/\\/, "\\e", line); gsub(/\047/, "\\(aq", line); gsub(/\^/, "\\(ha", line)
        gsub(/`/, "\\(ga", line); gsub(/~/, "\\(ti", line); sub(/^\./, "\\\&.", line)
        print line
      }
      inside = 1
      run = 0
    }' "$page" > new && cp new "$page"
fi

# Every option of a command's --help has an entry in its page, and no page has another.
helped() { grep -oE '^ +(-[a-z0], )? *--[a-z-]+' | tr -d ', ' | sed 's/^\(-[a-z0]\)\(--\)/\1 \2/' | tr ' ' '\n' | sort -u; }
told() { sed -n 's/^\.It Fl //p' "$1" | sed 's/ , /\n/g; s/ Fl / /g' | sed 's/^\([^ ]*\).*/-\1/' | sort -u; }
agree() {
  if cmp -s helped told; then ok "options: $1 --help and $2 agree"; else not_ok "options: $1 --help and $2 agree" "$(diff helped told)"; fi
}
commands=$("$CLAIMANT" --help | sed -n '/^Commands:/,/^$/s/^  \([a-z-]*\) .*/\1/p')
check 'commands: all of them' test "$(echo "$commands" | wc -l)" -ge 11
for command in '' $commands; do
  file=claimant${command:+-$command}.1
  # shellcheck disable=SC2086
  "$CLAIMANT" $command --help | helped > helped
  check "options: $file has some" test "$(wc -l < helped)" -ge 3
  told "$pages/$file" > told
  agree "claimant $command" "$file"
  cat helped >> all
done
if command -v python3 > /dev/null; then
  python3 "$root/extractor/cluster/claimant-dask" --help | helped > helped
  told "$pages/claimant-dask.1" > told
  agree claimant-dask claimant-dask.1
  cat helped >> all
else
  skip 'options: claimant-dask' 'there is no python3'
fi

# What the other pages say of options is about options there are; those of other programs are named here.
grep -hoE '(Fl|,) -[a-z][a-z-]+' "$pages"/*.[1-8] | sed 's/^[^-]*-/--/' | sort -u > named
printf '%s\n' --results >> all # of GNU parallel
sort -u all | comm -13 - named > unknown
check 'options: no page names one that is not' test ! -s unknown

# Pages name each other truly.
grep -hE '^\.Xr (lib)?claimant' "$pages"/*.[1-8] | awk '{ print $2 "." $3 }' | sort -u > named
missing=$(while read -r file; do [ -e "$pages/$file" ] || echo "$file"; done < named)
check 'pages that are named are there' test -z "$missing"
for command in $commands; do
  check "claimant.1 names the page of $command" grep -q "^\.Xr claimant-$command 1" "$pages/claimant.1"
done

if command -v mandoc > /dev/null; then
  for file in "$pages"/*.[1-8]; do
    run mandoc -T lint -W warning "$file"
    if [ "$status" -eq 0 ]; then ok "lint: ${file##*/}"; else not_ok "lint: ${file##*/}" "$(cat out err)"; fi
  done
else
  skip 'lint' 'there is no mandoc here'
fi

finish
