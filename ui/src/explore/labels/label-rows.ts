import type { LabelBreakdown } from '../../api/breakdown';
import type { TimeSeries } from '../../api/series';
import {
  columnOf,
  filled,
  isValue,
  meanOf,
  perSecond,
  widened,
  widenColumn,
  widthOf,
  type Column,
  type Steps,
} from '../../profile/timeline';

/** What a value of a label comes to. */
export interface LabelRow {
  readonly value: string;
  /** Exact, over whole stacks. */
  readonly total: number;
  /** Of the total of all values, 0 to 1. */
  readonly share: number;
  /** Per second over the whole range; of gauges the mean of what was sent. */
  readonly mean: number;
  /** Standard deviation over steps, per second; null where only the total is known. */
  readonly deviation: number | null;
  /** Of a step, per second. */
  readonly max: number | null;
  readonly column: Column | null;
}

export interface LabelRows {
  readonly rows: readonly LabelRow[];
  /** Of the columns. */
  readonly steps: Steps;
  /** The greatest value of any column. */
  readonly top: number;
  /** Values that are in no row. */
  readonly left: number;
}

export interface LabelRowsInput {
  readonly label: LabelBreakdown;
  readonly total: number;
  readonly series: readonly TimeSeries[];
  readonly steps: Steps;
  readonly isGauge: boolean;
  /** Length of the range. */
  readonly seconds: number;
}

/** Totals come from the breakdown, which is exact; what happened within the range from the series. */
export function labelRows({ label, total, series, steps, isGauge, seconds }: LabelRowsInput): LabelRows {
  const raw = series.map((s) => columnOf(s, steps));
  const wide = widened(steps, widthOf(raw, steps));
  const drawn = raw.map((column) => widenColumn(column, steps, wide, isGauge));
  const columns = isGauge ? drawn : filled(drawn).map((column) => perSecond(column, wide.step));
  const byValue = new Map(series.map((s, i) => [s.labels.find((l) => l.name === label.label)?.value ?? '', columns[i]]));
  const rows = label.values.map(({ value, total: part }): LabelRow => {
    const column = byValue.get(value) ?? null;
    return {
      value,
      total: part,
      share: total > 0 ? part / total : 0,
      mean: isGauge ? (column ? meanOf(column) : NaN) : part / seconds,
      deviation: column && deviationOf(column),
      max: column && greatestOf(column),
      column,
    };
  });
  return { rows, steps: wide, top: Math.max(0, ...rows.map((row) => row.max ?? 0)), left: label.valueCount - rows.length };
}

/** Of the whole population; null of nothing. */
export function deviationOf(column: Column): number | null {
  const values = column.filter(isValue);
  if (values.length === 0) return null;
  const mean = meanOf(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

function greatestOf(column: Column): number | null {
  const values = column.filter(isValue);
  return values.length === 0 ? null : Math.max(...values);
}

/** The label a view opens with: the one that was chosen, else the first that splits something, else the first. */
export function chosenLabel(labels: readonly LabelBreakdown[], wanted: string): LabelBreakdown | null {
  return labels.find((l) => l.label === wanted) ?? labels.find((l) => l.valueCount > 1) ?? labels.at(0) ?? null;
}
