#!/usr/bin/env bash
# The one entry to building, running, testing and measuring Kagari. `./build.sh` lists its verbs.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1

help() {
  cat <<'TEXT'
usage: ./build.sh VERB [arguments]
  run [flags]    build and start the server with its UI on http://localhost:4040 (no outside service)
  test [name]    build and run all tests, or those of projects whose name contains NAME
  lint           check formatting and style; prints the command that repairs
  format         repair formatting and style
  bench [name]   measure speed, memory and bytes with real profiles; 'bench ui' the web interface in Chromium
  fuzz [seconds] run the fuzz targets of all decoders and the simulator for a while (default 60)
  demo           start the server, replay profiles of a shop, run the ride-share services, print what to look at
  capture        capture the profiles of testdata/ anew from its programs (needs go, node and npm)
TEXT
}

# Each verb asks for what it needs; what is missing is installed (Debian, as root) or named.
need() { # need COMMAND DEBIAN_PACKAGE
  command -v "$1" >/dev/null && return
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "installing $2 ..." >&2
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$2"; } >&2
  else
    echo "build.sh: '$1' is missing. Install the package '$2' and run this again." >&2
    exit 1
  fi
}
need_dotnet() {
  command -v dotnet >/dev/null && dotnet --list-sdks | grep -q '^10\.' && return
  echo "build.sh: the .NET 10 SDK is missing; see https://dot.net/download" >&2
  exit 1
}
# The server as people run it: compiled ahead, so that the first requests do not pay for the just-in-time compiler.
publish() {
  build/ui.sh
  dotnet publish src/Kagari.Cli -c Release --use-current-runtime --no-self-contained -p:PublishReadyToRun=true -v quiet --nologo
}
kagari=artifacts/publish/Kagari.Cli/release/kagari

verb=${1:-help}; [ $# -gt 0 ] && shift
case $verb in
  help|-h|--help) help ;;
  run)
    need_dotnet; need node nodejs; need npm npm
    publish
    exec "$kagari" server "$@" ;;
  test)
    # Real clients are part of the tests: go tool pprof, the Node SDK, npm's Connect and gRPC clients; so are compilers
    # and binutils, whose programs and answers those of symbols are compared with, Prometheus, which takes recorded metrics, and Chromium,
    # which shows the user interface.
    need_dotnet; need g++ g++; need addr2line binutils; need llvm-symbolizer llvm; need clang clang; need ld.lld lld; need go golang-go; need node nodejs; need npm npm; need python3 python3; need curl curl; need prometheus prometheus; need chromium chromium
    exec build/test.sh "$@" ;;
  lint)
    need_dotnet
    need node nodejs; need npm npm
    build/ui.sh
    { dotnet format Kagari.slnx --verify-no-changes --severity warn && (cd ui && npm run --silent lint); } || { echo "To repair: ./build.sh format" >&2; exit 1; } ;;
  bench)
    need_dotnet; need node nodejs; need npm npm
    publish
    if [ "${1:-}" = ui ]; then
      need chromium chromium
      cd ui
      npx vite build -c bench/vite.config.ts --logLevel error
      KAGARI_SERVER="$OLDPWD/$kagari" exec node bench/run.mjs
    fi
    dotnet build bench/Kagari.Bench -c Release -v quiet --nologo
    KAGARI_SERVER="$PWD/$kagari" exec artifacts/bin/Kagari.Bench/release/Kagari.Bench "$@" ;;
  fuzz) need_dotnet; exec build/fuzz.sh "$@" ;;
  demo)
    need_dotnet; need curl curl; need go golang-go; need node nodejs; need npm npm
    publish
    dotnet build examples/rideshare/dotnet -c Release -v quiet --nologo
    KAGARI="$PWD/$kagari" exec build/demo.sh "$@" ;;
  capture) need_dotnet; need go golang-go; need node nodejs; need npm npm; exec build/capture.sh "$@" ;;
  format) need_dotnet; need node nodejs; need npm npm; build/ui.sh; dotnet format Kagari.slnx --severity warn; (cd ui && npx eslint --fix src test; npm run --silent format) ;;
  *) echo "build.sh: no verb '$verb'" >&2; help >&2; exit 2 ;;
esac
