import type { TimeSeries } from '../api/series';
import type { TimeRange } from '../profile/time';
import { onGrid, type SparkValue } from '../ui/spark-path';

export interface ChartGroup {
  /** Value of the label; `(none)` where a series has none. */
  readonly title: string;
  readonly values: readonly SparkValue[];
  /** Sum over time, which groups are sorted by. */
  readonly sum: number;
}

/** Series as lines of a chart, the largest first. `step` in seconds; values are divided by `divisor`. */
export function chartGroups(
  series: readonly TimeSeries[],
  label: string,
  window: TimeRange,
  step: number,
  divisor: number,
): readonly ChartGroup[] {
  return series
    .map(({ labels, times, values }) => ({
      title: labels.find((l) => l.name === label)?.value || '(none)',
      values: onGrid(
        times,
        values.map((value) => value / divisor),
        window.from,
        window.until,
        step * 1000,
      ),
      sum: values.reduce((sum, value) => sum + value, 0),
    }))
    .sort((a, b) => b.sum - a.sum || a.title.localeCompare(b.title));
}
