#!/usr/bin/env bash
# Runs the ride-share demo: three regions in C#, Node and Go, the push loop of the Go services, and customers.
# All sends profiles to one server, Kagari or Pyroscope. Ends with Ctrl-C, and all that it started ends with it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

usage() {
  cat <<'TEXT'
usage: examples/rideshare/run.sh [--url URL] [--rate N] [--window SECONDS] [--seed N]
  --url URL         server that gets the profiles (default: http://localhost:4040)
  --rate N          orders a second, over all nine services (default: 18)
  --window SECONDS  time between two uploads of a service (default: 10)
  --seed N          seed of who orders what (default: 1)
TEXT
}

url=http://localhost:4040 rate=18 window=10 seed=1
while [ $# -gt 0 ]; do
  case $1 in
    --url) url=${2:?--url needs an address}; shift 2 ;;
    --rate) rate=${2:?--rate needs a number}; shift 2 ;;
    --window) window=${2:?--window needs a number of seconds}; shift 2 ;;
    --seed) seed=${2:?--seed needs a number}; shift 2 ;;
    -h|--help) usage; exit 0 ;;
    *) echo "rideshare: no option '$1'" >&2; usage >&2; exit 2 ;;
  esac
done

regions=(eu-north ap-south us-east)
artifacts=$(cd ../.. && pwd)/artifacts
dotnet=$artifacts/bin/Rideshare/release/Rideshare

build() {
  local command
  for command in curl go node npm; do
    command -v "$command" >/dev/null || { echo "rideshare: '$command' is missing; './build.sh demo' installs it" >&2; exit 1; }
  done
  if [ ! -x "$dotnet" ]; then dotnet build dotnet -c Release -v quiet --nologo; fi
  (cd go && go build -o "$artifacts/rideshare/ride-share-go" .)
  (cd load && go build -o "$artifacts/rideshare/ride-share-load" .)
  # npm writes this file last, so an install that was cut off is repeated, as is one of an older lock file.
  if [ ! node/node_modules/.package-lock.json -nt node/package-lock.json ]; then (cd node && npm ci --ignore-scripts --no-progress --silent); fi
}

logs=$(mktemp -d)
declare -A names=()
end() {
  local status=$?
  trap '' TERM INT
  kill "${!names[@]}" 2>/dev/null || true
  wait
  rm -rf "$logs"
  exit "$status"
}
trap end EXIT
trap 'exit 143' TERM
trap 'exit 130' INT

start() { # start NAME COMMAND...: runs it beside us, with a log of its own
  "${@:2}" >"$logs/$1" 2>&1 &
  names[$!]=$1
}

address() { # address NAME: where a service listens, as it says itself once it does
  for _ in $(seq 300); do
    sed -n 's/.*istening on: \(http:[^ ]*\).*/\1/p' "$logs/$1" | grep . && return
    sleep 0.1
  done
  echo "rideshare: $1 does not listen:" >&2
  cat "$logs/$1" >&2
  exit 1
}

build
# The names of the variables are those of Pyroscope's SDKs; Kagari's takes them too.
export PYROSCOPE_SERVER_ADDRESS=$url PYROSCOPE_UPLOAD_INTERVAL=${window}s PYROSCOPE_FLUSH_INTERVAL_MS=${window}000
export HOST=127.0.0.1 PORT=0
for region in "${regions[@]}"; do
  export REGION=$region
  start "go-$region" "$artifacts/rideshare/ride-share-go"
  start "node-$region" node node/server.mjs
  start "dotnet-$region" "$dotnet" --urls http://127.0.0.1:0 --contentRoot "$PWD/dotnet"
done

services=() pairs=()
for region in "${regions[@]}"; do
  for language in dotnet node go; do
    service=$(address "$language-$region")
    services+=("$service")
    if [ "$language" = go ]; then pairs+=("$region=$service"); fi
    echo "rideshare: $language in $region at $service"
  done
done
start push go/push.sh "$url" "$window" "${pairs[@]}"
start load "$artifacts/rideshare/ride-share-load" -rate "$rate" -seed "$seed" "${services[@]}"
echo "rideshare: profiles go to $url every $window seconds"

# Nothing of it ends by itself.
wait -n || true
for id in "${!names[@]}"; do
  kill -0 "$id" 2>/dev/null && continue
  echo "rideshare: ${names[$id]} has ended:" >&2
  tail -n 20 "$logs/${names[$id]}" >&2
done
exit 1
