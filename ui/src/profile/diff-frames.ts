import { buildFrames } from './frame-builder';
import type { Frames, Side } from './frames';

/** Joins two trees of one shape, node by node, into one whose values are the sums of both sides. Throws where the shapes differ. */
export function diffFrames(left: Frames, right: Frames): Frames {
  if (!sameShape(left, right)) throw new Error('The two sides of the comparison are trees of different shape.');
  return buildFrames({
    names: left.names,
    name: left.name,
    depth: left.depth,
    self: sums(left.self, right.self),
    total: sums(left.total, right.total),
    folded: joinFolded(left.folded, right.folded),
    ancestors: left.ancestors.map((a, i) => ({
      name: a.name,
      self: a.self + right.ancestors[i].self,
      total: a.total + right.ancestors[i].total,
    })),
    sides: { left: sideOf(left), right: sideOf(right) },
  });
}

function sameShape(left: Frames, right: Frames): boolean {
  if (left.count !== right.count || left.ancestors.length !== right.ancestors.length) return false;
  for (let node = 0; node < left.count; node++) {
    if (left.depth[node] !== right.depth[node] || left.name[node] !== right.name[node]) return false;
  }
  return true;
}

function sideOf({ self, total }: Frames): Side {
  return { self, total };
}

function sums(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, i) => value + b[i]);
}

/** A node may be folded on one side only; where it is on both, the larger count stands, since most of them are the same call sites. */
function joinFolded(left: ReadonlyMap<number, number>, right: ReadonlyMap<number, number>): ReadonlyMap<number, number> {
  const joined = new Map(left);
  for (const [node, count] of right) joined.set(node, Math.max(count, joined.get(node) ?? 0));
  return joined;
}
