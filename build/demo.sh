#!/usr/bin/env bash
# Starts a server with a temporary store, replays half an hour of a small shop (demo/shop.sh), runs ride-sharing services
# in three regions beside it (demo/rides.sh), and says what to look at.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

usage() {
  cat <<'TEXT'
usage: ./build.sh demo [--port PORT] [--once]
  --port PORT  port of the server (default: 4040, or the next one that is free)
  --once       end once the data shows both stories (within three minutes), instead of at Ctrl-C
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
server='' rides=''
end() {
  local id
  for id in $rides $server; do kill "$id" 2>/dev/null || true; wait "$id" 2>/dev/null || true; done
  rm -rf "$store"
}
trap end EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

cpu=process_cpu:cpu:nanoseconds:cpu:nanoseconds
# shellcheck source=demo/server.sh
. build/demo/server.sh
. build/demo/shop.sh
. build/demo/rides.sh

start_server
start_rides
echo "demo: replaying half an hour of profiles ..."
replay_shop
check_shop
if $once; then check_rides; fi
cat <<TEXT

Kagari runs at $url. The commands below need these two lines:
  export PATH="$(dirname "$kagari"):\$PATH"
  export KAGARI_URL=$url

TEXT
tell_shop
echo
tell_rides
if $once; then
  echo "demo: the data answers"
else
  echo
  echo "Ctrl-C ends all of it and removes its data."
  wait -n "$server" "$rides" || true
  if ! kill -0 "$rides" 2>/dev/null; then cat "$store/rides.log" >&2; fi
  exit 1
fi
