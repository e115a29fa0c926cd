#!/usr/bin/env bash
# Builds the web user interface, if its sources changed, and packs it for the server (src/Kagari.Server/Ui/UiBundle.cs).
# `npm ci` runs only when the lock file changed. Without ui/ in this checkout it does nothing.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
[ -f ui/package.json ] || exit 0
out=artifacts/ui packed=artifacts/ui-packed

lock=$(sha256sum ui/package-lock.json | cut -d' ' -f1)
if [ "$(cat ui/node_modules/.kagari-lock 2>/dev/null)" != "$lock" ]; then
  echo "ui: installing its packages ..." >&2
  (cd ui && npm ci --no-audit --no-fund --loglevel=error) >&2
  echo "$lock" > ui/node_modules/.kagari-lock
fi

# The packed folder says which sources it was made of: times lie after a checkout of another branch.
sources=$(find ui build/ui-pack.mjs -type f -not -path 'ui/node_modules/*' -not -path 'ui/test/*' -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -d' ' -f1)
[ "$(cat "$packed.sources" 2>/dev/null)" = "$sources" ] && exit 0
echo "ui: building ..." >&2
rm -f "$packed.sources"
(cd ui && npm run --silent build) >&2
node build/ui-pack.mjs "$out" "$packed" >&2
echo "$sources" > "$packed.sources"
