#!/bin/sh
# -t csv: tables of items, read again by another program's strict reader; and what cannot be.
. tests/lib.sh
letters="$PWD/samples/letters"
cd "$work" || exit 1

# csv FILE PYTHON: rows of a table, as {column: text}; fails when a line is not RFC 4180 or has other columns.
cat > read.py << 'END'
import csv, re, sys
raw = open(sys.argv[1], newline='', encoding='utf-8').read()
assert raw.endswith('\r\n')
unquoted = re.sub(r'"(?:[^"]|"")*"', '', raw)
assert '"' not in unquoted and '\n' not in unquoted.replace('\r\n', '') and '\r' not in unquoted.replace('\r\n', '')
lines = list(csv.reader(open(sys.argv[1], newline='', encoding='utf-8'), strict=True))
head, rows = lines[0], lines[1:]
assert len(set(head)) == len(head), 'two columns of one name'
assert all(len(row) == len(head) for row in rows), 'cells without a column'
for row in rows:
    for cell in row:
        assert not re.match(r"[=+\-@\t\r]", cell), 'a formula: ' + cell
rows = [dict(zip(head, (cell[1:] if cell.startswith("'") else cell for cell in row))) for row in rows]
assert eval(sys.argv[2]), rows
END
rows() { python3 read.py "$@"; }
command -v python3 > /dev/null || { skip tables 'python3 is not here'; finish; }

run "$CLAIMANT" -t csv:Demand "$letters/island-ferry.txt"
expect 'one kind' 0 ''
cp out demands.csv
check 'one kind: a strict reader' rows demands.csv 'len(rows) > 5 and all(r["type"] == "Demand" for r in rows)'
check 'one kind: what is demanded of whom' rows demands.csv \
  'any(r["text"] == "restore the evening crossing by 1 May 2022" and r["addressee"] == "you" and r["addressee_ref"] == "letter-addressee" and r["addressee_entity"].startswith("person-") and r["strength"] == "urge" and r["deadline"] == "by 1 May 2022" for r in rows)'
"$CLAIMANT" -t jsonl --types Demand "$letters/island-ferry.txt" > demands.jsonl
cat > same.py << 'END'
import csv, json
items = json.loads(open('demands.jsonl').read())['items']
rows = list(csv.DictReader(open('demands.csv', newline='')))
keys = lambda of: [(str(i['id']), str(i['start']), str(i['end']), i['text'], i['rule'], float(i['confidence'])) for i in of]
assert keys(items) == keys(rows)
for item, row in zip(items, rows):
    for name, value in item['features'].items():
        assert row[name] == value, name
END
check 'one kind: the items of JSON Lines' python3 same.py

run "$CLAIMANT" -t csv --output-dir tables "$letters"/*.txt
expect 'a file for each kind' 0 ''
check 'a file for each kind: the types, and the letters' sh -c \
  '{ "$CLAIMANT" list types; echo letters; } | while read -r kind; do [ -s "tables/$kind.csv" ] || exit 1; done'
check 'a file for each kind: nothing else' sh -c '! ls -A tables | grep -v "\.csv$"'
for file in tables/*.csv; do check "a file for each kind: ${file#tables/}" rows "$file" True; done
check 'the letters' rows tables/letters.csv 'len(rows) == len({r["sha256"] for r in rows}) and any(r["sender"] == "Tidewater Alliance" and r["date"] == "2019-08-23" for r in rows)'
check 'people: the entity that mentions share' rows tables/Person.csv 'len({r["entity"] for r in rows if r["name"] == "Ingrid Solvang"}) == 1'
check 'institutions: a concept' rows tables/Institution.csv 'any(r["concept"].startswith("https://") for r in rows)'
run "$CLAIMANT" -t csv:Demand "$letters"/*.txt
check 'all letters in one table: the file' cmp out tables/Demand.csv
run "$CLAIMANT" -t csv:Demand -j 3 "$letters"/*.txt
check 'several jobs: the same bytes' cmp out tables/Demand.csv
run "$CLAIMANT" -t csv -j 3 --output-dir tables2 "$letters"/*.txt
check 'several jobs: the same files' diff -r tables tables2

printf '3 May 2021\n\nWe urge you to publish "a, b" and\nto =SUM(A1) the\treport.\n\nWe urge you to -1+2 it.\n' > formula.txt
run "$CLAIMANT" -t csv:Demand formula.txt
check 'formulas are guarded' rows out True
printf '{"id": "=HYPERLINK(1)", "text": "We urge you to pay."}\n' > formula.jsonl
run "$CLAIMANT" -f jsonl -t csv:Demand formula.jsonl
check 'a formula as id: guarded' rows out 'rows[0]["letter"] == "=HYPERLINK(1)"'
check 'a formula as id: by an apostrophe' grep -q "^'=HYPERLINK(1)," out
run "$CLAIMANT" -f jsonl -t timeline --format csv - << 'END'
{"id": "@now", "text": "On 3 May 2021 we wrote."}
END
check 'a timeline guards them too' grep -q "^'@now," out

run "$CLAIMANT" -t csv:Demand --no-quotes "$letters/island-ferry.txt"
check 'without quotes' rows out 'rows and all(not r["text"] and not r["sentence"] and not r["addressee"] and r["start"] for r in rows)'
run "$CLAIMANT" -t csv:Law --types Claim "$letters/island-ferry.txt"
check 'a kind that is filtered away: the columns alone' rows out 'not rows'

lines=many
printf '%%PDF-broken' > broken.pdf
run "$CLAIMANT" -t csv --output-dir some "$letters/island-ferry.txt" broken.pdf nowhere.txt
expect 'some letters fail' 1 'nowhere.txt: cannot be read'
check 'some letters fail: the others are there' rows some/letters.csv 'len(rows) == 1'
run "$CLAIMANT" -t csv --output-dir none broken.pdf
expect 'all letters fail' 65 'broken.pdf'
check 'all letters fail: no file' sh -c '[ -z "$(ls -A none)" ]'
cp -r some before
run "$CLAIMANT" -t csv --output-dir some nowhere.txt
check 'all letters fail: what was there stays' diff -r some before
lines=
run "$CLAIMANT" -t csv "$letters/island-ferry.txt"
expect 'no kind' 2 'csv:Demand, or --output-dir'
run "$CLAIMANT" -t csv:Demands "$letters/island-ferry.txt"
expect 'no such kind' 2 'unknown kind "Demands" after csv:; letters, or a type'
run "$CLAIMANT" -t csv:Demand --output-dir tables "$letters/island-ferry.txt"
expect 'a kind and a folder' 2 'has one table'
run "$CLAIMANT" -t csv --resume --output-dir tables "$letters/island-ferry.txt"
expect 'resumed' 2 '^claimant: --resume passes over letters'
: > file
run "$CLAIMANT" -t csv --output-dir file "$letters/island-ferry.txt"
expect 'a folder that is none' 74 'file/'
check 'a folder that is none: as it was' test -f file -a ! -s file
mkdir taken taken/Demand.csv
run "$CLAIMANT" -t csv --output-dir taken "$letters/island-ferry.txt"
expect 'a table that cannot be' 74 'taken/Demand.csv'
check 'a table that cannot be: none of the others' sh -c '[ "$(ls -A taken)" = Demand.csv ]'
if [ -w /dev/full ]; then
  run sh -c '"$CLAIMANT" -t csv:Demand "$0" > /dev/full' "$letters/island-ferry.txt"
  expect 'a full disk' 74 'cannot be written'
fi
finish
