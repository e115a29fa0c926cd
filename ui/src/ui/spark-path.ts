/** A point of a sparkline; null where there is no value. */
export type SparkValue = number | null;

/** Slots without a value that a line still bridges: agents send every few steps, and dots alone are not seen. */
const BRIDGED = 5;

/**
 * The path of a line through values at equal distances, in a box of `width` and `height` pixels. Its foot is 0, not the smallest value, so
 * that a flat service looks flat. Longer gaps break the line; a value alone between them is a dot.
 */
export function sparkPath(values: readonly SparkValue[], width: number, height: number, max = largest(values)): string {
  const step = values.length > 1 ? width / (values.length - 1) : 0;
  const y = (value: number): string => round(max > 0 ? height - 1 - (Math.max(0, value) / max) * (height - 2) : height - 1);
  let path = '';
  let last = -Infinity;
  let isDot = false;
  for (const [i, value] of values.entries()) {
    if (value === null) continue;
    const isStart = i - last > BRIDGED + 1;
    if (isStart && isDot) path += DOT;
    path += `${isStart ? 'M' : 'L'}${round(i * step)} ${y(value)}`;
    isDot = isStart;
    last = i;
  }
  return isDot ? path + DOT : path;
}

const DOT = 'h0.01';

export function largest(values: readonly SparkValue[]): number {
  return values.reduce<number>((max, value) => (value !== null && value > max ? value : max), 0);
}

/** Values of a series on an even grid: null where it has no point. Times in milliseconds, `step` too. */
export function onGrid(times: readonly number[], values: readonly number[], from: number, until: number, step: number): SparkValue[] {
  const count = Math.max(1, Math.ceil((until - from) / step) + 1);
  const grid = new Array<SparkValue>(count).fill(null);
  for (const [i, time] of times.entries()) {
    const slot = Math.round((time - from) / step);
    if (slot >= 0 && slot < count) grid[slot] = (grid[slot] ?? 0) + values[i];
  }
  return grid;
}

function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}
