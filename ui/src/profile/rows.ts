import type { Frames } from './frames';

/** Nodes of one row, as a range of its indices: `from` included, `to` not. */
export interface RowRange {
  readonly row: Uint32Array;
  readonly from: number;
  readonly to: number;
}

/** First index in `row` (ascending) at or after `from` whose node is `node` or later. */
export function lowerBoundNode(row: Uint32Array, node: number, from = 0): number {
  let low = from;
  let high = row.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (row[middle] < node) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** First index in `row` at or after `from` whose left edge is at `value` or beyond; edges of a row ascend. Gallops, because the answer is near. */
export function lowerBoundStart(frames: Frames, row: Uint32Array, value: number, from = 0): number {
  const { start } = frames;
  let step = 1;
  let low = from;
  let high = from;
  while (high < row.length && start[row[high]] < value) {
    low = high + 1;
    high += step;
    step *= 2;
  }
  if (high > row.length) high = row.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (start[row[middle]] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** First index in the row whose frame reaches beyond `value`. */
export function firstEndingAfter(frames: Frames, row: Uint32Array, value: number): number {
  const after = lowerBoundStart(frames, row, value);
  if (after === 0) return 0;
  const before = row[after - 1];
  return frames.start[before] + frames.total[before] > value ? after - 1 : after;
}

/** Children of a node in the row below it, without a look at other nodes of the subtree. */
export function childRange(frames: Frames, node: number): RowRange {
  const depth = frames.depth[node];
  const row = depth + 1 < frames.rows.length ? frames.rows[depth + 1] : EMPTY;
  const siblings = frames.rows[depth];
  const next = lowerBoundNode(siblings, node) + 1;
  const from = lowerBoundNode(row, node);
  const to = next < siblings.length ? lowerBoundNode(row, siblings[next], from) : row.length;
  return { row, from, to };
}

/** Where the folded part of a node lies, in value units: right of its children, left of its self. Empty where nothing is folded. */
export function foldedExtent(frames: Frames, node: number): { readonly left: number; readonly right: number } {
  const left = childrenEnd(frames, node);
  if (!frames.folded.has(node)) return { left, right: left };
  return { left, right: Math.max(left, frames.start[node] + frames.total[node] - frames.self[node]) };
}

function childrenEnd(frames: Frames, node: number): number {
  const { row, from, to } = childRange(frames, node);
  if (from === to) return frames.start[node];
  const last = row[to - 1];
  return frames.start[last] + frames.total[last];
}

const EMPTY = new Uint32Array(0);
