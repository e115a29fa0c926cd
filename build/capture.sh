#!/usr/bin/env bash
# Captures the profiles of testdata/ anew from the programs of testdata/programs (about three minutes).
# `build/capture.sh go`, `node` or `dotnet` does one part.
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

# Without paths of whoever captures: the program lies in the folder, and names no file that it was built from.
capture_dotnet() {
  mkdir -p testdata/dotnet
  dotnet build tests/Kagari.Profiles.Tests -c Release -v quiet --nologo
  dotnet publish tests/Kagari.Workload -c Release -v quiet --nologo -p:DebugType=none -p:DebugSymbols=false --artifacts-path "$work/build" -o "$work/workload"
  echo "capture: workload ..."
  KAGARI_WORKLOAD=$work/workload/Kagari.Workload KAGARI_CAPTURE=$PWD/testdata/dotnet \
    artifacts/bin/Kagari.Profiles.Tests/release/Kagari.Profiles.Tests --no-progress --no-ansi --filter-class '*NetTraceCaptureTests'
}

case $part in
  go) capture_go ;;
  node) capture_node ;;
  dotnet) capture_dotnet ;;
  all) capture_go; capture_node; capture_dotnet ;;
  *) echo "capture.sh: no part '$part'; there are go, node and dotnet" >&2; exit 2 ;;
esac
du -ch testdata/*/*.gz | tail -1
