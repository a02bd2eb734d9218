# Shared by the benchmarks that run serve; sourced, with root set.
# shellcheck shell=bash disable=SC2034,SC2154
PATH=$("$root/deploy/local/tools"):$PATH
[[ -f $root/serve/target/quarkus-app/quarkus-run.jar ]] || fail "serve is not built; run first: mvn -DskipTests package"
export LC_ALL=C.UTF-8

work=$(mktemp -d) serve=''
# shellcheck disable=SC2317
end_all() {
  [[ ! $serve ]] || kill -TERM "$serve" 2>/dev/null || true
  wait
  rm -rf "$work"
}
trap end_all EXIT
trap 'exit 130' INT TERM

taken() { (: <>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# Starts serve with the fleet file of work, until it is ready; its page is at port.
start_serve() {
  for ((port = 17000; ; port += 4)); do
    taken "$port" || taken $((port + 1)) || taken $((port + 2)) || break
  done
  "$root/serve/run" --fleet "$work/backups.yaml" --state "$work/state" --port "$port" --health-port $((port + 1)) \
    --bus-port $((port + 2)) >"$work/serve.log" 2>&1 &
  serve=$!
  until curl -fsS "http://127.0.0.1:$((port + 1))/q/health/ready" >/dev/null 2>&1; do
    kill -0 "$serve" 2>/dev/null || { cat "$work/serve.log" >&2; fail "serve has ended"; }
    sleep 0.2
  done
}

ended() {                     # STATE: how many jobs have ended so
  curl -fsS -H 'Accept: text/plain' "http://127.0.0.1:$((port + 1))/q/metrics" |
    awk -v state="state=\"$1\"" '/^nightshift_jobs_ended_total/ && index($0, state) { sum += $NF } END { print sum + 0 }'
}

await_succeeded() {           # NUMBER
  until (($(ended succeeded) >= $1)); do
    (($(ended failed) == 0)) || { grep 'end: job' "$work/serve.log" | grep failed >&2; fail "a backup has failed"; }
    sleep 0.5
  done
}

percentile() { sort -n | awk -v p="$1" '{ v[NR] = $1 } END { i = int(NR * p / 100 + 0.9999); print v[i < 1 ? 1 : i] }'; }
