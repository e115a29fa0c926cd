import type { Frames } from '../src/profile/frames';
import { TreeBuilder } from '../src/profile/tree-builder';

const PACKAGES = [
  'Acme.Orders.Core',
  'Acme.Pricing',
  'Npgsql',
  'System.Net.Http',
  'Microsoft.AspNetCore.Http',
  'github.com/acme/api/handler',
  'encoding/json',
  'net/http',
  'runtime',
  '[kernel]',
  'com.acme.shop',
  'app.views',
];
const TYPES = ['Visitor', 'Reader', 'Parser', 'Handler', 'Cache', 'Pipeline', 'Serializer', 'Dispatcher', 'Context', 'Allocator'];
const VERBS = ['Parse', 'Read', 'Write', 'Hash', 'Flush', 'Encode', 'Compile', 'Lookup', 'Resolve', 'MoveNext'];

/** The same numbers for the same seed (mulberry32). */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** A tree of so many frames with 4,000 functions, about 40 deep, where few stacks have most of the value, as profiles do. */
export function syntheticFrames(frames: number, seed = 1): Frames {
  const next = random(seed);
  const names = Array.from({ length: 4000 }, (_, i) => `${pick(PACKAGES, next)}.${pick(TYPES, next)}.${pick(VERBS, next)}_${i}`).sort();
  const builder = new TreeBuilder();
  const depth = new Uint8Array(frames);
  for (let made = 1; made < frames;) {
    // Newer nodes are a little likelier to be called from, which makes stacks deep.
    const parent = Math.min(made - 1, Math.floor(made * next() ** 0.7));
    if (depth[parent] > 60) continue;
    const node = builder.child(parent, Math.floor(next() * names.length));
    if (node < made) continue;
    depth[node] = depth[parent] + 1;
    builder.addSelf(node, 0, Math.ceil(1e6 * (1 / (1 - next()) ** 1.2)));
    made++;
  }
  return builder.build(names, false);
}

function pick<T>(list: readonly T[], next: () => number): T {
  return list[Math.floor(next() * list.length)];
}
