import { buildFrames } from './frame-builder';
import { endOf, type Frames, type Side } from './frames';
import { joinNames } from './name-tables';

/**
 * Puts a subtree that was asked for in the place of a node: `subtree`'s node 0 becomes `node`. Nodes before it keep their numbers. Where the
 * server has seen more since, the difference is added to all callers, so that widths still add up.
 */
export function graft(frames: Frames, node: number, subtree: Frames): Frames {
  if ((frames.sides === null) !== (subtree.sides === null)) throw new Error('BUG: a comparison and a profile are grafted.');
  const { names, first, second } = joinNames(frames.names, subtree.names);
  const end = endOf(frames, node);
  const added = subtree.count - (end - node);
  const name = Int32Array.from(
    splice(
      frames.name.map((id) => (id < 0 ? id : first[id])),
      node,
      end,
      subtree.name.map((id) => (id < 0 ? id : second[id])),
    ),
  );
  name[node] = frames.name[node] < 0 ? -1 : first[frames.name[node]];
  const depth = Uint16Array.from(
    splice(
      frames.depth,
      node,
      end,
      subtree.depth.map((d) => d + frames.depth[node]),
    ),
  );
  const folded = new Map<number, number>();
  for (const [at, n] of frames.folded) if (at < node) folded.set(at, n);
  for (const [at, n] of subtree.folded) folded.set(at + node, n);
  for (const [at, n] of frames.folded) if (at >= end) folded.set(at + added, n);
  const sides =
    frames.sides === null || subtree.sides === null
      ? null
      : {
          left: graftSide(frames, frames.sides.left, node, end, subtree.sides.left),
          right: graftSide(frames, frames.sides.right, node, end, subtree.sides.right),
        };
  return buildFrames({ names, name, depth, ...graftSide(frames, frames, node, end, subtree), folded, ancestors: frames.ancestors, sides });
}

function graftSide(frames: Frames, side: Side, node: number, end: number, sub: Side): Side {
  const self = Float64Array.from(splice(side.self, node, end, sub.self));
  const total = Float64Array.from(splice(side.total, node, end, sub.total));
  const more = sub.total[0] - side.total[node];
  if (more !== 0) for (let at = frames.parent[node]; at >= 0; at = frames.parent[at]) total[at] += more;
  return { self, total };
}

function splice(column: ArrayLike<number>, from: number, to: number, into: ArrayLike<number>): Float64Array {
  const out = new Float64Array(column.length - (to - from) + into.length);
  for (let i = 0; i < from; i++) out[i] = column[i];
  out.set(into, from);
  for (let i = to; i < column.length; i++) out[i - to + from + into.length] = column[i];
  return out;
}
