#!/usr/bin/env bash
# Captures the profiles of testdata/ anew from the programs of testdata/programs (about three minutes).
# `build/capture.sh go` or `build/capture.sh node` does one half.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
part=${1:-all}
# Always the same folder: its name is in the profiles.
work=/tmp/kagari-capture
rm -rf "$work"
mkdir -p "$work/web"
trap 'rm -rf "$work"' EXIT

capture_go() {
  mkdir -p testdata/go
  rm -f testdata/go/*.pb.gz
  local out=$PWD/testdata/go run release service region rounds
  # Without the build stamp, which names the commit of whoever captures.
  (cd testdata/programs/go && go vet . && go build -trimpath -buildvcs=false -o "$work/shop-v1" . && go build -trimpath -buildvcs=false -tags v2 -o "$work/shop-v2" .)
  for run in "v1 checkout us 2" "v1 checkout eu 2" "v2 checkout us 2" "v2 checkout eu 2" "v1 cart us 1" "v1 search us 1"; do
    read -r release service region rounds <<<"$run"
    echo "capture: $service $release in $region ..."
    (cd "$work" && "./shop-$release" -service="$service" -region="$region" -rounds="$rounds" -seconds=10 -out="$out")
  done
}

capture_node() {
  mkdir -p testdata/node
  rm -f testdata/node/*.pb.gz
  (cd tests/clients && npm ci --ignore-scripts --no-progress >/dev/null)
  cp -r tests/clients/node_modules tests/clients/package.json tests/clients/pyroscope.mjs testdata/programs/node/web.mjs "$work/web"
  echo "capture: web ..."
  node build/capture-node.mjs "$work/web" testdata/node 10 2
}

case $part in
  go) capture_go ;;
  node) capture_node ;;
  all) capture_go; capture_node ;;
  *) echo "capture.sh: no part '$part'; there are go and node" >&2; exit 2 ;;
esac
du -ch testdata/*/*.pb.gz | tail -1
