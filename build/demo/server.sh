# shellcheck shell=bash disable=SC2154 # variables are demo.sh's, which reads this file
# A server of its own with a temporary store, and questions to it.
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

ticks() { # ticks QUERY: the total of a flame graph, 0 without data
  curl -fsG --data-urlencode "query=$1" --data-urlencode 'from=now-1h' --data-urlencode 'until=now' "$url/pyroscope/render" |
    sed -n 's/.*"numTicks":\([0-9]*\).*/\1/p'
}
