#!/bin/sh
# claimant-dask on a cluster of this machine: a scheduler and two workers, one of which is killed in mid-run.
. tests/lib.sh
driver=$PWD/extractor/cluster/claimant-dask
if ! command -v dask-scheduler > /dev/null || ! command -v dask-worker > /dev/null || [ ! -x /usr/bin/python3 ] ||
  ! /usr/bin/python3 -c 'import distributed' 2> /dev/null; then
  skip 'Dask' "Debian's python3-distributed is not installed"
  finish
fi
cd "$work" || exit 1
export DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES=10 PYTHONWARNINGS=ignore PYTHONDONTWRITEBYTECODE=1

awk 'BEGIN { for (i = 1; i <= 400; i++) { if (i == 203) print "not JSON"; else printf "{\"id\": %d, \"text\": \"We urge you to answer petition %d by 3 May 2022.\"}\n", i, i } }' > in.jsonl
"$CLAIMANT" -f jsonl -t jsonl < in.jsonl > whole 2> /dev/null

lines=any # Dask has its own things to say beside ours

# A filter that holds the line until it is let go, so that a worker dies with a part in its hands.
cat > slow << END
#!/bin/sh
for try in 1 2 3 4 5 6 7 8 9 10; do [ -e "$work/go" ] && break; [ "\$1" = --version ] && break; sleep 1; done
exec "$CLAIMANT" "\$@"
END
chmod +x slow

dask-scheduler --host 127.0.0.1 --port 0 --no-dashboard --no-show --scheduler-file scheduler.json > scheduler.log 2>&1 &
scheduler=$!
for worker in 1 2; do
  dask-worker --scheduler-file scheduler.json --host 127.0.0.1 --no-dashboard --no-nanny --nthreads 1 --name "w$worker" \
    --local-directory "$work/space" > "worker$worker.log" 2>&1 &
  eval "worker$worker=\$!"
done
stop() { kill "$worker2" "$scheduler" 2> /dev/null; wait; }
for _ in $(seq 300); do
  grep -q 'Registered to' worker1.log && grep -q 'Registered to' worker2.log && break
  sleep 0.2
done
address=$(sed -n 's/.*"address": "\([^"]*\)".*/\1/p' scheduler.json)
if ! grep -q 'Registered to' worker2.log; then
  not_ok 'a cluster' "$(tail -n 3 scheduler.log worker*.log)"
  stop
  finish
fi

"$driver" --scheduler "$address" --output-dir answers --part-bytes 1500 --claimant "$work/slow" in.jsonl 2> err &
child=$!
for _ in $(seq 300); do # both workers have a part in hand
  [ "$(pgrep -c -f "$work/slow -f jsonl")" -ge 2 ] && break
  sleep 0.1
done
kill -KILL "$worker1"
: > go
status=0
wait $child || status=$?
expect 'a worker killed in mid-run' 1 '^claimant-dask: 1 letter failed'
cat answers/part-* > joined
check 'a worker killed: nothing lost, nothing doubled, in order' cmp whole joined
check 'a worker killed: nothing half written' test -z "$(find answers -name '.part*')"

rm answers/part-000002.jsonl
ls -l --time-style=full-iso answers/part-000003.jsonl > before
run "$driver" --scheduler "$address" --output-dir answers --part-bytes 1500 --claimant "$work/slow" in.jsonl
expect 'run again' 1 '^claimant-dask: 1 letter failed'
cat answers/part-* > joined
check 'run again: what was missing is there' cmp whole joined
ls -l --time-style=full-iso answers/part-000003.jsonl > after
check 'run again: what was there is untouched' cmp before after

run "$driver" --scheduler "$address" --output-dir answers --part-bytes 1500 --claimant "$work/slow" in.jsonl -- --types Date
expect 'other options' 2 'was filled from another input'
run "$driver" --scheduler "$address" --output-dir other --claimant "$work/slow" none.jsonl
expect 'an input that is not there' 66 '^claimant-dask: none.jsonl: cannot be read'
run "$driver" --scheduler "$address" --output-dir other --retries 0 --claimant "$work/slow" in.jsonl -- --no-such-option
expect 'a filter that fails' 70 'a part could not be done.*unknown option'
stop
finish
