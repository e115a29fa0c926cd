import { findPath, nameOf, type Frames } from '../../profile/frames';
import { largestChildren, type Neighbour } from '../../profile/neighbours';

/** What a tree itself knows about one of its nodes. Values in the unit of the profile type. */
export interface FrameFacts {
  readonly name: string;
  readonly self: number;
  readonly total: number;
  /** Total of the caller; null at node 0. */
  readonly parent: { readonly name: string; readonly total: number } | null;
  /** Total of what fills the width of the view. */
  readonly view: number;
  /** Total of everything, also where the tree is a part. */
  readonly all: number;
  readonly callees: readonly Neighbour[];
  /** Nodes below that the server did not send. */
  readonly folded: number;
}

/** `zoom`: path of the node that fills the width; one that the tree does not have counts as none. */
export function frameFacts(frames: Frames, node: number, zoom: readonly string[], callees: number): FrameFacts {
  const parent = frames.parent[node];
  return {
    name: nameOf(frames, node),
    self: frames.self[node],
    total: frames.total[node],
    parent: parent < 0 ? null : { name: nameOf(frames, parent), total: frames.total[parent] },
    view: frames.total[Math.max(0, findPath(frames, zoom))],
    all: frames.ancestors[0]?.total ?? frames.total[0],
    callees: largestChildren(frames, node, callees).largest,
    folded: frames.folded.get(node) ?? 0,
  };
}
