import type { Frames } from '../profile/frames';
import { childRange, lowerBoundNode } from '../profile/rows';

export type Step = 'parent' | 'child' | 'previous' | 'next';

/** The node one step away, or the node itself where there is none. `child` is the widest one. */
export function stepFrom(frames: Frames, node: number, step: Step): number {
  switch (step) {
    case 'parent':
      return Math.max(0, frames.parent[node]);
    case 'child':
      return widestChild(frames, node);
    case 'previous':
      return sibling(frames, node, -1);
    case 'next':
      return sibling(frames, node, 1);
  }
}

function widestChild(frames: Frames, node: number): number {
  const { row, from, to } = childRange(frames, node);
  let widest = node;
  let most = -1;
  for (let i = from; i < to; i++) {
    if (frames.total[row[i]] > most) {
      most = frames.total[row[i]];
      widest = row[i];
    }
  }
  return widest;
}

function sibling(frames: Frames, node: number, by: number): number {
  const row = frames.rows[frames.depth[node]];
  const at = lowerBoundNode(row, node) + by;
  return at >= 0 && at < row.length && frames.parent[row[at]] === frames.parent[node] ? row[at] : node;
}
