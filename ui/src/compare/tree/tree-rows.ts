import { nameOf, type Frames, type Sides } from '../../profile/frames';
import { childRange } from '../../profile/rows';

export interface CompareTreeRow {
  readonly node: number;
  readonly name: string;
  /** From 1, as ARIA counts. */
  readonly level: number;
  readonly position: number;
  readonly siblings: number;
  readonly isOpen: boolean;
  readonly isLeaf: boolean;
  readonly left: number;
  readonly right: number;
}

/** Rows in sight of a tree of both sides; children by the size of their change under the scale. `open` has the nodes that are open. */
export function treeRows(
  frames: Frames,
  sides: Sides,
  open: ReadonlySet<number>,
  scale: { readonly left: number; readonly right: number },
): readonly CompareTreeRow[] {
  const rows: CompareTreeRow[] = [];
  const change = (node: number): number => Math.abs(sides.right.total[node] * scale.right - sides.left.total[node] * scale.left);
  const add = (node: number, level: number, position: number, siblings: number): void => {
    const { row, from, to } = childRange(frames, node);
    const isOpen = open.has(node) && to > from;
    rows.push({
      node,
      name: nameOf(frames, node),
      level,
      position,
      siblings,
      isOpen,
      isLeaf: to === from,
      left: sides.left.total[node],
      right: sides.right.total[node],
    });
    if (!isOpen) return;
    const children = Array.from(row.subarray(from, to)).sort((a, b) => change(b) - change(a) || a - b);
    for (const [i, child] of children.entries()) add(child, level + 1, i + 1, children.length);
  };
  add(0, 1, 1, 1);
  return rows;
}

/** The path along which the change is: at each level the child that changed most, as long as it carries half of its parent's change. */
export function hotPath(frames: Frames, sides: Sides, scale: { readonly left: number; readonly right: number }): ReadonlySet<number> {
  const change = (node: number): number => sides.right.total[node] * scale.right - sides.left.total[node] * scale.left;
  const path = new Set<number>();
  let node = 0;
  for (;;) {
    path.add(node);
    const { row, from, to } = childRange(frames, node);
    let next = -1;
    for (let i = from; i < to; i++) if (next < 0 || Math.abs(change(row[i])) > Math.abs(change(next))) next = row[i];
    if (next < 0 || Math.abs(change(next)) * 2 < Math.abs(change(node))) return path;
    node = next;
  }
}
