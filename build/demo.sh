#!/usr/bin/env bash
# Starts a server with a temporary store, replays testdata/ as the last half hour of a small shop, and says what to
# look at. The story: 15 minutes ago checkout went from v1 to v2, which compiles a pattern per coupon; and in region
# eu checkout waits for a lock.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

usage() {
  cat <<'TEXT'
usage: ./build.sh demo [--port PORT] [--once]
  --port PORT  port of the server (default: 4040, or the next one that is free)
  --once       end after the replay and a check that the data answers, instead of at Ctrl-C
TEXT
}

port='' once=false
while [ $# -gt 0 ]; do
  case $1 in
    --port) port=${2:?--port needs a number}; shift 2 ;;
    --once) once=true; shift ;;
    -h|--help) usage; exit 0 ;;
    *) echo "demo: no option '$1'" >&2; usage >&2; exit 2 ;;
  esac
done

kagari=${KAGARI:-$PWD/artifacts/publish/Kagari.Cli/release/kagari}
if [ ! -x "$kagari" ]; then echo "demo: $kagari is missing; './build.sh demo' builds it" >&2; exit 1; fi
store=$(mktemp -d)
server=''
end() {
  if [ -n "$server" ]; then kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; fi
  rm -rf "$store"
}
trap end EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

is_free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

start_server() {
  local candidate
  for candidate in ${port:-$(seq 4040 4099)}; do
    is_free "$candidate" || continue
    "$kagari" server -server.http-listen-address=127.0.0.1 -server.http-listen-port="$candidate" \
      -storage.filesystem.dir="$store/data" -validation.reject-older-than=0 -log.level=error >"$store/log" 2>&1 &
    server=$! url=http://127.0.0.1:$candidate
    for _ in $(seq 100); do
      kill -0 "$server" 2>/dev/null || break   # someone took the port meanwhile: the next one
      if curl -fs -o /dev/null "$url/ready"; then return; fi
      sleep 0.1
    done
    if kill -0 "$server" 2>/dev/null; then break; fi
    wait "$server" || true
    server=''
  done
  echo "demo: no server started${port:+; is port $port taken?}" >&2
  cat "$store/log" >&2 2>/dev/null || true
  exit 1
}

upload() { # upload SERVICE MINUTES_AGO LABEL... -- FILE...
  local service=$1 ago=$2 arguments=()
  shift 2
  while [ "$1" != -- ]; do arguments+=(--label "$1"); shift; done
  shift
  # Pods do not report at the same second.
  "$kagari" upload --url "$url" --service "$service" --time "$((now - ago * 60 - RANDOM % 50))" "${arguments[@]}" "$@" >/dev/null
}

checkout() { # checkout MINUTES_AGO VERSION REGION POD
  local name=checkout-$2-$3-$4
  upload checkout "$1" "version=$2" "region=$3" "pod=checkout-$3-$4" -- testdata/go/{cpu,heap,mutex,goroutine}-"$name".pb.gz
  # A block profile has the sample types of a mutex profile: only its name tells them apart.
  if [ $(($1 % 6)) = 0 ]; then upload checkout "$1" "version=$2" "region=$3" "pod=checkout-$3-$4" __name__=block -- "testdata/go/block-$name.pb.gz"; fi
}

others() { # others MINUTES_AGO
  local service
  for service in cart search; do
    upload "$service" "$1" version=v1 region=us "pod=$service-us-1" -- testdata/go/{cpu,heap,mutex,goroutine}-"$service"-v1-us-1.pb.gz
  done
  upload web "$1" version=v1 region=eu "pod=web-eu-1" -- "testdata/node/wall-web-$((1 + $1 / 2 % 2)).pb.gz" "testdata/node/heap-web-$((1 + $1 / 2 % 2)).pb.gz"
}

# Uploads of one minute run side by side; `wait` with an id gives the status of that one.
replay() {
  local ago version region pod job jobs
  for ago in $(seq 30 -2 1); do
    version=v1
    if [ "$ago" -le 15 ]; then version=v2; fi
    jobs=()
    for region in us eu; do for pod in 1 2; do checkout "$ago" $version $region $pod & jobs+=($!); done; done
    others "$ago" & jobs+=($!)
    for job in "${jobs[@]}"; do wait "$job"; done
  done
}

mutex=mutex:delay:nanoseconds:contentions:count
cpu=process_cpu:cpu:nanoseconds:cpu:nanoseconds
ticks() { # ticks QUERY: the total of a flame graph, 0 without data
  curl -fsG --data-urlencode "query=$1" --data-urlencode 'from=now-1h' --data-urlencode 'until=now' "$url/pyroscope/render" |
    sed -n 's/.*"numTicks":\([0-9]*\).*/\1/p'
}
expect() { # expect WHAT CONDITION...
  local what=$1
  shift
  if ! "$@"; then echo "demo: the data does not show $what" >&2; exit 1; fi
}
check() {
  local query eu us changed
  for query in "$cpu"'{service_name="checkout"}' "$cpu"'{service_name="cart"}' "$cpu"'{service_name="search"}' \
    'wall:wall:nanoseconds:wall:nanoseconds{service_name="web"}' \
    'memory:inuse_space:bytes:space:bytes{service_name="checkout"}' \
    'block:delay:nanoseconds:contentions:count{service_name="checkout"}' \
    'goroutines:goroutine:count:goroutine:count{service_name="cart"}'; do
    expect "any $query" test "$(ticks "$query")" -gt 0
  done
  eu=$(ticks "$mutex"'{service_name="checkout",region="eu"}') us=$(ticks "$mutex"'{service_name="checkout",region="us"}')
  expect "that eu waits for a lock ($eu ns, us $us ns)" test "$eu" -gt "$((3 * us))"
  changed=$("$kagari" diff --url "$url" '{service_name="checkout",version="v1"}' '{service_name="checkout",version="v2"}' --sort total -n 30)
  expect 'the slow function of v2' grep -q 'main.compileCoupon' <<<"$changed"
}

tell() {
  cat <<TEXT

Kagari runs at $url with half an hour of a shop: checkout, cart, search (Go) and web (Node).
The commands below need these two lines:
  export PATH="$(dirname "$kagari"):\$PATH"
  export KAGARI_URL=$url

Where does checkout spend its time?
  kagari query checkout
  kagari top checkout --sort total -n 15
What did v2 change, 15 minutes ago?
  kagari diff '{service_name="checkout",version="v1"}' '{service_name="checkout",version="v2"}' --sort total -n 15
Who waits for locks, and where?
  kagari top '{service_name="checkout",region="eu"}' --type $mutex --sort total -n 10
  curl -G $url/pyroscope/render --data-urlencode 'query=$mutex{service_name="checkout"}' -d from=now-1h -d until=now -d groupBy=region
The same data for other tools:
  curl -G $url/pyroscope/render --data-urlencode 'query=$cpu{service_name="checkout"}' -d from=now-1h -d until=now
  kagari query checkout -o pprof -f checkout.pb.gz && go tool pprof -top checkout.pb.gz
TEXT
}

start_server
now=$(date +%s)
echo "demo: replaying half an hour of profiles ..."
replay
check
tell
if $once; then
  echo "demo: the data answers"
else
  echo
  echo "Ctrl-C ends the server and removes its data."
  wait "$server"
fi
