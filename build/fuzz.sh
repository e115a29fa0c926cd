#!/usr/bin/env bash
# Runs every fuzz target, and the simulator, with new seeds for a while; a failure prints its seed and stays in the log.
set -uo pipefail
seconds=${1:-60}
dotnet build Kagari.slnx -c Release -v quiet --nologo || exit 1
projects=(Profiles.Tests Symbols.Tests Wire.Tests Client.Tests Storage.Tests Query.Tests Server.Tests Simulation)
status=0
for project in "${projects[@]}"; do
  echo "== fuzzing Kagari.$project for $((seconds / ${#projects[@]} + 1)) s a target"
  KAGARI_FUZZ_SECONDS=$((seconds / ${#projects[@]} + 1)) "artifacts/bin/Kagari.$project/release/Kagari.$project" \
    --no-progress --no-ansi --filter-class '*Fuzz*' --ignore-exit-code 8 || status=1
done
exit "$status"
