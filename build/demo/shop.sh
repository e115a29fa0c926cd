# shellcheck shell=bash disable=SC2154 # variables are demo.sh's, which reads this file
# The shop: half an hour of testdata/, replayed. 15 minutes ago checkout went from v1 to v2, which compiles a pattern per
# coupon; and in region eu checkout waits for a lock.

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
replay_shop() {
  local ago version region pod job jobs
  now=$(date +%s)
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
expect() { # expect WHAT CONDITION...
  local what=$1
  shift
  if ! "$@"; then echo "demo: the data does not show $what" >&2; exit 1; fi
}
check_shop() {
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

tell_shop() {
  cat <<TEXT
The shop: half an hour of checkout, cart, search (Go) and web (Node), replayed.
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
