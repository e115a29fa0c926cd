/** Folded stacks whose tree has `nodes` call sites: seeded, with the shape of real ones (few wide paths, a long tail). */
export function foldedStacks(nodes) {
  let state = 0x9e3779b9;
  const next = () => ((state = (Math.imul(state ^ (state >>> 15), 0x85ebca6b) + 0x6d2b79f5) | 0) >>> 8) / 2 ** 24;
  const packages = ['main', 'net/http', 'encoding/json', 'github.com/acme/orders', 'database/sql', 'regexp', 'runtime', 'crypto/tls'];
  const seen = new Set();
  const lines = [];
  const path = [];
  while (seen.size < nodes) {
    path.length = Math.floor(path.length * next());
    for (let depth = 4 + Math.floor(next() * 30); path.length < depth && seen.size < nodes;) {
      path.push(`${packages[Math.floor(next() * packages.length)]}.fn${Math.floor(next() ** 2 * 2000)}`);
      seen.add(path.join(';'));
    }
    lines.push(`${path.join(';')} ${1 + Math.floor(next() ** 6 * 5000)}`);
  }
  return lines.join('\n');
}
