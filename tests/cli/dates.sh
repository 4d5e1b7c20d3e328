#!/bin/sh
# Dates: the timeline and its forms, the kind of text, dates that cannot be, and numbers that are none.
. tests/lib.sh
cd "$work" || exit 1

cat > 'mill, "old".txt' << 'END'
14 March 2022

Dear Councillor Brandt,

The mill burnt down on 3 May 2019, and since July 2020 the yard has been shut. We urge you to reopen the
yard by 30 June. Mr Achterberg said that the owner "left on
12 October 2018, at once". It stood empty for three years.

Yours sincerely,

Femke Oyelaran
END
letter='mill, "old".txt'

# ---- The timeline ------------------------------------------------------------------------------

run "$CLAIMANT" -t timeline "$letter"
expect 'a timeline' 0 ''
check 'a timeline: CSV where no terminal is' sh -c 'head -n 1 out | grep -q "^letter,begin,before,value,type,text,"'
check 'a timeline: one line of names' sh -c 'test "$(grep -c ^letter, out)" -eq 1'
check 'a timeline: lines end as RFC 4180 has it' sh -c 'test "$(grep -c "$(printf "\r")\$" out)" -eq "$(wc -l < out)"'
check 'a timeline: quotes and commas are quoted' grep -q '^"mill, ""old"".txt",2018-10-12,2018-10-13,2018-10-12,Date,' out
check 'a timeline: no line break inside a row' sh -c 'grep -q "left on 12 October 2018" out'
check 'a timeline: in order of time' sh -c 'tail -n +2 out | sed "s/^\"[^\"]*\"\"old\"\".txt\",//" > rows;
  cut -d, -f3 rows | tr "\n" " " | grep -q "^2018-10-12 2019-05-03 2020-07/.. 2022-03-14 ../2022-06-30 $"'
check 'a timeline: what mentions it' grep -q '2022-07-01,../2022-06-30,Period,by 30 June,.*,Demand,demand-' out
check 'a timeline: a length of time has no place' sh -c '! grep -q "three years," rows'

run "$CLAIMANT" -t timeline --format table "$letter"
expect 'a table' 0 ''
check 'a table: the file and its rows' sh -c 'head -n 1 out | grep -q "^mill" && test "$(wc -l < out)" -eq 6'
check 'a table: a demand' grep -q '^../2022-06-30  *by 30 June  *Demand: reopen the yard' out

run "$CLAIMANT" -t timeline --format json "$letter"
expect 'a timeline in JSON' 0 ''
check 'a timeline in JSON: one line' test "$(wc -l < out)" -eq 1
check 'a timeline in JSON: a row' grep -q '"begin":"2019-05-03","before":"2019-05-04","value":"2019-05-03","basis":"explicit"' out

printf '{"id": "a", "text": "It began in 2011."}\n{"id": 7, "text": "Nothing."}\n{"id": "c"}\n{"id": "d", "text": "It ended in 2012."}\n' > two.jsonl
run "$CLAIMANT" -f jsonl -t timeline --format csv two.jsonl
lines=any expect 'many letters' 1 'two.jsonl:3: '
check 'many letters: named once, then a row each' sh -c 'test "$(grep -c . out)" -eq 3 && grep -q ^a,2011-01-01 out && grep -q ^d,2012-01-01 out'
run "$CLAIMANT" -f jsonl -t timeline --format json two.jsonl
lines=any expect 'many letters in JSON' 1 'two.jsonl: 1 of 4'
check 'many letters in JSON: an answer for each' sh -c 'test "$(wc -l < out)" -eq 4 && grep -q "^{\"id\":\"c\",\"error\":" out'
run "$CLAIMANT" -t timeline -o rows.csv "$letter"
expect 'a timeline into a file' 0 ''
check 'a timeline into a file: CSV' grep -q '^letter,begin' rows.csv

run "$CLAIMANT" -t timeline --format xml "$letter"
expect 'an unknown form' 2 '^claimant: unknown format "xml" for --format; table, csv or json was expected'
run "$CLAIMANT" --format csv "$letter"
expect 'a form without a timeline' 2 '^claimant: --format is for'

# ---- The kind of text ---------------------------------------------------------------------------

echo 'The army left in November 1812. In January it came back, and it is now gone.' > history.txt
value() { "$CLAIMANT" -t jsonl "$@" | grep -o '"value":"[^"]*"' | sed 's/"value"://' | tr -d '"\n' | sed 's/$/ /'; }
check 'a letter leans on its own date' test "$(value --date 1830-06-01 history.txt)" = '1812-111830-01 '
check 'a narrative goes on' test "$(value --date 1830-06-01 --genre narrative history.txt)" = '1812-111813-01PRESENT_REF '
check 'news has words for the present' sh -c '"$CLAIMANT" -t jsonl --genre news history.txt | grep -q PRESENT_REF'
run "$CLAIMANT" --genre poem history.txt
expect 'an unknown kind of text' 2 '^claimant: unknown genre "poem" for --genre; letter, news or narrative was expected'
printf '{"id": 1, "text": "It is now gone.", "genre": "letter"}\n{"id": 2, "text": "It is now gone."}\n' > genres.jsonl
run "$CLAIMANT" -f jsonl -t jsonl --genre news genres.jsonl
check 'a line has the say over --genre' sh -c 'test "$(grep -c PRESENT_REF out)" -eq 1 && head -n 1 out | grep -q -v PRESENT_REF'

# ---- Dates that cannot be -----------------------------------------------------------------------

for day in 2017-13-40 2021-02-30 0000-01-01 17-1-1 2017-01-011 '٢٠١٧-٠١-٠١' 99999-01-01 ''; do
  run "$CLAIMANT" --date "$day" history.txt
  expect "--date \"$day\"" 2 "^claimant: \"$day\" for --date is no day of the calendar; YYYY-MM-DD"
done
for day in 0001-01-01 9999-12-31; do
  run "$CLAIMANT" --date "$day" -t timeline history.txt
  expect "--date $day" 0 ''
done
printf '{"id": 1, "text": "In May it rained.", "date": "2017-13-40"}\n' > day.jsonl
run "$CLAIMANT" -f jsonl -t jsonl day.jsonl
expect 'a line with a day that is none' 0 ''
check 'a line with a day that is none: it is told' grep -q '"code":"bad-date","message":"\\"date\\" is \\"2017-13-40\\"' out
check 'a line with a day that is none: what can be said' grep -q '"value":"XXXX-05"' out

printf '29 January 2018\n\nDear Ms Ilunga,\n\nThe hall was sold on\n31 February 2017, we are told, and on 29 February 2016.\n' > february.txt
run "$CLAIMANT" -t timeline --format table february.txt
expect 'the 31st of February' 0 '^claimant: february.txt:6: warning: "31 February 2017" is no date of the calendar'
check 'the 31st of February: no row' sh -c '! grep -q "^2017" out && grep -q ^2016-02-29 out'

# ---- Numbers and digits ---------------------------------------------------------------------------

long=$(printf '%010000d' 7)
for text in "He owes $long years." "the 999999999999th of May" "In the year $long they left." "May $long, 2017" \
  "on $long/$long/$long" "from 2011 to 2015 to 2019 to 2023 until 1999" "from between 2011 and from 2012 and to" \
  '٣ May ٢٠١٧' '２０１７年５月３日' "${long}th century" "Q$long 2017" 'the 0th of June 0000' \
  'in 9999 and 10000' 'between 9999 and 0001' 'week 99 of 9999' "the last $long years" '1/1/0000' '99:99 on 5/5/5555'; do
  echo "We say so. $text" > odd.txt
  name=$(echo "$text" | cut -c 1-40)
  for genre in letter news narrative; do
    run "$CLAIMANT" --date 9999-12-31 --genre "$genre" -t jsonl odd.txt
    if [ "$status" -eq 0 ] && ! grep -q '"value":"[^"]*\(0000000\|-[0-9]\{6\}\)' out; then ok "$name ($genre)"
    else not_ok "$name ($genre)" "$status $(cat err)"; fi
  done
  run "$CLAIMANT" --date 0001-01-01 -t ntriples odd.txt
  check "$name: a graph" test "$status" -eq 0
done
echo 'the 999999999999th of May' > far.txt
run "$CLAIMANT" -t timeline --date 2017-01-01 far.txt
expect 'the 999999999999th of May' 0 '^claimant: far.txt:1: warning: "the 999999999999th of May" is no date of the calendar'
check 'the 999999999999th of May: no row' test "$(wc -l < out)" -eq 1
finish
