import { buildFrames } from './frame-builder';
import type { Frames, Side } from './frames';

/**
 * The same comparison with the values of each side multiplied, so that widths and colours compare what is to be compared: shares, rates, or
 * values per instance. Widths stay the union: the sum of both scaled sides.
 */
export function scaleSides(frames: Frames, left: number, right: number): Frames {
  if (!frames.sides) throw new Error('Only a comparison has sides to scale.');
  const sides = { left: scaled(frames.sides.left, left), right: scaled(frames.sides.right, right) };
  return buildFrames({
    ...frames,
    self: sums(sides.left.self, sides.right.self),
    total: sums(sides.left.total, sides.right.total),
    sides,
  });
}

function scaled({ self, total }: Side, factor: number): Side {
  return factor === 1 ? { self, total } : { self: self.map((v) => v * factor), total: total.map((v) => v * factor) };
}

function sums(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, i) => value + b[i]);
}
