import type { Frames } from '../profile/frames';
import { firstEndingAfter, foldedExtent } from '../profile/rows';
import type { Viewport } from './viewport';

/** What is under a point: a frame, the folded part of a frame (drawn in the row below it), or nothing. */
export type Hit = { readonly kind: 'frame' | 'folded'; readonly node: number } | null;

/** Inverts the drawing: `x` in pixels of `width` within the viewport, `depth` of the row. */
export function hitTest(frames: Frames, depth: number, x: number, width: number, view: Viewport): Hit {
  if (depth < 0 || x < 0 || x >= width) return null;
  const value = view.left + (x / width) * (view.right - view.left);
  const node = nodeAt(frames, depth, value);
  if (node >= 0) return { kind: 'frame', node };
  const above = depth > 0 && frames.folded.size > 0 ? nodeAt(frames, depth - 1, value) : -1;
  if (above < 0 || !frames.folded.has(above)) return null;
  const { left, right } = foldedExtent(frames, above);
  return value >= left && value < right ? { kind: 'folded', node: above } : null;
}

/** The frame of a row that covers a value, or −1. */
export function nodeAt(frames: Frames, depth: number, value: number): number {
  if (depth < 0 || depth >= frames.rows.length) return -1;
  const row = frames.rows[depth];
  const i = firstEndingAfter(frames, row, value);
  return i < row.length && frames.start[row[i]] <= value ? row[i] : -1;
}
