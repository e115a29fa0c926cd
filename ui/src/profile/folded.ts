import type { Frames } from './frames';

/** How many nodes the server left out, and the value that ends in them. */
export function foldedOf(frames: Frames): { readonly nodes: number; readonly value: number } {
  const { count, parent, self, total } = frames;
  // What a node has beyond its own value and its children's is folded; totals of children are taken off their parents in one pass.
  const left = Float64Array.from(total);
  for (let node = 0; node < count; node++) {
    left[node] -= self[node];
    if (node > 0) left[parent[node]] -= total[node];
  }
  let nodes = 0;
  let value = 0;
  for (const [node, folded] of frames.folded) {
    nodes += folded;
    value += left[node];
  }
  return { nodes, value };
}
