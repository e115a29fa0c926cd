import type { Frames, Side } from './frames';
import { LANES, type TreeBuilder } from './tree-builder';

/** Values of a tree by lane, with what is folded worked out: lane 0 alone, or left and right. */
export interface Lanes {
  readonly sided: boolean;
  readonly self: readonly Float64Array[];
  /** Value of each node that is neither its self nor its children's. */
  readonly rest: readonly Float64Array[];
  readonly folded: ReadonlyMap<number, number>;
}

export function lanesOf(frames: Frames): Lanes {
  const sides: readonly Side[] = frames.sides === null ? [frames] : [frames.sides.left, frames.sides.right];
  return {
    sided: frames.sides !== null,
    self: sides.map((side) => side.self),
    rest: sides.map((side) => restOf(frames, side)),
    folded: frames.folded,
  };
}

function restOf(frames: Frames, side: Side): Float64Array {
  const rest = side.total.map((total, node) => total - side.self[node]);
  for (let node = 1; node < frames.count; node++) rest[frames.parent[node]] -= side.total[node];
  // Without folded nodes nothing is left; what rounding leaves is no value.
  for (let node = 0; node < frames.count; node++) if (!frames.folded.has(node) || rest[node] < 0) rest[node] = 0;
  return rest;
}

/** Adds what a node has of its own, ended or folded, to a node of the tree that is built. */
export function addOwn(lanes: Lanes, from: number, builder: TreeBuilder, to: number, offset = 0): void {
  for (let lane = 0; lane < lanes.self.length && lane + offset < LANES; lane++) {
    if (lanes.self[lane][from] !== 0) builder.addSelf(to, lane + offset, lanes.self[lane][from]);
    if (lanes.rest[lane][from] !== 0) builder.addFolded(to, lane + offset, lanes.rest[lane][from], 0);
  }
  const nodes = lanes.folded.get(from);
  if (nodes !== undefined) builder.addFolded(to, offset, 0, nodes);
}

/** Adds all a node has of its own as value that ends at another node: its frames are gone, its value is not. */
export function addAsSelf(lanes: Lanes, from: number, builder: TreeBuilder, to: number): void {
  for (let lane = 0; lane < lanes.self.length; lane++) builder.addSelf(to, lane, lanes.self[lane][from] + lanes.rest[lane][from]);
}
