#!/usr/bin/env bash
# Pushes profiles of Go services again and again, in the form of Pyroscope's Go SDK: push.sh SERVER SECONDS REGION=URL...
# The Go program needs nothing but net/http/pprof. SECONDS is how long a CPU profile takes, and the time between two.
set -euo pipefail
if [ $# -lt 3 ]; then echo "usage: push.sh SERVER SECONDS REGION=URL..." >&2; exit 2; fi
server=$1 seconds=$2
shift 2

# What the SDK says of a heap profile. It pushes differences of what was allocated; /debug/pprof/heap knows sums since
# the start only, so with these profiles look at what is in use.
heap='{"alloc_objects":{"units":"objects"},"alloc_space":{"units":"bytes"},"inuse_objects":{"units":"objects","aggregation":"average"},"inuse_space":{"units":"bytes","aggregation":"average"}}'
goroutine='{"goroutine":{"units":"goroutines","display-name":"goroutines","aggregation":"average"}}'

fetch() { # fetch URL FILE
  curl -fsS --max-time $((seconds + 10)) -o "$2" "$1"
}

push() { # push REGION FROM FILE [CONFIG]
  local config=()
  if [ $# -gt 3 ]; then config=(-F "sample_type_config=$4;filename=sample_type_config.json"); fi
  curl -fsS --max-time 10 -o "$files/answer-$1" -F "profile=@$3;filename=profile.pprof" "${config[@]}" \
    "$server/ingest?name=ride-share-go%7Bregion%3D$1%7D&from=$2&until=$(date +%s)&spyName=gospy&sampleRate=100"
}

follow() { # follow REGION URL
  local region=$1 pprof=$2/debug/pprof from
  while true; do
    from=$(date +%s)
    fetch "$pprof/profile?seconds=$seconds" "$files/cpu-$region" && push "$region" "$from" "$files/cpu-$region" &&
      fetch "$pprof/heap?gc=1" "$files/heap-$region" && push "$region" "$from" "$files/heap-$region" "$heap" &&
      fetch "$pprof/goroutine" "$files/goroutine-$region" && push "$region" "$from" "$files/goroutine-$region" "$goroutine" ||
      sleep 1   # the service or the server is not there: curl has said so
  done
}

files=$(mktemp -d)
loops=()
end() {
  kill "${loops[@]}" 2>/dev/null || true
  wait
  rm -rf "$files"
}
trap end EXIT
trap 'exit 143' TERM
trap 'exit 130' INT
for pair in "$@"; do follow "${pair%%=*}" "${pair#*=}" & loops+=($!); done
wait
