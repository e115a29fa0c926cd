import type { ChangeFilter, ChangeModeChoice } from '../url/compare-state';

/** What a change is measured in, once `auto` has been decided. */
export type ChangeMode = Exclude<ChangeModeChoice, 'auto'>;

export interface SideFacts {
  /** Sum of the side, in its unit. */
  readonly total: number;
  readonly seconds: number;
  readonly unit: string;
  /** Series that differ in more than the profile type; null where that is not known (files). */
  readonly instances: number | null;
}

/** How both sides are made comparable, and in words why: the words stand above the graph. */
export interface Scale {
  readonly mode: ChangeMode;
  /** What a value of the side is multiplied by. Under `share` the result is a part of the side, from 0 to 1. */
  readonly left: number;
  readonly right: number;
  readonly why: string;
}

/** Absolute where both sides are equally long and have equally many instances, else share of the total. */
export function scaleOf(choice: ChangeModeChoice, left: SideFacts, right: SideFacts): Scale {
  switch (choice) {
    case 'auto': {
      if (left.unit !== right.unit)
        return { ...share(left, right), why: `share of each side's total: their units differ (${left.unit}, ${right.unit})` };
      if (Math.abs(left.seconds - right.seconds) > 1)
        return { ...share(left, right), why: "share of each side's total: the sides are not equally long" };
      if (left.instances !== right.instances)
        return { ...share(left, right), why: "share of each side's total: the sides have not equally many instances" };
      return { ...absolute(), why: 'absolute values: both sides are equally long and have equally many instances' };
    }
    case 'absolute':
      return absolute();
    case 'share':
      return share(left, right);
    case 'rate':
      return {
        mode: 'rate',
        left: 1 / Math.max(left.seconds, 1e-3),
        right: 1 / Math.max(right.seconds, 1e-3),
        why: 'value per second of each side',
      };
    case 'instance':
      return {
        mode: 'instance',
        left: 1 / Math.max(left.instances ?? 1, 1),
        right: 1 / Math.max(right.instances ?? 1, 1),
        why: `value per instance: ${left.instances ?? 1} on A, ${right.instances ?? 1} on B`,
      };
  }
}

function absolute(): Scale {
  return { mode: 'absolute', left: 1, right: 1, why: 'absolute values of each side' };
}

function share(left: SideFacts, right: SideFacts): Scale {
  return {
    mode: 'share',
    left: left.total > 0 ? 1 / left.total : 0,
    right: right.total > 0 ? 1 / right.total : 0,
    why: "share of each side's total",
  };
}

export function passes(filter: ChangeFilter, left: number, right: number, change: number): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'up':
      return change > 0;
    case 'down':
      return change < 0;
    case 'new':
      return left === 0 && right > 0;
    case 'gone':
      return left > 0 && right === 0;
  }
}

/** Below 2 a function does this by itself; 4 and more is worth a look even among hundreds (docs/guide/functions.md). */
export function certainty(significance: number | null): 'unknown' | 'noise' | 'likely' | 'sure' {
  if (significance === null) return 'unknown';
  return significance < 2 ? 'noise' : significance < 4 ? 'likely' : 'sure';
}
