import { nameOf, type Frames } from '../../profile/frames';
import { childRange } from '../../profile/rows';

/** A call site of a tree table. Its children are in `frames` below `node`, or in a part that is asked for when it is opened. */
export interface Branch {
  /** Names from the top row down, joined by NUL: equal call sites have equal keys, whichever answer they came with. */
  readonly key: string;
  readonly name: string;
  readonly self: number;
  readonly total: number;
  /** Null where nothing below is known yet. */
  readonly frames: Frames | null;
  readonly node: number;
}

export interface BranchRow {
  readonly kind: 'branch';
  readonly branch: Branch;
  /** From 1, as ARIA counts. */
  readonly level: number;
  readonly position: number;
  readonly siblings: number;
  readonly isOpen: boolean;
  readonly isLeaf: boolean;
}

/** What stands in place of rows that are not there. */
export interface NoteRow {
  readonly kind: 'note';
  /** The branch it stands below. */
  readonly branch: Branch;
  readonly level: number;
  /** Frames that are not shown; 0 where it is not known how many. */
  readonly folded: number;
  /** Whether the part is here already and folds them too. */
  readonly isPart: boolean;
}

export type TreeRow = BranchRow | NoteRow;
export type Order = 'total' | 'name';

/** Below a folded call site its part, which begins with that call site. */
export type Parts = ReadonlyMap<string, Frames>;

const SEPARATOR = '\0';

export function branchOf(frames: Frames, node: number, parentKey: string | null): Branch {
  const name = nameOf(frames, node);
  const key = parentKey === null ? name : keyBelow(parentKey, name);
  return { key, name, self: frames.self[node], total: frames.total[node], frames, node };
}

export function keyBelow(parentKey: string, name: string): string {
  return `${parentKey}${SEPARATOR}${name}`;
}

/** Names from the top row to a branch. */
export function namesOf(key: string): string[] {
  return key.split(SEPARATOR);
}

/** Whether a part has to be asked for before all children of a branch are known. */
export function needsPart(branch: Branch): boolean {
  return branch.frames === null || branch.frames.folded.has(branch.node);
}

export function childrenOfBranch(branch: Branch, parts: Parts, order: Order): Branch[] {
  const part = parts.get(branch.key);
  const [frames, node] = part ? [part, 0] : [branch.frames, branch.node];
  if (frames === null) return [];
  const { row, from, to } = childRange(frames, node);
  const children = Array.from(row.subarray(from, to), (child) => branchOf(frames, child, branch.key));
  // Names are in byte-wise order already.
  return order === 'name' ? children : children.sort((a, b) => b.total - a.total);
}

/** The rows that are shown, top to bottom: children of open branches, and notes where some are missing. */
export function flatten(roots: readonly Branch[], open: ReadonlySet<string>, parts: Parts, order: Order): TreeRow[] {
  const rows: TreeRow[] = [];
  const add = (branches: readonly Branch[], level: number): void => {
    for (const [index, branch] of branches.entries()) {
      const isOpen = open.has(branch.key);
      const children = isOpen ? childrenOfBranch(branch, parts, order) : [];
      const isLeaf = !needsPart(branch) && (isOpen ? children.length === 0 : !hasChildren(branch));
      rows.push({ kind: 'branch', branch, level, position: index + 1, siblings: branches.length, isOpen: isOpen && !isLeaf, isLeaf });
      add(children, level + 1);
      if (isOpen && needsPart(branch)) {
        const part = parts.get(branch.key);
        const folded = (part ? part.folded.get(0) : branch.frames?.folded.get(branch.node)) ?? 0;
        if (!part || folded > 0) rows.push({ kind: 'note', branch, level: level + 1, folded, isPart: part !== undefined });
      }
    }
  };
  add(roots, 1);
  return rows;
}

function hasChildren({ frames, node }: Branch): boolean {
  return frames !== null && node + 1 < frames.count && frames.depth[node + 1] > frames.depth[node];
}

/** Keys to open along the hot path: from a branch down, always to the largest child, as long as it has at least half of its parent. */
export function hotPath(branch: Branch, parts: Parts): string[] {
  const keys: string[] = [];
  let at: Branch | undefined = branch;
  while (at !== undefined) {
    const parent: Branch = at;
    keys.push(parent.key);
    at = childrenOfBranch(parent, parts, 'total').find((child) => child.total * 2 >= parent.total);
  }
  return keys;
}
