import type { SparkValue } from '../../ui/spark-path';

/** The same values with runs of at most `gap` missing ones between two others filled by a straight line. */
export function bridged(values: readonly SparkValue[], gap: number): SparkValue[] {
  const filled = [...values];
  let last = -1;
  for (const [i, value] of values.entries()) {
    if (value === null) continue;
    const missing = i - last - 1;
    if (last >= 0 && missing > 0 && missing <= gap) {
      const from = values[last]!;
      for (let k = 1; k <= missing; k++) filled[last + k] = from + ((value - from) * k) / (missing + 1);
    }
    last = i;
  }
  return filled;
}
