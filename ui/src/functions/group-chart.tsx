import { useLayoutEffect, useRef, useState } from 'react';
import { usePreferences } from '../app/preferences';
import { formatClock, formatTime, zoneOf, type TimeRange } from '../profile/time';
import { formatRate, formatValue } from '../profile/units';
import { largest, sparkPath } from '../ui/spark-path';
import type { ChartGroup } from './chart-groups';
import './group-chart.css';

const COLOURS = 5;
const HEIGHT = 120;

/** Lines over time on one scale, with a legend that names each by its colour and its mean. */
export function GroupChart({ groups, window, unit, isGauge }: GroupChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(800);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const zone = zoneOf(usePreferences((p) => p.timeZone));
  const max = Math.max(...groups.map((group) => largest(group.values)), 0);
  const written = (value: number): string => (isGauge ? formatValue(value, unit) : formatRate(value, unit));
  const isDay = window.until - window.from > 86_400_000;
  return (
    <div className="group-chart">
      <ul className="group-chart-legend">
        {groups.map(({ title }, i) => (
          <li key={title}>
            <span className={`group-chart-key group-chart-${Math.min(i, COLOURS - 1)}`} aria-hidden="true" />
            {title}
          </li>
        ))}
        {groups.length === 0 ? <li>Nothing in this window.</li> : null}
      </ul>
      <div ref={box} className="group-chart-plot">
        <span className="group-chart-max num">{max > 0 ? written(max) : ''}</span>
        <svg
          width={width}
          height={HEIGHT}
          viewBox={`0 0 ${width} ${HEIGHT}`}
          role="img"
          aria-label={`Up to ${written(max)} over time: ${groups.map((g) => g.title).join(', ')}`}
        >
          {groups.toReversed().map(({ title, values }, i) => (
            <path
              key={title}
              className={`group-chart-line group-chart-${Math.min(groups.length - 1 - i, COLOURS - 1)}`}
              d={sparkPath(values, width, HEIGHT, max)}
            />
          ))}
        </svg>
      </div>
      <div className="group-chart-times num">
        {[0, 0.25, 0.5, 0.75, 1].map((part) => {
          const time = window.from + part * (window.until - window.from);
          return <span key={part}>{isDay ? formatTime(time, zone).slice(5, 16) : formatClock(time, zone).slice(0, 5)}</span>;
        })}
      </div>
    </div>
  );
}

interface GroupChartProps {
  readonly groups: readonly ChartGroup[];
  readonly window: TimeRange;
  readonly unit: string;
  readonly isGauge: boolean;
}
