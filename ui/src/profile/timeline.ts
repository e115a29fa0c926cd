import type { Millis, TimeRange } from './time';

/** Steps of a time axis, as the server counts them: step i is what is later than `edge(i) - step`, up to `edge(i)`. All in Unix milliseconds. */
export interface Steps {
  /** Right edge of step 0. */
  readonly first: Millis;
  readonly step: Millis;
  readonly count: number;
}

/** Values of one series by step; NaN where it has none. */
export type Column = Float64Array;

/**
 * The whole steps of a window. They count from 1970, so a window that moves with the clock keeps its steps, and the server can answer from
 * sums it has ready. Of the first, a part may lie before the window; what is younger than the last edge is not yet a whole step.
 */
export function stepsOf({ from, until }: TimeRange, stepSeconds: number): Steps {
  const step = stepSeconds * 1000;
  const first = Math.floor(from / step) * step + step;
  return { first, step, count: Math.max(0, Math.floor((until - first) / step) + 1) };
}

export const edgeOf = ({ first, step }: Steps, at: number): Millis => first + at * step;

export const lastEdgeOf = (steps: Steps): Millis => edgeOf(steps, steps.count - 1);

/** The step that a time falls in, at least 0 and at most the last. */
export function stepAt(steps: Steps, time: Millis): number {
  return Math.max(0, Math.min(steps.count - 1, Math.ceil((time - steps.first) / steps.step)));
}

/** The millisecond range of steps `from` to `until`, both included: what a question about stacks must ask for to give the same sum. */
export function spanOf(steps: Steps, from: number, until: number): TimeRange {
  return { from: edgeOf(steps, Math.min(from, until)) - steps.step + 1, until: edgeOf(steps, Math.max(from, until)) };
}

/** `shift` moves the times, to lay an earlier window over this one. Points outside are left out. */
export function columnOf(
  points: { readonly times: readonly Millis[]; readonly values: readonly number[] },
  steps: Steps,
  shift: Millis = 0,
): Column {
  const column = new Float64Array(steps.count).fill(NaN);
  points.times.forEach((time, i) => {
    const at = Math.ceil((time + shift - steps.first) / steps.step);
    if (at >= 0 && at < steps.count) column[at] = points.values[i];
  });
  return column;
}

const WIDTHS = [1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 24];
const LEAST_STEPS = 6;

/**
 * How many steps to draw as one: programs that send less often than the steps are long would be needles between holes. Wide enough for nine
 * of ten pauses of the larger series, and near a multiple of their mean, lest one step holds two profiles and the next three.
 */
export function widthOf(columns: readonly Column[], steps: Steps): number {
  const sums = columns.map(sumOf);
  const greatest = Math.max(0, ...sums);
  const pauses = columns.flatMap((column, i) => (sums[i] >= greatest / 10 ? pausesOf(column) : [])).sort((a, b) => a - b);
  if (pauses.length === 0) return 1;
  const wide = pauses[Math.floor((pauses.length - 1) * 0.9)];
  const usual = pauses.filter((pause) => pause <= wide * 2);
  const mean = usual.reduce((sum, pause) => sum + pause, 0) / usual.length;
  const fitting = WIDTHS.filter((width) => width >= wide && (width === 1 || steps.count / width >= LEAST_STEPS));
  return fitting.find((width) => width >= mean * 0.95 && Math.abs(width / mean - Math.round(width / mean)) <= 0.1) ?? fitting.at(0) ?? 1;
}

/** `width` steps as one. Only whole ones: a part would look like a fall. */
export function widened(steps: Steps, width: number): Steps {
  const step = steps.step * width;
  const first = Math.ceil((steps.first - steps.step + step) / step) * step;
  return { first, step, count: Math.max(0, Math.floor((lastEdgeOf(steps) - first) / step) + 1) };
}

/** Sums (or means of gauges) of the steps that each wide one is made of; NaN where none of them has a value. */
export function widenColumn(column: Column, steps: Steps, wide: Steps, average: boolean): Column {
  const width = wide.step / steps.step;
  const result = new Float64Array(wide.count).fill(NaN);
  for (let i = 0; i < wide.count; i++) {
    const last = Math.round((edgeOf(wide, i) - steps.first) / steps.step);
    let [sum, count] = [0, 0];
    for (let at = last - width + 1; at <= last; at++) {
      if (Number.isNaN(column[at])) continue;
      sum += column[at];
      count++;
    }
    if (count > 0) result[i] = average ? sum / count : sum;
  }
  return result;
}

/**
 * A step in which others sent and this one did not is 0, between its first and its last value: a program that is asked and does nothing. A
 * step in which nobody sent stays a gap, and so does what lies before and behind.
 */
export function filled(columns: readonly Column[]): readonly Column[] {
  return columns.map((column) => {
    const [first, last] = [column.findIndex(isValue), column.findLastIndex(isValue)];
    return column.map((value, at) => (at < first || at > last || isValue(value) || !columns.some((c) => isValue(c[at])) ? value : 0));
  });
}

export function perSecond(column: Column, step: Millis): Column {
  return column.map((value) => (value * 1000) / step);
}

/** What the series that are not shown sum up to. Never below 0, where rounding would have it so. */
export function otherOf(total: Column, shown: readonly Column[]): Column {
  return total.map((value, at) => Math.max(0, value - shown.reduce((sum, column) => sum + (isValue(column[at]) ? column[at] : 0), 0)));
}

export function meanOf(column: Column, from = 0, until = column.length - 1): number {
  const values = column.slice(from, until + 1).filter(isValue);
  return values.length === 0 ? NaN : sumOf(values) / values.length;
}

export const isValue = (value: number): boolean => !Number.isNaN(value);

function sumOf(column: Column): number {
  return column.reduce((sum, value) => sum + (isValue(value) ? value : 0), 0);
}

/** Steps from each value to the next. */
function pausesOf(column: Column): readonly number[] {
  const pauses: number[] = [];
  let before = -1;
  column.forEach((value, at) => {
    if (!isValue(value)) return;
    if (before >= 0) pauses.push(at - before);
    before = at;
  });
  return pauses;
}
