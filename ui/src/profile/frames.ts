import { childRange } from './rows';

/**
 * A tree of stacks as columns, in pre-order: a node after its parent and before its next sibling. About 40 bytes a node and no object per
 * node. `value` units are those of the profile type (nanoseconds, bytes, counts).
 */
export interface Frames {
  /** Nodes, node 0 (the root) included. */
  readonly count: number;
  /** Function names; `name` points into it. Strictly ascending by bytes, so equal names have equal indices. */
  readonly names: readonly string[];
  /** Index into `names`; −1 at the root of a tree, which has no name. */
  readonly name: Int32Array;
  /** Calls below node 0. */
  readonly depth: Uint16Array;
  /** −1 for node 0. */
  readonly parent: Int32Array;
  /** Left edge, in value units from the left edge of node 0. */
  readonly start: Float64Array;
  /** Value of stacks that end here. */
  readonly self: Float64Array;
  /** Value of this node and all below, drawn or folded: its width. */
  readonly total: Float64Array;
  /** Nodes below this one that the server did not send; their value is `total − self − totals of children`. */
  readonly folded: ReadonlyMap<number, number>;
  /** Nodes of each depth, left to right. */
  readonly rows: readonly Uint32Array[];
  /** Ancestors of node 0 where this is a part of a tree, the root first. */
  readonly ancestors: readonly Ancestor[];
  /** Present where two selections are compared; `self` and `total` are then the sums of both sides, and widths their union. */
  readonly sides: Sides | null;
}

export interface Ancestor {
  /** Null for the root, which has no name. */
  readonly name: string | null;
  readonly self: number;
  readonly total: number;
}

/** Values of both sides, node by node. */
export interface Sides {
  readonly left: Side;
  readonly right: Side;
}

export interface Side {
  readonly self: Float64Array;
  readonly total: Float64Array;
}

/** What a root without a name is called where it is shown. */
export const ROOT_NAME = 'total';

export function nameOf(frames: Frames, node: number): string {
  const name = frames.name[node];
  return name < 0 ? ROOT_NAME : frames.names[name];
}

/** Names from below the root down to `node`: what the server takes as `path`. */
export function pathOf(frames: Frames, node: number): string[] {
  const path: string[] = [];
  for (let at = node; at > 0; at = frames.parent[at]!) path.push(nameOf(frames, at));
  if (frames.name[0] >= 0) path.push(nameOf(frames, 0));
  for (let i = frames.ancestors.length - 1; i >= 0; i--) {
    const name = frames.ancestors[i].name;
    if (name !== null) path.push(name);
  }
  return path.reverse();
}

/** The node at the end of a path from below node 0, or −1 where the tree has no such call site. */
export function findPath(frames: Frames, path: readonly string[]): number {
  let node = 0;
  for (const wanted of path) {
    node = childNamed(frames, node, wanted);
    if (node < 0) return -1;
  }
  return node;
}

/** One past the last node below `node`. */
export function endOf(frames: Frames, node: number): number {
  const depth = frames.depth[node];
  let end = node + 1;
  while (end < frames.count && frames.depth[end] > depth) end++;
  return end;
}

/** Children of a node, left to right. */
export function childrenOf(frames: Frames, node: number): number[] {
  const { row, from, to } = childRange(frames, node);
  return Array.from(row.subarray(from, to));
}

function childNamed(frames: Frames, node: number, wanted: string): number {
  const { row, from, to } = childRange(frames, node);
  for (let i = from; i < to; i++) if (nameOf(frames, row[i]) === wanted) return row[i];
  return -1;
}
