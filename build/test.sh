#!/usr/bin/env bash
# Builds and runs all tests; the last line is "N passed, N failed". Running no test at all is a failure.
set -uo pipefail
name=${1:-}
data=${KAGARI_TEST_DATA:-../shared/data}
if [ "${CI:-}" = true ] && [ ! -d "$data" ]; then
  echo "test: the folder of real profiles is missing ($data; set KAGARI_TEST_DATA)" >&2
  echo "0 passed, 1 failed"
  exit 1
fi
if ! build/ui.sh; then
  echo "0 passed, 1 failed"
  exit 1
fi
if ! dotnet build Kagari.slnx -c Release -v quiet --nologo; then
  echo "0 passed, 1 failed"
  exit 1
fi
passed=0 failed=0 skipped=0
for project in tests/*.Tests tests/Kagari.Simulation; do
  project=$(basename "$project")
  [[ "$project" == *"$name"* ]] || continue
  log=artifacts/test-$project.log
  echo "== $project"
  "artifacts/bin/$project/release/$project" --no-progress --no-ansi 2>&1 | tee "$log" | grep -Ev '^(xUnit.net|\s*$|Running tests from)'
  status=${PIPESTATUS[0]}
  p=$(sed -n 's/^ *succeeded: *//p' "$log" | tail -1); f=$(sed -n 's/^ *failed: *//p' "$log" | tail -1); s=$(sed -n 's/^ *skipped: *//p' "$log" | tail -1)
  passed=$((passed + ${p:-0})) failed=$((failed + ${f:-0})) skipped=$((skipped + ${s:-0}))
  # A runner that crashed or found no test must not look like success.
  if [ "$status" -ne 0 ] && [ "${f:-0}" -eq 0 ]; then failed=$((failed + 1)); echo "$project ended with status $status"; fi
done
# The user interface's own: pure functions over typed arrays, without a browser. A busy machine is no failure, hence the long timeout.
if [[ ui == *"$name"* ]] && [ -f ui/package.json ]; then
  echo "== ui"
  report=$PWD/artifacts/test-ui.json
  rm -f "$report"
  (cd ui && npm test --silent -- --reporter=dot --reporter=json --outputFile.json="$report" --testTimeout=120000)
  status=$?
  counts=$(node -e 'const r = JSON.parse(require("fs").readFileSync(process.argv[1])); console.log(r.numPassedTests, r.numFailedTests, r.numPendingTests + r.numTodoTests)' "$report" 2>/dev/null) || counts="0 0 0"
  read -r p f s <<< "$counts"
  passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
  # A file that cannot be loaded has no failed test, and no test at all is no success.
  if { [ "$status" -ne 0 ] && [ "$f" -eq 0 ]; } || [ $((p + f)) -eq 0 ]; then failed=$((failed + 1)); echo "ui ended with status $status"; fi
fi
if [ $((passed + failed)) -eq 0 ]; then echo "test: no test ran" >&2; failed=1; fi
[ "$skipped" -eq 0 ] || echo "$skipped skipped (each names its reason above)"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
