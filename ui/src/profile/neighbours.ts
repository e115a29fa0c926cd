import { nameOf, type Frames } from './frames';
import { childRange } from './rows';

export interface Neighbour {
  readonly node: number;
  readonly name: string;
  readonly total: number;
}

/** The largest children of a node, and how many there are. In a tree of callers these call the function; in one of callees it calls them. */
export function largestChildren(
  frames: Frames,
  node: number,
  limit: number,
): { readonly largest: readonly Neighbour[]; readonly count: number } {
  const { row, from, to } = childRange(frames, node);
  const children = Array.from(row.subarray(from, to), (child) => ({
    node: child,
    name: nameOf(frames, child),
    total: frames.total[child],
  }));
  return { largest: children.sort((a, b) => b.total - a.total || (a.name < b.name ? -1 : 1)).slice(0, limit), count: children.length };
}
