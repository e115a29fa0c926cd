import type { Frames } from '../profile/frames';
import { firstEndingAfter, lowerBoundStart } from '../profile/rows';
import type { Viewport } from './viewport';

/**
 * What of one row is drawn: boxes of one frame, and ticks that stand for a run of neighbours too narrow to draw. Columns are reused from row to
 * row. Together they hold every frame of the row that reaches into the viewport, each once.
 */
export class Spans {
  count = 0;
  /** Indices in the row: the first frame of each span, and one past its last. */
  from = new Int32Array(512);
  to = new Int32Array(512);
  /** Edges in pixels from the left of the viewport; frames may begin before 0 and end beyond the width. */
  x0 = new Float64Array(512);
  x1 = new Float64Array(512);

  push(from: number, to: number, x0: number, x1: number): void {
    if (this.count === this.from.length) this.grow();
    this.from[this.count] = from;
    this.to[this.count] = to;
    this.x0[this.count] = x0;
    this.x1[this.count++] = x1;
  }

  private grow(): void {
    const twice = <T extends Int32Array | Float64Array>(old: T, grown: T): T => (grown.set(old), grown);
    const length = this.count * 2;
    this.from = twice(this.from, new Int32Array(length));
    this.to = twice(this.to, new Int32Array(length));
    this.x0 = twice(this.x0, new Float64Array(length));
    this.x1 = twice(this.x1, new Float64Array(length));
  }
}

/**
 * Fills `out` with the spans of a row. Frames of `pixelMin` pixels and more are boxes; narrower ones are merged with neighbours that begin
 * within `pixelMin` of the end of the run. Within a pixel it jumps by binary search, so its work follows pixels, not frames.
 */
export function spansOf(frames: Frames, depth: number, view: Viewport, width: number, pixelMin: number, out: Spans): void {
  out.count = 0;
  if (depth >= frames.rows.length) return;
  const row = frames.rows[depth];
  const { start, total } = frames;
  const { left, right } = view;
  const scale = width / (right - left);
  const min = pixelMin / scale;
  let i = firstEndingAfter(frames, row, left);
  while (i < row.length && start[row[i]] < right) {
    const first = row[i];
    let end = start[first] + total[first];
    let next = i + 1;
    if (total[first] < min) {
      next = i;
      do {
        const from = next;
        next = lowerBoundStart(frames, row, Math.min(start[row[from]] + min, right), from + 1);
        // All but the last that begin within this pixel also end in it; the last may be wide, then it is a box of its own.
        if (next - 1 > from && total[row[next - 1]] >= min) next--;
        end = start[row[next - 1]] + total[row[next - 1]];
      } while (next < row.length && start[row[next]] < right && total[row[next]] < min && start[row[next]] - end < min);
    }
    out.push(i, next, (start[first] - left) * scale, (end - left) * scale);
    i = next;
  }
}

/** Rows that have a frame within the viewport: 1 and more. A row can only have one where the row above it has. */
export function rowsWithin(frames: Frames, view: Viewport): number {
  let depth = 1;
  for (; depth < frames.rows.length; depth++) {
    const row = frames.rows[depth];
    const first = firstEndingAfter(frames, row, view.left);
    if (first === row.length || frames.start[row[first]] >= view.right) break;
  }
  return depth;
}
