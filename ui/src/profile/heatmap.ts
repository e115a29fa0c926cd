import { stepAt, type Steps } from './timeline';
import type { Millis } from './time';

/** Counts over time and value. Cell of step x and bucket y: `counts[y * steps.count + x]`, the lowest bucket first. */
export interface HeatGrid {
  readonly steps: Steps;
  readonly buckets: number;
  /** Lower bound of bucket 0. */
  readonly low: number;
  /** Of a bucket. */
  readonly width: number;
  readonly counts: Uint32Array;
  /** The greatest count of a cell. */
  readonly most: number;
  /** Of all cells. */
  readonly sum: number;
}

/** A box over time and value, both ends included. */
export interface HeatBox {
  readonly from: Millis;
  readonly until: Millis;
  readonly low: number;
  readonly high: number;
}

interface Slot {
  readonly time: Millis;
  readonly bounds: readonly number[];
  readonly counts: readonly number[];
}

/** Null where there is nothing. A single value gives buckets of almost no width: they are drawn as wide as one. */
export function heatGrid(slots: readonly Slot[], steps: Steps): HeatGrid | null {
  const bounds = slots.at(0)?.bounds ?? [];
  if (bounds.length === 0 || steps.count === 0) return null;
  const buckets = bounds.length;
  const width = buckets > 1 ? (bounds[buckets - 1] - bounds[0]) / (buckets - 1) : 1;
  const counts = new Uint32Array(buckets * steps.count);
  let [most, sum] = [0, 0];
  for (const slot of slots) {
    const x = Math.round((slot.time - steps.first) / steps.step);
    if (x < 0 || x >= steps.count) continue;
    for (let y = 0; y < buckets; y++) {
      const count = slot.counts[y] ?? 0;
      counts[y * steps.count + x] = count;
      most = Math.max(most, count);
      sum += count;
    }
  }
  return { steps, buckets, low: bounds[0], width, counts, most, sum };
}

export function countAt(grid: HeatGrid, x: number, y: number): number {
  return grid.counts[y * grid.steps.count + x];
}

/** How far a count is on the way from nothing to the greatest, 0 to 1: by logarithm, and one alone is seen. */
export function heatLevel(count: number, most: number): number {
  if (count <= 0) return 0;
  if (most <= 1) return 1;
  return 0.2 + (0.8 * Math.log(count)) / Math.log(most);
}

/** Counts for a legend: from 1 to the greatest, in equal steps of colour, each once. */
export function heatLegend(most: number, wanted: number): readonly number[] {
  if (most <= 0) return [];
  const counts = Array.from({ length: wanted }, (_, i) => Math.round(most ** (i / Math.max(1, wanted - 1))));
  return [...new Set(counts)];
}

/** The bucket of a value, at least 0 and at most the last. */
export function bucketAt({ low, width, buckets }: HeatGrid, value: number): number {
  return Math.max(0, Math.min(buckets - 1, Math.floor((value - low) / width)));
}

/** The box that two cells and those between them fill. */
export function boxOfCells(
  grid: HeatGrid,
  one: { readonly x: number; readonly y: number },
  other: { readonly x: number; readonly y: number },
): HeatBox {
  const { steps, low, width } = grid;
  const [left, right] = [Math.min(one.x, other.x), Math.max(one.x, other.x)];
  const [lower, upper] = [Math.min(one.y, other.y), Math.max(one.y, other.y)];
  return {
    from: steps.first + (left - 1) * steps.step + 1,
    until: steps.first + right * steps.step,
    low: low + lower * width,
    high: low + (upper + 1) * width,
  };
}

/** The sum of the cells that a box touches. */
export function countIn(grid: HeatGrid, box: HeatBox): number {
  let sum = 0;
  const [left, right] = [stepAt(grid.steps, box.from), stepAt(grid.steps, box.until)];
  // The upper bound is the next bucket's lower one.
  const [lower, upper] = [bucketAt(grid, box.low + grid.width / 2), bucketAt(grid, box.high - grid.width / 2)];
  for (let y = lower; y <= upper; y++) for (let x = left; x <= right; x++) sum += countAt(grid, x, y);
  return sum;
}

/** The largest value belongs to the last bucket, though it is its upper bound. */
export function isIn({ time, value }: { readonly time: Millis; readonly value: number }, box: HeatBox, grid: HeatGrid): boolean {
  const isLast = box.high >= grid.low + grid.buckets * grid.width - grid.width / 2;
  return time >= box.from && time <= box.until && value >= box.low - grid.width * 1e-9 && (value < box.high || isLast);
}

/** `from-until-low-high`, for an address. */
export function formatBox({ from, until, low, high }: HeatBox): string {
  return [from, until, low, high].join('~');
}

export function parseBox(text: string | null): HeatBox | null {
  const parts = (text ?? '').split('~').map(Number);
  if (parts.length !== 4 || parts.some((part) => !Number.isFinite(part))) return null;
  const [from, until, low, high] = parts;
  return from <= until && low <= high ? { from, until, low, high } : null;
}
