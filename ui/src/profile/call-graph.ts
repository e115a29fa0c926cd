import type { Frames } from './frames';
import { functionTable } from './table';

/** A function in a call graph. Values in the unit of the profile type. */
export interface CallNode {
  readonly name: string;
  readonly self: number;
  /** Value of the stacks with the function; each stack counts once however often it is in it. */
  readonly total: number;
}

export interface CallEdge {
  /** Indices into `nodes`: caller and callee. */
  readonly from: number;
  readonly to: number;
  /** Value of the stacks in which `from` calls `to`; each stack counts once. */
  readonly weight: number;
  /** Only by way of functions that were cut. */
  readonly isIndirect: boolean;
}

export interface CallGraph {
  /** Largest total first. */
  readonly nodes: readonly CallNode[];
  /** Heaviest first. */
  readonly edges: readonly CallEdge[];
  /** Functions of the tree that are not nodes, the value that ends in them, and edges among nodes that are left out. */
  readonly cut: { readonly functions: number; readonly self: number; readonly edges: number };
}

/**
 * The `budget` most important functions of a tree and who calls whom among them: half of them by self, the rest by total, `always` in any case.
 * Functions that are cut do not tear the graph: the callers above them and the callees below are joined by an indirect edge. Edges below
 * `edgeMin`, a share of the whole, are left out, but for the heaviest into each node.
 */
export function callGraph(frames: Frames, budget: number, always: string | null = null, edgeMin = 0): CallGraph {
  const table = functionTable(frames);
  const rows = Array.from(table.name.keys());
  const kept = keptRows(rows, table, budget, always === null ? -1 : table.name.indexOf(frames.names.indexOf(always)));
  const nodes = kept.map((row) => ({ name: frames.names[table.name[row]], self: table.self[row], total: table.total[row] }));
  const indexOf = new Int32Array(frames.names.length).fill(-1);
  for (const [index, row] of kept.entries()) indexOf[table.name[row]] = index;
  const isKept = new Set(kept);
  const cut = rows.filter((row) => !isKept.has(row));
  const all = edgesAmong(frames, indexOf, nodes.length);
  const edges = heavyEdges(all, edgeMin * frames.total[0]);
  return {
    nodes,
    edges,
    cut: {
      edges: all.length - edges.length,
      functions: cut.length,
      self: cut.reduce((sum, row) => sum + table.self[row], 0),
    },
  };
}

function keptRows(rows: readonly number[], table: { self: Float64Array; total: Float64Array }, budget: number, always: number): number[] {
  const kept = new Set<number>(always < 0 ? [] : [always]);
  const fill = (by: Float64Array, size: number): void => {
    for (const row of rows.toSorted((a, b) => by[b] - by[a] || a - b)) {
      if (kept.size >= size) return;
      kept.add(row);
    }
  };
  fill(table.self, Math.ceil(budget / 2));
  fill(table.total, budget);
  return [...kept].sort((a, b) => table.total[b] - table.total[a] || a - b);
}

/** Edges to the nearest kept caller of every kept frame. `indexOf`: of each name its node, −1 where it is cut. */
function edgesAmong(frames: Frames, indexOf: Int32Array, count: number): CallEdge[] {
  const edges = new Map<number, { weight: number; isDirect: boolean; open: number }>();
  const caller = new Int32Array(frames.rows.length); // per depth of the current path: the node of the nearest kept frame at or above
  const taken: (number | undefined)[] = []; // per depth: the edge that the frame there closes
  let depth = 0;
  for (let frame = 0; frame < frames.count; frame++) {
    for (; depth > frames.depth[frame]; depth--) leave(edges, taken, depth - 1);
    const above = depth > 0 ? caller[depth - 1] : -1;
    const to = frames.name[frame] < 0 ? -1 : indexOf[frames.name[frame]];
    taken[depth] = undefined;
    if (to >= 0 && above >= 0) {
      const key = above * count + to;
      const edge = edges.get(key) ?? { weight: 0, isDirect: false, open: 0 };
      edges.set(key, edge);
      if (edge.open++ === 0) edge.weight += frames.total[frame];
      edge.isDirect ||= indexOf[frames.name[frames.parent[frame]]] === above;
      taken[depth] = key;
    }
    caller[depth] = to >= 0 ? to : above;
    depth++;
  }
  return Array.from(edges, ([key, { weight, isDirect }]) => ({
    from: Math.floor(key / count),
    to: key % count,
    weight,
    isIndirect: !isDirect,
  })).sort((a, b) => b.weight - a.weight || a.from - b.from || a.to - b.to);
}

/** `edges`: heaviest first. */
function heavyEdges(edges: readonly CallEdge[], least: number): CallEdge[] {
  const reached = new Set<number>();
  return edges.filter(({ from, to, weight }) => {
    const isFirst = from !== to && !reached.has(to);
    if (isFirst) reached.add(to);
    return isFirst || weight >= least;
  });
}

function leave(edges: ReadonlyMap<number, { open: number }>, taken: readonly (number | undefined)[], depth: number): void {
  const key = taken[depth];
  if (key !== undefined) edges.get(key)!.open--;
}
