#!/bin/sh
# The manual is true: the tutorials are typed as they stand, and print what they say. A block behind the comment
# `.\" file NAME` is that file, one behind `.\" run` is commands with what they print; `.\" needs PROGRAM` names what
# is not everywhere. manual.sh --update writes anew what they print.
. tests/lib.sh
root=$PWD
pages=$root/extractor/man
cd "$work" || exit 1
mkdir bin
ln -s "$CLAIMANT" bin/claimant
PATH=$work/bin:$PATH
export PATH

# Each block of a page to a file of its own, in order, as a reader sees it: blocks/100-file-NAME, blocks/101-run.
blocks() {
  awk '
    /^\.\\" (file|run)( |$)/ {
      name = NF > 2 ? "-" $3 : ""
      gsub("/", "%", name)
      block = sprintf("blocks/%d-%s%s", 100 + n++, $2, name)
      next
    }
    /^\.Bd / && block { inside = 1; next }
    /^\.Ed/ { inside = 0; block = "" }
    inside {
      gsub(/\\\(aq/, "\047"); gsub(/\\\(ha/, "^"); gsub(/\\\(ga/, "`"); gsub(/\\\(ti/, "~"); gsub(/\\&/, ""); gsub(/\\e/, "\\")
      print > block
    }' "$1"
}

# transcript BLOCK: every command of the block, run in the folder, with what it prints.
transcript() {
  sed -n 's/^\$ //p' "$1" > lines
  (
    cd folder || exit
    status=0
    while IFS= read -r line; do
      printf '$ %s\n' "$line"
      [ "$line" != "echo \$?" ] || line="echo $status"
      status=0
      sh -c "$line" < /dev/null > ../printed 2>&1 || status=$?
      sed 's/ *$//' ../printed
    done < ../lines
  )
}

# The page with what its commands print now.
update() {
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
    }' "$1" > new && cp new "$1"
}

# tutorial PAGE [--update]
tutorial() {
  name=${1##*/}
  for program in $(sed -n 's/^\.\\" needs //p' "$1"); do
    command -v "$program" > /dev/null || { skip "$name" "there is no $program here"; return; }
  done
  rm -rf blocks said folder
  mkdir blocks said folder
  ln -s "$root/rules" folder/rules
  blocks "$1"
  check "$name: there are files and commands" test "$(find blocks -type f | wc -l)" -ge 6
  for block in blocks/*; do
    case $block in
      *-file-*)
        file=folder/$(echo "${block#*-file-}" | tr % /)
        mkdir -p "${file%/*}"
        cp "$block" "$file"
        ;;
      *)
        said=said/${block#*/}
        transcript "$block" > "$said"
        what="$name: $(sed -n 's/^\$ //p' "$block" | head -n 1)"
        if cmp -s "$block" "$said"; then ok "$what"; else not_ok "$what" "$(diff "$block" "$said")"; fi
        ;;
    esac
  done
  [ "${2-}" != --update ] || update "$1"
}

grep -lE '^\.\\" run$' "$pages"/*.[1-8] > tutorials
check 'there are tutorials' test "$(wc -l < tutorials)" -ge 4
while read -r page; do tutorial "$page" "$@"; done < tutorials

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
