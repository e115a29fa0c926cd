import type { Ancestor, Frames, Sides } from './frames';

/** Columns as they come from the wire or from a transform; what can be derived from them is derived by `buildFrames`. */
export interface FrameColumns {
  readonly names: readonly string[];
  readonly name: Int32Array;
  readonly depth: Uint16Array;
  readonly self: Float64Array;
  readonly total: Float64Array;
  readonly folded?: ReadonlyMap<number, number>;
  readonly ancestors?: readonly Ancestor[];
  readonly sides?: Sides | null;
}

/** Derives parents, left edges and rows in two passes. Throws where depths jump: such columns are no tree. */
export function buildFrames(columns: FrameColumns): Frames {
  const { depth, total, self } = columns;
  const count = depth.length;
  const parent = new Int32Array(count);
  const start = new Float64Array(count);
  const width = countRows(depth);
  const rows = Array.from(width, (n) => new Uint32Array(n));
  const filled = new Uint32Array(width.length);
  const open = new Int32Array(width.length); // the last node of each depth
  const edge = new Float64Array(width.length); // where the next child of that node begins
  for (let node = 0; node < count; node++) {
    const d = depth[node];
    parent[node] = d === 0 ? -1 : open[d - 1];
    start[node] = d === 0 ? 0 : edge[d - 1];
    if (d > 0) edge[d - 1] += total[node];
    open[d] = node;
    edge[d] = start[node]!;
    rows[d][filled[d]++] = node;
  }
  return {
    count,
    names: columns.names,
    name: columns.name,
    depth,
    parent,
    start,
    self,
    total,
    folded: columns.folded ?? new Map<number, number>(),
    rows,
    ancestors: columns.ancestors ?? [],
    sides: columns.sides ?? null,
  };
}

function countRows(depth: Uint16Array): number[] {
  if (depth.length === 0) throw new Error('A tree has at least one node.');
  const rows: number[] = [];
  let before = -1;
  for (const [node, d] of depth.entries()) {
    if (d > before + 1 || (d === 0) !== (node === 0)) throw new Error(`Node ${node} has depth ${d} after ${before}: no tree.`);
    rows[d] = (rows[d] ?? 0) + 1;
    before = d;
  }
  return rows;
}
