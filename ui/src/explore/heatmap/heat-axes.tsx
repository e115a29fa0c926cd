import type { HeatGrid } from '../../profile/heatmap';
import type { TimeRange } from '../../profile/time';
import { formatValue } from '../../profile/units';
import { timeLabels, timeTicks } from '../../timeline/time-labels';

export interface HeatAxesProps {
  readonly grid: HeatGrid;
  readonly window: TimeRange;
  readonly zone: string;
  readonly unit: string;
}

const VALUE_TICKS = 4;
const TIME_TICKS = 7;

/** Bounds of buckets at the left, times below. Screen readers hear the read-out of a cell instead. */
export function HeatAxes({ grid, window, zone, unit }: HeatAxesProps) {
  const every = grid.buckets / VALUE_TICKS;
  const bounds = Array.from({ length: VALUE_TICKS + 1 }, (_, i) => grid.low + Math.round(i * every) * grid.width);
  const { times, step } = timeTicks(window, TIME_TICKS, zone);
  const labels = timeLabels(times, step, zone);
  const place = (time: number): number => ((time - window.from) / (window.until - window.from)) * 100;
  return (
    <>
      <div className="heat-values" aria-hidden="true">
        {bounds.map((bound, i) => (
          <span key={i} style={{ bottom: `${(i / VALUE_TICKS) * 100}%` }}>
            {formatValue(bound, unit)}
          </span>
        ))}
      </div>
      <div className="heat-times" aria-hidden="true">
        {labels.map((label, i) => (
          <span key={times[i]} style={{ left: `${place(times[i])}%` }}>
            {label}
          </span>
        ))}
      </div>
    </>
  );
}
